// A commune's list of many people as it really comes: headings that nobody knows, names in old letters, faults, a sum at
// the foot. A person says what the columns are; the list is checked and stored in the background, and given back.
import { expect, test } from "@playwright/test";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("a list of many people", async ({ browser }, info) => {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  await signIn(page, "can.bo.xa");
  const maker = await test.step("whose people they are", () => organisation(page));
  await test.step("the list is sent", () => send(page, info, list(maker)));
  await test.step("its columns and its letters are said", () => columns(page, info));
  await test.step("it is checked, and nothing is stored", () => checked(page, info));
  await test.step("it is given back with reasons", () => reasons(page));
  await test.step("what is in order is stored", () => store(page, info));
  await test.step("the same list again adds nobody", () => again(page, info, list(maker)));
  expect(house.doctor()).toContain("every invariant holds");
});

async function organisation(page) {
  await page.goto("/organisations");
  const names = await page.locator("main tbody a[href^='/organisations/']").allInnerTexts();
  await page.getByRole("link", { name: "Nhập danh sách người" }).click();
  return names[0].trim();
}

/** Invented people. The second column is in TCVN3, as code page 1252 shows it. */
function list(maker) {
  const rows = [
    ["DANH SÁCH", "", "", "", ""],
    ["Thứ", "Quý danh", "Sinh", "Số máy", "Chỗ làm"],
    ["1", "NguyÔn ThÞ Hång", "1985", "912345678", maker],
    ["2", "Ph¹m ThÞ Ngäc ¸nh", "31118", "01689123456", maker],
    ["3", "Bïi V¨n N\u00adíc", "12/3/85", "", maker],
    ["4", "Lª V¨n An", "31/02/1985", "12", "HTX Không Có Thật"],
    ["", "Tổng cộng: 4 người", "", "", ""],
  ];
  return Buffer.from(`\ufeff${rows.map((cells) => cells.join(";")).join("\r\n")}\r\n`);
}

async function send(page, info, file) {
  await page.goto("/people/import");
  if (info) await look(page, info, "65-import");
  await page.locator("input[type=file]").setInputFiles({ name: "Danh sách xã.csv", mimeType: "text/csv", buffer: file });
  await page.getByRole("button", { name: "Tải lên và kiểm tra" }).click();
}

async function columns(page, info) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Các cột của danh sách");
  for (const [column, name] of [["1", "Họ và tên (hoặc tên)"], ["2", "Ngày hoặc năm sinh"], ["3", "Điện thoại"], ["4", "Đơn vị (tên hoặc mã số thuế)"]]) {
    await page.locator(`[name="columns.${column}"]`).selectOption({ label: name });
  }
  await expect(page.locator('[name="encodings.1"]:checked')).toHaveCount(0);
  await page.getByRole("button", { name: "Đọc danh sách" }).last().click();
  await expect(page.locator("main .faults")).toContainText("Hãy chọn chữ nào đọc đúng");
  await look(page, info, "66-columns");
  await page.getByLabel(/Chuyển từ TCVN3/).check();
  await page.getByRole("button", { name: "Đọc danh sách" }).last().click();
}

async function checked(page, info) {
  // The page loads again by itself, without a script too.
  await expect(page.getByText("Đã kiểm tra, chờ xác nhận")).toBeVisible();
  for (const fault of ["31/02/1985", "HTX Không Có Thật"]) await expect(page.locator("main tbody")).toContainText(fault);
  await look(page, info, "67-import-checked");
}

async function reasons(page) {
  const address = await page.getByRole("link", { name: "Tải về tệp kèm lý do" }).getAttribute("href");
  const file = await page.request.get(address);
  expect(file.headers()["content-type"]).toBe(XLSX);
  expect((await file.body()).subarray(0, 2).toString()).toBe("PK");
}

async function store(page, info) {
  await page.getByRole("button", { name: "Lưu 3 người, bỏ qua 1 dòng có lỗi" }).click();
  await expect(page.getByText("Đã lưu 3 người.")).toBeVisible();
  await look(page, info, "68-import-stored");
}

async function again(page, info, file) {
  await send(page, undefined, file);
  await expect(page.getByText(/Đã chọn sẵn như ngày/)).toBeVisible();
  await expect(page.locator('[name="columns.1"]')).toHaveValue("full_name");
  await expect(page.getByLabel(/Chuyển từ TCVN3/)).toBeChecked();
  await look(page, info, "69-columns-remembered");
  await page.getByRole("button", { name: "Đọc danh sách" }).last().click();
  await expect(page.getByText("Đã kiểm tra, chờ xác nhận")).toBeVisible();
  await expect(page.locator(".tile").filter({ hasText: "Đã có trong hệ thống" }).locator("strong")).toHaveText("3");
  await expect(page.locator(".tile").filter({ hasText: "Người mới" }).locator("strong")).toHaveText("0");
}
