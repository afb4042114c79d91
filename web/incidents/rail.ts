/** Where milestones stand on the rail: to scale up to now, evenly spaced after. Those too close to be read apart share a
 *  label; names alternate above and below, so that none covers another. Beyond a day the scale would press the first hours
 *  into one mark: they stand evenly, and each says how long it took. */
import type { IncidentView } from "#contract/shapes.ts";
import { dayMs, minuteMs } from "#core/kernel/time.ts";
import { type Milestone, milestones } from "#core/kernel/vocabulary.ts";
import { hasEnded } from "./arrangement.ts";

export type Mark = {
  readonly names: readonly Milestone[];
  readonly kind: "reached" | "now" | "ahead";
  readonly at: number | null;
  /** Since the mark before it. */
  readonly afterMs: number | null;
  /** Share of the rail, 0 to 1. */
  readonly x: number;
  readonly lane: "up" | "down";
};

export type Rail = { readonly marks: readonly Mark[]; readonly now: number };

/** Room for one future milestone, and the least that the past keeps. */
const stepShare = 0.1;
const pastShareMin = 0.4;
/** The last label needs room to its right. */
const endRoom = 0.4;
/** What the label of the last mark takes. */
const lastLabelPx = 180;
/** Measured on the labels at 12 px; the second line is the longer one for short names. */
const letterPx = 6.5;
const labelPxMin = 104;
const paddingPx = 16;

/** `lettersOf`: how long the second line of a mark is, which bears a date once its day is over. */
export function railOf(
  view: IncidentView,
  nowMs: number,
  widthPx: number,
  lettersOf: (mark: Mark) => number = () => 0,
): Rail {
  const reached = Object.entries(view.milestones)
    .map(([name, at]) => ({ name: name as Milestone, at: Date.parse(at) }))
    .sort((a, b) => a.at - b.at);
  const ended = hasEnded(view);
  const todo: readonly Milestone[] = ended ? [] : [...milestones.filter((one) => view.missing.includes(one)), "closed"];
  const start = reached[0]?.at ?? nowMs;
  const end = ended ? (reached.at(-1)?.at ?? nowMs) : nowMs;
  const room = todo.length + endRoom;
  const step = Math.min(stepShare, (1 - pastShareMin) / room);
  const past = ended ? Math.max(0.5, 1 - lastLabelPx / widthPx) : 1 - step * room;
  const toScale = (at: number) => (end > start ? ((at - start) / (end - start)) * past : 0);
  const place = end - start > dayMs ? evenly(reached, ended ? past : past * 0.9) : toScale;
  for (let gapPx = 0; ; gapPx += 30) {
    const marks = lanes([
      ...clustered(reached, place, gapPx / widthPx),
      ...(ended ? [] : [{ names: [], kind: "now" as const, at: nowMs, afterMs: nowMs - start, x: past }]),
      ...todo.map((name, index) => ({
        names: [name],
        kind: "ahead" as const,
        at: null,
        afterMs: null,
        x: past + step * (index + 0.6),
      })),
    ]);
    if (gapPx > widthPx || fits(marks, widthPx, lettersOf)) return { marks, now: past };
  }
}

/** What happened within a minute is one moment. */
function evenly(reached: readonly { at: number }[], past: number): (at: number) => number {
  const moments: number[] = [];
  for (const { at } of reached) if (at - (moments.at(-1) ?? Number.NEGATIVE_INFINITY) >= minuteMs) moments.push(at);
  const last = Math.max(1, moments.length - 1);
  return (at) => (moments.findLastIndex((one) => one <= at) / last) * past;
}

type Free = Omit<Mark, "lane">;

function clustered(
  reached: readonly { name: Milestone; at: number }[],
  place: (at: number) => number,
  gap: number,
): Free[] {
  const marks: { names: Milestone[]; kind: "reached"; at: number; afterMs: number | null; x: number }[] = [];
  for (const { name, at } of reached) {
    const last = marks.at(-1);
    const x = place(at);
    if (last && x - last.x <= gap) last.names.push(name);
    else marks.push({ names: [name], kind: "reached", at, afterMs: last ? at - last.at : null, x });
  }
  return marks;
}

const lanes = (marks: readonly Free[]): Mark[] =>
  marks.map((mark, index) => ({ ...mark, lane: (marks.length - index) % 2 === 0 ? "down" : "up" }));

/** French names run longer than their keys: measured at a third more. */
const widthOf = (mark: Mark, letters: number): number =>
  Math.max(labelPxMin, Math.min(2, mark.names.length) * 11 * letterPx * 1.3, letters * letterPx) + paddingPx;

function fits(marks: readonly Mark[], widthPx: number, lettersOf: (mark: Mark) => number): boolean {
  const free = { up: 0, down: 0 };
  for (const mark of marks) {
    const left = mark.x * widthPx;
    if (left < free[mark.lane]) return false;
    free[mark.lane] = left + widthOf(mark, lettersOf(mark));
  }
  return true;
}
