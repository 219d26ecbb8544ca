// From a table of promised seats to named people, and from a full class to a seat by one tap.
import { expect, test } from "@playwright/test";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

const COURSE = "Tổng quan Chương trình OCOP";

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("from promised seats to names, and from the waiting list to a seat", async ({ browser }, info) => {
  const province = await somebody(browser, info, "can.bo.tinh");
  const commune = await somebody(browser, info, "can.bo.xa");
  const maker = await somebody(browser, info, "dai.dien");
  const run = await test.step("the province promises seats by a rule and by hand", () => promise(province, info));
  await test.step("the commune divides its seats", () => divide(commune, info));
  await test.step("the cooperative names somebody and gives the rest back", () => name(maker, info, run));
  const full = await test.step("who finds no seat waits", () => wait(maker, info));
  await test.step("a seat comes free and is accepted by one tap", () => accept(province, maker, info, full));
  expect(house.doctor()).toContain("every invariant holds");
});

/** Somebody of the demonstration, in a browser of their own. */
async function somebody(browser, info, name) {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  await signIn(page, name);
  return page;
}

async function promise(page, info) {
  await page.goto("/runs?state=published");
  await page.locator("main tbody tr", { hasText: COURSE }).getByRole("link").first().click();
  const run = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Phân bổ chỗ" }).click();
  await expect(page.locator("main tbody tr")).not.toHaveCount(0);
  await look(page, info, "70-allotments");
  await page.locator("#f-rule").selectOption("by_demand");
  await page.locator("#f-seats").fill("2");
  await page.getByRole("button", { name: "Xem đề xuất" }).click();
  await expect(page.getByRole("status")).toContainText("có thể phân bổ");
  await look(page, info, "71-proposed");
  await page.getByRole("button", { name: "Lưu bảng phân bổ" }).click();
  await expect(page.getByRole("status")).toContainText("Đã lưu bảng phân bổ.");
  // More than there are seats is refused, and what was typed stays.
  await page.locator("[name='lines.0.seats']").fill("900");
  await page.getByRole("button", { name: "Lưu bảng phân bổ" }).click();
  await expect(page.getByRole("alert")).toContainText("chỗ có thể phân bổ");
  await expect(page.locator("[name='lines.0.seats']")).toHaveValue("900");
  return run;
}

async function divide(page, info) {
  await page.goto("/inbox");
  await page.locator("#divide_seats a[href^='/allotments/']").first().click();
  await page.locator("[name='shares.0.seats']").fill("1");
  await look(page, info, "72-shares");
  await page.getByRole("button", { name: "Lưu cách chia" }).click();
  await expect(page.getByRole("status")).toContainText("Đã lưu bảng phân bổ.");
}

async function name(page, info, run) {
  await page.goto(run);
  await expect(page.locator("main .notice").first()).toContainText("chưa ghi tên");
  await look(page, info, "73-promised");
  await page.getByRole("link", { name: "Ghi tên" }).first().click();
  await page.locator("input[name=person]:enabled").first().check();
  await page.getByRole("button", { name: "Đăng ký", exact: true }).last().click();
  await expect(page.getByText("Đã đăng ký 1 người.")).toBeVisible();
  await page.goto(run);
  await page.getByRole("link", { name: "Trả lại chỗ" }).first().click();
  await page.locator("[name=reason]").fill("Chỉ một người đi được");
  await look(page, info, "74-give-back");
  await page.getByRole("button", { name: "Trả lại chỗ" }).click();
  await expect(page.getByRole("status")).toContainText("Đã trả lại chỗ.");
}

async function wait(page, info) {
  const calendar = await page.request.get("/calendar.ics");
  const full = await fullRun(page, await calendar.text());
  await page.goto(`${full}/enrol`);
  const people = await page.locator("input[name=person]:enabled").evaluateAll((boxes) => boxes.map((box) => box.value));
  for (const person of people) {
    // Who has another class at that time is refused by name; the next is tried.
    await page.goto(`${full}/enrol`);
    await page.locator(`input[name=person][value="${person}"]`).check();
    await page.getByRole("button", { name: "Ghi vào danh sách chờ" }).click();
    if (!(await page.getByRole("alert").count())) break;
  }
  await expect(page.locator("main tbody")).toContainText("chờ, thứ 4");
  await look(page, info, "75-waiting");
  return full;
}

/** The address of the class that is full: its page says how many wait. */
async function fullRun(page, ics) {
  for (const [, id] of ics.replace(/\r\n /g, "").matchAll(/\/runs\/([0-9a-f-]{36})/g)) {
    await page.goto(`/runs/${id}`);
    if (await page.getByRole("link", { name: "Danh sách chờ", exact: true }).count()) return `/runs/${id}`;
  }
  throw new Error("no class has a waiting list");
}

async function accept(province, page, info, full) {
  await province.goto(`${full}/waiting`);
  const own = province.locator("main tbody tr", { hasText: "chờ, thứ" });
  const names = await own.allInnerTexts();
  // As many seats as there are people before the last one, and theirs.
  for (let n = 0; n < names.length; n += 1) {
    await province.goto(`${full}/participants`);
    await province.getByRole("link", { name: /^Rút đăng ký/ }).first().click();
    await province.locator("[name=reason]").fill("Bận việc");
    await province.getByRole("button", { name: "Rút", exact: true }).click();
  }
  await province.goto(`${full}/waiting`);
  await expect(province.locator("main")).toContainText("được mời, giữ chỗ đến");
  await look(province, info, "76-offers");
  await page.goto("/inbox");
  await look(page, info, "77-offer-in-the-inbox");
  await page.locator("#answer_offer a").first().click();
  await page.getByRole("button", { name: /^Nhận chỗ/ }).first().click();
  await expect(page.getByRole("status")).toContainText("đã nhận chỗ ở lớp");
  await page.goto("/offers");
  await look(page, info, "78-code");
}
