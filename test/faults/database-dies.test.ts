/** The embedded PostgreSQL killed and frozen under load: it comes back, nothing acknowledged is lost, what is due goes out,
 *  and whoever is refused meanwhile is told to come back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { checkInvariants } from "../acceptance/invariants.ts";
import { eventOf, type Load, noProc, type RunningServer, serverOfTests } from "./server.ts";

/** Longer than a request is kept waiting for a database that is away. */
const awayMs = 9_000;
const frozenMs = 5_000;
const patienceMs = 180_000;

const { mailbox, server } = await serverOfTests();

test("kill -9 of the postmaster under load, again and again: it comes back, nothing acknowledged is lost", {
  skip: noProc,
}, async (context) => {
  const { key, token } = await server.setUp("killed");
  const other = await server.setUp("due");
  const load = server.load(key, 16);
  context.after(load.stop);
  await until("load", () => load.accepted.size >= 200, load);
  const due = await server.post("/v2/enqueue", eventOf(other.key, "due"));
  assert.equal(due.status, 202);
  for (const end = performance.now() + awayMs; performance.now() < end; await sleep(20)) kill(server, "SIGKILL");
  const before = load.accepted.size;
  await until("accepted again", () => load.accepted.size >= before + 100, load);
  await load.stop();

  assert.ok((load.met.get("503") ?? 0) > 0, "refused while it was away");
  assert.deepEqual(outcomesBut(load, "503"), []);
  await assertKept(load, token);
  assert.ok((await mailbox.waitFor((mail) => mail.includes("/ack/") && mail.includes("Load due"))).length > 0);
  assert.equal((await server.post("/v2/enqueue", eventOf(other.key, "later"))).status, 202);
  assert.ok((await mailbox.waitFor((mail) => mail.includes("/ack/") && mail.includes("Load later"))).length > 0);
});

test("frozen for seconds under load, then not: nothing acknowledged is lost, and a lone request is answered", {
  skip: noProc,
}, async (context) => {
  const { key, token } = await server.setUp("frozen");
  const load = server.load(key, 16);
  context.after(load.stop);
  await until("load", () => load.accepted.size >= 200, load);
  kill(server, "SIGSTOP");
  await sleep(frozenMs);
  const before = load.accepted.size;
  kill(server, "SIGCONT");
  await until("accepted again", () => load.accepted.size >= before + 100, load);
  await load.stop();
  const began = performance.now();
  const lone = await server.post("/v2/enqueue", eventOf(key, "lone"), AbortSignal.timeout(10_000));
  context.diagnostic(`a lone request was answered in ${Math.round(performance.now() - began)} ms`);
  assert.equal(lone.status, 202);
  assert.deepEqual(outcomesBut(load, "503"), []);
  await assertKept(load, token);
});

test("a second SIGTERM stops at once what a frozen database holds up, and leaves no process", {
  skip: noProc,
}, async () => {
  const { key } = await server.setUp("hastened");
  kill(server, "SIGSTOP");
  const asked = server.post("/v2/enqueue", eventOf(key, "held")).catch(() => null);
  await sleep(100);
  server.kill("SIGTERM");
  await sleep(1_200);
  server.kill("SIGTERM");
  assert.equal(await server.ended(), 1);
  await asked;
  await until("no process left", () => server.postgres().length === 0);
  await server.restart();
  assert.equal((await server.post("/v2/enqueue", eventOf(key, "after"))).status, 202);
});

/** SIGKILL finds the postmaster only: its children must end by themselves. */
function kill(one: RunningServer, signal: NodeJS.Signals): void {
  try {
    for (const pid of signal === "SIGKILL" ? [one.postmaster()] : one.postgres()) process.kill(pid, signal);
  } catch {
    /* It has not started again yet. */
  }
}

async function until(what: string, isSo: () => boolean, load?: Load): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!isSo()) {
    const met = load ? `, met ${JSON.stringify([...load.met])}, said ${server.said()}` : "";
    assert.ok(performance.now() < end, `${what}: waited ${patienceMs} ms${met}`);
    await sleep(20);
  }
}

const outcomesBut = (load: Load, known: string): string[] => [...load.met.keys()].filter((one) => one !== known);

async function assertKept(load: Load, token: string): Promise<void> {
  const known = await server.alertKeys(token);
  const lost = [...load.accepted].filter((name) => !known.has(name));
  assert.deepEqual(lost, [], "events answered 202 and not found");
  const owner = new pg.Client(server.owner());
  await owner.connect();
  await checkInvariants(owner);
  await owner.end();
}
