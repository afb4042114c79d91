/** The proof against the workflow that pages: a page is started at an instant, nobody answers, and what it asks is compared. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ChannelKind, Person } from "../directory/types.ts";
import { createMint } from "../kernel/id.ts";
import { dayMs, hourMs, minuteMs, parseIso } from "../kernel/time.ts";
import { plainSchedule } from "../oncall/schedule.ts";
import { type About, aboutNothing, type Conditions } from "./conditions.ts";
import type { CalledInTurn } from "./in-turn.ts";
import { evolvePaging, initialPaging, type PagingState } from "./paging-state.ts";
import { callsInTurn, type Policy, type Roster, type Target } from "./policy.ts";
import { proveReach, type ReachDemand } from "./reach.ts";
import { decidePaging } from "./workflow.ts";

const zone = "America/Montreal";
const start = parseIso("2026-10-26T00:00:00Z") ?? 0;
const names = ["ana", "ben", "cleo", "mute", "gone", "late"];
const person = (id: string): Person => ({
  id,
  name: id,
  email: `${id}@example.org`,
  language: "en",
  zone,
  level: 3,
  admin: false,
  active: id !== "gone",
  contactPoints: [
    { id: `${id}-mail`, kind: "email", address: id, enabled: id !== "mute" },
    { id: `${id}-ntfy`, kind: "ntfy", address: id, enabled: id === "ben" || id === "late" },
  ],
  ...(id === "ben" && { preference: { high: [], low: [], quiet: { from: "22:00", to: "01:30" } } }),
  ...(id === "late" && {
    preference: {
      high: [
        { contactPoint: "late-mail", afterMinutes: 0 },
        { contactPoint: "late-ntfy", afterMinutes: 12 },
      ],
      low: [],
      quiet: { from: "20:00", to: "06:15" },
    },
  }),
});
const people = fc.constantFrom(...names);
const schedules = fc
  .record({
    kind: fc.constantFrom("daily" as const, "hourly" as const),
    length: fc.integer({ min: 1, max: 30 }),
    handoverTime: fc.constantFrom("01:30", "08:00", "20:00"),
    participants: fc.array(fc.option(people), { minLength: 1, maxLength: 4 }),
    hours: fc.boolean(),
  })
  .map(({ kind, length, hours, ...rest }) => {
    const common = { ...rest, zone, startDate: "2026-10-27" };
    const rotation =
      kind === "daily"
        ? { ...common, kind, lengthDays: Math.ceil(length / 10) }
        : { ...common, kind, lengthHours: length };
    const made = plainSchedule("s", "s", rotation);
    const restriction = {
      zone,
      openings: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "06:00", until: "22:00" }],
      closedOn: [],
    };
    return hours ? { ...made, layers: made.layers.map((layer) => ({ ...layer, restriction })) } : made;
  });
const targets: fc.Arbitrary<Target> = fc.oneof(
  people.map((id): Target => ({ kind: "person", id })),
  fc.constantFrom("s1", "s2").map((id): Target => ({ kind: "schedule", id })),
  fc.constant<Target>({ kind: "team", id: "team" }),
);
const abouts: fc.Arbitrary<About> = fc.record({
  priority: fc.constantFrom(1 as const, 3 as const, null),
  categories: fc.subarray(["major", "security"]),
  service: fc.constantFrom("billing", null),
});
const wallClocks = fc.constantFrom("00:00", "01:30", "02:30", "12:00", "24:00");
const conditions: fc.Arbitrary<Conditions> = fc.record(
  {
    priorities: fc.constantFrom([1 as const, 2 as const], [3 as const]),
    categories: fc.constantFrom(["major"], ["major", "security"]),
    services: fc.constant(["billing"]),
    hours: fc.record({
      openings: fc.array(fc.record({ days: fc.constant([1, 2, 3, 5, 7]), from: wallClocks, until: wallClocks }), {
        minLength: 1,
        maxLength: 2,
      }),
      closedOn: fc.constantFrom([], ["2026-10-28"]),
      outside: fc.boolean(),
    }),
  },
  { requiredKeys: [] },
);
const policies: fc.Arbitrary<Policy> = fc
  .array(
    fc.record({
      targets: fc.array(targets, { minLength: 1, maxLength: 2 }),
      timeoutMinutes: fc.constantFrom(1, 5, 10, 90),
      inTurn: fc.constantFrom(false, false, true),
      when: fc.option(conditions, { nil: undefined, freq: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((steps) => ({ id: "p", name: "P", steps, repeat: 0, zone }));
const away = fc.array(
  fc.tuple(people, fc.nat(5 * 24), fc.integer({ min: 1, max: 30 })).map(([personId, from, hours]) => ({
    personId,
    from: start + from * hourMs,
    until: start + (from + hours) * hourMs,
  })),
  { maxLength: 3 },
);

/** Whom the engine asks in the first step that asks anybody in time, by pages whose turn comes within the limit. */
function asked(policy: Policy, roster: Roster, demand: ReachDemand, at: number, called: CalledInTurn = []): string[] {
  const mint = createMint([1, 2, 3, 4]);
  let state: PagingState = initialPaging;
  let now = at;
  let timer: { readonly at: number; readonly run: number; readonly cycle: number; readonly step: number } | null = null;
  const run = (input: Parameters<typeof decidePaging>[1]): void => {
    for (const output of decidePaging(state, input, {
      at: now,
      roster,
      mint,
      urgency: demand.urgency,
      about: demand.about,
      calledInTurn: () => called,
    })) {
      if (output.do === "record") state = evolvePaging(state, output.event, now);
      if (output.do === "schedule") timer = output;
      if (output.do === "cancel-timer") timer = null;
    }
  };
  run({ kind: "start", policy, reason: "registered" });
  const limit = at + demand.withinMinutes * minuteMs;
  for (;;) {
    const due = timer as { at: number; run: number; cycle: number; step: number } | null;
    if (due === null || due.at > limit) break;
    timer = null;
    now = due.at;
    run({ kind: "timed-out", run: due.run, cycle: due.cycle, step: due.step });
  }
  const counted = state.pages.filter(
    (page) =>
      page.run === 1 &&
      (parseIso(page.dueAt) ?? 0) <= limit &&
      (demand.channels === null || demand.channels.has(page.channel)),
  );
  const first = Math.min(...counted.map((page) => page.step));
  return [...new Set(counted.filter((page) => page.step === first).map((page) => page.personId))].sort();
}

test("at any instant the proof names whom the engine would ask, and a hole is where it would ask nobody", () => {
  fc.assert(
    fc.property(
      fc.tuple(schedules, schedules),
      policies,
      away,
      fc.constantFrom(0, 5, 15, 60),
      fc.constantFrom<ReadonlySet<ChannelKind> | null>(null, new Set<ChannelKind>(["ntfy"])),
      fc.constantFrom("high" as const, "low" as const),
      fc.array(fc.nat(7 * 24 * 60 - 1), { minLength: 8, maxLength: 8 }),
      abouts,
      ([one, two], policy, absences, withinMinutes, channels, urgency, picked, about) => {
        const roster: Roster = {
          people: new Map(names.map((id) => [id, person(id)])),
          functions: new Map(),
          teams: new Map([["team", { id: "team", name: "team", members: ["mute", "cleo"] }]]),
          schedules: new Map([
            ["s1", { ...one, id: "s1" }],
            ["s2", { ...two, id: "s2" }],
          ]),
          absences,
          administrators: [],
        };
        const demand: ReachDemand = {
          period: { from: start, until: start + 7 * dayMs },
          withinMinutes,
          urgency,
          channels,
          about,
        };
        const spans = proveReach(policy, roster, demand);
        assert.equal(spans[0]?.from, demand.period.from);
        assert.equal(spans.at(-1)?.until, demand.period.until);
        for (const [index, span] of spans.entries()) assert.equal(span.until, spans[index + 1]?.from ?? span.until);
        const edges = spans.flatMap((span) => [span.from, span.until - 1]);
        for (const at of [...picked.map((minutes) => start + minutes * minuteMs), ...edges].slice(0, 30)) {
          const span = spans.find(({ from, until }) => from <= at && at < until);
          const wanted = asked(policy, roster, demand, at);
          const people = [...(span?.people ?? [])].sort();
          if (!callsInTurn(policy)) {
            assert.deepEqual(people, wanted, new Date(at).toISOString());
            assert.equal(span?.state === "hole", wanted.length === 0);
            continue;
          }
          /* Whoever has the turn: each was never called, when all the others were. */
          for (const turn of names) {
            const called = names.filter((one) => one !== turn);
            const some = asked(policy, roster, demand, at, called);
            if (span?.state !== "hole") assert.ok(some.length > 0, `nobody when it is the turn of ${turn}`);
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});

test("a step in turn reaches only if everybody whose turn it may be is asked in time, and says who is not", () => {
  const roster: Roster = {
    people: new Map(names.map((id) => [id, person(id)])),
    functions: new Map(),
    teams: new Map([["team", { id: "team", name: "Team", members: ["ana", "ben"] }]]),
    schedules: new Map(),
    absences: [],
    administrators: [],
  };
  const proof = (inTurn: boolean, channels: ReadonlySet<ChannelKind> | null) => {
    const steps = [{ targets: [{ kind: "team", id: "team" } as const], timeoutMinutes: 5, inTurn }];
    const policy: Policy = { id: "p", name: "P", repeat: 0, steps };
    const period = { from: start, until: start + dayMs };
    const about = aboutNothing;
    const [only] = proveReach(policy, roster, { period, withinMinutes: 15, urgency: "high", channels, about });
    return [only?.state, only?.people, only?.because.map(({ target, reason }) => `${target} ${reason}`)];
  };
  assert.deepEqual(proof(true, null), ["reached", ["ana", "ben"], []]);
  const ntfy = new Set<ChannelKind>(["ntfy"]);
  assert.deepEqual(proof(false, ntfy), ["weak", ["ben"], ["ana channel"]]);
  assert.deepEqual(proof(true, ntfy), ["hole", [], ["ana channel"]]);
});

test("the reasons of a hole are named: nobody on call, an account that is closed, a channel that does not count", () => {
  const roster: Roster = {
    people: new Map(names.map((id) => [id, person(id)])),
    functions: new Map(),
    teams: new Map(),
    schedules: new Map([
      [
        "s1",
        plainSchedule("s1", "Nights", {
          kind: "daily",
          zone,
          startDate: "2026-10-27",
          handoverTime: "08:00",
          lengthDays: 1,
          participants: [null],
        }),
      ],
    ]),
    absences: [],
    administrators: [],
  };
  const policy: Policy = {
    id: "p",
    name: "P",
    repeat: 0,
    steps: [
      { targets: [{ kind: "schedule", id: "s1" }], timeoutMinutes: 5 },
      { targets: [{ kind: "person", id: "gone" }], timeoutMinutes: 5 },
      { targets: [{ kind: "person", id: "ana" }], timeoutMinutes: 5 },
    ],
  };
  const period = { from: start, until: start + dayMs };
  const [hole, ...rest] = proveReach(policy, roster, {
    period,
    withinMinutes: 15,
    urgency: "high",
    channels: new Set(["ntfy"]),
    about: aboutNothing,
  });
  assert.deepEqual(rest, []);
  assert.deepEqual(hole, {
    ...period,
    state: "hole",
    people: [],
    because: [
      { step: 0, target: "Nights", reason: "nobody-on-call" },
      { step: 1, target: "gone", reason: "inactive" },
      { step: 2, target: "ana", reason: "channel" },
    ],
  });
  const weak = proveReach(policy, roster, {
    period,
    withinMinutes: 15,
    urgency: "high",
    channels: null,
    about: aboutNothing,
  });
  assert.deepEqual([weak.length, weak[0]?.state, weak[0]?.people], [1, "weak", ["ana"]]);
});
