/** One coordinator at any instant: offered, accepted, declined, taken; never two, and none only where the record says so. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isRefusal } from "../kernel/refusal.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import { offerMinutes } from "./coordination.ts";
import { decideIncident, incidentDecider, whyNot } from "./decide.ts";
import type { IncidentEvent, IncidentFact } from "./events.ts";
import {
  accepted,
  ana,
  at,
  bare,
  because,
  ben,
  by,
  cleo,
  closed,
  dan,
  eve,
  given,
  past,
  pinning,
  registered,
  reported,
} from "./given.ts";
import { evolveIncident, type IncidentState } from "./state.ts";

const to = (who: Actor) => ({ person: who.id ?? "", to: { id: who.id ?? "", name: who.name, level: who.level } });
const named = ({ id, name }: Actor) => ({ id: id ?? "", name });
const until = "2026-10-07T18:14:00.000Z";
const offered = (who: Actor, from: Actor | null): IncidentEvent => ({
  type: "coordination.offered",
  data: { personId: who.id ?? "", name: who.name, from: from && named(from), until, minutes: offerMinutes },
});
const held = given(registered, accepted("cleo"));
/* What has happened before is the desk's in these tests: the offer is therefore nobody's in particular. */
const open = given(registered, accepted("cleo"), offered(ben, cleo));

test("an offer leaves coordination where it is, and names who would have it until when", () => {
  held.when(by(cleo, "offer-coordination", to(ben), because)).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts), [
      {
        type: "coordination.offered",
        data: { personId: "ben", name: "BEN", from: named(cleo), until: "2026-10-07T18:15:00.000Z", minutes: 15 },
      },
    ]);
    assert.deepEqual([state.coordinator?.id, state.offer?.to.id, state.offer?.reason], ["cleo", "ben", because.reason]);
  });
  held.when(by(cleo, "offer-coordination", to(ben))).thenRefused("reason-required");
});

test("whoever accepts holds it from then on, with the brief of that instant", () => {
  open.when(by(ben, "accept-coordination", {})).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts), [
      {
        type: "coordination.handed-over",
        data: { personId: "ben", name: "BEN", from: named(cleo), how: "offered" },
      },
    ]);
    assert.deepEqual([state.coordinator?.id, state.offer, state.acceptedBy?.id], ["ben", undefined, "cleo"]);
  });
});

test("declined with a reason, withdrawn, or out of time, it stays where it was", () => {
  open.when(by(ben, "decline-coordination", {})).thenRefused("reason-required");
  open.when(by(ben, "decline-coordination", {}, because)).thenFacts((facts, state) => {
    assert.equal(facts[0]?.type, "coordination.declined");
    assert.deepEqual([state.coordinator?.id, state.offer], ["cleo", undefined]);
  });
  open.when(by(cleo, "withdraw-coordination", {})).thenFacts((_, state) => {
    assert.deepEqual([state.coordinator?.id, state.offer], ["cleo", undefined]);
  });
  held.when(by(cleo, "withdraw-coordination", {})).thenRefused("coordination-not-offered");
});

test("it is offered by whoever holds it, or from level 4; to one person at a time who may hold it", () => {
  held.when(by(ben, "offer-coordination", to(dan), because)).thenRefused("coordinated-by-another");
  held.when(by(dan, "offer-coordination", to(ben), because)).thenFacts((facts) => assert.equal(facts.length, 1));
  held.when(by(cleo, "offer-coordination", to(ana), because)).thenRefused("holder-level");
  held.when(by(cleo, "offer-coordination", to(cleo), because)).thenRefused("already-coordinates");
  open.when(by(cleo, "offer-coordination", to(dan), because)).thenRefused("coordination-offered");
  open.when(by(dan, "accept-coordination", {})).thenRefused("reason-required");
  open.when(by(dan, "decline-coordination", {}, because)).thenRefused("coordination-not-offered");
});

test("an offer of before a category asked for more is not a way round what it asks for", () => {
  const grown = given(registered, accepted("cleo"), offered(ben, cleo), pinning("major"));
  grown
    .when(by(ben, "accept-coordination", {}))
    .thenRefused("holder-level", ({ values }) => assert.deepEqual(values, { name: "BEN", needed: 4 }));
  grown
    .when(by(ben, "accept-coordination", {}, { derogation: { reason: "nobody else answers" } }))
    .thenFacts(([first], state) => assert.deepEqual([first?.type, state.coordinator?.id], ["derogation.used", "ben"]));
  const looked: IncidentEvent = {
    type: "coordination.offered",
    data: { ...offered(ben, cleo).data, needed: 4 } as never,
  };
  given(registered, accepted("cleo"), pinning("major"), looked)
    .when(by(ben, "accept-coordination", {}))
    .thenFacts((_, state) => assert.equal(state.coordinator?.id, "ben", "offered by derogation, which was said then"));
});

test("who is of no level does not coordinate, although they are asked, and by no derogation", () => {
  const asked: IncidentEvent = { type: "incident.assigned", data: { person: "eve" } };
  given(registered, asked)
    .when(by(eve, "accept-coordination", {}, { derogation: { reason: "nobody else answers" } }))
    .thenRefused("holder-level");
});

test("where a category asks more of whoever coordinates, less takes a derogation, which the record shows", () => {
  const major = given(registered, pinning("major"), accepted("cleo"));
  major
    .when(by(cleo, "offer-coordination", to(ben), because))
    .thenRefused("holder-level", ({ values }) => assert.deepEqual(values, { name: "BEN", needed: 4 }));
  const derogation = { reason: "nobody else answers" };
  major.when(by(cleo, "offer-coordination", to(ben), { ...because, derogation })).thenFacts((facts) => {
    assert.deepEqual(
      facts.map(({ type, stamp }) => [type, stamp.derogation]),
      [
        ["derogation.used", derogation.reason],
        ["coordination.offered", derogation.reason],
      ],
    );
  });
});

test("what nobody holds is taken by level 3; what somebody else holds from level 4, with a reason", () => {
  const wanted = given(registered, accepted("ana", false), {
    type: "coordination.requested",
    data: { acceptedBy: "ana", level: 2 },
  });
  wanted.when(by(ben, "accept-coordination", {})).thenFacts((facts, state) => {
    assert.deepEqual(
      facts.map(({ type }) => type),
      ["coordination.handed-over"],
    );
    assert.deepEqual([state.coordinator?.id, state.acceptedBy?.id, state.coordinationWanted], ["ben", "ana", false]);
  });
  wanted.when(by(eve, "accept-coordination", {})).thenRefused("not-asked");
  held.when(by(ben, "accept-coordination", {}, because)).thenRefused("coordinated-by-another");
  held.when(by(dan, "accept-coordination", {})).thenRefused("reason-required");
  held.when(by(dan, "accept-coordination", {}, because)).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts)[0]?.data, { personId: "dan", name: "DAN", from: named(cleo), how: "taken" });
    assert.equal(state.coordinator?.id, "dan");
  });
});

test("whoever takes what nobody has taken charge of takes charge of it too", () => {
  given(registered)
    .when(by(cleo, "accept-coordination", {}))
    .thenFacts((facts, state) => {
      assert.deepEqual(
        facts.map(({ type }) => type),
        ["assignment.accepted", "coordination.handed-over"],
      );
      assert.deepEqual([state.acceptedBy?.id, state.coordinator?.id], ["cleo", "cleo"]);
    });
});

test("an offer ends when another holds what was offered, and when it is over", () => {
  open.when(by(dan, "accept-coordination", {}, because)).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts)[0], {
      type: "coordination.withdrawn",
      data: { personId: "ben", name: "BEN", because: "taken" },
    });
    assert.deepEqual([state.coordinator?.id, state.offer], ["dan", undefined]);
  });
  const state = past(reported, registered, accepted("cleo"), offered(ben, cleo), closed).reduce(
    evolveIncident,
    incidentDecider.initial,
  );
  assert.equal(state.offer, undefined);
});

const people = [ana, ben, cleo, dan];
const move = fc.record({
  who: fc.constantFrom(...people),
  name: fc.constantFrom(
    "accept",
    "decline",
    "offer-coordination",
    "accept-coordination",
    "decline-coordination",
    "withdraw-coordination",
  ),
  whom: fc.constantFrom(...people),
  minutes: fc.integer({ min: 0, max: 20 }),
});

/** The coordinator as the record alone tells it, entry by entry. */
function told(fact: IncidentFact, before: string | null): string | null {
  switch (fact.type) {
    case "assignment.accepted":
      return fact.data.coordinates ? fact.data.personId : before;
    case "coordination.handed-over":
      return fact.data.personId;
    case "assignment.declined":
      /* Whoever gives the incident back gives coordination back with it; who only answers for it does not. */
      return fact.data.gave !== undefined && fact.data.personId === before ? null : before;
    default:
      return before;
  }
}

test("whatever people do, in whatever order, one coordinates, or nobody because the record says so", () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
      let state: IncidentState = past(reported, registered).reduce(evolveIncident, incidentDecider.initial);
      let known: string | null = null;
      let now = at;
      for (const { who, name, whom, minutes } of moves) {
        now += minutes * minuteMs;
        const input = name === "offer-coordination" ? to(whom) : {};
        const command = by(who, name, input as never, { ...because, at: now });
        const decided = decideIncident(state, command);
        if (isRefusal(decided)) continue;
        const wasOffered = state.offer?.to.id;
        for (const fact of decided) {
          const before: string | null = known;
          state = evolveIncident(state, fact);
          known = told(fact, known);
          assert.equal(state.coordinator?.id ?? null, known, `${fact.type} after ${before}`);
          if (fact.type === "coordination.offered") assert.equal(state.coordinator?.id ?? null, before);
          if (fact.type === "coordination.handed-over" && fact.data.how === "offered")
            assert.equal(fact.data.personId, wasOffered);
          /* Nobody holds it, somebody has the incident: then it is said to be wanted. */
          if (known === null && state.acceptedBy !== null && decided.at(-1) === fact)
            assert.ok(state.coordinationWanted, `${fact.type} leaves it to nobody and says nothing`);
          assert.notEqual(state.offer?.to.id, state.coordinator?.id ?? null);
        }
      }
    }),
    { numRuns: 400 },
  );
});

test("a button is refused exactly where its act would be, for whatever its form cannot mend", () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 12 }), fc.constantFrom(...people), (moves, who) => {
      let state: IncidentState = past(reported, registered).reduce(evolveIncident, incidentDecider.initial);
      for (const { who: actor, name, whom } of moves) {
        const input = name === "offer-coordination" ? to(whom) : {};
        const decided = decideIncident(state, by(actor, name, input as never, because));
        if (!isRefusal(decided)) state = decided.reduce(evolveIncident, state);
      }
      for (const name of ["accept-coordination", "decline-coordination", "withdraw-coordination"] as const) {
        const refused = whyNot(state, name, who)?.refused ?? null;
        const decided = decideIncident(state, by(who, name, {}, because));
        assert.equal(refused, isRefusal(decided) ? decided.refused : null, name);
      }
    }),
  );
});
