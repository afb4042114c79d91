/** Calendars as iCalendar (RFC 5545): turns written, absences read. The format is the library's. */
import ICAL from "ical.js";

export type CalendarEvent = {
  readonly uid: string;
  readonly from: number;
  readonly until: number;
  readonly summary: string;
};

/** All instants in UTC: a program shows them in its own zone. */
export function writeCalendar(name: string, events: readonly CalendarEvent[], at: number): string {
  const calendar = new ICAL.Component("vcalendar");
  calendar.updatePropertyWithValue("prodid", "-//Tocsin//On call//EN");
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("method", "PUBLISH");
  calendar.updatePropertyWithValue("x-wr-calname", name);
  calendar.updatePropertyWithValue("refresh-interval", "PT1H");
  for (const { uid, from, until, summary } of events) {
    const event = new ICAL.Component("vevent");
    event.updatePropertyWithValue("uid", uid);
    event.updatePropertyWithValue("dtstamp", utc(at));
    event.updatePropertyWithValue("dtstart", utc(from));
    event.updatePropertyWithValue("dtend", utc(until));
    event.updatePropertyWithValue("summary", summary);
    event.updatePropertyWithValue("transp", "TRANSPARENT");
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
}

const utc = (at: number) => ICAL.Time.fromJSDate(new Date(Math.floor(at / 1_000) * 1_000), true);

export type ReadEvent = { readonly from: number; readonly until: number; readonly summary: string };
type Reading = {
  readonly from: number;
  readonly until: number;
  /** Where a day begins that has no hour of its own, or a time without a zone. */
  readonly zone: string;
  readonly max: number;
};

/** Undefined when it is no calendar. Repetitions are followed within the window and up to a bound, whatever the file says. */
export function readCalendar(
  text: string,
  reading: Reading,
): { readonly events: readonly ReadEvent[]; readonly left: number } | undefined {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    if (calendar.name !== "vcalendar") return undefined;
    const budget = { steps: stepsMax };
    const found = calendar
      .getAllSubcomponents("vevent")
      .flatMap((one) => occurrencesOf(new ICAL.Event(one), reading, budget));
    const wanted = found.filter(({ from, until }) => until > reading.from && from < reading.until && from < until);
    wanted.sort((a, b) => a.from - b.from);
    return { events: wanted.slice(0, reading.max), left: found.length - Math.min(wanted.length, reading.max) };
  } catch {
    return undefined;
  }
}

/** Of all repetitions of a file together: a rule that repeats every day since long ago is followed, one every second is not. */
const stepsMax = 3_000;
const tooFine = /^(SECONDLY|MINUTELY|HOURLY)$/;

function occurrencesOf(event: ICAL.Event, reading: Reading, budget: { steps: number }): ReadEvent[] {
  const summary = String(event.summary ?? "").slice(0, 200);
  const lengthOf = (start: ICAL.Time, end: ICAL.Time): ReadEvent => ({
    from: instantOf(start, reading.zone),
    until: instantOf(end, reading.zone),
    summary,
  });
  if (!event.startDate || event.isRecurrenceException()) return [];
  if (!event.isRecurring()) return [lengthOf(event.startDate, event.endDate)];
  const found: ReadEvent[] = [];
  if (Object.keys(event.getRecurrenceTypes()).some((one) => tooFine.test(one))) return [];
  const each = event.iterator();
  for (; budget.steps > 0 && found.length < reading.max; budget.steps -= 1) {
    const next = each.next();
    if (!next) break;
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    const one = lengthOf(startDate, endDate);
    if (one.from >= reading.until) break;
    if (one.until > reading.from) found.push(one);
  }
  return found;
}

/** By the wall clock in the zone that the file names, when it is one we know; else in the reader's. */
function instantOf(time: ICAL.Time, zone: string): number {
  if (time.zone === ICAL.Timezone.utcTimezone) return time.toUnixTime() * 1_000;
  const named = time.zone?.tzid;
  const wall = Temporal.PlainDateTime.from({
    year: time.year,
    month: time.month,
    day: time.day,
    hour: time.isDate ? 0 : time.hour,
    minute: time.isDate ? 0 : time.minute,
    second: time.isDate ? 0 : time.second,
  });
  try {
    return wall.toZonedDateTime(named && named !== "floating" ? named : zone).epochMilliseconds;
  } catch {
    return wall.toZonedDateTime(zone).epochMilliseconds;
  }
}
