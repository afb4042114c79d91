/** Clocks of targets as the desk keeps them, under virtual time: what is said, when, to whom, and once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyDefinition, type ProcessDefinition } from "../directory/category-process.ts";
import { organisation, wednesday } from "../drills/organisation.ts";
import { createWorld, type World } from "../drills/world.ts";
import { hourMs, minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Priority } from "../kernel/vocabulary.ts";
import type { Directory } from "./directory.ts";

function asking(definition: Partial<ProcessDefinition>): Directory {
  const process = { category: "flood", version: 1, ...emptyDefinition, ...definition };
  const names = { nameFr: "Inondation", nameEn: "Flood", keywords: { fr: [], en: [] }, retired: false };
  return {
    ...organisation,
    categories: new Map([["flood", { id: "flood", ...names, process }]]),
    processes: new Map([["flood@1", process]]),
  };
}

function begun(t: { name: string }, definition: Partial<ProcessDefinition>): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: asking(definition) });
  const id = on.open("cleo", { title: "Water in the cellar", categories: ["flood"], impact: 3, urgency: 3 });
  assert.ok(typeof id === "string");
  assert.equal(on.command(id, "cleo", { name: "accept", input: {} }), null);
  return [on, id];
}

const said = (on: World, id: string) =>
  on
    .case(id)
    .entries.filter(({ type }) => type.startsWith("sla."))
    .map(({ type, data, recordedAt }) => {
      const { clock, share, because } = data as Record<string, unknown>;
      const after = ((parseIso(recordedAt) ?? 0) - wednesday) / minuteMs;
      return [type.slice(4), clock ?? because ?? null, share ?? null, after];
    });
const letters = (on: World, who: string) =>
  on
    .mailbox(who)
    .filter(({ about }) => about.startsWith("target-"))
    .map(({ about }) => about);
const overridden = (on: World, id: string, priority: Priority) =>
  on.command(id, "cleo", { name: "override-priority", input: { priority } }, { reason: "as agreed" });

test("each share is said once, to whoever has it, and what is met says nothing", (t) => {
  const [on, id] = begun(t, {
    targets: [
      { kind: "restore", minutes: 100 },
      { kind: "accept", minutes: 10 },
    ],
  });
  on.advance(300);
  assert.deepEqual(said(on, id), [
    ["warned", "restore", 50, 50],
    ["warned", "restore", 75, 75],
    ["warned", "restore", 90, 90],
    ["breached", "restore", null, 100],
  ]);
  assert.deepEqual(letters(on, "cleo"), ["target-warned", "target-warned", "target-warned", "target-missed"]);
  assert.deepEqual(letters(on, "dan"), []);
});

test("what is due sooner by another priority is said at once, and never twice", (t) => {
  const [on, id] = begun(t, {
    targets: [
      { kind: "restore", minutes: 40, priorities: [1] },
      { kind: "restore", minutes: 100, priorities: [2, 3, 4, 5] },
    ],
  });
  on.advance(35);
  assert.deepEqual(said(on, id), []);
  overridden(on, id, 1);
  on.advance(0.5);
  assert.deepEqual(said(on, id), [["warned", "restore", 75, 35]]);
  overridden(on, id, 3);
  on.advance(44);
  assert.deepEqual(said(on, id).length, 1, "75 % of the longer one was said already");
  on.advance(120);
  assert.deepEqual(said(on, id).slice(1), [
    ["warned", "restore", 90, 90],
    ["breached", "restore", null, 100],
  ]);
});

test("a pause postpones what is due, ends by itself, and nothing stops a clock at the highest priorities", (t) => {
  const [on, id] = begun(t, { targets: [{ kind: "restore", minutes: 100 }] });
  const why = { reason: "the plumber comes at nine" };
  const pause = { name: "pause-clock", input: { pause: "supplier", until: toIso(wednesday + 3 * hourMs) } } as const;
  on.advance(30);
  assert.equal(on.command(id, "ben", pause, why)?.refused, "level-too-low");
  assert.equal(on.command(id, "cleo", pause, why), null);
  assert.equal(on.command(id, "cleo", pause, why)?.refused, "already-paused");
  on.advance(170);
  assert.deepEqual(said(on, id), [
    ["paused", null, null, 30],
    ["resumed", "until-reached", null, 180],
    ["warned", "restore", 50, 200],
  ]);
  const again = { name: "pause-clock", input: { pause: "supplier" } } as const;
  assert.equal(on.command(id, "cleo", again, why), null);
  overridden(on, id, 2);
  on.advance(1);
  assert.deepEqual(
    said(on, id)
      .slice(3)
      .map(([type, because]) => [type, because]),
    [
      ["paused", null],
      ["resumed", "priority"],
    ],
  );
  assert.equal(on.command(id, "cleo", again, why)?.refused, "priority-never-pauses");
});

test("a pause that is dated a little ahead does not end before it begins", (t) => {
  const words = { fr: "Attente", en: "Waiting" };
  const [on, id] = begun(t, {
    targets: [{ kind: "resolve", minutes: 600 }],
    pauses: [{ id: "tide", words, minutes: 60 }],
  });
  const around = { reason: "low tide", occurredAt: wednesday + 2 * minuteMs };
  const until = (at: number) =>
    on.command(id, "cleo", { name: "pause-clock", input: { pause: "tide", until: toIso(at) } }, around)?.refused;
  assert.equal(until(wednesday + minuteMs), "pause-until-impossible");
  assert.equal(until(wednesday + 2 * minuteMs), "pause-until-impossible");
  assert.equal(until(wednesday + 3 * minuteMs), undefined);
});

test("one reason stops the clocks for so long in all and no longer", (t) => {
  const words = { fr: "Attente", en: "Waiting" };
  const [on, id] = begun(t, {
    targets: [{ kind: "resolve", minutes: 600 }],
    pauses: [{ id: "tide", words, minutes: 60 }],
  });
  const why = { reason: "low tide" };
  const pause = (until: number | null, what = "tide") =>
    on.command(
      id,
      "cleo",
      { name: "pause-clock", input: { pause: what, until: until === null ? null : toIso(until) } },
      why,
    );
  assert.equal(pause(null, "supplier")?.refused, "pause-unknown");
  assert.equal(pause(wednesday + 61 * minuteMs)?.refused, "pause-until-impossible");
  assert.equal(pause(null), null);
  on.advance(20);
  assert.equal(on.command(id, "cleo", { name: "resume-clock", input: {} }), null);
  assert.equal(on.command(id, "cleo", { name: "resume-clock", input: {} })?.refused, "not-paused");
  assert.equal(pause(null), null);
  on.advance(41);
  assert.equal(pause(null)?.refused, "pause-used-up");
  assert.equal(on.case(id).incident.clocks?.pauses?.length, 2);
});

test("an incident of which nothing is asked in time has no clock, and nothing to pause", (t) => {
  const [on, id] = begun(t, {});
  on.advance(600);
  assert.deepEqual(said(on, id), []);
  const input = { pause: "supplier" };
  assert.equal(on.command(id, "cleo", { name: "pause-clock", input }, { reason: "x" })?.refused, "no-clock-runs");
});

test("people must be told anew within the target; telling them begins that clock again", (t) => {
  const [on, id] = begun(t, { targets: [{ kind: "update", minutes: 20 }] });
  on.advance(16);
  on.command(id, "cleo", { name: "advise-persons", input: { persons: [], text: "we pump" } });
  on.advance(11);
  on.command(id, "cleo", { name: "declare-restored", input: { text: null } });
  on.command(id, "cleo", { name: "advise-persons", input: { persons: [], text: "it is dry" } });
  on.advance(100);
  assert.deepEqual(said(on, id), [
    ["warned", "update", 50, 10],
    ["warned", "update", 75, 15],
    ["warned", "update", 50, 26],
  ]);
});

test("an action of which nobody is told in time is recalled once to whoever coordinates; told in time, it is not", (t) => {
  const notices = [{ action: "restored", minutes: 30 }] as const;
  const recalled = (on: World, id: string) =>
    on
      .case(id)
      .entries.filter(({ type }) => type === "notice.overdue")
      .map(({ data }) => data);
  const letter = (on: World) => on.mailbox("cleo").filter(({ about }) => about === "notice-overdue").length;
  const restored = { name: "declare-restored", input: { text: null } } as const;
  const advise = { name: "advise-persons", input: { persons: ["ana"], text: "It is back" } } as const;
  const [on, id] = begun(t, { notices });
  on.command(id, "cleo", { name: "decide", input: { text: "We wait", options: [] } });
  assert.equal(on.command(id, "cleo", restored), null);
  on.advance(29);
  assert.deepEqual(recalled(on, id), []);
  on.advance(120);
  const [said, ...more] = recalled(on, id) as Record<string, unknown>[];
  assert.deepEqual([said?.action, said?.minutes, said?.told, more], ["restored", 30, "cleo", []]);
  assert.equal(letter(on), 1);
  const [told, other] = begun(t, { notices });
  told.command(other, "cleo", restored);
  told.advance(20);
  assert.equal(told.command(other, "cleo", advise), null);
  told.advance(120);
  assert.deepEqual([recalled(told, other), letter(told)], [[], 0]);
  const [none, third] = begun(t, {});
  none.command(third, "cleo", restored);
  none.advance(120);
  assert.deepEqual(recalled(none, third), [], "where its process asks for none");
});
