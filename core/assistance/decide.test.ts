import assert from "node:assert/strict";
import { test } from "node:test";
import { isRefusal } from "../kernel/refusal.ts";
import { minuteMs } from "../kernel/time.ts";
import { ask, nextDue } from "./decide.ts";
import {
  after,
  asked,
  at,
  deskOf,
  doing,
  done,
  facilities,
  known,
  legal,
  person,
  roster,
  settings,
  technicians,
  ticked,
} from "./given.ts";
import { askedNow, initialAssistance } from "./state.ts";
import { toldOf } from "./telling.ts";

const [ana, ben, cleo, dan, eve, fay] = (["ana", "ben", "cleo", "dan", "eve", "fay"] as const).map((id) => person(id));
assert.ok(ana && ben && cleo && dan && eve && fay);
const decline = { name: "decline" } as const;
const accept = { name: "accept" } as const;
const to = (party: typeof legal) => ({ name: "route", to: party }) as const;

function refusedWith(became: ReturnType<typeof doing>): string {
  return isRefusal(became) ? became.refused : "done";
}

test("asked, it goes to whom the rules say, with the reason and a time to answer by", () => {
  const state = asked();
  assert.equal(askedNow(state)?.id, "facilities");
  assert.equal(state.path[0]?.because.code, "rule");
  assert.equal(state.answerBy, at + 120 * minuteMs);
  assert.equal(state.asker.id, "ana");
});

test("taken, ended with what came of it, confirmed by whoever asked", () => {
  let state = done(asked(), accept, { by: ben });
  assert.deepEqual([state.status, state.holder?.id, state.answerBy], ["accepted", "ben", null]);
  state = done(state, { name: "end", outcome: "done", text: "Bled the radiators" }, { by: ben });
  assert.equal(state.status, "fulfilled");
  assert.equal(done(state, { name: "confirm" }).status, "confirmed");
  const back = done(state, { name: "reopen" }, { reason: "Cold again" });
  assert.deepEqual([back.status, back.holder?.id, back.outcome], ["accepted", "ben", null]);
});

test("declined once it goes to the next by the rules; declined twice, somebody decides", () => {
  const once = done(asked(), decline, { by: ben, reason: "Not our building" });
  assert.equal(askedNow(once)?.id, "desk");
  assert.deepEqual(once.path[0]?.left, { how: "declined", by: "ben", at, reason: "Not our building" });
  assert.deepEqual(once.path[1]?.passed, [{ party: facilities, rule: 3, because: "had-it" }]);
  const twice = done(once, decline, { by: dan, reason: "Nor ours" });
  assert.equal(askedNow(twice), null);
  /* The fall-back has had it: whoever is of level 4 or more. */
  assert.deepEqual([twice.raised?.because, twice.raised?.to], ["declined-twice", "level-four"]);
  assert.deepEqual(
    twice.raised?.people.map(({ id }) => id),
    ["eve", "fay"],
  );
});

test("of an incident its coordinator decides; of none, the fall-back that has not had it", () => {
  const incident = { id: "i", number: "INC-2026-000001" };
  const coordinator = { id: "cleo", name: "cleo" };
  const outbound = asked({ direction: "outbound", incident }, { coordinator });
  const once = done(outbound, decline, { by: ben, reason: "No", coordinator });
  const twice = done(once, decline, { by: dan, reason: "No", coordinator });
  assert.deepEqual([twice.raised?.to, twice.raised?.people], ["coordinator", [coordinator]]);
  const handed = done(asked(), to(legal), { by: ben, reason: "A contract" });
  const first = done(handed, decline, { by: fay, reason: "No contract" });
  assert.equal(askedNow(first)?.id, "desk");
  const byHand = done(asked({ kind: "other", domains: ["customers"], site: "Head office" }), decline, {
    by: fay,
    reason: "No",
  });
  const chosen = done(byHand, to(facilities), { by: dan, reason: "Perhaps" });
  assert.equal(askedNow(chosen)?.id, "facilities");
});

test("whoever gave it back or handed it on is not asked again, and the way is said", () => {
  const handed = done(asked(), to(technicians), { by: ben, reason: "A pump" });
  assert.deepEqual(handed.path[0]?.left?.how, "handed-on");
  const back = doing(handed, to(facilities), { by: cleo, reason: "No, yours" });
  assert.ok(isRefusal(back));
  assert.equal(back.refused, "assistance-loop");
  assert.equal(back.values?.path, "facilities-fr / facilities → technicians → facilities-fr / facilities");
  assert.equal(refusedWith(doing(handed, to(technicians), { by: cleo, reason: "x" })), "assistance-loop");
  assert.equal(refusedWith(doing(handed, to({ kind: "team", id: "none" }), { by: cleo, reason: "x" })), "team-unknown");
  const nobody = doing(handed, to({ kind: "team", id: "deserted" }), { by: cleo, reason: "x" });
  assert.equal(refusedWith(nobody), "assistance-nobody");
});

test("a reason is required to decline and to hand on", () => {
  assert.equal(refusedWith(doing(asked(), decline, { by: ben, reason: "  " })), "reason-required");
  assert.equal(refusedWith(doing(asked(), to(legal), { by: ben })), "reason-required");
});

test("what a colleague has taken is theirs to give back", () => {
  const two = { ...person("ana"), functions: ["facilities"] };
  const taken = done(asked(), accept, { by: ben });
  assert.equal(refusedWith(doing(taken, decline, { by: two, reason: "x" })), "assistance-not-yours");
  assert.equal(askedNow(done(taken, decline, { by: ben, reason: "x" }))?.id, "desk");
});

test("whoever may not see it learns nothing of it", () => {
  const stranger = { ...person("dan"), functions: [], level: 3 as const };
  assert.equal(refusedWith(doing(asked(), accept, { by: stranger })), "assistance-unknown");
});

test("with nobody to ask it is raised at once, and whoever decides may take it or hand it on", () => {
  const state = asked({ kind: "legal" }, { settings: { ...settings, rules: [], fallback: null } });
  assert.deepEqual([askedNow(state), state.raised?.because, state.answerBy], [null, "nobody-left", null]);
  assert.equal(done(state, accept, { by: eve }).holder?.id, "eve");
  assert.equal(askedNow(done(state, to(legal), { by: eve, reason: "They know" }))?.id, "legal");
});

test("whoever asks may say whom; of no such kind, or of nobody, it is refused", () => {
  const chosen = ask({ ...asked(), kind: "legal" }, legal, known);
  assert.ok(!isRefusal(chosen));
  assert.equal(askedNow(after(initialAssistance, chosen, { by: ana }))?.id, "legal");
  for (const [kind, party, code] of [
    ["none", null, "assistance-kind-unknown"],
    ["legal", { kind: "function", id: "none" }, "function-unknown"],
    ["legal", { kind: "team", id: "deserted" }, "assistance-nobody"],
  ] as const) {
    const refused = ask({ ...asked(), kind }, party, known);
    assert.ok(isRefusal(refused));
    assert.equal(refused.refused, code);
  }
});

test("its clock warns once at three quarters and raises once at the end, anew for each that is asked", () => {
  const state = asked();
  assert.equal(nextDue(state), at + 90 * minuteMs);
  assert.deepEqual(ticked(state, 89).events, []);
  const warned = ticked(state, 90);
  assert.deepEqual(warned.events, ["assistance.warned"]);
  assert.deepEqual(ticked(warned.state, 91).events, []);
  assert.equal(nextDue(warned.state), at + 120 * minuteMs);
  const late = ticked(warned.state, 120);
  assert.deepEqual(late.events, ["assistance.late", "assistance.raised"]);
  assert.deepEqual(
    [late.state.raised?.because, late.state.late, askedNow(late.state)?.id],
    ["late", true, "facilities"],
  );
  assert.equal(nextDue(late.state), null);
  assert.deepEqual(ticked(late.state, 500).events, []);
  /* After a stop that lasted, what is late is late and nobody is warned of it any more. */
  assert.deepEqual(ticked(state, 300).events, ["assistance.late", "assistance.raised"]);
  const moved = done(late.state, to(legal), { by: eve, reason: "Quicker", at: at + 130 * minuteMs });
  assert.equal(nextDue(moved), at + (130 + 360) * minuteMs);
  assert.equal(nextDue(done(moved, accept, { by: fay })), null);
});

test("it becomes an incident, or joins one, once; its asker is told", () => {
  const incident = { id: "i", number: "INC-2026-000007" };
  const became = doing(done(asked(), accept, { by: ben }), { name: "promote", incident }, { by: eve });
  assert.ok(!isRefusal(became));
  assert.deepEqual([became.state.status, became.state.incident], ["promoted", incident]);
  const told = toldOf(became.events, { state: became.state, roster, by: "eve" });
  assert.deepEqual(told, [
    { personId: "ana", news: "promoted" },
    { personId: "ben", news: "promoted" },
  ]);
  const attached = done(asked(), { name: "attach", incident }, { by: eve });
  assert.deepEqual([attached.status, attached.incident], ["waiting", incident]);
  assert.equal(refusedWith(doing(attached, { name: "promote", incident }, { by: eve })), "assistance-linked");
});

test("members are told what they are asked; nobody is told what they did themselves", () => {
  const state = asked();
  const routed = ask({ ...asked() }, null, known);
  assert.ok(!isRefusal(routed));
  assert.deepEqual(toldOf(routed, { state, roster, by: "ana" }), [{ personId: "ben", news: "asked" }]);
  assert.deepEqual(toldOf(routed, { state, roster, by: "ben" }), []);
  const withdrawn = doing(state, { name: "withdraw" });
  assert.ok(!isRefusal(withdrawn));
  assert.deepEqual(toldOf(withdrawn.events, { state: withdrawn.state, roster, by: "ana" }), [
    { personId: "ben", news: "withdrawn" },
  ]);
  assert.equal(deskOf.id, settings.fallback?.id);
});
