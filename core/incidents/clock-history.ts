/** What the clocks of an incident need besides its milestones: stretches in which a milestone was reached and then taken away
 *  again, what stopped them, when people were last told, and what was already said. Stretches are kept as they were, so that
 *  no change of priority, of categories or of calendars ever takes back what has run. */
import type { TargetKind } from "../directory/category-process.ts";
import { parseIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { IncidentEvent, IncidentFact, PausedFor } from "./events.ts";
import type { IncidentState } from "./state.ts";

/** Targets that a milestone meets. */
export const milestoneOf = {
  accept: "accepted",
  assign: "assigned",
  restore: "restored",
  resolve: "resolved",
} as const satisfies Partial<Record<TargetKind, string>>;
export type MilestoneTarget = keyof typeof milestoneOf;
export const milestoneTargets = Object.keys(milestoneOf) as MilestoneTarget[];

export type Gap = { readonly from: Instant; readonly until: Instant };

export type Pause = {
  /** One of those that its categories allow. */
  readonly why: string;
  readonly from: Instant;
  /** When it is over by itself, whatever happens. */
  readonly until: Instant;
  /** Sooner than that. */
  readonly ended?: Instant;
  /** By rule, while a supplier is waited for. */
  readonly by?: PausedFor;
};

export type ClockHistory = {
  readonly gaps?: Readonly<Partial<Record<MilestoneTarget, readonly Gap[]>>>;
  /** From its end until it was opened again: no clock runs then. */
  readonly away?: readonly Gap[];
  readonly endedAt?: Instant;
  readonly pauses?: readonly Pause[];
  /** When the people concerned were last told where it stands. */
  readonly toldAt?: Instant;
  /** And the time before. */
  readonly toldBefore?: Instant;
  /** The highest share said of each, and of which start. */
  readonly said?: Readonly<Partial<Record<TargetKind, Said>>>;
};
export type Said = { readonly since: Instant; readonly share: number };

const clockEvents = ["sla.paused", "sla.resumed", "sla.warned", "sla.breached"] as const;
export type ClockEvent = Extract<IncidentEvent, { type: (typeof clockEvents)[number] }>;

export const isOfClocks = <Fact extends IncidentEvent>(event: Fact): event is Fact & ClockEvent =>
  clockEvents.some((type) => type === event.type);

export const pausesOf = ({ clocks }: Pick<IncidentState, "clocks">): readonly Pause[] => clocks?.pauses ?? [];

export const pauseEnd = ({ until, ended }: Pause): Instant => Math.min(until, ended ?? until);

/** The one that lasts at an instant. */
export const pauseAt = (state: Pick<IncidentState, "clocks">, at: Instant): Pause | undefined =>
  pausesOf(state).find((one) => one.from <= at && at < pauseEnd(one));

/** The newest, while nothing in the record ended it. */
export const openPause = (state: Pick<IncidentState, "clocks">): Pause | undefined => {
  const last = pausesOf(state).at(-1);
  return last?.ended === undefined ? last : undefined;
};

/** What a fact leaves of it: nothing new for most facts. */
export function evolveClocks(before: IncidentState, after: IncidentState, fact: IncidentFact): IncidentState {
  const moved = before.milestones !== after.milestones || before.ended !== after.ended;
  if (!moved && !isOfClocks(fact) && fact.type !== "person.advised") return after;
  const at = fact.stamp.occurredAt;
  const { endedAt, ...kept } = after.clocks ?? {};
  const found: ClockHistory = {
    ...kept,
    ...(after.ended !== null && endedAt !== undefined && { endedAt }),
    ...takenAway(before, after, at),
    ...ended(before, after, at),
    ...stated(after, fact),
  };
  if (Object.keys(found).length > 0) return { ...after, clocks: found };
  if (after.clocks === undefined) return after;
  const { clocks: _, ...bare } = after;
  return bare;
}

function takenAway(before: IncidentState, after: IncidentState, at: Instant): ClockHistory {
  if (before.milestones === after.milestones) return {};
  let gaps = after.clocks?.gaps;
  for (const target of milestoneTargets) {
    const from = before.milestones[milestoneOf[target]];
    if (from === undefined || from >= at || after.milestones[milestoneOf[target]] !== undefined) continue;
    gaps = { ...gaps, [target]: [...(gaps?.[target] ?? []), { from, until: at }] };
  }
  return gaps === undefined ? {} : { gaps };
}

function ended(before: IncidentState, after: IncidentState, at: Instant): ClockHistory {
  if (before.ended === after.ended) return {};
  if (before.ended === null) return { endedAt: at };
  const from = before.clocks?.endedAt ?? before.milestones.closed ?? at;
  return from >= at ? {} : { away: [...(after.clocks?.away ?? []), { from, until: at }] };
}

function stated(state: IncidentState, fact: IncidentFact): ClockHistory {
  const at = fact.stamp.occurredAt;
  const { clocks } = state;
  switch (fact.type) {
    case "person.advised":
      return told(clocks?.toldAt, at);
    case "sla.paused": {
      const { pause, until, by } = fact.data;
      const begun = { why: pause, from: at, until: parseIso(until) ?? at, ...(by && { by }) };
      return { pauses: [...pausesOf(state), begun] };
    }
    case "sla.resumed":
      return { pauses: pausesOf(state).map((one) => (one === openPause(state) ? { ...one, ended: at } : one)) };
    case "sla.warned":
      return { said: { ...clocks?.said, [fact.data.clock]: sayingOf(fact.data.since, fact.data.share) } };
    case "sla.breached":
      return { said: { ...clocks?.said, [fact.data.clock]: sayingOf(fact.data.since, 100) } };
    default:
      return {};
  }
}

const told = (before: Instant | undefined, at: Instant): ClockHistory =>
  before === undefined ? { toldAt: at } : at <= before ? {} : { toldAt: at, toldBefore: before };

const sayingOf = (since: string, share: number): Said => ({ since: parseIso(since) ?? 0, share });
