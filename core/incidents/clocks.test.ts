/** Clocks of targets: stories, what other desks published as defects, and what must hold whatever happens. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TargetKind } from "../directory/category-process.ts";
import { hourMs, minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Instant, Priority } from "../kernel/vocabulary.ts";
import type { BusinessCalendar } from "../oncall/business-calendar.ts";
import { type Clock, type ClockRules, type ClockTarget, clocksOf, nearestDue, sayingsOf } from "./clocks.ts";
import { proposedEscalation } from "./escalation-proposals.ts";
import type { IncidentEvent, IncidentFact } from "./events.ts";
import { accepted, past, pinning, reported, resolved, restored } from "./given.ts";
import { evolveIncident, type IncidentState, initialIncident } from "./state.ts";

const zone = "America/Montreal";
const at = (text: string): Instant => parseIso(`${text}-04:00`) ?? assert.fail(text);
const said = (when: Instant | null): string | null => (when === null ? null : toIso(when - 4 * hourMs).slice(0, 16));

const calendar = (id: string, from = "09:00", until = "17:00"): BusinessCalendar => ({
  id,
  nameFr: id,
  nameEn: id,
  retired: false,
  versions: [{ from: 0, hours: { zone, openings: [{ days: [1, 2, 3, 4, 5], from, until }], closedOn: [] } }],
});
const office = calendar("office");
const all: readonly Priority[] = [1, 2, 3, 4, 5];
/** In hours. */
const target = (kind: TargetKind, hours: number, by: string | null = "office", only = all): ClockTarget[] =>
  only.map((priority) => ({ kind, priority, minutes: hours * 60, calendar: by, categories: ["major"] }));
const asked = (...targets: ClockTarget[][]): ClockRules => ({ targets: targets.flat(), calendars: [office] });

/** Facts with their times. */
function after(...facts: readonly (readonly [string | Instant, IncidentEvent])[]): IncidentState {
  return facts.reduce((state, [when, event]) => evolveIncident(state, factAt(event, when)), initialIncident);
}
function factAt(event: IncidentEvent, when: string | Instant): IncidentFact {
  const [fact] = past(event);
  const time = typeof when === "string" ? at(when) : when;
  if (!fact) return assert.fail();
  return { ...fact, stamp: { ...fact.stamp, occurredAt: time, recordedAt: time } };
}
const priority = (value: Priority): IncidentEvent => ({
  type: "priority.overridden",
  data: { priority: value, proposed: null },
});
const paused = (until: string, pause = "supplier"): IncidentEvent => ({
  type: "sla.paused",
  data: { pause, until: toIso(at(until)) },
});
const resumed: IncidentEvent = { type: "sla.resumed", data: { pause: "supplier", because: "asked" } };
const relapsed: IncidentEvent = { type: "service.relapsed", data: { text: "again", because: "declared" } };
const lapsed: IncidentEvent = { type: "assignment.lapsed", data: { personId: "ana", name: "ANA", minutes: 30 } };
const told: IncidentEvent = { type: "person.advised", data: { persons: [], text: "we are on it" } };
const closed: IncidentEvent = { type: "incident.closed", data: { overFiring: 0 } };
const reopened: IncidentEvent = { type: "incident.reopened", data: {} };

function clock(state: IncidentState, rules: ClockRules, kind: TargetKind, when: string): Clock {
  return clocksOf(state, rules, at(when)).find((one) => one.kind === kind) ?? assert.fail(`no clock ${kind}`);
}
const short = ({ status, elapsedMs, dueAt: due, percent }: Clock) => [status, elapsedMs / hourMs, said(due), percent];

/* 2026-06-05 is a Friday. */
test("a clock begins with the report and ends with its milestone, met until the very instant at which it is due", () => {
  const rules = asked(target("accept", 1, null), target("restore", 4));
  const open = after(["2026-06-05T15:00", reported]);
  assert.deepEqual(short(clock(open, rules, "restore", "2026-06-05T16:00")), ["running", 1, "2026-06-08T11:00", 25]);
  assert.deepEqual(short(clock(open, rules, "restore", "2026-06-06T12:00")), ["closed", 2, "2026-06-08T11:00", 50]);
  assert.equal(said(clock(open, rules, "restore", "2026-06-06T12:00").opensAt), "2026-06-08T09:00");
  assert.equal(clock(open, rules, "restore", "2026-06-08T11:00").status, "missed");
  const inTime = after(["2026-06-05T15:00", reported], ["2026-06-08T11:00", restored]);
  assert.deepEqual(short(clock(inTime, rules, "restore", "2026-07-01T00:00")), ["met", 4, "2026-06-08T11:00", 100]);
  const late = after(["2026-06-05T15:00", reported], ["2026-06-08T12:00", restored]);
  assert.deepEqual(short(clock(late, rules, "restore", "2026-07-01T00:00")), ["met-late", 5, "2026-06-08T11:00", 125]);
  assert.equal(clock(late, rules, "accept", "2026-07-01T00:00").status, "missed", "nobody ever took it");
  assert.deepEqual(clocksOf(open, asked(), at("2026-06-05T16:00")), [], "nothing is asked in time");
});

test("restoring ends its own clock and not that of resolving; a relapse goes on from what had run", () => {
  const rules = asked(target("restore", 4, null), target("resolve", 8, null));
  const back: [string, IncidentEvent][] = [
    ["2026-06-05T10:00", reported],
    ["2026-06-05T13:00", restored],
  ];
  const state = after(...back);
  assert.deepEqual(short(clock(state, rules, "restore", "2026-06-05T20:00")), ["met", 3, "2026-06-05T14:00", 75]);
  assert.deepEqual(short(clock(state, rules, "resolve", "2026-06-05T16:00")), ["running", 6, "2026-06-05T18:00", 75]);
  const again = after(...back, ["2026-06-06T13:00", relapsed]);
  assert.deepEqual(short(clock(again, rules, "restore", "2026-06-06T13:30")), ["running", 3.5, "2026-06-06T14:00", 87]);
  assert.equal(clock(again, rules, "resolve", "2026-06-06T13:30").status, "missed", "its own went on");
});

test("an acceptance of which nothing came goes on from what had run; the end of an incident stops them all until it is opened again", () => {
  const rules = asked(target("accept", 1, null), target("resolve", 10, null));
  const state = after(
    ["2026-06-05T10:00", reported],
    ["2026-06-05T10:15", accepted("ana")],
    ["2026-06-05T10:45", lapsed],
  );
  assert.deepEqual(short(clock(state, rules, "accept", "2026-06-05T11:00")), ["running", 0.5, "2026-06-05T11:30", 50]);
  const ended = after(
    ["2026-06-05T10:00", reported],
    ["2026-06-05T12:00", resolved],
    ["2026-06-05T13:00", closed],
    ["2026-06-07T13:00", reopened],
  );
  assert.deepEqual(short(clock(ended, rules, "resolve", "2026-06-07T14:00")), ["running", 3, "2026-06-07T21:00", 30]);
  const dismissed = after(
    ["2026-06-05T10:00", reported],
    ["2026-06-05T10:30", { type: "incident.dismissed", data: {} }],
  );
  assert.equal(clock(dismissed, rules, "accept", "2026-06-05T20:00").status, "ended");
  assert.equal(nearestDue(dismissed, rules), null);
});

test("people must be told anew within the target: an update begins that clock again, and no other (Zammad 5177)", () => {
  const rules = asked(target("update", 0.5, null), target("accept", 1, null), target("restore", 4, null));
  const state = after(["2026-06-05T10:00", reported], ["2026-06-05T10:20", told]);
  assert.equal(said(clock(state, rules, "update", "2026-06-05T10:30").dueAt), "2026-06-05T10:50");
  assert.equal(said(clock(state, rules, "accept", "2026-06-05T10:30").dueAt), "2026-06-05T11:00");
  assert.equal(said(clock(state, rules, "restore", "2026-06-05T10:30").dueAt), "2026-06-05T14:00");
  const back = after(["2026-06-05T10:00", reported], ["2026-06-05T10:20", told], ["2026-06-05T10:30", restored]);
  assert.equal(clock(back, rules, "update", "2026-06-05T10:40").status, "running", "that it is back is to be told");
  const done: [string, IncidentEvent][] = [
    ["2026-06-05T10:00", reported],
    ["2026-06-05T10:30", restored],
    ["2026-06-05T10:40", told],
  ];
  const kinds = (state: IncidentState) => clocksOf(state, rules, at("2026-06-05T13:10")).map(({ kind }) => kind);
  assert.deepEqual(kinds(after(...done)), ["accept", "restore"], "told: nothing more is owed");
  const again = after(...done, ["2026-06-05T13:00", relapsed]);
  assert.equal(said(clock(again, rules, "update", "2026-06-05T13:10").dueAt), "2026-06-05T13:30");
});

test("a pause takes away open time, once, and ends by itself (GLPI 10594)", () => {
  const rules = asked(target("restore", 2), target("update", 1, null));
  const begun: [string, IncidentEvent] = ["2026-06-05T16:00", reported];
  const state = after(begun, ["2026-06-05T16:30", paused("2026-06-08T09:30")]);
  assert.deepEqual(short(clock(state, rules, "restore", "2026-06-06T12:00")), ["paused", 0.5, "2026-06-08T11:00", 25]);
  assert.deepEqual(clock(state, rules, "restore", "2026-06-06T12:00").paused, {
    why: "supplier",
    from: at("2026-06-05T16:30"),
    until: at("2026-06-08T09:30"),
  });
  assert.equal(
    clock(state, rules, "update", "2026-06-05T17:00").status,
    "missed",
    "what people are told waits for nobody",
  );
  assert.deepEqual(short(clock(state, rules, "restore", "2026-06-08T10:00")), ["running", 1, "2026-06-08T11:00", 50]);
  const sooner = after(begun, ["2026-06-05T16:30", paused("2026-06-08T09:30")], ["2026-06-05T16:45", resumed]);
  assert.deepEqual(short(clock(sooner, rules, "restore", "2026-06-05T17:00")), [
    "closed",
    0.75,
    "2026-06-08T10:15",
    37,
  ]);
});

test("while it is paused with some target left, it is never missed (GLPI 24481)", () => {
  const rules = asked(target("restore", 1, null));
  const state = after(["2026-06-05T10:00", reported], ["2026-06-05T10:30", paused("2026-06-09T10:00")]);
  for (const when of ["2026-06-05T12:00", "2026-06-08T12:00", "2026-06-09T10:29"])
    assert.notEqual(clock(state, rules, "restore", when).status, "missed", when);
  assert.equal(clock(state, rules, "restore", "2026-06-09T10:30").status, "missed");
});

test("another priority keeps start, what has run and pauses (GLPI 15605)", () => {
  const rules = asked(target("restore", 8, "office", [3]), target("restore", 2, "office", [1]));
  const state = after(["2026-06-08T09:00", reported], ["2026-06-08T10:00", paused("2026-06-08T12:00")]);
  assert.deepEqual(short(clock(state, rules, "restore", "2026-06-08T13:00")), ["running", 2, "2026-06-09T11:00", 25]);
  const raised = evolveIncident(state, factAt(priority(1), "2026-06-08T12:30"));
  assert.deepEqual(short(clock(raised, rules, "restore", "2026-06-08T13:00")), ["missed", 2, "2026-06-08T13:00", 100]);
  const used = evolveIncident(state, factAt(priority(1), "2026-06-08T16:00"));
  assert.equal(
    said(clock(used, rules, "restore", "2026-06-08T16:00").missedAt),
    "2026-06-08T13:00",
    "when it was used up",
  );
});

test("warnings follow the calendar, each is said once, and none by night (GLPI 15429 and 5319, Zammad 4432 and 3523)", () => {
  const rules = asked(target("restore", 4));
  const state = after(["2026-06-05T16:00", reported]);
  let now = at("2026-06-05T16:00");
  let facts = state;
  const heard: [number, string | null][] = [];
  for (;;) {
    const { next } = sayingsOf(facts, rules, now);
    if (next === null) break;
    now = next.at;
    const due = sayingsOf(facts, rules, now).now;
    assert.equal(due.length, 1);
    heard.push([next.share, said(now)]);
    const data = { clock: next.kind, since: toIso(next.since), minutes: 240, calendar: "office", due: null };
    const event: IncidentEvent =
      next.share === 100
        ? { type: "sla.breached", data }
        : { type: "sla.warned", data: { ...data, share: next.share } };
    facts = evolveIncident(facts, factAt(event, now));
    assert.deepEqual(sayingsOf(facts, rules, now).now, []);
  }
  assert.deepEqual(heard, [
    [50, "2026-06-08T10:00"],
    [75, "2026-06-08T11:00"],
    [90, "2026-06-08T11:36"],
    [100, "2026-06-08T12:00"],
  ]);
});

test("what was passed over is not said afterwards, and what was said is not said again by another target", () => {
  const rules = asked(target("restore", 10, null, [3]), target("restore", 4, null, [1]));
  const state = after(["2026-06-05T10:00", reported], ["2026-06-05T13:20", priority(1)]);
  const { now } = sayingsOf(state, rules, at("2026-06-05T13:20"));
  assert.deepEqual(
    now.map(({ share }) => share),
    [75],
  );
  const data = {
    clock: "restore" as const,
    share: 75,
    since: toIso(at("2026-06-05T10:00")),
    minutes: 240,
    calendar: null,
    due: null,
  };
  const lower = evolveIncident(
    evolveIncident(state, factAt({ type: "sla.warned", data }, "2026-06-05T13:20")),
    factAt(priority(3), "2026-06-05T13:21"),
  );
  const later = sayingsOf(lower, rules, at("2026-06-05T15:30"));
  assert.deepEqual([later.now, later.next?.share], [[], 90]);
});

test("of several categories the strictest counts at each instant, whatever each is counted by (Zammad 5624)", () => {
  const both = asked(target("restore", 4), target("restore", 24, null));
  const friday = after(["2026-06-05T15:00", reported]);
  assert.equal(said(clock(friday, both, "restore", "2026-06-05T15:30").dueAt), "2026-06-06T15:00", "by the wall");
  const monday = after(["2026-06-08T09:00", reported]);
  assert.equal(said(clock(monday, both, "restore", "2026-06-08T09:30").dueAt), "2026-06-08T13:00", "in open hours");
  assert.equal(
    said(clock(friday, asked(target("restore", 4)), "restore", "2026-06-05T15:30").dueAt),
    "2026-06-08T11:00",
  );
});

test("a calendar that is changed counts by its new hours from then on, and what had run stays", () => {
  const changed: BusinessCalendar = {
    ...office,
    versions: [
      ...office.versions,
      {
        from: at("2026-06-08T12:00"),
        hours: { zone, openings: [{ days: [1], from: "14:00", until: "16:00" }], closedOn: [] },
      },
    ],
  };
  const rules = { ...asked(target("restore", 4)), calendars: [changed] };
  const state = after(["2026-06-08T09:00", reported]);
  assert.deepEqual(short(clock(state, rules, "restore", "2026-06-08T13:00")), ["closed", 3, "2026-06-08T15:00", 75]);
});

test("a day has 23 or 25 hours where clocks change", () => {
  const always = calendar("office", "00:00", "24:00");
  const sundays = {
    ...always,
    versions: [{ from: 0, hours: { zone, openings: [{ days: [7], from: "00:00", until: "24:00" }], closedOn: [] } }],
  };
  const rules = { ...asked(target("restore", 100)), calendars: [sundays] };
  const run = (date: string) => {
    const day = Temporal.PlainDate.from(date).toZonedDateTime(zone);
    const state = after([day.epochMilliseconds, reported]);
    return clocksOf(state, rules, day.add({ days: 3 }).epochMilliseconds)[0]?.elapsedMs;
  };
  assert.deepEqual([run("2026-03-08"), run("2026-11-01")], [23 * hourMs, 25 * hourMs]);
});

const alone = { owned: false, silent: [] };

test("three quarters of the time to restore propose help, what is missed proposes somebody with authority, once nobody is asked", () => {
  const rules = asked(target("accept", 1, null), target("restore", 4, null), target("update", 0.5, null));
  const taken: [string, IncidentEvent][] = [
    ["2026-06-05T10:00", reported],
    ["2026-06-05T10:10", accepted("ana")],
    ["2026-06-05T10:20", { type: "hypothesis.opened", data: { number: 1, text: "a card" } }],
  ];
  const proposed = (state: IncidentState, when: string) =>
    proposedEscalation(state, clocksOf(state, rules, at(when)), alone);
  assert.equal(proposed(after(...taken), "2026-06-05T12:59"), null, "late news are told, not escalated");
  assert.deepEqual(proposed(after(...taken), "2026-06-05T13:00"), {
    because: "nearing",
    clock: "restore",
    kind: "functional",
    to: null,
    escalation: null,
    gap: false,
  });
  assert.deepEqual(proposed(after(...taken), "2026-06-05T14:00"), {
    because: "missed",
    clock: "restore",
    kind: "hierarchical",
    to: null,
    escalation: null,
    gap: true,
  });
  assert.equal(proposed(after(["2026-06-05T10:00", reported]), "2026-06-05T11:00")?.clock, "accept");
  const escalated: IncidentEvent = {
    type: "escalation.requested",
    data: { kind: "hierarchical", to: "owner", expected: "a decision", number: 1 },
  };
  assert.equal(proposed(after(...taken, ["2026-06-05T13:30", escalated]), "2026-06-05T15:00"), null);
  assert.equal(proposed(after(...taken, ["2026-06-05T13:30", restored]), "2026-06-05T15:00"), null);
});

test("help is proposed of what is handed on thrice, opened again, or half-way without a hypothesis, until it is asked for", () => {
  const rules = asked(target("restore", 4, null));
  const proposed = (when: string, ...happened: [string, IncidentEvent][]) => {
    const state = after(["2026-06-05T10:00", reported], ["2026-06-05T10:05", accepted("ana")], ...happened);
    const found = proposedEscalation(state, clocksOf(state, rules, at(when)), alone);
    return found && [found.because, found.kind, found.clock];
  };
  const assigned = (when: string, team: string): [string, IncidentEvent] => [
    when,
    { type: "incident.assigned", data: { team } },
  ];
  const escalated = (when: string): [string, IncidentEvent] => [
    when,
    { type: "escalation.requested", data: { kind: "functional", to: "dan", expected: "eyes", number: 1 } },
  ];
  const ended: [string, IncidentEvent] = [
    "2026-06-05T10:50",
    { type: "escalation.ended", data: { number: 1, personId: "dan", name: "Dan" } },
  ];
  const twice = [
    assigned("2026-06-05T10:10", "a"),
    assigned("2026-06-05T10:20", "b"),
    assigned("2026-06-05T10:30", "c"),
  ];
  const thrice = [...twice, assigned("2026-06-05T10:40", "a")];
  assert.equal(proposed("2026-06-05T11:00", ...twice), null);
  assert.equal(
    proposed("2026-06-05T11:00", ...twice, assigned("2026-06-05T10:40", "c")),
    null,
    "to the same, it is none",
  );
  assert.deepEqual(proposed("2026-06-05T11:00", ...thrice), ["handed-on", "hierarchical", null]);
  assert.equal(proposed("2026-06-05T11:00", ...thrice, escalated("2026-06-05T10:45"), ended), null, "asked for since");
  assert.deepEqual(
    proposed(
      "2026-06-05T11:00",
      ...twice,
      escalated("2026-06-05T10:35"),
      assigned("2026-06-05T10:40", "a"),
      ended,
    )?.[0],
    "handed-on",
    "handed on again after it",
  );
  assert.equal(proposed("2026-06-05T11:00", ...thrice, ["2026-06-05T10:55", restored]), null);

  const again: [string, IncidentEvent][] = [
    ["2026-06-05T10:10", restored],
    ["2026-06-05T10:12", resolved],
    ["2026-06-05T10:20", closed],
    ["2026-06-05T10:30", reopened],
  ];
  assert.deepEqual(proposed("2026-06-05T11:00", ...again), ["reopened", "functional", null]);
  assert.equal(proposed("2026-06-05T11:00", ...again, ["2026-06-05T10:40", resolved]), null, "resolved again");
  assert.equal(proposed("2026-06-05T11:00", ...again, escalated("2026-06-05T10:45"), ended), null);

  assert.equal(proposed("2026-06-05T11:59"), null);
  assert.deepEqual(proposed("2026-06-05T12:00"), ["no-hypothesis", "functional", "restore"]);
  const supposed: IncidentEvent = { type: "hypothesis.opened", data: { number: 1, text: "a card" } };
  assert.equal(proposed("2026-06-05T12:00", ["2026-06-05T11:30", supposed]), null);
  const known: IncidentEvent = { type: "cause.recorded", data: { text: "a card" } };
  assert.equal(proposed("2026-06-05T12:00", ["2026-06-05T11:30", known]), null, "the cause is known");
});

const events: readonly IncidentEvent[] = [
  accepted("ana"),
  lapsed,
  restored,
  relapsed,
  resolved,
  closed,
  reopened,
  told,
  paused("2026-06-05T20:00"),
  resumed,
  priority(1),
  priority(2),
  priority(4),
  pinning("major"),
  pinning("low-impact"),
];
const stories = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 * 60 }), fc.constantFrom(...events)), { maxLength: 12 });
const begin = at("2026-06-05T14:00");
function timed(story: readonly (readonly [number, IncidentEvent])[]): (readonly [Instant, IncidentEvent])[] {
  let when = begin;
  return story.map(([minutes, event]) => {
    when += minutes * minuteMs;
    return [when, event] as const;
  });
}

test("whatever happens, what has run never falls as time passes, and no fact takes any of it back", () => {
  const measures = [target("accept", 3), target("restore", 5), target("resolve", 9, null), target("assign", 2, null)];
  const rules = asked(...measures);
  fc.assert(
    fc.property(stories, (story) => {
      let state = after([begin, reported]);
      let before = new Map<TargetKind, number>();
      const look = (when: Instant) => {
        const now = new Map(clocksOf(state, rules, when).map(({ kind, elapsedMs }) => [kind, elapsedMs]));
        for (const [kind, ran] of before) assert.ok((now.get(kind) ?? 0) >= ran, `${kind} fell`);
        before = now;
      };
      for (const [when, event] of timed(story)) {
        look(when);
        /* Said again, a milestone is dated anew: that is a correction. */
        if (event.type === "service.restored" && state.milestones.restored !== undefined) continue;
        if (event.type === "incident.resolved" && state.milestones.resolved !== undefined) continue;
        /* Once it has ended it may only be opened again. */
        if ((state.ended !== null) !== (event.type === "incident.reopened")) continue;
        const still = before;
        state = evolveIncident(state, factAt(event, when));
        look(when);
        assert.deepEqual(before, still, `${event.type} moved what had run`);
      }
      look(at("2026-06-20T10:00"));
    }),
    { numRuns: 300 },
  );
});

test("another priority and back leaves every clock as it was; a stricter target is never due later", () => {
  const rules = asked(
    target("restore", 4, "office", [2, 4]),
    target("restore", 2, null, [1]),
    target("resolve", 9, null),
  );
  fc.assert(
    fc.property(stories, fc.integer({ min: 1, max: 600 }), (story, minutes) => {
      const facts = timed(story);
      const plain = after([begin, reported], [begin, priority(4)], ...facts);
      const last = (facts.at(-1)?.[0] ?? begin) + minuteMs;
      const own = plain.priority ?? 4;
      const back = after(
        [begin, reported],
        [begin, priority(4)],
        ...facts,
        [last, priority(1)],
        [last + minuteMs, priority(own)],
      );
      const when = last + minutes * minuteMs;
      assert.deepEqual(clocksOf(back, rules, when), clocksOf(plain, rules, when));
      const dueOf = (hours: number, and: ClockTarget[] = []) =>
        clocksOf(plain, asked(target("resolve", hours), and), when)[0]?.dueAt ?? Number.POSITIVE_INFINITY;
      assert.ok(dueOf(3) <= dueOf(5));
      assert.ok(dueOf(5, target("resolve", 4, null)) <= dueOf(5), "one more target, never later");
    }),
    { numRuns: 200 },
  );
});
