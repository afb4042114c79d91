/** Given what came and what people did, when a rule about noise is added, changed or removed, then these incidents are not opened,
 *  joined or later, and these pages are not sent, later or to somebody else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Alert } from "../alerts/decide.ts";
import type { Directory } from "../desk/directory.ts";
import { minuteMs, parseIso } from "../kernel/time.ts";
import type { JsonObject, Severity } from "../kernel/vocabulary.ts";
import { compileNoise, type Noise } from "../noise/compiled.ts";
import { everywhere, type Matcher } from "../noise/matching.ts";
import type { NoiseRule } from "../noise/rules.ts";
import { createChance } from "./chance.ts";
import { drawNoise } from "./noise.ts";
import { type NoisePart, noisePart, noiseRun, type RealPlace } from "./noise-part.ts";
import { type Life, type NoisePast, type NoiseSide, type PastAlert, runNoise } from "./noise-run.ts";
import { organisation, signalOf, wednesday } from "./organisation.ts";
import { replaySide } from "./replay.ts";
import { type PastFact, pagingsOf } from "./replay-history.ts";
import { type ReplayPart, replayPairs } from "./replay-sum.ts";
import { createWorld, type World } from "./world.ts";

const named = (id: string) => ({ id, version: 1, name: id, enabled: true, scope: everywhere });
const wait = (minutes: number): NoiseRule => ({ ...named("wait"), kind: "wait", minutes });
const three: NoiseRule = {
  ...named("three"),
  kind: "threshold",
  across: false,
  count: 3,
  minutes: 10,
  atLatestMinutes: null,
};
const bySite: NoiseRule = {
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
const powerCut: NoiseRule = {
  ...named("power-cut"),
  kind: "inhibition",
  across: false,
  sourceIntegration: null,
  source: [isName("power")],
  target: [isName("ping")],
  equal: ["site"],
  graceSeconds: 30,
};
const of = (...rules: readonly NoiseRule[]): Noise | null => compileNoise({ silences: [], windows: [], rules });
const at = (site: string, check = "ping") => ({ details: { labels: { site, check } } });

const start = (name: string, noise: Noise | null = null): World =>
  createWorld({ seed: name, start: wednesday, directory: { ...organisation, noise } });

/** As a store would have kept it; `said`: how its sender called the group of each. */
function pastOf(on: World): {
  past: NoisePast;
  placeOf: (id: string) => RealPlace | null;
  read: ReturnType<typeof readOf>;
} {
  const alerts = on.alerts().map((one): PastAlert => {
    const bySource = one.status === "resolved" || (one.status === "ended" && one.stateful);
    const endedAt = bySource ? one.endedAt : null;
    const { id, integrationId, key, title, severity, source, stateful, details, openedAt, lastAt, count } = one;
    const kept = { id, integrationId, key, title, severity, source, stateful, details, openedAt, lastAt, count };
    return { ...kept, groupKey: one.key, serviceId: null, endedAt };
  });
  const read = readOf(on);
  const placeOf = (id: string): RealPlace | null => {
    const alert = on.alerts().find((one) => one.id === id);
    const incident = read.find((one) => one.id === alert?.incidentId);
    if (!alert || !incident) return null;
    const { milestones, acceptedBy } = on.case(incident.id).incident;
    const after = (when: number | undefined): number | null => (when === undefined ? null : when - incident.reportedAt);
    const accepted = after(milestones.accepted);
    const life: Life = {
      acceptedBy: acceptedBy && accepted !== null ? { id: acceptedBy.id, afterMs: accepted } : null,
      restoredMs: after(milestones.restored),
      resolvedMs: after(milestones.resolved),
      endedMs: after(milestones.closed),
    };
    const opens = alert.placed === "new";
    return { opened: opens ? incident : null, incidentId: incident.id, life };
  };
  const until = on.now();
  return {
    past: {
      alerts: alerts.toSorted((a, b) => a.openedAt - b.openedAt),
      lifeOf: (id) => placeOf(id)?.life ?? null,
      until,
    },
    placeOf,
    read,
  };
}

function readOf(on: World) {
  return on.incidentIds().map((id) => {
    const { number, service } = on.case(id).incident;
    const facts = on.record(id).entries.map(({ type, recordedAt, data }): PastFact => {
      const { personId, priority, categories, reason } = data as JsonObject & {
        personId?: string;
        priority?: number;
        categories?: string[];
        reason?: string;
      };
      const said = {
        personId: personId ?? null,
        priority: priority ?? null,
        categories: categories ?? [],
        reason: reason ?? null,
      };
      return { type, at: parseIso(recordedAt) ?? 0, ...said, assigned: [] };
    });
    const reportedAt = facts[0]?.at ?? 0;
    return { id, number, reportedAt, pagings: pagingsOf({ id, number, serviceId: service }, facts, on.now()) };
  });
}

function run(past: NoisePast, noise: Noise | null, directory: Directory = organisation): NoiseSide {
  const going = runNoise(past, directory, noise);
  for (;;) {
    const { done, value } = going.next();
    if (done) return value;
  }
}

type Told = { readonly part: NoisePart; readonly sums: ReplayPart };

const given = (on: World, before: Noise | null = null) => ({
  when: (after: Noise | null): Told => {
    const { past, placeOf, read } = pastOf(on);
    const sides = { before: run(past, before), after: run(past, after) };
    const whole = noiseRun(sides, { alertIds: past.alerts.map(({ id }) => id), placeOf, until: past.until });
    const part = noisePart(whole, read, { from: wednesday, until: past.until + 1 });
    const pagings = part.due.flatMap((one) => one.before ?? one.after ?? []);
    const one = { before: replaySide(organisation, pagings), after: replaySide(organisation, pagings) };
    return { part, sums: replayPairs(part.due, one) };
  },
});
const changes = ({ part }: Told) => part.changes.map(({ kind, rule }) => [kind, rule?.name ?? null]);
const told = ({ sums }: Told) =>
  sums.differences.map(({ kind, before, after, because }) => [kind, before?.personId, after?.personId, because]);

/** One blip of two minutes, that Ana takes after three; one that lasts, that she takes too. */
function twoAlerts(name: string, noise: Noise | null = null): World {
  const on = start(name, noise);
  on.signal("pagerduty", [signalOf("blip", at("north"))]);
  on.advance(2);
  on.signal("pagerduty", [signalOf("blip", { ...at("north"), action: "resolve" })]);
  on.advance(60);
  on.signal("pagerduty", [signalOf("disk", at("south"))]);
  on.advance(3);
  const last = on.incidentIds().at(-1) ?? "";
  on.command(last, "ana", { name: "accept", input: {} });
  on.advance(30);
  on.signal("pagerduty", [signalOf("disk", { ...at("south"), action: "resolve" })]);
  on.advance(30);
  return on;
}

test("without a change nothing differs, and the pages are those that were sent", (t) => {
  const { part, sums } = given(twoAlerts(t.name)).when(of());
  assert.deepEqual([part.changes, part.opened, sums.differences], [[], { before: 2, after: 2 }, []]);
  assert.deepEqual(sums.pages, { before: 2, after: 2 });
  assert.deepEqual(sums.delays, { before: [[0, 2]], after: [[0, 2]] });
});

test("what resolves within a wait is not opened, and calls nobody; what lasts calls as much later", (t) => {
  const found = given(twoAlerts(t.name)).when(of(wait(5)));
  assert.deepEqual(changes(found), [
    ["later", "wait"],
    ["not-opened", "wait"],
  ]);
  assert.deepEqual(told(found), [
    ["unsent", "ana", undefined, "not-opened"],
    ["moved", "ana", "ana", "opened-later"],
  ]);
  assert.deepEqual(found.sums.pages, { before: 2, after: 1 });
  assert.deepEqual(found.sums.delays.after, [[5 * minuteMs, 1]], "since the alert came");
  assert.deepEqual(found.part.opened, { before: 2, after: 1 });
});

test("removing the wait opens the one that never was, and its page is new", (t) => {
  const found = given(twoAlerts(t.name, of(wait(5))), of(wait(5))).when(of());
  assert.deepEqual(changes(found).toSorted(), [
    ["opened", "wait"],
    ["sooner", "wait"],
  ]);
  assert.deepEqual(told(found), [
    ["new", undefined, "ana", "opened"],
    ["moved", "ana", "ana", "opened-sooner"],
  ]);
  assert.equal(found.sums.differences[0]?.incident.number, "", "no incident of then");
});

test("what a rule groups joins the first of its group: their pages are no longer sent, and it is said which it joins", (t) => {
  const on = start(t.name);
  for (const key of ["one", "two", "three"]) {
    on.signal("pagerduty", [signalOf(key, at("north"))]);
    on.advance(1);
  }
  on.signal("pagerduty", [signalOf("elsewhere", at("south"))]);
  on.advance(30);
  const [first] = on.alerts();
  const found = given(on).when(of(bySite));
  assert.deepEqual(changes(found), [
    ["joined", null],
    ["joined", null],
  ]);
  assert.ok(found.part.changes.every(({ into }) => into === first?.id));
  assert.equal(found.sums.pages.after, found.sums.pages.before / 2);
  assert.ok(told(found).every(([kind, , , because]) => kind === "unsent" && because === "joined"));
});

test("a kind of failure that joins what somebody has asks them anew: a page that there was not", (t) => {
  const on = start(t.name);
  on.signal("pagerduty", [signalOf("one", at("north"))]);
  on.advance(2);
  on.command(on.incidentIds()[0] ?? "", "ana", { name: "accept", input: {} });
  on.advance(20);
  on.signal("pagerduty", [signalOf("two", at("north", "disk"))]);
  on.advance(40);
  const found = given(on).when(of(bySite));
  assert.deepEqual(changes(found), [["joined", null]]);
  assert.ok(
    told(found).some(([kind, , after, because]) => kind === "new" && after === "ana" && because === "asked-anew"),
  );
});

test("what another mutes, or what comes too seldom, is not opened while it lasts", (t) => {
  const on = start(t.name);
  on.signal("pagerduty", [signalOf("power", at("north", "power"))]);
  on.signal("pagerduty", [signalOf("ping", at("north"))]);
  on.advance(10);
  on.signal("pagerduty", [signalOf("ping", { ...at("north"), action: "resolve" })]);
  on.advance(10);
  const muted = given(on).when(of(powerCut));
  assert.deepEqual(changes(muted), [["not-opened", "power-cut"]]);
  const counted = given(on).when(of(three));
  assert.deepEqual(changes(counted).toSorted(), [
    ["not-opened", "three"],
    ["still-waits", "three"],
  ]);
  assert.deepEqual(counted.sums.pages.after, 0);
});

test("a page that leaves later goes to whoever is on call by then", (t) => {
  const on = createWorld({ seed: t.name, start: parseIso("2026-10-12T12:58:00Z") ?? 0, directory: organisation });
  on.signal("pagerduty", [signalOf("disk")]);
  on.advance(30);
  const found = given(on).when(of(wait(5)));
  assert.deepEqual(told(found)[0], ["someone-else", "ana", "ben", "turn"]);
});

test("a storm is the same storm, and a rule that groups what made it leaves one incident without any", (t) => {
  const on = start(t.name);
  const many = Array.from({ length: 30 }, (_, index) => signalOf(`host-${index}`, at("north")));
  for (const one of many) on.signal("pagerduty", [one]);
  on.advance(10);
  assert.equal(on.incidentIds().length, 11);
  const same = given(on).when(of());
  assert.deepEqual([same.part.opened, same.sums.differences], [{ before: 11, after: 11 }, []]);
  const grouped = given(on).when(of(bySite));
  assert.deepEqual(grouped.part.opened, { before: 11, after: 1 });
});

test("in parts, cut where it may be, all is told once and as in one", (t) => {
  const on = twoAlerts(t.name);
  for (let one = 0; one < 12; one += 1) {
    on.signal("pagerduty", [signalOf(`more-${one}`, at(one % 2 === 0 ? "north" : "south"))]);
    on.advance(one % 3 === 0 ? 3 : 11);
    if (one % 4 === 0) on.signal("pagerduty", [signalOf(`more-${one}`, { action: "resolve" })]);
  }
  const { past, placeOf, read } = pastOf(on);
  const alertIds = past.alerts.map(({ id }) => id);
  for (const after of [of(wait(5)), of(bySite), of(three)]) {
    const sides = { before: run(past, of()), after: run(past, after) };
    const whole = noiseRun(sides, { alertIds, placeOf, until: past.until });
    const end = past.until + 1;
    const all = noisePart(whole, read, { from: wednesday, until: end });
    for (const cut of read.map(({ reportedAt }) => reportedAt)) {
      const parts = [
        { from: wednesday, until: cut },
        { from: cut, until: end },
      ].map((time) => noisePart(whole, read, time));
      assert.deepEqual(
        parts.flatMap(({ due }) => due),
        all.due,
      );
      assert.deepEqual(
        parts.toReversed().flatMap((one) => one.changes),
        all.changes,
      );
      assert.equal(parts[0]?.opened.after ?? 0, all.opened.after - (parts[1]?.opened.after ?? 0));
    }
  }
});

test("whatever is said of noise and whatever comes, alerts become in a replay what they became on the desk", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const chance = createChance(seed);
      const noise = drawNoise(chance, wednesday, ["billing", "payroll"]);
      const on = start(`noise-${seed}`, noise);
      for (let round = 0; round < 40; round += 1) {
        const key = `host-${chance.below(3)}${chance.below(6)}`;
        const severity = chance.oneOf<Severity>(["critical", "error", "warning", "info"]);
        const action = chance.happens(0.3) ? "resolve" : "trigger";
        const integration = chance.oneOf(["pagerduty", "generic"]);
        /* When a source says again what it said is not kept. */
        const isLive = ({ endedAt, ...one }: Alert) =>
          one.key === key && one.integrationId === integration && endedAt === null;
        if (action === "trigger" && on.alerts().some(isLive)) continue;
        on.signal(integration, [signalOf(key, { severity, action, stateful: true })]);
        on.advance(chance.oneOf([0.1, 1, 7]));
      }
      on.advance(90);
      const { past } = pastOf(on);
      const side = run(past, noise);
      /* Which of several that are raised at one instant is first is nobody's promise: incidents are told by their beginning and size. */
      const shape = (leaders: readonly (readonly [string, number])[]): string[] =>
        [...Map.groupBy(leaders, ([leader]) => leader).values()]
          .map((those) => `${those[0]?.[1]} ${those.length}`)
          .toSorted();
      const real: [string, number][] = [];
      const again: [string, number][] = [];
      for (const { id, key, incidentId, endedAt } of on.alerts()) {
        const fate = side.alerts.get(id);
        if (incidentId === null)
          assert.equal(fate?.became, endedAt === null ? "waits" : "never-raised", `seed ${seed} ${key}`);
        else {
          real.push([incidentId, on.case(incidentId).incident.milestones.reported ?? 0]);
          again.push([fate?.leader ?? "", side.incidents.get(fate?.leader ?? "")?.openedAt ?? 0]);
        }
      }
      assert.deepEqual(shape(again), shape(real), `seed ${seed}`);
      assert.equal(side.incidents.size, on.incidentIds().length);
    }),
    { numRuns: 60, seed: 20261126 },
  );
});
