// What every story needs: signing in, checking a page for who cannot see it, and keeping a picture of it.
import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";

export const PASSWORD = "trinh-dien-ocop";

/** Signs in by the form of the sign-in page. */
export async function signIn(page, name) {
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.locator("#f-name").fill(name);
  await page.locator("#f-password").fill(PASSWORD);
  await page.locator("main form button").first().click();
  await expect(page.locator('form[action="/sign-out"]')).toBeVisible();
}

/** WCAG 2.2 AA, as far as a program can check it. axe runs its own script, so it needs JavaScript in the page. */
export async function accessible(page, info) {
  if (info.project.use.javaScriptEnabled === false) return;
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  const barriers = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  expect.soft(barriers, `barriers on ${new URL(page.url()).pathname}`).toEqual([]);
}

/** Pictures of a step at the width of a phone and of a desk, once: with JavaScript. No page may scroll sideways. */
export async function picture(page, info, name) {
  for (const [device, width, height] of [["phone", 360, 740], ["desk", 1280, 800]]) {
    await page.setViewportSize({ width, height });
    const wider = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth).catch(() => 0);
    expect.soft(wider, `${name} scrolls sideways at ${width}px`).toBeLessThanOrEqual(0);
    if (info.project.use.javaScriptEnabled !== false) {
      await page.screenshot({ path: `screenshots/${name}-${device}.png` });
    }
  }
}

/** A picture and a check of the page as it stands. */
export async function look(page, info, name) {
  await picture(page, info, name);
  await accessible(page, info);
}
