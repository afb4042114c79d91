/** The scale of time on which an impact is drawn: from when it was noticed to now, or to its end, with round hours on it. */
import { dayMs, hourMs, minuteMs, zoned } from "#core/kernel/time.ts";
import type { ImpactView } from "./queries.ts";

export type Ruler = { readonly from: number; readonly until: number; readonly marks: readonly number[] };

const steps = [
  ...[5, 10, 15, 30].map((many) => many * minuteMs),
  ...[1, 2, 3, 6, 12].map((many) => many * hourMs),
  ...[1, 2, 5, 10, 30, 90].map((many) => many * dayMs),
];
const marksMax = 7;
/** An incident that has just begun is drawn all the same. */
const leastMs = 10 * minuteMs;
/** The edge is not the end. */
const beyondShare = 0.02;

export function rulerOf(view: Pick<ImpactView, "noticedAt" | "until" | "domains">, zone: string): Ruler {
  const starts = view.domains.flatMap(({ steps: [first] }) => (first ? [Date.parse(first.from)] : []));
  const from = Math.min(Date.parse(view.noticedAt), ...starts);
  const length = Math.max(leastMs, Date.parse(view.until) - from);
  const until = from + length * (1 + beyondShare);
  const step = steps.find((one) => length / one <= marksMax) ?? dayMs * 365;
  const ahead = zoned(from, zone).offsetNanoseconds / 1e6;
  const marks: number[] = [];
  for (let at = Math.ceil((from + ahead) / step) * step - ahead; at < until; at += step) marks.push(at);
  return { from, until, marks };
}

/** In hundredths of the width. */
export const markedAt = ({ from, until }: Ruler, at: number): number =>
  Math.round(Math.max(0, Math.min(1, (at - from) / (until - from))) * 10_000) / 100;
