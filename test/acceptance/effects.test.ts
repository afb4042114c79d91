/** Timers and the outbox as rows: a lease of fifteen seconds, a fencing token, and nobody in anybody's way. Asked of the
 *  claims themselves, on a database where no desk runs. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import pg from "pg";
import { attemptsMax, leaseMs } from "../../core/kernel/attempts.ts";
import { transact } from "../../server/platform/database.ts";
import {
  type Claimed,
  claimOutbox,
  claimTimers,
  endOutbox,
  endTimer,
  postponeTimer,
  retryOutbox,
} from "../../server/platform/outbox.ts";
import { closeAtEnd, type Database, sharedCluster } from "./cluster.ts";

let database: Database;
let pool: pg.Pool;
const now = 1_800_000_000_000;

before(async () => {
  database = await (await sharedCluster()).newDatabase();
  pool = new pg.Pool({ ...database.app, max: 6 });
  /* The cluster is taken away with whatever is still being closed. */
  pool.on("error", () => {});
  pool.on("connect", (client) => void client.on("error", () => {}));
  closeAtEnd(async () => {
    await pool.end();
    await database.drop();
  });
});

const queue = async (key: string, dueAt = now): Promise<void> => {
  await pool.query("delete from outbox");
  await pool.query(
    "insert into outbox (key, kind, payload, due_at, not_after, made_at) values ($1, 'notice', '{}', $2::bigint, $2::bigint + 1800000, $2::bigint)",
    [key, dueAt],
  );
};
const claim = (at: number, limit = 100): Promise<readonly Claimed[]> =>
  claimOutbox(pool, { now: at, limit, channel: "email" }, async (_, claimed) => claimed);
const end = (claimed: Claimed, status: "sent" | "dead", at: number): Promise<boolean> =>
  transact(pool, 5_000, (client) => endOutbox(client, claimed, status, { at }));
const row = async () => (await pool.query("select status, attempts, fence, due_at, lease_until from outbox")).rows[0];

test("what is claimed is nobody else's for fifteen seconds, then anybody's", async () => {
  assert.equal(leaseMs, 15_000);
  await queue("one");
  assert.deepEqual(await claim(now - 1), [], "not due yet");
  assert.equal((await claim(now)).length, 1);
  assert.deepEqual(await claim(now + leaseMs - 1), []);
  const [again] = await claim(now + leaseMs);
  assert.deepEqual([again?.attempts, again?.possibleDuplicate], [2, true], "the first may have arrived");
});

test("whoever lost its lease writes nothing any more: not the outcome, not a retry", async () => {
  await queue("two");
  const [lost] = await claim(now);
  const [taken] = await claim(now + leaseMs);
  assert.ok(lost && taken && taken.fence > lost.fence);
  assert.equal(await end(lost, "sent", now + leaseMs), false);
  await retryOutbox(pool, lost, { error: "late", now: now + leaseMs, unknown: false });
  assert.deepEqual(await row(), {
    status: "pending",
    attempts: 2,
    fence: taken.fence,
    due_at: now,
    lease_until: now + 2 * leaseMs,
  });
  assert.equal(await end(taken, "sent", now + leaseMs), true);
  assert.equal(await end(taken, "dead", now + leaseMs), false, "an outcome is final");
  assert.deepEqual(await claim(now + 10 * leaseMs), []);
});

test("what may have arrived once may have arrived for good, however its later attempts end", async () => {
  await queue("doubtful");
  let at = now;
  const doubts: boolean[] = [];
  for (const unknown of [false, true, false, false]) {
    const [claimed] = await claim(at);
    assert.ok(claimed);
    doubts.push(claimed.possibleDuplicate);
    await retryOutbox(pool, claimed, { error: "busy", now: at, unknown });
    at = (await row()).due_at;
  }
  assert.deepEqual(doubts, [false, false, true, true]);
});

test("a retry waits longer each time, up to its last attempt", async () => {
  await queue("three");
  const waits: number[] = [];
  for (let at = now, attempt = 1; attempt <= attemptsMax; attempt++) {
    const [claimed] = await claim(at);
    assert.equal(claimed?.attempts, attempt);
    await retryOutbox(pool, claimed, { error: "busy", now: at, unknown: false });
    const { due_at: dueAt } = await row();
    waits.push(dueAt - at);
    assert.deepEqual(await claim(dueAt - 1), []);
    at = dueAt;
  }
  assert.deepEqual(
    waits,
    waits.toSorted((a, b) => a - b),
  );
  assert.ok((waits[0] ?? 0) < (waits.at(-1) ?? 0));
});

test("many who claim at once share what is due: each effect once, none waits for a row that another holds", async () => {
  await pool.query("delete from outbox");
  await pool.query(
    "insert into outbox (key, kind, payload, due_at, not_after, made_at) select 'many-' || n, 'notice', '{}', $1::bigint, $1::bigint, $1::bigint from generate_series(1, 60) n",
    [now],
  );
  const holder = await pool.connect();
  await holder.query("begin");
  await holder.query("select 1 from outbox where key = 'many-1' for update");
  const shares = await Promise.all([1, 2, 3, 4].map(() => claim(now, 20)));
  await holder.query("rollback");
  holder.release();
  const ids = shares.flat().map((one) => one.id);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(ids.length, 59, "all but the one that is held");
  assert.equal((await claim(now)).length, 1);
});

test("a timer that was carried out and set anew is not ended by who slept through it", async () => {
  const set = "insert into timers (key, payload, due_at) values ('paging/y', '{}', $1)";
  const next = now + 600_000;
  await pool.query(set, [now]);
  const [slept] = await claimTimers(pool, now);
  const [fired] = await claimTimers(pool, now + leaseMs);
  assert.ok(slept && fired);
  assert.equal(await transact(pool, 5_000, (client) => endTimer(client, fired)), true);
  await pool.query(set, [next]);
  const [again] = await claimTimers(pool, next);
  assert.equal(again?.fence, slept.fence, "the row is new: its fence counts from the start");
  assert.equal(await transact(pool, 5_000, (client) => endTimer(client, slept)), false);
  await postponeTimer(pool, slept, next + 60_000_000);
  assert.ok(again);
  assert.equal(await transact(pool, 5_000, (client) => endTimer(client, again)), true);
});

test("a timer: the same lease, and only the holder of the latest token ends it or puts it off", async () => {
  const set = "insert into timers (key, payload, due_at) values ('paging/x', '{}', $1)";
  await pool.query(set, [now]);
  const [lost] = await claimTimers(pool, now);
  assert.deepEqual(await claimTimers(pool, now + leaseMs - 1), []);
  const [taken] = await claimTimers(pool, now + leaseMs);
  assert.ok(lost && taken && taken.fence > lost.fence);
  assert.equal(await transact(pool, 5_000, (client) => endTimer(client, lost)), false);
  await postponeTimer(pool, lost, now + 60_000_000);
  assert.equal((await claimTimers(pool, now + 2 * leaseMs)).length, 1, "not put off by who lost it");
  assert.equal(await transact(pool, 5_000, (client) => endTimer(client, taken)), false, "taken over meanwhile");
  const [last] = await claimTimers(pool, now + 3 * leaseMs);
  assert.ok(last);
  assert.equal(await transact(pool, 5_000, (client) => endTimer(client, last)), true);
  assert.deepEqual((await pool.query("select key from timers")).rows, []);
});
