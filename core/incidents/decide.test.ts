/** Each command of an incident: what it records, and when it is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncidentCommandName } from "../directory/responsibility.ts";
import type { Refusal } from "../kernel/refusal.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import type { CommandInputs } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import {
  accepted,
  actor,
  ana,
  at,
  bare,
  because,
  ben,
  by,
  categorised,
  cleo,
  closed,
  documented,
  documentedData,
  eve,
  given,
  identified,
  life,
  paged,
  pinning,
  prioritised,
  recovered,
  registered,
  reported,
  resolved,
  restored,
  target,
} from "./given.ts";
import { stageOf } from "./state.ts";

test("register identifies and registers, once", () => {
  given()
    .when(by(ana, "register", {}))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [identified, registered]);
      assert.equal(stageOf(state), "registered");
      assert.equal(state.milestones.registered, at);
    });
  given(registered)
    .when(by(ana, "register", {}))
    .thenRefused("already-registered");
});

test("what came by the public form, or seems grave, is dismissed from level 3 on, until somebody has registered it", () => {
  const outside = { ...reported, data: { ...reported.data, origin: { kind: "report", reportId: "r", name: null } } };
  const told = (...events: readonly IncidentEvent[]) => given(outside as IncidentEvent, ...events);
  told()
    .when(by(ana, "dismiss", {}, because))
    .thenRefused("level-too-low");
  told()
    .when(by(ana, "merge", { into: target }))
    .thenFacts((facts) => assert.equal(facts.length, 1));
  told()
    .when(by(ben, "dismiss", {}, because))
    .thenFacts((facts) => assert.equal(facts.length, 1));
  told(registered)
    .when(by(ana, "dismiss", {}, because))
    .thenFacts((facts) => assert.equal(facts.length, 1));
  const grave = (priority: 2 | 3): IncidentEvent => ({
    type: "priority.proposed",
    data: { impact: 2, urgency: 2, priority, reasons: [] },
  });
  given(grave(2))
    .when(by(ana, "dismiss", {}, because))
    .thenRefused("level-too-low");
  given(grave(3))
    .when(by(ana, "dismiss", {}, because))
    .thenFacts((facts) => assert.equal(facts.length, 1));
});

test("dismiss and merge end it", () => {
  given()
    .when(by(ana, "dismiss", {}, because))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [{ type: "incident.dismissed", data: {} }]);
      assert.equal(facts[0]?.stamp.reason, because.reason);
      assert.equal(stageOf(state), "dismissed");
    });
  given()
    .when(by(ana, "merge", { into: target }))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [{ type: "incident.merged", data: { into: "other", intoNumber: target.number } }]);
      assert.deepEqual([stageOf(state), state.mergedInto], ["merged", "other"]);
    });
});

test("merge is refused into itself, into what has ended, and between exercise and reality", () => {
  given()
    .when(by(ana, "merge", { into: { ...target, number: "INC-2026-000007" } }))
    .thenRefused("merge-into-itself");
  given()
    .when(by(ana, "merge", { into: { ...target, ended: true } }))
    .thenRefused("merge-target-ended");
  given()
    .when(by(ana, "merge", { into: { ...target, exercise: true } }))
    .thenRefused("merge-exercise-mix");
});

test("merge takes level 4 once somebody has accepted", () => {
  given(accepted("ben"))
    .when(by(ben, "merge", { into: target }))
    .thenRefused("level-too-low");
  given(accepted("ben"))
    .when(by(cleo, "merge", { into: target }))
    .thenFacts((facts) => assert.equal(facts.length, 1));
});

test("categorise and assign register too what was not, and keep the first date", () => {
  const categories = { categories: ["complex", "complex", "security"] };
  given()
    .when(by(ana, "categorise", categories))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [identified, registered, categorised("complex", "security")]);
      assert.equal(stageOf(state), "categorised");
    });
  given(registered, categorised("low-impact"))
    .when(by(ana, "categorise", categories))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [categorised("complex", "security")]);
      assert.equal(state.milestones.categorised, at - minuteMs, "a category changed keeps its first date");
    });
  given()
    .when(by(ana, "assign", { team: "network" }))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [identified, registered, { type: "incident.assigned", data: { team: "network" } }]);
      assert.equal(stageOf(state), "assigned");
    });
});

test("assign names exactly one target", () => {
  given()
    .when(by(ana, "assign", {}))
    .thenRefused("target-required");
  given()
    .when(by(ana, "assign", { team: "network", person: "ben" }))
    .thenRefused("target-ambiguous");
  for (const one of [{ person: "ben" }, { team: "network" }, { function: "legal" }]) {
    given(registered)
      .when(by(ana, "assign", one))
      .thenFacts((_, state) => assert.deepEqual(state.assigned, one));
  }
});

test("priority is proposed by level 2, confirmed by level 4, overridden with a reason", () => {
  given()
    .when(by(ana, "set-impact-urgency", { impact: 1, urgency: 3 }))
    .thenFacts((_, state) => {
      assert.deepEqual([state.priority, state.prioritySource], [2, "proposed"]);
      assert.equal(state.milestones.prioritised, undefined);
    });
  given()
    .when(by(cleo, "confirm-priority", { impact: 4, urgency: 4 }))
    .thenFacts((_, state) => {
      assert.deepEqual([state.priority, state.prioritySource], [5, "confirmed"]);
      assert.equal(state.milestones.prioritised, at);
    });
  given(prioritised)
    .when(by(cleo, "override-priority", { priority: 1 }, because))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [{ type: "priority.overridden", data: { priority: 1, proposed: 2 } }]);
      assert.deepEqual([state.priority, state.prioritySource], [1, "overridden"]);
      assert.equal(state.milestones.prioritised, at - minuteMs, "the first date stays");
    });
});

test("what level 4 confirmed may be proposed as more urgent by level 2, back to that, and no further, save in an emergency", () => {
  const proposed = (impact: 1 | 4): IncidentEvent => ({
    type: "priority.proposed",
    data: { impact, urgency: 4, priority: impact === 1 ? 3 : 5, reasons: ["set-by-person"] },
  });
  const confirmed: IncidentEvent = { type: "priority.confirmed", data: { impact: 3, urgency: 4, priority: 4 } };
  given(confirmed)
    .when(by(ana, "set-impact-urgency", { impact: 1, urgency: 4 }))
    .thenFacts((_, { priority, prioritySource }) => assert.deepEqual([priority, prioritySource], [3, "proposed"]));
  given(confirmed, proposed(1))
    .when(by(ana, "set-impact-urgency", { impact: 3, urgency: 4 }))
    .thenFacts((_, { priority }) => assert.equal(priority, 4));
  for (const before of [[confirmed], [confirmed, proposed(1)]]) {
    const lower = { impact: 4, urgency: 4 } as const;
    given(...before)
      .when(by(ana, "set-impact-urgency", lower))
      .thenRefused("level-too-low");
    given(...before)
      .when(by(cleo, "set-impact-urgency", lower))
      .thenFacts((_, { priority }) => assert.equal(priority, 5));
    given(...before)
      .when(by(ana, "set-impact-urgency", lower, { derogation: { reason: "Nobody answers" } }))
      .thenFacts((facts) => assert.equal(facts[0]?.stamp.derogation, "Nobody answers"));
  }
});

test("acceptance at level 3 or above coordinates", () => {
  given(registered)
    .when(by(ben, "accept", {}))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [accepted("ben")]);
      assert.equal(state.coordinator?.id, "ben");
      assert.deepEqual([state.milestones.accepted, state.milestones.assigned], [at, at]);
      assert.equal(stageOf(state), "investigating");
    });
});

test("acceptance below level 3, by whoever was asked, asks for a coordinator at once", () => {
  for (const who of [actor("ana", 2), actor("ana", null)]) {
    given(paged)
      .when(by(who, "accept", {}))
      .thenFacts((facts, state) => {
        const wanted: IncidentEvent = { type: "coordination.requested", data: { acceptedBy: "ana", level: who.level } };
        assert.deepEqual(bare(facts), [accepted("ana", false), wanted]);
        assert.deepEqual([state.coordinator, state.coordinationWanted], [null, true]);
      });
  }
  given(paged, accepted("ana", false), { type: "coordination.requested", data: { acceptedBy: "ana", level: 2 } })
    .when(by(cleo, "accept", {}))
    .thenFacts((_, state) => {
      assert.deepEqual([state.coordinator?.id, state.coordinationWanted], ["cleo", false]);
    });
});

test("a second person may accept: the first date and the coordinator stay, the person in charge changes", () => {
  given(accepted("cleo"))
    .when(by(ben, "accept", {}))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [accepted("ben", false)]);
      assert.deepEqual([state.acceptedBy?.id, state.coordinator?.id], ["ben", "cleo"]);
      assert.equal(state.milestones.accepted, at - minuteMs);
    });
  given(accepted("ben"))
    .when(by(ben, "accept", {}))
    .thenRefused("already-accepted");
});

test("accept and decline are for whoever was asked: by a page, by name, by team, by function", () => {
  given()
    .when(by(ana, "accept", {}))
    .thenRefused("not-asked");
  given()
    .when(by(eve, "accept", {}))
    .thenRefused("not-asked");
  given()
    .when(by(cleo, "decline", {}, because))
    .thenRefused("not-asked");
  const lawyer = actor("lea", null, { functions: ["legal"] });
  const technician = actor("tom", null, { teams: ["network"] });
  const asked: [IncidentEvent, Actor][] = [
    [paged, actor("ana", null)],
    [{ type: "incident.assigned", data: { person: "eve" } }, eve],
    [{ type: "incident.assigned", data: { team: "network" } }, technician],
    [{ type: "incident.assigned", data: { function: "legal" } }, lawyer],
  ];
  for (const [fact, who] of asked) {
    given(fact)
      .when(by(who, "accept", {}))
      .thenFacts((_, state) => assert.equal(state.acceptedBy?.id, who.id));
    given(fact)
      .when(by(who, "decline", {}, because))
      .thenFacts((facts) => {
        assert.deepEqual(bare(facts), [{ type: "assignment.declined", data: { personId: who.id, name: who.name } }]);
      });
  }
  given()
    .when(by(actor("bot", null, { id: null, kind: "anonymous" }), "accept", {}))
    .thenRefused("not-asked");
});

test("declining is only for whoever was asked, at level 5 too", () => {
  for (const who of [eve, ana, ben, cleo, actor("dan", 5)])
    given(paged, accepted("ben"))
      .when(by({ ...who, id: "zoe" }, "decline", {}, because))
      .thenRefused("not-asked", ({ values }) => assert.deepEqual(values, { command: "decline", level: "none" }));
});

test("whoever declines what they had accepted no longer has it: the coordinator does, or nobody", () => {
  const calls = (who: string): IncidentEvent => ({ type: "incident.assigned", data: { person: who } });
  given(calls("ben"), accepted("ben"))
    .when(by(ben, "decline", {}, because))
    .thenFacts((facts, state) => {
      assert.deepEqual(facts[0]?.data, { personId: "ben", name: "BEN", gave: "incident" });
      assert.deepEqual([state.acceptedBy, state.coordinator, state.assigned], [null, null, null]);
      assert.deepEqual([state.milestones.accepted, stageOf(state)], [undefined, "assigned"]);
    });
  given(calls("ben"), accepted("cleo"), accepted("ben", false))
    .when(by(ben, "decline", {}, because))
    .thenFacts((_, state) => {
      assert.deepEqual([state.acceptedBy?.id, state.coordinator?.id], ["cleo", "cleo"]);
      assert.ok(state.milestones.accepted);
    });
  given(calls("cleo"), accepted("cleo"), accepted("ben", false))
    .when(by(cleo, "decline", {}, because))
    .thenFacts((facts, state) => {
      assert.deepEqual(facts[0]?.data, { personId: "cleo", name: "CLEO", gave: "coordination" });
      assert.deepEqual([state.acceptedBy?.id, state.coordinator, state.coordinationWanted], ["ben", null, true]);
    });
});

test("whoever declines by name is assigned no more", () => {
  given({ type: "incident.assigned", data: { person: "ben" } })
    .when(by(ben, "decline", {}, because))
    .thenFacts((_, state) => assert.equal(state.assigned, null));
});

test("notes, advice, decisions and escalations are recorded as given", () => {
  const same = <Name extends IncidentCommandName>(who: Actor, name: Name, input: CommandInputs[Name], fact: unknown) =>
    given()
      .when(by(who, name, input, because))
      .thenFacts((facts) => assert.deepEqual(bare(facts), [fact]));
  same(eve, "add-observation", { text: "t" }, { type: "observation.noted", data: { text: "t" } });
  const advice = { persons: ["ana"], text: "t" };
  same(ben, "advise-persons", advice, { type: "person.advised", data: advice });
  const decision = { text: "fail over", options: ["wait", "fail over"] };
  same(cleo, "decide", decision, { type: "decision.made", data: decision });
  const escalation = { kind: "functional", to: "network", expected: "a new card" } as const;
  same(cleo, "escalate", escalation, { type: "escalation.requested", data: { ...escalation, number: 1 } });
  same(cleo, "record-cause", { text: "t" }, { type: "cause.recorded", data: { text: "t" } });
});

test("a cause recorded is the diagnosis; so is the cause given with the resolution", () => {
  given(accepted("cleo"))
    .when(by(cleo, "record-cause", { text: "memory" }))
    .thenFacts((_, state) => {
      assert.deepEqual([state.milestones.diagnosed, stageOf(state)], [at, "resolving"]);
    });
  given()
    .when(by(cleo, "declare-resolved", { solution: "s", cause: "memory", causeUnknown: false }))
    .thenFacts((_, state) => assert.equal(state.milestones.diagnosed, at));
  given()
    .when(by(cleo, "declare-resolved", { solution: "s", cause: null, causeUnknown: true }))
    .thenFacts((_, state) => assert.equal(state.milestones.diagnosed, undefined));
  given()
    .when(by(cleo, "declare-resolved", { solution: "s", cause: null, causeUnknown: false }))
    .thenRefused("cause-or-unknown");
});

test("restoration at level 3 is for low-impact incidents only", () => {
  given(pinning("low-impact"))
    .when(by(ben, "declare-restored", { text: null }))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [restored]);
      assert.equal(stageOf(state), "restored");
    });
  for (const events of [[], [pinning("major")], [pinning("complex", "security")]]) {
    given(...events)
      .when(by(ben, "declare-restored", { text: null }))
      .thenRefused("level-too-low");
    given(...events)
      .when(by(cleo, "declare-restored", { text: null }))
      .thenFacts((facts) => assert.equal(facts.length, 1));
  }
  given(pinning("low-impact"))
    .when(by(ana, "declare-restored", { text: null }))
    .thenRefused("level-too-low");
});

test("a relapse clears restoration and what follows it, and keeps the first date", () => {
  given()
    .when(by(ben, "declare-relapse", { text: "again" }))
    .thenRefused("not-restored");
  given(registered, restored, resolved, recovered)
    .when(by(ben, "declare-relapse", { text: "again" }))
    .thenFacts((_, state) => {
      assert.deepEqual(
        [state.milestones.restored, state.milestones.resolved, state.milestones.recovered],
        [undefined, undefined, undefined],
      );
      assert.deepEqual([state.firstRestored, state.relapses], [at - 3 * minuteMs, 1]);
    });
  given(restored, { type: "service.relapsed", data: { text: null, because: "declared" } })
    .when(by(cleo, "declare-restored", { text: null }))
    .thenFacts((_, state) => {
      assert.deepEqual([state.milestones.restored, state.firstRestored], [at, at - 2 * minuteMs]);
    });
});

test("recovery opens, is confirmed, and starts anew after a relapse", () => {
  given(restored, resolved)
    .when(by(cleo, "open-recovery", {}))
    .thenFacts((_, state) => assert.equal(stageOf(state), "recovering"));
  given(restored, resolved)
    .when(by(cleo, "confirm-recovery", { text: "nothing was lost", notNeeded: true }))
    .thenFacts((_, state) => assert.equal(state.milestones.recovered, at));
  given(restored, resolved, recovered, { type: "service.relapsed", data: { text: null, because: "declared" } })
    .when(by(cleo, "declare-resolved", { solution: "s", cause: null, causeUnknown: true }))
    .thenFacts((_, state) => assert.equal(stageOf(state), "resolved"));
});

test("documentation is dated, and done again when it is done again", () => {
  given(documented)
    .when(by(cleo, "complete-documentation", { ...documentedData, summary: "better" }))
    .thenFacts((_, state) => assert.equal(state.milestones.documented, at));
});

test("close needs each of its milestones, and says exactly which are missing", () => {
  const missing = ["registered", "categorised", "prioritised", "accepted", "restored", "resolved", "recovered"];
  given()
    .when(by(cleo, "close", {}))
    .thenRefused("milestones-missing", (refusal: Refusal) =>
      assert.deepEqual(refusal.missing, [...missing, "documented"]),
    );
  for (const [i, name] of [...missing, "documented"].entries()) {
    given(...life.filter((_, index) => index !== i))
      .when(by(cleo, "close", {}))
      .thenRefused("milestones-missing", (refusal) => assert.deepEqual(refusal.missing, [name]));
  }
  given(...life)
    .when(by(cleo, "close", {}))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [closed]);
      assert.deepEqual([stageOf(state), state.milestones.closed], ["closed", at]);
    });
});

test("closing or resolving over what still fires takes a reason", () => {
  const solved = { solution: "s", cause: "c", causeUnknown: false };
  given(...life)
    .when(by(cleo, "close", {}, { firing: 2 }))
    .thenRefused("still-firing");
  given(...life)
    .when(by(cleo, "close", {}, { firing: 2, reason: "  " }))
    .thenRefused("still-firing");
  given(restored)
    .when(by(cleo, "declare-resolved", solved, { firing: 1 }))
    .thenRefused("still-firing");
  given(...life)
    .when(by(cleo, "close", {}, { firing: 2, ...because }))
    .thenFacts((facts) => assert.deepEqual(bare(facts), [{ type: "incident.closed", data: { overFiring: 2 } }]));
});

test("reopen clears closure and what must be done again, and keeps restoration", () => {
  given(...life, closed)
    .when(by(cleo, "reopen", {}, because))
    .thenFacts((_, state) => {
      const { closed: c, resolved: r, recovered: y, documented: d, ...kept } = state.milestones;
      assert.deepEqual(
        [c, r, y, d, state.ended, state.recoveryStarted],
        [undefined, undefined, undefined, undefined, null, false],
      );
      assert.deepEqual(Object.keys(kept).sort(), [
        "accepted",
        "assigned",
        "categorised",
        "diagnosed",
        "prioritised",
        "registered",
        "reported",
        "restored",
      ]);
      assert.equal(stageOf(state), "restored");
    });
  given(...life)
    .when(by(cleo, "reopen", {}, because))
    .thenRefused("not-closed");
});

test("a dismissal is taken back by whoever may dismiss, and nothing of the incident is lost", () => {
  const dismissed: IncidentEvent = { type: "incident.dismissed", data: {} };
  given(accepted("cleo"), dismissed)
    .when(by(ana, "reopen", {}, because))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [{ type: "incident.reopened", data: { after: "dismissed" } }]);
      assert.deepEqual([state.ended, state.acceptedBy?.id, stageOf(state)], [null, "cleo", "investigating"]);
    });
  given(...life, closed)
    .when(by(ana, "reopen", {}, because))
    .thenRefused("level-too-low");
});
