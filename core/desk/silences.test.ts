/** Silences and maintenance: nobody is called, nothing is lost. Each scenario runs the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { countOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { hourMs, minuteMs } from "../kernel/time.ts";
import { compileNoise, type Said } from "../noise/compiled.ts";
import { everywhere, type Scope } from "../noise/matching.ts";
import type { Silence } from "../noise/silences.ts";
import type { Directory, Integration } from "./directory.ts";

const nothing: Said = { silences: [], windows: [], rules: [] };
const saying = (said: Partial<Said>): Directory => ({
  ...organisation,
  noise: compileNoise({ ...nothing, ...said }),
});
const about = (scope: Partial<Scope>): Scope => ({ ...everywhere, ...scope });
const silence = (changes: Partial<Silence> = {}): Silence => ({
  id: "s1",
  version: 1,
  reason: "the switch is being replaced",
  createdBy: "ana",
  scope: about({ matchers: [{ label: "site", operator: "=", value: "north" }] }),
  from: wednesday,
  until: wednesday + hourMs,
  ...changes,
});
const world = (t: { name: string }, directory: Directory): World =>
  createWorld({ seed: t.name, start: wednesday, directory });
const north = { details: { labels: { site: "north" } } };

test("what a silence is about calls nobody and opens nothing, and says which silence and until when", (t) => {
  const on = world(t, saying({ silences: [silence()] }));
  const [result] = on.signal("pagerduty", [signalOf("disk", north), signalOf("cpu")]);
  assert.deepEqual([result?.became, result?.because, result?.incidentId], ["waits", "silence", null]);
  assert.equal(on.incidentIds().length, 1, "the other is raised as always");
  const [alert] = on.alerts();
  assert.equal(alert?.status, "open");
  assert.deepEqual(
    [alert?.waits?.rule.id, alert?.waits?.rule.version, alert?.waits?.until],
    ["s1", 1, wednesday + hourMs],
  );
  on.advance(59);
  assert.equal(on.incidentIds().length, 1);
});

test("when a silence ends, what is still firing is raised then, and the rest never was", (t) => {
  const on = world(t, saying({ silences: [silence()] }));
  on.signal("pagerduty", [signalOf("disk", north), signalOf("fan", north)]);
  on.advance(10);
  on.signal("pagerduty", [signalOf("fan", { ...north, action: "resolve" })]);
  on.advance(51);
  const [incident = ""] = on.incidentIds();
  assert.equal(on.incidentIds().length, 1);
  assert.equal(on.mailbox("ana").filter(({ about: what }) => what === "page").length, 1);
  assert.equal(on.case(incident).incident.milestones.reported, wednesday + hourMs);
  const [disk, fan] = on.alerts();
  assert.deepEqual([disk?.incidentId, disk?.waits, disk?.placed], [incident, null, "new"]);
  assert.deepEqual([fan?.status, fan?.incidentId, fan?.waits?.for], ["resolved", null, "silence"]);
  const became = (id = ""): string[] => on.decisions(id).map((one) => one.became);
  assert.deepEqual(
    [became(disk?.id), became(fan?.id)],
    [
      ["waits", "raised"],
      ["waits", "never-raised"],
    ],
  );
});

test("a silence ended early raises at once what it held back", (t) => {
  const on = world(t, saying({ silences: [silence()] }));
  on.signal("pagerduty", [signalOf("disk", north)]);
  on.advance(5);
  on.setUp(saying({ silences: [silence({ version: 2, until: wednesday + 5 * minuteMs })] }));
  assert.equal(on.incidentIds().length, 1);
  assert.equal(on.case(on.incidentIds()[0] ?? "").incident.milestones.reported, wednesday + 5 * minuteMs);
});

test("of two silences the longer holds, and a longer one made meanwhile takes over", (t) => {
  const longer = silence({ id: "s2", until: wednesday + 3 * hourMs });
  const on = world(t, saying({ silences: [silence()] }));
  on.signal("pagerduty", [signalOf("disk", north)]);
  on.advance(30);
  on.setUp(saying({ silences: [silence(), longer] }));
  on.advance(60);
  assert.equal(on.incidentIds().length, 0);
  assert.equal(on.alerts()[0]?.waits?.rule.id, "s2");
  on.advance(91);
  assert.equal(on.incidentIds().length, 1);
});

test("what waited comes back to where its key was, as a relapse", (t) => {
  const on = world(t, organisation);
  on.signal("pagerduty", [signalOf("disk", north)]);
  on.signal("pagerduty", [signalOf("disk", { ...north, action: "resolve" })]);
  const [incident = ""] = on.incidentIds();
  on.setUp(saying({ silences: [silence()] }));
  on.signal("pagerduty", [signalOf("disk", north)]);
  on.signal("pagerduty", [signalOf("disk", { ...north, action: "resolve" })]);
  on.signal("pagerduty", [signalOf("disk", north)]);
  assert.equal(countOf(on, incident, "service.relapsed"), 0);
  on.advance(61);
  assert.deepEqual(on.incidentIds(), [incident]);
  assert.equal(countOf(on, incident, "service.relapsed"), 1);
});

test("what waits in thousands becomes a storm when it is raised", (t) => {
  const on = world(t, saying({ silences: [silence()] }));
  on.signal(
    "pagerduty",
    Array.from({ length: 60 }, (_, i) => signalOf(`host-${i}`, north)),
  );
  on.advance(61);
  assert.equal(on.incidentIds().length, 11);
  assert.ok(on.alerts().every(({ incidentId }) => incidentId !== null));
});

test("maintenance on a service holds back what is about it, by the clocks of its zone", (t) => {
  const window = {
    id: "w1",
    version: 3,
    name: "patches",
    scope: everywhere,
    serviceIds: ["billing"],
    when: { once: { from: wednesday, until: wednesday + 2 * hourMs } },
  };
  const on = world(t, saying({ windows: [window] }));
  const [one] = on.signal("pagerduty", [signalOf("disk")]);
  assert.deepEqual([one?.became, one?.because], ["waits", "window"]);
  const [other] = on.signal("pagerduty", [signalOf("fan", { serviceId: "payroll" })]);
  assert.equal(other?.became, "opened");
  on.advance(121);
  assert.equal(on.incidentIds().length, 2);
});

test("what the desk has to say of itself is held back by nobody", (t) => {
  const own: Integration = {
    id: "own",
    kind: "tocsin",
    name: "Tocsin",
    serviceId: null,
    createdBy: null,
    mapping: null,
  };
  const directory = saying({ silences: [silence({ scope: about({ text: "disk" }) })] });
  const integrations = new Map([...directory.integrations, ["own", own]]);
  const on = world(t, { ...directory, integrations });
  assert.equal(on.signal("own", [signalOf("disk")])[0]?.became, "opened");
});

test("without a rule nothing is kept about noise", (t) => {
  const on = world(t, organisation);
  on.signal("pagerduty", [signalOf("disk")]);
  assert.equal(compileNoise(nothing), null);
  assert.deepEqual([on.alerts()[0]?.waits, on.decisions(on.alerts()[0]?.id ?? "")], [null, []]);
});
