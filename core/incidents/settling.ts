/** Whether what laws want told of an incident is settled well enough for it to be closed: all that it suggests is assessed, what is owed
 *  was told to somebody, and neither a limit that has passed nor one of a few days is open. A report that is due in weeks holds no closing up:
 *  it is named in what is confirmed, and awaits by name whoever it awaits. */
import { dayMs, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { isWithheldAt } from "../obligations/dues.ts";
import { lawNamed } from "../obligations/laws.ts";
import { type DaysOf, type LegalLeg, legalLegsOf } from "./legal-clocks.ts";
import { type Obligation, obligationOf } from "./obligations.ts";
import type { IncidentState } from "./state.ts";
import type { Duties, LeftToTell, Unsettled } from "./unsettled.ts";

/** A limit of that many days or fewer is of a first notice or of what follows at once. */
const promptDays = 10;

type Bearing = Pick<IncidentState, "obligations" | "categories" | "proposedCategories" | "domains">;

/** That which laws on telling of incidents speak of, as far as its categories and domains say. */
const proposing = new Set(["security", "major", "information-security"]);

export const suggestsLaws = ({ categories, proposedCategories, domains = [] }: Bearing): boolean =>
  [...categories, ...proposedCategories, ...domains].some((one) => proposing.has(one));

/** Of the laws that bind the organisation, by id. */
export function dutiesOf(state: Bearing, bound: Iterable<string>, daysOf: DaysOf, at: Instant): Duties {
  const unsettled: Unsettled[] = [];
  const left: LeftToTell[] = [];
  if (suggestsLaws(state))
    for (const law of bound)
      if (lawNamed(law) && !obligationOf(state, law)) unsettled.push({ why: "not-assessed", law, leg: null });
  for (const obligation of state.obligations ?? []) {
    const duties = dutiesUnder(obligation, legalLegsOf(obligation, daysOf(obligation.law)), at);
    unsettled.push(...duties.unsettled);
    left.push(...duties.left);
  }
  return { unsettled, left };
}

function dutiesUnder({ law, outcome, submissions }: Obligation, legs: readonly LegalLeg[], at: Instant): Duties {
  if (outcome === "unknown") return { unsettled: [{ why: "undecided", law, leg: null }], left: [] };
  if (outcome !== "owed") return { unsettled: [], left: [] };
  const owed = legs.filter(isOwed);
  const open = owed.flatMap((one): Unsettled[] => {
    const why = whyOpen(one, at);
    return why === null ? [] : [{ why, law, leg: one.leg }];
  });
  const untold = open.length === 0 && submissions.length === 0 && owed.some((one) => !isWithheldAt(one, at));
  const left = owed
    .filter(
      ({ leg, startedAt, pressesAt }) => (startedAt ?? pressesAt) !== null && !open.some((one) => one.leg === leg),
    )
    .map(({ leg, pressesAt }) => ({ law, leg, due: pressesAt === null ? null : toIso(pressesAt) }));
  return { unsettled: untold ? [{ why: "untold", law, leg: null }] : open, left };
}

const isOwed = ({ standing, submitted }: LegalLeg): boolean =>
  submitted === null && (standing === "running" || standing === "no-period" || standing === "waiting");

/** Null: it holds no closing up. */
function whyOpen(due: LegalLeg, at: Instant): "missed" | "running" | null {
  const { pressesAt, since } = due;
  if (pressesAt === null || isWithheldAt(due, at)) return null;
  if (pressesAt <= at) return "missed";
  return since !== null && pressesAt - since <= promptDays * dayMs ? "running" : null;
}
