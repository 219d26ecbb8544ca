// At the door and after: who comes without a place is written down, marked and found out; heads are counted; somebody else
// is sent, somebody moves to another class, a roster is printed; and a course requires another before it.
import { expect, test } from "@playwright/test";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("at the door, and places that pass on", async ({ browser }, info) => {
  const province = await somebody(browser, info, "can.bo.tinh");
  const run = await test.step("who comes without a place is written down and marked", () => door(province, info));
  await test.step("it is found out who they are", () => findOut(province, info, run));
  await test.step("somebody else is sent", () => substitute(province, info));
  await test.step("somebody moves to another class", () => transfer(province, info));
  await test.step("a roster is printed and kept", () => roster(province, info));
  await test.step("a course requires another", () => require(province, info));
  expect(house.doctor()).toContain("every invariant holds");
});

/** Somebody of the demonstration, in a browser of their own. */
async function somebody(browser, info, name) {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  await signIn(page, name);
  return page;
}

/** The address of a class of the demonstration, by course and name. */
async function runOf(page, name) {
  await page.goto("/runs");
  await page.getByRole("link", { name }).first().click();
  await expect(page.locator("h1")).toHaveText(name);
  return new URL(page.url()).pathname;
}

async function door(page, info) {
  const run = await runOf(page, /Kế hoạch tài chính.*Lớp 1/);
  await page.goto(`${run}/attendance`);
  await page.getByRole("link", { name: "Điểm danh", exact: true }).first().click();
  const add = page.locator("#door details");
  await add.locator("summary").click();
  await add.locator("[name=full_name]").fill("Lê Thị Đến");
  await add.locator("[name=phone]").fill("12");
  await add.getByRole("button", { name: "Ghi có mặt" }).click();
  await expect(page.getByRole("alert")).toContainText("Không phải số điện thoại");
  await expect(page.locator("#door [name=full_name]")).toHaveValue("Lê Thị Đến");
  await look(page, info, "90-walk-in-form");
  await page.locator("#door [name=phone]").fill("0912 345 678");
  await page.locator("#door [name=birth_year]").fill("1986");
  await page.locator("#door").getByRole("button", { name: "Ghi có mặt" }).click();
  await expect(page.getByText("Đã ghi người đến.")).toBeVisible();
  await page.locator("#door [name=women]").fill("12");
  await page.locator("#door [name=men]").fill("8");
  await page.getByRole("button", { name: "Lưu số đếm" }).click();
  await expect(page.getByText("thêm 12 nữ, 8 nam không ghi tên")).toBeVisible();
  await look(page, info, "91-door");
  return run;
}

async function findOut(page, info, run) {
  await page.goto(`${run}/walk-ins`);
  await look(page, info, "92-walk-ins");
  await page.getByRole("link", { name: "Tìm: Lê Thị Đến" }).click();
  await page.getByLabel("Tìm đơn vị").fill("htx");
  await page.getByRole("button", { name: "Tìm", exact: true }).click();
  await look(page, info, "93-walk-in");
  await page.getByRole("button", { name: /^Thêm vào/ }).first().click();
  await expect(page.getByRole("status")).toContainText("1 dấu điểm danh được chép sang");
  await page.goto(`${run}/participants`);
  await expect(page.locator("main")).toContainText("Lê Thị Đến");
}

async function substitute(page, info) {
  await page.goto(`${await runOf(page, /kế hoạch kinh doanh.*Lớp 2/)}/participants`);
  await expect(page.locator("main")).toContainText("thay ");
  await look(page, info, "94-participants");
  await page.getByRole("link", { name: /^Thay .* bằng người khác$/ }).first().click();
  await page.getByText("Người mới").first().click();
  await page.locator("[name='rows.0.full_name']").fill("Phạm Thị Thay");
  await page.locator("[name=reason]").fill("Bận việc nhà");
  await look(page, info, "95-substitute");
  await page.getByRole("button", { name: "Thay người" }).click();
  await expect(page.getByRole("status")).toContainText("Đã thay người:");
  await expect(page.locator("main")).toContainText("Phạm Thị Thay");
}

async function transfer(page, info) {
  // The class that is a draft takes people once it is published.
  await runOf(page, /kế hoạch kinh doanh.*Lớp 3/);
  await page.getByRole("button", { name: "Công bố" }).click();
  await page.goto(`${await runOf(page, /kế hoạch kinh doanh.*Lớp 2/)}/participants`);
  await page.getByRole("link", { name: /^Chuyển .* sang lớp khác$/ }).first().click();
  const other = page.locator("[name=to]");
  await other.selectOption({ label: await other.locator("option", { hasText: "Lớp 3" }).innerText() });
  await page.locator("[name=reason]").fill("Gần nhà hơn");
  await look(page, info, "96-transfer");
  await page.getByRole("button", { name: "Chuyển lớp" }).click();
  await expect(page.getByRole("status")).toContainText("Đã chuyển lớp:");
  await expect(page.locator("main")).toContainText("chuyển từ lớp khác");
}

async function roster(page, info) {
  await page.goto(`${await runOf(page, /kế hoạch kinh doanh.*Lớp 2/)}/participants`);
  const address = new URL(page.url()).pathname.replace("participants", "roster");
  const pdf = await page.request.get(`${address}.pdf`);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  const xlsx = await page.request.get(`${address}.xlsx`);
  expect(xlsx.headers()["content-type"]).toBe(XLSX);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("link", { name: /^Rút đăng ký/ }).first()).toBeHidden();
  await look(page, info, "97-participants-print");
  await page.emulateMedia({ media: null });
}

async function require(page, info) {
  await page.goto("/courses");
  await page.getByRole("row").filter({ hasText: "OFF-3" }).getByRole("link").first().click();
  await expect(page.locator("main")).toContainText("Điều kiện trước khi học");
  await look(page, info, "98-prerequisites");
  await runOf(page, /Bộ tiêu chí.*Lớp 1/);
  await expect(page.locator("main")).toContainText("trong 3 năm trước ngày khai giảng");
  await page.getByRole("link", { name: "Đăng ký học viên" }).click();
  await page.locator("main a[href*='organisation=']").first().click();
  await expect(page.locator("main")).toContainText("Cần hoàn thành trước");
  await look(page, info, "99-enrol");
}
