/** From a machine's signals to incidents: each is observed against what is known of its key; a new one joins the incident
 *  of its group, a storm, or opens an incident of its own. Entries are grouped by incident, and in a storm written once a
 *  second at most, so that a record stays readable when thousands arrive. */
import { type Alert, isWaiting, observe, openAlert, type Placed, type Signal, type Waiting } from "../alerts/decide.ts";
import {
  endStorm,
  entryWaits,
  firedAgain,
  joinStorm,
  noteOpened,
  place,
  rejoinStorm,
  resolveInStorm,
  startStorm,
  tally,
} from "../alerts/storm.ts";
import type { Title } from "../incidents/events.ts";
import { proposePriority } from "../incidents/priority.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Grouped } from "../noise/grouping.ts";
import { atKey } from "./by-key.ts";
import { integrationActor } from "./directory.ts";
import {
  type AlertLookup,
  append,
  type Case,
  caseOf,
  type Draft,
  lookupAlert,
  newCase,
  type StateKey,
  setStorm,
  stormOf,
} from "./draft.ts";
import { writeEntries, writeStormEntry } from "./entries.ts";
import {
  type ByHand,
  type Handling,
  type SignalResult,
  type SignalsInput,
  type SignalsOutcome,
  say,
  state,
} from "./handling.ts";
import { hasGroup, keep, mutingPlaces, placeOf } from "./keeping.ts";
import { noteKind } from "./kinds.ts";
import { registered, reported } from "./opening.ts";
import { acknowledged, noted, proposedAnew, unacknowledged } from "./said-at-source.ts";
import {
  countRepeat,
  endWaiting,
  groupOfWaiting,
  holdBack,
  holdOn,
  letGo,
  noteGroup,
  prepare,
  signalOfWaiting,
} from "./waiting.ts";

export function signalNeeds(draft: Draft, input: SignalsInput): StateKey[] {
  const { integrationId } = input;
  const storm = draft.storms.get(integrationId);
  const unread: StateKey[] = storm ? [] : [{ kind: "storm", integrationId }];
  unread.push(...noiseNeeds(draft, integrationId));
  const incidents = new Set<string>();
  if (storm?.storm) incidents.add(storm.storm.incidentId);
  const alerts = draft.alerts.get(integrationId);
  for (const { key, groupKey } of prepare(draft, input).signals) {
    const known = alerts?.get(key);
    if (!known) unread.push({ kind: "alert", integrationId, key, groupKey });
    else {
      const last = known.last?.incidentId ?? known.last?.waits?.after;
      if (last) incidents.add(last);
      if (known.groupIncidentId) incidents.add(known.groupIncidentId);
    }
  }
  if (unread.length > 0) return unread;
  const wanted = [...incidents].flatMap((id) => [id, ...mergedInto(draft, id)]);
  return [...new Set(wanted)].filter((id) => !draft.cases.has(id)).map((id) => ({ kind: "case", id }));
}

/** What a rule across integrations remembers is locked with the state of the integration: those that it concerns come one after
 *  the other, and each finds what the one before it left. */
function noiseNeeds(draft: Draft, integrationId: string): StateKey[] {
  const { noise, integrations } = draft.directory;
  if (noise === null || integrations.get(integrationId)?.kind === "tocsin") return [];
  const across = noise.across.filter(({ id, concerns }) => concerns(integrationId) && !draft.together.has(id));
  const places = mutingPlaces(noise, integrationId).filter((place) => !draft.live.has(place));
  return [
    ...across.map(({ id }): StateKey => ({ kind: "together", ruleId: id })),
    ...places.map((place): StateKey => ({ kind: "live", integrationId: place })),
  ];
}

/** How many merges of merged incidents are followed: each may cost a round of loading. */
const mergesFollowedMax = 4;

/** Where an incident went, and where that one went, as far as is loaded. */
function mergedInto(draft: Draft, id: string): string[] {
  const path: string[] = [];
  for (let next = id; path.length < mergesFollowedMax; ) {
    const into = draft.cases.get(next)?.incident.mergedInto;
    if (!into || path.includes(into)) break;
    path.push(into);
    next = into;
  }
  return path;
}

export function handleSignals(draft: Draft, input: SignalsInput): SignalsOutcome {
  const integration = draft.directory.integrations.get(input.integrationId);
  if (!integration) throw new Error(`integration ${input.integrationId} is not in the directory`);
  const envelope: Envelope = {
    at: draft.at,
    actor: integrationActor(integration),
    cause: { kind: "signal", id: input.causeId },
  };
  const waiting = entryWaits(stormOf(draft, input.integrationId));
  const seen = { joined: new Map(), resolved: new Map(), again: new Set<string>() };
  const handling: Handling = { draft, input, integration, envelope, waiting, ...seen };
  const { signals, grouped } = prepare(draft, input);
  const results = signals.map((signal) => handleSignal(handling, signal, grouped.get(signal) ?? null));
  writeEntries(handling);
  return results;
}

function handleSignal(handling: Handling, signal: Signal, grouped: Grouped | null): SignalResult {
  const { draft, input } = handling;
  const lookup = lookupAlert(draft, input.integrationId, signal.key);
  const seen = observe(lookup.last, signal, draft.at);
  switch (seen.kind) {
    case "ignore":
      return result(signal, "ignored", lookup.last, seen.reason);
    case "repeat":
      countRepeat(handling, signal);
      if (isWaiting(seen.alert)) return askAgain(handling, seen.alert);
      keep(draft, seen.alert, false);
      return result(signal, "repeated", seen.alert, seen.alert.status === "quiet" ? "quiet" : null);
    case "recheck":
      return isWaiting(seen.alert) ? askAgain(handling, seen.alert) : result(signal, "unchanged", seen.alert);
    case "same":
      return result(signal, "unchanged", seen.alert, seen.alert.status === "quiet" ? "quiet" : null);
    case "resolve":
      say(handling, seen.alert, noted(signal));
      keep(draft, seen.alert, false);
      if (seen.alert.incidentId === null) {
        endWaiting(draft, seen.alert);
        return result(signal, "resolved", seen.alert, "never-raised");
      }
      if (!seen.wasQuiet) noteResolved(handling, seen.alert, seen.alert.incidentId);
      return result(signal, "resolved", seen.alert);
    case "acknowledge":
      say(handling, seen.alert, [...noted(signal), ...acknowledged(draft.directory, seen.alert, signal)]);
      return result(signal, "acknowledged", seen.alert);
    case "unacknowledge":
      say(handling, seen.alert, [...noted(signal), ...unacknowledged(seen.alert, signal)]);
      return result(signal, "unacknowledged", seen.alert);
    case "update":
      say(handling, seen.alert, [...noted(signal), ...proposedAnew(draft, seen.alert, signal)]);
      return result(signal, "updated", seen.alert);
    case "open":
      return (
        holdBack(handling, signal, { lookup, grouped }) ?? placeOne(handling, { signal, lookup, grouped, waited: null })
      );
  }
}

const result = (
  { key }: Signal,
  became: SignalResult["became"],
  alert: Alert | null,
  because: string | null = null,
): SignalResult => ({ key, became, alertId: alert?.id ?? null, incidentId: alert?.incidentId ?? null, because });

function askAgain(handling: Handling, waited: Alert & { readonly waits: Waiting }): SignalResult {
  const { byHand } = handling.input;
  if (byHand) letGo(handling, waited, byHand);
  else {
    const held = holdOn(handling, waited);
    if (held) return held;
  }
  const signal = signalOfWaiting(waited);
  const lookup = lookupAlert(handling.draft, waited.integrationId, waited.key);
  const placed = placeOne(handling, {
    signal,
    lookup,
    grouped: groupOfWaiting(handling, signal, waited.waits),
    waited,
  });
  if (byHand) sayRaised(handling, waited, { byHand, incidentId: placed.incidentId });
  return placed;
}

/** In the record of its incident it is an act of whoever did it, and not of its source. */
function sayRaised(
  { draft }: Handling,
  { id, key, waits }: Alert & { readonly waits: Waiting },
  { byHand, incidentId }: { readonly byHand: ByHand; readonly incidentId: string | null },
): void {
  if (incidentId === null) return;
  const { actor, reason } = byHand;
  const { id: ruleId, version, name } = waits.rule;
  const data = { key, for: waits.for, rule: { id: ruleId, version, name } };
  const stamp = stampOf({ at: draft.at, actor, cause: { kind: "alert", id }, reason }, null, false);
  append(draft, caseOf(draft, incidentId), stampAll([{ type: "alert.raised", data }], stamp));
}

/** What needs an incident: its signal, what is known of its key and of its group, and its row, when it waited. */
type Newcomer = {
  readonly signal: Signal;
  readonly lookup: AlertLookup;
  readonly grouped: Grouped | null;
  readonly waited: (Alert & { readonly waits: Waiting }) | null;
};

function placeOne(handling: Handling, newcomer: Newcomer): SignalResult {
  const { draft, input } = handling;
  const { signal, lookup, waited } = newcomer;
  const previous = previousCase(handling, newcomer);
  const storm = stormOf(draft, input.integrationId);
  if (previous && previous.id === storm.storm?.incidentId) {
    const isNew = waited === null ? lookup.last === null : waited.waits.after === null;
    return rejoinTheStorm(handling, newcomer, { on: previous, isNew });
  }
  if (previous) return join(handling, newcomer, previous, "joined");
  const stormCase = storm.storm ? draft.cases.get(storm.storm.incidentId) : undefined;
  if (storm.storm && (!stormCase || stormCase.incident.ended !== null)) {
    leaveStorm(draft, input.integrationId);
    setStorm(draft, input.integrationId, endStorm(stormOf(draft, input.integrationId)));
  }
  const known = stormOf(draft, input.integrationId);
  switch (place(known, draft.at)) {
    case "own-incident":
      setStorm(draft, input.integrationId, noteOpened(known, draft.at));
      return join(handling, newcomer, openCase(handling, signal, { text: signal.title }), "opened");
    case "start-storm": {
      leaveStorm(draft, input.integrationId);
      const title: Title = { code: "storm", values: { integration: handling.integration.name, count: 0 } };
      const made = openCase(handling, signal, title);
      setStorm(draft, input.integrationId, startStorm(known, made.id, draft.at));
      return joinTheStorm(handling, newcomer, made);
    }
    case "join-storm":
      return joinTheStorm(handling, newcomer, caseOf(draft, known.storm?.incidentId ?? ""));
  }
}

/** Where this signal's group is, or where its key was last: the first that may still be joined. */
function previousCase({ draft, input }: Handling, { signal, lookup, grouped }: Newcomer): Case | null {
  const made = hasGroup(signal)
    ? (atKey(draft.groups, placeOf(input.integrationId, signal.groupKey), signal.groupKey) ?? null)
    : null;
  const group = isWithin(grouped, lookup, draft.at) ? lookup.groupIncidentId : null;
  for (const id of [made, group, lookup.last?.incidentId ?? lookup.last?.waits?.after ?? null]) {
    const found = id === null ? null : joinable(draft, id);
    if (found) return found;
  }
  return null;
}

/** A group by rule may be left behind when nothing has joined it for long. */
function isWithin(grouped: Grouped | null, { groupAt }: AlertLookup, at: number): boolean {
  const within = grouped?.rule.withinMinutes ?? null;
  return within === null || groupAt === null || groupAt === undefined || at - groupAt < within * minuteMs;
}

/** What is pending on a storm is written before another takes its place. */
function leaveStorm(draft: Draft, integrationId: string): void {
  const known = stormOf(draft, integrationId);
  if (entryWaits(known) && draft.cases.has(known.storm?.incidentId ?? "")) {
    writeStormEntry(draft, integrationId);
  }
}

/** The incident of this group, or the one that it was merged into, while it is neither ended nor resolved: a signal that
 *  comes back is a relapse of it, not news. */
function joinable(draft: Draft, incidentId: string): Case | null {
  const on = caseOf(draft, mergedInto(draft, incidentId).at(-1) ?? incidentId);
  return on.incident.ended !== null || on.incident.milestones.resolved !== undefined ? null : on;
}

function join(handling: Handling, newcomer: Newcomer, on: Case, became: "opened" | "joined"): SignalResult {
  const { draft } = handling;
  const { signal, grouped, lookup } = newcomer;
  const alertId = addAlert(handling, newcomer, on, became === "opened" ? "new" : placedBy(newcomer, on));
  handling.joined.set(on.id, tally(handling.joined.get(on.id) ?? null, signal.key));
  state(handling, on, noted(signal));
  if (grouped) {
    const { kind, said } = grouped;
    const values = { group: signal.groupKey, kind, ...(said !== undefined && { said }) };
    noteGroup(draft, alertId, "grouped", { rule: grouped.rule, values });
    noteKind(handling, on, { grouped, key: signal.key, alertId });
  }
  const because = became === "joined" ? (lookup.last === null ? "same-group" : placedBy(newcomer, on)) : null;
  return { key: signal.key, became, alertId, incidentId: on.id, because };
}

/** It comes back, or others of its group are there. */
const placedBy = ({ lookup, signal }: Newcomer, on: Case): "same-key" | "same-group" =>
  !hasGroup(signal) || (lookup.last?.incidentId ?? lookup.last?.waits?.after) === on.id ? "same-key" : "same-group";

function joinTheStorm(handling: Handling, newcomer: Newcomer, on: Case): SignalResult {
  const { draft, input } = handling;
  const { key } = newcomer.signal;
  const alertId = addAlert(handling, newcomer, on, "storm");
  const joined = joinStorm(stormOf(draft, input.integrationId), key, draft.at);
  setStorm(draft, input.integrationId, handling.again.has(on.id) ? firedAgain(joined) : joined);
  return { key, became: "joined-storm", alertId, incidentId: on.id, because: "storm" };
}

/** In the storm's own incident every entry is coalesced, whoever comes: a host that flaps must not fill the record. */
function rejoinTheStorm(
  handling: Handling,
  newcomer: Newcomer,
  { on, isNew }: { readonly on: Case; readonly isNew: boolean },
): SignalResult {
  const { draft, input } = handling;
  const { key } = newcomer.signal;
  const storm = stormOf(draft, input.integrationId);
  if (isNew && place(storm, draft.at) === "join-storm") return joinTheStorm(handling, newcomer, on);
  const alertId = addAlert(handling, newcomer, on, placedBy(newcomer, on));
  const joined = rejoinStorm(stormOf(draft, input.integrationId), key);
  setStorm(draft, input.integrationId, handling.again.has(on.id) ? firedAgain(joined) : joined);
  return { key, became: "joined", alertId, incidentId: on.id, because: "same-group" };
}

function addAlert(handling: Handling, { signal, waited }: Newcomer, on: Case, placed: Placed): string {
  const { draft, input } = handling;
  if (on.openAlerts === 0 && clearedOnly(on)) handling.again.add(on.id);
  const known = { integrationId: input.integrationId, incidentId: on.id, at: draft.at, waits: null, placed };
  const alert: Alert =
    waited === null
      ? openAlert(signal, { id: draft.mint(draft.at), ...known })
      : { ...waited, incidentId: on.id, waits: null, placed };
  if (waited !== null) draft.raised.add(waited.id);
  keep(draft, alert, waited === null);
  on.openAlerts += 1;
  if (signal.stateful) on.firingAlerts += 1;
  on.touched = true;
  if (on.incident.milestones.restored !== undefined && on.incident.milestones.resolved === undefined) {
    state(handling, on, [{ type: "service.relapsed", data: { text: null, because: "source-fired-again" } }]);
  }
  return alert.id;
}

/** All sources resolved, and whoever has it was told; nobody has said that the service is back. */
const clearedOnly = ({ incident }: Case): boolean =>
  incident.sourcesCleared && incident.milestones.restored === undefined;

function openCase(handling: Handling, signal: Signal, title: Title): Case {
  const { draft, integration, input } = handling;
  const on = newCase(draft, draft.mint(draft.at));
  /* One that is retired too: what arrives is never refused for it, and its policy and its owner are still whom to call. */
  const serviceId = signal.serviceId ?? integration.serviceId;
  const service = serviceId === null ? undefined : draft.directory.services.get(serviceId);
  const { severity, priority: asked } = signal;
  const proposal = proposePriority({ severity, asked, vital: (service?.vital.length ?? 0) > 0 });
  state(handling, on, [
    reported(title, {
      title: "",
      description: null,
      language: draft.directory.language,
      service: serviceId,
      categories: [],
      impact: null,
      urgency: null,
      severity: signal.severity,
      exercise: false,
      origin: { kind: "integration", integrationId: input.integrationId, groupKey: signal.groupKey },
    }),
    { type: "priority.proposed", data: { ...proposal, reasons: [...proposal.reasons] } },
    ...registered(integration.createdBy),
  ]);
  return on;
}

function noteResolved(handling: Handling, alert: Alert, incidentId: string): void {
  const { draft, input } = handling;
  const on = caseOf(draft, incidentId);
  on.openAlerts = Math.max(0, on.openAlerts - 1);
  if (alert.stateful) on.firingAlerts = Math.max(0, on.firingAlerts - 1);
  on.touched = true;
  const storm = stormOf(draft, input.integrationId);
  if (storm.storm?.incidentId === on.id) setStorm(draft, input.integrationId, resolveInStorm(storm, alert.key));
  else handling.resolved.set(on.id, tally(handling.resolved.get(on.id) ?? null, alert.key));
}
