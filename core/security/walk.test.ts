/** Whatever is done, in whatever order and by whomever: nothing throws, and custody has no gap. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { incidentDecider } from "../incidents/decide.ts";
import { actor, at, pinning, stateAfter } from "../incidents/given.ts";
import type { IncidentState } from "../incidents/state.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { type SecurityCommandName, securityCommands } from "../kernel/security-words.ts";
import { type Level, tlps } from "../kernel/vocabulary.ts";
import type { SecurityCommand } from "./commands.ts";
import { decideSecurity } from "./decide.ts";
import { effectiveTlp, isStricter } from "./tlp.ts";

const people = ["ana", "ben", "cleo", "dan"];
const some = fc.integer({ min: 1, max: 3 });
const file = (id: number) => ({ attachmentId: `f${id}`, name: "f", mediaType: "x/y", bytes: 1, sha256: `s${id}` });

const step = fc.record({
  name: fc.constantFrom(...securityCommands),
  who: fc.constantFrom(...people),
  level: fc.constantFrom<Level>(null, 2, 3, 4, 5),
  to: fc.constantFrom(...people, null),
  number: some,
  other: some,
  tlp: fc.constantFrom(null, ...tlps),
  sound: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function inputOf({ to, number, other, tlp, sound }: Step): object {
  const person = to === null ? { name: "Police", receipt: "12" } : { to: { id: to, name: to } };
  return {
    text: "t",
    values: [`a${number}.example`],
    ...{ observable: number, evidence: number, disclosure: number, status: sound ? "confirmed" : "benign" },
    ...{ description: "d", place: "p", ...(sound && { file: file(other) }), tlp },
    found: [{ seq: 1, hash: "h", tlp }],
    ...{ purpose: "p", limit: tlp === "red" || tlp === null ? "clear" : tlp },
    ...person,
  };
}

const specific: Partial<Record<SecurityCommandName, (one: Step) => object>> = {
  "verify-evidence": ({ number, sound }) => ({
    evidence: number,
    found: { sha256: sound ? `s${number}` : "x", bytes: 1 },
  }),
  "prepare-disclosure": (one) => ({
    ...{ ...inputOf(one), to: "Police" },
    ...{ evidence: [one.number], observables: one.sound ? [one.other] : [], entries: [1] },
  }),
};

function walk(steps: readonly Step[], start: IncidentState): IncidentState {
  return steps.reduce((state, one) => {
    const input = (specific[one.name] ?? inputOf)(one);
    const facts = decideSecurity(state, { name: one.name, input } as SecurityCommand, {
      at,
      actor: actor(one.who, one.level),
      cause: { kind: "request" },
      reason: "r",
    });
    return isRefusal(facts) ? state : fold(incidentDecider.evolve, state, facts);
  }, start);
}

test("custody has no gap, numbers have none, and nothing is marked more loosely than its incident", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(null, ...tlps), (steps, tlp) => {
      const start = stateAfter(pinning("security"), { type: "incident.marked", data: { tlp, was: null } });
      const { security, confirmed = {} } = walk(steps, start);
      if (!security) return;
      for (const list of [security.observables, security.evidence, security.disclosures])
        assert.deepEqual(
          list.map(({ number }) => number),
          list.map((_, index) => index + 1),
        );
      for (const { by: _, handOvers, keeper, ...item } of security.evidence) {
        let hand = handOvers[0]?.from ?? keeper;
        for (const [index, each] of handOvers.entries()) {
          assert.deepEqual(each.from, hand, "handed over by whoever has it");
          if (each.status === "received") hand = each.to;
          assert.ok(each.status !== "waiting" || index === handOvers.length - 1, "one at a time");
        }
        assert.deepEqual(keeper, hand);
        assert.ok(!isStricter(tlp, effectiveTlp(item.tlp, tlp)));
      }
      for (const { by, settled, status } of security.disclosures)
        assert.ok(status !== "approved" || settled?.by.toLowerCase() !== by.id, "approved by another");
      assert.equal(security.contained !== undefined, "contained" in confirmed);
      assert.equal(security.eradicated !== undefined, "eradicated" in confirmed);
      assert.ok(!security.eradicated || security.contained, "what is gone is held");
    }),
    { numRuns: 300 },
  );
});
