/** Targets of an incident as clocks: when each began, what has run, what is left, when it is due, whether it was met. A pure
 *  function of what happened, what its categories ask, the calendars and an instant, so that a browser shows the very seconds
 *  by which the desk warns.
 *
 *  Each clock runs from its start to its end, outside what stopped it: what a milestone reached and lost again left between,
 *  and pauses. Where several targets stand for one thing, all of them run all the time and the one that is due first counts:
 *  a change of priority, of categories or of a calendar shows another of them and takes back nothing. */
import type { TargetKind } from "../directory/category-process.ts";
import { targetKinds } from "../directory/category-process.ts";
import { type Span, subtract } from "../kernel/spans.ts";
import { dayMs, minuteMs } from "../kernel/time.ts";
import type { Instant, Priority } from "../kernel/vocabulary.ts";
import {
  always,
  type BusinessCalendar,
  isOpenAt,
  officeCalendar,
  openingsOf,
  opensAgainAt,
} from "../oncall/business-calendar.ts";
import { dueAt, type Openings, usedAt, warningShares } from "../oncall/business-time.ts";
import { type Gap, milestoneOf, type Pause, pauseAt, pauseEnd, pausesOf } from "./clock-history.ts";
import type { EffectiveTarget } from "./effective-process.ts";
import type { IncidentState } from "./state.ts";

export type ClockFacts = Pick<IncidentState, "milestones" | "ended" | "priority" | "clocks" | "updatedAt">;

/** `calendar`: null is the clock on the wall. */
export type ClockTarget = Pick<EffectiveTarget, "kind" | "priority" | "minutes" | "categories"> & {
  readonly calendar: string | null;
};

export type ClockRules = {
  readonly targets: readonly ClockTarget[];
  /** All that the targets name. */
  readonly calendars: readonly BusinessCalendar[];
};

export type ClockStatus =
  | "running"
  | "paused"
  /** Its calendar is closed. */
  | "closed"
  | "missed"
  | "met"
  /** Reached, too late. */
  | "met-late"
  /** The incident ended without it. */
  | "ended";

export type Clock = {
  readonly kind: TargetKind;
  readonly status: ClockStatus;
  readonly target: ClockTarget;
  readonly startedAt: Instant;
  /** Time that counted, in milliseconds. */
  readonly elapsedMs: number;
  /** Below zero once it is missed. */
  readonly leftMs: number;
  /** Of the target, rounded down. */
  readonly percent: number;
  /** As far as can be seen now; null when its calendar never opens. */
  readonly dueAt: Instant | null;
  /** When it was reached, soon enough or not. */
  readonly reachedAt: Instant | null;
  readonly missedAt: Instant | null;
  readonly paused: Pick<Pause, "why" | "from" | "until" | "by"> | null;
  /** When a closed calendar opens. */
  readonly opensAt: Instant | null;
  /** When it counts from now on, as far as anybody looks at it: what a screen adds to what has run. */
  readonly counts: readonly Span[];
};

/** Only what works on the incident waits: who takes it, and what people are told, waits for nobody. */
export const pausable = (kind: TargetKind): boolean => kind === "restore" || kind === "resolve";

export function pausableRuns(facts: ClockFacts, rules: ClockRules): boolean {
  return targetKinds.some((kind) => {
    const run = pausable(kind) ? runOf(facts, kind) : null;
    return run !== null && run.endedAt === null && linesOf(facts, rules, kind, run).length > 0;
  });
}

/** What nobody has weighed yet is taken as the middle, as everywhere. */
const unweighed: Priority = 3;

export function clocksOf(facts: ClockFacts, rules: ClockRules, at: Instant): Clock[] {
  return targetKinds.flatMap((kind) => clockOf(facts, rules, kind, at) ?? []);
}

/** The one that is due first of those that still run. */
export type Nearest = { readonly kind: TargetKind; readonly dueAt: Instant };

export function nearestDue(facts: ClockFacts, rules: ClockRules): Nearest | null {
  let nearest: Nearest | null = null;
  for (const kind of targetKinds) {
    const run = runOf(facts, kind);
    if (run === null || run.endedAt !== null) continue;
    const [line] = linesOf(facts, rules, kind, run);
    if (line && line.due !== null && line.due < (nearest?.dueAt ?? Number.POSITIVE_INFINITY))
      nearest = { kind, dueAt: line.due };
  }
  return nearest;
}

function clockOf(facts: ClockFacts, rules: ClockRules, kind: TargetKind, at: Instant): Clock | null {
  const run = runOf(facts, kind);
  const [line] = run === null ? [] : linesOf(facts, rules, kind, run);
  if (run === null || !line) return null;
  const { target, due, clock } = line;
  const targetMs = target.minutes * minuteMs;
  const until = Math.max(run.startedAt, Math.min(at, run.endedAt ?? at));
  const elapsedMs = usedAt(clock, until);
  const missed = due !== null && due < (run.reachedAt ?? until + 1) && due <= at;
  const pause = pausable(kind) && run.endedAt === null ? pauseAt(facts, at) : undefined;
  const calendar = target.calendar === null ? null : calendarNamed(rules, target.calendar);
  const closed = calendar !== null && run.endedAt === null && !isOpenAt(calendar, at);
  return {
    kind,
    status: statusOf({ run, missed, paused: pause !== undefined, closed }),
    target,
    startedAt: run.startedAt,
    elapsedMs,
    leftMs: targetMs - elapsedMs,
    percent: Math.floor((elapsedMs / targetMs) * 100),
    dueAt: due,
    reachedAt: run.reachedAt,
    missedAt: missed ? due : null,
    paused: pause
      ? { why: pause.why, from: pause.from, until: pauseEnd(pause), ...(pause.by && { by: pause.by }) }
      : null,
    opensAt: closed ? opensAgainAt(calendar, at) : null,
    counts: run.endedAt === null ? countsAhead(clock, at, due) : [],
  };
}

const shownAheadMs = dayMs;
const countsMax = 12;

function countsAhead({ calendar, pauses }: Counted, at: Instant, due: Instant | null): Span[] {
  const until = Math.max(due ?? 0, at + shownAheadMs);
  const open: Span[] = [];
  for (const span of calendar.from(at)) {
    if (span.from >= until || open.length >= countsMax) break;
    open.push({ from: span.from, until: Math.min(span.until, until) });
  }
  return subtract(open, pauses).slice(0, countsMax);
}

type Standing = { readonly run: Run; readonly missed: boolean; readonly paused: boolean; readonly closed: boolean };

function statusOf({ run, missed, paused, closed }: Standing): ClockStatus {
  if (run.reachedAt !== null) return missed ? "met-late" : "met";
  if (missed) return "missed";
  if (run.endedAt !== null) return "ended";
  return paused ? "paused" : closed ? "closed" : "running";
}

type Run = {
  readonly startedAt: Instant;
  readonly reachedAt: Instant | null;
  /** Reached, or over without it. */
  readonly endedAt: Instant | null;
  readonly stopped: readonly Gap[];
};

/** Null when it does not run at all. */
function runOf(facts: ClockFacts, kind: TargetKind): Run | null {
  const { reported } = facts.milestones;
  if (reported === undefined) return null;
  return kind === "update" ? updateRun(facts, reported) : milestoneRun(facts, kind, reported);
}

const stoppedBy = (facts: ClockFacts, kind: TargetKind): Gap[] =>
  pausable(kind) ? pausesOf(facts).map((one) => ({ from: one.from, until: pauseEnd(one) })) : [];

function milestoneRun(facts: ClockFacts, kind: Exclude<TargetKind, "update">, startedAt: Instant): Run {
  const reachedAt = facts.milestones[milestoneOf[kind]] ?? null;
  const { gaps, away = [] } = facts.clocks ?? {};
  return {
    startedAt,
    reachedAt,
    endedAt: reachedAt ?? overAt(facts),
    stopped: [...(gaps?.[kind] ?? []), ...away, ...stoppedBy(facts, kind)],
  };
}

function overAt({ ended, clocks, milestones, updatedAt }: ClockFacts): Instant | null {
  return ended === null ? null : (clocks?.endedAt ?? milestones.closed ?? updatedAt);
}

/** From when people were last told, and while it is down; that it is back is to be told too, and is the last. What people are
 *  told when it fails again counts from then. */
function updateRun(facts: ClockFacts, reported: Instant): Run | null {
  const { toldAt, gaps, away = [] } = facts.clocks ?? {};
  const back = facts.milestones.restored ?? facts.milestones.resolved;
  if (back !== undefined && toldAt !== undefined && toldAt >= back) return null;
  const lastBack = gaps?.restore?.at(-1) ?? gaps?.resolve?.at(-1);
  const anew = lastBack && toldAt !== undefined && toldAt >= lastBack.from ? lastBack.until : reported;
  const startedAt = Math.max(toldAt ?? reported, anew);
  const over = overAt(facts);
  return { startedAt, reachedAt: null, endedAt: over === null ? null : Math.max(startedAt, over), stopped: away };
}

type Counted = { readonly calendar: Openings; readonly start: Instant; readonly pauses: readonly Gap[] };
type Line = { readonly target: ClockTarget; readonly due: Instant | null; readonly clock: Counted };

/** All that stand for this thing now, the one that is due first in front. */
function linesOf(facts: ClockFacts, rules: ClockRules, kind: TargetKind, run: Run): Line[] {
  const priority = facts.priority ?? unweighed;
  const lines = rules.targets
    .filter((target) => target.kind === kind && target.priority === priority)
    .map((target): Line => {
      const clock = { calendar: openingsFor(rules, target.calendar), start: run.startedAt, pauses: run.stopped };
      return { target, clock, due: dueAt(clock, target.minutes * minuteMs) };
    });
  return lines.length < 2 ? lines : lines.sort((a, b) => (a.due ?? never) - (b.due ?? never));
}

const never = Number.MAX_SAFE_INTEGER;

const calendarNamed = ({ calendars }: ClockRules, id: string): BusinessCalendar | null =>
  calendars.find((one) => one.id === id) ?? calendars.find((one) => one.id === officeCalendar) ?? null;

function openingsFor(rules: ClockRules, calendar: string | null): Openings {
  const found = calendar === null ? null : calendarNamed(rules, calendar);
  return found === null ? always : openingsOf(found);
}

/** Something to say of a clock: a share of its target that is used up and was not said yet. */
export type Saying = {
  readonly kind: TargetKind;
  readonly share: (typeof warningShares)[number];
  readonly at: Instant;
  readonly since: Instant;
  readonly target: ClockTarget;
  readonly dueAt: Instant | null;
};

/** The highest share of each clock that is used up by then and was not said, and the next that is not. What was once said is
 *  never said again, whatever became of the target; what was passed over is not said afterwards. */
export function sayingsOf(
  facts: ClockFacts,
  rules: ClockRules,
  at: Instant,
): { readonly now: readonly Saying[]; readonly next: Saying | null } {
  const now: Saying[] = [];
  let next: Saying | null = null;
  for (const kind of targetKinds) {
    const run = runOf(facts, kind);
    if (run === null || run.endedAt !== null) continue;
    const lines = linesOf(facts, rules, kind, run);
    const [first] = lines;
    if (!first) continue;
    const said = facts.clocks?.said?.[kind];
    const from = said?.since === run.startedAt ? said.share : 0;
    let reached: Saying | null = null;
    for (const share of warningShares) {
      if (share <= from) continue;
      const when = earliest(lines, share);
      if (when === null) break;
      const saying = { kind, share, at: when, since: run.startedAt, target: first.target, dueAt: first.due };
      if (when <= at) reached = saying;
      else {
        if (next === null || when < next.at) next = saying;
        break;
      }
    }
    if (reached) now.push(reached);
  }
  return { now, next };
}

/** What ends now and was due before, where its timer has not fired yet: the desk was down, or the two were seconds apart. */
export function missedUnsaid(facts: ClockFacts, rules: ClockRules, at: Instant): Saying[] {
  return targetKinds.flatMap((kind): Saying[] => {
    const run = runOf(facts, kind);
    if (run === null || run.endedAt !== at) return [];
    const said = facts.clocks?.said?.[kind];
    const [line] = linesOf(facts, rules, kind, run);
    const due = line?.due ?? null;
    if (!line || due === null || due >= at || (said?.since === run.startedAt && said.share === 100)) return [];
    return [{ kind, share: 100, at: due, since: run.startedAt, target: line.target, dueAt: due }];
  });
}

/** Whether something can still be done about it. */
export const stillRuns = (facts: ClockFacts, kind: TargetKind): boolean => runOf(facts, kind)?.endedAt === null;

function earliest(lines: readonly Line[], share: number): Instant | null {
  let found: Instant | null = null;
  for (const { target, clock } of lines) {
    const due = dueAt(clock, Math.round((target.minutes * minuteMs * share) / 100));
    if (due !== null && (found === null || due < found)) found = due;
  }
  return found;
}
