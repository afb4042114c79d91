/** Stopping the clocks while somebody outside has to act, for one of the reasons that the categories allow, each for so long and
 *  no longer; and letting them run again. */
import { type AllowedPause, pausedPriorities } from "../directory/category-process.ts";
import { supplierKinds } from "../directory/suppliers.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Instant, Priority } from "../kernel/vocabulary.ts";
import { openPause, pauseAt, pauseEnd, pausesOf } from "./clock-history.ts";
import type { CommandInputs } from "./commands.ts";
import { type Engagement, isAwaited } from "./engagement-state.ts";
import type { IncidentEvent, ResumedBecause } from "./events.ts";
import type { IncidentState } from "./state.ts";

/** Of these the service is wanted back whoever has to act. */
const neverPauses = (state: Pick<IncidentState, "priority" | "milestones">): boolean =>
  state.priority !== null && state.priority <= 2 && state.milestones.restored === undefined;

export function pauseClock(
  state: IncidentState,
  input: CommandInputs["pause-clock"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  const { pause, until, allowed = [], runs = false } = input;
  const { at } = envelope;
  if (!runs) return refuse("no-clock-runs");
  const lasting = pauseAt(state, at);
  if (lasting) return refuse("already-paused", { until: toIso(pauseEnd(lasting)) });
  if (neverPauses(state)) return refuse("priority-never-pauses", { priority: state.priority });
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "pause-clock" });
  const found = allowed.find(({ id }) => id === pause);
  if (!found) return refuse("pause-unknown", { pause, allowed: allowed.map(({ id }) => id) });
  /* Dated a little ahead, it ends after that as well. */
  const from = Math.max(at, envelope.occurredAt ?? at);
  const latest = at + leftOf(state, found);
  if (latest <= from) return refuse("pause-used-up", { pause });
  const wanted = until ? parseIso(until) : latest;
  if (wanted === undefined || wanted <= from || wanted > latest)
    return refuse("pause-until-impossible", { latest: toIso(latest) });
  return [{ type: "sla.paused", data: { pause, until: toIso(wanted) } }];
}

/** What one reason may still stop the clocks, in milliseconds. */
export function leftOf(
  state: Pick<IncidentState, "clocks">,
  { id, minutes }: { readonly id: string; readonly minutes: number },
): number {
  const used = pausesOf(state)
    .filter(({ why }) => why === id)
    .reduce((sum, one) => sum + Math.max(0, pauseEnd(one) - one.from), 0);
  return Math.max(0, minutes * minuteMs - used);
}

export function resumeClock(state: IncidentState, envelope: Envelope): IncidentEvent[] | Refusal {
  const open = openPause(state);
  if (!open) return refuse("not-paused");
  return [resumed(open.why, open.until <= envelope.at ? "until-reached" : "asked")];
}

/** What is known before anything is filled in. */
export function whyNoPause(state: IncidentState): Refusal | null {
  const open = openPause(state);
  if (open) return refuse("already-paused", { until: toIso(open.until) });
  return neverPauses(state) ? refuse("priority-never-pauses", { priority: state.priority }) : null;
}

const resumed = (pause: string, because: ResumedBecause): IncidentEvent => ({
  type: "sla.resumed",
  data: { pause, because },
});

/** What ends a pause that nobody ended: its own time, a priority that waits for nobody, what came after it. */
export function endsPause(state: IncidentState, at: Instant): IncidentEvent | null {
  const open = openPause(state);
  if (!open) return null;
  if (open.until <= at) return resumed(open.why, "until-reached");
  if (state.ended !== null || state.milestones.resolved !== undefined) return resumed(open.why, "over");
  if (open.by) return mayLast(state, open.by.priorities) ? null : resumed(open.why, "priority");
  return neverPauses(state) ? resumed(open.why, "priority") : null;
}

/** The service is back, or its rule names the priority that it has. */
const mayLast = ({ milestones, priority }: IncidentState, priorities: readonly Priority[]): boolean =>
  milestones.restored !== undefined || priority === null || priorities.includes(priority);

/** A supplier was called on: what the rule of its categories makes of the clocks; null where they run on. */
export function pauseForSupplier(
  state: IncidentState,
  { number, name, kind, status }: Pick<Engagement, "number" | "name" | "kind" | "status">,
  { allowed, runs, at }: { readonly allowed: readonly AllowedPause[]; readonly runs: boolean; readonly at: Instant },
): IncidentEvent | null {
  const byItself = allowed.filter(({ onSupplier }) => onSupplier !== undefined);
  const rule =
    byItself.find(({ id }) => id === kind) ?? byItself.find(({ id }) => !supplierKinds.some((of) => of === id));
  if (!rule?.onSupplier || !runs || pauseAt(state, at) || !isAwaited({ status }, rule.onSupplier)) return null;
  const priorities = rule.priorities ?? pausedPriorities;
  const until = at + leftOf(state, rule);
  if (until <= at || !mayLast(state, priorities)) return null;
  const by = { engagement: number, name, until: rule.onSupplier, priorities };
  return { type: "sla.paused", data: { pause: rule.id, until: toIso(until), by } };
}

/** Whoever was waited for has acted, and nobody else is waited for: those whom its rule is not about, or whom nobody has
 *  called, do not hold it. */
export function resumeForSupplier(state: IncidentState): IncidentEvent | null {
  const open = openPause(state);
  if (!open?.by) return null;
  const { until, engagement } = open.by;
  const ofOneKind = supplierKinds.some((kind) => kind === open.why);
  const holds = (one: Engagement): boolean =>
    isAwaited(one, until) &&
    (!ofOneKind || one.kind === open.why) &&
    (one.number === engagement || one.calls.length > 0);
  return state.engagements?.some(holds) ? null : resumed(open.why, "supplier");
}
