// From a product registration form to a selected organisation: on a phone, by the people of the demonstration.
import { expect, test } from "@playwright/test";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

const PRODUCT = "Cam sành ủ vườn";

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("from a form to a selected organisation", async ({ browser }, info) => {
  const maker = await somebody(browser, info, "dai.dien.2");
  const officer = await somebody(browser, info, "can.bo.xa");
  const province = await somebody(browser, info, "can.bo.tinh");
  const run = await test.step("a class for selected organisations refuses the others, and says why", () => refused(maker, info));
  const form = await test.step("a representative fills in a form and sends it", () => fillIn(maker, info));
  await test.step("the officer returns it, the representative puts it right", () => putRight(officer, maker, info, form));
  await test.step("it is found complete and feasible", () => evaluate(officer, info, form));
  const list = await test.step("the commune lists and forwards it", () => forward(officer, info));
  await test.step("the province accepts the list, selects the product and publishes", () => select(province, info, list));
  await test.step("anybody reads the selected products", () => read(browser, info));
  await test.step("now the organisation may enrol", () => enrol(maker, info, run));
  expect(house.doctor()).toContain("every invariant holds");
});

/** Somebody of the demonstration, or anybody, in a browser of their own. */
async function somebody(browser, info, name) {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  if (name) await signIn(page, name);
  return page;
}

async function refused(page, info) {
  // The demonstration plans it for eighteen days from now.
  await page.goto(`/calendar?month=${day(18).slice(0, 7)}`);
  const links = await page.locator("main a[href^='/runs/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const run of new Set(links.map((link) => link.match(/^\/runs\/[0-9a-f-]{36}/)?.[0]).filter(Boolean))) {
    await page.goto(run);
    if ((await page.getByText(/được chọn năm \d{4}/).count()) > 0) {
      await page.goto(`${run}/enrol`);
      await expect(page.locator("main")).toContainText("chưa có sản phẩm nào được công bố là được chọn");
      await look(page, info, "30-not-selected");
      return run;
    }
  }
  throw new Error("no class is for selected organisations");
}

/** Fills the fields of the part that is open and goes on to the next. */
async function part(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
  await expect(page.getByRole("status")).toBeVisible();
}

async function fillIn(page, info) {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/registrations");
  await page.getByRole("link", { name: "Đăng ký sản phẩm" }).first().click();
  await page.locator("[name=product_name]").fill(PRODUCT);
  await look(page, info, "31-new-form");
  await page.getByRole("button", { name: "Bắt đầu điền phiếu" }).click();
  await page.locator("[name=group]").selectOption({ index: 1 });
  await part(page, {});
  await page.locator("[name=registration_number]").fill("26A8123456");
  await look(page, info, "32-fill-in");
  await part(page, {
    registration_number: "26A8123456",
    head_name: "Mai Văn Long",
    head_address: "Thôn 3",
    phone: "0900123456",
    specification: "Thùng 5 kg",
    local_resources: "Cam trồng trên đất đồi của các hộ trong xã",
  });
  await part(page, {});
  await part(page, { target_market: "Trong tỉnh", production_place: "Thôn 3" });
  await part(page, { short_plan: "Thêm kho mát, bán quanh năm", production_process: "Thu hái, ủ." });
  await part(page, {});
  await part(page, { proposer_name: "Mai Văn Long" });
  const form = new URL(page.url()).pathname;
  await look(page, info, "33-ready-to-send");
  await page.getByRole("button", { name: "Nộp phiếu" }).click();
  await expect(page.getByRole("status")).toContainText("Đã nộp phiếu.");
  return form;
}

async function putRight(officer, maker, info, form) {
  await officer.goto("/inbox");
  await look(officer, info, "34-inbox");
  await officer.getByRole("link", { name: PRODUCT }).first().click();
  await expect(officer).toHaveURL(new RegExp(form));
  await officer.getByRole("link", { name: "Trả lại để bổ sung" }).click();
  const process = officer.locator('[name="remarks.production_process"]');
  if (!(await process.isVisible())) await officer.locator('details:has([name="remarks.production_process"]) > summary').click();
  await process.fill("Ghi rõ từng bước và thời gian ủ.");
  await look(officer, info, "35-return");
  await officer.getByRole("button", { name: "Trả lại để bổ sung" }).click();
  await expect(officer.getByRole("status")).toContainText("Đã trả phiếu để bổ sung.");

  await maker.goto("/inbox");
  await maker.getByRole("link", { name: PRODUCT }).first().click();
  await look(maker, info, "36-returned");
  await maker.locator("main").getByRole("link", { name: "Sửa" }).first().click();
  await maker.locator("[name=production_process]").fill("Thu hái, phân loại, rửa, để ráo, ủ bảy ngày, đóng thùng.");
  await maker.getByRole("button", { name: "Lưu", exact: true }).click();
  await maker.goto(form);
  await maker.getByRole("button", { name: "Nộp phiếu" }).click();
  await expect(maker.getByRole("status")).toContainText("Đã nộp phiếu.");
}

async function evaluate(page, info, form) {
  await page.goto(form);
  // What is required and came on paper or in kind.
  for (let missing = 9; missing > 0; missing -= 1) {
    const item = page.locator("form[action$='/receipts']:has([name=is_there][value=yes])").first();
    if ((await item.count()) === 0 || !(await item.locator("button").isVisible())) break;
    await item.locator("button").click();
  }
  await page.getByRole("button", { name: "Xác nhận đầy đủ" }).click();
  await expect(page.getByRole("status")).toContainText("Đã xác nhận phiếu đầy đủ.");
  await page.getByLabel("Khả thi", { exact: true }).check();
  for (const points of await page.locator('[name^="points."]').all()) await points.fill("8");
  await page.locator("[name=remark]").fill("Vùng nguyên liệu rõ ràng.");
  await look(page, info, "37-evaluate");
  await page.getByRole("button", { name: "Lưu đánh giá" }).click();
  await expect(page.getByRole("status")).toContainText("Đã lưu đánh giá.");
}

async function forward(page, info) {
  await page.goto("/lists");
  await look(page, info, "38-lists");
  await page.goto("/lists/new");
  if ((await page.getByRole("button", { name: "Lập danh sách" }).count()) === 0) {
    await page.locator("main a[href^='/lists/new?']").first().click();
  }
  await page.getByRole("button", { name: "Lập danh sách" }).click();
  await expect(page.locator("main")).toContainText(PRODUCT);
  await page.locator("[name=number]").fill("58/DS-UBND");
  await page.locator("[name=signed_on]").fill(day(0));
  await page.locator("[name=signatory_post]").fill("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH");
  await page.locator("[name=signatory_name]").fill("Trần Minh Đức");
  await look(page, info, "39-compose");
  await page.getByRole("button", { name: "Chốt danh sách" }).click();
  await expect(page.getByRole("status")).toContainText("Đã chốt danh sách.");
  const list = new URL(page.url()).pathname;
  const paper = await page.request.get(`${list}/paper.pdf`);
  expect(paper.headers()["content-type"]).toBe("application/pdf");
  await look(page, info, "40-frozen");
  await page.getByRole("button", { name: "Gửi tỉnh" }).click();
  await expect(page.getByRole("status")).toContainText("Đã gửi danh sách lên tỉnh.");
  return list;
}

async function select(page, info, list) {
  await page.goto("/inbox");
  await look(page, info, "41-inbox-of-the-province");
  await page.goto(list);
  await page.getByRole("button", { name: "Tiếp nhận" }).click();
  await page.goto("/selections");
  await look(page, info, "42-selection");
  await page.goto(`${new URL(page.url()).pathname}?text=${encodeURIComponent(PRODUCT)}`);
  await page.locator("[name=product]").first().check();
  await page.locator("[name=number]").fill("45/QĐ-VPĐP");
  await page.locator("[name=decided_on]").fill(day(0));
  await page.locator("[name=choice]").selectOption("select");
  await look(page, info, "43-decide");
  await page.getByRole("button", { name: "Ghi quyết định" }).click();
  await page.getByRole("link", { name: "Xem và công bố" }).click();
  await look(page, info, "44-decision");
  await page.getByRole("button", { name: "Công bố quyết định" }).click();
  await expect(page.getByRole("status")).toContainText("Đã công bố quyết định.");
}

async function read(browser, info) {
  const page = await somebody(browser, info);
  await page.goto("/products");
  await expect(page.locator("main")).toContainText(PRODUCT);
  await look(page, info, "45-selected-products");
}

async function enrol(page, info, run) {
  await page.goto(`${run}/enrol`);
  await page.locator("input[name=person]:enabled").first().check();
  await page.getByRole("button", { name: "Đăng ký", exact: true }).last().click();
  await expect(page.getByText("Đã đăng ký 1 người.")).toBeVisible();
  await page.goto("/organisations");
  await page.locator("main a[href^='/organisations/']").first().click();
  await expect(page.locator("main")).toContainText(PRODUCT);
  await look(page, info, "46-history");
}

/** The day `days` from today, as the office has it. */
function day(days) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date(Date.now() + days * 86_400_000));
}
