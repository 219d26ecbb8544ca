// A person who was entered twice: found, compared, merged, parted, told apart; and a citizen number that somebody needs.
import { expect, test } from "@playwright/test";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("one person with two records", async ({ browser }, info) => {
  const province = await somebody(browser, info, "can.bo.tinh");
  const manager = await somebody(browser, info, "lanh.dao");
  const name = await test.step("what was entered twice is put side by side", () => compare(province, info));
  const person = await test.step("two records become one", () => merge(province, info));
  await test.step("the citizen number is shown to who needs it", () => number(province, info));
  await test.step("who only reads sees the mask", () => masked(manager, person));
  await test.step("the merge is undone, and the two are told apart", () => part(province, info, person));
  await test.step("people are found without tones", () => find(province, name));
  expect(house.doctor()).toContain("every invariant holds");
});

/** Somebody of the demonstration, in a browser of their own. */
async function somebody(browser, info, name) {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  await signIn(page, name);
  return page;
}

async function compare(page, info) {
  await page.goto("/organisations");
  await page.locator("main").getByRole("link", { name: "Hồ sơ người học", exact: true }).click();
  await page.getByRole("link", { name: "Hồ sơ có thể trùng" }).click();
  const pair = page.locator("section.panel").first();
  await expect(pair).toContainText("trùng");
  await expect(page.getByRole("heading", { name: "Đã xác nhận là hai người" })).toBeVisible();
  await look(page, info, "60-duplicates");
  return pair.locator("thead a").first().innerText();
}

async function merge(page, info) {
  await page.locator("section.panel").first().getByRole("link", { name: /^Xem và gộp/ }).click();
  await expect(page.locator("main")).toContainText("Hồ sơ giữ lại");
  await page.locator("input[name=name][value=kept]").check();
  await page.locator("[name=note]").fill("Cùng ngày sinh, cùng quê.");
  await look(page, info, "61-merge");
  await page.getByRole("button", { name: "Gộp thành một người" }).click();
  await expect(page.getByRole("status")).toContainText("Đã gộp hai hồ sơ thành một.");
  await expect(page.locator("main")).toContainText("Cùng ngày sinh, cùng quê.");
  await look(page, info, "62-merged");
  return new URL(page.url()).pathname;
}

async function number(page, info) {
  const fact = page.locator("dl");
  await expect(fact).toContainText("•••••••••");
  await page.getByRole("button", { name: "Hiện số đầy đủ" }).click();
  await expect(fact).toContainText(/038\d{9}/);
  await look(page, info, "63-number");
}

async function masked(page, person) {
  await page.goto(person);
  await expect(page.locator("dl")).toContainText("•••••••••");
  await expect(page.getByRole("button", { name: "Hiện số đầy đủ" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Tách lại/ })).toHaveCount(0);
}

async function part(page, info, person) {
  await page.goto(person);
  await expect(page.locator("dl")).not.toContainText(/038\d{9}/);
  await expect(page.getByText("Ai đã xem số CCCD")).toBeVisible();
  await page.getByRole("button", { name: /^Tách lại/ }).click();
  await expect(page.getByRole("status")).toContainText("Đã tách lại thành hai hồ sơ.");
  await page.goto("/people/duplicates");
  const before = await page.locator("section.panel").count();
  await page.locator("section.panel").first().getByRole("button", { name: /là hai người khác nhau$/ }).click();
  await expect(page.getByRole("status")).toContainText("Đã ghi nhớ");
  await expect(page.locator("section.panel")).toHaveCount(before - 1);
  await look(page, info, "64-told-apart");
}

async function find(page, name) {
  const bare = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  for (const typed of [bare, name.normalize("NFD")]) {
    await page.goto("/people");
    await page.locator("[name=q]").fill(typed);
    await page.getByRole("button", { name: "Tìm", exact: true }).click();
    await expect(page.locator("main tbody").getByRole("link", { name, exact: true }).first()).toBeVisible();
  }
}
