/** A specialised team activated on an incident: its rota is called until its quorum is there; too few come, and a deputy is called. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Charter } from "../directory/team-charter.ts";
import { byId, organisation, person, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, pagesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { callsFor } from "../escalation/paging-state.ts";
import { askedApart } from "../incidents/asked.ts";
import { nextDeadline } from "../incidents/brief.ts";
import { quorumOf } from "../incidents/teams.ts";
import { isRefusal } from "../kernel/refusal.ts";
import type { Directory } from "./directory.ts";

const words = { fr: "f", en: "e" };
const charter: Charter = {
  mandate: { fr: "Contenir", en: "Contain" },
  roles: [
    { id: "lead", words, count: 1, level: 4, required: true },
    { id: "analyst", words, count: 2, level: null, required: false },
  ],
  people: 2,
  minutes: 15,
  rota: null,
  deputy: "dan",
  contact: null,
};

const withTeam = (changes: Partial<Charter> = {}, more: Partial<Directory> = {}): Directory => ({
  ...organisation,
  people: byId(...organisation.people.values(), person("gil", 4), person("hal", 2)),
  teams: byId(...organisation.teams.values(), {
    id: "csirt",
    name: "CSIRT",
    members: ["gil", "hal"],
    charter: { ...charter, ...changes },
  }),
  ...more,
});

const why = { reason: "an intrusion" };
const activate = { name: "activate-team", input: { team: "csirt" } } as const;
const join = { name: "join-team", input: {} } as const;

function begin(t: { name: string }, directory: Directory = withTeam()): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory });
  const id = on.open("ana", { title: "Strange logins", service: "billing" });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", { name: "accept", input: {} });
  return [on, id];
}
const team = (on: World, id: string) => {
  const [one] = on.case(id).incident.activations ?? [];
  assert.ok(one);
  return one;
};
const told = (on: World, who: string) =>
  on
    .mailbox(who)
    .filter(({ about }) => about.startsWith("team-"))
    .map(({ about }) => about);

test("all are called until as many have come as its quorum takes, with its roles; then calls stop", (t) => {
  const [on, id] = begin(t);
  assert.equal(on.command(id, "cleo", activate, why), null);
  assert.deepEqual([pagesOf(on, "gil"), pagesOf(on, "hal"), pagesOf(on, "ben")], [1, 1, 0]);
  assert.equal(on.command(id, "hal", join), null);
  assert.equal(nextDeadline(on.case(id).incident, on.case(id).paging, on.now())?.what, "call");
  assert.deepEqual(quorumOf(team(on, id)), { met: false, people: 1, needed: 2, roles: ["lead"] });
  on.advance(6);
  assert.equal(pagesOf(on, "hal"), 1, "whoever came is called no more");
  assert.equal(on.command(id, "gil", join), null);
  assert.equal(lastOf(on, id, "team.joined").data?.role, "lead");
  assert.equal(countOf(on, id, "team.quorum-met"), 1);
  assert.equal(callsFor(on.case(id).paging, 1).status, "stopped");
  assert.deepEqual(told(on, "cleo"), ["team-quorum-met"]);
  on.advance(60);
  assert.equal(countOf(on, id, "team.quorum-missed"), 0);
});

test("too few by its time: said once, the deputy is called and joins by taking it, and the quorum that comes late is an entry", (t) => {
  const [on, id] = begin(t);
  on.command(id, "cleo", activate, why);
  on.command(id, "hal", join);
  on.advance(14);
  assert.equal(countOf(on, id, "team.quorum-missed"), 0);
  on.advance(2);
  assert.equal(countOf(on, id, "team.quorum-missed"), 1);
  assert.equal(pagesOf(on, "dan"), 1);
  assert.deepEqual(told(on, "cleo"), ["team-quorum-missed"]);
  assert.equal(on.command(id, "dan", { name: "acknowledge-escalation", input: {} }), null);
  assert.deepEqual(
    team(on, id).members.map((one) => [one.id, one.role]),
    [
      ["hal", "analyst"],
      ["dan", "lead"],
    ],
  );
  assert.equal(lastOf(on, id, "team.quorum-met").data?.late, true);
  on.advance(120);
  assert.equal(countOf(on, id, "team.quorum-missed"), 1);
  assert.equal(told(on, "cleo").length, 2);
});

test("when nobody is left to call, it is not waited for its time", (t) => {
  const [on, id] = begin(t, withTeam({ minutes: 24 * 60 }));
  on.command(id, "cleo", activate, why);
  on.advance(90);
  assert.equal(lastOf(on, id, "team.quorum-missed").data?.because, "nobody-left");
});

test("it is stood down with a reason: calls stop, whoever came and whoever is called hears of it, its deputy is asked no more", (t) => {
  const [on, id] = begin(t);
  on.command(id, "cleo", activate, why);
  on.command(id, "hal", join);
  on.advance(16);
  const down = { name: "stand-down-team", input: {} } as const;
  assert.equal(on.command(id, "cleo", down)?.refused, "reason-required");
  assert.equal(on.command(id, "cleo", down, { reason: "a false alarm" }), null);
  assert.deepEqual([told(on, "hal"), told(on, "gil")], [["team-stood-down"], ["team-stood-down"]]);
  assert.equal(on.case(id).incident.escalations?.[0]?.status, "ended");
  const before = pagesOf(on, "gil") + pagesOf(on, "dan");
  on.advance(120);
  assert.equal(pagesOf(on, "gil") + pagesOf(on, "dan"), before);
  assert.equal(on.command(id, "cleo", down, why)?.refused, "team-not-active");
  assert.equal(on.command(id, "hal", join)?.refused, "team-not-active");
  assert.equal(on.command(id, "cleo", activate, why), null, "and may be activated again");
});

test("what is refused has a name", (t) => {
  const [on, id] = begin(t);
  const refused = (who: string, command: Parameters<World["command"]>[2], around = why) =>
    on.command(id, who, command, around)?.refused;
  assert.equal(refused("ben", activate), "level-too-low");
  assert.equal(refused("cleo", { name: "activate-team", input: { team: "network" } }), "team-without-mandate");
  assert.equal(refused("cleo", { name: "activate-team", input: { team: "nowhere" } }), "team-unknown");
  assert.equal(refused("cleo", activate), undefined);
  assert.equal(refused("cleo", activate), "team-active");
  assert.equal(refused("eve", join), "not-asked");
  assert.equal(refused("hal", { name: "join-team", input: { role: "lead" } }), "holder-level");
  assert.equal(refused("hal", { name: "join-team", input: { role: "cook" } }), "team-role-unknown");
  assert.equal(refused("hal", { name: "join-team", input: { activation: 9 } }), "activation-unknown");
  assert.equal(refused("gil", join), undefined);
  assert.equal(refused("gil", join), "team-joined");
  assert.equal(refused("gil", { name: "join-team", input: { role: "analyst" } }), undefined, "another role");
});

test("whoever cannot come gives way to the next at once; whoever goes may leave too few", (t) => {
  const rota = { kind: "schedule", id: "rota" } as const;
  const [on, id] = begin(t, withTeam({ rota, people: 1, roles: [] }));
  on.command(id, "cleo", activate, why);
  assert.deepEqual([pagesOf(on, "ana"), pagesOf(on, "gil")], [1, 0]);
  assert.equal(on.command(id, "ana", { name: "leave-team", input: {} })?.refused, "reason-required");
  assert.equal(on.command(id, "ana", { name: "leave-team", input: {} }, why), null);
  assert.equal(pagesOf(on, "gil"), 1, "its members are next");
  on.command(id, "gil", join);
  assert.equal(countOf(on, id, "team.quorum-met"), 1);
  on.command(id, "gil", { name: "leave-team", input: {} }, why);
  assert.equal(lastOf(on, id, "team.quorum-missed").data?.because, "left");
});

test("a quorum that is lost again is said again, and not a third time while it is missing", (t) => {
  const [on, id] = begin(t, withTeam({ people: 2, roles: [] }));
  on.command(id, "cleo", activate, why);
  on.command(id, "hal", join);
  on.advance(16);
  on.command(id, "gil", join);
  assert.deepEqual([countOf(on, id, "team.quorum-missed"), countOf(on, id, "team.quorum-met")], [1, 1]);
  on.command(id, "gil", { name: "leave-team", input: {} }, why);
  assert.equal(countOf(on, id, "team.quorum-missed"), 2);
  on.command(id, "hal", { name: "leave-team", input: {} }, why);
  assert.equal(countOf(on, id, "team.quorum-missed"), 2, "it is missing already");
  on.command(id, "hal", join);
  on.command(id, "gil", join);
  on.command(id, "hal", { name: "leave-team", input: {} }, why);
  assert.equal(countOf(on, id, "team.quorum-missed"), 3);
  assert.deepEqual(
    told(on, "cleo").filter((one) => one === "team-quorum-missed"),
    ["team-quorum-missed", "team-quorum-missed", "team-quorum-missed"],
  );
});

test("a category that names it activates it, once; the service being back does not send it home, the end does", (t) => {
  const directory = withTeam();
  const security = directory.categories.get("security");
  assert.ok(security);
  const process = { ...security.process, teams: ["csirt"], version: 2 };
  const categories = new Map(directory.categories).set("security", { ...security, process });
  const [on, id] = begin(t, { ...directory, categories });
  const give = { name: "categorise", input: { categories: ["security"] } } as const;
  assert.equal(on.command(id, "cleo", give), null);
  assert.equal(team(on, id).category, "security");
  on.command(id, "cleo", { name: "declare-restored", input: { text: null } });
  assert.equal(callsFor(on.case(id).paging, 1).status, "running");
  on.command(id, "cleo", { name: "stand-down-team", input: {} }, why);
  on.command(id, "cleo", give);
  assert.equal(on.case(id).incident.activations?.length, 1);
  on.command(id, "cleo", activate, why);
  on.command(id, "cleo", { name: "dismiss", input: {} }, why);
  assert.deepEqual(lastOf(on, id, "team.stood-down").data?.because, "ended");
});

test("what the owner is asked of a serious incident has a number that no team is called by", (t) => {
  const people = byId(...withTeam().people.values(), person("ida", 5));
  const [on, id] = begin(t, withTeam({}, { people }));
  on.command(id, "cleo", activate, why);
  assert.equal(on.command(id, "ida", { name: "raise-flag", input: { flag: "serious" } }, why), null);
  const { escalations = [], activations = [] } = on.case(id).incident;
  assert.deepEqual([escalations.map(({ number }) => number), activations.map(({ number }) => number)], [[2], [1]]);
  on.command(id, "cleo", { name: "end-escalation", input: {} }, why);
  assert.equal(callsFor(on.case(id).paging, 1).status, "running", "the team is called all the same");
});

test("a role that its holder exchanges for another may leave too few: it is said as when somebody goes", (t) => {
  const [on, id] = begin(t);
  on.command(id, "cleo", activate, why);
  on.command(id, "hal", join);
  on.command(id, "gil", join);
  assert.equal(countOf(on, id, "team.quorum-met"), 1);
  assert.equal(on.command(id, "gil", { name: "join-team", input: { role: "analyst" } }, why), null);
  assert.equal(quorumOf(team(on, id)).met, false);
  assert.equal(lastOf(on, id, "team.quorum-missed").data?.because, "left");
  assert.equal(countOf(on, id, "team.quorum-missed"), 1);
  assert.equal(pagesOf(on, "dan"), 1);
});

test("as many as its quorum says, and none of them as whom it needs: calls go on for that one", (t) => {
  const people = byId(...withTeam().people.values(), person("ida", 2), person("gil", 4));
  const teams = byId(...organisation.teams.values(), {
    id: "csirt",
    name: "CSIRT",
    members: ["gil", "hal", "ida"],
    charter,
  });
  const [on, id] = begin(t, withTeam({}, { people, teams }));
  on.command(id, "cleo", activate, why);
  on.command(id, "hal", join);
  on.command(id, "ida", join);
  assert.deepEqual(quorumOf(team(on, id)), { met: false, people: 2, needed: 2, roles: ["lead"] });
  assert.equal(callsFor(on.case(id).paging, 1).status, "running", "whoever may lead is called as before");
  assert.equal(countOf(on, id, "team.quorum-missed"), 0, "and it is not too late");
  on.advance(12);
  assert.ok(pagesOf(on, "gil") > 1);
  assert.equal(pagesOf(on, "hal"), 1);
  on.command(id, "gil", join);
  assert.deepEqual([countOf(on, id, "team.quorum-met"), callsFor(on.case(id).paging, 1).status], [1, "stopped"]);
});

test("whoever cannot come to a team is asked for what else they are called for", (t) => {
  const [on, id] = begin(t);
  on.command(id, "cleo", { name: "escalate", input: { kind: "functional", to: "gil", expected: "logs" } }, why);
  on.command(id, "cleo", activate, why);
  const asked = () => {
    const { incident, paging } = on.case(id);
    return askedApart(incident, paging, { id: "gil", language: "en" })?.command.name;
  };
  assert.equal(asked(), "join-team");
  assert.equal(on.command(id, "gil", { name: "leave-team", input: {} }, why), null);
  assert.equal(asked(), "acknowledge-escalation");
  assert.equal(on.command(id, "gil", join), null, "they may come all the same");
});

test("a part split off calls the team of its category no second time while the whole has it", (t) => {
  const directory = withTeam();
  const security = directory.categories.get("security");
  assert.ok(security);
  const process = { ...security.process, teams: ["csirt"], version: 2 };
  const categories = new Map(directory.categories).set("security", { ...security, process });
  const [on, id] = begin(t, { ...directory, categories });
  on.command(id, "cleo", { name: "categorise", input: { categories: ["security"] } });
  on.command(id, "gil", join);
  on.command(id, "hal", join);
  on.command(id, "cleo", { name: "add-task", input: { text: "change the keys" } });
  const before = pagesOf(on, "gil");
  assert.equal(on.command(id, "cleo", { name: "split", input: { title: "Keys", tasks: [1] } }, why), null);
  const { into } = lastOf(on, id, "incident.split").data as { into: string };
  assert.deepEqual(on.case(into).incident.categories, ["security"]);
  assert.deepEqual([pagesOf(on, "gil"), on.case(into).incident.activations], [before, undefined]);
  assert.equal(on.command(into, "cleo", activate, why), null, "somebody may ask for it there");
});

test("a deputy who has not answered is called no more once enough came, and anew when they are too few again", (t) => {
  const [on, id] = begin(t, withTeam({ people: 2, roles: [] }));
  const asked = () => (on.case(id).incident.escalations ?? []).map(({ status }) => status);
  on.command(id, "cleo", activate, why);
  on.command(id, "hal", join);
  on.advance(16);
  assert.deepEqual(asked(), ["requested"]);
  on.command(id, "gil", join);
  assert.deepEqual([asked(), callsFor(on.case(id).paging, 2).status], [["ended"], "stopped"]);
  on.command(id, "gil", { name: "leave-team", input: {} }, why);
  assert.deepEqual(asked(), ["ended", "requested"], "called anew, and once");
});
