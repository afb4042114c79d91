/** One signal against what is known of its key. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Alert, changesNothing, endAlert, expiryOf, isLive, observe, openAlert, type Signal } from "./decide.ts";

const at = 1_000_000;
const signalOf = (action: Signal["action"], changes: Partial<Signal> = {}): Signal => ({
  key: "disk",
  groupKey: "disk",
  action,
  title: "Disk full",
  severity: "error",
  source: null,
  stateful: false,
  startsAt: null,
  leaseUntil: null,
  by: null,
  details: null,
  ...changes,
});
const trigger = signalOf("trigger");
const resolve = signalOf("resolve");
const acknowledge = signalOf("acknowledge");
const known = { id: "a1", integrationId: "i", incidentId: "inc", waits: null, placed: "new", at } as const;
const open = openAlert(trigger, known);
const firing = (startsAt: number, action: Signal["action"] = "trigger") =>
  signalOf(action, { stateful: true, startsAt });
const stateful = openAlert(firing(500), known);

/** The alert that the observation leaves. */
function left(last: Alert | null, signal: Signal, when = at + 1): Alert {
  const seen = observe(last, signal, when);
  assert.ok("alert" in seen, `${seen.kind} leaves no alert`);
  return seen.alert;
}
const resolved = left(open, resolve);
const ended = endAlert(open, at + 1);

test("what nobody knows opens, and what is over opens again", () => {
  assert.deepEqual(observe(null, trigger, at), { kind: "open", again: false });
  for (const over of [resolved, ended]) assert.deepEqual(observe(over, trigger, at + 2), { kind: "open", again: true });
});

test("what is open is counted, not opened twice", () => {
  const alert = left(left(open, trigger), trigger, at + 9);
  assert.deepEqual([alert.count, alert.lastAt, alert.openedAt, alert.status], [3, at + 9, at, "open"]);
});

test("a resolution ends what is open, once", () => {
  assert.deepEqual([resolved.status, resolved.endedAt, resolved.lastAt], ["resolved", at + 1, at + 1]);
  for (const last of [null, resolved, ended])
    assert.deepEqual(observe(last, resolve, at), { kind: "ignore", reason: "no-open-alert" });
});

test("an acknowledgement is for what is open", () => {
  assert.deepEqual(observe(open, acknowledge, at), { kind: "acknowledge", alert: open });
  for (const last of [null, resolved, ended])
    assert.deepEqual(observe(last, acknowledge, at), { kind: "ignore", reason: "no-open-alert" });
});

test("what arrives out of order, of an older episode, changes nothing", () => {
  for (const action of ["trigger", "resolve"] as const)
    assert.deepEqual(observe(stateful, firing(499, action), at), { kind: "ignore", reason: "older-episode" });
  assert.equal(observe(stateful, firing(500, "resolve"), at).kind, "resolve");
  assert.equal(observe(stateful, firing(501, "resolve"), at).kind, "resolve");
});

test("a repeat of a later start moves the episode on", () => {
  assert.equal(left(stateful, firing(700)).startsAt, 700);
  assert.equal(left({ ...stateful, startsAt: null }, firing(700)).startsAt, 700);
  assert.equal(left(stateful, signalOf("trigger", { stateful: true })).startsAt, 500);
});

test("firing delivered late by the other one of a pair is not a new episode; a later start is", () => {
  for (const over of [
    left(stateful, firing(500, "resolve")),
    left({ ...stateful, status: "quiet" }, firing(500, "resolve")),
  ]) {
    assert.ok(!isLive(over));
    assert.deepEqual(observe(over, firing(500), at + 2), { kind: "ignore", reason: "late-duplicate" });
    assert.deepEqual(observe(over, firing(499), at + 2), { kind: "ignore", reason: "late-duplicate" });
    assert.deepEqual(observe(over, firing(501), at + 2), { kind: "open", again: true });
    assert.deepEqual(observe(over, signalOf("trigger", { stateful: true }), at + 2), { kind: "open", again: true });
  }
});

test("an event source has no late duplicates: what it says again is news", () => {
  const old = left(openAlert(signalOf("trigger", { startsAt: 500 }), known), signalOf("resolve", { startsAt: 500 }));
  assert.deepEqual(observe(old, signalOf("trigger", { startsAt: 500 }), at + 2), { kind: "open", again: true });
});

test("over a closed incident an event is over, a state that still fires is quiet until it resolves once", () => {
  assert.deepEqual([ended.status, ended.endedAt], ["ended", at + 1]);
  const quiet = endAlert(stateful, at + 1);
  assert.deepEqual([quiet.status, quiet.endedAt], ["quiet", null]);
  assert.equal(left(quiet, firing(500)).status, "quiet", "repeated without a sound");
  const seen = observe(quiet, firing(500, "resolve"), at + 5);
  assert.ok(seen.kind === "resolve" && seen.wasQuiet);
  assert.deepEqual([seen.alert.status, seen.alert.endedAt], ["ended", at + 5]);
});

const said = fc.record({
  action: fc.constantFrom("trigger", "resolve", "acknowledge"),
  startsAt: fc.option(fc.integer({ min: 0, max: 5 })),
  stateful: fc.constant(true),
});

test("whatever a source says in whatever order: episodes only move forward and counts only grow", () => {
  fc.assert(
    fc.property(fc.array(said, { maxLength: 40 }), (all) => {
      let last: Alert | null = null;
      for (const [i, one] of all.entries()) {
        const before = last as Alert | null;
        const seen = observe(before, signalOf(one.action, one), at + i);
        if (seen.kind === "open") {
          assert.ok(!isLive(before), "one live alert a key");
          last = openAlert(signalOf(one.action, one), { ...known, id: `a${i}`, at: at + i });
        } else if (seen.kind !== "ignore") {
          assert.ok(before !== null && isLive(before));
          assert.ok((seen.alert.startsAt ?? 0) >= (before.startsAt ?? 0));
          assert.ok(seen.alert.count >= before.count && seen.alert.lastAt >= before.lastAt);
          assert.equal(seen.alert.endedAt === null, isLive(seen.alert));
          last = seen.alert;
        }
      }
    }),
  );
});

const minute = 60_000;
const leased = (until: number, changes: Partial<Signal> = {}): Signal =>
  signalOf("trigger", { stateful: true, startsAt: 500, leaseUntil: until, ...changes });
const held = openAlert(leased(at + 4 * minute), known);

test("a lease is written again only when a quarter of it would be gained", () => {
  assert.equal(observe(held, leased(at + 5 * minute), at + minute).kind, "same");
  const renewed = left(held, leased(at + 5 * minute + 1), at + minute + 1);
  assert.deepEqual([renewed.leaseUntil, renewed.lastAt, renewed.count], [at + 5 * minute + 1, at + minute + 1, 1]);
  const next = left(held, leased(at + 4 * minute, { startsAt: 600 }));
  assert.equal(next.startsAt, 600, "another episode is news, however long the lease");
});

test("an alert is over when its lease as written, and a quarter more, have passed: not before, and not if it was renewed", () => {
  const expire = signalOf("expire", { stateful: true });
  assert.equal(expiryOf(held), at + 5 * minute);
  assert.deepEqual(observe(held, expire, at + 5 * minute - 1), { kind: "ignore", reason: "lease-renewed" });
  const over = left(held, expire, at + 5 * minute);
  assert.deepEqual([over.status, over.endedAt], ["resolved", at + 5 * minute]);
  assert.deepEqual(observe(stateful, expire, at + 600 * minute), { kind: "ignore", reason: "lease-renewed" });
  const quiet = left(endAlert(held, at + 1), expire, at + 5 * minute);
  assert.equal(quiet.status, "ended", "what people closed over says no more than that");
});

test("what changes nothing is what observing would not write", () => {
  const states = [null, held, endAlert(held, at + 1), left(held, signalOf("resolve", { stateful: true }))];
  const signals = [
    leased(at + 4 * minute),
    leased(at + 9 * minute),
    leased(at + 4 * minute, { startsAt: 600 }),
    leased(at + 4 * minute, { startsAt: null }),
    signalOf("resolve", { stateful: true }),
    signalOf("acknowledge"),
  ];
  for (const last of states) {
    const live = isLive(last) ? last : null;
    for (const signal of signals) {
      const seen = observe(last, signal, at + 2);
      const nothing = seen.kind === "same" || (seen.kind === "ignore" && signal.action === "resolve");
      assert.equal(changesNothing(live, signal), nothing, `${last?.status} ${JSON.stringify(signal)}`);
    }
  }
});
