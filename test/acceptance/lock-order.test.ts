/** Two nodes that meet a source for the first time: neither waits for what the other holds while it holds what the other wants. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { emptyDirectory } from "../../core/desk/directory.ts";
import { type Draft, emptyDraft } from "../../core/desk/draft.ts";
import { createMint, seedFromName } from "../../core/kernel/id.ts";
import { loadStates } from "../../server/desk/load.ts";
import { startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
before(async () => {
  world = await startWorld({ shared: true });
});

const draft = (): Draft =>
  emptyDraft({ at: 0, mint: createMint(seedFromName("locks")), directory: emptyDirectory, reactions: {} });
const [first, second] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"] as const;
const storms = (...ids: readonly string[]) => ids.map((integrationId) => ({ kind: "storm", integrationId }) as const);

test("what is not there yet is made before anything is locked", async () => {
  const { pools } = world.desk;
  const [one, other] = [await pools.engine.connect(), await pools.engine.connect()] as const;
  try {
    await world.query("insert into desk_states (key, state) values ($1, 'null')", [`storm/${second}`]);
    await one.query("begin");
    await other.query("begin");
    await loadStates(one, draft(), new Map(), storms(first));
    const loaded = draft();
    const waiting = loadStates(other, loaded, new Map(), storms(first, second));
    await sleep(100);
    /* In order: the one that waits for the first must not have the second. */
    await loadStates(one, draft(), new Map(), storms(second));
    await one.query("commit");
    await waiting;
    assert.deepEqual([...loaded.storms.keys()], [first, second]);
    await other.query("commit");
  } finally {
    for (const client of [one, other]) client.release(true);
  }
});
