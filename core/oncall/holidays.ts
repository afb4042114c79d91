/** Public holidays of a place, as plain dates: restrictions name a place, and whoever reads a schedule hands its days over. No
 *  day is computed here. */
import type { Span } from "../kernel/spans.ts";
import { dayNamed, zoneClock } from "../kernel/zone-clock.ts";
import type { OpeningHours } from "./opening-hours.ts";

export type HolidayDay = {
  /** `2027-05-24`. */
  readonly date: string;
  readonly nameFr: string;
  readonly nameEn: string;
  /** Kept by some and not by others, such as Easter Monday in Québec. */
  readonly optional: boolean;
};

/** Of a country or a part of it: `FR`, `CA-QC`. */
export type PlaceDays = { readonly place: string; readonly days: readonly HolidayDay[] };

export type HolidayRule = {
  readonly place: string;
  /** Closed on those days, whatever the hours say; or open, from midnight to midnight. */
  readonly on: "closed" | "open";
  readonly optional?: boolean | undefined;
};

/** As they are kept and sent: the days are not theirs. */
export type OpeningHoursDefinition = Omit<OpeningHours, "holidays"> & { readonly holidays?: HolidayRule | undefined };

const isKept =
  ({ optional = false }: HolidayRule) =>
  (day: HolidayDay): boolean =>
    optional || !day.optional;

/** A place whose days are not among them has none. */
export function hoursWith({ holidays, ...hours }: OpeningHoursDefinition, known: readonly PlaceDays[]): OpeningHours {
  if (!holidays) return hours;
  const days = known.find(({ place }) => place === holidays.place)?.days ?? [];
  return { ...hours, holidays: { ...holidays, days: days.filter(isKept(holidays)).map(({ date }) => date) } };
}

export function definitionOf({ holidays, ...hours }: OpeningHours): OpeningHoursDefinition {
  if (!holidays) return hours;
  const { days: _, ...rule } = holidays;
  return { ...hours, holidays: rule };
}

type Restricted = { readonly restriction: { readonly holidays?: HolidayRule | undefined } | null };

export const placesOf = (layers: readonly Restricted[]): string[] => [
  ...new Set(layers.flatMap(({ restriction }) => restriction?.holidays?.place ?? [])),
];

export type NamedHoliday = Span & HolidayDay & { readonly place: string };

/** Those that touch a period, by the clock of the layer that names them; in order, each once. */
export function holidaysBetween(
  layers: readonly { readonly restriction: (OpeningHoursDefinition & { readonly zone: string }) | null }[],
  known: readonly PlaceDays[],
  period: Span,
): NamedHoliday[] {
  const found = new Map<string, NamedHoliday>();
  for (const { restriction } of layers) {
    const rule = restriction?.holidays;
    if (!restriction || !rule) continue;
    const clock = zoneClock(restriction.zone);
    for (const one of known.find(({ place }) => place === rule.place)?.days.filter(isKept(rule)) ?? []) {
      const day = dayNamed(one.date);
      if (day === undefined) continue;
      const span = { from: clock.toInstant(day, 0), until: clock.toInstant(day + 1, 0) };
      if (span.until <= period.from || span.from >= period.until) continue;
      found.set(`${rule.place} ${span.from}`, { ...span, ...one, place: rule.place });
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from || (a.place < b.place ? -1 : 1));
}
