/** Given a past of any order, when it is replayed in parts, then nothing of the answer says where they were cut. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Directory } from "../desk/directory.ts";
import { minuteMs } from "../kernel/time.ts";
import { byId, organisation, standardPolicy, wednesday } from "./organisation.ts";
import { replaySide } from "./replay.ts";
import { calledBy, dueIn, type Later, type Reread, type Turns, turnsOf } from "./replay-order.ts";
import { addParts, emptyPart } from "./replay-parts.ts";
import { type ReplayPart, replayPiece } from "./replay-sum.ts";

const minutes = (count: number): number => wednesday + count * minuteMs;

const network = { kind: "team", id: "network" } as const;
const inTurn = (timeoutMinutes: number) => ({ targets: [network], timeoutMinutes, inTurn: true });
const withSteps = (...waits: readonly number[]): Directory => ({
  ...organisation,
  policies: byId({ ...standardPolicy, steps: waits.map(inTurn), repeat: 0 }),
});
const before = withSteps(10);
const after = {
  ...withSteps(5, 5),
  teams: byId({ id: "network", name: "Network", members: ["ana", "ben", "cleo", "dan"] }),
};

/** Incidents in the order of their report, each called for several times, hours or days apart. */
const busy = fc.array(
  fc.record({
    reportedAt: fc.integer({ min: 0, max: 400 }),
    begins: fc.array(fc.integer({ min: -2, max: 300 }), { minLength: 1, maxLength: 4 }),
    lasts: fc.integer({ min: 1, max: 50 }),
    serviceId: fc.constantFrom("billing", null),
  }),
  { maxLength: 25 },
);

type Told = {
  readonly reportedAt: number;
  readonly begins: readonly number[];
  readonly lasts: number;
  readonly serviceId: string | null;
};

function incidentOf({ reportedAt, begins, lasts, serviceId }: Told, index: number): Reread {
  const incident = { id: `i${index}`, number: `INC-${index}`, serviceId };
  const starts = [...new Set(begins)].toSorted((a, b) => a - b).map((later) => minutes(reportedAt + later));
  const pagings = starts.map((startedAt) => ({
    incident,
    startedAt,
    reason: "registered" as const,
    learned: [{ at: startedAt, about: { priority: 2 as const, categories: [], service: serviceId } }],
    assigned: [],
    answers: [],
    declined: [],
    endsAt: startedAt + lasts * minuteMs,
  }));
  return { id: incident.id, reportedAt: minutes(reportedAt), pagings };
}

/** As the server does, of so many incidents a part. */
function inParts(all: readonly Reread[], size: number): ReplayPart {
  const sorted = all.toSorted((a, b) => a.reportedAt - b.reportedAt || (a.id < b.id ? -1 : 1));
  let sums: ReplayPart = emptyPart;
  let turns: { before: Turns; after: Turns } = { before: [], after: [] };
  let later: readonly Later[] = [];
  for (let place = 0; place < sorted.length; place += size) {
    const from = place === 0 ? 0 : (sorted[place]?.reportedAt ?? 0);
    const until = sorted[place + size]?.reportedAt ?? minutes(10_000);
    const again = later.filter(({ at }) => at < until).map(({ id }) => id);
    const read = [...all.filter(({ id }) => again.includes(id)), ...sorted.slice(place, place + size)];
    const { due, later: more } = dueIn(read, { from, until });
    later = [...later.filter(({ id }) => !again.includes(id)), ...more];
    const sides = {
      before: replaySide(before, due, calledBy(turns.before)),
      after: replaySide(after, due, calledBy(turns.after)),
    };
    sums = addParts(sums, replayPiece(due, sides));
    turns = { before: turnsOf(sides.before.calledInTurn), after: turnsOf(sides.after.calledInTurn) };
  }
  assert.deepEqual(later, []);
  return sums;
}

test("one part or many: the answer is the same, also where policies call in turn", () => {
  fc.assert(
    fc.property(busy, fc.integer({ min: 1, max: 10 }), (told, size) => {
      const all = told.map(incidentOf);
      const whole = inParts(all, Math.max(all.length, 1));
      assert.equal(
        whole.pagings,
        all.reduce((sum, { pagings }) => sum + pagings.length, 0),
      );
      const parts = inParts(all, size);
      assert.deepEqual(parts.differences, whole.differences);
      assert.deepEqual([parts.pages, parts.unanswered, parts.pagings], [whole.pages, whole.unanswered, whole.pagings]);
    }),
  );
});

test("turns go on where the part before ended: of four people each is called once, whatever the parts", () => {
  const all = [0, 100, 200, 300].map((reportedAt, index) =>
    incidentOf({ reportedAt, begins: [0], lasts: 3, serviceId: "billing" }, index),
  );
  const called = inParts(all, 1).differences.flatMap(({ after: call }) => call?.personId ?? []);
  assert.deepEqual(called, ["ana", "ben", "cleo", "dan"]);
});
