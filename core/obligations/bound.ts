/** What an organisation says of a law that is its own. */
import { entityTraits } from "./assessment.ts";
import type { Leg } from "./clock.ts";
import { traitsOf } from "./clock.ts";
import type { WorkingDays } from "./limit.ts";

export type BoundLaw = {
  readonly law: string;
  /** Of those that hold whatever happens. */
  readonly traits: readonly string[];
  /** In hours, for legs to which the law gives no figure. */
  readonly targets: Readonly<Record<string, number>>;
  /** By which days and wall clocks it is counted. */
  readonly days: WorkingDays;
  /** Whose public holidays are days off; null: none are. */
  readonly place: string | null;
};

export const mondayToFriday: readonly number[] = [1, 2, 3, 4, 5];

/** Where a law is one's own no longer, what began under it goes on by the clock of the desk. */
export const daysFor = (laws: ReadonlyMap<string, BoundLaw>, law: string, zone: string): WorkingDays =>
  laws.get(law)?.days ?? { zone, weekdays: mondayToFriday, closedOn: [] };

/** Which an organisation may say of itself under a law. */
export const entityTraitsOf = (legs: readonly Leg[]): string[] =>
  traitsOf(legs).filter((trait) => entityTraits.includes(trait));

/** Legs that may have a target of one's own. */
export const targetable = (legs: readonly Leg[]): string[] =>
  legs.filter(({ limit }) => limit === null).map(({ id }) => id);
