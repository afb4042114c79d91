/** Suppliers on the desk, in virtual time: their clock in their own hours, ours that waits for them by rule, whom to call next. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AllowedPause, ProcessDefinition } from "../directory/category-process.ts";
import { emptyDefinition, processName } from "../directory/category-process.ts";
import { byId, carrier, organisation, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, typesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { openPause } from "../incidents/clock-history.ts";
import { linkLives } from "../incidents/contributing.ts";
import type { IncidentEventType } from "../incidents/events.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { hourMs, parseIso } from "../kernel/time.ts";
import type { Priority } from "../kernel/vocabulary.ts";
import { firstCalendar, officeCalendar } from "../oncall/business-calendar.ts";
import type { Directory } from "./directory.ts";

const words = { fr: "f", en: "e" };
const waits = (more: Partial<AllowedPause> = {}): AllowedPause => ({
  ...{ id: "supplier", words, minutes: 600, onSupplier: "restored" },
  ...more,
});

/** Restored within so many hours, with what may stop that clock. */
function asking(pauses: readonly AllowedPause[], also: Readonly<Record<string, ProcessDefinition>> = {}): Directory {
  const complex: ProcessDefinition = { ...emptyDefinition, targets: [{ kind: "restore", minutes: 240 }], pauses };
  const defined: Readonly<Record<string, ProcessDefinition>> = { complex, ...also };
  const processes = Object.entries(defined).map(([category, one]) => ({ ...one, category, version: 2 }) as const);
  const categories = new Map(organisation.categories);
  for (const process of processes) {
    const known = categories.get(process.category);
    if (known) categories.set(process.category, { ...known, process });
  }
  const all = new Map(organisation.processes);
  for (const process of processes) all.set(processName(process), process);
  const calendars = new Map([[officeCalendar, firstCalendar("America/Montreal")]]);
  return { ...organisation, categories, processes: all, calendars };
}

const night = parseIso("2026-10-08T03:00:00Z") ?? 0;

type Given = {
  readonly directory?: Directory;
  readonly start?: number;
  readonly categories?: readonly string[];
  readonly priority?: Priority;
};

function incident(t: { name: string }, given: Given = {}): [World, string] {
  const { directory = asking([waits()]), start = wednesday, categories = ["complex"], priority = 3 } = given;
  const on = createWorld({ seed: t.name, start, directory });
  const id = on.open("ana", { title: "No line", service: "payroll" });
  assert.ok(!isRefusal(id));
  for (const command of [
    { name: "accept", input: {} },
    { name: "categorise", input: { categories } },
    { name: "override-priority", input: { priority } },
  ] as const)
    assert.equal(on.command(id, "cleo", command, { reason: "as agreed" }), null);
  return [on, id];
}
const call = { do: "engage", supplier: "carrier", text: "The line is cut", context: null, how: "letter" } as const;
const engage = (on: World, id: string): void => assert.equal(on.engage(id, "cleo", call), null);
const tell = (on: World, id: string, became: "acknowledged" | "working" | "restored" | "declined"): void =>
  assert.equal(on.engage(id, "cleo", { do: "tell", number: 1, became, ticket: null, text: null }), null);
const link = (on: World, id: string, choice: string, text: string | null): void => {
  const answer = { choice, text, attachmentId: null, file: null };
  assert.equal(on.contribute(id, null, { do: "answer", number: 1, answer }), null);
};
const last = (on: World, id: string, type: IncidentEventType) => ({ data: lastOf(on, id, type).data ?? {} });
const paused = (on: World, id: string) => openPause(on.case(id).incident);
const news = (on: World, who: string) =>
  on
    .mailbox(who)
    .filter(({ about }) => about.startsWith("supplier-"))
    .map(({ about }) => about);

test("who is not there, or was retired, is not called on", (t) => {
  const [on, id] = incident(t, { directory: { ...organisation, suppliers: byId(carrier({ retired: true })) } });
  const refusal = (supplier: string) => {
    const refused = on.engage(id, "cleo", { ...call, supplier });
    return isRefusal(refused) ? refused.refused : null;
  };
  assert.deepEqual([refusal("carrier"), refusal("nobody")], ["supplier-retired", "supplier-unknown"]);
});

test("asked at night, their clock waits for their hours; each share is said, what is missed names whom to call", (t) => {
  const [on, id] = incident(t, { start: night });
  engage(on, id);
  assert.equal(last(on, id, "supplier.asked").data.open, false);
  assert.equal(on.invited("aude@carrier.example").length, 1);
  on.advance(9.9 * 60);
  assert.equal(countOf(on, id, "supplier.warned"), 0, "23:00 to 08:54, closed");
  on.advance(67);
  assert.deepEqual([countOf(on, id, "supplier.warned"), countOf(on, id, "supplier.missed")], [3, 1]);
  assert.equal(last(on, id, "supplier.missed").data.due, "2026-10-08T14:00:00.000Z");
  const next = last(on, id, "supplier.contact-proposed").data;
  assert.deepEqual([next.contact, next.order, countOf(on, id, "supplier.contact-proposed")], ["Bo", 2, 1]);
  assert.ok(news(on, "cleo").includes("supplier-missed"));
  assert.equal(on.invited("bo@carrier.example").length, 0, "nobody is called by itself");
  assert.equal(on.engage(id, "cleo", { do: "call", number: 1, how: "letter", text: null }), null);
  assert.equal(on.invited("bo@carrier.example").length, 1);
});

test("somebody who has not answered for as long as the next waits: they are proposed, before anything is missed", (t) => {
  const [on, id] = incident(t);
  engage(on, id);
  on.advance(31);
  assert.deepEqual(
    [last(on, id, "supplier.contact-proposed").data.because, countOf(on, id, "supplier.missed")],
    ["after", 0],
  );
  assert.ok(news(on, "cleo").includes("supplier-next"));
});

test("once they have answered nobody else is proposed for it, and nothing of the response is missed", (t) => {
  const [on, id] = incident(t);
  engage(on, id);
  link(on, id, "taken", "NL-42\nWe dig.");
  const [one] = on.case(id).incident.engagements ?? [];
  assert.deepEqual([one?.status, one?.ticket, one?.told?.text], ["acknowledged", "NL-42", "We dig."]);
  on.advance(90);
  assert.deepEqual([countOf(on, id, "supplier.missed"), countOf(on, id, "supplier.contact-proposed")], [0, 0]);
});

test("ours waits for theirs by rule, with why, and runs again when they say that it works", (t) => {
  const [on, id] = incident(t);
  engage(on, id);
  const pause = paused(on, id);
  assert.deepEqual([pause?.why, pause?.by?.name, pause?.by?.engagement], ["supplier", "Carrier", 1]);
  on.advance(60);
  link(on, id, "taken", "NL-42");
  assert.ok(paused(on, id), "they have it, and it is not back");
  link(on, id, "restored", "NL-42");
  assert.equal(paused(on, id), undefined);
  assert.equal(last(on, id, "sla.resumed").data.because, "supplier");
});

test("where the rule waits for their answer alone, it runs again at once", (t) => {
  const [on, id] = incident(t, { directory: asking([waits({ onSupplier: "answered" })]) });
  engage(on, id);
  assert.ok(paused(on, id));
  tell(on, id, "acknowledged");
  assert.equal(paused(on, id), undefined);
});

test("whoever declines is waited for no more", (t) => {
  const [on, id] = incident(t);
  engage(on, id);
  tell(on, id, "declined");
  assert.equal(paused(on, id), undefined);
});

test("the pause has an end whatever they do, and what it may take is taken once", (t) => {
  const [on, id] = incident(t, { directory: asking([waits({ minutes: 90 })]) });
  engage(on, id);
  on.advance(91);
  assert.equal(last(on, id, "sla.resumed").data.because, "until-reached");
  assert.equal(on.engage(id, "cleo", { do: "close", number: 1, text: null }), null);
  engage(on, id);
  assert.equal(paused(on, id), undefined, "the cap is used up");
  assert.equal(countOf(on, id, "sla.paused"), 1);
});

test("never at priority 1, unless the rule names it; a rise ends it, and takes back nothing that has run", (t) => {
  const [on, id] = incident(t, { priority: 1 });
  engage(on, id);
  assert.equal(paused(on, id), undefined);
  const [named, other] = incident(t, { priority: 1, directory: asking([waits({ priorities: [1, 3] })]) });
  engage(named, other);
  assert.ok(paused(named, other));
  const [rising, id3] = incident(t);
  engage(rising, id3);
  rising.advance(30);
  assert.equal(
    rising.command(id3, "cleo", { name: "override-priority", input: { priority: 2 } }, { reason: "worse" }),
    null,
  );
  assert.equal(last(rising, id3, "sla.resumed").data.because, "priority");
  const [pause] = rising.case(id3).incident.clocks?.pauses ?? [];
  assert.equal((pause?.ended ?? 0) - (pause?.from ?? 0), hourMs / 2);
});

test("of several categories, the strictest: all must let it wait, for the fewest minutes, until the first of what they wait for", (t) => {
  const strict = { ...emptyDefinition, pauses: [waits({ minutes: 30, onSupplier: "answered" })] };
  const given = (category: ProcessDefinition) => ({
    directory: asking([waits()], { security: category }),
    categories: ["complex", "security"],
  });
  const [on, id] = incident(t, given(strict));
  engage(on, id);
  const pause = paused(on, id);
  assert.deepEqual([(pause?.until ?? 0) - (pause?.from ?? 0), pause?.by?.until], [hourMs / 2, "answered"]);
  const { onSupplier: _, ...byHand } = waits();
  const [none, id2] = incident(t, given({ ...emptyDefinition, pauses: [byHand] }));
  engage(none, id2);
  assert.equal(paused(none, id2), undefined);
});

test("a pause by hand is left as it is", (t) => {
  const [on, id] = incident(t);
  assert.equal(
    on.command(id, "cleo", { name: "pause-clock", input: { pause: "supplier" } }, { reason: "a part" }),
    null,
  );
  engage(on, id);
  tell(on, id, "restored");
  assert.ok(paused(on, id), "whoever paused it ends it");
});

test("another priority shows another of their targets, from the same beginning", (t) => {
  const [on, id] = incident(t);
  engage(on, id);
  on.advance(100);
  assert.equal(
    on.command(id, "cleo", { name: "override-priority", input: { priority: 2 } }, { reason: "worse" }),
    null,
  );
  on.advance(21);
  const missed = on.case(id).entries.filter(({ type }) => type === "supplier.missed");
  assert.deepEqual(
    missed.map(({ data }) => data?.clock),
    ["respond", "restore"],
    "120 minutes by the clock on the wall, of which 100 had run",
  );
});

test("what is over asks nobody", (t) => {
  const [on, id] = incident(t);
  engage(on, id);
  assert.equal(on.command(id, "cleo", { name: "dismiss", input: {} }, { reason: "a test" }), null);
  assert.equal(last(on, id, "supplier.closed").data.because, "over");
  const before = typesOf(on, id).length;
  on.advance(48 * 60);
  assert.equal(typesOf(on, id).length, before);
});

test("a priority that is proposed shows another of their targets as well", (t) => {
  const on = createWorld({ seed: t.name, start: wednesday, directory: asking([waits()]) });
  const id = on.open("ana", { title: "No line", service: "payroll" });
  assert.ok(!isRefusal(id));
  for (const [name, input] of [
    ["accept", {}],
    ["set-impact-urgency", { impact: 4, urgency: 4 }],
  ] as const)
    assert.equal(on.command(id, "cleo", { name, input } as never), null);
  engage(on, id);
  tell(on, id, "acknowledged");
  const worse = { name: "set-impact-urgency", input: { impact: 1, urgency: 1 } } as const;
  assert.equal(on.command(id, "cleo", worse), null);
  on.advance(61);
  assert.equal(countOf(on, id, "supplier.warned"), 1, "half of 120 minutes at priority 1, and not of 240");
});

test("the letter to somebody else of theirs opens nothing once they are called on no more", (t) => {
  for (const how of ["declined", "closed"] as const) {
    const [on, id] = incident(t);
    engage(on, id);
    if (how === "declined") tell(on, id, "declined");
    else assert.equal(on.engage(id, "cleo", { do: "close", number: 1, text: null }), null);
    const { incident: now } = on.case(id);
    const [letter] = now.contributions ?? [];
    assert.ok(letter);
    assert.deepEqual([letter.status, linkLives(now, letter, wednesday)], ["revoked", false], how);
  }
});

test("a partner whom no rule waits for does not hold a pause that waits for a supplier", (t) => {
  const partner = carrier({ id: "partner", name: "Partner", kind: "partner" });
  const [on, id] = incident(t, { directory: { ...asking([waits()]), suppliers: byId(carrier(), partner) } });
  engage(on, id);
  assert.equal(on.engage(id, "cleo", { ...call, supplier: "partner" }), null);
  assert.ok(paused(on, id));
  tell(on, id, "restored");
  assert.equal(paused(on, id), undefined);
});
