// A demonstration of a story's own: filled afresh and served by the program, examined by its doctor. A story that closes
// a class can be told once in a house, so each project gets its own.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.OCOP_BINARY ?? join(import.meta.dirname, "../../target/release/ocop-training");

export class Demonstration {
  constructor(url, folder, server) {
    this.url = url;
    this.folder = folder;
    this.server = server;
  }

  static async open() {
    const folder = mkdtempSync(join(tmpdir(), "ocop-story-"));
    const address = `127.0.0.1:${await freePort()}`;
    const url = `http://${address}`;
    execFileSync(program, ["demo"], { env: settings(folder) });
    const server = spawn(program, ["serve", "--demo", "--listen", address, "--public-url", url], {
      env: settings(folder),
      stdio: "ignore",
    });
    const house = new Demonstration(url, folder, server);
    for (let tries = 0; tries < 100; tries += 1) {
      const ready = await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
      if (ready) return house;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("the server does not get ready");
  }

  /** Throws with its findings when an invariant does not hold. */
  doctor() {
    return execFileSync(program, ["doctor"], { env: settings(this.folder), encoding: "utf8" });
  }

  async close() {
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function settings(folder) {
  return { ...process.env, OCOP_DATABASE: `sqlite:${join(folder, "ocop.db")}`, OCOP_DATA_DIR: folder, OCOP_LOG: "warn" };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
