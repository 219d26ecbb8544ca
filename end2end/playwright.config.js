// The stories of the README in Chromium, each once with and once without JavaScript. bin/test starts the server with
// fresh demonstration data and says where it is.
import { defineConfig } from "@playwright/test";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const shared = {
  baseURL: process.env.BASE_URL ?? "http://127.0.0.1:8080",
  locale: "vi-VN",
  launchOptions: {
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--no-first-run", "--disable-component-update"],
  },
};

export default defineConfig({
  testDir: "stories",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  projects: [
    { name: "with JavaScript", use: { ...shared, javaScriptEnabled: true } },
    { name: "without JavaScript", use: { ...shared, javaScriptEnabled: false } },
  ],
});
