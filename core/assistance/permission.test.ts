/** Over all commands × levels × what somebody has to do with a request × its states: nothing is possible that may not be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isRefusal } from "../kernel/refusal.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import type { AssistanceCommand } from "./decide.ts";
import { asked, doing, done, facilities, legal, person } from "./given.ts";
import {
  type AssistanceCommandName,
  assistanceCommands,
  isPossible,
  mayAct,
  mayKeepRules,
  maySee,
  standingOf,
} from "./permission.ts";
import { type AssistanceState, askedNow, assistanceStatuses } from "./state.ts";

const incident = { id: "i", number: "INC-2026-000001" };
const inputs: Readonly<Record<AssistanceCommandName, AssistanceCommand>> = {
  accept: { name: "accept" },
  decline: { name: "decline" },
  route: { name: "route", to: legal },
  end: { name: "end", outcome: "done", text: "x" },
  confirm: { name: "confirm" },
  reopen: { name: "reopen" },
  withdraw: { name: "withdraw" },
  attach: { name: "attach", incident },
  promote: { name: "promote", incident },
};

const by = { by: person("ben"), reason: "x" };
const taken = done(asked(), inputs.accept, by);
const ended = done(taken, inputs.end, by);
const declined = done(asked(), inputs.decline, by);
const states: readonly AssistanceState[] = [
  asked(),
  taken,
  ended,
  declined,
  done(declined, inputs.decline, { by: person("dan"), reason: "x" }),
  done(ended, inputs.confirm),
  done(asked(), inputs.withdraw),
  done(asked(), inputs.promote, { by: person("eve") }),
  done(asked(), inputs.attach, { by: person("eve") }),
];

test("the states of this test are all there are", () => {
  assert.deepEqual([...new Set(states.map(({ status }) => status))].sort(), [...assistanceStatuses].sort());
});

const somebody: fc.Arbitrary<Actor> = fc
  .record({
    id: fc.constantFrom("ana", "ben", "cleo", "dan", "eve"),
    level: fc.constantFrom(null, 2, 3, 4, 5),
    functions: fc.subarray(["facilities", "desk", "legal"]),
    admin: fc.boolean(),
  })
  .map(({ id, ...more }) => person(id as "ana", { ...more, level: more.level as Actor["level"], teams: [] }));
const parts = fc.constantFrom(
  null,
  { coordinates: false, takesPart: false },
  { coordinates: false, takesPart: true },
  { coordinates: true, takesPart: true },
);

test("nothing is done that may not be, and every refusal says which", () => {
  fc.assert(
    fc.property(
      somebody,
      parts,
      fc.constantFrom(...states),
      fc.constantFrom(...assistanceCommands),
      (actor, part, state, name) => {
        const standing = standingOf(actor, state, part);
        const became = doing(state, inputs[name], { by: actor, incident: part, reason: "x" });
        const allowed = mayAct(name, standing, state) && isPossible(name, state);
        if (!maySee(standing)) assert.equal(isRefusal(became) && became.refused, "assistance-unknown");
        else if (!mayAct(name, standing, state))
          assert.equal(isRefusal(became) && became.refused, "assistance-not-yours");
        else if (!isPossible(name, state)) assert.ok(isRefusal(became));
        if (!isRefusal(became)) assert.ok(allowed);
        /* Administration gives no right over requests. */
        assert.deepEqual(standingOf({ ...actor, admin: !actor.admin }, state, part), standing);
      },
    ),
    { numRuns: 3_000 },
  );
});

test("below level 4, who neither asked, was asked, decides nor takes part sees nothing", () => {
  fc.assert(
    fc.property(somebody, fc.constantFrom(...states), (actor, state) => {
      const none = { ...actor, id: "zoe", functions: [], teams: [] };
      assert.equal(maySee(standingOf(none, state, null)), (actor.level ?? 0) >= 4);
    }),
  );
});

test("whatever is done, nobody is asked twice", () => {
  const steps = fc.array(
    fc.record({
      actor: somebody,
      name: fc.constantFrom("accept", "decline", "route", "reopen", "end"),
      to: fc.constantFrom(facilities, legal, { kind: "function", id: "desk" } as const),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      let state = asked();
      for (const { actor, name, to } of all) {
        const command = name === "route" ? { ...inputs.route, to } : inputs[name as AssistanceCommandName];
        const became = doing(state, command as AssistanceCommand, { by: actor, reason: "x" });
        if (!isRefusal(became)) state = became.state;
        const had = state.path.flatMap((leg) => (leg.to === null ? [] : [leg.to.id]));
        assert.equal(new Set(had).size, had.length, had.join(" "));
        assert.ok(state.status !== "accepted" || state.holder !== null);
        assert.ok(askedNow(state) !== null || state.raised !== null || state.status !== "waiting");
      }
    }),
    { numRuns: 1_000 },
  );
});

test("rules are kept by level 5 and administrators", () => {
  for (const level of [null, 2, 3, 4, 5] as const) {
    assert.equal(mayKeepRules({ level, admin: false }), level === 5);
    assert.equal(mayKeepRules({ level, admin: true }), true);
  }
});
