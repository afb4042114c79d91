/** Contributors on the desk, in virtual time: the letters that leave, who hears what, and what ends with its incident. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, wednesday } from "../drills/organisation.ts";
import { countOf, typesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import type { AskInput } from "../incidents/contributing.ts";
import { isRefusal } from "../kernel/refusal.ts";

const ask: AskInput = {
  kind: "working",
  text: "Does the counter print again?",
  context: null,
  choices: [],
  to: { name: "Nora", address: "nora@example.net", language: "fr" },
  hours: 72,
  forwardable: true,
  everyHours: 4,
  reminders: 1,
};
const answer = { choice: "yes", text: null, attachmentId: null, file: null };

function asked(t: { name: string }, changes: Partial<AskInput> = {}): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const id = on.open("ana", { title: "No permits", service: "payroll" });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", { name: "accept", input: {} });
  assert.equal(on.contribute(id, "cleo", { do: "ask", ask: { ...ask, ...changes } }), null);
  return [on, id];
}
const news = (on: World, who: string) =>
  on
    .mailbox(who)
    .filter(({ about }) => about.startsWith("contribution-"))
    .map(({ about }) => about);

test("one letter, then reminders; whoever asked hears once that nobody answers, and once that its time is over", (t) => {
  const [on, id] = asked(t);
  assert.equal(on.invited("nora@example.net").length, 1);
  assert.equal(countOf(on, id, "contribution.sent"), 1);
  on.advance(4 * 60);
  assert.equal(on.invited("nora@example.net").length, 2);
  on.advance(68 * 60);
  assert.deepEqual([on.invited("nora@example.net").length, countOf(on, id, "contribution.unanswered")], [2, 1]);
  assert.equal(countOf(on, id, "contribution.expired"), 1);
  assert.deepEqual(news(on, "cleo"), ["contribution-unanswered", "contribution-expired"]);
});

test("an answer ends the reminders, is told to whoever asked, and decides nothing", (t) => {
  const [on, id] = asked(t);
  const before = on.case(id).incident.milestones;
  assert.equal(on.contribute(id, null, { do: "open", number: 1 }), null);
  assert.equal(on.contribute(id, null, { do: "answer", number: 1, answer }), null);
  assert.deepEqual(news(on, "cleo"), ["contribution-answered"]);
  assert.deepEqual(on.case(id).incident.milestones, before);
  on.advance(80 * 60);
  assert.equal(on.invited("nora@example.net").length, 1);
  assert.ok(!typesOf(on, id).includes("contribution.expired"));
});

test("somebody of the directory is asked where the directory says they are", (t) => {
  const [on] = asked(t, { to: { name: "", address: "", language: "en", personId: "eve" } });
  const { email } = on.directory().people.get("eve") ?? { email: "" };
  assert.equal(on.invited(email).length, 1);
});

test("what is over asks nobody: links end with their incident, and no reminder leaves", (t) => {
  const [on, id] = asked(t);
  assert.equal(on.command(id, "cleo", { name: "dismiss", input: {} }, { reason: "a test" }), null);
  assert.equal(countOf(on, id, "contribution.revoked"), 1);
  on.advance(80 * 60);
  assert.equal(on.invited("nora@example.net").length, 1);
});

test("handed on, the other has a letter of their own and the first hears no more", (t) => {
  const [on, id] = asked(t);
  const to = { name: "Omar", address: "omar@example.net", language: "fr" } as const;
  assert.equal(on.contribute(id, null, { do: "forward", number: 1, to, text: null }), null);
  assert.equal(on.invited("omar@example.net").length, 1);
  on.advance(5 * 60);
  assert.deepEqual([on.invited("nora@example.net").length, on.invited("omar@example.net").length], [1, 2]);
  on.contribute(id, null, { do: "answer", number: 2, answer });
  assert.deepEqual(news(on, "cleo"), ["contribution-forwarded", "contribution-answered"]);
});

test("a mark that keeps it inside is told once to whoever asked; letters and reminders go on when it is another", (t) => {
  const [on, id] = asked(t);
  const to = { name: "Omar", address: "omar@example.net", language: "fr" } as const;
  assert.equal(on.contribute(id, null, { do: "forward", number: 1, to, text: null }), null);
  assert.equal(on.command(id, "cleo", { name: "mark", input: { tlp: "amber+strict" } }), null);
  assert.equal(on.command(id, "cleo", { name: "mark", input: { tlp: "red" } }), null);
  on.advance(9 * 60);
  assert.deepEqual(news(on, "cleo"), ["contribution-forwarded", "contribution-barred"]);
  assert.equal(on.invited("omar@example.net").length, 1);
  assert.equal(countOf(on, id, "contribution.reminded"), 0);
  assert.equal(on.command(id, "cleo", { name: "mark", input: { tlp: "amber" } }, { reason: "known" }), null);
  on.advance(1);
  assert.equal(on.invited("omar@example.net").length, 2);
});

test("given on to an address of the directory, it is theirs by name", (t) => {
  const [on, id] = asked(t);
  const { email = "" } = on.directory().people.get("eve") ?? {};
  const to = { name: "Eve", address: email.toUpperCase(), language: "fr" } as const;
  assert.equal(on.contribute(id, null, { do: "forward", number: 1, to, text: null }), null);
  const next = on.case(id).incident.contributions?.at(-1)?.to;
  assert.deepEqual([next?.personId, next?.address], ["eve", email]);
});
