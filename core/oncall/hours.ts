/** How long each person held a schedule, told apart as pay and fairness tell it. */
import { intersect, lengthOf, type Span } from "../kernel/spans.ts";
import { hourMs } from "../kernel/time.ts";
import { type Absence, finalSchedule, type LayeredSchedule } from "./final-schedule.ts";
import { type OpeningHours, openingsBetween } from "./opening-hours.ts";

export type Hours = {
  readonly personId: string;
  /** Whole and parts. */
  readonly hours: number;
  /** From Saturday 00:00 to Monday 00:00. */
  readonly weekendHours: number;
  /** From 22:00 to 06:00, week-ends included. */
  readonly nightHours: number;
  /** Stretches that began within the period, or before it. */
  readonly turns: number;
};

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const weekends = (zone: string): OpeningHours => ({
  zone,
  openings: [{ days: [6, 7], from: "00:00", until: "24:00" }],
  closedOn: [],
});
const nights = (zone: string): OpeningHours => ({
  zone,
  openings: [
    { days: everyDay, from: "00:00", until: "06:00" },
    { days: everyDay, from: "22:00", until: "24:00" },
  ],
  closedOn: [],
});

/** In order of hours, most first; who held nothing is not there. */
export function hoursOf(schedule: LayeredSchedule, absences: readonly Absence[], period: Span, zone: string): Hours[] {
  const { stretches } = finalSchedule(schedule, absences, period);
  const [weekend, night] = [weekends, nights].map((of) => openingsBetween(of(zone), period));
  const inHours = (spans: readonly Span[]): number => lengthOf(spans) / hourMs;
  return [...Map.groupBy(stretches, ({ held }) => held.personId)]
    .map(([personId, held]) => ({
      personId,
      hours: inHours(held),
      weekendHours: inHours(intersect(held, weekend ?? [])),
      nightHours: inHours(intersect(held, night ?? [])),
      turns: held.filter((one, index) => held[index - 1]?.until !== one.from).length,
    }))
    .sort((a, b) => b.hours - a.hours || (a.personId < b.personId ? -1 : 1));
}
