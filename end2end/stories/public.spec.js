// What anybody sees without signing in.
import { expect, test } from "@playwright/test";
import { look } from "./house.js";

test("the calendar leads to a class, and a certificate can be checked", async ({ page }, info) => {
  await page.goto("/");
  await look(page, info, "home");
  await page.goto("/calendar");
  await expect(page.locator("h1")).toBeVisible();
  await look(page, info, "calendar");
  await page.goto("/calendar?view=month");
  await look(page, info, "calendar-month");
  await page.goto("/verify");
  await look(page, info, "verify-form");
  await page.goto("/sign-in");
  await look(page, info, "sign-in");
  await page.goto("/nothing/here");
  await expect(page.locator("h1")).toHaveText("Không tìm thấy");
  await look(page, info, "not-found");
});

test("English is complete", async ({ page }, info) => {
  await page.goto("/calendar");
  await page.locator('button[name="language"]').click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator('button[name="language"]')).toHaveText("Tiếng Việt");
  await look(page, info, "calendar-english");
});
