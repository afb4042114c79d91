/** The stores of a drill: everything the desk may ask for, kept in memory, and what one step changed, written whole. It
 *  does what the server's stores do in one transaction, in the same order: numbers, entries, alerts, sweeps, effects. */
import { noLonger } from "../access/restriction.ts";
import { type Alert, endAlert, isLive, isWaiting } from "../alerts/decide.ts";
import { calm, type StormState } from "../alerts/storm.ts";
import { atKey, type ByKey, setAtKey } from "../desk/by-key.ts";
import type { Directory } from "../desk/directory.ts";
import type { AlertSweep, Case, Draft, StateKey } from "../desk/draft.ts";
import { waitingTimerKey } from "../desk/effects.ts";
import { placeOf } from "../desk/keeping.ts";
import { nameSplit } from "../desk/linking.ts";
import type { CalledInTurn } from "../escalation/in-turn.ts";
import type { PagingState } from "../escalation/paging-state.ts";
import { eventVersion, type IncidentFact } from "../incidents/events.ts";
import { admissionOf } from "../incidents/restricting.ts";
import type { IncidentState } from "../incidents/state.ts";
import { genesis } from "../kernel/hash.ts";
import type { Mint } from "../kernel/id.ts";
import { type SealedEntry, seal } from "../kernel/record.ts";
import { yearOf } from "../kernel/time.ts";
import type { Instant, JsonObject } from "../kernel/vocabulary.ts";
import { nothingYet, type Together } from "../noise/across.ts";
import type { Decision } from "../noise/trace.ts";

export type KeptCase = {
  readonly incident: IncidentState;
  readonly paging: PagingState;
  readonly openAlerts: number;
  readonly firingAlerts: number;
  readonly due: Case["due"];
  readonly entries: readonly SealedEntry[];
};

export type Memory = {
  readonly cases: Map<string, KeptCase>;
  readonly alerts: Map<string, Alert>;
  /** Id of the newest alert of a key, and of a group: both by integration. */
  readonly newestOfKey: ByKey<string>;
  readonly newestOfGroup: ByKey<string>;
  readonly storms: Map<string, StormState>;
  readonly together: Map<string, Together>;
  readonly decisions: Decision[];
  readonly counters: Map<string, number>;
  /** By policy. */
  readonly calledInTurn: Map<string, CalledInTurn>;
  lastReportPageAt: Instant | null;
};

export const incidentStream = (id: string): string => `incident/${id}`;

export function emptyMemory(): Memory {
  return {
    cases: new Map(),
    alerts: new Map(),
    newestOfKey: new Map(),
    newestOfGroup: new Map(),
    storms: new Map(),
    together: new Map(),
    decisions: [],
    counters: new Map(),
    calledInTurn: new Map(),
    lastReportPageAt: null,
  };
}

/** What is known of a key, and of the group it would come to. */
export function loadAlert(
  memory: Pick<Memory, "alerts" | "newestOfKey" | "newestOfGroup">,
  draft: Draft,
  { integrationId, key, groupKey }: Extract<StateKey, { kind: "alert" }>,
): void {
  const last = memory.alerts.get(atKey(memory.newestOfKey, integrationId, key) ?? "") ?? null;
  /* A live alert is where it is, unless it waits; alone, it is in no group of that name. */
  const placed = isLive(last) && !isWaiting(last);
  const group = atKey(memory.newestOfGroup, placeOf(integrationId, groupKey), groupKey);
  const mate = groupKey === key ? last : placed ? null : (memory.alerts.get(group ?? "") ?? null);
  setAtKey(draft.alerts, integrationId, key, {
    last,
    groupIncidentId: mate?.incidentId ?? null,
    groupAt: mate?.openedAt ?? null,
  });
}

/** Puts one wanted state into the draft; false when there is no such incident. */
export function load(memory: Memory, draft: Draft, wanted: StateKey): boolean {
  switch (wanted.kind) {
    case "case":
      return loadCase(memory, draft, wanted.id);
    case "admission": {
      const kept = memory.cases.get(wanted.id);
      draft.admissions.set(wanted.id, kept ? admissionOf(kept.incident) : noLonger);
      return true;
    }
    case "alert":
      loadAlert(memory, draft, wanted);
      return true;
    case "live":
      draft.live.set(
        wanted.integrationId,
        [...memory.alerts.values()].filter(
          (one) => (wanted.integrationId ?? one.integrationId) === one.integrationId && isLive(one),
        ),
      );
      return true;
    case "together":
      draft.together.set(wanted.ruleId, memory.together.get(wanted.ruleId) ?? nothingYet);
      return true;
    case "storm":
      draft.storms.set(wanted.integrationId, memory.storms.get(wanted.integrationId) ?? calm);
      return true;
    case "report-gate":
      draft.reportGate = { lastPageAt: memory.lastReportPageAt };
      return true;
    case "in-turn":
      draft.calledInTurn.set(wanted.policyId, memory.calledInTurn.get(wanted.policyId) ?? []);
      return true;
  }
}

function loadCase(memory: Memory, draft: Draft, id: string): boolean {
  const kept = memory.cases.get(id);
  if (!kept) return false;
  const { incident, paging, openAlerts, firingAlerts, due, entries } = kept;
  draft.cases.set(id, {
    id,
    isNew: false,
    seq: entries.length,
    incident,
    paging,
    openAlerts,
    firingAlerts,
    due,
    appended: [],
    touched: false,
  });
  return true;
}

/** Keys of the timers of those that wait on one thing. */
export const waitingOn = ({ alerts }: Memory, integrationId: string | null, on: string): string[] =>
  [...alerts.values()]
    .filter((one) => (integrationId ?? one.integrationId) === one.integrationId)
    .filter((one) => isWaiting(one) && one.waits.on === on)
    .map(({ id }) => waitingTimerKey(id));

/** Writes what a step changed, effects excepted: they are the world's. `salts` gives each entry's salt. */
export function commit(memory: Memory, draft: Draft, salts: Mint): void {
  const touched = [...draft.cases.values()].filter(({ touched }) => touched);
  /* What is split off has its number first: the record that it comes from says it. */
  for (const changed of touched.toSorted((a, b) => Number(b.isNew) - Number(a.isNew)))
    keepCase(memory, draft, changed, salts);
  for (const sweep of draft.sweeps) sweepAlerts(memory, sweep);
  for (const { alert, isNew } of draft.changedAlerts.values()) keepAlert(memory, alert, isNew, draft.raised);
  memory.decisions.push(...draft.decisions);
  for (const id of draft.changedStorms) memory.storms.set(id, draft.storms.get(id) ?? calm);
  for (const id of draft.changedInTurn) memory.calledInTurn.set(id, draft.calledInTurn.get(id) ?? []);
  for (const id of draft.changedTogether) memory.together.set(id, draft.together.get(id) ?? nothingYet);
  if (draft.reportGate !== null) memory.lastReportPageAt = draft.reportGate.lastPageAt;
}

function keepCase(memory: Memory, draft: Draft, changed: Case, salts: Mint): void {
  const number = changed.isNew
    ? nextNumber(memory, draft.directory, draft.at, changed.incident.exercise)
    : changed.incident.number;
  if (changed.isNew) nameSplit(draft.cases.values(), changed, number);
  const incident = { ...changed.incident, number };
  const entries = [...(memory.cases.get(changed.id)?.entries ?? [])];
  for (const fact of changed.appended) {
    entries.push(
      seal(entries.at(-1)?.hash ?? genesis, {
        stream: incidentStream(changed.id),
        seq: entries.length + 1,
        type: fact.type,
        version: eventVersion,
        process: incident.process,
        exercise: incident.exercise,
        stamp: fact.stamp,
        data: numbered(fact, number),
        salt: salts(draft.at).replaceAll("-", ""),
      }),
    );
  }
  const { paging, openAlerts, firingAlerts, due } = changed;
  memory.cases.set(changed.id, { incident, paging, openAlerts, firingAlerts, due, entries });
}

/** `INC-2026-000123`, without a gap in a year of the organisation's zone; exercises are counted apart. */
function nextNumber(memory: Memory, directory: Directory, at: Instant, exercise: boolean): string {
  const series = `${exercise ? "EX" : "INC"}-${yearOf(at, directory.zone)}`;
  const next = (memory.counters.get(series) ?? 0) + 1;
  memory.counters.set(series, next);
  return `${series}-${String(next).padStart(6, "0")}`;
}

/** The number is allotted last: the fact that opens the record is given it here. */
function numbered(fact: IncidentFact, number: string): JsonObject {
  const data = fact.type === "incident.reported" ? { ...fact.data, number } : fact.data;
  return data as unknown as JsonObject;
}

function keepAlert(memory: Memory, alert: Alert, isNew: boolean, raised: ReadonlySet<string>): void {
  memory.alerts.set(alert.id, alert);
  if (isNew) setAtKey(memory.newestOfKey, alert.integrationId, alert.key, alert.id);
  const joins = alert.incidentId !== null && (isNew || raised.has(alert.id));
  if (joins && alert.groupKey !== alert.key)
    setAtKey(memory.newestOfGroup, placeOf(alert.integrationId, alert.groupKey), alert.groupKey, alert.id);
}

function sweepAlerts(memory: Memory, sweep: AlertSweep): void {
  for (const alert of memory.alerts.values()) {
    if (alert.incidentId !== sweep.incidentId || !isLive(alert)) continue;
    if (sweep.kind === "move" && sweep.ids && !sweep.ids.includes(alert.id)) continue;
    const changed = sweep.kind === "end" ? endAlert(alert, sweep.at) : { ...alert, incidentId: sweep.into };
    memory.alerts.set(alert.id, changed);
  }
}
