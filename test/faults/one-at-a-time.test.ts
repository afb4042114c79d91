/** Commands started at once prepare the copy one after the other; one that was killed holds nobody up, but the program it
 *  left at work is waited for. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

/** A copy of its own: the real one may be at work. */
const home = mkdtempSync(join(tmpdir(), "tocsin-copy-"));
const journal = join(home, "journal");
mkdirSync(join(home, "bin"));
copyFileSync(join(import.meta.dirname, "..", "..", "bin", "one-at-a-time.cjs"), join(home, "bin", "one-at-a-time.cjs"));
after(() => rmSync(home, { recursive: true, force: true }));

/** Its program says when it begins and when it ends. */
function prepare(name: string, ms: number): ChildProcess {
  const program = `const { appendFileSync } = require("node:fs");
appendFileSync(${JSON.stringify(journal)}, "${name} begins\\n");
setTimeout(() => appendFileSync(${JSON.stringify(journal)}, "${name} ends\\n"), ${ms});`;
  const command = `require(${JSON.stringify(join(home, "bin", "one-at-a-time.cjs"))})
.oneAtATime((start) => start(process.execPath, ["-e", ${JSON.stringify(program)}], { stdio: "ignore" }))`;
  return spawn(process.execPath, ["-e", command], { stdio: ["ignore", "ignore", "pipe"] });
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => child.once("exit", (code) => done(code)));
const lines = (): string[] => readFileSync(journal, "utf8").trim().split("\n");

test("commands started at once do not overlap, and those that wait say so", async () => {
  writeFileSync(journal, "");
  const names = ["a", "b", "c"];
  const said: string[] = [];
  const children = names.map((name) => prepare(name, 150));
  for (const child of children) child.stderr?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  assert.deepEqual(await Promise.all(children.map(ended)), [0, 0, 0]);
  const order = lines().filter((_, index) => index % 2 === 0);
  assert.deepEqual(
    lines(),
    order.flatMap((line) => [line, line.replace("begins", "ends")]),
  );
  assert.match(said.join(""), /^Waiting for process \d+, /);
  assert.deepEqual(readdirSync(join(home, ".cache")), []);
});

test("killed in the middle, its program is waited for, then the next one prepares", async () => {
  writeFileSync(journal, "");
  const first = prepare("killed", 800);
  while (lines()[0] !== "killed begins") await sleep(10);
  first.kill("SIGKILL");
  assert.equal(await ended(prepare("next", 0)), 0);
  assert.deepEqual(lines(), ["killed begins", "killed ends", "next begins", "next ends"]);
  assert.deepEqual(readdirSync(join(home, ".cache")), []);
});
