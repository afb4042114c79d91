/** A schedule as the API, the database and the forms spell it (instants as text), and as the core reads it. */
import type { Span } from "../kernel/spans.ts";
import { parseIso, toIso } from "../kernel/time.ts";
import type { Absence } from "./final-schedule.ts";
import { definitionOf, hoursWith, type OpeningHoursDefinition, type PlaceDays } from "./holidays.ts";
import type { Rotation } from "./rotation.ts";
import type { NamedLayer, Schedule } from "./schedule.ts";

type SpelledSpan = { readonly from: string; readonly until: string };
/** Of each kind of rotation. */
type Spelled<T> = T extends unknown ? Omit<T, "beginsAt"> & { readonly beginsAt?: string | undefined } : never;

export type RotationDefinition = Spelled<Rotation>;
export type LayerDefinition = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly rotation: RotationDefinition;
  readonly restriction: OpeningHoursDefinition | null;
};
export type OverrideDefinition = SpelledSpan & {
  readonly id: string;
  readonly person: string;
  readonly madeAt: string;
};
export type AbsenceDefinition = SpelledSpan & { readonly person: string };
export type ScheduleDefinition = {
  readonly layers: readonly LayerDefinition[];
  readonly overrides: readonly OverrideDefinition[];
  readonly declaredGaps: readonly SpelledSpan[];
  /** Of the places that its layers name. */
  readonly holidays?: readonly PlaceDays[];
  readonly standIns?: readonly (SpelledSpan & NamedDefinition)[];
};
type NamedDefinition = Omit<ScheduleDefinition, "standIns"> & { readonly id: string; readonly name: string };

/** The contract has read it already. */
const instantOf = (text: string): number => parseIso(text) ?? 0;
export const spanOf = ({ from, until }: SpelledSpan) => ({ from: instantOf(from), until: instantOf(until) });

export function rotationOf({ beginsAt, ...rotation }: RotationDefinition): Rotation {
  return beginsAt === undefined ? rotation : { ...rotation, beginsAt: instantOf(beginsAt) };
}

export const layerOf = (
  { id, name = "", rotation, restriction }: LayerDefinition,
  holidays: readonly PlaceDays[] = [],
): NamedLayer => ({
  id,
  name,
  rotation: rotationOf(rotation),
  restriction: restriction && hoursWith(restriction, holidays),
});

export function scheduleOf(definition: ScheduleDefinition): Omit<Schedule, "id" | "name" | "standsIn"> {
  const { standIns, holidays } = definition;
  return {
    ...(holidays && { holidays }),
    ...(standIns && {
      standIns: standIns.map(({ from, until, ...one }) => ({
        ...spanOf({ from, until }),
        schedule: { id: one.id, name: one.name, ...scheduleOf(one) },
      })),
    }),
    layers: definition.layers.map((one) => layerOf(one, definition.holidays)),
    overrides: definition.overrides.map((one) => ({
      ...spanOf(one),
      id: one.id,
      personId: one.person,
      madeAt: instantOf(one.madeAt),
    })),
    declaredGaps: definition.declaredGaps.map(spanOf),
  };
}

export const absenceOf = (one: AbsenceDefinition): Absence => ({ ...spanOf(one), personId: one.person });

export const spelledSpan = ({ from, until }: Span): SpelledSpan => ({ from: toIso(from), until: toIso(until) });

export function spelledLayer({ rotation: { beginsAt, ...rotation }, restriction, ...layer }: NamedLayer) {
  const same = { ...layer, restriction: restriction && definitionOf(restriction) };
  return { ...same, rotation: beginsAt === undefined ? rotation : { ...rotation, beginsAt: toIso(beginsAt) } };
}

export const spelledSchedule = ({ standIns = [], standsIn = null, ...schedule }: Schedule) => ({
  ...spelledAlone(schedule),
  standsIn: standsIn && { for: standsIn.for, ...spelledSpan(standsIn) },
  standIns: standIns.map((one) => ({ ...spelledSpan(one), ...spelledAlone(one.schedule) })),
});

const spelledAlone = ({ id, name, layers, declaredGaps, overrides, holidays = [] }: Schedule) => ({
  id,
  name,
  layers: layers.map(spelledLayer),
  holidays: holidays.map(({ place, days }) => ({ place, days: [...days] })),
  declaredGaps: declaredGaps.map(spelledSpan),
  overrides: overrides.map((one) => ({
    id: one.id,
    person: one.personId,
    ...spelledSpan(one),
    madeAt: toIso(one.madeAt),
  })),
});
