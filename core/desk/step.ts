/** One step of the desk: the states an input needs, then what it does to them. The caller loads what `needs` asks for
 *  until it asks for nothing, then `handle` decides; a refusal leaves the draft as it was, so that inputs which share a
 *  transaction do not touch one another. */

import { can } from "../access/can.ts";
import type { PagingEvent } from "../escalation/events.ts";
import { callsFor, wantsFrom, whereIs } from "../escalation/paging-state.ts";
import { nextTurn } from "../escalation/workflow.ts";
import { guardDates } from "../incidents/acting.ts";
import { attachFile } from "../incidents/attaching.ts";
import type { AlertRef, IncidentCommand } from "../incidents/commands.ts";
import { accessFacts, decideIncident } from "../incidents/decide.ts";
import type { IncidentEvent, IncidentFact } from "../incidents/events.ts";
import { categoriesAtOnce } from "../incidents/major.ts";
import { proposePriority } from "../incidents/priority.ts";
import { type IncidentState, initialIncident } from "../incidents/state.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import { type Envelope, stampAll, stampOf, systemActor } from "../kernel/stamp.ts";
import { toIso } from "../kernel/time.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import { lapseTeam } from "./activating.ts";
import { atKey } from "./by-key.ts";
import { fireClocks } from "./clocks.ts";
import { type CommandBody, completed, refuseInactive } from "./completing.ts";
import { contribute, fireContribution } from "./contributing.ts";
import { lapseOffer, lapseTask } from "./coordinating.ts";
import { withSilent } from "./derogating.ts";
import { type Directory, processesFor } from "./directory.ts";
import {
  append,
  type Case,
  caseOf,
  type Draft,
  emptyDraft,
  newCase,
  type Reacting,
  type Reaction,
  type StateKey,
  settle,
} from "./draft.ts";
import { engage, fireEngagement } from "./engaging.ts";
import { writeStormEntry } from "./entries.ts";
import { impact } from "./impacting.ts";
import type { DeskInput, DeskOutcome, NumberedTimer, PageOutcome, TimedCase } from "./inputs.ts";
import { ourSignals } from "./leases.ts";
import { linkNeeds, otherCase, relate, splitOff } from "./linking.ts";
import { weighCriteria } from "./major.ts";
import { refuseUnknownLaw } from "./obligations.ts";
import { type NewIncident, registered, registersAtOnce, reported } from "./opening.ts";
import { tellPost } from "./posting.ts";
import { raiseByHand } from "./raising.ts";
import { allReactions } from "./reaction-tables.ts";
import { lapse, runPaging } from "./reactions.ts";
import { remindOfSilence } from "./reminders.ts";
import { forcedAccess, lapseAccess, refuseUnadmitted } from "./restricting.ts";
import { secure } from "./securing.ts";
import { handleSignals, signalNeeds } from "./signals.ts";
import { addressee, refuseNobody, unknownTargets } from "./targets.ts";
import { turnNeeds } from "./turn-needs.ts";
import { lapseStream } from "./workstreams.ts";

const timedCases = {
  "acceptance-timer": lapse,
  "access-timer": lapseAccess,
  "clock-timer": fireClocks,
  "major-timer": weighCriteria,
  "offer-timer": lapseOffer,
} as const satisfies Record<TimedCase, Reaction>;

const timedNumbers = {
  "task-timer": lapseTask,
  "team-timer": lapseTeam,
  "workstream-timer": lapseStream,
  "contribution-timer": fireContribution,
  "engagement-timer": fireEngagement,
} as const satisfies Record<NumberedTimer, (reacting: Reacting, number: number) => void>;

export function openDraft(known: Pick<Draft, "at" | "mint" | "directory">): Draft {
  return emptyDraft({ ...known, reactions: allReactions });
}

/** States still to be loaded before this input can be handled. */
export function needs(draft: Draft, input: DeskInput): StateKey[] {
  const states = statesFor(draft, input);
  return states.length > 0 ? states : turnNeeds(draft, input);
}

function statesFor(draft: Draft, input: DeskInput): StateKey[] {
  switch (input.kind) {
    case "open":
      return draft.reportGate === null && !registersAtOnce(input.incident, input.envelope.actor)
        ? [{ kind: "report-gate" }]
        : [];
    case "signals":
      return signalNeeds(draft, input);
    case "lease-timer":
      return signalNeeds(draft, ourSignals(input, "expire"));
    case "waiting-timer":
    case "raise":
      return signalNeeds(draft, ourSignals(input, "recheck"));
    case "silence-timer":
      return [];
    case "storm-timer": {
      const storm = draft.storms.get(input.integrationId);
      if (!storm) return [{ kind: "storm", integrationId: input.integrationId }];
      return storm.storm ? missingCases(draft, [storm.storm.incidentId]) : [];
    }
    case "command": {
      const { command } = input;
      const unread = command.name === "split" ? missingAlerts(draft, command.input.alerts) : [];
      if (unread.length > 0) return unread;
      const into = command.name === "merge" ? [command.input.into] : otherCase(command);
      const missing = missingCases(draft, [input.incidentId, ...into]);
      return missing.length > 0 ? missing : linkNeeds(draft, input.incidentId, command);
    }
    default:
      return missingCases(draft, [input.incidentId]);
  }
}

const missingCases = (draft: Draft, ids: readonly string[]): StateKey[] =>
  ids.filter((id) => !draft.cases.has(id)).map((id) => ({ kind: "case", id }));

/** Behind the lock of their integration, and before any incident is locked, as what arrives has it: a signal that waits for the
 *  incident would have read an alert that is gone from it. */
function missingAlerts(draft: Draft, alerts: readonly AlertRef[] = []): StateKey[] {
  const integrations = new Set(alerts.map(({ integrationId }) => integrationId));
  return [
    ...[...integrations]
      .filter((integrationId) => !draft.storms.has(integrationId))
      .map((integrationId): StateKey => ({ kind: "storm", integrationId })),
    ...alerts
      .filter(({ integrationId, key }) => !atKey(draft.alerts, integrationId, key))
      .map((one): StateKey => ({ kind: "alert", ...one })),
  ];
}

export function handle(draft: Draft, input: DeskInput): DeskOutcome | Refusal {
  const outcome = decide(draft, input);
  settle(draft);
  return outcome;
}

function decide(draft: Draft, input: DeskInput): DeskOutcome | Refusal {
  switch (input.kind) {
    case "open":
      return open(draft, input);
    case "command":
      return command(draft, input);
    case "attach":
      return stated(draft, input, (on) => attachFile(on.incident, input.attachment, input.envelope));
    case "security":
      return secure(draft, input);
    case "impact":
      return impact(draft, input);
    case "break-glass":
      return stated(draft, input, (on) => forcedAccess(on, input.envelope));
    case "signals":
      return { kind: "signals", signals: handleSignals(draft, input) };
    case "lease-timer":
      return { kind: "signals", signals: handleSignals(draft, ourSignals(input, "expire")) };
    case "waiting-timer":
      return { kind: "signals", signals: handleSignals(draft, ourSignals(input, "recheck")) };
    case "raise": {
      const raised = raiseByHand(draft, input);
      return isRefusal(raised) ? raised : { kind: "signals", signals: raised };
    }
    case "silence-timer":
      return remindOfSilence(draft, input.silenceId);
    case "storm-timer":
      writeStormEntry(draft, input.integrationId);
      return { kind: "nothing", because: "storm-entry" };
    case "paging-timer": {
      const on = caseOf(draft, input.incidentId);
      const { run, cycle, step, escalation } = input;
      runPaging(causedBy(draft, on, "timer"), { kind: "timed-out", run, cycle, step }, escalation);
      return { kind: "incident", incidentId: on.id };
    }
    case "acceptance-timer":
    case "access-timer":
    case "clock-timer":
    case "major-timer":
    case "offer-timer": {
      const on = caseOf(draft, input.incidentId);
      timedCases[input.kind](causedBy(draft, on, "timer"));
      return { kind: "incident", incidentId: on.id };
    }
    case "contribution":
      return contribute(draft, caseOf(draft, input.incidentId), input);
    case "engagement":
      return engage(draft, caseOf(draft, input.incidentId), input);
    case "engagement-timer":
    case "task-timer":
    case "team-timer":
    case "workstream-timer":
    case "contribution-timer": {
      const on = caseOf(draft, input.incidentId);
      timedNumbers[input.kind](causedBy(draft, on, "timer"), input.number);
      return { kind: "incident", incidentId: on.id };
    }
    case "page-outcome":
      return pageOutcome(draft, input);
    case "post-outcome":
      tellPost(draft, caseOf(draft, input.incidentId), input.ended);
      return { kind: "incident", incidentId: input.incidentId };
  }
}

function open(
  draft: Draft,
  { incident, envelope, promoted }: Extract<DeskInput, { kind: "open" }>,
): DeskOutcome | Refusal {
  const held = promoted ? { categories: [], service: incident.service } : undefined;
  const unknown = unknownTargets(draft.directory, incident, held);
  const refused = unknown ?? guardDates(envelope);
  if (refused) return refused;
  const id = draft.mint(draft.at);
  const on = newCase(draft, id);
  const registers = registersAtOnce(incident, envelope.actor);
  append(
    draft,
    on,
    stampAll(openingEvents(draft, incident, envelope.actor, registers), stampOf(envelope, null, false)),
  );
  return { kind: "incident", incidentId: id };
}

function openingEvents(draft: Draft, incident: NewIncident, actor: Actor, registers: boolean): IncidentEvent[] {
  const events: IncidentEvent[] = [reported({ text: incident.title }, incident)];
  if (registers) events.push(...registered(null, incident.detectedAs));
  const categories = [...incident.categories];
  if (categories.length > 0 && registers) {
    const mayDeclare = !isRefusal(can("declare-major", actor, accessFacts(initialIncident)));
    events.push(...categoriesAtOnce(categories, { mayDeclare, processes: processesFor(draft.directory, categories) }));
  } else if (categories.length > 0) {
    events.push({ type: "category.proposed", data: { categories, reasons: ["said-by-reporter"] } });
  }
  const { domains = [] } = incident;
  if (domains.length > 0) events.push({ type: "domain.added", data: { domains: [...new Set(domains)] } });
  const service = incident.service === null ? undefined : draft.directory.services.get(incident.service);
  const proposal = proposePriority({
    severity: incident.severity ?? undefined,
    impact: incident.impact ?? undefined,
    urgency: incident.urgency ?? undefined,
    vital: (service?.vital.length ?? 0) > 0,
  });
  events.push({ type: "priority.proposed", data: { ...proposal, reasons: [...proposal.reasons] } });
  return events;
}

function command(draft: Draft, input: Extract<DeskInput, { kind: "command" }>): DeskOutcome | Refusal {
  const on = caseOf(draft, input.incidentId);
  if (input.ifSeq !== undefined && input.ifSeq !== on.seq + on.appended.length)
    return { kind: "nothing", because: "changed-since" };
  const { actor } = input.envelope;
  const joins = on.incident.acceptedBy !== null && actor.id !== null && wantsFrom(on.paging, actor.id);
  if (input.ifFree && ((on.incident.acceptedBy !== null && !joins) || on.incident.ended !== null))
    return { kind: "nothing", because: "not-free" };
  const unknown =
    unknownTargets(draft.directory, input.command.input, on.incident) ??
    unknownEscalation(draft.directory, on.incident, input.command) ??
    refuseInactive(draft.directory, input.command) ??
    refuseUnknownLaw(input.command) ??
    refuseUnadmitted(draft.directory, on.incident, input.command);
  if (unknown) return unknown;
  if (input.command.name === "categorise" && input.command.input.categories.length === 0)
    return refuse("category-required");
  const { command: asked } = input;
  const envelope = withSilent(input.envelope, on, draft.directory);
  if (asked.name === "link" || asked.name === "unlink" || asked.name === "split") {
    const refused =
      asked.name === "split" ? splitOff(draft, on, asked.input, envelope) : relate(draft, on, asked, envelope);
    return refused ?? { kind: "incident", incidentId: on.id };
  }
  const decided = decideIncident(on.incident, {
    name: input.command.name,
    input: completed(draft, on, input.command, actor),
    envelope,
    firing: on.firingAlerts,
    joins,
  } as IncidentCommand);
  if (isRefusal(decided)) return decided;
  append(draft, on, decided);
  return { kind: "incident", incidentId: on.id };
}

/** An escalation that would call nobody is not one, and nobody has what is assigned to nobody. */
function unknownEscalation(directory: Directory, { service }: IncidentState, command: CommandBody): Refusal | null {
  if (command.name === "assign") {
    const { person, team, function: duty } = command.input;
    return person === undefined ? refuseNobody(directory, team ?? duty ?? "") : null;
  }
  if (command.name !== "escalate" && command.name !== "confirm-help") return null;
  const found = addressee(directory, service, command.input.to);
  if (isRefusal(found)) return found;
  /* A team or a function without anybody falls back as its policy does. */
  return "kind" in found && found.kind === "person" ? refuseNobody(directory, found.id) : null;
}

function stated(
  draft: Draft,
  { incidentId }: { readonly incidentId: string },
  decide: (on: Case) => readonly IncidentFact[] | Refusal,
): DeskOutcome | Refusal {
  const on = caseOf(draft, incidentId);
  const decided = decide(on);
  if (isRefusal(decided)) return decided;
  append(draft, on, decided);
  return { kind: "incident", incidentId: on.id };
}

function pageOutcome(draft: Draft, input: Extract<DeskInput, { kind: "page-outcome" }>): DeskOutcome {
  const { pageId, outcome } = input;
  const on = caseOf(draft, input.incidentId);
  const where = whereIs(on.paging, pageId);
  const known = where?.page;
  const escalation = where?.escalation;
  if (outcome.kind === "withdrawn" && (known?.status === "withdrawn" || known?.status === "expired")) {
    return { kind: "nothing", because: "already-withdrawn" };
  }
  const learned = outcome.kind === "delivered" || outcome.kind === "undelivered";
  if (learned && (!known || known.status === "withdrawn" || known.status === "failed"))
    return { kind: "nothing", because: "no-such-call" };
  /* One that was held back is always told. Otherwise it is told where it changes something: for whoever has another contact point that waits for its turn. */
  if (
    outcome.kind === "delayed" &&
    outcome.error !== "throttled" &&
    !nextTurn(callsFor(on.paging, escalation), pageId, draft.at)
  )
    return { kind: "nothing", because: "no-other-turn" };
  const became = outcomeEvent(pageId, outcome);
  if (escalation !== undefined) became.data.escalation = escalation;
  const events: IncidentEvent[] = [became];
  const envelope: Envelope = { at: draft.at, actor: systemActor("channel"), cause: { kind: "page", id: pageId } };
  append(draft, on, stampAll(events, stampOf(envelope, null, false)));
  return { kind: "incident", incidentId: on.id };
}

function outcomeEvent(pageId: string, outcome: PageOutcome): PagingEvent {
  switch (outcome.kind) {
    case "sent":
      return {
        type: "page.sent",
        data: { pageId, possibleDuplicate: outcome.possibleDuplicate, ...(outcome.with && { with: outcome.with }) },
      };
    case "delayed":
      return { type: "page.delayed", data: { pageId, error: outcome.error } };
    case "delivered":
      return { type: "page.delivered", data: { pageId, how: outcome.how } };
    case "undelivered":
      return { type: "page.undelivered", data: { pageId, error: outcome.error } };
    case "failed":
      return { type: "page.failed", data: { pageId, error: outcome.error } };
    case "expired":
      return { type: "page.expired", data: { pageId, notAfter: toIso(outcome.notAfter) } };
    case "withdrawn":
      return { type: "page.withdrawn", data: { pageId, because: outcome.because } };
  }
}

/** A reaction needs a fact to point at; a timer that fires is its own cause. */
function causedBy(draft: Draft, on: Case, kind: string) {
  const envelope: Envelope = { at: draft.at, actor: systemActor("timer"), cause: { kind, id: on.id } };
  const fact = { type: "paging.stopped" as const, data: { because: kind }, stamp: stampOf(envelope, null, false) };
  return { draft, on, fact, seq: 0, of: on, depth: 0, cause: envelope.cause };
}
