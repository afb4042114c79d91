/** The working set of one transaction: states loaded so far, and what they become. It is made for a batch, changed only
 *  here in memory, and written whole or not at all; the same value serves the server and a drill. */
import type { Admission } from "../access/restriction.ts";
import { type Alert, endAlert, isLive, type Signal } from "../alerts/decide.ts";
import { calm, type StormState } from "../alerts/storm.ts";
import { isPagingFact } from "../escalation/events.ts";
import { afterTurn, type CalledInTurn } from "../escalation/in-turn.ts";
import { evolvePaging, initialPaging, type PagingState } from "../escalation/paging-state.ts";
import type { Nearest } from "../incidents/clocks.ts";
import type { EventOf, IncidentEvent, IncidentEventType, IncidentFact } from "../incidents/events.ts";
import { evolveIncident, type IncidentState, initialIncident } from "../incidents/state.ts";
import type { Mint } from "../kernel/id.ts";
import { type Cause, type Envelope, stampAll, stampOf, systemActor } from "../kernel/stamp.ts";
import type { Actor, Instant } from "../kernel/vocabulary.ts";
import { nothingYet, type Together } from "../noise/across.ts";
import type { Grouped } from "../noise/grouping.ts";
import type { Source } from "../noise/judge.ts";
import type { Decision } from "../noise/trace.ts";
import { atKey, type ByKey } from "./by-key.ts";
import type { Directory } from "./directory.ts";
import type { Effect } from "./effects.ts";

/** An incident with its paging and how many alerts hold it. */
export type Case = {
  readonly id: string;
  readonly isNew: boolean;
  /** Entries of its record as loaded. */
  readonly seq: number;
  incident: IncidentState;
  paging: PagingState;
  /** Live alerts, and those among them whose source re-sends its state. */
  openAlerts: number;
  firingAlerts: number;
  /** Which of its targets is due first. */
  due: Nearest | null;
  /** Facts not yet written. */
  readonly appended: IncidentFact[];
  touched: boolean;
};

/** `groupAt`: when the newest of its group arrived. */
export type AlertLookup = { last: Alert | null; groupIncidentId: string | null; groupAt?: Instant | null };

/** A live alert, as inhibitions look at it. */
export type LiveAlert = Pick<Alert, "id" | "integrationId" | "key" | "title" | "severity" | "source" | "details">;

/** Ends or moves live alerts of an incident: a statement, since a storm may hold thousands. Written before the changed
 *  alerts, which already carry it: a key that was ended may have a new alert in the same draft. */
export type AlertSweep =
  | { readonly kind: "end"; readonly incidentId: string; readonly at: Instant }
  /** `ids`: those alone; without, all. */
  | { readonly kind: "move"; readonly incidentId: string; readonly into: string; readonly ids?: readonly string[] };

/** A fact on a case, and how deep in the chain of causes it stands. */
export type Reacting = {
  readonly draft: Draft;
  readonly on: Case;
  readonly fact: IncidentFact;
  /** Number of that fact in the record of `of`, which is another's after a merge. */
  readonly seq: number;
  readonly of: Case;
  readonly depth: number;
  /** When it is not the fact that caused this, but a timer. */
  readonly cause?: Cause;
};
export type Reaction = (reacting: Reacting) => void;
export type ReactionTable = Readonly<Partial<Record<IncidentEventType, readonly Reaction[]>>>;

/** What mutes others now: by what they wait on, and by alert. */
export type Sources = {
  readonly byOn: Map<string, Map<string, Source>>;
  readonly ofAlert: Map<string, readonly string[]>;
};

export type Prepared = { readonly signals: readonly Signal[]; readonly grouped: ReadonlyMap<Signal, Grouped> };

export type ReportGate = { readonly lastPageAt: Instant | null };

export type Draft = {
  readonly at: Instant;
  readonly mint: Mint;
  readonly directory: Directory;
  readonly reactions: ReactionTable;
  readonly cases: Map<string, Case>;
  /** Whom incidents admit that others are linked with: read without a lock, since nothing of them is decided. */
  readonly admissions: Map<string, Admission>;
  readonly alerts: ByKey<AlertLookup>;
  readonly storms: Map<string, StormState>;
  /** Incident that a group was given in this draft, by group key: newer than what was loaded. */
  readonly groups: ByKey<string>;
  reportGate: ReportGate | null;
  /** Of policies that call in turn, as loaded and as this draft went on. */
  readonly calledInTurn: Map<string, CalledInTurn>;
  readonly changedInTurn: Set<string>;
  /** By id: a key may have more than one life in a batch. */
  readonly changedAlerts: Map<string, { readonly alert: Alert; readonly isNew: boolean }>;
  readonly changedStorms: Set<string>;
  /** Of integrations with inhibitions, and under null of all together: what is live, as loaded, and what of it mutes others,
   *  kept current. */
  readonly live: Map<string | null, readonly LiveAlert[]>;
  readonly sources: Map<string | null, Sources>;
  /** Of rules that are asked of all integrations together. */
  readonly together: Map<string, Together>;
  readonly changedTogether: Set<string>;
  /** Alerts that were waiting when loaded and were given their incident. */
  readonly raised: Set<string>;
  readonly decisions: Decision[];
  /** Signals under the groups that rules give them, by their input. */
  readonly prepared: WeakMap<object, Prepared>;
  readonly sweeps: AlertSweep[];
  readonly effects: Effect[];
  /** What is worked out once for each incident when all that an input says of it is known, with the last fact that asked. */
  readonly owed: Map<Case, Map<Reaction, Reacting>>;
};

export type StateKey =
  | { readonly kind: "case"; readonly id: string }
  | { readonly kind: "admission"; readonly id: string }
  | { readonly kind: "alert"; readonly integrationId: string; readonly key: string; readonly groupKey: string }
  | { readonly kind: "storm"; readonly integrationId: string }
  /** Null: of all integrations together. */
  | { readonly kind: "live"; readonly integrationId: string | null }
  | { readonly kind: "together"; readonly ruleId: string }
  | { readonly kind: "report-gate" }
  /** Loaded after all the others, so that its lock is held for the shortest time. */
  | { readonly kind: "in-turn"; readonly policyId: string };

/** How far one input may go on causing others. */
export const reactionDepthMax = 8;

export function emptyDraft(known: Pick<Draft, "at" | "mint" | "directory" | "reactions">): Draft {
  return {
    ...known,
    cases: new Map(),
    admissions: new Map(),
    alerts: new Map(),
    storms: new Map(),
    groups: new Map(),
    reportGate: null,
    calledInTurn: new Map(),
    changedInTurn: new Set(),
    changedAlerts: new Map(),
    changedStorms: new Set(),
    live: new Map(),
    sources: new Map(),
    together: new Map(),
    changedTogether: new Set(),
    raised: new Set(),
    decisions: [],
    prepared: new WeakMap(),
    sweeps: [],
    effects: [],
    owed: new Map(),
  };
}

export function newCase(draft: Draft, id: string): Case {
  const made: Case = {
    id,
    isNew: true,
    seq: 0,
    incident: initialIncident,
    paging: initialPaging,
    openAlerts: 0,
    firingAlerts: 0,
    due: null,
    appended: [],
    touched: true,
  };
  draft.cases.set(id, made);
  return made;
}

export function caseOf(draft: Draft, id: string): Case {
  const found = draft.cases.get(id);
  if (!found) throw new Error(`incident ${id} was not loaded before it was decided about`);
  return found;
}

export const stormOf = (draft: Draft, integrationId: string): StormState => draft.storms.get(integrationId) ?? calm;

export function setStorm(draft: Draft, integrationId: string, storm: StormState): void {
  draft.storms.set(integrationId, storm);
  draft.changedStorms.add(integrationId);
}

/** What was not loaded is not kept, so that it stands where it was. */
export function takeTurn(draft: Draft, policyId: string, personId: string): void {
  const known = draft.calledInTurn.get(policyId);
  draft.calledInTurn.set(policyId, afterTurn(known ?? [], personId));
  if (known !== undefined) draft.changedInTurn.add(policyId);
}

export const togetherOf = (draft: Draft, ruleId: string): Together => draft.together.get(ruleId) ?? nothingYet;

export function setTogether(draft: Draft, ruleId: string, together: Together): void {
  draft.together.set(ruleId, together);
  draft.changedTogether.add(ruleId);
}

const sweepOne = (alert: Alert, sweep: AlertSweep): Alert =>
  sweep.kind === "end" ? endAlert(alert, sweep.at) : { ...alert, incidentId: sweep.into };

const concerns = (sweep: AlertSweep, alert: Alert | null): alert is Alert =>
  isLive(alert) &&
  alert.incidentId === sweep.incidentId &&
  (sweep.kind === "end" || sweep.ids === undefined || sweep.ids.includes(alert.id));

export function sweepAlerts(draft: Draft, sweep: AlertSweep): void {
  draft.sweeps.push(sweep);
  for (const [id, changed] of draft.changedAlerts) {
    if (concerns(sweep, changed.alert))
      draft.changedAlerts.set(id, { ...changed, alert: sweepOne(changed.alert, sweep) });
  }
}

/** What is known of a key, after what this draft has already decided: alerts are loaded as they were before its sweeps. */
export function lookupAlert(draft: Draft, integrationId: string, key: string): AlertLookup {
  const found = atKey(draft.alerts, integrationId, key);
  let { last, groupIncidentId } = found ?? { last: null, groupIncidentId: null };
  for (const sweep of draft.sweeps) {
    if (concerns(sweep, last)) last = sweepOne(last, sweep);
    if (sweep.kind === "move" && sweep.ids === undefined && groupIncidentId === sweep.incidentId)
      groupIncidentId = sweep.into;
  }
  /* Read before its incident was locked: somebody may have ended that one in between, and the alert with it. */
  if (isLive(last) && draft.cases.get(last.incidentId ?? "")?.incident.ended) last = endAlert(last, draft.at);
  return { last, groupIncidentId, groupAt: found?.groupAt ?? null };
}

/** Appends facts, folds them, and runs what they cause, bounded in depth. */
export function append(draft: Draft, on: Case, facts: readonly IncidentFact[], depth = 0): void {
  if (depth > reactionDepthMax) throw new Error(`reactions deeper than ${reactionDepthMax} on incident ${on.id}`);
  const first = on.seq + on.appended.length + 1;
  for (const fact of facts) {
    on.appended.push(fact);
    on.touched = true;
    on.incident = evolveIncident(on.incident, fact);
    if (isPagingFact(fact)) on.paging = evolvePaging(on.paging, fact, fact.stamp.recordedAt);
  }
  for (const [index, fact] of facts.entries())
    for (const reaction of draft.reactions[fact.type] ?? [])
      reaction({ draft, on, fact, seq: first + index, of: on, depth });
}

/** Reacts to the state that an input leaves, not to each of its facts. */
export const atEnd =
  (reaction: Reaction): Reaction =>
  (reacting) => {
    const { draft, on } = reacting;
    const owed = draft.owed.get(on) ?? new Map<Reaction, Reacting>();
    draft.owed.set(on, owed.set(reaction, reacting));
  };

/** Nothing is owed any more afterwards: what this causes may owe again, as deep as causes may go. */
export function settle({ owed }: Draft): void {
  for (const [on, reactions] of owed)
    for (const [reaction, reacting] of reactions) {
      reactions.delete(reaction);
      if (reactions.size === 0) owed.delete(on);
      reaction(reacting);
    }
}

/** Facts that Tocsin or an integration states by itself, because of another. */
export function appendCaused(
  reacting: Reacting,
  events: readonly IncidentEvent[],
  actor: Actor = systemActor("desk"),
): void {
  const { draft, on, depth } = reacting;
  const envelope: Envelope = { at: draft.at, actor, cause: reacting.cause ?? causeOf(reacting) };
  append(draft, on, stampAll(events, stampOf(envelope, null, false)), depth + 1);
}

/** The very entry that caused it, in this record or in that of the incident named. */
function causeOf({ on, fact, seq, of }: Reacting): Cause {
  const where = of.id === on.id ? {} : { incident: of.id };
  return { kind: "event", id: fact.type, detail: { seq, ...where } };
}

/** What the fact that is reacted to says. */
export function dataOf<T extends IncidentEventType>({ fact }: Reacting, type: T): EventOf<T>["data"] {
  if (fact.type !== type) throw new Error(`a reaction to ${type} was given ${fact.type}`);
  return fact.data as EventOf<T>["data"];
}
