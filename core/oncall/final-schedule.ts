/** Who holds a schedule, when, and by what: layers under overrides. Each layer's rotation runs as if there were no
 *  restriction, which only hides it; a layer hides lower ones only where it has somebody: hidden, absent or deliberately
 *  nobody's, it falls through. An override hides all layers for its time, and of two the later-made wins; it counts even if
 *  its person is absent, since somebody asked for it by name. A schedule that stands in for this one has its time instead of the
 *  layers, gaps included; of two, the one that begins later. Nobody left is a gap, raised unless it was declared. */
import { holds, intersect, type Span, type Spans, subtract } from "../kernel/spans.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { isOpen, type OpeningHours, openingsBetween } from "./opening-hours.ts";
import { type Rotation, shiftAt, shiftsFrom } from "./rotation.ts";

export type Layer = {
  readonly id: string;
  readonly rotation: Rotation;
  /** Null: always. */
  readonly restriction: OpeningHours | null;
};

export type Override = Span & { readonly id: string; readonly personId: string; readonly madeAt: Instant };
export type Absence = Span & { readonly personId: string };

export type LayeredSchedule = {
  /** The first hides those after it. */
  readonly layers: readonly Layer[];
  readonly overrides: readonly Override[];
  /** Nobody, on purpose. */
  readonly declaredGaps: Spans;
  /** Instead of the layers, for a time. */
  readonly standIns?: readonly StandIn[];
};

/** Nobody stands in for one that stands in. */
export type StandIn = Span & { readonly schedule: LayeredSchedule };

export type HeldBy = { readonly kind: "override" | "layer"; readonly id: string };
export type Held = { readonly personId: string; readonly by: HeldBy };
export type Stretch = Span & { readonly held: Held };
export type ScheduleGap = Span & { readonly declared: boolean };
export type FinalSchedule = { readonly stretches: readonly Stretch[]; readonly gaps: readonly ScheduleGap[] };

/** Null: nobody. */
export function holderAt(schedule: LayeredSchedule, absences: readonly Absence[], at: Instant): Held | null {
  const override = inForce(schedule.overrides.filter((one) => holds([one], at)));
  if (override) return { personId: override.personId, by: { kind: "override", id: override.id } };
  const standIn = beginningLast(schedule).find((one) => holds([one], at));
  if (standIn) return holderAt(alone(standIn), absences, at);
  for (const { id, rotation, restriction } of schedule.layers) {
    const personId = shiftAt(rotation, at)?.personId ?? null;
    if (personId === null || (restriction !== null && !isOpen(restriction, at))) continue;
    if (
      holds(
        absences.filter((one) => one.personId === personId),
        at,
      )
    )
      continue;
    return { personId, by: { kind: "layer", id } };
  }
  return null;
}

/** The later-made; of two made at one instant, the one whose id is later. */
const inForce = (overrides: readonly Override[]): Override | undefined => overrides.toSorted(laterMade)[0];
const laterMade = (a: Override, b: Override): number => b.madeAt - a.madeAt || (a.id < b.id ? 1 : -1);

const beginningLast = ({ standIns = [] }: LayeredSchedule): readonly StandIn[] =>
  standIns.toSorted((a, b) => b.from - a.from || b.until - a.until);
const alone = ({ schedule }: StandIn): LayeredSchedule => ({ ...schedule, standIns: [] });

/** Every instant of the period is in exactly one stretch or one gap; both are in order. */
export function finalSchedule(schedule: LayeredSchedule, absences: readonly Absence[], period: Span): FinalSchedule {
  let free: Spans = period.from < period.until ? [period] : [];
  const stretches: Stretch[] = [];
  const take = (spans: Spans, held: Held): void => {
    for (const { from, until } of spans) stretches.push({ from, until, held });
  };
  for (const { id, personId, from, until } of schedule.overrides.toSorted(laterMade)) {
    take(intersect([{ from, until }], free), { personId, by: { kind: "override", id } });
    free = subtract(free, [{ from, until }]);
  }
  const stoodIn = finalOfStandIns(schedule, absences, free);
  stretches.push(...stoodIn.stretches);
  free = subtract(free, schedule.standIns ?? []);
  for (const layer of schedule.layers) {
    if (free.length === 0) break;
    const shown = shownOf(layer, absences, period, free);
    for (const { personId, spans } of shown) take(spans, { personId, by: { kind: "layer", id: layer.id } });
    free = subtract(
      free,
      shown.flatMap(({ spans }) => spans),
    );
  }
  const meant = [...schedule.declaredGaps, ...stoodIn.gaps.filter(({ declared }) => declared)];
  return { stretches: joined(stretches), gaps: gapsIn([...free, ...stoodIn.gaps], meant) };
}

/** Of what is still free, what lies in the time of a schedule that stands in. */
function finalOfStandIns(schedule: LayeredSchedule, absences: readonly Absence[], free: Spans): FinalSchedule {
  const stretches: Stretch[] = [];
  const gaps: ScheduleGap[] = [];
  let left = free;
  for (const one of beginningLast(schedule)) {
    for (const span of intersect(left, [one])) {
      const final = finalSchedule(alone(one), absences, span);
      stretches.push(...final.stretches);
      gaps.push(...final.gaps);
    }
    left = subtract(left, [one]);
  }
  return { stretches, gaps };
}

type Shown = { readonly personId: string; readonly spans: Spans };

/** What of a layer is seen in what is still free: shift by shift. */
function shownOf({ rotation, restriction }: Layer, absences: readonly Absence[], period: Span, free: Spans): Shown[] {
  const open = restriction === null ? free : intersect(openingsBetween(restriction, period), free);
  const away = Map.groupBy(absences, ({ personId }) => personId);
  const shown: Shown[] = [];
  let next = 0;
  for (const shift of shiftsFrom(rotation, period.from, period.until)) {
    while ((open[next]?.until ?? Number.POSITIVE_INFINITY) <= shift.from) next += 1;
    if (shift.personId === null) continue;
    const seen = clipped(open, next, shift);
    const absent = away.get(shift.personId);
    const spans = absent ? subtract(seen, absent) : seen;
    if (spans.length > 0) shown.push({ personId: shift.personId, spans });
  }
  return shown;
}

/** Of sorted spans, from the one at `index` on, what lies inside. */
function clipped(spans: Spans, index: number, { from, until }: Span): Span[] {
  const found: Span[] = [];
  for (let i = index; i < spans.length; i += 1) {
    const one = spans[i];
    if (!one || one.from >= until) break;
    const part = { from: Math.max(one.from, from), until: Math.min(one.until, until) };
    if (part.from < part.until) found.push(part);
  }
  return found;
}

/** In order; neighbours of one person by one layer are one, whoever's turn it was. */
function joined(stretches: Stretch[]): Stretch[] {
  stretches.sort((a, b) => a.from - b.from);
  const found: Stretch[] = [];
  for (const one of stretches) {
    const last = found.at(-1);
    if (last && last.until === one.from && isSame(last.held, one.held))
      found[found.length - 1] = { ...last, until: one.until };
    else found.push(one);
  }
  return found;
}

const isSame = (a: Held, b: Held): boolean =>
  a.personId === b.personId && a.by.kind === b.by.kind && a.by.id === b.by.id;

function gapsIn(free: Spans, declared: Spans): ScheduleGap[] {
  const meant = intersect(declared, free);
  const raised = subtract(free, declared);
  return [
    ...meant.map((span) => ({ ...span, declared: true })),
    ...raised.map((span) => ({ ...span, declared: false })),
  ].sort((a, b) => a.from - b.from);
}
