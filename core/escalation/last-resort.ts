/** Who is called when all the others have been silent. A schedule may be empty at that very hour; a person, a team or the
 *  administrators are there at any hour. */
import type { Instant } from "../kernel/vocabulary.ts";
import { type Policy, type Roster, resolveTargets } from "./policy.ts";

export type LastResort = {
  /** `by-schedule`: somebody now, and perhaps nobody at another hour. */
  readonly state: "named" | "by-schedule" | "nobody";
  readonly people: readonly string[];
};

export function lastResort(policy: Policy, roster: Roster, at: Instant): LastResort {
  const targets = policy.steps.at(-1)?.targets ?? [];
  const named = targets.filter((one) => one.kind !== "schedule");
  const always = resolveTargets(named, roster, at).reached;
  if (always.length > 0) return { state: "named", people: always.map((one) => one.personId) };
  const now = resolveTargets(targets, roster, at).reached;
  return { state: now.length > 0 ? "by-schedule" : "nobody", people: now.map((one) => one.personId) };
}
