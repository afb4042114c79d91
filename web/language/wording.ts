/** Every sentence, date and length the app shows, in one language and one zone. */
import type { Locale } from "#core/kernel/vocabulary.ts";
import * as format from "#languages/format.ts";
import { now } from "../ui/now.ts";
import { messagesIn } from "./catalogue.ts";

export function wordsFor(locale: Locale, zone: string) {
  const messages = messagesIn(locale);
  const ms = (at: number | string): number => (typeof at === "string" ? Date.parse(at) : at);
  return {
    ...messages,
    zone,
    hour: (at: number | string) => format.hour(ms(at), zone),
    /** The hour today, else with its day. */
    moment: (at: number | string) => format.moment(ms(at), now(), zone, locale),
    brief: (at: number | string) => format.briefMoment(ms(at), now(), zone, locale),
    briefDay: (at: number | string) => format.briefDay(ms(at), zone, locale),
    shortDate: (at: number | string) => format.shortDate(ms(at), zone, locale),
    date: (at: number | string, there = zone) => format.date(ms(at), there, locale),
    dateTime: (at: number | string) => format.dateTime(ms(at), zone, locale),
    weekday: (at: number | string, there = zone) => format.weekday(ms(at), there, locale),
    /** Monday is 1. */
    weekdayNamed: (day: number) => format.weekdayNamed(day, locale),
    columnDay: (at: number | string) => format.columnDay(ms(at), zone, locale),
    /** Inside a sentence: “until 08:00”, “until 16 October at 08:00”. */
    phrase: (kind: "at" | "until" | "since", at: number | string) =>
      format.phrase(kind, ms(at), { now: now(), zone, locale }),
    /** In full, for the title of a short form. */
    exact: (at: number | string) => format.zonedDateTime(ms(at), zone, locale),
    lasting: (lengthMs: number) => format.duration(lengthMs, locale),
    left: (lengthMs: number) => format.countdown(lengthMs, locale),
    percent: (ratio: number, decimals = 1) => format.percent(ratio, locale, decimals),
    list: (items: readonly string[]) => format.list(items, locale),
    oneOf: (items: readonly string[]) => format.list(items, locale, "or"),
    year: () => new Date(now()).getFullYear(),
  };
}

export type Words = ReturnType<typeof wordsFor>;
export type { MessageId } from "./catalogue.ts";
