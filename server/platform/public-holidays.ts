/** What days are public holidays of a place, as `date-holidays` knows them: turned into plain dates, the only thing that is
 *  computed with. Loaded when a place is first asked for; a year of a place takes some milliseconds, and is then kept. */
import { setImmediate as othersFirst } from "node:timers/promises";
import type Library from "date-holidays";
import { yearOf } from "../../core/kernel/time.ts";
import { refused } from "./problems.ts";

type Day = { readonly date: string; readonly nameFr: string; readonly nameEn: string; readonly optional: boolean };
type Days = { readonly place: string; readonly days: readonly Day[] };
export type Years = { readonly from: number; readonly until: number };

/** Beyond these the library has no table of every calendar. */
export const yearsKnown: Years = { from: 1970, until: 2099 };
/** Those that whoever is on call now, was lately or will be can depend on. */
export const yearsAround = (at: number): Years => ({ from: yearOf(at, "UTC") - 1, until: yearOf(at, "UTC") + 2 });

/** Years of places that are kept; asked for more, all are computed anew. */
const keptMax = 4_000;

type Made = typeof Library;
let library: Promise<Made> | null = null;
const load = (): Promise<Made> => {
  library ??= import("date-holidays").then((one) => one.default);
  return library;
};

const kept = new Map<string, readonly Day[]>();
const known = new Map<string, Library | null>();

/** Of some years, both included. Others have their turn between two that were not known yet. */
export async function holidaysOf(places: readonly string[], { from, until }: Years): Promise<Days[]> {
  const all: Days[] = [];
  for (const place of places) {
    const days: Day[] = [];
    const last = Math.min(until, yearsKnown.until);
    for (let year = Math.max(from, yearsKnown.from); year <= last; year += 1) days.push(...(await ofYear(place, year)));
    all.push({ place, days });
  }
  return all;
}

export const isPlace = async (place: string): Promise<boolean> => (await calendarOf(place)) !== null;

export async function refuseUnknownPlaces(places: readonly string[]): Promise<void> {
  for (const place of places) if (!(await isPlace(place))) throw refused("place-unknown", { place });
}

async function ofYear(place: string, year: number): Promise<readonly Day[]> {
  const found = kept.get(`${place} ${year}`);
  if (found) return found;
  await othersFirst();
  const calendar = await calendarOf(place);
  const days = calendar === null ? [] : daysIn(calendar, year);
  if (kept.size >= keptMax) kept.clear();
  kept.set(`${place} ${year}`, days);
  return days;
}

/** Null for a place that the library does not have: it answers for the country then, which nobody asked for. */
async function calendarOf(place: string): Promise<Library | null> {
  const found = known.get(place);
  if (found !== undefined) return found;
  const Holidays = await load();
  const [country = "", state, region] = place.split("-");
  const all = new Holidays();
  const there =
    has(all.getCountries(), country) &&
    (state === undefined || has(all.getStates(country), state)) &&
    (region === undefined || (state !== undefined && has(all.getRegions(country, state), region)));
  if (!there) return null;
  const made = new Holidays({ country, ...(state && { state }), ...(region && { region }) });
  known.set(place, made);
  return made;
}

const has = (names: object | undefined, code: string): boolean => names !== undefined && Object.hasOwn(names, code);

type Told = ReturnType<Library["getHolidays"]>[number];

const dayMs = 86_400_000;
const kinds = ["public", "optional"];

function daysIn(calendar: Library, year: number): Day[] {
  const french = calendar.getHolidays(year, "fr");
  const nameFr = new Map(french.map((one) => [keyOf(one), one.name]));
  const days = new Map<string, Day>();
  for (const one of calendar.getHolidays(year, "en").filter(({ type }) => kinds.includes(type)))
    for (const date of datesOf(one)) {
      const before = days.get(date);
      const optional = one.type === "optional" && (before?.optional ?? true);
      /* Two on one day: both names. */
      const joined = (known: string | undefined, name: string): string => (known ? `${known}, ${name}` : name);
      days.set(date, {
        date,
        nameFr: joined(before?.nameFr, nameFr.get(keyOf(one)) ?? one.name),
        nameEn: joined(before?.nameEn, one.name),
        optional,
      });
    }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

const keyOf = ({ rule, date }: Told): string => `${rule} ${date}`;

/** Whole days only: what begins at noon is worked in the morning. Its length is in hours of its own clock. */
function datesOf({ date, start, end }: Told): string[] {
  const [first = "", time = ""] = date.split(" ");
  if (time !== "00:00:00") return [];
  const count = Math.round((end.getTime() - start.getTime()) / dayMs);
  const from = Temporal.PlainDate.from(first);
  return Array.from({ length: count }, (_, days) => from.add({ days }).toString());
}

export type Place = { readonly place: string; readonly nameFr: string; readonly nameEn: string };

let listed: readonly Place[] | null = null;

/** Countries and the parts of them that have days of their own, each part named in the language of the place. */
export async function allPlaces(): Promise<readonly Place[]> {
  if (listed !== null) return listed;
  const all = new (await load())();
  const [fr, en] = ["fr-CA", "en-CA"].map((locale) => new Intl.DisplayNames([locale], { type: "region" }));
  const found: Place[] = [];
  for (const country of Object.keys(all.getCountries())) {
    const add = (place: string, parts: readonly string[]): void => {
      const named = (names: Intl.DisplayNames | undefined): string => [names?.of(country), ...parts].join(", ");
      found.push({ place, nameFr: named(fr), nameEn: named(en) });
    };
    add(country, []);
    for (const [state, name] of Object.entries(all.getStates(country) ?? {})) {
      add(`${country}-${state}`, [name]);
      for (const [region, part] of Object.entries(all.getRegions(country, state) ?? {}))
        add(`${country}-${state}-${region}`, [name, part]);
    }
  }
  listed = found;
  return found;
}
