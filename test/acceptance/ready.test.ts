/** Ready means able to accept, decide and send: asked of a desk whose database can only be read, and of one that cannot send. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startWorld, type TestWorld } from "./world.ts";

const ready = async (world: TestWorld): Promise<[number, string[]]> => {
  const { status, body } = await world.api("GET", "/readyz", undefined, { token: null });
  return [status, body.reasons];
};

/** A probe answers for a second. */
async function becomes(world: TestWorld, wanted: [number, string[]]): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt++) {
    if (JSON.stringify(await ready(world)) === JSON.stringify(wanted)) return;
    await sleep(250);
  }
  assert.deepEqual(await ready(world), wanted);
}

test("a database that can only be read: not ready, and ready again when it can be written", async () => {
  const world = await startWorld({ mail: false });
  assert.deepEqual(await ready(world), [200, []]);
  const reconnect =
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  await world.query(`alter database ${world.database.name} set default_transaction_read_only = on`);
  await world.query(reconnect);
  await becomes(world, [503, ["database"]]);
  await world.query("set default_transaction_read_only = off");
  await world.query(`alter database ${world.database.name} set default_transaction_read_only = off`);
  await world.query(reconnect);
  await becomes(world, [200, []]);
  await world.stop({ errors: true });
});

test("an effect that nobody takes for minutes: not ready to send", async () => {
  const world = await startWorld();
  const at = world.desk.clock.now();
  await world.query(
    "insert into outbox (key, kind, payload, due_at, not_after, made_at) values ('kept-back', 'notice', '{}', $1, $2, $1)",
    [at + 60_000, at + 120_000],
  );
  await world.query("begin");
  await world.query("select 1 from outbox where key = 'kept-back' for update");
  world.desk.clock.advance(300_000);
  await becomes(world, [503, ["sending"]]);
  await world.query("rollback");
  await becomes(world, [200, []]);
  await world.stop();
});
