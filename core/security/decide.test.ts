import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { incidentDecider } from "../incidents/decide.ts";
import type { IncidentEvent } from "../incidents/events.ts";
import { actor, at, bare, ben, cleo, dan, eve, past, pinning, reported, stateAfter } from "../incidents/given.ts";
import { missingToClose } from "../incidents/missing.ts";
import type { IncidentState } from "../incidents/state.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal, type Refusal } from "../kernel/refusal.ts";
import type { SecurityCommandName } from "../kernel/security-words.ts";
import { securityCommands } from "../kernel/security-words.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import type { SecurityCommand, SecurityInputs } from "./commands.ts";
import { decideSecurity } from "./decide.ts";
import { mayWith } from "./evidence.ts";
import { grant, securityLevels } from "./permission.ts";

type Around = { readonly reason?: string; readonly derogation?: { readonly reason: string } };
const why: Around = { reason: "as agreed" };

/** What it becomes, or why not. */
function done<Name extends SecurityCommandName>(
  state: IncidentState,
  who: Actor,
  name: Name,
  input: SecurityInputs[Name],
  around: Around = {},
): IncidentEvent[] | Refusal {
  const facts = decideSecurity(state, { name, input } as SecurityCommand, {
    at,
    actor: who,
    cause: { kind: "request" },
    ...around,
  });
  return isRefusal(facts) ? facts : bare(facts);
}

const refusedAs = (code: string, outcome: IncidentEvent[] | Refusal): void =>
  assert.equal(isRefusal(outcome) ? outcome.refused : JSON.stringify(outcome), code);

/** The state after these commands, each of which must be granted. */
function after(state: IncidentState, ...acts: readonly [Actor, SecurityCommand, Around?][]): IncidentState {
  return acts.reduce((before, [who, command, around]) => {
    const facts = decideSecurity(before, command, { at, actor: who, cause: { kind: "request" }, ...around });
    assert.ok(!isRefusal(facts), JSON.stringify(facts));
    return fold(incidentDecider.evolve, before, facts);
  }, state);
}

const secured = stateAfter(pinning("security"));
const marked = (tlp: "amber" | "red"): IncidentState =>
  stateAfter(pinning("security"), { type: "incident.marked", data: { tlp, was: null } });
const file = { attachmentId: "f1", name: "disk.img", mediaType: "application/octet-stream", bytes: 9, sha256: "aa" };
const fileIn = { name: "register-evidence", input: { attachment: "f1", description: "Disk", file } } as const;
const thingIn = { name: "register-evidence", input: { description: "Laptop", place: "Safe 2" } } as const;

describe("containment and eradication", () => {
  test("are declared with what was done, and meet what closing asks", () => {
    assert.deepEqual(done(secured, cleo, "declare-contained", { text: "Cut from the network" }), [
      { type: "threat.contained", data: { text: "Cut from the network" } },
    ]);
    assert.ok(missingToClose(secured).includes("contained"));
    const held = after(secured, [cleo, { name: "declare-contained", input: { text: "Cut" } }]);
    assert.equal(held.security?.contained?.by, "CLEO");
    assert.ok(!missingToClose(held).includes("contained"));
    assert.ok(missingToClose(held).includes("eradicated"));
    refusedAs("threat-already", done(held, cleo, "declare-contained", { text: "x" }));
  });
  test("what is gone is held as well", () => {
    const events = done(secured, cleo, "declare-eradicated", { text: "Reinstalled" });
    assert.deepEqual(
      (events as IncidentEvent[]).map(({ type }) => type),
      ["threat.contained", "threat.eradicated"],
    );
  });
  test("prove false with a reason: what was only gone stays held, what is not held is not gone, and closing asks again", () => {
    const gone = after(secured, [cleo, { name: "declare-eradicated", input: { text: "x" } }]);
    refusedAs("reason-required", done(gone, ben, "withdraw-contained", {}));
    const back = after(gone, [ben, { name: "withdraw-eradicated", input: {} }, why]);
    assert.ok(back.security?.contained);
    assert.equal(back.security?.eradicated, undefined);
    assert.ok(missingToClose(back).includes("eradicated"));
    const open = after(gone, [ben, { name: "withdraw-contained", input: {} }, why]);
    assert.equal(open.security?.contained ?? open.security?.eradicated, undefined);
    assert.equal(open.security?.reopened[0]?.reason, "as agreed");
    assert.ok(["contained", "eradicated"].every((one) => missingToClose(open).includes(one)));
    refusedAs("threat-not", done(open, ben, "withdraw-eradicated", {}, why));
  });
  test("confirming the criterion is declaring it; that it does not apply is not", () => {
    const confirm = (notNeeded: boolean) =>
      incidentDecider.decide(secured, {
        name: "confirm-criterion",
        input: { criterion: "contained", text: "Cut", notNeeded },
        envelope: { at, actor: cleo, cause: { kind: "request" }, ...why },
      });
    const types = (facts: ReturnType<typeof confirm>) => (isRefusal(facts) ? facts : facts.map(({ type }) => type));
    assert.deepEqual(types(confirm(false)), ["threat.contained"]);
    assert.deepEqual(types(confirm(true)), ["criterion.confirmed"]);
  });
  test("whoever coordinates declares from level 3; after the end nobody does", () => {
    refusedAs("level-too-low", done(secured, ben, "declare-contained", { text: "x" }));
    const held = { ...secured, coordinator: { id: "ben", name: "BEN" } };
    assert.ok(!isRefusal(done(held, ben, "declare-contained", { text: "x" })));
    const closed: IncidentState = { ...secured, ended: "closed" };
    refusedAs("already-closed", done(closed, cleo, "declare-contained", { text: "x" }));
  });
  test("what lets something out of the house waits for whoever may", () => {
    const urgent = { derogation: { reason: "Nobody answers" } };
    refusedAs("level-too-low", done(secured, ben, "release-evidence", { evidence: 1 }, { ...urgent, reason: "x" }));
    refusedAs("level-too-low", done(secured, ben, "approve-disclosure", { disclosure: 1 }, urgent));
  });
  test("below the level, by derogation and with a reason", () => {
    const urgent = { derogation: { reason: "Nobody answers" } };
    const events = done(secured, ben, "declare-contained", { text: "x" }, urgent);
    assert.deepEqual((events as IncidentEvent[])[0], {
      type: "derogation.used",
      data: { command: "declare-contained", needed: 4, silent: [] },
    });
    refusedAs("derogation-not-possible", done(secured, eve, "declare-contained", { text: "x" }, urgent));
    refusedAs(
      "reason-required",
      done(secured, ben, "declare-contained", { text: "x" }, { derogation: { reason: " " } }),
    );
  });
});

describe("observables", () => {
  const added = after(secured, [
    ben,
    { name: "add-observables", input: { values: ["hxxp://bad[.]example/a", "203.0.113[.]9"], tlp: "amber" } },
  ]);
  test("are what they look like, one of each, numbered", () => {
    assert.deepEqual(
      added.security?.observables.map(({ number, kind, value, status }) => [number, kind, value, status]),
      [
        [1, "url", "http://bad.example/a", "suspected"],
        [2, "ip", "203.0.113.9", "suspected"],
      ],
    );
    const more = done(added, ben, "add-observables", { values: ["203.0.113.9", "BAD.example", "bad[.]example"] });
    assert.equal((more as IncidentEvent[]).length, 1, "what is there already is not added again");
    refusedAs("observable-known", done(added, ben, "add-observables", { values: ["203[.]0.113.9"] }));
    refusedAs("observable-invalid", done(added, ben, "add-observables", { values: ["x"], kind: "ip" }));
  });
  test("change with who said so; what does not change is refused", () => {
    const after1 = after(added, [
      ben,
      { name: "change-observable", input: { observable: 2, status: "confirmed" } },
      why,
    ]);
    const one = after1.security?.observables[1];
    assert.deepEqual(
      [one?.status, one?.changed?.by, one?.tlp, one?.value],
      ["confirmed", "BEN", "amber", "203.0.113.9"],
    );
    refusedAs("nothing-changes", done(after1, ben, "change-observable", { observable: 2, status: "confirmed" }));
    refusedAs("observable-unknown", done(after1, ben, "change-observable", { observable: 9, status: "benign" }));
  });
  test("are not seen last before first, nor in the future", () => {
    const seen = (firstSeen: string, lastSeen: string) =>
      done(secured, ben, "add-observables", { values: ["a.example"], firstSeen, lastSeen });
    refusedAs("seen-out-of-order", seen("2026-10-02T00:00:00Z", "2026-10-01T00:00:00Z"));
    refusedAs("occurred-in-future", seen("2026-10-02T00:00:00Z", "2027-10-01T00:00:00Z"));
  });
  test("no more than a page bears", () => {
    const many = (from: number) => Array.from({ length: 50 }, (_, i) => `host${from + i}.example`);
    let state = secured;
    for (let from = 0; from < 300; from += 50)
      state = after(state, [ben, { name: "add-observables", input: { values: many(from) } }]);
    refusedAs("observables-full", done(state, ben, "add-observables", { values: ["one.more.example"] }));
  });
});

describe("evidence", () => {
  const one = after(secured, [ben, fileIn]);
  test("a file is listed with the hash of its arrival, once; a thing with its place", () => {
    assert.deepEqual(one.security?.evidence[0]?.keeper, { id: "ben", name: "BEN" });
    assert.equal(one.security?.evidence[0]?.file?.sha256, "aa");
    refusedAs("evidence-listed", done(one, ben, fileIn.name, fileIn.input));
    refusedAs("evidence-place", done(one, ben, "register-evidence", { description: "Laptop" }));
    refusedAs("attachment-unknown", done(one, ben, "register-evidence", { description: "x", attachment: "f2" }));
    const both = after(one, [cleo, thingIn]);
    assert.equal(both.security?.evidence[1]?.number, 2);
  });
  test("its bytes are what they were, or are said not to be", () => {
    const check = (sha256: string) => done(one, ben, "verify-evidence", { evidence: 1, found: { sha256, bytes: 9 } });
    assert.deepEqual(check("aa"), [
      { type: "evidence.verified", data: { number: 1, sha256: "aa", bytes: 9, matches: true } },
    ]);
    assert.equal((check("bb") as Extract<IncidentEvent, { type: "evidence.verified" }>[])[0]?.data.matches, false);
    const thing = after(secured, [ben, thingIn]);
    refusedAs("evidence-no-file", done(thing, ben, "verify-evidence", { evidence: 1 }));
    refusedAs("evidence-unknown", done(thing, ben, "verify-evidence", { evidence: 2 }));
  });
  const to = { id: "eve", name: "EVE" };
  const handed = after(one, [ben, { name: "hand-over-evidence", input: { evidence: 1, to, place: "Lab" } }, why]);
  test("goes from hand to hand: it is theirs once they say so", () => {
    assert.equal(handed.security?.evidence[0]?.keeper.id, "ben");
    refusedAs(
      "hand-over-open",
      done(handed, ben, "hand-over-evidence", { evidence: 1, to: { id: "x", name: "X" } }, why),
    );
    refusedAs("hand-over-not-yours", done(handed, dan, "receive-evidence", { evidence: 1 }));
    const received = after(handed, [eve, { name: "receive-evidence", input: { evidence: 1, text: "Seal 41 intact" } }]);
    const item = received.security?.evidence[0];
    assert.deepEqual([item?.keeper, item?.place, item?.handOvers[0]?.status], [to, "Lab", "received"]);
    assert.equal(item?.handOvers[0]?.answered?.text, "Seal 41 intact");
    refusedAs("hand-over-none", done(received, eve, "receive-evidence", { evidence: 1 }));
    const other = actor("fay", 3);
    refusedAs(
      "hand-over-not-yours",
      done(received, other, "hand-over-evidence", { evidence: 1, to: { id: "fay", name: "F" } }, why),
    );
    assert.ok(
      !isRefusal(done(received, cleo, "hand-over-evidence", { evidence: 1, to: { id: "fay", name: "F" } }, why)),
    );
  });
  test("or is kept after all, by either of the two", () => {
    for (const who of [ben, eve]) {
      const kept = after(handed, [who, { name: "keep-evidence", input: { evidence: 1 } }, why]);
      assert.deepEqual(
        [kept.security?.evidence[0]?.keeper.id, kept.security?.evidence[0]?.handOvers[0]?.status],
        ["ben", "kept"],
      );
    }
    refusedAs("hand-over-none", done(one, ben, "keep-evidence", { evidence: 1 }, why));
  });
  test("somebody without an account has it at once, with what shows that", () => {
    const outside = { evidence: 1, name: "Sgt. Roy, police" };
    refusedAs("hand-over-receipt", done(one, ben, "hand-over-evidence", outside, why));
    const gone = after(one, [
      ben,
      { name: "hand-over-evidence", input: { ...outside, receipt: "Form 12, signed" } },
      why,
    ]);
    assert.deepEqual(gone.security?.evidence[0]?.keeper, { id: null, name: "Sgt. Roy, police" });
    refusedAs("hand-over-to", done(one, ben, "hand-over-evidence", { evidence: 1 }, why));
    refusedAs("reason-required", done(one, ben, "hand-over-evidence", { ...outside, receipt: "x" }));
  });
  test("is held and released by level 5, also after the end", () => {
    const closed: IncidentState = { ...one, ended: "closed" };
    refusedAs("level-too-low", done(closed, cleo, "hold-evidence", { evidence: 1 }, why));
    const held = after(closed, [dan, { name: "hold-evidence", input: { evidence: 1 } }, why]);
    assert.equal(held.security?.evidence[0]?.hold?.reason, "as agreed");
    refusedAs("hold-already", done(held, dan, "hold-evidence", { evidence: 1 }, why));
    const freed = after(held, [dan, { name: "release-evidence", input: { evidence: 1 } }, why]);
    assert.equal(freed.security?.evidence[0]?.hold, undefined);
    refusedAs("hold-none", done(freed, dan, "release-evidence", { evidence: 1 }, why));
  });
  test("what may be done with it is said for each", () => {
    const item = handed.security?.evidence[0];
    assert.ok(item);
    const mayOf = (who: Actor) => mayWith(item, who, (name) => !isRefusal(grant(handed, name, who)));
    assert.deepEqual(mayOf(eve), ["receive-evidence", "keep-evidence"]);
    assert.deepEqual(mayOf(ben), ["verify-evidence", "keep-evidence", "mark-evidence"]);
    assert.deepEqual(mayOf(dan), ["verify-evidence", "keep-evidence", "hold-evidence", "mark-evidence"]);
  });
});

describe("marks", () => {
  test("are stricter than the incident's, never looser", () => {
    refusedAs("tlp-looser", done(marked("amber"), eve, "add-note", { text: "x", tlp: "green" }));
    assert.deepEqual(done(marked("amber"), eve, "add-note", { text: "x", tlp: "red" }), [
      { type: "observation.noted", data: { text: "x", tlp: "red" } },
    ]);
    assert.deepEqual(done(marked("amber"), eve, "add-note", { text: "x" }), [
      { type: "observation.noted", data: { text: "x" } },
    ]);
    refusedAs("tlp-looser", done(marked("red"), ben, "add-observables", { values: ["a.example"], tlp: "amber" }));
    const one = after(marked("amber"), [ben, fileIn]);
    refusedAs("tlp-looser", done(one, ben, "mark-evidence", { evidence: 1, tlp: "clear" }));
    refusedAs("nothing-changes", done(one, ben, "mark-evidence", { evidence: 1, tlp: null }));
    const red = after(one, [ben, { name: "mark-evidence", input: { evidence: 1, tlp: "red" } }]);
    assert.equal(red.security?.evidence[0]?.tlp, "red");
  });
});

describe("disclosures", () => {
  const full = after(
    secured,
    [ben, fileIn],
    [ben, { name: "add-observables", input: { values: ["a.example"] } }],
    [ben, { name: "add-observables", input: { values: ["b.example"], tlp: "red" } }],
  );
  const entry = { seq: 4, hash: "h4", tlp: null };
  const input = {
    ...{ to: "Police", purpose: "Complaint 12", limit: "amber" as const, found: [entry] },
    ...{ evidence: [1, 1], observables: [1], entries: [4] },
  };
  test("name what they hold, within their limit", () => {
    assert.deepEqual(done(full, cleo, "prepare-disclosure", input), [
      {
        type: "disclosure.prepared",
        data: {
          ...{ number: 1, to: "Police", purpose: "Complaint 12", limit: "amber" },
          ...{ evidence: [1], observables: [1], entries: [{ seq: 4, hash: "h4" }] },
        },
      },
    ]);
    const prepare = (more: object) => done(full, cleo, "prepare-disclosure", { ...input, ...more });
    refusedAs("tlp-too-strict", prepare({ observables: [2] }));
    refusedAs("disclosure-content-unknown", prepare({ entries: [5] }));
    refusedAs("disclosure-content-unknown", prepare({ evidence: [3] }));
    refusedAs("disclosure-empty", prepare({ evidence: [], observables: [], entries: [] }));
    refusedAs("tlp-too-strict", prepare({ entries: [4], found: [{ ...entry, tlp: "red" }] }));
    refusedAs("tlp-too-strict", done({ ...full, tlp: "amber+strict" }, cleo, "prepare-disclosure", input));
  });
  test("are approved by somebody else, and withdrawn with a reason", () => {
    const prepared = after(full, [cleo, { name: "prepare-disclosure", input }]);
    refusedAs("disclosure-own", done(prepared, cleo, "approve-disclosure", { disclosure: 1 }));
    refusedAs("disclosure-unknown", done(prepared, dan, "approve-disclosure", { disclosure: 2 }));
    const approved = after(prepared, [dan, { name: "approve-disclosure", input: { disclosure: 1 } }]);
    assert.deepEqual(approved.security?.disclosures[0]?.settled?.by, "DAN");
    refusedAs("disclosure-settled", done(approved, dan, "approve-disclosure", { disclosure: 1 }));
    const gone = after(approved, [cleo, { name: "withdraw-disclosure", input: { disclosure: 1 } }, why]);
    assert.equal(gone.security?.disclosures[0]?.status, "withdrawn");
    refusedAs("disclosure-settled", done(gone, cleo, "withdraw-disclosure", { disclosure: 1 }, why));
  });
});

test("each command for each level, and nothing for whom the incident does not admit", () => {
  const levels = [null, 2, 3, 4, 5] as const;
  for (const name of securityCommands) {
    const needed = securityLevels[name];
    for (const level of levels) {
      const granted = !isRefusal(grant(secured, name, actor("zoe", level)));
      assert.equal(granted, needed === null || (level !== null && level >= needed), `${name} at ${level}`);
    }
  }
  const restricted = fold(
    incidentDecider.evolve,
    incidentDecider.initial,
    past(reported, {
      type: "access.restricted",
      data: { because: "person", category: null, members: [{ kind: "person", id: "ana", name: "ANA" }] },
    }),
  );
  for (const name of securityCommands) {
    const outcome = grant(restricted, name, dan, true);
    assert.deepEqual(outcome, { refused: "incident-unknown" }, name);
  }
});
