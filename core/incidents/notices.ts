/** Those concerned hear of the actions taken (R-30 of the reading of the seed): an action that the process of the incident marks, of which
 *  nobody was told in time, is recalled once to whoever coordinates. */
import type { NoticeRule, NotifiedAction } from "../directory/category-process.ts";
import { minuteMs, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { IncidentEvent, IncidentFact } from "./events.ts";
import type { IncidentState } from "./state.ts";

/** Taken, and nobody was told since. `said`: it was recalled. */
export type Untold = { readonly action: NotifiedAction; readonly at: Instant; readonly said?: true };

const actionOf: Readonly<Partial<Record<IncidentEvent["type"], NotifiedAction>>> = {
  "solution.selected": "solution",
  "decision.made": "decision",
  "service.restored": "restored",
  "service.relapsed": "relapsed",
  "incident.resolved": "resolved",
};

type Told = Pick<IncidentState, "untold" | "ended" | "coordinator" | "acceptedBy">;

/** Of several actions of a kind, the first that nobody was told of counts. */
export function evolveNotices(state: IncidentState, fact: IncidentFact): IncidentState {
  const { untold = [] } = state;
  const at = fact.stamp.occurredAt;
  if (fact.type === "person.advised")
    return put(
      state,
      untold.filter((one) => one.at > at),
    );
  if (fact.type === "notice.overdue") {
    const { action } = fact.data;
    return put(
      state,
      untold.map((one) => (one.action === action ? { ...one, said: true as const } : one)),
    );
  }
  const action = actionOf[fact.type];
  if (action === undefined || untold.some((one) => one.action === action)) return state;
  return put(state, [...untold, { action, at }]);
}

function put(state: IncidentState, untold: readonly Untold[]): IncidentState {
  if (untold.length > 0) return { ...state, untold };
  if (state.untold === undefined) return state;
  const { untold: _, ...rest } = state;
  return rest;
}

const dueOf = ({ action, at }: Untold, rules: readonly NoticeRule[]): Instant | null => {
  const rule = rules.find((one) => one.action === action);
  return rule === undefined ? null : at + rule.minutes * minuteMs;
};

/** What the process wants told and nobody was told of yet, recalled or not; the first due first. */
export function untoldOf({ untold = [], ended }: Told, rules: readonly NoticeRule[]) {
  if (ended !== null) return [];
  return untold
    .flatMap(({ action, at }) => {
      const due = dueOf({ action, at }, rules);
      return due === null ? [] : { action, since: at, due };
    })
    .toSorted((a, b) => a.due - b.due);
}

const waiting = ({ untold = [], ended }: Told): readonly Untold[] =>
  ended === null ? untold.filter(({ said }) => said === undefined) : [];

/** When a notice is next missed; null: of none. */
export function nextNoticeDueAt(state: Told, rules: readonly NoticeRule[]): Instant | null {
  const dues = waiting(state).flatMap((one) => dueOf(one, rules) ?? []);
  return dues.length === 0 ? null : Math.min(...dues);
}

/** `told`: whoever coordinates, else whoever has the incident. */
export function overdueNotices(state: Told, rules: readonly NoticeRule[], now: Instant): IncidentEvent[] {
  const told = state.coordinator?.id ?? state.acceptedBy?.id ?? null;
  return waiting(state).flatMap((one): IncidentEvent[] => {
    const due = dueOf(one, rules);
    if (due === null || due > now) return [];
    const minutes = Math.floor((now - one.at) / minuteMs);
    return [{ type: "notice.overdue", data: { action: one.action, since: toIso(one.at), minutes, told } }];
  });
}
