/** Calendars by which targets are counted, under a name. A calendar that is changed counts by its new hours from then on: what
 *  has run by the old ones stays run. */
import { clip, type Span, union } from "../kernel/spans.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { Openings } from "./business-time.ts";
import { isOpen, type OpeningHours, openingsBetween, openingsFrom } from "./opening-hours.ts";

export type CalendarVersion = {
  /** The first counts from ever. */
  readonly from: Instant;
  readonly hours: OpeningHours;
};

export type BusinessCalendar = {
  readonly id: string;
  readonly nameFr: string;
  readonly nameEn: string;
  /** No longer chosen; targets that name it keep it. */
  readonly retired: boolean;
  /** Oldest first; never empty. */
  readonly versions: readonly CalendarVersion[];
};

/** There from the beginning: what counts in open hours and names no calendar counts by the service's own, else by this one. */
export const officeCalendar = "office";

/** Until somebody says otherwise. */
export const officeHours = (zone: string): OpeningHours => ({
  zone,
  openings: [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }],
  closedOn: [],
});

export const firstCalendar = (zone: string): BusinessCalendar => ({
  id: officeCalendar,
  nameFr: "Heures de bureau",
  nameEn: "Office hours",
  retired: false,
  versions: [{ from: 0, hours: officeHours(zone) }],
});

export const newestHours = ({ versions }: Pick<BusinessCalendar, "versions">): OpeningHours | undefined =>
  versions.at(-1)?.hours;

/** The clock on the wall. */
export const always: Openings = {
  between: (period) => [period],
  from: (at) => [{ from: at, until: Number.POSITIVE_INFINITY }],
};

type Reign = Span & { readonly hours: OpeningHours };

const reigns = ({ versions }: Pick<BusinessCalendar, "versions">): Reign[] =>
  versions.map(({ from, hours }, index) => ({
    hours,
    from: index === 0 ? Number.NEGATIVE_INFINITY : from,
    until: versions[index + 1]?.from ?? Number.POSITIVE_INFINITY,
  }));

export function openingsOf(calendar: Pick<BusinessCalendar, "versions">): Openings {
  const all = reigns(calendar);
  const [only] = all;
  if (only && all.length === 1)
    return { between: (period) => openingsBetween(only.hours, period), from: (at) => openingsFrom(only.hours, at) };
  return {
    between: (period) =>
      union(all.flatMap((reign) => clip(openingsBetween(reign.hours, within(reign, period)), reign))),
    from: (at) => openingsOfAll(all, at),
  };
}

const within = (reign: Span, { from, until }: Span): Span => ({
  from: Math.max(reign.from, from),
  until: Math.max(Math.max(reign.from, from), Math.min(reign.until, until)),
});

function* openingsOfAll(all: readonly Reign[], at: Instant): Generator<Span> {
  for (const reign of all) {
    if (reign.until <= at) continue;
    for (const opening of openingsFrom(reign.hours, Math.max(at, reign.from))) {
      if (opening.from >= reign.until) break;
      yield { from: opening.from, until: Math.min(opening.until, reign.until) };
    }
  }
}

export function isOpenAt(calendar: Pick<BusinessCalendar, "versions">, at: Instant): boolean {
  const now = reigns(calendar).find(({ from, until }) => from <= at && at < until);
  return now !== undefined && isOpen(now.hours, at);
}

/** Of one that is closed; null where as far as can be seen it never opens. */
export function opensAgainAt(calendar: Pick<BusinessCalendar, "versions">, at: Instant): Instant | null {
  for (const { from } of openingsOf(calendar).from(at)) return from;
  return null;
}
