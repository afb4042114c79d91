/** From a machine's signals to incidents: each is observed against what is known of its key; a new one joins the incident
 *  of its group, a storm, or opens an incident of its own. Entries are grouped by incident, and in a storm written once a
 *  second at most, so that a record stays readable when thousands arrive. */
import { type Alert, observe, openAlert, type Signal } from "../alerts/decide.ts";
import {
  endStorm,
  entryDue,
  entryWaits,
  entryWritten,
  firedAgain,
  joinStorm,
  noteOpened,
  place,
  rejoinStorm,
  resolveInStorm,
  startStorm,
  type Tally,
  tally,
} from "../alerts/storm.ts";
import type { IncidentEvent, Title } from "../incidents/events.ts";
import { proposePriority } from "../incidents/priority.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import { atKey, setAtKey } from "./by-key.ts";
import { type Integration, integrationActor } from "./directory.ts";
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
import { stormTimerKey } from "./effects.ts";
import { watchLease } from "./leases.ts";
import { registered, reported } from "./opening.ts";
import { acknowledged, noted, proposedAnew, unacknowledged } from "./said-at-source.ts";

export type SignalsInput = {
  readonly integrationId: string;
  readonly signals: readonly Signal[];
  readonly causeId: string;
};

/** What became of each signal, in order: shown beside the integration, and why. */
export type SignalResult = {
  readonly key: string;
  readonly became:
    | "opened"
    | "joined"
    | "joined-storm"
    | "repeated"
    | "unchanged"
    | "resolved"
    | "acknowledged"
    | "unacknowledged"
    | "updated"
    | "ignored";
  readonly alertId: string | null;
  readonly incidentId: string | null;
  readonly because: string | null;
};
export type SignalsOutcome = readonly SignalResult[];

export function signalNeeds(draft: Draft, input: SignalsInput): StateKey[] {
  const { integrationId } = input;
  const storm = draft.storms.get(integrationId);
  const unread: StateKey[] = storm ? [] : [{ kind: "storm", integrationId }];
  const incidents = new Set<string>();
  if (storm?.storm) incidents.add(storm.storm.incidentId);
  const alerts = draft.alerts.get(integrationId);
  for (const { key, groupKey } of input.signals) {
    const known = alerts?.get(key);
    if (!known) unread.push({ kind: "alert", integrationId, key, groupKey });
    else {
      if (known.last) incidents.add(known.last.incidentId);
      if (known.groupIncidentId) incidents.add(known.groupIncidentId);
    }
  }
  if (unread.length > 0) return unread;
  const wanted = [...incidents].flatMap((id) => [id, ...mergedInto(draft, id)]);
  return [...new Set(wanted)].filter((id) => !draft.cases.has(id)).map((id) => ({ kind: "case", id }));
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

type Handling = {
  readonly draft: Draft;
  readonly input: SignalsInput;
  readonly integration: Integration;
  readonly envelope: Envelope;
  /** The storm had an entry to write before: its timer is set already. */
  readonly waiting: boolean;
  /** Joined and resolved by incident, written when all signals were seen. */
  readonly joined: Map<string, Tally>;
  readonly resolved: Map<string, Tally>;
  /** Incidents of which all had resolved before something joined. */
  readonly again: Set<string>;
};

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
  const results = input.signals.map((signal) => handleSignal(handling, signal));
  writeEntries(handling);
  return results;
}

function handleSignal(handling: Handling, signal: Signal): SignalResult {
  const { draft, input } = handling;
  const lookup = lookupAlert(draft, input.integrationId, signal.key);
  const seen = observe(lookup.last, signal, draft.at);
  const result = (became: SignalResult["became"], alert: Alert | null, because: string | null = null) => ({
    key: signal.key,
    became,
    alertId: alert?.id ?? null,
    incidentId: alert?.incidentId ?? null,
    because,
  });
  switch (seen.kind) {
    case "ignore":
      return result("ignored", lookup.last, seen.reason);
    case "repeat":
      keep(handling, seen.alert, false);
      return result("repeated", seen.alert, seen.alert.status === "quiet" ? "quiet" : null);
    case "same":
      return result("unchanged", seen.alert, seen.alert.status === "quiet" ? "quiet" : null);
    case "resolve":
      say(handling, seen.alert, noted(signal));
      keep(handling, seen.alert, false);
      if (!seen.wasQuiet) noteResolved(handling, seen.alert);
      return result("resolved", seen.alert);
    case "acknowledge":
      say(handling, seen.alert, [...noted(signal), ...acknowledged(draft.directory, seen.alert, signal)]);
      return result("acknowledged", seen.alert);
    case "unacknowledge":
      say(handling, seen.alert, [...noted(signal), ...unacknowledged(seen.alert, signal)]);
      return result("unacknowledged", seen.alert);
    case "update":
      say(handling, seen.alert, [...noted(signal), ...proposedAnew(draft, seen.alert, signal)]);
      return result("updated", seen.alert);
    case "open":
      return openOne(handling, signal, lookup);
  }
}

function keep({ draft }: Handling, alert: Alert, isNew: boolean): void {
  setAtKey(draft.alerts, alert.integrationId, alert.key, { last: alert, groupIncidentId: alert.incidentId });
  if (isNew && hasGroup(alert)) setAtKey(draft.groups, alert.integrationId, alert.groupKey, alert.incidentId);
  const known = draft.changedAlerts.get(alert.id);
  draft.changedAlerts.set(alert.id, { alert, isNew: isNew || known?.isNew === true });
  watchLease(draft, alert);
}

/** Alone, it is in no group of that name: what another sender calls a group is not this key. */
const hasGroup = ({ key, groupKey }: Pick<Signal, "key" | "groupKey">): boolean => groupKey !== key;

function openOne(handling: Handling, signal: Signal, lookup: AlertLookup): SignalResult {
  const { draft, input } = handling;
  const previous = previousCase(handling, signal, lookup);
  const storm = stormOf(draft, input.integrationId);
  if (previous && previous.id === storm.storm?.incidentId) {
    return rejoinTheStorm(handling, signal, { on: previous, newcomer: lookup.last === null });
  }
  if (previous) return join(handling, signal, previous, "joined");
  const stormCase = storm.storm ? draft.cases.get(storm.storm.incidentId) : undefined;
  if (storm.storm && (!stormCase || stormCase.incident.ended !== null)) {
    leaveStorm(draft, input.integrationId);
    setStorm(draft, input.integrationId, endStorm(stormOf(draft, input.integrationId)));
  }
  const known = stormOf(draft, input.integrationId);
  switch (place(known, draft.at)) {
    case "own-incident":
      setStorm(draft, input.integrationId, noteOpened(known, draft.at));
      return join(handling, signal, openCase(handling, signal, { text: signal.title }), "opened");
    case "start-storm": {
      leaveStorm(draft, input.integrationId);
      const title: Title = { code: "storm", values: { integration: handling.integration.name, count: 0 } };
      const made = openCase(handling, signal, title);
      setStorm(draft, input.integrationId, startStorm(known, made.id, draft.at));
      return joinTheStorm(handling, signal, made);
    }
    case "join-storm":
      return joinTheStorm(handling, signal, caseOf(draft, known.storm?.incidentId ?? ""));
  }
}

/** Where this signal's group is, or where its key was last: the first that may still be joined. */
function previousCase({ draft, input }: Handling, signal: Signal, lookup: AlertLookup): Case | null {
  const made = hasGroup(signal) ? (atKey(draft.groups, input.integrationId, signal.groupKey) ?? null) : null;
  for (const id of [made, lookup.groupIncidentId, lookup.last?.incidentId ?? null]) {
    const found = id === null ? null : joinable(draft, id);
    if (found) return found;
  }
  return null;
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

function join(handling: Handling, signal: Signal, on: Case, became: "opened" | "joined"): SignalResult {
  const alertId = addAlert(handling, signal, on);
  handling.joined.set(on.id, tally(handling.joined.get(on.id) ?? null, signal.key));
  state(handling, on, noted(signal));
  return { key: signal.key, became, alertId, incidentId: on.id, because: became === "joined" ? "same-group" : null };
}

function joinTheStorm(handling: Handling, signal: Signal, on: Case): SignalResult {
  const { draft, input } = handling;
  const alertId = addAlert(handling, signal, on);
  const joined = joinStorm(stormOf(draft, input.integrationId), signal.key, draft.at);
  setStorm(draft, input.integrationId, handling.again.has(on.id) ? firedAgain(joined) : joined);
  return { key: signal.key, became: "joined-storm", alertId, incidentId: on.id, because: "storm" };
}

/** In the storm's own incident every entry is coalesced, whoever comes: a host that flaps must not fill the record. */
function rejoinTheStorm(
  handling: Handling,
  signal: Signal,
  { on, newcomer }: { readonly on: Case; readonly newcomer: boolean },
): SignalResult {
  const { draft, input } = handling;
  const storm = stormOf(draft, input.integrationId);
  if (newcomer && place(storm, draft.at) === "join-storm") return joinTheStorm(handling, signal, on);
  const alertId = addAlert(handling, signal, on);
  const joined = rejoinStorm(storm, signal.key);
  setStorm(draft, input.integrationId, handling.again.has(on.id) ? firedAgain(joined) : joined);
  return { key: signal.key, became: "joined", alertId, incidentId: on.id, because: "same-group" };
}

function addAlert(handling: Handling, signal: Signal, on: Case): string {
  const { draft, input } = handling;
  const id = draft.mint(draft.at);
  if (on.openAlerts === 0 && clearedOnly(on)) handling.again.add(on.id);
  keep(handling, openAlert(signal, { id, integrationId: input.integrationId, incidentId: on.id, at: draft.at }), true);
  on.openAlerts += 1;
  if (signal.stateful) on.firingAlerts += 1;
  on.touched = true;
  if (on.incident.milestones.restored !== undefined && on.incident.milestones.resolved === undefined) {
    state(handling, on, [{ type: "service.relapsed", data: { text: null, because: "source-fired-again" } }]);
  }
  return id;
}

/** All sources resolved, and whoever has it was told; nobody has said that the service is back. */
const clearedOnly = ({ incident }: Case): boolean =>
  incident.sourcesCleared && incident.milestones.restored === undefined;

function openCase(handling: Handling, signal: Signal, title: Title): Case {
  const { draft, integration, input } = handling;
  const on = newCase(draft, draft.mint(draft.at));
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

function noteResolved(handling: Handling, alert: Alert): void {
  const { draft, input } = handling;
  const on = caseOf(draft, alert.incidentId);
  on.openAlerts = Math.max(0, on.openAlerts - 1);
  if (alert.stateful) on.firingAlerts = Math.max(0, on.firingAlerts - 1);
  on.touched = true;
  const storm = stormOf(draft, input.integrationId);
  if (storm.storm?.incidentId === on.id) setStorm(draft, input.integrationId, resolveInStorm(storm, alert.key));
  else handling.resolved.set(on.id, tally(handling.resolved.get(on.id) ?? null, alert.key));
}

/** Of an ended incident nothing more is said. */
function say(handling: Handling, alert: Alert, events: readonly IncidentEvent[]): void {
  const on = caseOf(handling.draft, alert.incidentId);
  if (on.incident.ended === null) state(handling, on, events);
}

function state(handling: Handling, on: Case, events: readonly IncidentEvent[]): void {
  if (events.length === 0) return;
  append(handling.draft, on, stampAll(events, stampOf(handling.envelope, null, false)));
}

function writeEntries(handling: Handling): void {
  const { draft, input } = handling;
  for (const [id, joined] of handling.joined) {
    const on = caseOf(draft, id);
    const again = handling.again.has(id) && on.openAlerts > 0;
    state(handling, on, [
      { type: "alert.grouped", data: { ...joined, total: on.openAlerts, ...(again && { again }) } },
    ]);
  }
  const storm = stormOf(draft, input.integrationId);
  if (entryWaits(storm)) {
    if (entryDue(storm, draft.at).now) writeStormEntry(draft, input.integrationId);
    else if (!handling.waiting) {
      draft.effects.push({
        kind: "set-timer",
        key: stormTimerKey(input.integrationId),
        timer: { kind: "storm", integrationId: input.integrationId },
        dueAt: entryDue(storm, draft.at).dueAt,
      });
    }
  }
  for (const [id, resolved] of handling.resolved) {
    const on = caseOf(draft, id);
    state(handling, on, [{ type: "alert.resolved", data: { ...resolved, open: on.openAlerts } }, ...cleared(on)]);
  }
}

/** Once, until a relapse: whoever has the incident decides, and is not told each time that a source wavers. */
const cleared = (on: Case): IncidentEvent[] =>
  on.openAlerts === 0 && !on.incident.sourcesCleared && on.incident.ended === null
    ? [{ type: "alerts.cleared", data: { told: on.incident.acceptedBy?.id ?? null } }]
    : [];

/** What joined or was resolved since the storm's last entry: one entry of each kind, and the title kept current. */
export function writeStormEntry(draft: Draft, integrationId: string): void {
  const known = stormOf(draft, integrationId);
  const integration = draft.directory.integrations.get(integrationId);
  if (known.storm === null || !integration) return;
  const { joined, resolved, incidentId, total, again } = known.storm;
  const on = caseOf(draft, incidentId);
  const events: IncidentEvent[] = [];
  if (joined) {
    const title: Title = { code: "storm", values: { integration: integration.name, count: total } };
    const anew = again === true && on.openAlerts > 0;
    const data = { ...joined, total, ...(anew && { again: anew }) };
    events.push({ type: "alert.grouped", data }, { type: "incident.retitled", data: { title } });
  }
  if (resolved) events.push({ type: "alert.resolved", data: { ...resolved, open: on.openAlerts } }, ...cleared(on));
  const envelope: Envelope = {
    at: draft.at,
    actor: integrationActor(integration),
    cause: { kind: "storm", id: integrationId },
  };
  if (events.length > 0) append(draft, on, stampAll(events, stampOf(envelope, null, false)));
  setStorm(draft, integrationId, entryWritten(known, draft.at));
}
