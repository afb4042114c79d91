/** The action plan of an incident, by operational period: from when to when, how it stands as it begins, what is to be reached
 *  by its end. What is done for it are tasks. One period is in force at a time; the next may be planned ahead; those that are
 *  over stay as they were. One that ends with none after it is said once, to whoever coordinates.
 *  Sources: ISO 22320:2018 (observe, assess, plan, decide, implement, feed back); ICS incident action plan. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { hourMs, parseIso, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { CommandInputs } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export type Period = {
  /** From 1, by incident. */
  readonly number: number;
  readonly from: Instant;
  /** Earlier than it was planned when the next began before. */
  readonly until: Instant;
  readonly situation: string;
  readonly objectives: readonly string[];
  readonly by: string;
  readonly at: Instant;
  /** How often it was changed since. */
  readonly revisions: number;
  /** That it ended with none after it was said. */
  readonly endSaid?: true;
};

/** Beyond a week nothing is planned: it is foreseen. */
export const periodHoursMax = 168;
/** Of one incident: two months of whole days. */
export const periodsMax = 60;

type Periods = Pick<IncidentState, "periods">;

export type PeriodStatus = "ahead" | "running" | "over";

export const periodStatus = ({ from, until }: Pick<Period, "from" | "until">, at: Instant): PeriodStatus =>
  at < from ? "ahead" : at < until ? "running" : "over";

/** The one in force. */
export const periodAt = ({ periods = [] }: Periods, at: Instant): Period | null =>
  periods.findLast((one) => periodStatus(one, at) === "running") ?? null;

const latest = ({ periods = [] }: Periods): Period | undefined => periods.at(-1);

/** Without a time, it follows the one before, and begins at once where none runs. */
export function planPeriod(
  state: Periods,
  { from: asked, until: end, situation, objectives }: CommandInputs["plan-period"],
  { at, occurredAt = at }: Envelope,
): IncidentEvent[] | Refusal {
  const before = latest(state);
  const number = (before?.number ?? 0) + 1;
  if (number > periodsMax) return refuse("periods-full", { max: periodsMax });
  const from = parseIso(asked ?? "") ?? Math.max(occurredAt, before?.until ?? occurredAt);
  if (before !== undefined && (from <= before.from || before.from > at))
    return refuse("period-out-of-order", { period: before.number });
  const until = parseIso(end) ?? from;
  return (
    refuseLength(from, until, at) ?? [
      {
        type: "period.planned",
        data: { number, from: toIso(from), until: toIso(until), situation, objectives: once(objectives) },
      },
    ]
  );
}

/** What is said twice is one thing to reach. */
const once = (objectives: readonly string[]): string[] => [...new Set(objectives)];

function refuseLength(from: Instant, until: Instant, at: Instant): Refusal | null {
  const good = until > from && until > at && until - from <= periodHoursMax * hourMs;
  return good ? null : refuse("period-length", { hours: periodHoursMax });
}

/** The latest, as long as it is not over: what is left out stays as it is. */
export function revisePeriod(
  state: Periods,
  input: CommandInputs["revise-period"],
  { at }: Envelope,
): IncidentEvent[] | Refusal {
  const period = latest(state);
  if (period === undefined || periodStatus(period, at) === "over") return refuse("period-unknown");
  const until = parseIso(input.until ?? "") ?? period.until;
  const situation = input.situation ?? period.situation;
  const objectives = input.objectives?.length ? once(input.objectives) : period.objectives;
  const same =
    objectives.length === period.objectives.length && objectives.every((one, i) => one === period.objectives[i]);
  if (same && until === period.until && situation === period.situation) return refuse("nothing-changes");
  return (
    refuseLength(period.from, until, at) ?? [
      {
        type: "period.revised",
        data: { number: period.number, until: toIso(until), situation, objectives: [...objectives] },
      },
    ]
  );
}

export const whyNotRevise = (state: Periods): Refusal | null =>
  latest(state) === undefined ? refuse("period-unknown") : null;

type Planned = Pick<IncidentState, "periods" | "ended" | "coordinator" | "acceptedBy">;

/** Whose end is to be said: the latest one that has begun, unless another follows it at once. */
function endingPeriod({ periods = [], ended }: Pick<Planned, "periods" | "ended">, at: Instant): Period | null {
  const place = periods.findLastIndex(({ from }) => from <= at);
  const period = periods[place];
  if (ended !== null || period === undefined || period.endSaid) return null;
  const next = periods[place + 1];
  return next !== undefined && next.from <= period.until ? null : period;
}

/** When the end of a period is next to be said; null: of none. One that is planned ahead is looked at once it begins. */
export function nextPeriodEndAt(state: Pick<Planned, "periods" | "ended">, at: Instant): Instant | null {
  const ahead = state.ended === null ? state.periods?.find(({ from }) => from > at) : undefined;
  return endingPeriod(state, at)?.until ?? ahead?.from ?? null;
}

/** `told`: whoever coordinates, else whoever has the incident. */
export function endedPeriod(state: Planned, at: Instant): IncidentEvent[] {
  const period = endingPeriod(state, at);
  if (period === null || period.until > at) return [];
  const told = state.coordinator?.id ?? state.acceptedBy?.id ?? null;
  return [{ type: "period.ended", data: { number: period.number, until: toIso(period.until), told } }];
}

/** For which period a task is: the one named, else the one in force. */
export function periodOfTask(state: Periods, named: number | undefined, at: Instant): number | null | Refusal {
  if (named === undefined) return periodAt(state, at)?.number ?? null;
  return state.periods?.some(({ number }) => number === named) ? named : refuse("period-unknown");
}

const periodEvents = ["period.planned", "period.revised", "period.ended"] as const;
export type PeriodEvent = Extract<IncidentEvent, { type: (typeof periodEvents)[number] }>;

export const isOfPeriods = <Fact extends IncidentEvent>(event: Fact): event is Fact & PeriodEvent =>
  periodEvents.some((type) => type === event.type);

export function evolvePeriods(
  { periods = [] }: Periods,
  event: PeriodEvent,
  { actor, occurredAt: at }: Stamp,
): Periods {
  const { number } = event.data;
  const changed = (change: (one: Period) => Period): Periods => ({
    periods: periods.map((one) => (one.number === number ? change(one) : one)),
  });
  if (event.type === "period.ended") return changed((one) => ({ ...one, endSaid: true }));
  const { situation, objectives } = event.data;
  const until = parseIso(event.data.until) ?? at;
  if (event.type === "period.planned") {
    const from = parseIso(event.data.from) ?? at;
    const planned: Period = { number, from, until, situation, objectives, by: actor.name, at, revisions: 0 };
    return { periods: [...periods.map((one) => (one.until > from ? { ...one, until: from } : one)), planned] };
  }
  return changed((one) => ({ ...one, until, situation, objectives, revisions: one.revisions + 1 }));
}
