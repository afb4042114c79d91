/** A start that cannot go on says so in one line that names the variable, exits 1, and leaves no process behind. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";

const root = join(import.meta.dirname, "..", "..");
const home = mkdtempSync(join(realpathSync(tmpdir()), "tocsin-start-"));
after(() => rmSync(home, { recursive: true, force: true }));

/** One that starts after all is ended, and fails the test. */
const startWithinMs = 30_000;

type Ended = { readonly code: unknown; readonly said: string; readonly complained: string };

async function start(dataDir: string, port = 0, more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, "server", "main.ts")], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: startWithinMs,
    env: {
      ...process.env,
      DATABASE_URL: "",
      TOCSIN_DATA_DIR: dataDir,
      TOCSIN_PORT: String(port),
      TOCSIN_LOG: "error",
      ...more,
    },
  });
  const exited = new Promise((done) => child.once("exit", done));
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, said, complained };
}

function assertRefused({ code, complained }: Ended, words: RegExp): void {
  assert.match(complained, /^TOCSIN_[A-Z_]+: [^\n]+\n$/);
  assert.match(complained, words);
  assert.equal(code, 1);
  const left = readdirSync("/proc").filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, "utf8").includes(home);
    } catch {
      return false;
    }
  });
  assert.deepEqual(left, []);
}

const skip = process.platform === "linux" ? false : "looks for processes in /proc";

test("the port is taken: the first password has been shown all the same", { skip }, async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const ended = await start(join(home, "port"), port);
  await new Promise((done) => other.close(done));
  assertRefused(ended, new RegExp(`TOCSIN_PORT: 127.0.0.1:${port} is taken`));
  assert.match(ended.said, /^First administrator: \S+ {2}password: \S{20} {2}/);
});

test("the first password given would be guessed: nobody is created with it", { skip }, async () => {
  const dataDir = join(home, "guessable");
  const weak = { TOCSIN_ADMIN_EMAIL: "nuit@example.org", TOCSIN_ADMIN_PASSWORD: "password1234" };
  assertRefused(await start(dataDir, 0, weak), /TOCSIN_ADMIN_PASSWORD: too easy to guess/);
});

test("the data directory is a file, or closed to this user", { skip }, async () => {
  const file = join(home, "file");
  writeFileSync(file, "");
  assertRefused(await start(file), /TOCSIN_DATA_DIR: this user cannot use/);
  if (process.getuid?.() === 0) return;
  const closed = join(home, "closed");
  mkdirSync(closed, { mode: 0o500 });
  assertRefused(await start(closed), /TOCSIN_DATA_DIR: this user cannot use .* \(EACCES\)/);
});

test("the disk is full, while the database is made and while it is filled", { skip }, async (context) => {
  const small = join(home, "small");
  mkdirSync(small);
  for (const size of ["12m", "41m"]) {
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", small], { stdio: "ignore" });
    if (mounted.status !== 0) return context.diagnostic("not looked at: no small disk can be mounted here");
    try {
      assertRefused(await start(join(small, "data")), /TOCSIN_DATA_DIR: .*No space left on device/);
    } finally {
      spawnSync("umount", ["-l", small], { stdio: "ignore" });
    }
  }
});
