/** When a step of a policy counts: what must hold of the incident, and of the hour, at the very instant at which the step
 *  would begin. All that is said must hold; what is not said always does. */
import type { CategoryId, ConditionKind, Instant, Priority } from "../kernel/vocabulary.ts";
import { isOpen, type OpeningHours } from "../oncall/opening-hours.ts";

/** In the zone of the policy. */
export type StepHours = Omit<OpeningHours, "zone"> & {
  /** Only while these hours are closed. */
  readonly outside: boolean;
};

export type Conditions = {
  readonly priorities?: readonly Priority[] | undefined;
  /** One of them is enough. */
  readonly categories?: readonly CategoryId[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly hours?: StepHours | undefined;
};

/** What is known of an incident when one of its steps begins. */
export type About = {
  readonly priority: Priority | null;
  /** Those it has, else those it seems to have. */
  readonly categories: readonly CategoryId[];
  readonly service: string | null;
};

/** Nothing known: as pressing as the worst, and in no category. */
export const aboutNothing: About = { priority: null, categories: [], service: null };

/** Which of them do not hold, in their order; none: the step counts. What nobody has weighed yet is as pressing as the
 *  worst, as everywhere. */
export function unmet(conditions: Conditions | undefined, about: About, at: Instant, zone: string): ConditionKind[] {
  if (conditions === undefined) return [];
  const { hours } = conditions;
  const late = hours && isOpen(inZone(hours, zone), at) === hours.outside;
  return [...unmetAlways(conditions, about), ...(late ? (["hours"] as const) : [])];
}

/** Those that no hour changes. */
export function unmetAlways({ priorities, categories, services }: Conditions, about: About): ConditionKind[] {
  const found: ConditionKind[] = [];
  if (priorities && !priorities.includes(about.priority ?? 1)) found.push("priority");
  if (categories && !categories.some((one) => about.categories.includes(one))) found.push("category");
  if (services && (about.service === null || !services.includes(about.service))) found.push("service");
  return found;
}

/** Worked out once for each zone, so that what a calendar compiles is kept. */
const zoned = new WeakMap<StepHours, Map<string, OpeningHours>>();

export function inZone(hours: StepHours, zone: string): OpeningHours {
  const known = zoned.get(hours) ?? new Map<string, OpeningHours>();
  zoned.set(hours, known);
  const made = known.get(zone) ?? { zone, openings: hours.openings, closedOn: hours.closedOn };
  known.set(zone, made);
  return made;
}
