/** What each fact causes, in one table. The server runs it on every transaction and a drill runs it in virtual time: what
 *  is rehearsed is what runs. Nothing else in Tocsin subscribes to anything. */

import type { PageRequested, PagingEvent, StartedBecause } from "../escalation/events.ts";
import { callsFor } from "../escalation/paging-state.ts";
import { assignmentPolicy, builtInPolicy } from "../escalation/policy.ts";
import type { PagingInput } from "../escalation/workflow.ts";
import { decidePaging } from "../escalation/workflow.ts";
import { acceptance } from "../incidents/assigning.ts";
import { aboutOf, type IncidentState, isOver, watchedUntil } from "../incidents/state.ts";
import { alsoStopped } from "../incidents/teams.ts";
import { hourMs, minuteMs, parseIso, toIso } from "../kernel/time.ts";
import { urgencyOf } from "../notification/turns.ts";
import { type Route, route } from "../routing/route.ts";
import { admits } from "./admitting.ts";
import { endAlerts, moveAlerts } from "./alerts-follow.ts";
import {
  askForCoordinator,
  expectAnswer,
  followTask,
  followTasks,
  forgetTask,
  tellHandedOver,
  tellOfferEnded,
  tellRole,
  tellStale,
  wantCoordinator,
} from "./coordinating.ts";
import { type Directory, integrationActor, rosterOf } from "./directory.ts";
import {
  appendCaused,
  type Case,
  dataOf,
  type Reacting,
  type Reaction,
  type ReactionTable,
  takeTurn,
} from "./draft.ts";
import { acceptanceTimerKey, pagingTimerKey } from "./effects.ts";
import { tellInformed, weighAlertsAtEnd, weighCriteriaAtEnd } from "./major.ts";
import { postEffect } from "./posting.ts";
import { policyFor } from "./targets.ts";
import { tell, tellReturned, tellTaken, tellUnanswered } from "./telling.ts";

export const reactions: ReactionTable = {
  "incident.reported": [pageForReport],
  "incident.registered": [pageByRoute, weighCriteriaAtEnd],
  "incident.categorised": [weighCriteriaAtEnd],
  "domain.added": [weighCriteriaAtEnd],
  "incident.assigned": [callAssignee],
  "assignment.accepted": [acknowledge, watch],
  "assignment.lapsed": [pageLapsed],
  "assignment.declined": [passOn],
  "coordination.requested": [wantCoordinator],
  "coordination.offered": [expectAnswer],
  "coordination.handed-over": [tellHandedOver],
  "coordination.declined": [tellOfferEnded],
  "coordination.withdrawn": [tellOfferEnded],
  "coordination.expired": [tellOfferEnded],
  "role.filled": [tellRole],
  "task.created": [followTask],
  "task.assigned": [followTask],
  "task.done": [forgetTask],
  "task.cancelled": [forgetTask],
  "task.stale": [tellStale],
  "alert.acknowledged": [acceptForSource, stopPaging("acknowledged-at-source")],
  "alert.unacknowledged": [pageUnacknowledged],
  "alerts.cleared": [restoreOrTell],
  "alert.grouped": [tellAgain, weighAlertsAtEnd],
  "alert.kind-joined": [callForNewKind],
  "priority.proposed": [letGo, weighCriteriaAtEnd, followTasks],
  "priority.confirmed": [letGo, weighCriteriaAtEnd, followTasks],
  "priority.overridden": [letGo, weighCriteriaAtEnd, followTasks],
  "page.delayed": [giveNextTurn],
  "page.undelivered": [passOnUndeliverable],
  "page.failed": [passOnUndeliverable],
  "page.expired": [passOnUndeliverable],
  "paging.exhausted": [tellUnanswered],
  "person.advised": [tellAdvised],
  "escalation.requested": [pageEscalated],
  "escalation.acknowledged": [stopEscalation, tellTaken],
  "escalation.returned": [stopEscalation, tellReturned],
  "escalation.ended": [stopEscalation],
  "service.restored": [stopPaging("restored"), weighCriteriaAtEnd, tellInformed("major-restored")],
  "service.relapsed": [pageAgain("relapsed"), askAgain, weighCriteriaAtEnd],
  "incident.resolved": [stopPaging("resolved"), weighCriteriaAtEnd],
  "incident.closed": [stopPaging("closed"), endAlerts, tellInformed("major-closed")],
  "incident.dismissed": [stopPaging("dismissed"), endAlerts, weighCriteriaAtEnd],
  "incident.merged": [stopPaging("merged"), moveAlerts, weighCriteriaAtEnd],
  "incident.reopened": [pageReopened, askAgain, weighCriteriaAtEnd, followTasks],
};

/** A report pages by itself at most once in five minutes, so that a form open to all cannot keep people awake. */
export const reportPageIntervalMs = 5 * minuteMs;

function pageForReport(reacting: Reacting): void {
  const { draft, on } = reacting;
  const report = on.incident.origin?.kind !== "integration" && on.incident.milestones.registered === undefined;
  if (!report || draft.reportGate === null) return;
  const last = draft.reportGate.lastPageAt;
  if (last !== null && draft.at - last < reportPageIntervalMs) {
    return appendCaused(reacting, [
      { type: "routing.decided", data: { policy: null, reasons: ["report-paged-recently"] } },
    ]);
  }
  draft.reportGate = { lastPageAt: draft.at };
  startPaging(reacting, "reported");
}

/** Machines and reports page; a person who records an incident pages by assigning it. */
function pageByRoute(reacting: Reacting): void {
  if (reacting.on.incident.origin?.kind === "integration") startPaging(reacting, "registered");
}

function pageAgain(because: "relapsed" | "reopened"): Reaction {
  return (reacting) => {
    const { draft, on } = reacting;
    if (on.incident.acceptedBy === null) return startPaging(reacting, because);
    tell(reacting, on.incident.acceptedBy.id, because, draft.mint(draft.at));
  };
}

/** A dismissal taken back puts paging where it was: if it called people, it calls again; if nobody was called, nobody is. */
function pageReopened(reacting: Reacting): void {
  const { incident, paging } = reacting.on;
  const called = paging.status === "stopped" && paging.stoppedBecause === "dismissed";
  if (dataOf(reacting, "incident.reopened").after === "dismissed" && incident.acceptedBy === null && !called) return;
  pageAgain("reopened")(reacting);
}

/** What is resolved calls nobody either, whether or not somebody first said that the service was back. */
const isDownAndFree = ({ acceptedBy, milestones }: IncidentState): boolean =>
  acceptedBy === null && milestones.restored === undefined && milestones.resolved === undefined;

export function startPaging(reacting: Reacting, reason: StartedBecause, gaveBack?: string): void {
  const { draft, on } = reacting;
  if (on.paging.status === "running" || on.incident.ended !== null) return;
  const chosen = routeOf(draft.directory, on.incident);
  appendCaused(reacting, [
    { type: "routing.decided", data: { policy: chosen.policy.name, reasons: [...chosen.reasons] } },
  ]);
  runPaging(reacting, { kind: "start", policy: chosen.policy, reason, ...(gaveBack && { gaveBack }) });
}

/** What the desk has to say of itself is for those who keep it. */
function routeOf(directory: Directory, { origin, service }: Case["incident"]): Route {
  const source = origin?.kind === "integration" ? directory.integrations.get(origin.integrationId) : undefined;
  if (source?.kind === "tocsin") return { policy: builtInPolicy, reasons: ["desk-itself"] };
  return route(service, directory);
}

/** Translates what the paging workflow decided into facts and effects. */
export function runPaging(reacting: Reacting, input: PagingInput, escalation?: number): void {
  const { draft, on } = reacting;
  const of = escalation === undefined ? {} : { escalation };
  const outputs = decidePaging(callsFor(on.paging, escalation), input, {
    at: draft.at,
    roster: rosterOf(draft.directory),
    mint: draft.mint,
    urgency: urgencyOf(on.incident.priority),
    about: aboutOf(on.incident),
    calledInTurn: (policyId) => draft.calledInTurn.get(policyId) ?? [],
  });
  for (const output of outputs) {
    switch (output.do) {
      case "record":
        appendCaused(reacting, [{ ...output.event, data: { ...output.event.data, ...of } } as PagingEvent]);
        break;
      case "page": {
        const { page } = output;
        draft.effects.push({
          kind: "page",
          key: pageKey(on.id, page, escalation),
          incidentId: on.id,
          pageId: page.pageId,
          personId: page.personId,
          channel: page.channel,
          pointId: page.pointId,
          dueAt: parseIso(page.dueAt) ?? draft.at,
          notAfter: parseIso(page.notAfter) ?? draft.at,
          ...(page.held && { held: page.held }),
        });
        break;
      }
      case "hasten":
        draft.effects.push({ kind: "hasten", key: pageKey(on.id, output.page, escalation), dueAt: draft.at });
        break;
      case "schedule":
        draft.effects.push({
          kind: "set-timer",
          key: pagingTimerKey(on.id, escalation),
          timer: { kind: "paging", incidentId: on.id, run: output.run, cycle: output.cycle, step: output.step, ...of },
          dueAt: output.at,
        });
        break;
      case "post":
        draft.effects.push(postEffect(on.id, output.post, draft.at, escalation));
        break;
      case "take-turn":
        takeTurn(draft, output.policyId, output.personId);
        break;
      case "cancel-timer":
        draft.effects.push({ kind: "cancel-timer", key: pagingTimerKey(on.id, escalation) });
    }
  }
}

export const pageKey = (incidentId: string, page: PageRequested, escalation?: number): string =>
  `page/${incidentId}/${escalation === undefined ? "" : `${escalation}/`}${page.run}.${page.cycle}.${page.step}/${page.personId}/${page.channel}/${page.pointId}`;

function stopPaging(because: string): Reaction {
  return (reacting) => {
    runPaging(reacting, { kind: "stop", because });
    for (const number of alsoStopped(reacting.on.incident, reacting.on.paging, because))
      runPaging(reacting, { kind: "stop", because }, number);
  };
}

/** Calls stop, or go on to whoever else must accept. */
function acknowledge(reacting: Reacting): void {
  const { personId, name } = dataOf(reacting, "assignment.accepted");
  runPaging(reacting, { kind: "acknowledged", personId, name });
}

/** Where the policy says how long, whoever accepted must do something by then. */
function watch(reacting: Reacting): void {
  const { draft, on } = reacting;
  const minutes = on.paging.policy?.actWithinMinutes;
  if (!minutes || isOver(on.incident) || on.incident.actedOn) return;
  const dueAt = draft.at + minutes * minuteMs;
  appendCaused(reacting, [{ type: "paging.watched", data: { until: toIso(dueAt), minutes } }]);
  draft.effects.push({
    kind: "set-timer",
    key: acceptanceTimerKey(on.id),
    timer: { kind: "acceptance", incidentId: on.id },
    dueAt,
  });
}

/** Its time has come: unless something was done meanwhile, nobody has it any more. */
export function lapse(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { acceptedBy } = on.incident;
  const until = watchedUntil(on.incident, on.paging);
  if (acceptedBy === null || until === null || until > draft.at) return;
  const minutes = on.paging.policy?.actWithinMinutes ?? 0;
  appendCaused(reacting, [
    { type: "assignment.lapsed", data: { personId: acceptedBy.id, name: acceptedBy.name, minutes } },
  ]);
}

/** Calls that still wanted others begin anew too: whoever had accepted is called again. */
function pageLapsed(reacting: Reacting): void {
  runPaging(reacting, { kind: "stop", because: "nothing-done" });
  startPaging(reacting, "nothing-done");
}

function passOn(reacting: Reacting): void {
  const { on } = reacting;
  const { personId, gave } = dataOf(reacting, "assignment.declined");
  const asked = (on.incident.escalations ?? []).filter(({ status }) => status === "requested");
  const keeps = on.incident.acceptedBy?.id === personId;
  for (const one of keeps ? [] : [undefined, ...asked])
    runPaging(reacting, { kind: "declined", personId }, one?.number);
  if (gave === "coordination") return askForCoordinator(reacting, personId);
  if (gave === "incident" && isDownAndFree(on.incident)) startPaging(reacting, "handed-back", personId);
}

function giveNextTurn(reacting: Reacting): void {
  const { pageId, escalation } = dataOf(reacting, "page.delayed");
  runPaging(reacting, { kind: "delayed", pageId }, escalation);
}

/** What presses is never held back, also where it did not press when it was. */
function letGo(reacting: Reacting): void {
  const { incident, paging } = reacting.on;
  if (urgencyOf(incident.priority) !== "high") return;
  const numbers = Object.keys(paging.escalations ?? {}).map(Number);
  for (const escalation of [undefined, ...numbers])
    if (callsFor(paging, escalation).pages.some(({ held, status }) => held && status === "requested"))
      runPaging(reacting, { kind: "pressing" }, escalation);
}

function passOnUndeliverable(reacting: Reacting): void {
  const { fact } = reacting;
  if (fact.type !== "page.failed" && fact.type !== "page.expired" && fact.type !== "page.undelivered") return;
  runPaging(reacting, { kind: "undeliverable", pageId: fact.data.pageId }, fact.data.escalation);
}

/** An acknowledgement at the source accepts only in the name of a person we know. */
function acceptForSource(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { personId } = dataOf(reacting, "alert.acknowledged");
  const person = personId === null ? undefined : draft.directory.people.get(personId);
  if (!person?.active || on.incident.acceptedBy !== null || !admits(draft.directory, on.incident, person)) return;
  appendCaused(reacting, acceptance(on.incident, person));
}

/** Only what the source itself had stopped begins again: what a person accepted stays theirs. */
function pageUnacknowledged(reacting: Reacting): void {
  const { incident, paging } = reacting.on;
  const stopped = paging.status === "stopped" && paging.stoppedBecause === "acknowledged-at-source";
  if (stopped && isDownAndFree(incident)) startPaging(reacting, "unacknowledged");
}

/** Whoever had it is called first, then as the policy has it; where only the source had stopped the calls, they begin again. */
function callForNewKind(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { asks } = dataOf(reacting, "alert.kind-joined");
  const silenced = on.paging.status === "stopped" && on.paging.stoppedBecause === "acknowledged-at-source";
  if (on.incident.ended !== null || on.paging.status === "running") return;
  if (asks !== null && isDownAndFree(on.incident)) {
    const { policy } = routeOf(draft.directory, on.incident);
    return runPaging(reacting, { kind: "start", policy: assignmentPolicy([asks], policy), reason: "new-kind" });
  }
  if (asks === null && silenced && isDownAndFree(on.incident) && (on.incident.kinds ?? []).length > 1)
    startPaging(reacting, "new-kind");
}

/** All sources have resolved: if nobody has accepted, the integration says the service is back; if somebody has, that
 *  person is told once and decides. No machine closes. */
function restoreOrTell(reacting: Reacting): void {
  const { draft, on } = reacting;
  if (on.incident.acceptedBy !== null) return tell(reacting, on.incident.acceptedBy.id, "sources-cleared", "cleared");
  if (on.incident.milestones.restored !== undefined) return;
  /* The one whose last alert resolved: after a merge it need not be the one that opened the incident. */
  const integration = draft.directory.integrations.get(reacting.fact.stamp.actor.id ?? "");
  appendCaused(
    reacting,
    [{ type: "service.restored", data: { text: null, because: "sources-resolved" } }],
    integration && integrationActor(integration),
  );
}

/** They were told that all had resolved: that it begins again must not be silent, nor said at each turn of a source that
 *  wavers. */
const tellAgainEveryMs = hourMs;

function tellAgain(reacting: Reacting): void {
  const { draft, on } = reacting;
  if (!dataOf(reacting, "alert.grouped").again) return;
  const once = `again-${Math.floor(draft.at / tellAgainEveryMs)}`;
  for (const id of new Set([on.incident.acceptedBy?.id, on.incident.coordinator?.id]))
    if (id !== undefined) tell(reacting, id, "relapsed", once);
}

/** While the service is down and nobody has accepted, an assignment calls: it has to be accepted, or it passes on.
 *  Otherwise it only tells. */
function callAssignee(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const { person, team, function: duty } = dataOf(reacting, "incident.assigned");
  const group = team ? draft.directory.teams.get(team) : duty ? draft.directory.functions.get(duty) : undefined;
  const { actor } = fact.stamp;
  const people = (person ? [person] : (group?.members ?? [])).filter((id) => id !== actor.id);
  if (people.length === 0 || on.incident.ended !== null) return;
  if (isDownAndFree(on.incident)) {
    const { policy } = route(on.incident.service, draft.directory);
    return runPaging(reacting, { kind: "start", policy: assignmentPolicy(people, policy), reason: "assigned" });
  }
  const to = team ?? duty ?? "";
  for (const id of people) tell(reacting, id, "assigned", draft.mint(draft.at), { by: actor.name, to });
}

function tellAdvised(reacting: Reacting): void {
  const { persons, text } = dataOf(reacting, "person.advised");
  for (const personId of persons) tell(reacting, personId, "advised", reacting.draft.mint(reacting.draft.at), { text });
}

/** Called as by any policy, beside the calls for the incident itself. What was asked before escalations had numbers, or is
 *  addressed to nobody any more, calls nobody. */
function pageEscalated(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { to, number } = dataOf(reacting, "escalation.requested");
  const policy = policyFor(draft.directory, on.incident.service, to);
  if (number === undefined || policy === null) return;
  runPaging(reacting, { kind: "start", policy, reason: "escalated" }, number);
}

/** It is down again, and whoever was asked never answered: they are called like the others, by whom it is addressed to now. */
function askAgain(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  if (on.incident.ended !== null) return;
  const reason = fact.type === "service.relapsed" ? "relapsed" : "reopened";
  for (const { number, to, status } of on.incident.escalations ?? []) {
    if (status !== "requested" || callsFor(on.paging, number).status === "running") continue;
    const policy = policyFor(draft.directory, on.incident.service, to);
    if (policy !== null) runPaging(reacting, { kind: "start", policy, reason }, number);
  }
}

function stopEscalation(reacting: Reacting): void {
  const { fact } = reacting;
  switch (fact.type) {
    case "escalation.acknowledged":
    case "escalation.returned":
    case "escalation.ended":
      return runPaging(reacting, { kind: "stop", because: fact.type.slice("escalation.".length) }, fact.data.number);
  }
}
