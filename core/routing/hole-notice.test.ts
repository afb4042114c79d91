import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { emptyDirectory, rosterOf } from "../desk/directory.ts";
import type { Person } from "../directory/types.ts";
import type { Policy } from "../escalation/policy.ts";
import { intersect, lengthOf, union } from "../kernel/spans.ts";
import { dayMs, hourMs } from "../kernel/time.ts";
import type { Rotation } from "../oncall/rotation.ts";
import { plainSchedule, type Schedule } from "../oncall/schedule.ts";
import { deafHoles, newToTell, nextNoticeAt, raisedHoles, type ToldHole } from "./hole-notice.ts";
import { proveDesk } from "./proof.ts";

const start = Date.UTC(2027, 5, 7);
const period = { from: start, until: start + 4 * dayMs };
const day = (from: number, until: number) => ({ from: start + from * dayMs, until: start + until * dayMs });
const person = (id: string, enabled = true): Person => ({
  id,
  name: id,
  email: `${id}@example.org`,
  language: "en",
  zone: "UTC",
  level: 3,
  admin: false,
  active: true,
  contactPoints: [{ id: `${id}-mail`, kind: "email", address: `${id}@example.org`, enabled }],
});
const rotation = (participants: Rotation["participants"]): Rotation => ({
  kind: "daily",
  zone: "UTC",
  startDate: "2027-06-07",
  handoverTime: "00:00",
  lengthDays: 1,
  participants,
});
const none = { serviceId: null, policyId: null, addressee: null };
type Given = { readonly schedules: readonly Schedule[]; readonly people?: readonly Person[] };

function raised({ schedules, people = [person("ana")] }: Given) {
  const targets = schedules.map(({ id }) => ({ kind: "schedule", id }) as const);
  const policy: Policy = { id: "p", name: "p", repeat: 0, steps: [{ targets, timeoutMinutes: 5 }] };
  const directory = {
    ...emptyDirectory,
    people: new Map(people.map((one) => [one.id, one])),
    schedules: new Map(schedules.map((one) => [one.id, one])),
    policies: new Map([["p", policy]]),
    defaultPolicyId: "p",
    administrators: ["ana"],
  };
  const roster = rosterOf(directory);
  return raisedHoles(proveDesk(directory, roster, { period, withinMinutes: 5, channels: null }), roster);
}

const first = plainSchedule("first", "First", rotation(["ana", null]));
const second = plainSchedule("second", "Second", rotation([null]));

test("given turns without anybody, when they are not declared, then they are raised once, whatever the urgency", () => {
  assert.deepEqual(raised({ schedules: [first] }), [{ ...none, spans: [day(1, 2), day(3, 4)] }]);
});

test("a declared gap is never raised, for the part that is declared", () => {
  const declared = { ...first, declaredGaps: [day(1, 2), { from: day(3, 4).from, until: day(3, 4).from + hourMs }] };
  assert.deepEqual(raised({ schedules: [declared] }), [
    { ...none, spans: [{ from: day(3, 4).from + hourMs, until: day(3, 4).until }] },
  ]);
  assert.deepEqual(raised({ schedules: [{ ...first, declaredGaps: [day(0, 4)] }] }), []);
});

test("of two schedules both must have declared it; somebody who cannot be called is never declared", () => {
  const declaring = (one: Schedule) => ({ ...one, declaredGaps: [day(0, 4)] });
  assert.deepEqual(raised({ schedules: [declaring(first), second] })[0]?.spans, [day(1, 2), day(3, 4)]);
  assert.deepEqual(raised({ schedules: [declaring(first), declaring(second)] }), []);
  const unreachable = raised({ schedules: [declaring(first)], people: [person("ana", false)] });
  assert.deepEqual(unreachable[0]?.spans, [day(0, 1), day(2, 3)]);
});

test("a policy that only escalations name has holes of its own, told as such", () => {
  const target = (id: string) => [{ targets: [{ kind: "schedule" as const, id }], timeoutMinutes: 5 }];
  const made = (id: string, schedule: string): Policy => ({ id, name: id, repeat: 0, steps: target(schedule) });
  const directory = {
    ...emptyDirectory,
    people: new Map([["ana", person("ana")]]),
    administrators: ["ana"],
    schedules: new Map([first, second].map((one) => [one.id, one])),
    policies: new Map([made("p", "first"), made("q", "second")].map((one) => [one.id, one])),
    defaultPolicyId: "p",
  };
  const roster = rosterOf(directory);
  assert.deepEqual(raisedHoles(proveDesk(directory, roster, { period, withinMinutes: 5, channels: null }), roster), [
    { ...none, spans: [day(1, 2), day(3, 4)] },
    { ...none, policyId: "q", spans: [day(0, 4)] },
  ]);
});

test("each person is told of what is new to them, and of what a hole grew by", () => {
  const pay = { serviceId: "pay", policyId: null, addressee: null };
  const holes = [{ ...pay, spans: [day(1, 3)] }];
  const owners = () => ["ana", "ben"];
  const told: ToldHole[] = [
    { personId: "ana", ...pay, ...day(1, 2) },
    { personId: "ana", ...none, policyId: "p", ...day(1, 3) },
  ];
  assert.deepEqual(newToTell(holes, told, owners), [
    { personId: "ana", holes: [{ ...pay, spans: [day(2, 3)] }] },
    { personId: "ben", holes },
  ]);
  assert.deepEqual(newToTell([], told, owners), []);
});

test("somebody out of reach at every hour is told of once, until they are within reach and out of it again", () => {
  const ghosts = { kind: "team", id: "ghosts", because: [] } as const;
  const owners = () => ["root"];
  const [first] = newToTell(deafHoles([ghosts], start), [], owners);
  const [hole] = first?.holes ?? [];
  assert.deepEqual([first?.personId, hole?.addressee, hole?.spans[0]?.from], ["root", "team/ghosts", start]);
  const told: ToldHole[] = [{ personId: "root", ...none, addressee: "team/ghosts", ...(hole?.spans[0] ?? period) }];
  const later = deafHoles([ghosts, { ...ghosts, kind: "person" }], start + 7 * dayMs);
  assert.deepEqual(
    newToTell(later, told, owners).flatMap(({ holes }) => holes.map(({ addressee }) => addressee)),
    ["person/ghosts"],
  );
  assert.equal(newToTell(later, [], owners)[0]?.holes.length, 2, "forgotten, it is told anew");
});

test("whatever the weeks bring, nobody is told twice of an instant, and in the end of every one that was raised", () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
    .map(([from, length]) => ({ from, until: from + length }));
  fc.assert(
    fc.property(fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 6 }), (weeks) => {
      const told: ToldHole[] = [];
      for (const spans of weeks) {
        for (const { personId, holes } of newToTell([{ ...none, spans: union(spans) }], told, () => ["ana"]))
          for (const hole of holes)
            for (const one of hole.spans) {
              assert.equal(lengthOf(intersect(told, [one])), 0);
              told.push({ personId, ...none, ...one });
            }
      }
      assert.deepEqual(union(told), union(weeks.flat()));
    }),
  );
});

test("it is said on Mondays at nine where the desk is, on both sides of a change of clock", () => {
  const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
  assert.equal(nextNoticeAt(at("2027-03-12T12:00:00Z"), "America/Toronto"), at("2027-03-15T13:00:00Z"));
  assert.equal(nextNoticeAt(at("2027-03-15T13:00:00Z"), "America/Toronto"), at("2027-03-22T13:00:00Z"));
  assert.equal(nextNoticeAt(at("2027-03-08T13:59:59Z"), "America/Toronto"), at("2027-03-08T14:00:00Z"));
});
