/** A person with several ways of being reached: turns as they chose them, the next at once when one fails, and silence as
 *  soon as somebody has it. The whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContactPoint, Person } from "../directory/types.ts";
import { byId, organisation, person, signalOf, standardPolicy, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { type Channel, createWorld, type World } from "../drills/world.ts";

const point = (kind: ContactPoint["kind"]): ContactPoint => ({
  id: `ana-${kind}`,
  kind,
  address: kind,
  enabled: true,
});
const rule = (kind: string, afterMinutes: number) => ({ contactPoint: `ana-${kind}`, afterMinutes });
const phoneFirst = { high: [rule("ntfy", 0), rule("webhook", 2), rule("email", 5)], low: [rule("email", 0)] };

function desk(
  t: { name: string },
  changes: Partial<Person> = {},
  channel: Channel = () => "ok",
  start = wednesday,
): World {
  const contactPoints = [point("email"), point("ntfy"), point("webhook")];
  const ana = person("ana", 2, { contactPoints, ...changes });
  const people = byId(...organisation.people.values(), ana);
  const slow = standardPolicy.steps.map((step) => ({ ...step, timeoutMinutes: 30 }));
  const policies = byId({ ...standardPolicy, steps: slow });
  return createWorld({ seed: t.name, start, directory: { ...organisation, people, policies }, channel });
}

const channelsOf = (on: World): string[] =>
  on.mailbox("ana").flatMap((letter) => (letter.about === "page" ? [letter.key.split("/").at(-2) ?? ""] : []));
const trigger = (on: World, severity: "critical" | "warning" = "critical"): string => {
  on.signal("pagerduty", [signalOf("disk", { severity })]);
  return onlyIncident(on);
};
const down =
  (...kinds: string[]): Channel =>
  ({ personId, channel }) =>
    personId === "ana" && kinds.includes(channel) ? "down" : "ok";
const fails =
  (...kinds: string[]): Channel =>
  ({ personId, channel }) =>
    personId === "ana" && kinds.includes(channel) ? "fail" : "ok";

test("without a preference every contact point is called at once, each once", (t) => {
  const on = desk(t);
  const id = trigger(on);
  assert.deepEqual(channelsOf(on), ["email", "ntfy", "webhook"]);
  on.advance(29);
  assert.equal(pagesOf(on, "ana"), 3);
  assert.equal(countOf(on, id, "page.sent"), 3);
  assert.equal(pagesOf(on, "cleo"), 0);
});

test("turns come at their minute, and the incident says when", (t) => {
  const on = desk(t, { preference: phoneFirst });
  const id = trigger(on);
  assert.deepEqual(channelsOf(on), ["ntfy"]);
  on.advance(1.9);
  assert.deepEqual(channelsOf(on), ["ntfy"]);
  on.advance(0.2);
  assert.deepEqual(channelsOf(on), ["ntfy", "webhook"]);
  on.advance(3);
  assert.deepEqual(channelsOf(on), ["ntfy", "webhook", "email"]);
  assert.equal(lastOf(on, id, "page.requested").data?.dueAt, "2026-10-07T18:05:00.000Z");
  assert.equal(lastOf(on, id, "page.requested").data?.notAfter, "2026-10-07T18:35:00.000Z");
});

test("what is less pressing goes as its own preference says", (t) => {
  const on = desk(t, { preference: phoneFirst });
  trigger(on, "warning");
  on.advance(20);
  assert.deepEqual(channelsOf(on), ["email"]);
});

test("once somebody has it, turns that were to come are withdrawn", (t) => {
  const on = desk(t, { preference: phoneFirst });
  const id = trigger(on);
  on.advance(1);
  assert.equal(on.command(id, "ana", { name: "accept", input: {} }), null);
  on.advance(60);
  assert.deepEqual(channelsOf(on), ["ntfy"]);
  assert.equal(countOf(on, id, "page.withdrawn"), 2);
});

test("a contact point that refuses gives its turn at once to the next, and the step gives way only after the last", (t) => {
  const on = desk(t, { preference: phoneFirst }, fails("ntfy"));
  trigger(on);
  assert.deepEqual(channelsOf(on), ["webhook"]);
  assert.equal(pagesOf(on, "cleo"), 0, "Ana may still answer");
  on.advance(6);
  assert.deepEqual(channelsOf(on), ["webhook", "email"]);

  const all = desk({ name: `${t.name} all` }, { preference: phoneFirst }, fails("ntfy", "webhook", "email"));
  const id = trigger(all);
  assert.deepEqual([pagesOf(all, "ana"), pagesOf(all, "cleo")], [0, 1]);
  assert.equal(countOf(all, id, "page.failed"), 3);
  assert.equal(lastOf(all, id, "paging.stepped").data?.because, "undeliverable");
});

test("a contact point that does not answer gives the next its turn at once, is tried again, and is told once", (t) => {
  let answers = false;
  const on = desk(t, { preference: phoneFirst }, (page) => (answers ? "ok" : down("ntfy")(page)));
  const id = trigger(on);
  assert.deepEqual(channelsOf(on), ["webhook"]);
  assert.equal(countOf(on, id, "page.delayed"), 1);
  answers = true;
  on.advance(1.1);
  assert.deepEqual(channelsOf(on), ["webhook", "ntfy"]);
  on.advance(20);
  assert.deepEqual(channelsOf(on), ["webhook", "ntfy", "email"]);
  assert.equal(countOf(on, id, "page.delayed"), 1);
});

test("all of them silent: each has its turn at once, one after the other", (t) => {
  const on = desk(t, { preference: phoneFirst }, down("ntfy", "webhook"));
  trigger(on);
  assert.deepEqual(channelsOf(on), ["email"]);
});

test("a single contact point that does not answer is only tried again: nothing else changes by saying so", (t) => {
  const on = desk(t, { contactPoints: [point("ntfy")] }, down("ntfy"));
  const id = trigger(on);
  on.advance(5);
  assert.equal(countOf(on, id, "page.delayed"), 0);
  assert.equal(pagesOf(on, "cleo"), 0);
});

test("who declines is left in peace by all of their contact points", (t) => {
  const on = desk(t, { preference: phoneFirst });
  const id = trigger(on);
  assert.equal(on.command(id, "ana", { name: "decline", input: {} }, { reason: "on a train" }), null);
  on.advance(10);
  assert.deepEqual(channelsOf(on), ["ntfy"]);
  assert.equal(pagesOf(on, "cleo"), 1);
});

test("a person called by three contact points and silent is one call, when nobody is left", (t) => {
  const on = desk(t);
  const id = trigger(on);
  on.advance(24 * 60);
  /* Ana, Cleo, then both once more. */
  assert.equal(lastOf(on, id, "paging.exhausted").data?.pages, 4);
});

test("what only tells goes by e-mail", (t) => {
  const on = desk(t);
  const id = trigger(on);
  assert.equal(on.command(id, "ben", { name: "advise-persons", input: { persons: ["ana"], text: "x" } }), null);
  assert.equal(on.mailbox("ana").filter((letter) => letter.about === "advised").length, 1);
});

const night = Date.UTC(2026, 9, 8, 4);
const inPeace: Partial<Person> = {
  contactPoints: [point("email"), point("sms"), point("voice")],
  preference: { high: [rule("voice", 0), rule("sms", 2)], low: [], quiet: { from: "22:00", to: "07:00" } },
  zone: "UTC",
};

test("quiet hours: what does not press leaves by mail at once, and by one other way at their end", (t) => {
  const on = desk(t, inPeace, undefined, night);
  const id = trigger(on, "warning");
  assert.deepEqual(channelsOf(on), ["email"]);
  on.advance(2 * 60);
  assert.deepEqual(
    channelsOf(on)
      .slice(1)
      .filter((kind) => kind !== "email"),
    [],
    "neither text message nor voice",
  );
  const held = on.case(id).paging.pages.filter((page) => page.held === "quiet");
  assert.deepEqual(
    held.map((page) => [page.channel, page.dueAt]),
    [["sms", "2026-10-08T07:00:00.000Z"]],
    "one, however often the policy calls meanwhile",
  );
  on.advance(60.1);
  assert.equal(channelsOf(on).filter((kind) => kind === "sms").length, 1);
});

test("quiet hours: what somebody has by their end is not told as a call; mail that fails rings the telephone", (t) => {
  const on = desk(t, inPeace, undefined, night);
  const id = trigger(on, "warning");
  assert.equal(on.command(id, "ana", { name: "accept", input: {} }), null);
  on.advance(4 * 60);
  assert.deepEqual(channelsOf(on), ["email"]);

  const silent = desk({ name: `${t.name} silent` }, inPeace, fails("email"), night);
  trigger(silent, "warning");
  assert.deepEqual(channelsOf(silent), ["sms"], "there is no other way");
});

test("what begins to press in quiet hours calls at once, by every way chosen for what presses", (t) => {
  const on = desk(t, inPeace, undefined, night);
  const id = trigger(on, "warning");
  on.advance(1);
  const input = { priority: 1 } as const;
  assert.equal(on.command(id, "dan", { name: "override-priority", input }, { reason: "it spreads" }), null);
  on.advance(0.1);
  assert.deepEqual(channelsOf(on), ["email", "sms", "voice"]);
  on.advance(3 * 60);
  assert.equal(on.case(id).paging.pages.filter((page) => page.held && page.status === "requested").length, 0);
});
