/** Everything under way at one glance: what says nothing, who coordinates, what is late, what comes next. */
import type { PagingState } from "../escalation/paging-state.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Instant, Priority } from "../kernel/vocabulary.ts";
import { type NextDeadline, nextDeadline } from "./brief.ts";
import type { Nearest } from "./clocks.ts";
import { type Span, tooWide, unfilledRoles } from "./roles.ts";
import { silenceOf } from "./silence.ts";
import type { IncidentState } from "./state.ts";
import { isOverdue, openTasks } from "./tasks.ts";
import { isSilentStream, openStreams } from "./workstreams.ts";

export type WatchedIncident = {
  readonly heardAt: Instant;
  readonly silentAfterMinutes: number;
  readonly silent: boolean;
  readonly tasks: { readonly open: number; readonly overdue: number };
  /** Of the open ones: which are silent, which wait for something. */
  readonly workstreams: { readonly open: number; readonly silent: number; readonly blocked: number };
  readonly unfilled: readonly string[];
  readonly span: Span | null;
  readonly next: NextDeadline | null;
};

export function watchedOf(
  state: IncidentState,
  paging: PagingState,
  now: Instant,
  due: Nearest | null = null,
): WatchedIncident {
  const { heardAt, thresholdMs, silent } = silenceOf(state, now);
  const open = openTasks(state);
  const streams = openStreams(state);
  return {
    heardAt,
    silentAfterMinutes: thresholdMs / minuteMs,
    silent,
    tasks: { open: open.length, overdue: open.filter((task) => isOverdue(task, now)).length },
    workstreams: {
      open: streams.length,
      silent: streams.filter((one) => isSilentStream(one, state.priority, now)).length,
      blocked: streams.filter(({ status }) => status === "blocked").length,
    },
    unfilled: unfilledRoles(state),
    span: tooWide(state),
    next: nextDeadline(state, paging, now, due),
  };
}

type Ordered = Pick<WatchedIncident, "silent" | "heardAt"> & { readonly priority: Priority | null };

/** What is silent first, the longest silent before; then by weight, then what was heard of longest ago. */
export function byNeed(a: Ordered, b: Ordered): number {
  if (a.silent !== b.silent) return a.silent ? -1 : 1;
  if (a.silent) return a.heardAt - b.heardAt;
  return (a.priority ?? 3) - (b.priority ?? 3) || a.heardAt - b.heardAt;
}
