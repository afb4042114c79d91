/** Who is called when all the others have been silent: the last step that counts whatever the incident and the hour. A
 *  schedule may be empty at that very hour; a person, a team or the administrators are there at any hour. */
import type { Instant } from "../kernel/vocabulary.ts";
import { type Policy, type Roster, resolveTargets } from "./policy.ts";

export type LastResort = {
  /** `by-schedule`: somebody now, and perhaps nobody at another hour. `by-condition`: every step has conditions. */
  readonly state: "named" | "by-schedule" | "by-condition" | "nobody";
  readonly people: readonly string[];
};

export function lastResort(policy: Policy, roster: Roster, at: Instant): LastResort {
  /* What only posts calls nobody, and gives way at once: the step before it was the last. */
  const calling = policy.steps.filter(({ targets }) => targets.some(({ kind }) => kind !== "webhook"));
  const last = calling.findLast(({ when }) => when === undefined);
  if (!last && calling.length > 0) return { state: "by-condition", people: [] };
  const targets = last?.targets ?? [];
  const named = targets.filter((one) => one.kind !== "schedule");
  const always = resolveTargets(named, roster, at).reached;
  if (always.length > 0) return { state: "named", people: always.map((one) => one.personId) };
  const now = resolveTargets(targets, roster, at).reached;
  return { state: now.length > 0 ? "by-schedule" : "nobody", people: now.map((one) => one.personId) };
}
