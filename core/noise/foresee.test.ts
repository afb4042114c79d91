/** A rule asked of alerts that came already: what each would have done, and because of which other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { minuteMs } from "../kernel/time.ts";
import { type Foreseen, foresee, type Past } from "./foresee.ts";
import { everywhere } from "./matching.ts";
import type { NoiseRule } from "./rules.ts";

const now = 10_000 * minuteMs;
/** From and until in minutes; without an end it is open still. */
function came(
  id: string,
  from: number,
  until: number | null,
  said: { site?: string; check?: string; by?: string } = {},
): Past {
  const { site = "north", check = "ping", by = "one" } = said;
  const labels = { key: id, title: id, severity: "error", source: "", site, check };
  const subject = {
    integrationId: by,
    serviceId: null,
    key: id,
    title: id,
    severity: "error",
    source: null,
    labels,
    details: {},
  } as const;
  return { id, subject, openedAt: from * minuteMs, endedAt: until === null ? null : until * minuteMs };
}
const named = { id: "rule", version: 1, name: "rule", enabled: false, scope: everywhere };
const told = (rule: NoiseRule, ...past: Past[]): string[] =>
  foresee(rule, past, now).map(({ id, became, by }: Foreseen) =>
    [id, became, by].filter((one) => one !== null).join(" "),
  );

test("a wait: over within it, over later, open still", () => {
  const rule: NoiseRule = { ...named, kind: "wait", minutes: 5 };
  assert.deepEqual(told(rule, came("a", 0, 5), came("b", 0, 6), came("c", 0, null), came("d", 9_998, null)), [
    "a never-calls",
    "b calls-later",
    "c calls-later",
    "d waits",
  ]);
});

test("a threshold: what reaches it calls for those before it, within each source or over all of them", () => {
  const rule: NoiseRule = { ...named, kind: "threshold", across: false, count: 3, minutes: 10, atLatestMinutes: null };
  const past = [
    came("a", 0, 1),
    came("b", 1, null, { by: "two" }),
    came("c", 2, 60),
    came("d", 3, 60),
    came("e", 4, null),
  ];
  assert.deepEqual(told(rule, ...past), ["a never-calls d", "b waits", "c calls-later d", "d calls", "e calls"]);
  assert.deepEqual(told({ ...rule, across: true }, ...past), [
    "a never-calls c",
    "b calls-later c",
    "c calls",
    "d calls",
    "e calls",
  ]);
  const alone = told({ ...rule, atLatestMinutes: 20 }, came("a", 0, 19), came("b", 100, 121));
  assert.deepEqual(alone, ["a never-calls", "b calls-later"]);
});

test("an inhibition: by what fires, for as long as it does, in each source or from another", () => {
  const rule: NoiseRule = {
    ...named,
    kind: "inhibition",
    across: true,
    sourceIntegration: null,
    source: [{ label: "check", operator: "=", value: "power" }],
    target: [{ label: "check", operator: "=", value: "ping" }],
    equal: ["site"],
    graceSeconds: 60,
  };
  const past = [
    came("early", 0, 5),
    came("cut", 10, 30, { check: "power", by: "two" }),
    came("just-before", 9.5, 20),
    came("meanwhile", 15, 31),
    came("lasting", 15, null),
    came("elsewhere", 15, 20, { site: "south" }),
    came("again", 30.5, 40, { check: "power", by: "two" }),
    came("late", 50, null),
  ].toSorted((a, b) => a.openedAt - b.openedAt);
  assert.deepEqual(told(rule, ...past), [
    "early calls",
    "just-before never-calls cut",
    "meanwhile never-calls cut",
    "lasting calls-later cut",
    "elsewhere calls",
    "late calls",
  ]);
  assert.ok(told({ ...rule, across: false }, ...past).every((one) => one.endsWith(" calls")));
});

test("a grouping: while one of the group is live, or within its time", () => {
  const rule: NoiseRule = {
    ...named,
    kind: "grouping",
    across: true,
    labels: ["site"],
    expression: null,
    withinMinutes: null,
    onNewKind: "page",
    kindBy: [],
  };
  const past = [
    came("a", 0, 10),
    came("b", 5, 20, { by: "two" }),
    came("c", 15, 16),
    came("d", 30, 31),
    came("e", 30, 31, { site: "s" }),
  ];
  assert.deepEqual(told(rule, ...past), ["a calls", "b joins a", "c joins a", "d calls", "e calls"]);
  assert.deepEqual(told({ ...rule, across: false }, ...past), ["a calls", "b calls", "c calls", "d calls", "e calls"]);
  assert.deepEqual(told({ ...rule, withinMinutes: 16 }, ...past), [
    "a calls",
    "b joins a",
    "c joins a",
    "d joins a",
    "e calls",
  ]);
});
