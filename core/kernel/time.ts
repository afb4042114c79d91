/** Conversions between instants, their text form and wall clocks. Rules: one reading for the whole product, so that
 *  a time missing from a day moves forward by the gap and a doubled one is its first occurrence ("compatible"). */
import type { Instant } from "./vocabulary.ts";

export const secondMs = 1_000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** RFC 3339, UTC, milliseconds: `2026-10-15T07:41:00.000Z`. */
export function toIso(at: Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: "millisecond" });
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
