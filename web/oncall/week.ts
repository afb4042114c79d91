/** A week of the reader's, day by day: in their zone, whatever zones a schedule hands over in. */
import type { Span } from "#core/kernel/spans.ts";
import { zoned } from "#core/kernel/time.ts";

export type Week = Span & {
  /** The beginning of each day. */
  readonly days: readonly number[];
  /** `2026-11-23`: as the address has it. */
  readonly date: string;
};

/** Monday on or before an instant, or on or before a date. */
export function weekOf(at: number, zone: string, date?: string): Week {
  const named = dateOf(date) ?? zoned(at, zone).toPlainDate();
  const monday = named.subtract({ days: named.dayOfWeek - 1 });
  const startOf = (days: number): number => monday.add({ days }).toZonedDateTime(zone).epochMilliseconds;
  return {
    from: startOf(0),
    until: startOf(7),
    days: [0, 1, 2, 3, 4, 5, 6].map(startOf),
    date: monday.toString(),
  };
}

export const weekBeside = ({ date }: Week, by: 1 | -1): string =>
  Temporal.PlainDate.from(date)
    .add({ days: 7 * by })
    .toString();

function dateOf(text: string | undefined): Temporal.PlainDate | null {
  try {
    return text === undefined ? null : Temporal.PlainDate.from(text);
  } catch {
    return null;
  }
}

/** Where an instant stands in a week, as a share of its width: days of 23 and 25 hours are drawn to scale. */
export const shareOf = ({ from, until }: Span, at: number): number =>
  (Math.min(Math.max(at, from), until) - from) / (until - from);

/** What a date-and-time field holds. */
export function wallOf(at: number, zone: string): string {
  return zoned(at, zone).toPlainDateTime().toString({ smallestUnit: "minute" });
}
