/** Legal clocks as the desk keeps them, under virtual time: what is said, when, to whom, and once; and what moves none of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, wednesday } from "../drills/organisation.ts";
import { createWorld, type World } from "../drills/world.ts";
import { hourMs, minuteMs, parseIso, toIso } from "../kernel/time.ts";

type Command = Parameters<World["command"]>[2];

function begun(t: { name: string }, law: string, fact: string): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const id = on.open("cleo", { title: "Records were copied", categories: [], impact: 3, urgency: 3 });
  assert.ok(typeof id === "string");
  act(on, id, { name: "assess-obligation", input: { law, outcome: "owed", answers: {}, traits: [], text: "copied" } });
  act(on, id, { name: "date-obligation", input: { law, fact, at: toIso(wednesday) } });
  return [on, id];
}

function act(on: World, id: string, command: Command, around = {}, who = "dan"): void {
  assert.equal(on.command(id, who, command, around), null);
}

const said = (on: World, id: string) =>
  on
    .case(id)
    .entries.filter(({ type }) => type === "obligation.warned" || type === "obligation.missed")
    .map(({ data, recordedAt }) => {
      const { leg, share } = data as Record<string, unknown>;
      return [leg, share ?? 100, ((parseIso(recordedAt) ?? 0) - wednesday) / hourMs];
    });
const letters = (on: World, who: string) =>
  on
    .mailbox(who)
    .filter(({ about }) => about.startsWith("obligation-"))
    .map(({ about }) => about);

test("each share of a limit is said once, to whoever assessed it and whoever has the incident", (t) => {
  const [on, id] = begun(t, "gdpr33", "aware");
  act(on, id, { name: "accept", input: {} }, {}, "cleo");
  on.advance(80 * 60);
  assert.deepEqual(said(on, id), [
    ["authority", 50, 36],
    ["authority", 75, 54],
    ["authority", 90, 64.8],
    ["authority", 100, 72],
  ]);
  for (const who of ["dan", "cleo"])
    assert.deepEqual(letters(on, who), [...Array(3).fill("obligation-warned"), "obligation-missed"], who);
  assert.deepEqual(letters(on, "ben"), []);
});

test("what was submitted says nothing more, and what follows from it is said of its own time", (t) => {
  const [on, id] = begun(t, "dora", "aware");
  act(on, id, { name: "date-obligation", input: { law: "dora", fact: "classified", at: toIso(wednesday) } });
  on.advance(150);
  assert.deepEqual(said(on, id), [["initial", 50, 2]]);
  const sent = { law: "dora", leg: "initial", at: toIso(wednesday + 2.5 * hourMs), reference: "R-1" };
  act(on, id, { name: "record-submission", input: sent });
  on.advance(72 * 60);
  assert.deepEqual(said(on, id).slice(1), [
    ["intermediate", 50, 38.5],
    ["intermediate", 75, 56.5],
    ["intermediate", 90, 67.3],
    ["intermediate", 100, 74.5],
  ]);
});

test("priorities, pauses and the end of the incident move nothing; a hold does, and a requalification ends it", (t) => {
  const [on, id] = begun(t, "gdpr33", "aware");
  act(on, id, { name: "override-priority", input: { priority: 5 } }, { reason: "as agreed" });
  act(on, id, { name: "dismiss", input: {} }, { reason: "not one of ours" });
  on.advance(55 * 60);
  assert.deepEqual(
    said(on, id).map(([, share]) => share),
    [50, 75],
    "an incident that has ended is still told of",
  );
  const again = { law: "gdpr33", outcome: "not-owed", answers: {}, traits: [], text: "a risk is unlikely" } as const;
  act(on, id, { name: "assess-obligation", input: again });
  on.advance(100 * 60);
  assert.equal(said(on, id).length, 2);
});

test("a notice that is lawfully withheld warns nobody until it no longer is", (t) => {
  const [on, id] = begun(t, "us-sec", "material");
  const hold = { law: "us-sec", legs: ["filing"], authority: "Attorney General" };
  act(on, id, { name: "withhold-notice", input: hold }, { reason: "national security" });
  on.advance(10 * 24 * 60);
  assert.deepEqual(said(on, id), []);
  const until = toIso(wednesday + 10 * 24 * hourMs + minuteMs);
  act(on, id, { name: "withhold-notice", input: { ...hold, until } }, { reason: "over" });
  on.advance(12 * 24 * 60);
  assert.equal(said(on, id).at(-1)?.[1], 100, "four business days after it was over");
});

const missed = (on: World, id: string, leg: string) =>
  on
    .case(id)
    .entries.filter(({ type, data }) => type === "obligation.missed" && (data as Record<string, unknown>).leg === leg)
    .map(({ data, recordedAt }) =>
      [recordedAt, String((data as Record<string, unknown>).due)].map(
        (one) => ((parseIso(one) ?? 0) - wednesday) / hourMs,
      ),
    );

test("the end of a hold says once what was missed, also where it had been missed before the hold, or was ended afterwards", (t) => {
  const hold = { law: "qc-l25", legs: ["persons"], authority: "Police" };
  const until = (hours: number) => toIso(wednesday + hours * hourMs);
  const withhold = (on: World, id: string, more: object) =>
    act(on, id, { name: "withhold-notice", input: { ...hold, ...more } }, { reason: "an inquiry" });
  const meanwhile = begun(t, "qc-l25", "reasons-to-believe");
  withhold(...meanwhile, { until: until(100) });
  meanwhile[0].advance(200 * 60);
  assert.deepEqual(missed(...meanwhile, "persons"), [[100, 100]], "its limit passed while it was withheld");
  assert.equal(
    letters(meanwhile[0], "dan").filter((one) => one === "obligation-missed").length,
    2,
    "with the other leg",
  );

  const before = begun(t, "qc-l25", "reasons-to-believe");
  before[0].advance(80 * 60);
  withhold(...before, { until: until(100) });
  before[0].advance(19 * 60);
  assert.deepEqual(missed(...before, "persons"), [[72, 72]]);
  before[0].advance(100 * 60);
  assert.deepEqual(missed(...before, "persons"), [
    [72, 72],
    [100, 100],
  ]);
  assert.equal(letters(before[0], "dan").filter((one) => one === "obligation-missed").length, 3);

  const ended = begun(t, "qc-l25", "reasons-to-believe");
  withhold(...ended, {});
  ended[0].advance(120 * 60);
  assert.deepEqual(missed(...ended, "persons"), []);
  withhold(...ended, { from: until(0), until: until(110) });
  ended[0].advance(60);
  assert.deepEqual(missed(...ended, "persons"), [[120, 110]]);
});

test("an own target warns as a limit does, and only whoever is bound by the law has one", (t) => {
  const [on, id] = begun(t, "qc-l25", "reasons-to-believe");
  on.advance(73 * 60);
  assert.deepEqual(
    said(on, id)
      .filter(([leg]) => leg === "commission")
      .map(([, share, after]) => [share, after]),
    [
      [50, 36],
      [75, 54],
      [90, 64.8],
      [100, 72],
    ],
  );
  const input = { law: "pci", outcome: "owed", answers: {}, traits: [], text: "cards" } as const;
  assert.equal(on.command(id, "dan", { name: "assess-obligation", input })?.refused, "law-not-bound");
  const nowhere = { ...input, law: "nowhere" };
  assert.equal(on.command(id, "dan", { name: "assess-obligation", input: nowhere })?.refused, "clock-unknown");
});
