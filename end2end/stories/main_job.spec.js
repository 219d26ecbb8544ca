// The main job, end to end: from a published calendar to a verified certificate, by the people of the demonstration.
import { expect, test } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

const LIST = join(import.meta.dirname, "../../crates/documents/tests/papers/fixtures/roster.ods");

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("the main job", async ({ browser }, info) => {
  const { run, month } = await test.step("a trainer plans and publishes a class", () => plan(browser, info));
  await test.step("anyone finds it on the calendar", () => calendar(browser, info, run, month));
  await test.step("a representative enrols people by hand and from a list", () => enrol(browser, info, run));
  const officer = await somebody(browser, info, "can.bo.tinh");
  await test.step("an officer marks attendance", () => attend(officer, info));
  const held = await test.step("the class that was held is closed", () => close(officer, info));
  const page = await test.step("certificates are issued", () => issue(officer, info, held));
  await test.step("anyone verifies one", () => verify(browser, info, page));
  await test.step("a manager sees who has completed what is required", () => oversee(browser, info));
  expect(house.doctor()).toContain("every invariant holds");
});

/** Somebody of the demonstration, or anybody, in a browser of their own. */
async function somebody(browser, info, name) {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  if (name) await signIn(page, name);
  return page;
}

async function plan(browser, info) {
  const page = await somebody(browser, info, "giang.vien");
  await page.goto("/runs/new");
  await page.locator("[name=course]").selectOption({ index: 4 });
  await page.locator("[name=name]").fill("Lớp 9");
  await page.locator("[name=capacity]").fill("30");
  await page.locator("[name=unit]").selectOption({ index: 1 });
  await page.locator("[name=venue]").fill("Hội trường UBND xã");
  if ((await page.locator('[name="sessions.0.day"]').count()) === 0) {
    await page.getByRole("button", { name: "Thêm buổi" }).click();
  }
  const day = await page.locator('[name="sessions.0.day"]').inputValue();
  await page.locator("[name=enrolment_deadline]").fill(day);
  await look(page, info, "01-plan");
  await page.getByRole("button", { name: "Lưu nháp" }).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}/);
  await look(page, info, "02-draft");
  await page.getByRole("button", { name: "Công bố" }).click();
  await expect(page.getByRole("button", { name: "Công bố" })).toHaveCount(0);
  await look(page, info, "03-published");
  return { run: new URL(page.url()).pathname, month: day.slice(0, 7) };
}

async function calendar(browser, info, run, month) {
  const page = await somebody(browser, info);
  await page.goto(`/calendar?month=${month}`);
  await expect(page.locator(`a[href="${run}"]`).first()).toBeVisible();
  await look(page, info, "04-calendar");
  await page.goto("/sign-in");
  await look(page, info, "05-sign-in");
  const feed = await page.request.get("/calendar.ics");
  expect(feed.headers()["content-type"]).toContain("text/calendar");
}

async function enrol(browser, info, run) {
  const page = await somebody(browser, info, "dai.dien");
  await page.goto(`${run}/enrol`);
  await page.locator("input[name=person]:enabled").nth(0).check();
  await page.locator("input[name=person]:enabled").nth(1).check();
  await look(page, info, "06-enrol");
  await page.getByRole("button", { name: "Đăng ký", exact: true }).last().click();
  await expect(page.getByText("Đã đăng ký 2 người.")).toBeVisible();
  await look(page, info, "07-participants");
  await page.goto(`${run}/enrol`);
  await page.getByRole("link", { name: "Đăng ký từ danh sách Excel" }).click();
  await look(page, info, "08-spreadsheet");
  await page.locator("input[type=file]").setInputFiles(LIST);
  await page.getByRole("button", { name: "Tải lên và kiểm tra" }).click();
  await look(page, info, "09-preview");
  const faulty = page.locator("fieldset").filter({ has: page.locator("[aria-invalid]") });
  for (const row of await faulty.all()) await row.getByLabel("Bỏ qua dòng này").check();
  await page.getByRole("button", { name: "Xác nhận đăng ký" }).click();
  await expect(page.getByRole("status")).toContainText("Đã đăng ký");
  await look(page, info, "09-confirmed");
}

async function attend(page, info) {
  await page.goto("/runs");
  await page.getByRole("link", { name: /Kế hoạch tài chính.*Lớp 1/ }).first().click();
  await page.goto(`${new URL(page.url()).pathname}/attendance`);
  await look(page, info, "10-attendance");
  await page.getByRole("link", { name: "Điểm danh", exact: true }).first().click();
  const others = page.getByRole("button", { name: "Còn lại có mặt" });
  // It is there while somebody is left without a mark.
  if ((await others.isVisible()) && (await others.isEnabled())) {
    await others.click();
    await expect(page.getByText(/Mọi dấu đã được lưu|Đã lưu/).first()).toBeVisible();
  }
  await look(page, info, "11-register");
}

async function close(page, info) {
  await page.goto("/runs");
  await page.getByRole("link", { name: /Kiến thức thị trường.*Lớp 1/ }).first().click();
  const run = new URL(page.url()).pathname;
  await page.goto(`${run}/close`);
  await look(page, info, "12-close");
  await page.getByRole("button", { name: "Xác nhận và kết thúc lớp" }).click();
  await expect(page.getByText("Lớp đã kết thúc, kết quả đã được lưu.")).toBeVisible();
  await look(page, info, "13-completion");
  return run;
}

async function issue(page, info, run) {
  await page.goto(`${run}/certificates`);
  await look(page, info, "14-to-issue");
  await page.getByRole("button", { name: /^Cấp chứng nhận cho/ }).click();
  await expect(page.getByRole("status")).toContainText("Đã cấp");
  await look(page, info, "15-certificates");
  const paper = await page.request.get((await page.getByRole("link", { name: /^Tải chứng nhận/ }).first().getAttribute("href")) ?? "");
  expect(paper.headers()["content-type"]).toBe("application/pdf");
  if (info.project.use.javaScriptEnabled) {
    const picture = join(import.meta.dirname, "../screenshots/16-certificate");
    execFileSync("pdftoppm", ["-png", "-r", "110", "-singlefile", "-", picture], { input: await paper.body() });
  }
  return (await page.locator("tbody th a").first().getAttribute("href")) ?? "";
}

async function verify(browser, info, pageOfOne) {
  const page = await somebody(browser, info);
  await page.goto(pageOfOne);
  await expect(page.getByRole("status")).toContainText("Chứng nhận có giá trị");
  await look(page, info, "17-verified");
  const serial = await page.locator("dd").first().innerText();
  await page.goto("/verify");
  await look(page, info, "18-look-up");
  await page.getByLabel("Số vào sổ hoặc mã tra cứu").fill(serial.toLowerCase());
  await page.getByRole("main").getByRole("button", { name: "Tra cứu" }).click();
  await expect(page.getByRole("status")).toContainText("Chứng nhận có giá trị");
  await page.goto("/verify/khong-co");
  await expect(page.getByRole("status")).toContainText("Không có chứng nhận này");
  await look(page, info, "19-unknown");
}

async function oversee(browser, info) {
  const page = await somebody(browser, info, "lanh.dao");
  await page.goto("/board");
  await look(page, info, "20-board");
  const table = await page.request.get((await page.locator('a[href^="/board.xlsx"]').first().getAttribute("href")) ?? "");
  expect(table.headers()["content-type"]).toContain("spreadsheetml");
}
