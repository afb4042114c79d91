/** An incident that may be major, on the desk: proposed by written criteria as it changes and as time goes, then its roles are
 *  called and management hears of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProcessDefinition } from "../directory/category-process.ts";
import { firstProcess } from "../directory/default-processes.ts";
import { byId, organisation, person, signalOf, wednesday } from "../drills/organisation.ts";
import { countOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { majorStatus } from "../incidents/major.ts";
import { holderOf } from "../incidents/roles.ts";
import { isRefusal } from "../kernel/refusal.ts";
import type { Directory } from "./directory.ts";

const why = { reason: "payroll is due today" };
const grave = { name: "confirm-priority", input: { impact: 1, urgency: 1 } } as const;
const accept = { name: "accept", input: {} } as const;

/** With a board of directors that is told, and a press office that is called. */
function withMajor(changes: Partial<ProcessDefinition> = {}): Directory {
  const process = { ...firstProcess("major"), ...changes };
  const major = organisation.categories.get("major");
  assert.ok(major);
  return {
    ...organisation,
    people: new Map([...organisation.people, ...byId(person("pia", null), person("max", null, { language: "fr" }))]),
    functions: byId(
      ...organisation.functions.values(),
      { id: "press", nameFr: "Presse", nameEn: "Press", members: ["pia"] },
      { id: "board", nameFr: "Direction", nameEn: "Management", members: ["max"] },
    ),
    categories: new Map([...organisation.categories, ["major", { ...major, process }]]),
  };
}

function begun(t: { name: string }, directory: Directory, service = "payroll"): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory });
  const id = on.open("ana", { title: "Pay is not out", service });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", accept);
  return [on, id];
}
const status = (on: World, id: string) => majorStatus(on.case(id).incident);
const criteria = (on: World, id: string) => on.case(id).incident.major?.criteria.map((one) => one.id);
const told = (on: World, who: string) =>
  on
    .mailbox(who)
    .filter(({ about }) => about.startsWith("major-"))
    .map(({ about }) => about);

test("a criterion proposes it in the very step that meets it, once, and whoever can decide hears of it", (t) => {
  const [on, id] = begun(t, withMajor());
  assert.equal(status(on, id), "none");
  on.command(id, "ana", { name: "set-impact-urgency", input: { impact: 1, urgency: 1 } });
  assert.deepEqual([status(on, id), criteria(on, id)], ["proposed", ["vital-function-stopped"]]);
  assert.deepEqual([told(on, "cleo"), told(on, "dan")], [["major-proposed"], ["major-proposed"]]);
  on.command(id, "cleo", grave);
  assert.deepEqual(criteria(on, id), ["vital-function-stopped"], "the same is not said twice");
  on.command(id, "ana", { name: "set-domains", input: { domains: ["employees", "customers", "services"] } });
  assert.deepEqual(criteria(on, id), ["vital-function-stopped", "many-domains"], "another adds its own");
});

test("what is recorded at once is weighed at once: one proposal says all that is met", (t) => {
  const on = createWorld({ seed: t.name, start: wednesday, directory: withMajor() });
  const domains = ["employees", "customers", "services"];
  const id = on.open("ana", { title: "Nothing works", service: "payroll", domains, impact: 1, urgency: 1 });
  assert.ok(!isRefusal(id));
  assert.deepEqual(criteria(on, id), ["vital-function-stopped", "many-domains"]);
  assert.deepEqual([countOf(on, id, "major.proposed"), told(on, "dan")], [1, ["major-proposed"]]);
});

test("a criterion on alerts is weighed at each that joins", (t) => {
  const many = { id: "many-alerts", words: { en: "Three alerts", fr: "Trois alertes" }, when: { alertsMin: 3 } };
  const on = createWorld({ seed: t.name, start: wednesday, directory: withMajor({ entry: [many] }) });
  const statuses = ["a", "b", "c"].map((key) => {
    on.signal("pagerduty", [signalOf(key, { groupKey: "disks" })]);
    return status(on, onlyIncident(on));
  });
  assert.deepEqual(statuses, ["none", "none", "proposed"]);
});

test("a criterion on alerts and time is weighed when its time comes, where only alerts changed; none before it is forgotten", (t) => {
  const words = { en: "w", fr: "w" };
  const many = { id: "many-for-long", words, when: { alertsMin: 3, downMinutes: 60 } };
  const long = { id: "long", words, when: { downMinutes: 40 } };
  for (const entry of [[many], [many, long]]) {
    const on = createWorld({ seed: t.name, start: wednesday, directory: withMajor({ entry }) });
    for (const key of ["a", "b", "c"]) on.signal("pagerduty", [signalOf(key, { groupKey: "disks" })]);
    const id = onlyIncident(on);
    on.advance(45);
    assert.deepEqual(criteria(on, id) ?? [], entry.length === 1 ? [] : ["long"]);
    on.advance(20);
    assert.deepEqual(criteria(on, id)?.at(-1), "many-for-long");
    assert.equal(countOf(on, id, "major.proposed"), entry.length);
  }
});

test("the alerts that come with another incident are weighed where they come to", (t) => {
  const many = { id: "many-alerts", words: { en: "w", fr: "w" }, when: { alertsMin: 2 } };
  const on = createWorld({ seed: t.name, start: wednesday, directory: withMajor({ entry: [many] }) });
  on.signal("pagerduty", [signalOf("a", { groupKey: "disks" })]);
  const into = onlyIncident(on);
  on.signal("pagerduty", [signalOf("b", { groupKey: "power" })]);
  const other = on.incidentIds().find((id) => id !== into) ?? "";
  assert.equal(on.command(other, "cleo", { name: "merge", input: { into } }), null);
  assert.equal(status(on, into), "proposed");
});

test("what nobody follows stays so until another criterion is met", (t) => {
  const [on, id] = begun(t, withMajor());
  on.command(id, "cleo", grave);
  assert.equal(on.command(id, "cleo", { name: "stand-down-major", input: {} }, why), null);
  on.command(id, "cleo", { name: "confirm-priority", input: { impact: 3, urgency: 3 } });
  on.command(id, "cleo", grave);
  assert.equal(status(on, id), "stood-down");
  on.advance(61);
  assert.deepEqual([status(on, id), criteria(on, id)], ["proposed", ["grave-and-long"]]);
});

test("one that waits proposes when its time comes, and not once the service is back or the priority another", (t) => {
  const cases = [
    [null, "proposed"],
    [{ name: "declare-restored", input: { text: null } }, "none"],
    [{ name: "confirm-priority", input: { impact: 4, urgency: 4 } }, "none"],
  ] as const;
  for (const [between, expected] of cases) {
    const [on, id] = begun(t, withMajor(), "billing");
    on.command(id, "cleo", grave);
    on.advance(50);
    assert.equal(status(on, id), "none");
    if (between) assert.equal(on.command(id, "cleo", between), null);
    on.advance(15);
    assert.equal(status(on, id), expected, between?.name ?? "nothing");
  }
});

test("declared: each role that has a function is called for it, and management is told, in its language", (t) => {
  const roles = firstProcess("major").roles.map((one) =>
    one.id === "customer-liaison" ? { ...one, function: "press" } : one,
  );
  const [on, id] = begun(t, withMajor({ roles, informed: ["board"] }));
  on.command(id, "cleo", grave);
  assert.deepEqual([pagesOf(on, "pia"), told(on, "max")], [0, []]);
  assert.equal(on.command(id, "cleo", { name: "declare-major", input: {} }), null);
  assert.deepEqual([status(on, id), pagesOf(on, "pia"), pagesOf(on, "max")], ["declared", 1, 0]);
  const [asked] = on.case(id).incident.escalations ?? [];
  assert.deepEqual([asked?.to, asked?.expected.split(" – ")[0]], ["press", "Customer liaison"]);
  assert.equal(on.command(id, "pia", { name: "acknowledge-escalation", input: {} }), null);
  assert.equal(
    holderOf(on.case(id).incident, "customer-liaison")?.id,
    "pia",
    "whoever answers the call holds the role",
  );
  on.command(id, "cleo", { name: "declare-restored", input: { text: null } });
  on.command(id, "cleo", { name: "stand-down-major", input: {} }, why);
  assert.deepEqual(told(on, "max"), ["major-declared", "major-restored", "major-stood-down"]);
  assert.deepEqual(told(on, "cleo"), ["major-proposed"], "nobody is told what they did themselves");
});

test("stood down, nobody is called for its roles any more; declared again, who has one is not called twice", (t) => {
  const roles = firstProcess("major").roles.map((one) =>
    one.id === "customer-liaison" ? { ...one, function: "press" } : one,
  );
  const [on, id] = begun(t, withMajor({ roles, informed: ["board"] }));
  const declare = { name: "declare-major", input: {} } as const;
  const standDown = { name: "stand-down-major", input: {} } as const;
  const asked = () => on.case(id).incident.escalations?.map(({ status }) => status);
  assert.equal(on.command(id, "cleo", { name: "propose-major", input: {} }, why), null);
  assert.equal(on.command(id, "cleo", standDown, why), null);
  assert.deepEqual(told(on, "max"), [], "management never heard of the proposal");
  assert.equal(on.command(id, "cleo", declare, why), null);
  assert.equal(on.command(id, "cleo", standDown, why), null);
  assert.deepEqual([asked(), pagesOf(on, "pia")], [["ended"], 1]);
  on.advance(120);
  assert.equal(pagesOf(on, "pia"), 1, "not called for what is over");
  assert.equal(on.command(id, "cleo", declare, why), null);
  assert.deepEqual([asked(), pagesOf(on, "pia")], [["ended", "requested"], 2]);
  assert.equal(on.command(id, "pia", { name: "acknowledge-escalation", input: {} }), null);
  assert.equal(on.command(id, "cleo", standDown, why), null);
  assert.equal(on.command(id, "cleo", declare, why), null);
  assert.deepEqual([asked(), pagesOf(on, "pia")], [["ended", "acknowledged"], 2], "who has it knows");
});

test("recorded as major by somebody who may declare it, it is; by another it is proposed", (t) => {
  const on = createWorld({ seed: t.name, start: wednesday, directory: withMajor() });
  for (const [who, expected] of [
    ["cleo", "declared"],
    ["ana", "proposed"],
  ] as const) {
    const id = on.open(who, { title: "All is down", categories: ["major"] });
    assert.ok(!isRefusal(id));
    assert.equal(status(on, id), expected);
  }
});

test("without criteria nothing is proposed; in an exercise as in earnest", (t) => {
  const [on, id] = begun(t, withMajor({ entry: [] }));
  on.command(id, "cleo", grave);
  on.advance(120);
  assert.equal(status(on, id), "none");
  const rehearsed = createWorld({ seed: t.name, start: wednesday, directory: withMajor() });
  const drill = rehearsed.open("cleo", {
    title: "Rehearsal",
    service: "payroll",
    exercise: true,
    impact: 1,
    urgency: 1,
  });
  assert.ok(!isRefusal(drill));
  assert.equal(status(rehearsed, drill), "proposed");
});
