/** An alert as the draft knows it from now on: whatever follows from its having changed is done here. */
import { type Alert, isLive, type Signal } from "../alerts/decide.ts";
import { secondMs } from "../kernel/time.ts";
import type { Noise, ReadyInhibition } from "../noise/compiled.ts";
import { isAcross } from "../noise/grouping.ts";
import { equalOf, onRule } from "../noise/judge.ts";
import { type Subject, subjectOf } from "../noise/subject.ts";
import { atKey, setAtKey } from "./by-key.ts";
import { type Draft, type LiveAlert, type Sources, setStorm, setTogether, stormOf, togetherOf } from "./draft.ts";
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
    setAtKey(draft.groups, placeOf(integrationId, groupKey), groupKey, incidentId);
  const known = draft.changedAlerts.get(id);
  draft.changedAlerts.set(id, { alert, isNew: isNew || known?.isNew === true });
  watchLease(draft, alert);
  const { noise } = draft.directory;
  if (noise === null) return;
  for (const place of mutingPlaces(noise, integrationId)) noteSource(draft, noise, place, alert);
}

/** Where a group is looked for: a group of all integrations together is of none of them. */
export const placeOf = (integrationId: string, groupKey: string): string => (isAcross(groupKey) ? "" : integrationId);

/** Alone, it is in no group of that name: what another sender calls a group is not this key. */
export const hasGroup = ({ key, groupKey }: Pick<Signal, "key" | "groupKey">): boolean => groupKey !== key;

/** Where what mutes others is looked for: within an integration, and under null among all together. */
type Place = string | null;

/** Those of an integration in which something of it may mute, or be muted. */
export function mutingPlaces({ inhibitions, across }: Noise, integrationId: string): Place[] {
  const within = inhibitions.some(
    ({ rule: { across: isTogether, scope } }) =>
      !isTogether && (scope.integrationId === null || scope.integrationId === integrationId),
  );
  const together = across.some(({ mutes, concerns }) => mutes && concerns(integrationId));
  return [...(within ? [integrationId] : []), ...(together ? [null] : [])];
}

/** What mutes others: read once, from what was live, and kept current. */
export function sourcesOf(draft: Draft, noise: Noise, place: Place): Sources {
  const known = draft.sources.get(place);
  if (known) return known;
  const made: Sources = { byOn: new Map(), ofAlert: new Map() };
  draft.sources.set(place, made);
  for (const alert of draft.live.get(place) ?? []) addSource(draft, noise, place, alert);
  return made;
}

function addSource(draft: Draft, { inhibitions }: Noise, place: Place, alert: LiveAlert): void {
  const sources = draft.sources.get(place);
  const integration = draft.directory.integrations.get(alert.integrationId);
  if (!sources || integration?.kind === "tocsin") return;
  const { integrationId } = alert;
  const subject = subjectOf(alert, { integrationId, serviceId: integration?.serviceId ?? null });
  const ons = inhibitions
    .filter(({ rule, isSource }) => rule.across === (place === null) && isSource(subject))
    .map((one) => addTo(sources, one, { subject, id: alert.id, integration: integration?.name ?? integrationId }));
  if (ons.length > 0) sources.ofAlert.set(alert.id, ons);
}

type Added = { readonly subject: Subject; readonly id: string; readonly integration: string };

function addTo(sources: Sources, { rule, isTarget }: ReadyInhibition, { subject, id, integration }: Added): string {
  const on = onRule(rule.id, equalOf(rule.equal, subject.labels));
  const firing = sources.byOn.get(on) ?? new Map();
  const { key, integrationId } = subject;
  firing.set(id, { key, integrationId, integration, both: isTarget(subject) });
  sources.byOn.set(on, firing);
  return on;
}

/** The first of its kind that fires mutes at once what waits for it; when the last is over, what it muted is asked about again,
 *  after it had time to be over too. */
function noteSource(draft: Draft, noise: Noise, place: Place, alert: Alert): void {
  const { id } = alert;
  const sources = sourcesOf(draft, noise, place);
  const known = sources.ofAlert.get(id);
  if (isLive(alert)) {
    /* One that was live already is loaded without its details: it is where it was. */
    if (known === undefined && alert.details !== null) addSource(draft, noise, place, alert);
    return;
  }
  sources.ofAlert.delete(id);
  for (const on of known ?? []) {
    const firing = sources.byOn.get(on);
    if (!firing?.delete(id) || firing.size > 0) continue;
    const rule = noise.inhibitions.find((one) => on.startsWith(onRule(one.rule.id)))?.rule;
    noteOver(draft, place, on, rule?.id ?? "");
    const dueAt = draft.at + (rule?.graceSeconds ?? 0) * secondMs;
    draft.effects.push({ kind: "recheck", integrationId: place, on, dueAt });
  }
}

/** No grace is longer. */
const overKeptMs = 3_600 * secondMs;

function noteOver(draft: Draft, place: Place, on: string, ruleId: string): void {
  const since = (before: Readonly<Record<string, number>> = {}): Record<string, number> => ({
    ...Object.fromEntries(Object.entries(before).filter(([, at]) => draft.at - at < overKeptMs)),
    [on]: draft.at,
  });
  if (place === null) {
    const together = togetherOf(draft, ruleId);
    setTogether(draft, ruleId, { ...together, over: since(together.over) });
    return;
  }
  const storm = stormOf(draft, place);
  setStorm(draft, place, { ...storm, sourcesOver: since(storm.sourcesOver) });
}
