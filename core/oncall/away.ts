/** Until when somebody who said so is away. */
import type { Instant } from "../kernel/vocabulary.ts";
import type { Absence } from "./final-schedule.ts";

/** One absence may follow on another: until the last of them is over. Null: is here. */
export function awayUntil(absences: readonly Absence[], personId: string, now: Instant): Instant | null {
  const theirs = absences.filter((one) => one.personId === personId).toSorted((a, b) => a.from - b.from);
  let until = now;
  for (const one of theirs) if (one.from <= until && one.until > until) until = one.until;
  return until > now ? until : null;
}
