/** Saved schedules as the core reads them, so that the browser asks the very functions that page people. */
import { useQuery } from "@tanstack/react-query";
import { absenceOf, scheduleOf, spanOf } from "#core/oncall/definition.ts";
import type { Absence } from "#core/oncall/final-schedule.ts";
import type { Schedule, StandsIn } from "#core/oncall/schedule.ts";
import { absencesQuery, type Schedule as View } from "../directory/queries.ts";

const read = new WeakMap<View, Schedule>();

export function coreSchedule(view: View): Schedule {
  const known = read.get(view);
  if (known) return known;
  const made = {
    id: view.id,
    name: view.name,
    ...scheduleOf(view),
    holidays: view.holidays,
    standsIn: standsInOf(view),
  };
  read.set(view, made);
  return made;
}

const standsInOf = ({ standsIn }: View): StandsIn | null => standsIn && { for: standsIn.for, ...spanOf(standsIn) };

const none: readonly Absence[] = [];
const readAbsences = new WeakMap<object, readonly Absence[]>();

/** Of everybody, from now on. */
export function useAbsences(): readonly Absence[] {
  const { data } = useQuery(absencesQuery());
  if (!data) return none;
  const known = readAbsences.get(data) ?? data.data.map(absenceOf);
  readAbsences.set(data, known);
  return known;
}
