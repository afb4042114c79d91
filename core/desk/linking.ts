/** Links between two incidents, and splitting one: what the decider of one incident cannot know of another. A link is written in
 *  each record that may speak of the other: never where those who read it are not admitted to what it names. */
import { mayName, maySee } from "../access/restriction.ts";
import { isLive } from "../alerts/decide.ts";
import { lateEntryDaysMax, roleOf } from "../incidents/acting.ts";
import { acceptance } from "../incidents/assigning.ts";
import type { AlertRef, CommandInputs, IncidentCommand } from "../incidents/commands.ts";
import { accessFacts, decideIncident } from "../incidents/decide.ts";
import type { IncidentEvent, IncidentFact } from "../incidents/events.ts";
import { inverseOf, type Link, type LinkTarget, linksMax } from "../incidents/links.ts";
import { categoriesAtOnce, withoutMajor } from "../incidents/major.ts";
import { proposePriority, setByPerson } from "../incidents/priority.ts";
import { admissionOf, isRestricted, type Party, restrictedBy } from "../incidents/restricting.ts";
import type { IncidentState } from "../incidents/state.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import { dayMs, toIso } from "../kernel/time.ts";
import type { Actor, Instant } from "../kernel/vocabulary.ts";
import { processesFor } from "./directory.ts";
import {
  append,
  type Case,
  caseOf,
  type Draft,
  lookupAlert,
  newCase,
  type Reacting,
  type ReactionTable,
  type StateKey,
  sweepAlerts,
} from "./draft.ts";
import { type NewIncident, registered, reported } from "./opening.ts";
import { startPaging } from "./reactions.ts";

type Relating = {
  readonly name: "link" | "unlink";
  readonly input: CommandInputs["link"] | CommandInputs["unlink"];
};

/** What of both whoever asks may have to see: wholes of either, and all that it is linked with where it has as many as it may. */
const weighed = ({ links = [] }: IncidentState): readonly Link[] =>
  links.length >= linksMax ? links : links.filter(({ kind }) => kind === "part-of");

/** Whom they admit is asked for once both incidents are at hand. */
export function linkNeeds(
  draft: Draft,
  id: string,
  command: { readonly name: string; readonly input: object },
): StateKey[] {
  if (command.name !== "link" && command.name !== "split") return [];
  const asked = [id, ...otherCase(command)].flatMap((one) => weighed(caseOf(draft, one).incident));
  return [...new Set(asked.map(({ incident }) => incident))]
    .filter((one) => !draft.cases.has(one) && !draft.admissions.has(one))
    .map((one) => ({ kind: "admission", id: one }));
}

function seenBy({ cases, admissions }: Draft, actor: Actor, { links = [] }: IncidentState): readonly Link[] {
  return links.filter(({ incident: id }) => {
    const there = cases.get(id);
    const admission = there ? accessFacts(there.incident).admission : admissions.get(id);
    return admission === undefined || maySee(admission, actor);
  });
}

const isFull = (draft: Draft, actor: Actor, state: IncidentState): boolean =>
  (state.links?.length ?? 0) >= linksMax && seenBy(draft, actor, state).length >= linksMax;

function targetOf(draft: Draft, actor: Actor, { id, incident }: Case, other: Case): LinkTarget {
  const there = other.incident;
  const isPart = (state: IncidentState) => seenBy(draft, actor, state).some(({ kind }) => kind === "part-of");
  const reverse = there.links?.find((one) => one.incident === id)?.kind;
  const apart = areApart(incident, other.id) || areApart(there, id);
  const [mine, theirs] = [admissionOf(incident), admissionOf(there)];
  return {
    ...{ id: other.id, itself: other.id === id, number: there.number, exercise: there.exercise },
    ...{ linked: reverse ? inverseOf(reverse) : null, apart },
    isPart: { here: isPart(incident), there: isPart(there) },
    full: isFull(draft, actor, incident) || isFull(draft, actor, there),
    told: { here: mayName(mine, theirs), there: mayName(theirs, mine) },
  };
}

const areApart = ({ apart = [] }: Case["incident"], id: string): boolean => apart.includes(id);

/** Written here, there, or in both, as those whom each admits may know; nothing is said, and nothing is touched, where they may not. */
export function relate(draft: Draft, on: Case, { name, input }: Relating, envelope: Envelope): Refusal | null {
  const other = draft.cases.get(input.incident);
  if (!other || !maySee(accessFacts(other.incident).admission, envelope.actor)) return refuse("incident-unknown");
  const target = targetOf(draft, envelope.actor, on, other);
  const decided = decideIncident(on.incident, { name, input: { ...input, target }, envelope } as IncidentCommand);
  if (isRefusal(decided)) return decided;
  const { here, there } = target.told;
  const back = mirrored(decided, on, other, envelope);
  if (here) append(draft, on, there ? decided : alone(decided, on, other));
  if (there) append(draft, other, here ? back : alone(back, other, on));
  return null;
}

/** Restricted since it was linked: the open one says still that they are, where it said so. */
const alone = (facts: readonly IncidentFact[], on: Case, other: Case): IncidentFact[] =>
  facts.map((fact) =>
    fact.type === "incident.unlinked" && other.incident.links?.some(({ incident }) => incident === on.id)
      ? { ...fact, data: { ...fact.data, alone: true } }
      : fact,
  );

function mirrored(facts: readonly IncidentFact[], on: Case, other: Case, envelope: Envelope): IncidentFact[] {
  const events = facts.flatMap((fact): IncidentEvent[] => {
    if (fact.type !== "incident.linked" && fact.type !== "incident.unlinked") return [];
    const data = { incident: on.id, number: on.incident.number, kind: inverseOf(fact.data.kind) };
    return [{ type: fact.type, data }];
  });
  return stampAll(events, stampOf(envelope, roleOf(other.incident, envelope.actor), false));
}

/** What is taken out becomes an incident that says the same of it: the reporter's words, service, categories, weight, and whom it
 *  admits. Its clocks run from when what it is about was noticed; those of the incident it comes from are left as they are. */
export function splitOff(draft: Draft, on: Case, input: CommandInputs["split"], envelope: Envelope): Refusal | null {
  const alerts = (input.alerts ?? []).map((one) => liveHere(draft, on, one));
  if (alerts.includes(null)) return refuse("alert-not-here");
  /* One that was named twice, or by what it was before it fired again, is one. */
  const moved = [...new Map(alerts.flatMap((one) => (one === null ? [] : [[one.id, one]]))).values()];
  const id = draft.mint(draft.at);
  const before = on.incident;
  const command = {
    name: "split",
    input: { ...input, alerts: moved, into: id, full: isFull(draft, envelope.actor, before) },
    envelope,
    firing: on.firingAlerts,
  } as IncidentCommand;
  const decided = decideIncident(before, command);
  if (isRefusal(decided)) return decided;
  const fact = decided.find((one) => one.type === "incident.split");
  if (fact?.type !== "incident.split") throw new Error("a split says what it takes out");
  const made = newCase(draft, id);
  if (moved.length > 0) {
    sweepAlerts(draft, { kind: "move", incidentId: on.id, into: id, ids: moved.map((one) => one.id) });
    const open = moved.filter(({ status }) => status === "open");
    const firing = open.filter(({ stateful }) => stateful).length;
    made.openAlerts = open.length;
    made.firingAlerts = firing;
    on.openAlerts -= open.length;
    on.firingAlerts -= firing;
  }
  const { workstream, tasks } = fact.data;
  const stream = before.workstreams?.find(({ number }) => number === workstream);
  const taken = (before.tasks ?? []).filter(({ number }) => tasks.includes(number));
  const noticed = noticedAt(envelope, [
    ...moved.map(({ startsAt, openedAt }) => startsAt ?? openedAt),
    ...(stream ? [stream.at] : []),
    ...taken.map(({ at }) => at),
  ]);
  append(draft, on, decided);
  const first = stampOf({ ...envelope, occurredAt: noticed, derogation: undefined }, null, false);
  const events = inside(draft, { before, input, envelope, from: on.id, fact, moved: moved.length });
  const now = stampOf({ ...envelope, occurredAt: undefined, derogation: undefined }, null, false);
  /* At once: what follows of its categories knows what it is part of. */
  append(draft, made, [
    ...stampAll(opening(draft, before, input, stream?.purpose ?? null, envelope), first),
    ...stampAll(events, now),
  ]);
  return null;
}

function liveHere(draft: Draft, on: Case, { integrationId, key }: AlertRef) {
  const { last } = lookupAlert(draft, integrationId, key);
  return isLive(last) && last.incidentId === on.id ? last : null;
}

/** Where nothing says when: now. Not before anybody could remember. */
function noticedAt({ at, occurredAt }: Envelope, known: readonly Instant[]): Instant {
  if (occurredAt !== undefined) return occurredAt;
  return Math.max(at - lateEntryDaysMax * dayMs, Math.min(at, ...known));
}

function opening(
  draft: Draft,
  before: IncidentState,
  { title }: CommandInputs["split"],
  purpose: string | null,
  { actor }: Envelope,
): IncidentEvent[] {
  const incident: NewIncident = {
    ...{ title, description: before.description ?? purpose, language: before.language, service: before.service },
    ...{ categories: [], impact: before.impact, urgency: before.urgency, severity: null, exercise: before.exercise },
    origin:
      actor.id === null ? (before.origin ?? { kind: "person", personId: "" }) : { kind: "person", personId: actor.id },
  };
  const events: IncidentEvent[] = [reported({ text: title }, incident), ...registered(null)];
  if (isRestricted(before)) events.push(restrictedBy(null, admittedOf(draft, before)));
  if (before.tlp) events.push({ type: "incident.marked", data: { tlp: before.tlp, was: null } });
  const categories = withoutMajor(before.categories);
  if (categories.length > 0)
    events.push(
      ...categoriesAtOnce([...categories], { mayDeclare: false, processes: processesFor(draft.directory, categories) }),
    );
  const { domains = [] } = before;
  if (domains.length > 0) events.push({ type: "domain.added", data: { domains: [...domains] } });
  const proposal = proposePriority({
    impact: before.impact ?? undefined,
    urgency: before.urgency ?? undefined,
    vital: false,
  });
  events.push({ type: "priority.proposed", data: { ...proposal, reasons: [setByPerson] } });
  return events;
}

/** All whom it admits, by name or by what they hold of it; whoever broke the glass is let into this one alone. */
function admittedOf({ directory }: Draft, state: IncidentState): Party[] {
  const members = state.restriction?.members ?? [];
  const passing = new Set(members.filter(({ until }) => until !== undefined).map(({ id }) => id));
  return admissionOf(state).admitted.flatMap((id): Party[] => {
    if (passing.has(id)) return [];
    const member = members.find((one) => one.id === id);
    if (member) return [{ kind: member.kind, id, name: member.name }];
    const person = directory.people.get(id);
    if (person) return [{ kind: "person", id, name: person.name }];
    const team = directory.teams.get(id);
    if (team) return [{ kind: "team", id, name: team.name }];
    const duty = directory.functions.get(id);
    return duty ? [{ kind: "function", id, name: directory.language === "fr" ? duty.nameFr : duty.nameEn }] : [];
  });
}

type Inside = {
  readonly before: IncidentState;
  readonly input: CommandInputs["split"];
  readonly envelope: Envelope;
  readonly from: string;
  readonly fact: Extract<IncidentFact, { type: "incident.split" }>;
  readonly moved: number;
};

/** The tasks, with who has them; and whoever led the workstream, or is named, has the new incident. */
function inside(draft: Draft, { before, input, envelope, from, fact, moved }: Inside): IncidentEvent[] {
  const { workstream, tasks } = fact.data;
  const stream = before.workstreams?.find(({ number }) => number === workstream);
  const taken = (before.tasks ?? []).filter(({ number }) => tasks.includes(number));
  const data = {
    from,
    fromNumber: before.number,
    workstream: stream?.title ?? null,
    tasks: taken.length,
    alerts: moved,
  };
  const events: IncidentEvent[] = [{ type: "incident.split-off", data }];
  for (const [index, { text, owner, due }] of taken.entries()) {
    const owned = { personId: owner?.id ?? null, name: owner?.name ?? null, due: due === null ? null : toIso(due) };
    events.push({ type: "task.created", data: { number: index + 1, text, ...owned } });
  }
  const named = input.person ?? stream?.lead.id;
  const person = draft.directory.people.get(named ?? "");
  if (!person?.active) return events;
  const theirs = person.id === stream?.lead.id || person.id === envelope.actor.id;
  const { id, name, level } = person;
  const none = { ...before, acceptedBy: null, coordinator: null };
  const { offer: _, ...free } = none;
  return theirs
    ? [...events, ...acceptance(free, { id, name, level })]
    : [...events, { type: "incident.assigned", data: { person: id } }];
}

/** The number of what was split off is allotted last: the record that it comes from is told it then. */
export function nameSplit(cases: Iterable<Case>, { id, incident }: Case, number: string): void {
  if (incident.links === undefined) return;
  for (const on of cases) {
    if (!on.incident.links?.some((one) => one.incident === id && one.number === "")) continue;
    const links = on.incident.links.map((one) => (one.incident === id ? { ...one, number } : one));
    on.incident = { ...on.incident, links };
    for (const [index, fact] of on.appended.entries())
      if (fact.type === "incident.split" && fact.data.into === id)
        on.appended[index] = { ...fact, data: { ...fact.data, intoNumber: number } };
  }
}

export const linkReactions: ReactionTable = { "incident.split-off": [pageSplit] };

/** Alerts that nobody holds any more call as those of any incident do. */
function pageSplit(reacting: Reacting): void {
  const { incident, openAlerts } = reacting.on;
  if (openAlerts > 0 && incident.acceptedBy === null && incident.assigned === null) startPaging(reacting, "registered");
}

/** Cases that a command about two incidents needs. */
export const otherCase = (command: { readonly name: string; readonly input: object }): string[] =>
  command.name === "link" || command.name === "unlink"
    ? [(command.input as { readonly incident: string }).incident]
    : [];
