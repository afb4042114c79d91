/** An alert as the draft knows it from now on: whatever follows from its having changed is done here. */
import { type Alert, isLive, type Signal } from "../alerts/decide.ts";
import { secondMs } from "../kernel/time.ts";
import type { Noise, ReadyInhibition } from "../noise/compiled.ts";
import { equalOf, isSource, isTarget, onRule } from "../noise/judge.ts";
import { type Subject, subjectOf } from "../noise/subject.ts";
import { atKey, setAtKey } from "./by-key.ts";
import { type Draft, type LiveAlert, type Sources, setStorm, stormOf } from "./draft.ts";
import { watchLease } from "./leases.ts";

export function keep(draft: Draft, alert: Alert, isNew: boolean): void {
  const { id, integrationId, key, groupKey, incidentId } = alert;
  const before = atKey(draft.alerts, integrationId, key);
  setAtKey(draft.alerts, integrationId, key, {
    last: alert,
    /* What waits is in no incident: its group is where it was. */
    groupIncidentId: incidentId ?? before?.groupIncidentId ?? null,
    groupAt: incidentId === null ? (before?.groupAt ?? null) : draft.at,
  });
  if (incidentId !== null && (isNew || draft.raised.has(id)) && hasGroup(alert))
    setAtKey(draft.groups, integrationId, groupKey, incidentId);
  const known = draft.changedAlerts.get(id);
  draft.changedAlerts.set(id, { alert, isNew: isNew || known?.isNew === true });
  watchLease(draft, alert);
  const { noise } = draft.directory;
  if (noise !== null && mutes(noise, integrationId)) noteSource(draft, noise, alert);
}

/** Alone, it is in no group of that name: what another sender calls a group is not this key. */
export const hasGroup = ({ key, groupKey }: Pick<Signal, "key" | "groupKey">): boolean => groupKey !== key;

/** Whether what is live of this integration may mute something. */
export const mutes = ({ inhibitions }: Noise, integrationId: string): boolean =>
  inhibitions.some(({ rule: { scope } }) => scope.integrationId === null || scope.integrationId === integrationId);

/** What mutes others in this integration: read once, from what was live, and kept current. */
export function sourcesOf(draft: Draft, noise: Noise, integrationId: string): Sources {
  const known = draft.sources.get(integrationId);
  if (known) return known;
  const made: Sources = { byOn: new Map(), ofAlert: new Map() };
  draft.sources.set(integrationId, made);
  for (const alert of draft.live.get(integrationId) ?? []) addSource(draft, noise, integrationId, alert);
  return made;
}

function addSource(draft: Draft, { inhibitions }: Noise, integrationId: string, alert: LiveAlert): void {
  const sources = draft.sources.get(integrationId);
  if (!sources) return;
  const serviceId = draft.directory.integrations.get(integrationId)?.serviceId ?? null;
  const subject = subjectOf(alert, { integrationId, serviceId });
  const ons = inhibitions.filter((one) => isSource(one, subject)).map((one) => addTo(sources, one, subject, alert.id));
  if (ons.length > 0) sources.ofAlert.set(alert.id, ons);
}

function addTo(sources: Sources, one: ReadyInhibition, subject: Subject, id: string): string {
  const on = onRule(one.rule.id, equalOf(one.rule.equal, subject.labels));
  const firing = sources.byOn.get(on) ?? new Map();
  firing.set(id, { key: subject.key, both: isTarget(one, subject) });
  sources.byOn.set(on, firing);
  return on;
}

/** The first of its kind that fires mutes at once what waits for it; when the last is over, what it muted is asked about again,
 *  after it had time to be over too. */
function noteSource(draft: Draft, noise: Noise, alert: Alert): void {
  const { id, integrationId } = alert;
  const sources = sourcesOf(draft, noise, integrationId);
  const known = sources.ofAlert.get(id);
  if (isLive(alert)) {
    /* One that was live already is loaded without its details: it is where it was. */
    if (known === undefined && alert.details !== null) addSource(draft, noise, integrationId, alert);
    return;
  }
  sources.ofAlert.delete(id);
  for (const on of known ?? []) {
    const firing = sources.byOn.get(on);
    if (!firing?.delete(id) || firing.size > 0) continue;
    const grace = graceOf(noise, on);
    noteOver(draft, integrationId, on);
    draft.effects.push({ kind: "recheck", integrationId, on, dueAt: draft.at + grace });
  }
}

const graceOf = ({ inhibitions }: Noise, on: string): number =>
  (inhibitions.find(({ rule }) => on.startsWith(onRule(rule.id)))?.rule.graceSeconds ?? 0) * secondMs;

/** No grace is longer. */
const overKeptMs = 3_600 * secondMs;

function noteOver(draft: Draft, integrationId: string, on: string): void {
  const storm = stormOf(draft, integrationId);
  const lately = Object.entries(storm.sourcesOver ?? {}).filter(([, at]) => draft.at - at < overKeptMs);
  setStorm(draft, integrationId, { ...storm, sourcesOver: { ...Object.fromEntries(lately), [on]: draft.at } });
}
