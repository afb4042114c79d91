/** What one side of a replay of noise remembers of its alerts and of the incidents that they open: as much as the desk asks for,
 *  without records. */
import { type Alert, endAlert, isLive, isWaiting } from "../alerts/decide.ts";
import { calm, type StormState } from "../alerts/storm.ts";
import { type ByKey, setAtKey } from "../desk/by-key.ts";
import type { Draft, Sources, StateKey } from "../desk/draft.ts";
import { placeOf } from "../desk/keeping.ts";
import { initialPaging } from "../escalation/paging-state.ts";
import type { IncidentState } from "../incidents/state.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { nothingYet, type Together } from "../noise/across.ts";
import { loadAlert } from "./memory.ts";

export type OpenCase = { incident: IncidentState; openAlerts: number; firingAlerts: number };

export type NoiseMemory = {
  readonly alerts: Map<string, Alert>;
  /** Ids of those that are live: all together, by integration and by incident. */
  readonly live: Map<string | null, Set<string>>;
  readonly ofIncident: Map<string, Set<string>>;
  readonly waiting: Map<string, Set<string>>;
  readonly newestOfKey: ByKey<string>;
  readonly newestOfGroup: ByKey<string>;
  readonly cases: Map<string, OpenCase>;
  readonly storms: Map<string, StormState>;
  readonly together: Map<string, Together>;
  /** What mutes others, as the last step left it: read anew when somebody ended an incident. */
  sources: Map<string | null, Sources>;
};

export const emptyNoiseMemory = (): NoiseMemory => ({
  alerts: new Map(),
  live: new Map(),
  ofIncident: new Map(),
  waiting: new Map(),
  newestOfKey: new Map(),
  newestOfGroup: new Map(),
  cases: new Map(),
  storms: new Map(),
  together: new Map(),
  sources: new Map(),
});

/** As many as the desk itself looks at. */
const liveMax = 2_000;

export function loadNoise(memory: NoiseMemory, draft: Draft, wanted: StateKey): void {
  switch (wanted.kind) {
    case "case": {
      const kept = memory.cases.get(wanted.id);
      if (!kept) throw new Error(`no incident ${wanted.id} in this replay`);
      const { incident, openAlerts, firingAlerts } = kept;
      const { id } = wanted;
      const paging = initialPaging;
      const fresh = { isNew: false, seq: 0, due: null, touched: false };
      draft.cases.set(id, { id, ...fresh, incident, paging, openAlerts, firingAlerts, appended: [] });
      return;
    }
    case "alert":
      return loadAlert(memory, draft, wanted);
    case "live": {
      const { integrationId } = wanted;
      const known = memory.sources.get(integrationId);
      if (known) draft.sources.set(integrationId, known);
      const ids = known ? [] : [...(memory.live.get(integrationId) ?? [])].slice(-liveMax);
      draft.live.set(
        integrationId,
        ids.flatMap((id) => memory.alerts.get(id) ?? []),
      );
      return;
    }
    case "together":
      draft.together.set(wanted.ruleId, memory.together.get(wanted.ruleId) ?? nothingYet);
      return;
    case "storm":
      draft.storms.set(wanted.integrationId, memory.storms.get(wanted.integrationId) ?? calm);
      return;
    default:
      throw new Error(`${wanted.kind} is of no use to alerts`);
  }
}

export function commitNoise(memory: NoiseMemory, draft: Draft): void {
  for (const [id, { incident, openAlerts, firingAlerts, touched }] of draft.cases)
    if (touched) memory.cases.set(id, { incident, openAlerts, firingAlerts });
  for (const { alert, isNew } of draft.changedAlerts.values()) keepAlert(memory, alert, isNew, draft.raised);
  for (const id of draft.changedStorms) memory.storms.set(id, draft.storms.get(id) ?? calm);
  for (const id of draft.changedTogether) memory.together.set(id, draft.together.get(id) ?? nothingYet);
  for (const [place, sources] of draft.sources) memory.sources.set(place, sources);
  /* The desk knows one without details among sources from its next step on only. */
  if ([...draft.changedAlerts.values()].some(({ alert, isNew }) => isNew && alert.details === null))
    memory.sources = new Map();
}

function keepAlert(memory: NoiseMemory, alert: Alert, isNew: boolean, raised: ReadonlySet<string>): void {
  const before = memory.alerts.get(alert.id) ?? null;
  noteWaiting(memory, before, false);
  memory.alerts.set(alert.id, alert);
  noteWaiting(memory, alert, true);
  noteLive(memory, alert);
  if (isNew) setAtKey(memory.newestOfKey, alert.integrationId, alert.key, alert.id);
  const joins = alert.incidentId !== null && (isNew || raised.has(alert.id));
  if (joins && alert.groupKey !== alert.key)
    setAtKey(memory.newestOfGroup, placeOf(alert.integrationId, alert.groupKey), alert.groupKey, alert.id);
}

function noteWaiting({ waiting }: NoiseMemory, alert: Alert | null, waits: boolean): void {
  if (!isWaiting(alert)) return;
  const those = waiting.get(alert.waits.on);
  if (!waits) those?.delete(alert.id);
  else if (those) those.add(alert.id);
  else waiting.set(alert.waits.on, new Set([alert.id]));
}

function noteLive({ live, ofIncident }: NoiseMemory, alert: Alert): void {
  for (const place of [null, alert.integrationId]) setMember(live, place, alert.id, isLive(alert));
  if (alert.incidentId !== null) setMember(ofIncident, alert.incidentId, alert.id, isLive(alert));
}

function setMember<Key>(sets: Map<Key, Set<string>>, key: Key, id: string, isIn: boolean): void {
  const known = sets.get(key);
  if (!isIn) known?.delete(id);
  else if (known) known.add(id);
  else sets.set(key, new Set([id]));
}

/** Somebody ended the incident: what its alerts are then is the desk's own rule. */
export function endCase(memory: NoiseMemory, incidentId: string, at: Instant): void {
  for (const id of [...(memory.ofIncident.get(incidentId) ?? [])]) {
    const alert = memory.alerts.get(id);
    if (!isLive(alert ?? null) || !alert) continue;
    const ended = endAlert(alert, at);
    memory.alerts.set(id, ended);
    noteLive(memory, ended);
  }
  const kept = memory.cases.get(incidentId);
  if (kept)
    memory.cases.set(incidentId, {
      incident: { ...kept.incident, ended: "closed" },
      openAlerts: 0,
      firingAlerts: 0,
    });
  memory.sources = new Map();
}
