// Registration forms that a commune gathered in Excel: the template, faults and all, corrected on the page and imported.
import { expect, test } from "@playwright/test";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";
import { fillIn } from "./workbook.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The row of the template that holds the headings, from 1. */
const HEADINGS = 3;

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("forms from a spreadsheet", async ({ browser }, info) => {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  await signIn(page, "can.bo.xa");
  const maker = await test.step("whose products they are", () => organisation(page));
  const file = await test.step("the template is downloaded and filled in", () => fill(page, info, maker));
  await test.step("uploaded, every fault is said with the way to its field", () => upload(page, info, file));
  await test.step("one correction is not enough: what is left is said again", () => correct(page, info));
  await test.step("corrected and left out, the rest is imported", () => confirm(page, info));
  await test.step("the forms are found as drafts", () => find(page, info, maker));
  await test.step("the same file again changes nothing", () => again(page, file));
  expect(house.doctor()).toContain("every invariant holds");
});

async function organisation(page) {
  await page.goto("/organisations");
  // A state body makes no products.
  const names = await page.locator("main a[href^='/organisations/']:not([href$='/new'])").allInnerTexts();
  return names.map((name) => name.trim()).find((name) => /^(HTX|Hợp tác xã|Tổ hợp tác|Cơ sở|Công ty)/.test(name));
}

async function fill(page, info, maker) {
  await page.goto("/registrations");
  await page.getByRole("link", { name: "Nhập từ Excel" }).first().click();
  await look(page, info, "47-sheet");
  const address = await page.getByRole("link", { name: /^Tải tệp mẫu/ }).first().getAttribute("href");
  const template = await page.request.get(address);
  expect(template.headers()["content-type"]).toBe(XLSX);
  return fillIn(await template.body(), HEADINGS, [
    { STT: "1", "Tên sản phẩm": "Chè lam gói lá", "Tên chủ thể": maker, "Điện thoại": "900123457", "Nguồn nước": "Giếng khoan" },
    { STT: "2", "Tên chủ thể": maker, "Nguồn nước": "nước biển" },
    { STT: "3", "Tên sản phẩm": "Nem nắm ống tre", "Tên chủ thể": "HTX Không Có Thật" },
    { STT: "4", "Tên sản phẩm": "Mật ong rừng già", "Tên chủ thể": maker },
  ]);
}

/** Sends the file for forms of existing products, of the year that is chosen already. */
async function send(page, file) {
  await page.goto("/registrations/spreadsheet");
  await page.locator("[name=kind]").selectOption("existing");
  await page.locator("[name=file]").setInputFiles({ name: "phieu.xlsx", mimeType: XLSX, buffer: file });
  await page.getByRole("button", { name: "Tải lên và kiểm tra" }).click();
}

async function upload(page, info, file) {
  await send(page, file);
  const faults = page.locator("main .faults");
  await expect(faults).toContainText("3 lỗi ở 2 dòng");
  for (const fault of [/^Dòng 5, Tên sản phẩm/, /^Dòng 5, Nguồn nước “nước biển”/, /^Dòng 6, .*HTX Không Có Thật/]) {
    const way = await faults.getByRole("link", { name: fault }).getAttribute("href");
    await expect(page.locator(way)).toBeVisible();
  }
  await expect(page.getByText("Phiếu mới")).toHaveCount(2);
  await look(page, info, "48-sheet-faults");
}

async function correct(page, info) {
  await page.locator('[name="rows.1.product_name"]').fill("Bánh khoái tép");
  await page.getByRole("button", { name: "Xác nhận nhập" }).click();
  await expect(page.locator("main .faults").first()).toContainText("2 lỗi ở 2 dòng");
  await expect(page.locator('[name="rows.1.product_name"]')).toHaveValue("Bánh khoái tép");
  await look(page, info, "49-sheet-again");
}

async function confirm(page, info) {
  await page.locator('[name="rows.1.water"]').selectOption("other");
  await page.locator('[id="f-rows-2-left_out"]').check();
  await look(page, info, "50-sheet-corrected");
  await page.getByRole("button", { name: "Xác nhận nhập" }).click();
  await expect(page.getByRole("status")).toContainText("Đã thêm 3 bản nháp.");
  await look(page, info, "51-imported");
}

async function find(page, info, maker) {
  const main = page.locator("main");
  for (const product of ["Chè lam gói lá", "Bánh khoái tép", "Mật ong rừng già"]) await expect(main).toContainText(product);
  await expect(main).not.toContainText("Nem nắm ống tre");
  await page.locator("form.filters [name=text]").fill("che lam goi");
  await page.locator("form.filters button").click();
  await page.getByRole("link", { name: "Chè lam gói lá" }).click();
  for (const text of [maker, "Nhập từ Excel", "0900123457", "Giếng khoan"]) await expect(main).toContainText(text);
  await look(page, info, "52-form-from-a-sheet");
}

async function again(page, file) {
  await send(page, file);
  await expect(page.getByText("Đã có", { exact: true })).toHaveCount(2);
  await expect(page.locator("main .faults")).toContainText("3 lỗi ở 2 dòng");
}
