/** Proof of reach: for every instant of a period, whom a page that starts then would ask within so many minutes through a
 *  channel that was verified, or why nobody. The very functions that page people are asked; between two instants at which a
 *  schedule changes hands nothing changes, so asking at those is asking at every instant. */
import type { ChannelKind, Person } from "../directory/types.ts";
import type { Span } from "../kernel/spans.ts";
import { minuteMs } from "../kernel/time.ts";
import type { ConditionKind, Instant } from "../kernel/vocabulary.ts";
import { isQuiet, keptForLater, type PageUrgency, quietEdges, type Turn, turnsOf } from "../notification/turns.ts";
import { type KnownTurns, knownTurns } from "../oncall/known-turns.ts";
import { openingsBetween } from "../oncall/opening-hours.ts";
import type { Schedule } from "../oncall/schedule.ts";
import { type About, inZone } from "./conditions.ts";
import { type Policy, type Roster, resolveTargets, type Step, type Unreached, unmetIn, webhooksOf } from "./policy.ts";

export type ReachDemand = {
  readonly period: Span;
  /** Somebody must be asked within so long of the beginning. */
  readonly withinMinutes: number;
  readonly urgency: PageUrgency;
  /** An incident as conditions see it. */
  readonly about: About;
  /** Channels that count; null: any that was verified. */
  readonly channels: ReadonlySet<ChannelKind> | null;
};

export type ReachReason = {
  /** From 0. */
  readonly step: number;
  /** Of a step that does not count, nothing. */
  readonly target: string;
  /** `too-late`: only by a turn, or in a step, that comes after the limit. `channel`: only through channels that do not count.
   *  `too-few`: fewer are asked than must accept. `wakes-nobody`: it is posted to, and that is no call. */
  readonly reason: Unreached["reason"] | "too-late" | "channel" | "too-few" | "wakes-nobody" | `not-${ConditionKind}`;
};

export type ReachSpan = Span & {
  /** `weak`: somebody is asked, and a step or a target before them reaches nobody. */
  readonly state: "reached" | "weak" | "hole";
  readonly people: readonly string[];
  readonly because: readonly ReachReason[];
};

/** In order and without a hole between them; neighbours that say the same are one. */
export function proveReach(policy: Policy, roster: Roster, demand: ReachDemand, turns?: KnownTurns): ReachSpan[] {
  const { period } = demand;
  if (period.from >= period.until) return [];
  const known = turns ?? turnsFor(roster, demand);
  const asking = { ...roster, onCall: known.onCall };
  const spans: ReachSpan[] = [];
  const instants = instantsOf(policy, roster, known, demand);
  for (const [index, from] of instants.entries()) {
    const until = instants[index + 1] ?? period.until;
    const found = reachAt(policy, asking, demand, from);
    const last = spans.at(-1);
    if (last && isSame(last, found)) spans[spans.length - 1] = { ...last, until };
    else spans.push({ from, until, ...found });
  }
  return spans;
}

/** Worked out once for several policies. */
export const turnsFor = (roster: Roster, demand: Pick<ReachDemand, "period" | "withinMinutes">): KnownTurns =>
  knownTurns(roster.absences, seenBy(demand));

const seenBy = ({ period, withinMinutes }: Pick<ReachDemand, "period" | "withinMinutes">): Span => ({
  from: period.from,
  until: period.until + withinMinutes * minuteMs + minuteMs,
});

/** A step may be entered as late as the limit: what changes then is seen from that much before. */
function instantsOf(policy: Policy, roster: Roster, known: KnownTurns, demand: ReachDemand): Instant[] {
  const { period, withinMinutes } = demand;
  const offsets = offsetsOf(policy.steps).filter((minutes) => minutes <= withinMinutes);
  const instants = new Set<Instant>([period.from]);
  const edges = [
    ...schedulesOf(policy.steps, roster).flatMap((schedule) => [...known.edgesOf(schedule)]),
    ...hoursOf(policy, demand),
  ];
  const changes = (all: readonly Instant[], before: readonly number[]): void => {
    for (const edge of all) {
      for (const minutes of before) {
        const at = edge - minutes * minuteMs;
        if (at > period.from && at < period.until) instants.add(at);
      }
    }
  };
  changes(edges, offsets);
  /* What they keep still counts when they end within the limit. */
  changes(quietOf(roster, demand), [...offsets, withinMinutes]);
  return [...instants].sort((a, b) => a - b);
}

/** When the hours of its conditions begin and end. */
function hoursOf({ steps, zone = "UTC" }: Policy, demand: ReachDemand): Instant[] {
  return steps.flatMap(({ when }) =>
    when?.hours === undefined
      ? []
      : openingsBetween(inZone(when.hours, zone), seenBy(demand)).flatMap(({ from, until }) => [from, until]),
  );
}

/** When hours of peace begin and end. They change by which ways somebody is asked, and never whether: where any way counts, all
 *  hours are alike. */
function quietOf({ people }: Roster, demand: ReachDemand): Instant[] {
  if (demand.channels === null || demand.urgency === "high") return [];
  return [...people.values()].flatMap((person) => quietEdges(person, seenBy(demand)));
}

/** When a step may be entered, in minutes from the beginning: any of those before it may have given way at once. */
function offsetsOf(steps: readonly Step[]): number[] {
  let reachable = new Set([0]);
  for (const { timeoutMinutes } of steps)
    reachable = new Set([...reachable].flatMap((minutes) => [minutes, minutes + timeoutMinutes]));
  return [...reachable];
}

function schedulesOf(steps: readonly Step[], roster: Roster): Schedule[] {
  const ids = steps.flatMap(({ targets }) => targets.flatMap((one) => (one.kind === "schedule" ? [one.id] : [])));
  return [...new Set(ids)].flatMap((id) => roster.schedules.get(id) ?? []);
}

type Found = Omit<ReachSpan, "from" | "until">;

/** As paging goes: a step that does not count or reaches nobody gives way at once, one that reaches somebody is waited for. */
export function reachAt(policy: Policy, roster: Roster, demand: ReachDemand, start: Instant): Found {
  const because: ReachReason[] = [];
  const skipped: ReachReason[] = [];
  let minutes = 0;
  for (const [step, one] of policy.steps.entries()) {
    const at = start + minutes * minuteMs;
    const lacking = unmetIn(policy, one, demand.about, at);
    for (const kind of lacking) skipped.push({ step, target: "", reason: `not-${kind}` });
    if (lacking.length > 0) continue;
    const { reached, unreached } = resolveTargets(one.targets, roster, at);
    for (const { target, reason } of unreached) because.push({ step, target, reason });
    for (const { name } of webhooksOf(one.targets, roster))
      skipped.push({ step, target: name, reason: "wakes-nobody" });
    const people: string[] = [];
    for (const { personId } of reached) {
      const person = roster.people.get(personId);
      const why = person ? whyNot(person, demand, { at, minutes }) : "unknown-target";
      if (why === null) people.push(personId);
      else because.push({ step, target: person?.name ?? personId, reason: why });
    }
    /* Whoever may have the turn must be reached: one of them who would not is an incident that nobody is asked about. */
    if (one.inTurn && people.length < reached.length) people.splice(0);
    if (people.length > 0 && people.length < (one.acknowledgements ?? 1))
      because.push({ step, target: "", reason: "too-few" });
    if (people.length > 0) return { state: because.length > 0 ? "weak" : "reached", people, because };
    if (reached.length > 0) minutes += one.timeoutMinutes;
  }
  /* That a step does not count, or posts besides, is no weakness: it is said only where nobody is left. */
  return { state: "hole", people: [], because: [...because, ...skipped].sort((a, b) => a.step - b.step) };
}

/** Null: this person is asked in time through a channel that counts. */
function whyNot(
  person: Person,
  { urgency, channels, withinMinutes }: ReachDemand,
  { at, minutes }: { readonly at: Instant; readonly minutes: number },
): ReachReason["reason"] | null {
  const counts = ({ point }: Pick<Turn, "point">): boolean => channels === null || channels.has(point.kind);
  const all = turnsOf(person, urgency, isQuiet(person, at)).filter(counts);
  const turns = all.map(({ afterMinutes }) => minutes + afterMinutes);
  const kept = keptForLater(person, urgency, at);
  if (kept && counts(kept)) turns.push(minutes + (kept.until - at) / minuteMs);
  if (turns.length === 0) return "channel";
  return turns.some((after) => after <= withinMinutes) ? null : "too-late";
}

const isSame = (a: Found, b: Found): boolean =>
  a.state === b.state && JSON.stringify([a.people, a.because]) === JSON.stringify([b.people, b.because]);
