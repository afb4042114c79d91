/** What a date-and-time field holds is a wall clock without a place: here it gets the reader's. */
import { toIso } from "#core/kernel/time.ts";

export function zonedInstant(wall: string, zone: string): string | undefined {
  try {
    return toIso(Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds);
  } catch {
    return undefined;
  }
}
