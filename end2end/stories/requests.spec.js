// Places by approval: an organisation asks, its commune and the province decide, a planner places people and takes it back.
import { expect, test } from "@playwright/test";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("from a request to a place", async ({ browser }, info) => {
  const maker = await somebody(browser, info, "dai.dien");
  const commune = await somebody(browser, info, "can.bo.xa");
  const province = await somebody(browser, info, "can.bo.tinh");
  await test.step("what came back is completed and sent again", () => complete(maker, info));
  const run = await test.step("an organisation asks for a place", () => ask(maker, info));
  await test.step("the commune decides", () => decide(commune, info));
  await test.step("the province places people, and takes it back", () => place(province, info, run));
  await test.step("the organisation sees what became of it", () => history(maker, info));
  expect(house.doctor()).toContain("every invariant holds");
});

/** Somebody of the demonstration, in a browser of their own. */
async function somebody(browser, info, name) {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  await signIn(page, name);
  return page;
}

async function complete(page, info) {
  await page.goto("/inbox");
  await page.locator("#complete_request a").first().click();
  await expect(page.locator("main")).toContainText("Ghi rõ sản phẩm của đơn vị.");
  await look(page, info, "80-request-returned");
  await page.getByRole("link", { name: "Bổ sung và gửi lại" }).click();
  const second = page.locator('[name="choice.1"]');
  const first = await page.locator('[name="choice.0"]').inputValue();
  await second.selectOption(first);
  await page.locator("[name=note]").fill("Đơn vị làm chè lam, cần học ghi sổ.");
  await page.getByRole("button", { name: "Gửi đề nghị" }).click();
  await expect(page.getByRole("alert")).toContainText("Lớp này đã được chọn ở trên.");
  await expect(page.locator("[name=note]")).toHaveValue("Đơn vị làm chè lam, cần học ghi sổ.");
  await look(page, info, "81-request-completed");
  await page.locator('[name="choice.1"]').selectOption("");
  await page.getByRole("button", { name: "Gửi đề nghị" }).click();
  await expect(page.getByRole("status")).toContainText("Đã gửi lại đề nghị.");
  await expect(page.locator("main")).toContainText("Chờ cấp xã duyệt");
}

async function ask(page, info) {
  await page.locator("main dl ol").getByRole("link").first().click();
  await expect(page.locator("main")).toContainText("Cấp xã rồi tỉnh duyệt");
  const run = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Đề nghị ghi danh", exact: true }).last().click();
  await page.locator("input[name=person]:enabled").first().check();
  await page.locator('[name="choice.1"]').selectOption({ index: 1 });
  await page.locator("[name=note]").fill("Phụ trách sổ sách của đơn vị.");
  await look(page, info, "82-ask");
  await page.getByRole("button", { name: "Gửi đề nghị" }).last().click();
  await expect(page.getByRole("status")).toContainText("Đã gửi 1 đề nghị.");
  await look(page, info, "83-requests");
  return run;
}

async function decide(page, info) {
  await page.goto("/inbox");
  await page.locator("#decide_requests a").first().click();
  await look(page, info, "84-requests-to-decide");
  // Others of the class were decided on by the commune already.
  await page.locator("main tbody tr", { hasText: "Chờ cấp xã duyệt" }).first().locator("th a").click();
  await page.getByRole("button", { name: "Từ chối" }).click();
  await expect(page.getByRole("alert")).toContainText("Cần nêu lý do");
  await look(page, info, "85-decide");
  await page.getByRole("button", { name: "Duyệt", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("Đã ghi quyết định và báo đơn vị.");
  await expect(page.locator("main")).toContainText("Chờ tỉnh duyệt");
  await page.goto("/requests?state=waiting_unit");
  for (const box of await page.locator("[name=request]").all()) await box.check();
  await page.getByRole("button", { name: "Duyệt các đề nghị đã chọn" }).click();
  await expect(page.locator("main")).toContainText("Đã duyệt, chuyển bước tiếp: cấp tỉnh");
  await look(page, info, "86-decided-together");
}

async function place(page, info, run) {
  await page.goto(run);
  await page.getByRole("link", { name: "Duyệt đề nghị" }).click();
  await page.getByRole("link", { name: "Xếp lớp theo nguyện vọng" }).click();
  await page.getByRole("button", { name: "Đề xuất cách xếp" }).click();
  await expect(page.locator("main")).toContainText("nguyện vọng 1");
  await look(page, info, "87-board");
  // One is left for later by hand.
  await page.locator("main select").last().selectOption("");
  await page.getByRole("button", { name: "Duyệt và xếp lớp" }).click();
  await expect(page.getByRole("status")).toContainText(/người (đều )?có chỗ/);
  await look(page, info, "88-placed");
  await page.getByRole("link", { name: "Về danh sách" }).click();
  await page.getByRole("button", { name: "Hoàn tác lần xếp này" }).click();
  await expect(page.getByRole("status")).toContainText("lại chờ xếp lớp");
  await page.getByRole("button", { name: "Đề xuất cách xếp" }).click();
  await page.getByRole("button", { name: "Duyệt và xếp lớp" }).click();
  await expect(page.getByRole("status")).toContainText(/người (đều )?có chỗ/);
}

async function history(page, info) {
  await page.goto("/requests?state=placed");
  await page.locator("main tbody th").getByRole("link").first().click();
  await expect(page.locator("main")).toContainText("Hoàn tác xếp lớp");
  await look(page, info, "89-request-history");
}
