/** The storm rule: past ten new incidents in a rolling minute from one integration, the rest join one storm incident,
 *  open to newcomers until five minutes bring none. Each alert that joins is a row; the incident's own record gets one
 *  entry a second at most, with the count and the first and last keys. */
import { minuteMs, secondMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";

export const stormThreshold = 10;
export const stormWindowMs = minuteMs;
export const stormQuietMs = 5 * minuteMs;
export const stormEntryIntervalMs = secondMs;

export type Tally = { readonly count: number; readonly firstKey: string; readonly lastKey: string };

export type StormState = {
  /** When the latest new incidents of this integration were opened: at most ten are kept. */
  readonly recent: readonly Instant[];
  readonly storm: {
    readonly incidentId: string;
    readonly lastNewcomerAt: Instant;
    readonly total: number;
    readonly lastEntryAt: Instant;
    /** Joined or resolved since the last entry, not yet written to the record. */
    readonly joined: Tally | null;
    readonly resolved: Tally | null;
    /** What joined found all the others resolved. */
    readonly again?: boolean;
  } | null;
  /** When the latest alerts that a threshold counts arrived, by its rule: as many as it counts. */
  readonly counts?: Readonly<Record<string, readonly Instant[]>>;
  /** When the last source of an inhibition was over, for as long as its targets are given time to end too. */
  readonly sourcesOver?: Readonly<Record<string, Instant>>;
};

export const calm: StormState = { recent: [], storm: null };

export type Placement = "own-incident" | "join-storm" | "start-storm";

/** Where a signal that would open a new incident goes. */
export function place(state: StormState, at: Instant): Placement {
  if (state.storm && at - state.storm.lastNewcomerAt < stormQuietMs) return "join-storm";
  const inWindow = state.recent.filter((opened) => at - opened < stormWindowMs).length;
  return inWindow >= stormThreshold ? "start-storm" : "own-incident";
}

export function noteOpened(state: StormState, at: Instant): StormState {
  const recent = [...state.recent, at].slice(-stormThreshold);
  return { ...state, recent };
}

export function startStorm(state: StormState, incidentId: string, at: Instant): StormState {
  return {
    ...state,
    storm: {
      incidentId,
      lastNewcomerAt: at,
      total: 0,
      lastEntryAt: at - stormEntryIntervalMs,
      joined: null,
      resolved: null,
    },
  };
}

export function endStorm(state: StormState): StormState {
  return { ...state, storm: null };
}

export function tally(known: Tally | null, key: string): Tally {
  return known === null
    ? { count: 1, firstKey: key, lastKey: key }
    : { count: known.count + 1, firstKey: known.firstKey, lastKey: key };
}

export function joinStorm(state: StormState, key: string, at: Instant): StormState {
  const { storm } = state;
  if (storm === null) return state;
  return {
    ...state,
    storm: { ...storm, lastNewcomerAt: at, total: storm.total + 1, joined: tally(storm.joined, key) },
  };
}

/** One that comes back, or joins by its group after the storm: written with the rest, but it keeps no storm open. */
export function rejoinStorm(state: StormState, key: string): StormState {
  const { storm } = state;
  return storm === null ? state : { ...state, storm: { ...storm, joined: tally(storm.joined, key) } };
}

export function resolveInStorm(state: StormState, key: string): StormState {
  const { storm } = state;
  return storm === null ? state : { ...state, storm: { ...storm, resolved: tally(storm.resolved, key) } };
}

export function firedAgain(state: StormState): StormState {
  const { storm } = state;
  return storm === null ? state : { ...state, storm: { ...storm, again: true } };
}

/** Something joined or was resolved that no entry tells yet. */
export const entryWaits = ({ storm }: StormState): boolean =>
  storm !== null && (storm.joined ?? storm.resolved) !== null;

/** When what is pending may be written: now, or the instant at which the second is over. */
export function entryDue(state: StormState, at: Instant): { readonly now: boolean; readonly dueAt: Instant } {
  const dueAt = (state.storm?.lastEntryAt ?? 0) + stormEntryIntervalMs;
  return { now: at >= dueAt, dueAt };
}

export function entryWritten(state: StormState, at: Instant): StormState {
  const { storm } = state;
  return storm === null
    ? state
    : { ...state, storm: { ...storm, lastEntryAt: at, joined: null, resolved: null, again: false } };
}
