/** Dates, hours, durations, figures and lists as people read them. Our own, and not `Intl`: its spaces and its words change
 *  from one version to the next, and a page that wakes somebody must read the same everywhere. Records and the API never
 *  use this: they are ISO 8601 in UTC. */
import { type Language, type Locale, languageOfLocale as languageOf } from "../core/kernel/vocabulary.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. */
type Instant = number;

const nbsp = "\u00a0";
const thin = "\u202f";
const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const months: Readonly<Record<Language, readonly string[]>> = {
  fr: [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
  ],
  en: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
};
const weekdays: Readonly<Record<Language, readonly string[]>> = {
  fr: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
};

const two = (value: number): string => String(value).padStart(2, "0");

function zoned(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

/** `03:41`, for screens and lists in both languages: a colon always means an hour of the day. */
export function hour(at: Instant, zone: string): string {
  const there = zoned(at, zone);
  return `${two(there.hour)}:${two(there.minute)}`;
}

/** « 9 h 07 » in French prose, « 9h07 » in France; `09:07` in English. */
export function proseHour(at: Instant, zone: string, locale: Locale): string {
  if (languageOf(locale) === "en") return hour(at, zone);
  const there = zoned(at, zone);
  const space = locale === "fr-FR" ? "" : nbsp;
  return `${there.hour}${space}h${space}${two(there.minute)}`;
}

/** « 5 mars 2026 », « 1er mars 2026 »; `5 March 2026`, and `March 5, 2026` in Canada. */
export function date(at: Instant, zone: string, locale: Locale): string {
  const there = zoned(at, zone);
  const comma = locale === "en-CA" ? "," : "";
  return `${dayOfMonth(there, locale)}${comma}${nbsp}${there.year}`;
}

/** « jeudi 15 octobre 2026 »; `Thursday 15 October 2026`, and `Thursday, October 15, 2026` in Canada. */
export function longDate(at: Instant, zone: string, locale: Locale): string {
  const comma = locale === "en-CA" ? "," : "";
  return `${weekday(at, zone, locale)}${comma} ${date(at, zone, locale)}`;
}

/** « jeudi »; `Thursday`. */
export function weekday(at: Instant, zone: string, locale: Locale): string {
  return weekdays[languageOf(locale)][zoned(at, zone).dayOfWeek - 1] ?? "";
}

/** Of its number: Monday is 1, Sunday 7. */
export const weekdayNamed = (day: number, locale: Locale): string => weekdays[languageOf(locale)][day - 1] ?? "";

/** At the head of a column: « lun. 12 »; `Mon 12`. */
export function columnDay(at: Instant, zone: string, locale: Locale): string {
  const there = zoned(at, zone);
  const name = weekdays[languageOf(locale)][there.dayOfWeek - 1] ?? "";
  return `${name.slice(0, 3)}${languageOf(locale) === "fr" ? "." : ""}${nbsp}${there.day}`;
}

/** « 15 octobre »; `15 October`, and `October 15` in Canada. */
export function shortDate(at: Instant, zone: string, locale: Locale): string {
  return dayOfMonth(zoned(at, zone), locale);
}

function dayOfMonth(there: Temporal.ZonedDateTime, locale: Locale): string {
  const language = languageOf(locale);
  const day = language === "fr" && there.day === 1 ? "1er" : String(there.day);
  const month = months[language][there.month - 1] ?? "";
  return locale === "en-CA" ? `${month}${nbsp}${day}` : `${day}${nbsp}${month}`;
}

/** « 5 mars 2026 à 9 h 07 »; `5 March 2026 at 09:07`. */
export function dateTime(at: Instant, zone: string, locale: Locale): string {
  const joined = languageOf(locale) === "fr" ? "à" : "at";
  return `${date(at, zone, locale)} ${joined} ${proseHour(at, zone, locale)}`;
}

/** `UTC`, `UTC−4`, `UTC+5:30`: letters such as EST mean several zones. */
export function zoneOffset(at: Instant, zone: string): string {
  const minutes = Math.round(zoned(at, zone).offsetNanoseconds / 60e9);
  if (minutes === 0) return "UTC";
  const left = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? "−" : "+"}${Math.floor(Math.abs(minutes) / 60)}${left === 0 ? "" : `:${two(left)}`}`;
}

/** « 5 mars 2026 à 9 h 07 (UTC−5, America/Toronto) »: for the title of a relative time. */
export function zonedDateTime(at: Instant, zone: string, locale: Locale): string {
  const offset = zoneOffset(at, zone);
  return `${dateTime(at, zone, locale)} (${offset}${zone === "UTC" ? "" : `, ${zone}`})`;
}

/** The hour alone today, else with its day: `03:41`, « 14 octobre, 03:41 », « 31 décembre 2025, 03:41 ». */
export function moment(at: Instant, now: Instant, zone: string, locale: Locale): string {
  const there = zoned(at, zone);
  const here = zoned(now, zone);
  if (there.toPlainDate().equals(here.toPlainDate())) return hour(at, zone);
  const day = there.year === here.year ? shortDate(at, zone, locale) : date(at, zone, locale);
  return `${day}, ${hour(at, zone)}`;
}

/** The same where there is room for little more than an hour: `03:41`, « 14 oct. 03:41 », « 31 déc. 2025 03:41 », broken
 *  between its parts and not inside them. */
export function briefMoment(at: Instant, now: Instant, zone: string, locale: Locale): string {
  const there = zoned(at, zone);
  const here = zoned(now, zone);
  if (there.toPlainDate().equals(here.toPlainDate())) return hour(at, zone);
  return [briefDay(at, zone, locale), ...(there.year === here.year ? [] : [there.year]), hour(at, zone)].join(" ");
}

/** The day alone, where there is room for little more: « 14 oct. »; `14 Oct`. */
export function briefDay(at: Instant, zone: string, locale: Locale): string {
  const there = zoned(at, zone);
  return `${there.day}${nbsp}${briefMonths[languageOf(locale)][there.month - 1] ?? ""}`;
}

/** Abbreviations of the OQLF; a month of four letters or less is not abbreviated, nor is « avril ». */
const briefMonths = {
  fr: ["janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."],
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
} as const;

/** A moment inside a sentence: « à 03:04 », « le 14 octobre à 03:04 »; « jusqu’à 08:00 », « jusqu’au 16 octobre à 08:00 »;
 *  « depuis 02:41 », « depuis le 14 octobre à 02:41 ». */
export function phrase(
  kind: "at" | "until" | "since",
  at: Instant,
  { now, zone, locale }: { readonly now: Instant; readonly zone: string; readonly locale: Locale },
): string {
  const language = languageOf(locale);
  const there = zoned(at, zone);
  const here = zoned(now, zone);
  const { today, otherDay, joined } = phraseWords[language][kind];
  if (there.toPlainDate().equals(here.toPlainDate())) return `${today} ${hour(at, zone)}`;
  const day = there.year === here.year ? shortDate(at, zone, locale) : date(at, zone, locale);
  return `${otherDay} ${day} ${joined} ${hour(at, zone)}`;
}

type PhraseWords = { readonly today: string; readonly otherDay: string; readonly joined: string };

const phraseWords: Readonly<Record<Language, Readonly<Record<"at" | "until" | "since", PhraseWords>>>> = {
  fr: {
    at: { today: "à", otherDay: "le", joined: "à" },
    until: { today: "jusqu’à", otherDay: "jusqu’au", joined: "à" },
    since: { today: "depuis", otherDay: "depuis le", joined: "à" },
  },
  en: {
    at: { today: "at", otherDay: "on", joined: "at" },
    until: { today: "until", otherDay: "until", joined: "at" },
    since: { today: "since", otherDay: "since", joined: "at" },
  },
};

const unitNames: Readonly<Record<Language, { day: string }>> = { fr: { day: "j" }, en: { day: "d" } };

/** The two largest units, always named: « 2 h 15 min », « 3 j 4 h », « 40 s ». Negative lengths count as none. */
export function duration(lengthMs: number, locale: Locale): string {
  const length = Math.max(0, lengthMs);
  const { day } = unitNames[languageOf(locale)];
  const part = (value: number, unit: string): string => `${value}${nbsp}${unit}`;
  const parts = (larger: string, smaller: string, rest: number): string =>
    rest === 0 ? larger : `${larger} ${smaller}`;
  if (length < minuteMs) return part(Math.floor(length / secondMs), "s");
  if (length < hourMs) return part(Math.floor(length / minuteMs), "min");
  if (length < dayMs) {
    const minutes = Math.floor((length % hourMs) / minuteMs);
    return parts(part(Math.floor(length / hourMs), "h"), part(minutes, "min"), minutes);
  }
  const hours = Math.floor((length % dayMs) / hourMs);
  return parts(part(Math.floor(length / dayMs), day), part(hours, "h"), hours);
}

/** What is left, to the second under an hour: « 3 min 12 s », « 12 s », « 2 h 15 min ». */
export function countdown(leftMs: number, locale: Locale): string {
  const left = Math.max(0, leftMs);
  if (left < minuteMs || left >= hourMs) return duration(left, locale);
  const seconds = Math.floor((left % minuteMs) / secondMs);
  return `${Math.floor(left / minuteMs)}${nbsp}min${nbsp}${two(seconds)}${nbsp}s`;
}

/** « il y a 5 min », « dans 2 h 15 min », « à l’instant ». Always shown with the absolute time beside or under it. */
export function relative(at: Instant, now: Instant, locale: Locale): string {
  const french = languageOf(locale) === "fr";
  const away = Math.abs(now - at);
  if (away < 10 * secondMs) return french ? "à l’instant" : "just now";
  const length = duration(away, locale);
  if (at > now) return french ? `dans ${length}` : `in ${length}`;
  return french ? `il y a ${length}` : `${length} ago`;
}

/** Digits grouped by three with the space of the place: U+00A0 in Canada, U+202F in France, a comma in English. */
export function number(value: number, locale: Locale, decimals = 0): string {
  const french = languageOf(locale) === "fr";
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const separator = french ? (locale === "fr-FR" ? thin : nbsp) : ",";
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, separator);
  const signed = value < 0 && Number(value.toFixed(decimals)) !== 0 ? `−${grouped}` : grouped;
  return fraction === undefined ? signed : `${signed}${french ? "," : "."}${fraction}`;
}

/** `ratio` 0.38 gives « 38 % », `38%`. */
export function percent(ratio: number, locale: Locale, decimals = 0): string {
  const digits = number(ratio * 100, locale, decimals);
  return languageOf(locale) === "fr" ? `${digits}${nbsp}%` : `${digits}%`;
}

/** « a, b et c »; `a, b and c`. */
export function list(items: readonly string[], locale: Locale, joining: "and" | "or" = "and"): string {
  const words = { fr: { and: "et", or: "ou" }, en: { and: "and", or: "or" } };
  if (items.length < 2) return items[0] ?? "";
  const word = words[languageOf(locale)][joining];
  return `${items.slice(0, -1).join(", ")} ${word} ${items[items.length - 1]}`;
}
