/** Calendars by which targets are counted: read by all, kept by level 5. Of each, every version of its hours stays. */
import * as contract from "../../contract/clocks.ts";
import { isoOrNull } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import type { BusinessCalendar } from "../../core/oncall/business-calendar.ts";
import { definitionOf, placesOf } from "../../core/oncall/holidays.ts";
import { everything, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { refuseUnknownPlaces } from "../platform/public-holidays.ts";
import { insertCalendar, insertHours, lookAgain, updateCalendar } from "./calendar-store.ts";
import { refuseUnlessKeeper } from "./catalogue-routes.ts";
import { changeBy, type DirectoryKnown } from "./routes.ts";
import { change } from "./store.ts";

/** The first of some came with the product, and counts from ever. */
const versionOf = ({ versions }: BusinessCalendar): number => versions.filter(({ from }) => from > 0).length;

function lineOf(calendar: BusinessCalendar): contract.BusinessCalendarLine {
  const { versions, ...line } = calendar;
  const newest = versions.at(-1);
  if (!newest) throw new Error(`calendar ${calendar.id} has no hours`);
  const version = versionOf(calendar);
  const hours = structuredClone(definitionOf(newest.hours)) as contract.BusinessCalendarLine["hours"];
  return { ...line, version, hours, since: isoOrNull(newest.from > 0 ? newest.from : null) };
}

export function calendarRoutes(serve: Serve, known: DirectoryKnown): void {
  const found = async (id: string): Promise<BusinessCalendar> => {
    await known.changed();
    const calendar = known.directory().calendars.get(id);
    if (!calendar) throw refused("calendar-unknown", { calendar: id });
    return calendar;
  };
  serve(contract.listBusinessCalendars, async () => everything([...known.directory().calendars.values()].map(lineOf)));
  serve(contract.addBusinessCalendar, async ({ request, body }) => {
    refuseUnlessKeeper(request);
    const { id, hours } = body;
    await refuseUnknownPlaces(placesOf([{ restriction: hours }]));
    const by = changeBy(known, request);
    await change(by, async (client) => {
      await insertCalendar(client, body, by.at);
      await insertHours(client, { calendar: id, version: 1, hours, from: by.at, by: by.envelope.actor.id });
      return { id, kind: "calendar", type: "calendar.added", data: body as unknown as JsonObject, result: null };
    });
    return lineOf(await found(id));
  });
  serve(contract.changeBusinessCalendar, async ({ request, params, body }) => {
    refuseUnlessKeeper(request);
    await change(changeBy(known, request), async (client) => {
      await updateCalendar(client, params.id, body);
      return { id: params.id, kind: "calendar", type: "calendar.changed", data: body as JsonObject, result: null };
    });
    return lineOf(await found(params.id));
  });
  serve(contract.publishBusinessCalendar, async ({ request, params: { id }, body: { after, hours } }) => {
    refuseUnlessKeeper(request);
    await refuseUnknownPlaces(placesOf([{ restriction: hours }]));
    if (versionOf(await found(id)) !== after) throw refused("calendar-changed", { calendar: id });
    const by = changeBy(known, request);
    const version = after + 1;
    await change(by, async (client) => {
      /* Of two who publish at once, the second finds its number taken. */
      await insertHours(client, { calendar: id, version, hours, from: by.at, by: by.envelope.actor.id });
      await lookAgain(client, by.at);
      const data = { version, hours } as unknown as JsonObject;
      return { id, kind: "calendar", type: "calendar.published", data, result: null };
    });
    return lineOf(await found(id));
  });
}
