/** Public holidays of the places that layers name: the days come from the desk, and are read but once. */
import { queryOptions, useQueries } from "@tanstack/react-query";
import { holidayYears, listHolidayPlaces, listHolidays } from "#contract/holidays.ts";
import { type PlaceDays, placesOf } from "#core/oncall/holidays.ts";
import { datedBy, layersOf, type Schedule } from "#core/oncall/schedule.ts";
import { call } from "../client.ts";

export const placesQuery = () =>
  queryOptions({
    queryKey: ["holiday-places"],
    queryFn: ({ signal }) => call(listHolidayPlaces, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

const holidaysQuery = (place: string, year: number) =>
  queryOptions({
    queryKey: ["holidays", place, year],
    queryFn: ({ signal }) => call(listHolidays, { query: { place, year: String(year) }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Those of some years, so far as they have come. */
export function useHolidays(places: readonly string[], years: readonly number[]): readonly PlaceDays[] {
  const asked = years.filter((year) => year >= holidayYears.min && year <= holidayYears.max);
  const found = useQueries({
    queries: places.flatMap((place) => asked.map((year) => holidaysQuery(place, year))),
  });
  return places.map((place, index) => ({
    place,
    days: found.slice(index * asked.length, (index + 1) * asked.length).flatMap(({ data }) => data?.data ?? []),
  }));
}

/** A schedule comes with the days around now; a week far from it brings its own. */
export function useDated(schedule: Schedule, years: readonly number[]): Schedule {
  const here = new Date().getUTCFullYear();
  const far = years.filter((year) => year < here - 1 || year > here + 2);
  const places = placesOf(layersOf(schedule));
  const brought = useHolidays(far.length > 0 ? places : [], far);
  if (brought.length === 0) return schedule;
  const holidays = places.map((place) => ({
    place,
    days: [...ownHolidays(schedule), ...brought].filter((one) => one.place === place).flatMap(({ days }) => days),
  }));
  return datedBy(schedule, holidays);
}

const ownHolidays = ({ holidays = [], standIns = [] }: Schedule): PlaceDays[] => [
  ...holidays,
  ...standIns.flatMap(({ schedule }) => schedule.holidays ?? []),
];
