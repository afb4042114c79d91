/** A replay of noise cut in parts, as any replay of a long past: the alerts are run once for the whole of it, then who is called, a
 *  part after the other. */
import type { Instant } from "../kernel/vocabulary.ts";
import {
  changeOf,
  type IncidentChange,
  type NoisePair,
  type PairedPaging,
  pagingsOfPair,
  pairIncidents,
} from "./noise-change.ts";
import type { Life, NoiseSide } from "./noise-run.ts";
import { isOfIncidentItself } from "./replay-history.ts";
import { dueIn, type Later, type PartTime, type Reread } from "./replay-order.ts";
import type { Both } from "./replay-parts.ts";

/** Where an alert really was. */
export type RealPlace = {
  /** The incident that it opened; null: it opened none. */
  readonly opened: { readonly id: string; readonly number: string; readonly reportedAt: Instant } | null;
  /** The one that it was in, and what people did of that. */
  readonly incidentId: string | null;
  readonly life: Life | null;
};
export type PlaceOf = (alertId: string) => RealPlace | null;

export type NoiseRun = {
  readonly until: Instant;
  readonly placeOf: PlaceOf;
  readonly pairs: readonly NoisePair[];
  /** By the alert that opened it. */
  readonly changes: ReadonlyMap<string, IncidentChange>;
  readonly byIncident: ReadonlyMap<string, NoisePair>;
  /** Of those that no incident of then is. */
  readonly ownless: readonly NoisePair[];
  /** Incidents that an alert opened then: where neither side does, nobody is called on either. */
  readonly opened: ReadonlySet<string>;
};

export function noiseRun(
  sides: Both<NoiseSide>,
  {
    alertIds,
    placeOf,
    until,
  }: { readonly alertIds: readonly string[]; readonly placeOf: PlaceOf; readonly until: Instant },
): NoiseRun {
  const pairs = pairIncidents(sides);
  const changes = new Map(
    pairs.flatMap((pair) => {
      const change = changeOf(pair, sides);
      return change ? [[pair.leader, change] as const] : [];
    }),
  );
  const byIncident = new Map<string, NoisePair>();
  const ownless: NoisePair[] = [];
  for (const pair of pairs) {
    const own = [pair.leader, pair.after?.leader]
      .map((leader) => (leader === undefined ? null : (placeOf(leader)?.opened ?? null)))
      .find((one) => one !== null && !byIncident.has(one.id));
    if (own) byIncident.set(own.id, pair);
    else ownless.push(pair);
  }
  const opened = new Set(alertIds.flatMap((id) => placeOf(id)?.opened?.id ?? []));
  return { until, placeOf, pairs, changes, byIncident, ownless, opened };
}

const beginsAt = ({ before, after }: NoisePair): Instant => (before ?? after)?.openedAt ?? 0;
const isIn = ({ from, until }: PartTime, at: Instant): boolean => at >= from && at < until;

const changesAt = ({ before, after }: IncidentChange): Instant => before ?? after ?? 0;

/** Incidents of which the answers are needed for those that are opened anew, and when. */
export const neededFor = ({ ownless, placeOf }: NoiseRun, from: Instant): Later[] =>
  ownless.flatMap((pair) => {
    const id = placeOf(pair.leader)?.incidentId;
    const at = beginsAt(pair);
    return id == null || at < from ? [] : [{ id, at }];
  });

export type NoisePart = {
  readonly due: readonly PairedPaging[];
  readonly later: readonly Later[];
  /** Newest first. */
  readonly changes: readonly IncidentChange[];
  readonly opened: Both<number>;
};

export function noisePart(run: NoiseRun, read: readonly Reread[], time: PartTime): NoisePart {
  const known = new Map(read.map((one) => [one.id, one]));
  const own = read.map((one) => ({ ...one, pagings: pairedOf(run, one) }));
  const others = run.ownless
    .filter((pair) => beginsAt(pair) < time.until)
    .map((pair) => {
      const { incidentId = null, life = null } = run.placeOf(pair.leader) ?? {};
      const pagings = known.get(incidentId ?? "")?.pagings.filter(isOfIncidentItself) ?? [];
      const reality = { own: null, pagings, life, until: run.until };
      const paired = pagingsOfPair(pair, run.changes.get(pair.leader) ?? null, reality);
      return { id: pair.leader, reportedAt: beginsAt(pair), pagings: paired };
    });
  const { due, later } = dueIn([...own, ...others], time);
  const many = (side: "before" | "after"): number =>
    run.pairs.filter((pair) => pair[side] !== null && isIn(time, beginsAt(pair))).length;
  return {
    due,
    later: later.filter(({ id }) => known.has(id)),
    changes: [...run.changes.values()]
      .filter((one) => isIn(time, changesAt(one)))
      .toSorted((a, b) => changesAt(b) - changesAt(a)),
    opened: { before: many("before"), after: many("after") },
  };
}

/** What no alert opened is the same on both sides. */
function pairedOf(run: NoiseRun, { id, reportedAt, pagings }: Reread): PairedPaging[] {
  const pair = run.byIncident.get(id);
  if (!pair && run.opened.has(id)) return [];
  if (!pair) return pagings.map((past) => ({ startedAt: past.startedAt, before: past, after: past }));
  const number = pagings[0]?.incident.number ?? "";
  const life = run.placeOf(pair.leader)?.life ?? null;
  const change = run.changes.get(pair.leader) ?? null;
  return pagingsOfPair(pair, change, { own: { id, number, reportedAt }, pagings, life, until: run.until });
}
