/** The scale of the timeline: a window that ends now and holds most of what is open, and the hours marked on it. */
import type { IncidentView } from "#contract/shapes.ts";
import { dayMs, hourMs } from "#core/kernel/time.ts";
import type { Instant } from "#core/kernel/vocabulary.ts";
import { startOf } from "./arrangement.ts";

/** Length of a window and of its steps. */
const windows: readonly { readonly length: number; readonly step: number }[] = [
  { length: 6 * hourMs, step: hourMs },
  { length: dayMs, step: 4 * hourMs },
  { length: 3 * dayMs, step: 12 * hourMs },
  { length: 7 * dayMs, step: dayMs },
  { length: 30 * dayMs, step: 5 * dayMs },
  { length: 90 * dayMs, step: 15 * dayMs },
];
/** A single old one must not press all the others against the edge. */
const heldShare = 0.8;
/** What has just begun is drawn wide enough to be seen, and now is not the edge. */
const aheadShare = 0.03;

export type Scale = { readonly from: Instant; readonly until: Instant; readonly marks: readonly Instant[] };

/** `aheadOfUtcMs`: of the reader's zone, so that marks fall on their midnight. */
export function scaleOf(starts: readonly Instant[], now: Instant, aheadOfUtcMs = 0): Scale {
  const ages = starts.map((start) => now - start).sort((a, b) => a - b);
  const wanted = ages[Math.max(0, Math.ceil(ages.length * heldShare) - 1)] ?? 0;
  const { length, step } = windows.find((one) => one.length >= wanted) ?? (windows.at(-1) as (typeof windows)[number]);
  const from = now - length;
  const marks: Instant[] = [];
  for (let at = Math.ceil((from + aheadOfUtcMs) / step) * step - aheadOfUtcMs; at <= now; at += step) marks.push(at);
  return { from, until: now + length * aheadShare, marks };
}

/** Where a moment is drawn, as a share of the width; what lies outside is at the edge. */
export const placeOn = ({ from, until }: Scale, at: Instant): number =>
  Math.max(0, Math.min(1, (at - from) / (until - from)));

export type Span = {
  readonly phase: "waiting" | "working" | "restored";
  readonly from: Instant;
  readonly until: Instant;
};

/** What an incident went through: nobody had it, somebody worked on it, the service was back. */
export function spansOf(view: IncidentView, now: Instant): Span[] {
  const at = (text: string | undefined): Instant | null => (text === undefined ? null : Date.parse(text));
  const start = startOf(view);
  const back = at(view.milestones.restored) ?? at(view.milestones.resolved);
  const taken = at(view.milestones.accepted);
  const down = back ?? now;
  const held = taken === null ? down : Math.min(Math.max(taken, start), down);
  const spans: Span[] = [
    { phase: "waiting", from: start, until: held },
    { phase: "working", from: held, until: down },
    { phase: "restored", from: down, until: now },
  ];
  return spans.filter((one) => one.until > one.from);
}
