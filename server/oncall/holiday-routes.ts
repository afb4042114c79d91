/** Public holidays over HTTP: where there are any, and which. */
import { listHolidayPlaces, listHolidays } from "../../contract/holidays.ts";
import type { Span } from "../../core/kernel/spans.ts";
import { dayMs, yearOf } from "../../core/kernel/time.ts";
import { placesOf } from "../../core/oncall/holidays.ts";
import { datedBy, layersOf, type Schedule } from "../../core/oncall/schedule.ts";
import { api } from "../../languages/api.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { everything, type Serve } from "../platform/http.ts";
import { allPlaces, holidaysOf, refuseUnknownPlaces, type Years } from "../platform/public-holidays.ts";

const said = inEachLocale(api);

export function holidayRoutes(serve: Serve): void {
  serve(listHolidayPlaces, async () =>
    everything(
      (await allPlaces()).map(({ place, nameFr, nameEn }) => ({
        place,
        nameFr: said.fr.find(`place.${place}`) ?? nameFr,
        nameEn: said.en.find(`place.${place}`) ?? nameEn,
      })),
    ),
  );
  serve(listHolidays, async ({ query: { place, year } }) => {
    await refuseUnknownPlaces([place]);
    const [found] = await holidaysOf([place], { from: year, until: year });
    return everything([...(found?.days ?? [])]);
  });
}

/** A day of any zone, and one more on each side. */
const besideMs = 2 * dayMs;

export const yearsOf = ({ from, until }: Span): Years => ({
  from: yearOf(from - besideMs, "UTC"),
  until: yearOf(until + besideMs, "UTC"),
});

/** With the holidays of a time, however far from now. */
export async function datedFor(schedule: Schedule, period: Span): Promise<Schedule> {
  const places = placesOf(layersOf(schedule));
  return places.length === 0 ? schedule : datedBy(schedule, await holidaysOf(places, yearsOf(period)));
}
