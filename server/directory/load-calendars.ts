/** Calendars by which targets are counted, each with every version that it had, and the holidays of the places they name. */
import { type BusinessCalendar, firstCalendar, officeCalendar } from "../../core/oncall/business-calendar.ts";
import { hoursWith, type OpeningHoursDefinition, placesOf } from "../../core/oncall/holidays.ts";
import { holidaysOf, type Years } from "../platform/public-holidays.ts";

type RowsOf = <Row extends object>(text: string) => Promise<Row[]>;
type CalendarRow = Omit<BusinessCalendar, "versions">;
type VersionRow = { readonly calendar: string; readonly from: number; readonly hours: OpeningHoursDefinition };

export async function readCalendars(
  rowsOf: RowsOf,
  years: Years,
  zone: string,
): Promise<ReadonlyMap<string, BusinessCalendar>> {
  const calendars = await rowsOf<CalendarRow>(
    `select id, name_fr as "nameFr", name_en as "nameEn", retired from business_calendars order by made_at, id`,
  );
  const versions = await rowsOf<VersionRow>(
    `select calendar, from_at as "from", hours from business_calendar_versions order by calendar, version`,
  );
  const holidays = await holidaysOf(placesOf(versions.map(({ hours }) => ({ restriction: hours }))), years);
  const of = Map.groupBy(versions, ({ calendar }) => calendar);
  const first = firstCalendar(zone);
  return new Map(
    calendars.map((one) => {
      const own = (of.get(one.id) ?? []).map(({ from, hours }) => ({ from, hours: hoursWith(hours, holidays) }));
      const before = one.id === officeCalendar || own.length === 0 ? first.versions : [];
      return [one.id, { ...one, versions: [...before, ...own] }];
    }),
  );
}
