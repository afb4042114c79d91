/** What the demonstration must be, whatever the day on which it is loaded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clockRulesOf } from "../core/desk/pinned.ts";
import { person } from "../core/drills/organisation.ts";
import { nearestDue } from "../core/incidents/clocks.ts";
import { stageOf } from "../core/incidents/state.ts";
import { parseIso } from "../core/kernel/time.ts";
import type { Json } from "../core/kernel/vocabulary.ts";
import { nothingAsked } from "../test/drills/inputs.ts";
import { violations } from "../test/drills/invariants.ts";
import { domain } from "./organisation.ts";
import { demonstrationCause, type Story, tellStory } from "./story.ts";

const administrator = person("root", 5, { admin: true });
const told = (at: string, seed = "valrive"): Story => tellStory({ seed, at: parseIso(at) ?? 0, administrator });

const october = told("2026-10-15T18:20:00Z");
const cases = (story: Story) => story.world.incidentIds().map((id) => story.world.case(id));

/** Every text that somebody or something wrote. */
function textsOf(story: Story): string[] {
  const texts: string[] = [];
  const walk = (value: Json): void => {
    if (typeof value === "string") texts.push(value);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
  };
  for (const { entries } of cases(story))
    for (const { data, reason, derogation } of entries) {
      walk(data);
      walk(reason);
      walk(derogation);
    }
  return texts;
}

test("there is something of everything, and something open in each stage", () => {
  const all = cases(october);
  assert.ok(all.length > 300 && all.length < 600, `${all.length} incidents`);
  const open = all.filter(({ incident }) => incident.ended === null);
  const stages = new Set(open.map(({ incident }) => stageOf(incident)));
  const wanted = [
    "reported",
    "registered",
    "categorised",
    "investigating",
    "diagnosing",
    "resolving",
    "restored",
    "recovering",
  ];
  assert.deepEqual(
    wanted.filter((stage) => !stages.has(stage as never)),
    [],
  );
  assert.ok(open.length >= 10 && open.length <= 25, `${open.length} are open`);
  const called = open.filter(({ incident, paging }) => incident.acceptedBy === null && paging.status === "running");
  assert.ok(called.length >= 2, "somebody is being called now");
  const major = open.find(({ incident }) => incident.categories.includes("major"));
  assert.ok(major && major.incident.acceptedBy !== null && major.openAlerts === 2, "a major incident is under way");
  for (const category of ["major", "security", "complex", "low-impact"])
    assert.ok(
      all.some(({ incident }) => incident.ended === "closed" && incident.categories.includes(category)),
      category,
    );
  assert.deepEqual([...new Set(all.map(({ incident }) => incident.language))].sort(), ["en", "fr"]);
});

test("every kind of fact happens in it", () => {
  const types = new Set(cases(october).flatMap(({ entries }) => entries.map((entry) => entry.type)));
  const wanted = [
    "assignment.declined",
    "coordination.handed-over",
    "coordination.offered",
    "coordination.requested",
    "decision.made",
    "derogation.used",
    "escalation.requested",
    "incident.absorbed",
    "incident.dismissed",
    "incident.linked",
    "incident.reopened",
    "incident.retitled",
    "page.failed",
    "person.advised",
    "priority.overridden",
    "role.filled",
    "service.relapsed",
    "task.created",
    "task.done",
    "team.quorum-met",
  ];
  assert.deepEqual(
    wanted.filter((type) => !types.has(type)),
    [],
  );
  const entries = cases(october).flatMap((one) => one.entries);
  assert.ok(
    entries.some((entry) => entry.occurredAt < entry.recordedAt),
    "something was written down late",
  );
  assert.ok(october.reports.length > 20 && october.noted.length > 100);
});

test("on any day and from any seed its records verify, its numbers have no gap, and all that must always hold does", () => {
  const story = told("2027-01-01T05:30:00Z", "another");
  const opening = new Set(["opened", "joined", "joined-storm"]);
  const asked = { ...nothingAsked(), alerts: 0 };
  for (const { results } of story.noted) asked.alerts += results.filter((one) => opening.has(one.became)).length;
  story.world.advance(3 * 24 * 60);
  assert.deepEqual(violations(story.world, asked), []);
});

test("one seed and one hour are one story; another hour of that day has the same past", () => {
  const heads = (story: Story) => story.world.incidentIds().map((id) => story.world.record(id).head);
  assert.deepEqual(heads(told("2026-10-15T18:20:00Z")), heads(october));
  const titles = (story: Story) =>
    cases(story)
      .filter(({ incident }) => incident.ended === "closed")
      .map((one) => one.entries[0]?.hash);
  const later = new Set(titles(told("2026-10-15T20:55:00Z")));
  const same = titles(october).filter((hash) => later.has(hash)).length;
  assert.ok(same > 300, `${same} closed incidents are the same`);
});

test("nothing in it can be taken for real: each record begins by saying what caused it, and no address can be reached", () => {
  for (const { entries, incident } of cases(october)) {
    const { cause } = entries[0] ?? {};
    assert.ok(cause?.kind === demonstrationCause || cause?.id?.startsWith(`${demonstrationCause}-`), incident.number);
    assert.equal(incident.exercise, false, "it is no exercise either");
  }
  for (const { email } of october.directory.people.values())
    assert.ok(email.endsWith(`@${domain}`) || email === administrator.email, email);
  assert.match(domain, /\.example$/);
});

test("its texts are whole: every hole is filled, French has its spaces, nothing is said twice in a row", () => {
  for (const text of textsOf(october)) {
    assert.doesNotMatch(text, /[{}]/, text);
    assert.doesNotMatch(text, /\s{2,}|^\s|\s$/, text);
    if (/[éèêàç]/.test(text)) assert.doesNotMatch(text, /[^\s\u00a0\d]:(?=\s)|«(?!\u00a0)| »|\d %/, text);
  }
  const titles = cases(october).map(({ incident }) => ("text" in incident.title ? incident.title.text : ""));
  const repeated = titles.filter((title, index) => index > 0 && title !== "" && title === titles[index - 1]);
  assert.deepEqual(repeated, []);
  assert.ok(
    new Set(titles).size > titles.length * 0.6,
    `${new Set(titles).size} titles for ${titles.length} incidents`,
  );
});

test("lists show of each incident under way which of its targets is due first, as its own page does", () => {
  const directory = october.world.directory();
  const shown = cases(october)
    .filter(({ incident }) => incident.ended === null)
    .map(({ incident, due }) => {
      const rules = clockRulesOf(incident, directory);
      return { number: incident.number, due, page: rules && nearestDue(incident, rules) };
    });
  for (const { number, due, page } of shown) assert.deepEqual(due, page, number ?? "");
  assert.ok(shown.filter(({ due }) => due?.kind === "update").length >= 3, "news are owed of several");
});
