/** Known errors that an incident shows: which are proposed and why, and what a person may say of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { KnownError } from "../directory/known-errors.ts";
import { workaroundIn } from "../directory/known-errors.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { decideIncident, incidentDecider } from "./decide.ts";
import { ana, ben, by, eve, registered, stateAfter } from "./given.ts";
import { likelyErrors, shownErrorsMax } from "./known-errors.ts";
import type { IncidentState } from "./state.ts";

const error = (id: string, nameFr: string, more: Partial<KnownError> = {}): KnownError => ({
  ...{ id, nameFr, nameEn: nameFr, workaroundFr: "Redémarrer.", workaroundEn: null, services: [], retired: false },
  ...more,
});
const known = { nameFr: "Fuite", nameEn: "Leak", retired: false };
const say = (state: IncidentState, input: object, more: object = {}, who = ben) =>
  decideIncident(state, by(who, "link-known-error", { knownError: "leak", known, ...input }, more));
function then(state: IncidentState, input: object, more: object = {}): IncidentState {
  const said = say(state, input, more);
  assert.ok(!isRefusal(said), JSON.stringify(said));
  return fold(incidentDecider.evolve, state, said);
}
const refusal = (said: ReturnType<typeof say>): string | null => (isRefusal(said) ? said.refused : null);

test("level 3 says which it is, once; that it is not takes a reason; below, one says it above their level", () => {
  const state = stateAfter(registered);
  assert.equal(refusal(say(state, {}, {}, eve)), "level-missing");
  assert.equal(refusal(say(state, {}, {}, ana)), "level-too-low");
  const shown = then(state, {});
  assert.deepEqual(
    shown.knownErrors?.map(({ id, nameEn, by: who }) => [id, nameEn, who]),
    [["leak", "Leak", ben.name]],
  );
  assert.equal(refusal(say(shown, {})), "nothing-changes");
  assert.equal(refusal(say(shown, { ruledOut: true })), "reason-required");
  assert.deepEqual(then(shown, { ruledOut: true }, { reason: "another version" }).knownErrors, []);
  assert.equal(refusal(say(state, { ruledOut: true }, { reason: "x" })), "nothing-changes");
});

test("one that is not there, was put right, or is one too many is refused by name", () => {
  const state = stateAfter(registered);
  assert.equal(refusal(say(state, { known: undefined })), "known-error-unknown");
  assert.equal(refusal(say(state, { known: { ...known, retired: true } })), "known-error-retired");
  const full = Array.from({ length: shownErrorsMax }, (_, one) => `e${one}`).reduce(
    (before, knownError) => then(before, { knownError }),
    state,
  );
  assert.equal(refusal(say(full, {})), "known-errors-full");
});

test("proposed are those whose words it says, or of its service; not those put right, nor of another service", () => {
  const all = [
    error("leak", "Fuite de mémoire du service de paie"),
    error("paper", "Bourrage de papier", { services: ["printing"] }),
    error("old", "Fuite de mémoire", { retired: true }),
    error("mail", "Mémoire pleine de la messagerie", { services: ["mail"] }),
    error("pay", "Paie arrêtée par un verrou", { services: ["payroll"] }),
  ];
  const about = { title: "Mémoire: fuite sur la paie", description: null, service: "payroll" };
  assert.deepEqual(likelyErrors(about, all), [
    { id: "pay", why: ["service", "words"] },
    { id: "leak", why: ["words"] },
  ]);
  const said = { ...about, knownErrors: [{ id: "leak", nameFr: "", nameEn: "", at: 0, by: "Ana" }] };
  assert.deepEqual(
    likelyErrors(said, all).map(({ id }) => id),
    ["pay"],
    "what was said is no longer proposed",
  );
  assert.deepEqual(likelyErrors({ title: "Nothing alike", description: null, service: null }, all), []);
});

test("what helps is in the reader's language, else in the other", () => {
  const one = error("leak", "Fuite", { workaroundEn: "Restart." });
  assert.deepEqual(workaroundIn(one, "en"), { text: "Restart.", language: "en" });
  assert.deepEqual(workaroundIn({ ...one, workaroundEn: null }, "en"), { text: "Redémarrer.", language: "fr" });
});
