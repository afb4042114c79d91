/** A replay in parts: what each holds, and how they add up. The server makes them, a browser or a terminal adds them. */
import type { DifferenceKind } from "../kernel/vocabulary.ts";

export type Both<T> = { readonly before: T; readonly after: T };
/** A length in milliseconds, and how many had it. */
export type Counted = readonly [number, number];

export type Sums<D> = {
  readonly pagings: number;
  readonly pages: Both<number>;
  /** Pagings that nobody answered before they ended. */
  readonly unanswered: Both<number>;
  /** From the beginning until the one who answers is first called. */
  readonly delays: Both<readonly Counted[]>;
  /** Pages at night and at week-ends, by person. */
  readonly outOfHours: readonly ({ readonly person: string } & Both<number>)[];
  readonly differences: readonly D[];
};

export const emptyPart: Sums<never> = {
  pagings: 0,
  pages: { before: 0, after: 0 },
  unanswered: { before: 0, after: 0 },
  delays: { before: [], after: [] },
  outOfHours: [],
  differences: [],
};

export function addParts<D>(one: Sums<D>, other: Sums<D>): Sums<D> {
  const both = (pick: (part: Sums<D>) => Both<number>): Both<number> => ({
    before: pick(one).before + pick(other).before,
    after: pick(one).after + pick(other).after,
  });
  return {
    pagings: one.pagings + other.pagings,
    pages: both(({ pages }) => pages),
    unanswered: both(({ unanswered }) => unanswered),
    delays: {
      before: addCounted(one.delays.before, other.delays.before),
      after: addCounted(one.delays.after, other.delays.after),
    },
    outOfHours: addHours(one.outOfHours, other.outOfHours),
    differences: [...one.differences, ...other.differences],
  };
}

function addCounted(one: readonly Counted[], other: readonly Counted[]): Counted[] {
  const sums = new Map(one);
  for (const [length, count] of other) sums.set(length, (sums.get(length) ?? 0) + count);
  return [...sums];
}

/** Of a changed rule about noise: incidents beside pages. */
export type NoiseSums<D, C> = Sums<D> & {
  /** Incidents that alerts opened. */
  readonly opened: Both<number>;
  readonly changes: readonly C[];
  readonly partly: boolean;
};

export const emptyNoisePart: NoiseSums<never, never> = {
  ...emptyPart,
  opened: { before: 0, after: 0 },
  changes: [],
  partly: false,
};

export const addNoiseParts = <D, C>(one: NoiseSums<D, C>, other: NoiseSums<D, C>): NoiseSums<D, C> => ({
  ...addParts<D>(one, other),
  opened: { before: one.opened.before + other.opened.before, after: one.opened.after + other.opened.after },
  changes: [...one.changes, ...other.changes],
  partly: one.partly || other.partly,
});

type OutOfHours = Sums<never>["outOfHours"];

function addHours(one: OutOfHours, other: OutOfHours): OutOfHours {
  const sums = new Map(one.map((sum) => [sum.person, sum]));
  for (const { person, before, after } of other) {
    const known = sums.get(person) ?? { before: 0, after: 0 };
    sums.set(person, { person, before: known.before + before, after: known.after + after });
  }
  return [...sums.values()];
}

/** The smallest length that at least this share of all have; null of nothing. */
export function quantile(counted: readonly Counted[], share: number): number | null {
  const sorted = [...counted].sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [length, count] of sorted) {
    seen += count;
    if (seen >= all * share) return length;
  }
  return null;
}

export const countOf = (differences: readonly { readonly kind: DifferenceKind }[], kind: DifferenceKind): number =>
  differences.filter((one) => one.kind === kind).length;
