// From the annual plan to a class, and from what organisations ask for to the class they are invited to.
import { expect, test } from "@playwright/test";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

const YEAR = day(0).slice(0, 4);
const COURSE = "ENT-1";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("from the plan and the demand to classes", async ({ browser }, info) => {
  const province = await somebody(browser, info, "can.bo.tinh");
  const maker = await somebody(browser, info, "dai.dien");
  const trainer = await somebody(browser, info, "giang.vien");
  await test.step("the province writes a line of the plan", () => write(province, info));
  await test.step("the plan goes out as a sheet and comes in again", () => sheet(province, info));
  await test.step("a class is made from a line", () => fromLine(province, info));
  await test.step("others read the plan", () => read(trainer));
  await test.step("an organisation says what it would like", () => ask(maker, info));
  const run = await test.step("the province makes a class of the demand and invites who asked", () => invite(province, info));
  await test.step("who was invited enrols", () => enrol(maker, info, run));
  expect(house.doctor()).toContain("every invariant holds");
});

/** Somebody of the demonstration, in a browser of their own. */
async function somebody(browser, info, name) {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  await signIn(page, name);
  return page;
}

async function write(page, info) {
  await page.goto("/manage");
  await page.getByRole("link", { name: "Kế hoạch tập huấn" }).click();
  await look(page, info, "50-plans");
  await page.getByRole("link", { name: `Năm ${YEAR}` }).click();
  await expect(page.getByText("Lớp tính là đã học xong khi")).toBeVisible();
  await look(page, info, "51-plan");
  await page.getByRole("link", { name: "Thêm dòng" }).click();
  const course = await page.locator("[name=course] option", { hasText: "ENT-2" }).getAttribute("value");
  await page.locator("[name=course]").selectOption(course);
  await page.locator("[name=audience]").selectOption("organisations");
  await page.locator("[name=quarter]").selectOption("4");
  await page.locator("[name=participants]").fill("nhiều");
  await page.locator("[name=place]").fill("Nhà văn hóa thôn 3");
  await page.locator("[name=budget]").fill("12.800.000 đ");
  await page.getByRole("button", { name: "Lưu", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Cần một số nguyên");
  await expect(page.locator("[name=place]")).toHaveValue("Nhà văn hóa thôn 3");
  await look(page, info, "52-line-form");
  await page.locator("[name=participants]").fill("40");
  await page.getByRole("button", { name: "Lưu", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("Đã thêm dòng vào kế hoạch.");
  await expect(page.locator("main")).toContainText("12.800.000 đ");
}

async function sheet(page, info) {
  const file = await page.request.get(`/plans/${YEAR}/plan.xlsx`);
  expect(file.headers()["content-type"]).toBe(XLSX);
  await page.goto(`/plans/${YEAR}/spreadsheet`);
  await page.locator("[name=file]").setInputFiles({ name: "ke-hoach.xlsx", mimeType: XLSX, buffer: await file.body() });
  await page.getByRole("button", { name: "Tải lên và kiểm tra" }).click();
  await expect(page.getByRole("status")).toContainText("dòng đều nhập được");
  await look(page, info, "53-plan-sheet");
  await page.getByRole("button", { name: "Xác nhận nhập" }).click();
  await expect(page.getByRole("status")).toContainText("0 dòng mới, 0 dòng sửa, 12 dòng không đổi");
}

async function fromLine(page, info) {
  await page.goto(`/plans/${YEAR}`);
  await page.locator("main tbody tr", { hasText: "Nhà văn hóa thôn 3" }).getByRole("link", { name: /Mở lớp từ dòng/ }).click();
  await expect(page.locator("[name=venue]").first()).toHaveValue("Nhà văn hóa thôn 3");
  await expect(page.locator("[name=capacity]")).toHaveValue("40");
  await page.getByRole("button", { name: "Thêm buổi" }).click();
  await expect(page.getByText("Lớp này lập theo một dòng của kế hoạch năm.")).toBeVisible();
  await look(page, info, "54-class-from-line");
  await page.getByRole("button", { name: "Lưu nháp" }).last().click();
  await expect(page.getByRole("status")).toContainText("Đã lưu nháp.");
  await page.getByRole("link", { name: /^Dòng \d{4}-\d+$/ }).click();
  await expect(page.locator("main")).toContainText("nên không bỏ dòng được");
  await look(page, info, "55-line");
}

async function read(page) {
  await page.goto(`/plans/${YEAR}`);
  await expect(page.locator("main")).toContainText("Nhà văn hóa thôn 3");
  await expect(page.getByRole("link", { name: "Thêm dòng" })).toHaveCount(0);
}

async function ask(page, info) {
  await page.goto("/");
  await page.locator("main").getByRole("link", { name: "Nhu cầu đào tạo" }).click();
  await look(page, info, "56-wishes");
  await page.locator("main tbody tr", { hasText: COURSE }).getByRole("link").click();
  await page.locator("[name=people]").fill("5");
  await page.locator("[name=months]").nth(2).check();
  await page.locator("[name=note]").fill("Học vào cuối tuần.");
  await look(page, info, "57-wish");
  await page.getByRole("button", { name: "Lưu nhu cầu" }).click();
  await expect(page.getByRole("status")).toContainText("Đã lưu nhu cầu.");
}

async function invite(page, info) {
  await page.goto("/demand");
  await look(page, info, "58-demand");
  await page.locator("main th").getByRole("link", { name: new RegExp(COURSE) }).first().click();
  await expect(page.locator("main")).toContainText("Học vào cuối tuần.");
  await look(page, info, "59-demand-of-a-course");
  await page.getByRole("link", { name: `Mở lớp ${COURSE} từ nhu cầu` }).click();
  await expect(page.locator("[name=capacity]")).toHaveValue("26");
  await page.locator("[name=name]").fill("Lớp theo nhu cầu");
  await page.locator("[name=venue]").first().fill("Trung tâm Chính trị");
  await page.getByRole("button", { name: "Lưu nháp" }).last().click();
  await expect(page.getByRole("status")).toContainText("Đã lưu nháp.");
  const run = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Mời đơn vị có nhu cầu" }).click();
  for (const box of await page.locator("[name=interest]").all()) await box.check();
  await look(page, info, "60-invitations");
  await page.getByRole("button", { name: "Mời các đơn vị đã chọn" }).last().click();
  await expect(page.getByRole("status")).toContainText("Đã mời 5 đơn vị.");
  await page.goto(run);
  await page.getByRole("button", { name: "Công bố" }).click();
  await expect(page.getByRole("status")).toContainText("Đã công bố lớp trên lịch.");
  return run;
}

async function enrol(page, info, run) {
  await page.goto("/inbox");
  await look(page, info, "61-invited");
  await page.locator(`#answer_invitation a[href="${run}/enrol"]`).click();
  await page.locator("input[name=person]:enabled").first().check();
  await page.getByRole("button", { name: "Đăng ký", exact: true }).last().click();
  await expect(page.getByText("Đã đăng ký 1 người.")).toBeVisible();
  await page.goto("/interests");
  await expect(page.locator("main tbody tr", { hasText: COURSE })).toContainText("đã có 1 người được đăng ký từ khi ghi");
}

/** The day `days` from today, as the office has it. */
function day(days) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date(Date.now() + days * 86_400_000));
}
