/** Rules that wait, count, group and mute: who is called, when, and what the alert says of it meanwhile. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Signal } from "../alerts/decide.ts";
import { createChance } from "../drills/chance.ts";
import { organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { compileNoise } from "../noise/compiled.ts";
import { everywhere, type Matcher } from "../noise/matching.ts";
import type { GroupingRule, InhibitionRule, NoiseRule, ThresholdRule, WaitRule } from "../noise/rules.ts";
import type { Directory } from "./directory.ts";

const ruled = (...rules: readonly NoiseRule[]): Directory => ({
  ...organisation,
  noise: compileNoise({ silences: [], windows: [], rules }),
});
const world = (t: { name: string }, directory: Directory): World =>
  createWorld({ seed: t.name, start: wednesday, directory });
const named = (id: string) => ({ id, version: 1, name: id, enabled: true, scope: everywhere });
const wait: WaitRule = { ...named("wait"), kind: "wait", minutes: 5 };
const threshold: ThresholdRule = {
  ...named("three"),
  kind: "threshold",
  across: false,
  count: 3,
  minutes: 10,
  atLatestMinutes: null,
};
const grouping: GroupingRule = {
  ...named("by-site"),
  kind: "grouping",
  across: false,
  labels: ["site"],
  expression: null,
  withinMinutes: null,
  onNewKind: "page",
  kindBy: ["check"],
};
const isName = (value: string): Matcher => ({ label: "check", operator: "=", value });
const inhibition: InhibitionRule = {
  ...named("power-cut"),
  kind: "inhibition",
  across: false,
  sourceIntegration: null,
  source: [isName("power")],
  target: [isName("ping")],
  equal: ["site"],
  graceSeconds: 30,
};
const at = (site: string, check = "ping", changes: Partial<Signal> = {}): Partial<Signal> => ({
  ...changes,
  details: { labels: { site, check } },
});
const pages = (on: World, person = "ana"): number => on.mailbox(person).filter(({ about }) => about === "page").length;

test("what resolves within its wait calls nobody; what lasts is raised when the wait is over", (t) => {
  const on = world(t, ruled(wait));
  on.signal("pagerduty", [signalOf("blip"), signalOf("disk")]);
  on.advance(4);
  on.signal("pagerduty", [signalOf("blip", { action: "resolve" })]);
  assert.equal(on.incidentIds().length, 0);
  on.advance(1);
  assert.equal(on.incidentIds().length, 1);
  assert.equal(on.alerts()[0]?.status, "resolved");
  assert.equal(pages(on), 1);
});

test("each time that it comes back it waits anew", (t) => {
  const on = world(t, ruled(wait));
  for (let turn = 0; turn < 5; turn++) {
    on.signal("pagerduty", [signalOf("flaps")]);
    on.advance(3);
    on.signal("pagerduty", [signalOf("flaps", { action: "resolve" })]);
    on.advance(1);
  }
  assert.deepEqual([on.incidentIds().length, on.alerts().length], [0, 5]);
});

test("two call nobody and say so; the third calls for all, and what comes next calls at once", (t) => {
  const on = world(t, ruled(threshold));
  on.signal("pagerduty", [signalOf("one")]);
  on.advance(2);
  on.signal("pagerduty", [signalOf("two")]);
  assert.equal(on.incidentIds().length, 0);
  assert.deepEqual(on.alerts()[1]?.waits?.values, { seen: 2, count: 3, minutes: 10 });
  on.advance(2);
  on.signal("pagerduty", [signalOf("three")]);
  assert.equal(on.incidentIds().length, 3, "nothing that waited for them is left");
  on.signal("pagerduty", [signalOf("four")]);
  assert.equal(on.incidentIds().length, 4);
  on.advance(11);
  assert.equal(on.signal("pagerduty", [signalOf("five")])[0]?.became, "waits", "they are counted anew");
});

test("one that repeats itself is counted each time, and those that are too far apart are not", (t) => {
  const on = world(t, ruled(threshold));
  for (const minutes of [0, 6, 6]) {
    on.advance(minutes);
    on.signal("pagerduty", [signalOf("same")]);
  }
  assert.equal(on.incidentIds().length, 0, "two within ten minutes");
  on.advance(3);
  on.signal("pagerduty", [signalOf("same")]);
  assert.equal(on.incidentIds().length, 1);
});

test("where the rule says so, one that lasts long enough is raised alone", (t) => {
  const on = world(t, ruled({ ...threshold, atLatestMinutes: 20 }));
  on.signal("pagerduty", [signalOf("one")]);
  on.advance(19);
  assert.equal(on.incidentIds().length, 0);
  on.advance(1);
  assert.equal(on.incidentIds().length, 1);
});

test("a rule that is switched off or removed frees what it held back", (t) => {
  const on = world(t, ruled(threshold));
  on.signal("pagerduty", [signalOf("one")]);
  on.setUp(ruled({ ...threshold, enabled: false, version: 2 }));
  assert.equal(on.incidentIds().length, 1);
});

test("alerts of one site join one incident, never one that is resolved or closed", (t) => {
  const on = world(t, ruled(grouping));
  on.signal("pagerduty", [signalOf("a", at("north")), signalOf("b", at("south")), signalOf("c", at("north"))]);
  const [north = "", south] = on.incidentIds();
  assert.equal(on.incidentIds().length, 2);
  assert.deepEqual(
    on.alerts().map(({ incidentId }) => incidentId),
    [north, south, north],
  );
  const [first] = on.decisions(on.alerts()[0]?.id ?? "");
  assert.deepEqual([first?.became, first?.rule?.id], ["grouped", "by-site"]);
  on.command(north, "cleo", { name: "accept", input: {} });
  on.command(north, "cleo", { name: "declare-restored", input: { text: null } });
  on.command(north, "cleo", {
    name: "declare-resolved",
    input: { solution: "replaced", cause: null, causeUnknown: true },
  });
  const [later] = on.signal("pagerduty", [signalOf("d", at("north"))]);
  assert.deepEqual([later?.became, on.incidentIds().length], ["opened", 3]);
});

test("alerts that say nothing of their site are not alike by it", (t) => {
  const on = world(t, ruled(grouping));
  on.signal("pagerduty", [signalOf("a"), signalOf("b"), signalOf("c", at("north"))]);
  assert.equal(on.incidentIds().length, 3);
});

test("an expression groups, and one that fails on an alert leaves it to the next rule", (t) => {
  const byRack = { ...grouping, id: "by-rack", labels: [], expression: "labels.host.split('-')[0]" };
  const on = world(t, ruled({ ...byRack, expression: "labels.rack" }, grouping));
  const rack = (name: string, site: string): Partial<Signal> => ({ details: { labels: { rack: name, site } } });
  on.signal("pagerduty", [signalOf("a", rack("r1", "x")), signalOf("b", rack("r1", "y")), signalOf("c", at("y"))]);
  assert.equal(on.incidentIds().length, 2);
});

test("by time alone, what comes within ten minutes of the last one joins it", (t) => {
  const on = world(t, ruled({ ...grouping, labels: [], withinMinutes: 10 }));
  for (const [key, minutes] of [
    ["a", 0],
    ["b", 9],
    ["c", 9],
    ["d", 11],
  ] as const) {
    on.advance(minutes);
    on.signal("pagerduty", [signalOf(key, at("any"))]);
  }
  assert.deepEqual(
    on.alerts().map(({ incidentId }) => on.incidentIds().indexOf(incidentId ?? "")),
    [0, 0, 0, 1],
  );
});

test("a new kind of failure asks whoever had the incident anew; the same kind elsewhere does not", (t) => {
  const on = world(t, ruled(grouping));
  on.signal("pagerduty", [signalOf("a", at("north", "ping"))]);
  const [incident = ""] = on.incidentIds();
  on.command(incident, "ana", { name: "accept", input: {} });
  const before = pages(on);
  on.signal("pagerduty", [signalOf("b", at("north", "ping"))]);
  on.advance(1);
  assert.deepEqual([pages(on), on.case(incident).incident.acceptedBy?.id], [before, "ana"]);
  on.signal("pagerduty", [signalOf("c", at("north", "raid"))]);
  on.advance(1);
  assert.equal(pages(on), before + 1, "she is called first");
  assert.equal(on.case(incident).incident.acceptedBy, null);
  assert.deepEqual(lastOf(on, incident, "alert.kind-joined").data, {
    kind: "raid",
    key: "c",
    rule: { id: "by-site", version: 1, name: "by-site" },
    asks: "ana",
  });
  on.command(incident, "ana", { name: "accept", input: {} });
  on.signal("pagerduty", [signalOf("d", at("north", "raid"))]);
  on.advance(60);
  assert.deepEqual([pages(on), on.case(incident).incident.acceptedBy?.id], [before + 1, "ana"]);
});

test("where the rule says so, a new kind calls nobody again", (t) => {
  const on = world(t, ruled({ ...grouping, onNewKind: "nothing" }));
  on.signal("pagerduty", [signalOf("a", at("north", "ping"))]);
  const [incident = ""] = on.incidentIds();
  on.command(incident, "ana", { name: "accept", input: {} });
  on.signal("pagerduty", [signalOf("c", at("north", "raid"))]);
  on.advance(60);
  assert.equal(on.case(incident).incident.acceptedBy?.id, "ana");
  assert.equal(countOf(on, incident, "alert.kind-joined"), 2);
});

test("a power cut mutes the pings of its site and no other, whichever arrives first", (t) => {
  const cut = signalOf("cut", at("north", "power"));
  const pings = [signalOf("n1", at("north")), signalOf("s1", at("south"))];
  for (const order of [[[cut], pings], [pings, [cut]], [[...pings, cut]], [[cut, ...pings]]]) {
    const on = createWorld({ seed: t.name, start: wednesday, directory: ruled(inhibition) });
    for (const signals of order) on.signal("pagerduty", signals);
    on.advance(120);
    const raised = on.alerts().filter(({ incidentId }) => incidentId !== null);
    assert.deepEqual(raised.map(({ key }) => key).sort(), ["cut", "s1"]);
    const muted = on.alerts().find(({ key }) => key === "n1");
    assert.deepEqual([muted?.waits?.for, muted?.waits?.values], ["inhibition", { source: "cut" }]);
  }
});

test("when the source is over, what it muted is raised after its grace, unless it is over too", (t) => {
  const on = world(t, ruled(inhibition));
  on.signal("pagerduty", [signalOf("cut", at("north", "power"))]);
  on.signal("pagerduty", [signalOf("n1", at("north")), signalOf("n2", at("north"))]);
  on.advance(200);
  on.signal("pagerduty", [signalOf("cut", { action: "resolve" })]);
  on.advance(0.25);
  on.signal("pagerduty", [signalOf("n1", { action: "resolve" })]);
  assert.equal(on.incidentIds().length, 1);
  on.advance(0.5);
  assert.deepEqual(
    on.alerts().map(({ key, incidentId }) => [key, incidentId !== null]),
    [
      ["cut", true],
      ["n1", false],
      ["n2", true],
    ],
  );
});

test("two that are each source and target do not mute each other", (t) => {
  const both: InhibitionRule = { ...inhibition, target: [{ label: "check", operator: "=~", value: "power|ping" }] };
  const on = world(t, ruled(both));
  on.signal("pagerduty", [signalOf("cut-1", at("north", "power")), signalOf("cut-2", at("north", "power"))]);
  on.advance(1);
  assert.equal(on.incidentIds().length, 2);
});

test("whatever the order of arrival and resolution, what is muted in the end is the same", () => {
  const chance = createChance(3);
  for (let run = 0; run < 60; run++) {
    const steps: Signal[] = [];
    const firing = new Map<string, Signal>();
    for (let i = 0; i < 8; i++) {
      const signal = signalOf(`k${chance.below(5)}`, at(chance.oneOf(["n", "s"]), "ping"));
      const said = chance.happens(0.3) ? signalOf(`p-${chance.oneOf(["n", "s"])}`) : signal;
      const site = said.key.slice(2);
      const one = said === signal ? signal : { ...said, ...at(site, "power") };
      const resolves = firing.has(one.key) && chance.happens(0.5);
      if (resolves) firing.delete(one.key);
      else if (!firing.has(one.key)) firing.set(one.key, one);
      steps.push(resolves ? { ...one, action: "resolve" } : (firing.get(one.key) ?? one));
    }
    const on = createWorld({ seed: `order ${run}`, start: wednesday, directory: ruled(inhibition) });
    for (const step of steps) on.signal("pagerduty", [step]);
    on.advance(240);
    const siteOf = (one: Signal): string => (one.details as { labels: { site: string } }).labels.site;
    for (const alert of on.alerts().filter(({ status }) => status === "open")) {
      const said = firing.get(alert.key);
      assert.ok(said);
      const muted = !alert.key.startsWith("p-") && firing.has(`p-${siteOf(said)}`);
      assert.equal(alert.waits !== null, muted, `${alert.key} in run ${run}`);
    }
  }
});
