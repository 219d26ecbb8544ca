// Planning: clashes that are shown, refused and answered for; a change that is looked at before it is released; a session
// that is called off.
import { expect, test } from "@playwright/test";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

test("planning without surprises", async ({ browser }, info) => {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  await signIn(page, "giang.vien");
  const first = await test.step("a class of two half-days is published", () => publish(page, "Lớp 21"));
  const second = await test.step("another at the same time clashes, and is answered for", () => answer(page, info));
  await test.step("a change is looked at, then released", () => change(page, info, first));
  await test.step("a session is called off", () => callOff(page, info, second));
  await context.close();
  expect(house.doctor()).toContain("every invariant holds");
});

/** The form of a class of two half-days, nine weeks ahead, where the demonstration holds none, by its first trainer. */
async function plan(page, name) {
  await page.goto("/runs/new");
  await page.locator("[name=course]").selectOption({ index: 2 });
  await page.locator("[name=name]").fill(name);
  await page.locator("[name=capacity]").fill("30");
  await page.locator("[name=unit]").selectOption({ index: 1 });
  await page.locator("[name=venue]").fill("Hội trường UBND xã");
  const monday = new Date(Date.now() + 63 * 86400000);
  monday.setUTCDate(monday.getUTCDate() + ((8 - monday.getUTCDay()) % 7));
  const day = monday.toISOString().slice(0, 10);
  while ((await page.locator('[name="sessions.1.day"]').count()) === 0) {
    await page.getByRole("button", { name: "Thêm buổi" }).click();
  }
  for (const [n, half] of [[0, "morning"], [1, "afternoon"]]) {
    await page.locator(`[name="sessions.${n}.day"]`).fill(day);
    await page.locator(`[name="sessions.${n}.half_day"]`).selectOption(half);
    await page.locator(`[name="sessions.${n}.trainers"]`).first().selectOption({ index: 1 });
  }
  await page.locator("[name=enrolment_deadline]").fill(day);
}

async function publish(page, name) {
  await plan(page, name);
  await page.getByRole("button", { name: "Lưu nháp" }).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}/);
  await page.getByRole("button", { name: "Công bố" }).click();
  await expect(page.getByText("Đã công bố lớp trên lịch.")).toBeVisible();
  return new URL(page.url()).pathname;
}

async function answer(page, info) {
  await plan(page, "Lớp 22");
  await page.getByRole("button", { name: "Kiểm tra xung đột" }).click();
  await expect(page.locator(".clashes li").first()).toContainText("dạy lớp khác cùng lúc");
  await expect(page.locator("[name=name]")).toHaveValue("Lớp 22");
  await look(page, info, "planning-01-clashes");
  await page.getByRole("button", { name: "Lưu nháp" }).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}/);
  // Without a reason nobody has answered for anything.
  await page.getByRole("button", { name: "Công bố" }).click();
  await expect(page.locator(".clashes li").first()).toBeVisible();
  await look(page, info, "planning-02-refused");
  await page.locator("[name=reason]").fill("Hai lớp học chung một buổi");
  await page.getByRole("button", { name: "Công bố" }).click();
  await expect(page.getByText("Đã công bố lớp trên lịch.")).toBeVisible();
  await expect(page.getByText("Hai lớp học chung một buổi")).toBeVisible();
  return new URL(page.url()).pathname;
}

async function change(page, info, path) {
  await page.goto(`${path}/edit`);
  const day = await page.locator('[name="sessions.1.day"]').inputValue();
  const next = new Date(new Date(day).getTime() + 86400000).toISOString().slice(0, 10);
  await page.locator('[name="sessions.1.day"]').fill(next);
  await page.getByRole("button", { name: "Lưu bản thay đổi" }).click();
  await expect(page.getByRole("heading", { name: "Những gì thay đổi" })).toBeVisible();
  await expect(page.locator(".changes li")).toHaveCount(1);
  await expect(page.locator(".changes li")).toContainText("Buổi 2 chuyển từ");
  await look(page, info, "planning-03-release");
  await page.goto(path);
  await expect(page.getByText("Có một bản thay đổi chưa phát hành.")).toBeVisible();
  await page.getByRole("link", { name: "Xem và phát hành" }).click();
  await page.getByRole("button", { name: "Phát hành" }).click();
  await expect(page.getByText("Đã phát hành phiên bản mới.")).toBeVisible();
  await page.getByRole("link", { name: "Các phiên bản lịch" }).click();
  await expect(page.getByRole("heading", { name: "Phiên bản 2" })).toBeVisible();
  await look(page, info, "planning-04-versions");
}

async function callOff(page, info, path) {
  await page.goto(path);
  await page.getByRole("link", { name: "Hủy buổi 2" }).click();
  await page.getByRole("button", { name: "Hủy buổi" }).click();
  await expect(page.locator("[aria-invalid=true]")).toBeVisible();
  await page.locator("[name=reason]").fill("Bão số 3");
  await look(page, info, "planning-05-cancel-session");
  await page.getByRole("button", { name: "Hủy buổi" }).click();
  await expect(page.getByText("Đã hủy buổi học.")).toBeVisible();
  await expect(page.getByText("Đã hủy: Bão số 3")).toBeVisible();
  await look(page, info, "planning-06-class");
}
