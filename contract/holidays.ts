/** Public holidays that hours may be closed on, or open: the places there are, and the days of one. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { holidayDay, place } from "./oncall.ts";
import { list } from "./shapes.ts";

const tag = "directory";

export const listHolidayPlaces = endpoint({
  id: "listHolidayPlaces",
  method: "GET",
  path: "/api/v1/holiday-places",
  tag,
  access: "member",
  success: 200,
  output: list(z.object({ place: z.string(), nameFr: z.string(), nameEn: z.string() })),
  refusals: [],
});

export const holidayYears = { min: 1970, max: 2099 } as const;
const year = z.coerce.number().int().min(holidayYears.min).max(holidayYears.max);

export const listHolidays = endpoint({
  id: "listHolidays",
  method: "GET",
  path: "/api/v1/holidays",
  tag,
  access: "member",
  query: z.strictObject({ place, year }),
  success: 200,
  output: list(holidayDay),
  refusals: ["place-unknown"],
});
