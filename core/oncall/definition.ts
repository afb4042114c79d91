/** A schedule as the API, the database and the forms spell it (instants as text), and as the core reads it. */
import type { Span } from "../kernel/spans.ts";
import { parseIso, toIso } from "../kernel/time.ts";
import type { Absence, LayeredSchedule } from "./final-schedule.ts";
import type { OpeningHours } from "./opening-hours.ts";
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
  readonly restriction: OpeningHours | null;
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
};

/** The contract has read it already. */
const instantOf = (text: string): number => parseIso(text) ?? 0;
export const spanOf = ({ from, until }: SpelledSpan) => ({ from: instantOf(from), until: instantOf(until) });

export function rotationOf({ beginsAt, ...rotation }: RotationDefinition): Rotation {
  return beginsAt === undefined ? rotation : { ...rotation, beginsAt: instantOf(beginsAt) };
}

export const layerOf = ({ id, name = "", rotation, restriction }: LayerDefinition): NamedLayer => ({
  id,
  name,
  rotation: rotationOf(rotation),
  restriction,
});

export function scheduleOf(
  definition: ScheduleDefinition,
): LayeredSchedule & { readonly layers: readonly NamedLayer[] } {
  return {
    layers: definition.layers.map(layerOf),
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

export function spelledLayer({ rotation: { beginsAt, ...rotation }, ...layer }: NamedLayer) {
  return { ...layer, rotation: beginsAt === undefined ? rotation : { ...rotation, beginsAt: toIso(beginsAt) } };
}

export const spelledSchedule = ({ id, name, layers, declaredGaps, overrides }: Schedule) => ({
  id,
  name,
  layers: layers.map(spelledLayer),
  declaredGaps: declaredGaps.map(spelledSpan),
  overrides: overrides.map((one) => ({
    id: one.id,
    person: one.personId,
    ...spelledSpan(one),
    madeAt: toIso(one.madeAt),
  })),
});
