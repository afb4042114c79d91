/** Sets of time as sorted, disjoint, half-open spans that do not touch: what a schedule covers, when a desk is open, when a
 *  clock was paused. Every function gives such a set whatever it is given. */
import type { Instant } from "./vocabulary.ts";

export type Span = { readonly from: Instant; readonly until: Instant };
export type Spans = readonly Span[];

/** Empty and reversed ones are nothing; those that overlap or touch are one. */
export function union(spans: Iterable<Span>): Span[] {
  const sorted = [...spans].filter(({ from, until }) => from < until).sort((a, b) => a.from - b.from);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.from <= last.until) {
      if (span.until > last.until) joined[joined.length - 1] = { from: last.from, until: span.until };
    } else joined.push({ from: span.from, until: span.until });
  }
  return joined;
}

export function intersect(one: Spans, other: Spans): Span[] {
  const [a, b] = [union(one), union(other)];
  const found: Span[] = [];
  for (let i = 0, j = 0; ; ) {
    const [left, right] = [a[i], b[j]];
    if (!left || !right) return found;
    const from = Math.max(left.from, right.from);
    const until = Math.min(left.until, right.until);
    if (from < until) found.push({ from, until });
    if (left.until < right.until) i += 1;
    else j += 1;
  }
}

export function subtract(from: Spans, what: Spans): Span[] {
  const taken = union(what);
  const left: Span[] = [];
  let next = 0;
  for (const span of union(from)) {
    let at = span.from;
    while ((taken[next]?.until ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    for (let index = next; ; index += 1) {
      const one = taken[index];
      if (!one || one.from >= span.until) break;
      if (one.from > at) left.push({ from: at, until: one.from });
      at = Math.max(at, one.until);
    }
    if (at < span.until) left.push({ from: at, until: span.until });
  }
  return left;
}

export const clip = (spans: Spans, period: Span): Span[] => intersect(spans, [period]);

/** In milliseconds. */
export const lengthOf = (spans: Spans): number => spans.reduce((sum, { from, until }) => sum + until - from, 0);

export const holds = (spans: Spans, at: Instant): boolean => spans.some(({ from, until }) => from <= at && at < until);
