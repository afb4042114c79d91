/** A legal clock: what must be told to whom, each in a leg of its own, from which fact, within how long. It knows no law: what
 *  the laws say is in law-europe.ts and law-america.ts, and anybody may write their own. A clock never pauses: where the law
 *  lets somebody withhold what they owe, the clock runs on, and the duty is withheld. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { ExtensionEnd, Limit, WorkingDays } from "./limit.ts";

/** Facts, and what was really submitted: what was due then starts nothing. Several legs: whichever is `first` or `last`. */
export type Start =
  | { readonly fact: string }
  | { readonly submissionOf: readonly string[]; readonly which: "first" | "last" };

export type Leg = {
  readonly id: string;
  readonly start: Start;
  /** Null: the law gives no figure, and asks for no delay. */
  readonly limit: Limit | null;
  /** The first whose traits all hold is the limit instead. */
  readonly limitWhen: readonly { readonly traits: readonly string[]; readonly limit: Limit }[];
  /** Not later than this either. A start that comes after it lifts it, or does not. */
  readonly atLatest: { readonly start: Start; readonly limit: Limit; readonly lateStart: "lifts" | "holds" } | null;
  /** Owed only where all of these hold, and none of those. */
  readonly onlyWith: readonly string[];
  readonly notWith: readonly string[];
  /** A fact after which it is owed no more. */
  readonly until: string | null;
  /** Where the limit falls on a day off. Not for whoever has one of these traits; nor, since a fact, for what was not reported
   *  by its leg before it. */
  readonly extension: {
    readonly to: ExtensionEnd;
    readonly exceptFor: readonly string[];
    readonly exceptSince: { readonly fact: string; readonly reportedBy: string } | null;
  } | null;
  /** It may be withheld by law; `afterwards`: what is left once it no longer may. */
  readonly hold: { readonly afterwards: Limit | null } | null;
};

export type Hold = {
  readonly legs: readonly string[];
  readonly reason: string;
  readonly authority: string;
  readonly from: Instant;
  readonly until: Instant | null;
};

/** What is known of one incident. */
export type Known = {
  readonly facts: ReadonlyMap<string, Instant>;
  readonly submissions: ReadonlyMap<string, readonly Instant[]>;
  readonly traits: ReadonlySet<string>;
  readonly holds: readonly Hold[];
  readonly days: WorkingDays;
  /** What began before is not under this law. */
  readonly inForce: "always" | "never" | { readonly from: Instant };
};

export const startsOf = ({ start, atLatest }: Leg): Start[] => (atLatest === null ? [start] : [start, atLatest.start]);

function legsNamed(leg: Leg): string[] {
  const submitted = startsOf(leg).flatMap((start) => ("submissionOf" in start ? start.submissionOf : []));
  return [...submitted, ...(leg.extension?.exceptSince ? [leg.extension.exceptSince.reportedBy] : [])];
}

export function factsOf(legs: readonly Leg[]): string[] {
  const named = legs.flatMap((leg) => [
    ...startsOf(leg).flatMap((start) => ("fact" in start ? start.fact : [])),
    ...(leg.until === null ? [] : [leg.until]),
    ...(leg.extension?.exceptSince ? [leg.extension.exceptSince.fact] : []),
  ]);
  return [...new Set(named)];
}

export function traitsOf(legs: readonly Leg[]): string[] {
  const named = legs.flatMap(({ limitWhen, onlyWith, notWith, extension }) => [
    ...limitWhen.flatMap(({ traits }) => traits),
    ...onlyWith,
    ...notWith,
    ...(extension?.exceptFor ?? []),
  ]);
  return [...new Set(named)];
}

/** A word that no leg knows is a mistake: left alone it would leave a limit unsaid, or say another. */
export function wrongIn(legs: readonly Leg[], known: Omit<Known, "days" | "inForce">): Refusal | null {
  const ids = new Set(legs.map(({ id }) => id));
  const held = known.holds.flatMap((one) => one.legs);
  const leg = [...legs.flatMap(legsNamed), ...known.submissions.keys(), ...held].find((one) => !ids.has(one));
  if (leg !== undefined) return refuse("leg-unknown", { leg });
  const facts = new Set(factsOf(legs));
  const fact = [...known.facts.keys()].find((one) => !facts.has(one));
  if (fact !== undefined) return refuse("fact-unknown", { fact });
  const traits = new Set(traitsOf(legs));
  const trait = [...known.traits].find((one) => !traits.has(one));
  if (trait !== undefined) return refuse("trait-unknown", { trait });
  const never = legs.find(({ id, hold }) => hold === null && held.includes(id));
  return never ? refuse("leg-not-withheld", { leg: never.id }) : null;
}
