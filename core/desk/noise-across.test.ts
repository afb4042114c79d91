/** Rules that are asked of all integrations together: what one source says mutes, joins or counts with what another does, where
 *  the rule says so and never otherwise. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Signal } from "../alerts/decide.ts";
import { createChance } from "../drills/chance.ts";
import { organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { createWorld, type World } from "../drills/world.ts";
import { compileNoise } from "../noise/compiled.ts";
import { everywhere, type Matcher } from "../noise/matching.ts";
import type { GroupingRule, InhibitionRule, NoiseRule, ThresholdRule } from "../noise/rules.ts";

const world = (seed: string, ...rules: readonly NoiseRule[]): World =>
  createWorld({
    seed,
    start: wednesday,
    directory: { ...organisation, noise: compileNoise({ silences: [], windows: [], rules }) },
  });
const named = (id: string) => ({ id, version: 1, name: id, enabled: true, scope: everywhere, across: true });
const isName = (value: string): Matcher => ({ label: "check", operator: "=", value });
const inhibition: InhibitionRule = {
  ...named("power-cut"),
  kind: "inhibition",
  sourceIntegration: null,
  source: [isName("power")],
  target: [isName("ping")],
  equal: ["site"],
  graceSeconds: 30,
};
const grouping: GroupingRule = {
  ...named("by-site"),
  kind: "grouping",
  labels: ["site"],
  expression: null,
  withinMinutes: null,
  onNewKind: "page",
  kindBy: ["check"],
};
const threshold: ThresholdRule = { ...named("three"), kind: "threshold", count: 3, minutes: 10, atLatestMinutes: null };
const at = (site: string, check = "ping", changes: Partial<Signal> = {}): Partial<Signal> => ({
  ...changes,
  details: { labels: { site, check } },
});
const waits = (on: World, key: string) => on.alerts().find((one) => one.key === key)?.waits ?? null;

test("what one source says mutes what another does, whichever arrives first, and the trace says whence", () => {
  const cut = () => [signalOf("cut", at("north", "power"))];
  const pings = () => [signalOf("n1", at("north")), signalOf("s1", at("south"))];
  for (const first of ["cut", "pings"]) {
    const on = world(first, inhibition);
    if (first === "cut") on.signal("generic", cut());
    on.signal("pagerduty", pings());
    if (first === "pings") on.signal("generic", cut());
    on.advance(120);
    const raised = on.alerts().filter(({ incidentId }) => incidentId !== null);
    assert.deepEqual(raised.map(({ key }) => key).sort(), ["cut", "s1"], first);
    assert.equal(waits(on, "n1")?.for, "inhibition");
    assert.equal(waits(on, "n1")?.values.source, "cut");
    assert.ok(waits(on, "n1")?.values.integration, "of another source");
  }
});

test("within each integration, as rules are unless they say otherwise, nothing is muted by another's", () => {
  const on = world("within", { ...inhibition, across: false });
  on.signal("generic", [signalOf("cut", at("north", "power"))]);
  on.signal("pagerduty", [signalOf("n1", at("north"))]);
  on.advance(2);
  assert.equal(on.incidentIds().length, 2);
});

test("what mutes is of the integration that the rule names, what is muted is in its scope", () => {
  const rule = { ...inhibition, sourceIntegration: "generic", scope: { ...everywhere, integrationId: "pagerduty" } };
  const on = world("named", rule);
  on.signal("alertmanager", [signalOf("other", at("north", "power"))]);
  on.signal("pagerduty", [signalOf("n1", at("north"))]);
  on.advance(2);
  assert.equal(waits(on, "n1"), null, "a power cut that another source tells of mutes nothing");
  on.signal("generic", [signalOf("cut", at("north", "power"))]);
  on.signal("pagerduty", [signalOf("n2", at("north"))]);
  on.signal("alertmanager", [signalOf("n3", at("north"))]);
  on.advance(2);
  assert.deepEqual([waits(on, "n2")?.for, waits(on, "n3")], ["inhibition", null]);
});

test("when the source is over, what it muted elsewhere is raised after its grace, unless it is over too", () => {
  const on = world("over", inhibition);
  on.signal("generic", [signalOf("cut", at("north", "power"))]);
  on.signal("pagerduty", [signalOf("n1", at("north")), signalOf("n2", at("north"))]);
  on.advance(200);
  on.signal("generic", [signalOf("cut", { action: "resolve" })]);
  on.advance(0.25);
  on.signal("pagerduty", [signalOf("n1", { action: "resolve" })]);
  assert.equal(on.incidentIds().length, 1);
  on.advance(0.5);
  assert.equal(on.incidentIds().length, 2);
  assert.equal(waits(on, "n2"), null);
});

test("two sources that use the same key are two, and neither mutes itself", () => {
  const rule = { ...inhibition, source: [isName("ping")], target: [isName("ping")], equal: [] };
  const on = world("same key", rule);
  on.signal("generic", [signalOf("same", at("north"))]);
  on.signal("pagerduty", [signalOf("same", at("north"))]);
  on.advance(2);
  assert.equal(on.incidentIds().length, 2, "each source and target: nobody would hear of either");
});

test("alerts of one site join one incident whoever sends them, and say by which rule", () => {
  const on = world("group", grouping);
  on.signal("pagerduty", [signalOf("a", at("north")), signalOf("b", at("south"))]);
  const [joined] = on.signal("generic", [signalOf("c", at("north"))]);
  assert.deepEqual([joined?.became, joined?.because], ["joined", "same-group"]);
  const [north, south] = on.incidentIds();
  assert.deepEqual(
    on.alerts().map(({ key, incidentId }) => [key, incidentId]),
    [
      ["a", north],
      ["b", south],
      ["c", north],
    ],
  );
  const [decision] = on.decisions(on.alerts()[2]?.id ?? "");
  assert.deepEqual([decision?.became, decision?.rule?.id], ["grouped", "by-site"]);
  on.signal("pagerduty", [signalOf("a", { action: "resolve" })]);
  assert.equal(on.case(north ?? "").openAlerts, 1);
  on.signal("generic", [signalOf("c", { action: "resolve" })]);
  assert.equal(on.case(north ?? "").openAlerts, 0);
});

test("within each integration, alike alerts of two sources are two incidents", () => {
  const on = world("apart", { ...grouping, across: false });
  on.signal("pagerduty", [signalOf("a", at("north"))]);
  on.signal("generic", [signalOf("c", at("north"))]);
  assert.equal(on.incidentIds().length, 2);
});

test("a sender that names its group as a rule would joins nobody else's", () => {
  for (const rules of [[grouping], []]) {
    const on = world("forged", ...rules);
    on.signal("pagerduty", [signalOf("a", at("north"))]);
    const groupKey = on.alerts()[0]?.groupKey ?? "";
    on.signal("generic", [signalOf("x", { groupKey: groupKey === "a" ? 'across/by-site/["north"]' : groupKey })]);
    on.signal("alertmanager", [signalOf("y", { groupKey: groupKey === "a" ? 'across/by-site/["north"]' : groupKey })]);
    assert.equal(on.incidentIds().length, 3);
  }
});

test("a threshold counts what several sources say, and the one that reaches it calls for all", () => {
  const on = world("count", threshold);
  on.signal("pagerduty", [signalOf("one")]);
  on.advance(2);
  on.signal("generic", [signalOf("two")]);
  assert.deepEqual(waits(on, "two")?.values, { seen: 2, count: 3, minutes: 10 });
  assert.equal(on.incidentIds().length, 0);
  on.advance(2);
  on.signal("alertmanager", [signalOf("three")]);
  assert.deepEqual(
    on.alerts().map((one) => one.waits),
    [null, null, null],
  );
  const apart = world("count apart", { ...threshold, across: false });
  for (const source of ["pagerduty", "generic", "alertmanager"]) apart.signal(source, [signalOf(source)]);
  assert.equal(apart.incidentIds().length, 0);
});

test("whatever the order of arrival and resolution over three sources, what is muted in the end is the same", () => {
  const chance = createChance(11);
  for (let run = 0; run < 60; run++) {
    const on = world(`order ${run}`, inhibition);
    const firing = new Map<string, { readonly from: string; readonly site: string; readonly check: string }>();
    for (let i = 0; i < 10; i++) {
      const from = chance.oneOf(["pagerduty", "generic", "alertmanager"]);
      const site = chance.oneOf(["n", "s"]);
      const check = chance.happens(0.3) ? "power" : "ping";
      const key = check === "power" ? `p-${site}` : `k-${site}${chance.below(2)}`;
      const resolves = firing.has(`${from}/${key}`) && chance.happens(0.5);
      if (resolves) firing.delete(`${from}/${key}`);
      else firing.set(`${from}/${key}`, { from, site, check });
      on.signal(from, [signalOf(key, at(site, check, { stateful: true, ...(resolves && { action: "resolve" }) }))]);
    }
    on.advance(240);
    for (const alert of on.alerts().filter(({ status }) => status === "open")) {
      const said = firing.get(`${alert.integrationId}/${alert.key}`);
      assert.ok(said, `${alert.key} in run ${run}`);
      const cut = [...firing.values()].some((one) => one.check === "power" && one.site === said.site);
      assert.equal(alert.waits !== null, said.check === "ping" && cut, `${alert.key} in run ${run}`);
    }
  }
});
