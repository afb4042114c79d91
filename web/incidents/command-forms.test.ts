/** What a form sends is what the contract's body takes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { commandBodies } from "#contract/command-bodies.ts";
import { incidentCommands, obligationCommands, teamCommands } from "#core/directory/responsibility.ts";
import { clocks } from "#languages/clocks.ts";
import { labels } from "#languages/labels.ts";
import { createMessages } from "#languages/messages.ts";
import { web } from "#languages/web.ts";
import { workstreams } from "#languages/workstreams.ts";
import { bodyOf, commandForms, commandGroups, type Draft, type Field } from "./command-forms.ts";

const id = "00000000-0000-7000-8000-000000000001";

function filled(field: Field): Draft[string] {
  switch (field.kind) {
    case "impact":
    case "urgency":
    case "priority":
      return "2";
    case "assignee":
      return `team/${id}`;
    case "persons":
      return [id];
    case "categories":
    case "domains":
      return ["major"];
    case "verdict":
      return "not-justified";
    case "kept":
      return "safety";
    case "side":
      return "against";
    case "escalation":
      return "functional";
    case "flag":
      return "non-routine";
    case "tlp":
      return "amber+strict";
    case "language":
      return "fr";
    case "person":
      return id;
    case "leaving-tasks":
      return ["1"];
    case "leaving-alerts":
      return [id];
    case "link-kind":
      return "part-of";
    case "team":
    case "known-error":
      return id;
    case "detection":
      return "perceived";
    case "source":
      return "system";
    case "exceeds":
      return "cost";
    case "standing":
      return "blocked";
    case "outcome":
      return "done";
    case "role":
      return "scribe";
    case "task":
    case "help":
    case "hypothesis":
    case "workstream":
    case "waits-on":
    case "derogation":
      return "3";
    case "instant":
      return "2026-10-15T07:41:00Z";
    case "until":
      return "2026-10-16T08:00:00.000Z";
    case "check":
      return true;
    case "options":
      return "one\n two \n";
    default:
      return "text";
  }
}

/* Those of obligations have a page of their own, those of teams a panel. */
const elsewhere: ReadonlySet<string> = new Set([...obligationCommands, ...teamCommands]);
const here = incidentCommands.filter((name) => !elsewhere.has(name));

for (const name of here) {
  test(`${name}: a filled form is a valid body, and so is one with only what is required`, () => {
    const full: Draft = Object.fromEntries(commandForms[name].map((field) => [field.name, filled(field)]));
    const least: Draft = Object.fromEntries(
      commandForms[name].filter((field) => !field.optional).map((field) => [field.name, filled(field)]),
    );
    for (const draft of [
      full,
      least,
      { ...full, reason: "why", derogation: "urgent", occurredAt: "2026-10-15T07:41:00Z" },
    ]) {
      const parsed = commandBodies[name].safeParse(bodyOf(name, draft));
      assert.ok(parsed.success, JSON.stringify(parsed.error?.issues));
    }
  });
}

/** Some are sent on as they were given. */
const isAsked = ({ kind }: Field): boolean => kind !== "kept";

test("every field is asked for in words, in both languages", () => {
  for (const language of ["fr", "en"] as const) {
    const { find } = createMessages(language, labels, web, clocks, workstreams);
    const asked = here.flatMap((name) => commandForms[name].filter(isAsked).map((field) => [name, field.name]));
    const bare = asked.filter(([name, field]) => !find(`form.${name}.${field}`) && !find(`form.${field}`));
    assert.deepEqual(bare, []);
  }
});

test("no two commands go by the same word, where both stand in one list", () => {
  for (const language of ["fr", "en"] as const) {
    const { find } = createMessages(language, labels, web, clocks, workstreams);
    const said = here.map((name) => find(`command.${name}.do`));
    assert.deepEqual(
      said.filter((word, index) => said.indexOf(word) !== index),
      [],
    );
  }
});

test("every command can be reached, once", () => {
  assert.deepEqual(commandGroups.flatMap(({ commands }) => commands).toSorted(), [...here].toSorted());
});
