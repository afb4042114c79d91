/** Conversions between instants, their text form and wall clocks. Rules: one reading for the whole product, so that
 *  a time missing from a day moves forward by the gap and a doubled one is its first occurrence ("compatible"). */
import type { Instant } from "./vocabulary.ts";

export const secondMs = 1_000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** RFC 3339, UTC, milliseconds: `2026-10-15T07:41:00.000Z`. A replay spells a hundred thousand of them: the years that a desk
 *  sees are spelled by integers, any other by `Temporal`. */
export function toIso(at: Instant): string {
  if (!Number.isInteger(at) || at < 0 || at >= year2100)
    return Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: "millisecond" });
  const ms = at % dayMs;
  const [hour, minute] = [Math.floor(ms / hourMs), Math.floor(ms / minuteMs) % 60];
  const second = Math.floor(ms / secondMs) % 60;
  return `${dateOf((at - ms) / dayMs)}T${two(hour)}:${two(minute)}:${two(second)}.${String(ms % 1_000).padStart(3, "0")}Z`;
}

export const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));

const year2100 = 47_482 * dayMs;
const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** Between 1970 and 2100 every fourth year is a leap year. Counted from 1 March 1968, a leap day is a year's last. */
function dateOf(day: number): string {
  const since = day + 671;
  const four = since % 1_461;
  const years = Math.min(Math.floor(four / 365), 3);
  const inYear = four - years * 365;
  const month = Math.floor((5 * inYear + 2) / 153);
  const ofMonth = inYear - Math.floor((153 * month + 2) / 5) + 1;
  const year = 1968 + Math.floor(since / 1_461) * 4 + years + (month >= 10 ? 1 : 0);
  return `${year}-${two(month >= 10 ? month - 9 : month + 3)}-${two(ofMonth)}`;
}

/** Undefined when the text is not an RFC 3339 instant. Accepts nanoseconds and `+0000`, which real senders produce. */
export function parseIso(text: string): Instant | undefined {
  const spelled = text.trim().replace(/([+-]\d{2})(\d{2})$/, "$1:$2");
  try {
    return Temporal.Instant.from(spelled).epochMilliseconds;
  } catch {
    return undefined;
  }
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

export function zoned(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

export function yearOf(at: Instant, zone: string): number {
  return zoned(at, zone).year;
}

/** When a day begins in a zone: of an instant, or of a date as `2026-10-07`. Undefined when there is no such day. */
export function startOfDate(day: Instant | string, zone: string): Instant | undefined {
  try {
    const date = typeof day === "string" ? Temporal.PlainDate.from(day) : zoned(day, zone).toPlainDate();
    return date.toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}
