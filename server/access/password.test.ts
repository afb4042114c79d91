/** How passwords are kept: with which cost, for whom, and how many at a time. */
import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { HttpProblem } from "../platform/problems.ts";
import { checkPassword, hashPassword } from "./password.ts";

type Counted = { readonly all: number; readonly atOnce: number };

/** Derivations that the system was asked for meanwhile, and the most at any moment. */
async function derivationsIn(work: () => Promise<unknown>): Promise<Counted> {
  const running = new Set<number>();
  let [all, atOnce] = [0, 0];
  const hook = createHook({
    init: (id, type) => {
      if (!/^ARGON2/i.test(type)) return;
      running.add(id);
      all += 1;
      atOnce = Math.max(atOnce, running.size);
    },
    before: (id) => void running.delete(id),
  }).enable();
  try {
    await work();
  } finally {
    hook.disable();
  }
  return { all, atOnce };
}

test("argon2id with 19 MiB and two passes at least, a salt of its own, and the parameters beside it", async () => {
  const [one, other] = [await hashPassword("correct horse"), await hashPassword("correct horse")];
  assert.notEqual(one, other);
  const [kind, memory, passes, , nonce, tag] = one.split("$");
  assert.equal(kind, "argon2id");
  assert.ok(Number(memory) >= 19_456 && Number(passes) >= 2, one);
  assert.ok(Buffer.from(nonce ?? "", "base64url").length >= 16 && Buffer.from(tag ?? "", "base64url").length >= 32);
  assert.deepEqual(await checkPassword("correct horse", one), { right: true, stale: false });
  assert.deepEqual(await checkPassword("correct horsf", one), { right: false, stale: false });
});

test("every character of any alphabet counts, beyond 72 bytes too; one text has one form", async () => {
  const long = `${"é".repeat(100)}🧯密`;
  const hash = await hashPassword(long);
  assert.equal((await checkPassword(long.normalize("NFD"), hash)).right, true);
  for (const other of [long.slice(0, -1), `${long} `, long.replace("🧯", "🔥"), long.toUpperCase(), long.slice(0, 72)])
    assert.equal((await checkPassword(other, hash)).right, false, other);
});

test("whoever has no password, or does not exist, costs what a wrong password costs", async () => {
  const hash = await hashPassword("correct horse");
  await checkPassword("warms the decoy", null);
  const known = await derivationsIn(() => checkPassword("wrong", hash));
  const unknown = await derivationsIn(() => checkPassword("wrong", null));
  assert.deepEqual(known, { all: 1, atOnce: 1 });
  assert.deepEqual(unknown, known);
});

test("however many ask, no more are derived at a time than there are cores; beyond a bound they are told to come back", async () => {
  const hash = await hashPassword("correct horse");
  const wave = (count: number): Promise<PromiseSettledResult<unknown>[]> =>
    Promise.allSettled(
      /* Each begins another when it ends: who comes between one's end and the next one's beginning must wait too. */
      Array.from({ length: count }, () => checkPassword("wrong", hash).then(() => checkPassword("wrong", hash))),
    );
  const counted = await derivationsIn(() => wave(12));
  assert.equal(counted.all, 24);
  assert.ok(counted.atOnce <= availableParallelism(), `${counted.atOnce} at once`);
  const cheap = ["argon2id", 8, 1, 1, "A".repeat(22), "A".repeat(43)].join("$");
  const flood = await Promise.allSettled(Array.from({ length: 700 }, () => checkPassword("wrong", cheap)));
  const refused = flood.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  assert.ok(refused.length >= 100 && refused.every((reason) => reason instanceof HttpProblem && reason.status === 503));
  assert.deepEqual(await checkPassword("correct horse", hash), { right: true, stale: false }, "and it goes on");
});
