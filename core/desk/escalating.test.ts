/** An escalation that somebody asks for calls as by any policy, and is acknowledged, returned or ended. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, wednesday } from "../drills/organisation.ts";
import { lastOf, pagesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { callsFor } from "../escalation/paging-state.ts";
import { whyNot } from "../incidents/decide.ts";
import { isRefusal } from "../kernel/refusal.ts";

const why = { reason: "beyond us" };
const note = { reason: "done what I could" };
const acknowledge = { name: "acknowledge-escalation", input: {} } as const;

function asked(t: { name: string }, to: string, kind: "functional" | "hierarchical" = "functional"): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const id = on.open("ana", { title: "Slow network", service: "billing" });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", { name: "accept", input: {} });
  assert.equal(on.command(id, "cleo", { name: "escalate", input: { kind, to, expected: "a decision" } }, why), null);
  return [on, id];
}
const person = {
  kind: "person",
  name: "Cleo",
  admin: false,
  teams: [],
  functions: [],
  onBehalfOf: null,
  via: "session",
} as const;
const calls = (on: World, id: string) => callsFor(on.case(id).paging, 1);
const first = (on: World, id: string) => on.case(id).incident.escalations?.[0];

test("it calls, again when nobody answers, and leaves whoever has the incident as they are", (t) => {
  const [on, id] = asked(t, "legal");
  assert.deepEqual([pagesOf(on, "eve"), first(on, id)?.status, first(on, id)?.by], [1, "requested", "Cleo"]);
  on.advance(10);
  assert.equal(pagesOf(on, "eve"), 2, "as often as the policy of the service, and as long apart");
  assert.deepEqual([on.case(id).incident.acceptedBy?.id, on.case(id).paging.status], ["cleo", "idle"]);
  on.advance(60);
  assert.equal(calls(on, id).status, "exhausted");
});

const told = (on: World, who: string) =>
  on
    .mailbox(who)
    .filter(({ about }) => about.startsWith("escalation-"))
    .map(({ about }) => about);

test("whoever asked is told once that nobody took it, that it was taken or returned, and not what they did themselves", (t) => {
  const [on, id] = asked(t, "legal");
  on.advance(90);
  assert.deepEqual(told(on, "cleo"), ["escalation-unanswered"]);
  on.command(id, "eve", acknowledge);
  on.command(id, "eve", { name: "return-escalation", input: {} }, note);
  assert.deepEqual(told(on, "cleo"), ["escalation-unanswered", "escalation-taken", "escalation-returned"]);
  assert.deepEqual(told(on, "eve"), []);
  const other = { kind: "functional", to: "network", expected: "a decision" } as const;
  on.command(id, "cleo", { name: "escalate", input: other }, why);
  on.command(id, "cleo", { name: "return-escalation", input: { escalation: 2 } }, note);
  assert.equal(told(on, "cleo").length, 3);
});

test("whoever declines is called for it no more, and the next is at once", (t) => {
  const [on, id] = asked(t, "legal");
  assert.deepEqual([pagesOf(on, "eve"), calls(on, id).step], [1, 0]);
  on.command(id, "eve", { name: "decline", input: {} }, note);
  assert.deepEqual([first(on, id)?.status, calls(on, id).pages[0]?.status], ["requested", "withdrawn"]);
  assert.notDeepEqual([calls(on, id).cycle, calls(on, id).step], [0, 0], "its policy went on");
});

test("the buttons of each escalation are refused for what became of that one", (t) => {
  const [on, id] = asked(t, "legal");
  on.command(id, "eve", { name: "return-escalation", input: {} }, note);
  on.command(id, "cleo", { name: "escalate", input: { kind: "functional", to: "network", expected: "x" } }, why);
  const { incident } = on.case(id);
  const cleo = { ...person, id: "cleo", level: 4 } as const;
  assert.equal(whyNot(incident, "end-escalation", cleo, 1)?.refused, "escalation-answered");
  assert.equal(whyNot(incident, "end-escalation", cleo, 2), null);
  assert.equal(whyNot(incident, "end-escalation", cleo, 3)?.refused, "escalation-unknown");
  assert.deepEqual(incident.escalations?.[0]?.left?.reason, note.reason);
  assert.deepEqual([incident.escalations?.[1]?.reason, incident.escalations?.[1]?.askedBy], [why.reason, "cleo"]);
});

test("whoever acknowledges it holds it, and calls for it stop", (t) => {
  const [on, id] = asked(t, "network");
  assert.equal(on.command(id, "ben", acknowledge), null);
  assert.deepEqual([first(on, id)?.status, first(on, id)?.holder?.id], ["acknowledged", "ben"]);
  assert.deepEqual([calls(on, id).status, calls(on, id).stoppedBecause], ["stopped", "acknowledged"]);
  assert.deepEqual(on.case(id).incident.acceptedBy?.id, "cleo");
  const again = on.command(id, "dan", { name: "acknowledge-escalation", input: { escalation: 1 } });
  assert.equal(again?.refused, "escalation-answered");
});

test("it is returned with a reason by whoever was asked, or ended by whoever may ask; then it is open no more", (t) => {
  const [on, id] = asked(t, "legal");
  assert.equal(on.command(id, "eve", { name: "return-escalation", input: {} })?.refused, "reason-required");
  assert.equal(on.command(id, "ben", { name: "return-escalation", input: {} }, note)?.refused, "not-asked");
  assert.equal(on.command(id, "eve", { name: "return-escalation", input: {} }, note), null);
  assert.deepEqual([first(on, id)?.status, on.case(id).incident.openEscalations], ["returned", 0]);
  assert.equal(calls(on, id).status, "stopped");
  assert.equal(lastOf(on, id, "escalation.returned").data?.personId, "eve");
  const other = { kind: "hierarchical", to: "owner", expected: "a decision" } as const;
  on.command(id, "cleo", { name: "escalate", input: other }, why);
  assert.equal(pagesOf(on, "dan"), 1, "the owner of the service");
  assert.equal(on.command(id, "eve", { name: "end-escalation", input: {} }, note)?.refused, "level-missing");
  assert.equal(on.command(id, "cleo", { name: "end-escalation", input: { escalation: 2 } }, note), null);
  assert.equal(callsFor(on.case(id).paging, 2).stoppedBecause, "ended");
});

test("it calls by a policy, frozen when it is asked; one that reaches nobody falls back on the administrators", (t) => {
  const [on, id] = asked(t, "standard");
  assert.deepEqual([pagesOf(on, "ana"), calls(on, id).policy?.id], [1, "standard"]);
  on.advance(10);
  assert.equal(pagesOf(on, "cleo"), 1);
  const [lonely] = [
    createWorld({
      seed: t.name,
      start: wednesday,
      directory: {
        ...organisation,
        functions: new Map([["legal", { id: "legal", nameFr: "A", nameEn: "L", members: [] }]]),
      },
    }),
  ];
  const other = lonely.open("ana", { title: "Slow network" });
  assert.ok(!isRefusal(other));
  const input = { kind: "functional", to: "legal", expected: "a decision" } as const;
  lonely.command(other, "cleo", { name: "escalate", input }, why);
  assert.equal(pagesOf(lonely, "root"), 1);
});

test("what it is addressed to must be somebody", (t) => {
  const [on, id] = asked(t, "legal");
  const to = (name: string) =>
    on.command(id, "cleo", { name: "escalate", input: { kind: "functional", to: name, expected: "x" } }, why)?.refused;
  assert.equal(to("somebody outside"), "escalation-target-unknown");
  const bare = on.open("ana", { title: "No service" });
  assert.ok(!isRefusal(bare));
  const owner = { kind: "hierarchical", to: "owner", expected: "x" } as const;
  assert.equal(on.command(bare, "cleo", { name: "escalate", input: owner }, why)?.refused, "service-without-owner");
});

test("when it is down again, what nobody answered calls again, and what somebody has or returned does not", (t) => {
  const [on, id] = asked(t, "legal");
  for (const to of ["network", "owner"])
    on.command(id, "cleo", { name: "escalate", input: { kind: "functional", to, expected: "x" } }, why);
  on.command(id, "ben", { name: "acknowledge-escalation", input: { escalation: 2 } });
  on.command(id, "dan", { name: "return-escalation", input: { escalation: 3 } }, note);
  on.command(id, "cleo", { name: "declare-restored", input: { text: null } });
  const before = ["eve", "ben", "dan"].map((who) => pagesOf(on, who));
  assert.equal(on.command(id, "cleo", { name: "declare-relapse", input: { text: "down again" } }), null);
  assert.deepEqual(
    ["eve", "ben", "dan"].map((who, place) => pagesOf(on, who) - (before[place] ?? 0)),
    [1, 0, 0],
  );
  assert.deepEqual([calls(on, id).status, calls(on, id).run], ["running", 2]);
  assert.equal(on.command(id, "eve", acknowledge), null);
  on.advance(60);
  assert.equal(pagesOf(on, "eve"), (before[0] ?? 0) + 1);
});

test("a relapse leaves alone what calls already: it was asked once it was back", (t) => {
  const [on, id] = asked(t, "legal");
  on.command(id, "cleo", { name: "declare-restored", input: { text: null } });
  on.command(id, "cleo", { name: "escalate", input: { kind: "functional", to: "owner", expected: "x" } }, why);
  on.command(id, "cleo", { name: "declare-relapse", input: { text: "down again" } });
  assert.deepEqual([callsFor(on.case(id).paging, 2).run, pagesOf(on, "dan")], [1, 1]);
});

test("an incident that ends, or is restored, calls for none of its escalations any more", (t) => {
  const [on, id] = asked(t, "legal");
  on.command(id, "cleo", { name: "declare-restored", input: { text: null } });
  on.advance(60);
  assert.equal(pagesOf(on, "eve"), 1);
  assert.equal(first(on, id)?.status, "requested", "whoever asked ends it");
});
