/** The impact on each domain as steps: each observation holds until the next of its domain, or until service is restored; what was
 *  said at that instant or later stands. A relapse brings back what had been. */
import { heightOf, type Magnitude } from "../kernel/impact-words.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { Named } from "./impact-events.ts";
import { noImpact, type Observation, type Turn } from "./impact-state.ts";
import type { IncidentState } from "./state.ts";

export type CurveStep = {
  readonly from: Instant;
  readonly until: Instant;
  readonly magnitude: Magnitude;
  readonly people: number | null;
  readonly because: "observed" | "restored" | "relapsed";
  /** Which said it; null at a restoration. */
  readonly observation: number | null;
};

export type DomainCurve = Named & {
  readonly domain: string;
  readonly steps: readonly CurveStep[];
  readonly peak: Magnitude;
  /** When it first was at its peak; null: it never was above nothing. */
  readonly peakAt: Instant | null;
  readonly startedAt: Instant | null;
  /** Null: it goes on. */
  readonly endedAt: Instant | null;
  readonly now: Magnitude;
  readonly minutesAt: Readonly<Record<Magnitude, number>>;
  /** People touched, times how long, over the steps where somebody counted; null: nobody did. */
  readonly personMinutes: number | null;
};

type Known = Pick<IncidentState, "impactSeen" | "turns" | "milestones" | "ended">;

/** `turns` is absent of incidents that were restored before it was kept. */
export const turnsOf = ({ turns, milestones: { restored } }: Pick<IncidentState, "turns" | "milestones">): Turn[] =>
  turns ? [...turns] : restored === undefined ? [] : [{ at: restored, back: true }];

type Happening =
  | { readonly at: Instant; readonly turn: Turn }
  | { readonly at: Instant; readonly observed: Observation };

export function curvesOf(incident: Known, until: Instant): DomainCurve[] {
  const observations = (incident.impactSeen ?? noImpact).observations.filter(({ withdrawn }) => !withdrawn);
  const turns = turnsOf(incident);
  return [...Map.groupBy(observations, ({ domain }) => domain)].flatMap(([domain, all]) => {
    const [first] = all;
    if (!first) return [];
    const { nameFr, nameEn } = all.at(-1) ?? first;
    return [{ domain, nameFr, nameEn, ...measured(stepsOf(all, turns, until)) }];
  });
}

function stepsOf(observations: readonly Observation[], turns: readonly Turn[], until: Instant): CurveStep[] {
  const happened: Happening[] = [
    /* At the same instant, the turn comes first: what was observed then stands. */
    ...turns.map((turn) => ({ at: turn.at, turn })),
    ...observations.map((observed) => ({ at: observed.at, observed })),
  ].toSorted((a, b) => a.at - b.at);
  const starts: Omit<CurveStep, "until">[] = [];
  let before: Omit<CurveStep, "until"> | null = null;
  for (const one of happened) {
    const last = starts.at(-1);
    if ("observed" in one) {
      const { number: observation, magnitude, people, at: from } = one.observed;
      before = { from, magnitude, people, because: "observed", observation };
      starts.push(before);
    } else if (one.turn.back) {
      if (last && last.magnitude !== "none")
        starts.push({ from: one.at, magnitude: "none", people: null, because: "restored", observation: null });
    } else if (last?.because === "restored" && before) starts.push({ ...before, from: one.at, because: "relapsed" });
  }
  return starts
    .map((one, index) => ({ ...one, until: starts[index + 1]?.from ?? Math.max(until, one.from) }))
    .filter((one, index, { length }) => one.until > one.from || index === length - 1);
}

function measured(steps: CurveStep[]): Omit<DomainCurve, "domain" | keyof Named> {
  const minutesAt: Record<Magnitude, number> = { none: 0, low: 0, moderate: 0, high: 0, "very-high": 0 };
  let peak: CurveStep | null = null;
  let personMs: number | null = null;
  for (const step of steps) {
    minutesAt[step.magnitude] += (step.until - step.from) / minuteMs;
    if (step.people !== null) personMs = (personMs ?? 0) + step.people * (step.until - step.from);
    if (step.magnitude !== "none" && (peak === null || heightOf(step.magnitude) > heightOf(peak.magnitude)))
      peak = step;
  }
  const last = steps.at(-1);
  const now = last?.magnitude ?? "none";
  for (const [magnitude, minutes] of Object.entries(minutesAt) as [Magnitude, number][])
    minutesAt[magnitude] = Math.round(minutes);
  return {
    steps,
    peak: peak?.magnitude ?? "none",
    peakAt: peak?.from ?? null,
    startedAt: steps.find(({ magnitude }) => magnitude !== "none")?.from ?? null,
    /* Said again that it is over, it still ended when it did. */
    endedAt:
      peak !== null && now === "none" ? (steps.findLast(({ magnitude }) => magnitude !== "none")?.until ?? null) : null,
    now,
    minutesAt,
    personMinutes: personMs === null ? null : Math.round(personMs / minuteMs),
  };
}
