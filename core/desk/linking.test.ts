/** Links and splits between two records, with the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { calm } from "../alerts/storm.ts";
import { organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { linksMax } from "../incidents/links.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { systemActor } from "../kernel/stamp.ts";
import { minuteMs } from "../kernel/time.ts";
import { setAtKey } from "./by-key.ts";
import { needs, openDraft } from "./step.ts";

const why = { reason: "the same cable" };

function desk(t: { name: string }, titles = ["Slow network", "No mail"]): [World, ...string[]] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const ids = titles.map((title) => {
    const id = on.open("ana", { title, service: "billing" });
    assert.ok(!isRefusal(id));
    return id;
  });
  return [on, ...ids];
}
const links = (on: World, id: string) =>
  on.case(id).incident.links?.map(({ incident, kind }) => ({ incident, kind })) ?? [];
const link = (incident: string, kind = "related") => ({ name: "link", input: { incident, kind } }) as never;
const unlink = (incident: string) => ({ name: "unlink", input: { incident } }) as never;

test("a link is in both records, each from its side, and is taken out of both", (t) => {
  const [on, one = "", two = ""] = desk(t);
  assert.equal(on.command(one, "cleo", link(two, "caused-by"), why), null);
  assert.deepEqual(
    [links(on, one), links(on, two)],
    [[{ incident: two, kind: "caused-by" }], [{ incident: one, kind: "causes" }]],
  );
  assert.equal(on.command(two, "cleo", link(one), why)?.refused, "already-linked");
  assert.equal(on.command(two, "cleo", unlink(one), why), null);
  assert.deepEqual([links(on, one), links(on, two)], [[], []]);
});

test("to itself, and in a circle of parts: refused", (t) => {
  const [on, one = "", two = "", three = ""] = desk(t, ["a", "b", "c"]);
  assert.equal(on.command(one, "cleo", link(one), why)?.refused, "link-to-itself");
  assert.equal(on.command(one, "cleo", link(two, "part-of")), null);
  assert.equal(on.command(two, "cleo", link(one, "part-of"))?.refused, "already-linked");
  assert.equal(on.command(two, "cleo", link(three, "part-of")), null);
  assert.equal(on.command(three, "cleo", link(one, "part-of"))?.refused, "whole-is-part");
});

test("a whole that whoever asks may not see does not count, from either side; whoever sees both sees both", (t) => {
  const [on, part = "", secret = "", open = "", small = ""] = desk(t, ["part", "secret", "open", "small"]);
  assert.equal(on.command(part, "cleo", link(secret, "part-of")), null);
  assert.equal(on.command(secret, "cleo", { name: "restrict", input: {} }, why), null);
  assert.equal(on.command(part, "cleo", link(open, "part-of"))?.refused, "already-part", "she sees the whole");
  assert.equal(on.command(open, "cleo", link(part, "has-part"))?.refused, "already-part");
  assert.equal(on.command(small, "cleo", link(part, "part-of"))?.refused, "whole-is-part");
  assert.equal(on.command(small, "ben", link(part, "part-of")), null);
  assert.equal(on.command(open, "ben", link(part, "has-part")), null);
  assert.deepEqual(links(on, part), [
    { incident: secret, kind: "part-of" },
    { incident: small, kind: "has-part" },
    { incident: open, kind: "part-of" },
  ]);
});

test("a circle that nobody saw closing walks nowhere: each of it is split and categorised as any other", (t) => {
  const [on, one = "", two = "", three = ""] = desk(t, ["one", "two", "three"]);
  assert.equal(on.command(two, "cleo", link(three, "part-of")), null);
  assert.equal(on.command(three, "cleo", { name: "restrict", input: {} }, why), null);
  assert.equal(on.command(one, "ben", link(two, "part-of")), null);
  assert.equal(on.command(two, "dan", { name: "restrict", input: {} }, why), null);
  assert.equal(on.command(three, "cleo", link(one, "part-of")), null, "she does not see two");
  for (const id of [one, two, three]) {
    assert.equal(on.command(id, "dan", { name: "add-task", input: { text: "splice", person: "ana" } }), null);
    assert.equal(on.command(id, "dan", { name: "split", input: { title: "x", tasks: [1] } }, why), null);
    assert.equal(on.command(id, "dan", { name: "categorise", input: { categories: ["security"] } }), null);
  }
  on.advance(600);
});

test("a restricted one is as if it were not there; the open one says nothing of it, and does not move", (t) => {
  const [on, open = "", secret = ""] = desk(t);
  assert.equal(on.command(secret, "cleo", { name: "restrict", input: {} }, why), null);
  assert.equal(on.command(open, "ben", link(secret), why)?.refused, "incident-unknown");
  const before = on.record(open).count;
  on.advance(5);
  assert.equal(on.command(open, "cleo", link(secret, "part-of"), why)?.refused, "link-restricted");
  assert.equal(on.command(open, "cleo", link(secret), why), null);
  assert.equal(on.record(open).count, before);
  assert.deepEqual([links(on, open), links(on, secret)], [[], [{ incident: open, kind: "related" }]]);
  assert.equal(on.command(open, "cleo", unlink(secret), why), null);
  assert.deepEqual([on.record(open).count, links(on, secret)], [before, []]);
});

test("a workstream is split off with its tasks: its lead has the new one, both records say so, nothing is lost or doubled", (t) => {
  const [on, id = ""] = desk(t);
  on.command(id, "cleo", { name: "accept", input: {} });
  on.command(id, "cleo", { name: "confirm-priority", input: { impact: 2, urgency: 2 } });
  on.command(id, "cleo", { name: "open-workstream", input: { title: "Cabling", purpose: "a link", person: "dan" } });
  on.command(id, "dan", { name: "accept-workstream", input: { workstream: 1 } });
  const opened = on.case(id).incident.workstreams?.[0]?.at;
  on.command(id, "dan", { name: "add-task", input: { text: "splice", person: "ana", workstream: 1 } });
  on.command(id, "cleo", { name: "add-task", input: { text: "tell", person: "ana" } });
  on.advance(10);
  const clocks = on.case(id).incident.milestones;
  assert.equal(on.command(id, "cleo", { name: "split", input: { title: "The cable", workstream: 1 } }, why), null);
  const data = lastOf(on, id, "incident.split").data as { into: string; intoNumber: string };
  const made = on.case(data.into).incident;
  assert.equal(data.intoNumber, made.number);
  assert.deepEqual(on.case(id).incident.milestones, clocks);
  assert.deepEqual(
    [made.title, made.service, made.acceptedBy?.id, made.priority, made.milestones.reported],
    [{ text: "The cable" }, "billing", "dan", on.case(id).incident.priority, opened],
  );
  assert.deepEqual(
    [made.tasks?.map(({ text }) => text), on.case(id).incident.tasks?.map(({ status }) => status)],
    [["splice"], ["moved", "open"]],
  );
  assert.deepEqual(
    [links(on, id), links(on, data.into)],
    [[{ incident: data.into, kind: "has-part" }], [{ incident: id, kind: "part-of" }]],
  );
  on.advance(600);
  assert.equal(countOf(on, id, "workstream.stale"), 0, "what has left is silent nowhere else");
});

test("alerts split off hold the new incident alone, call for it, and no longer the one they came from", (t) => {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const results = on.signal("alertmanager", [
    signalOf("disk-1", { groupKey: "db", stateful: true, startsAt: wednesday - 7 * minuteMs }),
    signalOf("disk-2", { groupKey: "db", stateful: true }),
  ]);
  const id = results[0]?.incidentId ?? "";
  assert.equal(on.case(id).openAlerts, 2);
  on.command(id, "cleo", { name: "accept", input: {} });
  const alerts = [{ integrationId: "alertmanager", key: "disk-1", groupKey: "db" }];
  assert.equal(on.command(id, "cleo", { name: "split", input: { title: "Disk 1", alerts } }, why), null);
  const { into } = lastOf(on, id, "incident.split").data as { into: string };
  assert.deepEqual([on.case(id).openAlerts, on.case(into).openAlerts], [1, 1]);
  assert.deepEqual([on.case(id).firingAlerts, on.case(into).firingAlerts], [1, 1]);
  assert.equal(on.case(into).paging.status, "running");
  assert.equal(on.case(into).incident.milestones.reported, wednesday - 7 * minuteMs);
  assert.equal(
    on.command(id, "cleo", { name: "split", input: { title: "Again", alerts } }, why)?.refused,
    "alert-not-here",
  );
  on.signal("alertmanager", [signalOf("disk-1", { groupKey: "db", stateful: true, action: "resolve" })]);
  assert.deepEqual([on.case(id).openAlerts, on.case(into).openAlerts], [1, 0]);
});

test("what is split off a restricted incident admits nobody else", (t) => {
  const [on, id = ""] = desk(t);
  on.command(id, "cleo", { name: "accept", input: {} });
  on.command(id, "cleo", { name: "restrict", input: {} }, why);
  on.command(id, "cleo", { name: "add-task", input: { text: "splice", person: "ana" } });
  const was = on.case(id).incident;
  assert.equal(on.command(id, "cleo", { name: "split", input: { title: "The cable", tasks: [1] } }, why), null);
  const { into } = lastOf(on, id, "incident.split").data as { into: string };
  const { restriction } = on.case(into).incident;
  const before = new Set([...(was.restriction?.members ?? []).map((one) => one.id), "cleo", "ana", ...was.asked]);
  assert.ok(restriction?.since !== null && restriction?.members.every((one) => before.has(one.id)));
  assert.equal(on.command(into, "ben", { name: "add-observation", input: { text: "x" } })?.refused, "incident-unknown");
});

test("an alert that is named twice leaves once", (t) => {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const all = ["disk-1", "disk-2"].map((key) => signalOf(key, { groupKey: "db", stateful: true }));
  const id = on.signal("alertmanager", all)[0]?.incidentId ?? "";
  const one = { integrationId: "alertmanager", key: "disk-1", groupKey: "db" };
  assert.equal(on.command(id, "cleo", { name: "split", input: { title: "Disk 1", alerts: [one, one] } }, why), null);
  const { into, alerts } = lastOf(on, id, "incident.split").data as { into: string; alerts: number };
  assert.deepEqual([alerts, on.case(id).openAlerts, on.case(into).openAlerts], [1, 1, 1]);
  assert.deepEqual([on.case(id).firingAlerts, on.case(into).firingAlerts], [1, 1]);
});

test("a split to somebody who has left is refused, and not silently given to nobody", (t) => {
  const people = new Map(organisation.people);
  const ben = people.get("ben");
  assert.ok(ben);
  const on = createWorld({
    seed: t.name,
    start: wednesday,
    directory: { ...organisation, people: people.set("ben", { ...ben, active: false }) },
  });
  const id = on.open("ana", { title: "Slow network", service: "billing" });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", { name: "accept", input: {} });
  on.command(id, "cleo", { name: "add-task", input: { text: "splice" } });
  const split = { name: "split", input: { title: "The cable", tasks: [1], person: "ben" } } as const;
  assert.equal(on.command(id, "cleo", split, why)?.refused, "person-inactive");
});

test("neither end of a link has more than an incident may have", (t) => {
  const [on, whole = "", ...parts] = desk(
    t,
    Array.from({ length: linksMax + 2 }, (_, index) => `part ${index}`),
  );
  for (const part of parts.slice(0, linksMax)) assert.equal(on.command(part, "cleo", link(whole)), null);
  assert.equal(on.command(parts.at(-1) ?? "", "cleo", link(whole))?.refused, "links-full");
  assert.equal(links(on, whole).length, linksMax);
});

test("those that whoever asks may not see do not fill it", (t) => {
  const [on, whole = "", secret = "", ...parts] = desk(
    t,
    Array.from({ length: linksMax + 2 }, (_, index) => `part ${index}`),
  );
  for (const part of [secret, ...parts.slice(0, -1)]) assert.equal(on.command(part, "cleo", link(whole)), null);
  assert.equal(on.command(secret, "cleo", { name: "restrict", input: {} }, why), null);
  const [last = ""] = parts.slice(-1);
  assert.equal(on.command(last, "cleo", link(whole))?.refused, "links-full");
  const task = { name: "add-task", input: { text: "splice", person: "ana" } } as const;
  assert.equal(on.command(whole, "cleo", task), null);
  const split = { name: "split", input: { title: "x", tasks: [1] } } as const;
  assert.equal(on.command(whole, "cleo", split, why)?.refused, "links-full");
  assert.equal(on.command(last, "ben", link(whole)), null);
  assert.equal(on.command(last, "ben", unlink(whole), why), null);
  assert.equal(on.command(whole, "ben", split, why), null);
});

test("that a restricted one is linked no more is said in its own record alone, and believed", (t) => {
  for (const from of ["open", "secret"] as const) {
    const [on, open = "", secret = ""] = desk(t);
    assert.equal(on.command(open, "cleo", link(secret), why), null);
    assert.equal(on.command(secret, "cleo", { name: "restrict", input: {} }, why), null);
    const [at, other] = from === "open" ? [open, secret] : [secret, open];
    const before = on.record(open).entries.length;
    assert.equal(on.command(at, "cleo", unlink(other), { reason: "it is about theft" }), null);
    assert.equal(on.record(open).entries.length, before, "nothing touches the open one");
    assert.equal(lastOf(on, secret, "incident.unlinked").reason, "it is about theft", from);
    assert.deepEqual([links(on, secret), on.case(secret).incident.apart], [[], [open]]);
    assert.equal(on.command(at, "cleo", unlink(other), why)?.refused, "not-linked");
    assert.equal(on.command(at, "cleo", link(other), why), null, "they are linked again, as the secret one says");
    assert.deepEqual([on.case(secret).incident.apart, on.record(open).entries.length], [[], before]);
    assert.equal(on.command(secret, "dan", { name: "lift-restriction", input: {} }, why), null);
    assert.equal(on.command(open, "cleo", unlink(secret), why), null);
    assert.deepEqual([links(on, open), links(on, secret), on.case(secret).incident.apart], [[], [], []]);
  }
});

test("what is split is locked as what arrives is: its integration first, so that no signal has read an alert that leaves", () => {
  const alerts = [{ integrationId: "alertmanager", key: "disk-1", groupKey: "db" }];
  const draft = openDraft({ at: wednesday, mint: () => "new", directory: organisation });
  const input = {
    kind: "command",
    incidentId: "one",
    command: { name: "split", input: { title: "x", alerts } },
    envelope: { at: wednesday, actor: systemActor("desk"), cause: { kind: "test", id: "t" } },
  } as const;
  const asked = () => needs(draft, input as never).map(({ kind }) => kind);
  assert.deepEqual(asked(), ["storm", "alert"]);
  draft.storms.set("alertmanager", calm);
  setAtKey(draft.alerts, "alertmanager", "disk-1", { last: null, groupIncidentId: null });
  assert.deepEqual(asked(), ["case"]);
});
