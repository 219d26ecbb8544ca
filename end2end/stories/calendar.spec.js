// The calendar: three views, one's own, the feeds that programs read, and what is printed.
import { expect, test } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Demonstration } from "./demonstration.js";
import { look, signIn } from "./house.js";

let house;

test.beforeAll(async () => {
  house = await Demonstration.open();
});
test.afterAll(async () => house?.close());

/** Somebody of the demonstration, or anybody, in a browser of their own. */
async function somebody(browser, info, name) {
  const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled: info.project.use.javaScriptEnabled });
  const page = await context.newPage();
  if (name) await signIn(page, name);
  return page;
}

/** The page on paper: how many A4 pages Chromium makes of it, and a picture of the first. */
async function printed(page, info, name) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const facts = execFileSync("pdfinfo", ["-"], { input: pdf, encoding: "utf8" });
  if (info.project.use.javaScriptEnabled) {
    const picture = join(import.meta.dirname, `../screenshots/${name}`);
    execFileSync("pdftoppm", ["-png", "-r", "70", "-singlefile", "-", picture], { input: pdf });
  }
  const [width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(facts).slice(1).map(Number);
  return { pages: Number(/Pages:\s+(\d+)/.exec(facts)[1]), landscape: width > height };
}

test("everybody's calendar in three views, on a phone and on paper", async ({ browser }, info) => {
  const page = await somebody(browser, info);
  await page.goto("/calendar");
  await look(page, info, "calendar-1-list");
  expect(await printed(page, info, "calendar-1-list-paper")).toEqual({ pages: 1, landscape: false });

  await page.getByRole("link", { name: "Tháng", exact: true }).click();
  await expect(page).toHaveURL(/view=month/);
  await look(page, info, "calendar-2-month");
  expect(await printed(page, info, "calendar-2-month-paper")).toEqual({ pages: 1, landscape: true });
  // On a phone a tap on a day shows its sessions below the grid, without a page load and without a script.
  await page.setViewportSize({ width: 360, height: 740 });
  const day = page.locator("a.day").last();
  await day.click();
  await expect(page.locator(`td:target ul`)).toBeVisible();
  await expect(page.locator(".month ul:visible")).toHaveCount(1);
  await look(page, info, "calendar-3-month-day");

  await page.getByRole("link", { name: "Tuần", exact: true }).click();
  await expect(page.locator("table.week")).toBeVisible();
  await look(page, info, "calendar-4-week");
  expect((await printed(page, info, "calendar-4-week-paper")).pages).toBe(1);
  for (const rel of ["next", "prev"]) await page.locator(`a[rel=${rel}]`).click();

  // A trainer narrows it, in an address that can be passed on.
  await page.goto("/calendar");
  await page.locator("details.narrow summary").click();
  await page.locator("[name=trainer]").selectOption({ index: 1 });
  await look(page, info, "calendar-5-filters");
  await page.getByRole("button", { name: "Lọc", exact: true }).click();
  await expect(page.locator(".chip.chosen")).toHaveCount(1);
  await expect(page.locator('a[href^="webcal://"]')).toHaveAttribute("href", /\/calendar\.ics\?trainer=/);

  // Chromium keeps what a calendar program subscribes to as a file.
  await page.goto("/calendar");
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: /\.ics/ }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("lich-tap-huan.ics");
  const lines = readFileSync(await download.path(), "utf8").split("\r\n");
  expect(lines[0]).toBe("BEGIN:VCALENDAR");
  expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  expect(lines).toContain("STATUS:CANCELLED");
  expect(lines.filter((line) => line === "BEGIN:VEVENT").length).toBeGreaterThan(10);
});

test("my calendar, and an address that programs read until it is revoked", async ({ browser }, info) => {
  for (const [name, words] of [["giang.vien", "Tôi dạy"], ["dai.dien", "Người của đơn vị"], ["can.bo.xa", "Lịch của tôi"]]) {
    const page = await somebody(browser, info, name);
    await page.goto("/my/calendar");
    await expect(page.getByText(words).first()).toBeVisible();
    await look(page, info, `my-calendar-${name}`);
    await page.close();
  }
  const page = await somebody(browser, info, "dai.dien");
  await page.goto("/my/calendar?view=week");
  await look(page, info, "my-calendar-week");
  await page.goto("/my/calendar?view=month");
  await look(page, info, "my-calendar-month");
  await page.getByRole("button", { name: /^Tạo địa chỉ/ }).click();
  await expect(page.getByText("chỉ hiện một lần")).toBeVisible();
  await look(page, info, "my-calendar-address");
  const address = await page.locator(".address code").innerText();
  await expect(page.locator('.made a[href^="webcal://"]')).toBeVisible();
  const program = await browser.newContext();
  expect(await (await program.request.get(address)).text()).toContain("BEGIN:VCALENDAR");

  await page.getByRole("button", { name: /^Thu hồi: Lịch của tôi/ }).click();
  await expect(page.getByRole("status")).toContainText("Đã thu hồi");
  expect((await program.request.get(address)).status()).toBe(404);
  await program.close();
});

test("a class has a timetable, and each session a sign for its door", async ({ browser }, info) => {
  const page = await somebody(browser, info, "giang.vien");
  await page.goto("/runs");
  await page.getByRole("link", { name: /Xây dựng phương án.*Lớp 2/ }).first().click();
  const run = new URL(page.url()).pathname;
  await look(page, info, "calendar-6-class");
  const papers = [[`${run}/timetable.pdf`, "calendar-7-timetable"]];
  await page.goto(`${run}/attendance`);
  papers.push([await page.getByRole("link", { name: "Biển phòng" }).first().getAttribute("href"), "calendar-8-door-sign"]);
  for (const [path, name] of papers) {
    const paper = await page.request.get(path);
    expect(paper.headers()["content-type"]).toBe("application/pdf");
    if (info.project.use.javaScriptEnabled) {
      const picture = join(import.meta.dirname, `../screenshots/${name}`);
      execFileSync("pdftoppm", ["-png", "-r", "70", "-singlefile", "-", picture], { input: await paper.body() });
    }
  }
  expect(house.doctor()).toContain("every invariant holds");
});
