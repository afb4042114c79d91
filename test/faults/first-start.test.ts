/** Killed again and again during its first start, at moments that nobody chose: the next start makes what is missing, takes
 *  nothing half made for whole, and one database runs. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { noProc, placeServer } from "./server.ts";

const kills = 5;
const latestMs = 1_600;

test("killed at random moments of the first start: the next start is whole, and one database runs", {
  skip: noProc,
}, async (context) => {
  const server = await placeServer({ smtpPort: 9 });
  for (let i = 0; i < kills; i++) {
    const moment = Math.round(Math.random() * latestMs);
    context.diagnostic(`killed after ${moment} ms`);
    server.launch();
    await sleep(moment);
    server.kill();
    await server.ended();
  }
  await server.restart();
  const { token } = await server.setUp("first");
  const people = await server.get("/api/v1/people", token);
  assert.equal(people.data.length, 1, "one first administrator");
  assert.equal(programsOf(server.dataDir).length, 1, "one postmaster");
  assert.deepEqual(
    readdirSync(`${server.dataDir}/postgres`).filter((name) => name.startsWith("cluster")),
    ["cluster"],
  );
  await server.stop();
  assert.equal(await server.ended(), 0);
  assert.deepEqual(programsOf(server.dataDir), []);
  server.remove();
});

/** Command lines of PostgreSQL that name this directory. */
function programsOf(directory: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        return "";
      }
    })
    .filter((line) => line.includes(directory) && /\/(postgres|initdb) /.test(line));
}
