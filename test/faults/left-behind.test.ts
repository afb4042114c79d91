/** A desk killed while its PostgreSQL could hear no signal leaves it at work: the next start stops it, takes over its data,
 *  and loses nothing. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventOf, noProc, serverOfTests } from "./server.ts";

const { server } = await serverOfTests();

test("the postgres of a killed desk, frozen, is stopped at the next start", { skip: noProc }, async () => {
  const { key, token } = await server.setUp("left");
  assert.equal((await server.post("/v2/enqueue", eventOf(key, "before"))).status, 202);
  const old = server.postgres();
  for (const pid of old) process.kill(pid, "SIGSTOP");
  server.kill();
  assert.equal(await server.ended(), "SIGKILL");
  assert.deepEqual(server.postgres(), old, "left at work");
  await server.restart();
  assert.deepEqual(
    server.postgres().filter((pid) => old.includes(pid)),
    [],
  );
  assert.ok((await server.alertKeys(token)).has("before"));
  assert.equal((await server.post("/v2/enqueue", eventOf(key, "after"))).status, 202);
});

test("after the machine went down, another program has the number of the postgres of then: it starts", {
  skip: noProc,
}, async () => {
  const { key, token } = await server.setUp("number");
  assert.equal((await server.post("/v2/enqueue", eventOf(key, "kept"))).status, 202);
  const old = server.postmaster();
  const other = spawn("sleep", ["600"], { stdio: "ignore" });
  server.kill("SIGSTOP");
  process.kill(old, "SIGKILL");
  server.kill();
  await server.ended();
  const home = join(server.dataDir, "postgres");
  for (const file of [join(home, "cluster", "postmaster.pid"), join(home, ".s.PGSQL.5432.lock")]) {
    const [number, ...more] = readFileSync(file, "utf8").split("\n");
    assert.equal(Number(number), old, file);
    writeFileSync(file, [other.pid, ...more].join("\n"));
  }
  await server.restart();
  assert.equal(other.exitCode ?? other.signalCode, null, "whoever has the number is left alone");
  other.kill();
  assert.ok((await server.alertKeys(token)).has("kept"));
});
