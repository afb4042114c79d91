/** What whoever takes over must know, gathered from what is known and nothing else: shown to the person who is offered
 *  coordination, and kept in the record with the hand-over. */

import type { TargetKind } from "../directory/category-process.ts";
import { callsFor, type PagingState } from "../escalation/paging-state.ts";
import { toIso } from "../kernel/time.ts";
import type { Impact, Instant, Priority, Stage, Urgency } from "../kernel/vocabulary.ts";
import type { Nearest } from "./clocks.ts";
import { demandsIn, openQuestions } from "./demands.ts";
import type { Escalation } from "./escalations.ts";
import type { Assignee } from "./events.ts";
import { missingToClose } from "./missing.ts";
import { holderNow, unfilledRoles } from "./roles.ts";
import { type IncidentState, stageOf, watchedUntil } from "./state.ts";
import { isOverdue, openTasks } from "./tasks.ts";
import { isSilentStream, openStreams } from "./workstreams.ts";

/** Something that somebody said, with when. */
export type Said = { readonly at: string; readonly by: string; readonly text: string };

/** `act`: calls begin again unless whoever has it does something. */
export type NextDeadline = {
  readonly what: "call" | "escalation" | "task" | "workstream" | "act" | "target";
  readonly at: string;
  readonly target?: TargetKind;
  /** Of the escalation, the task or the workstream. */
  readonly number?: number;
};

export type Brief = {
  readonly at: string;
  readonly stage: Stage;
  readonly since: string | null;
  readonly priority: Priority | null;
  readonly impact: Impact | null;
  readonly urgency: Urgency | null;
  readonly coordinator: string | null;
  readonly acceptedBy: string | null;
  readonly assigned: Assignee | null;
  readonly roles: readonly { readonly role: string; readonly name: string }[];
  readonly unfilled: readonly string[];
  readonly tasks: readonly {
    readonly number: number;
    readonly text: string;
    readonly owner: string | null;
    readonly due: string | null;
    readonly overdue: boolean;
  }[];
  /** Absent of what was kept before there were any. */
  readonly workstreams?: readonly {
    readonly number: number;
    readonly title: string;
    readonly lead: string;
    readonly status: "under-way" | "blocked";
    readonly due: string | null;
    readonly silent: boolean;
    readonly news: string | null;
  }[];
  readonly escalations: readonly {
    readonly number: number;
    readonly kind: Escalation["kind"];
    readonly to: string;
    readonly holder: string | null;
  }[];
  /** Questions of its categories without an answer, and those of which nobody knows it. */
  readonly unanswered: readonly string[];
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
  /** What the persons concerned were last told. */
  readonly lastUpdate: Said | null;
  readonly lastDecision: Said | null;
  readonly next: NextDeadline | null;
};

/** So that what is kept of a long incident stays readable: the earliest due first. */
export const briefTasksMax = 20;

const iso = (at: Instant | null | undefined): string | null => (at === null || at === undefined ? null : toIso(at));

/** `due`: the target that is due first, as calendars count it. */
export function briefOf(state: IncidentState, paging: PagingState, at: Instant, due: Nearest | null = null): Brief {
  const { milestones, priority, impact, urgency, coordinator, acceptedBy, assigned } = state;
  const later = Number.MAX_SAFE_INTEGER;
  const tasks = openTasks(state).toSorted((a, b) => (a.due ?? later) - (b.due ?? later) || a.number - b.number);
  return {
    at: toIso(at),
    stage: stageOf(state),
    since: iso(milestones.reported),
    priority,
    impact,
    urgency,
    coordinator: coordinator?.name ?? null,
    acceptedBy: acceptedBy?.name ?? null,
    assigned,
    roles: demandsIn(state).roles.flatMap(({ id }) => {
      const holder = holderNow(state, id);
      return holder ? [{ role: id, name: holder.name }] : [];
    }),
    unfilled: unfilledRoles(state),
    tasks: tasks.slice(0, briefTasksMax).map((task) => ({
      number: task.number,
      text: task.text,
      owner: task.owner?.name ?? null,
      due: iso(task.due),
      overdue: isOverdue(task, at),
    })),
    workstreams: openStreams(state).map((one) => ({
      ...{ number: one.number, title: one.title, lead: one.lead.name, due: iso(one.due) },
      status: one.status === "blocked" ? "blocked" : "under-way",
      silent: isSilentStream(one, priority, at),
      news: one.news?.text ?? null,
    })),
    escalations: (state.escalations ?? [])
      .filter(({ status }) => status === "requested" || status === "acknowledged")
      .map(({ number, kind, to, holder }) => ({ number, kind, to, holder: holder?.name ?? null })),
    unanswered: openQuestions(state),
    unknown: demandsIn(state)
      .questions.filter(({ id }) => state.answers?.[id]?.answer === null)
      .map(({ id }) => id),
    missing: [...missingToClose(state)],
    lastUpdate: saidOf(state.lastUpdate),
    lastDecision: saidOf(state.lastDecision),
    next: nextDeadline(state, paging, at, due),
  };
}

const saidOf = (said: IncidentState["lastUpdate"]): Said | null => (said ? { ...said, at: toIso(said.at) } : null);

/** The first instant still to come at which something happens by itself, or is owed. */
export function nextDeadline(
  state: IncidentState,
  paging: PagingState,
  now: Instant,
  due: Nearest | null = null,
): NextDeadline | null {
  const coming: { what: NextDeadline["what"]; at: Instant; number?: number; target?: TargetKind }[] = [];
  if (state.ended !== null) return null;
  if (paging.status === "running" && paging.nextAt !== null) coming.push({ what: "call", at: paging.nextAt });
  for (const number of Object.keys(paging.escalations ?? {}).map(Number)) {
    const { status, nextAt } = callsFor(paging, number);
    if (status === "running" && nextAt !== null) coming.push({ what: "escalation", at: nextAt, number });
  }
  const watched = watchedUntil(state, paging);
  if (watched !== null) coming.push({ what: "act", at: watched });
  for (const { number, due } of openTasks(state)) if (due !== null) coming.push({ what: "task", at: due, number });
  for (const { number, due: by } of openStreams(state))
    if (by !== null) coming.push({ what: "workstream", at: by, number });
  if (due !== null) coming.push({ what: "target", at: due.dueAt, target: due.kind });
  const [first] = coming.filter(({ at }) => at >= now).sort((a, b) => a.at - b.at);
  return first ? { ...first, at: toIso(first.at) } : null;
}
