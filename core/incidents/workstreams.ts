/** Workstreams of an incident that several teams work on: each with a purpose, one person who leads it at any instant, how it
 *  stands, and what was last heard of it. Leading is offered and accepted as coordinating is; one that grows is split off.
 *  Sources: the incident command system on branches, divisions and the span of control; the seed on complex incidents. */
import { workstreamCommands } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Actor, Instant, Priority } from "../kernel/vocabulary.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import { type CoordinationOffer, type Named, offerMinutes } from "./coordination.ts";
import type { IncidentEvent } from "./events.ts";
import { silenceMinutes } from "./silence.ts";
import type { IncidentState, LastSaid } from "./state.ts";
import type { WorkstreamEvent } from "./workstream-events.ts";

export type Workstream = {
  /** From 1, by incident. */
  readonly number: number;
  readonly title: string;
  readonly purpose: string;
  readonly lead: Named;
  readonly team: string | null;
  readonly due: Instant | null;
  readonly by: string;
  readonly at: Instant;
  readonly status: "under-way" | "blocked" | "done" | "dropped" | "split";
  /** What it waits for, in words, and which other workstream. */
  readonly waits?: { readonly text: string; readonly on: number | null };
  readonly news?: LastSaid;
  /** When somebody last did or said anything of it. */
  readonly heardAt: Instant;
  readonly offer?: CoordinationOffer;
  /** When its silence was raised, as long as nothing was heard since. */
  readonly staleAt?: Instant;
  readonly left?: LastSaid;
};

/** Of one incident: beyond this it is several incidents. */
export const workstreamsMax = 30;

/** Of what somebody else leads. */
const updatesFrom = 2;
const leadsFrom = 3;
const takesFrom = 4;

export const isOpenStream = ({ status }: Pick<Workstream, "status">): boolean =>
  status === "under-way" || status === "blocked";

export const openStreams = ({ workstreams = [] }: Pick<IncidentState, "workstreams">): Workstream[] =>
  workstreams.filter(isOpenStream);

/** How one stands among what closing asks for. */
export const streamMissing = ({ number }: Pick<Workstream, "number">): string => `workstream/${number}`;

export type WorkstreamCommand = Extract<IncidentCommand, { name: (typeof workstreamCommands)[number] }>;

export const isStreamName = (name: string): name is WorkstreamCommand["name"] =>
  workstreamCommands.some((one) => one === name);

export const isOfStreams = (command: IncidentCommand): command is WorkstreamCommand => isStreamName(command.name);

export function decideStream(state: IncidentState, command: WorkstreamCommand): IncidentEvent[] | Refusal {
  switch (command.name) {
    case "open-workstream":
      return openWorkstream(state, command.input, command.envelope);
    case "offer-workstream":
      return offerWorkstream(state, command.input, command.envelope);
    case "accept-workstream":
      return acceptWorkstream(state, command.input, command.envelope);
    case "decline-workstream":
      return declineWorkstream(state, command.input, command.envelope);
    case "update-workstream":
      return updateWorkstream(state, command.input, command.envelope);
    case "finish-workstream":
      return finishWorkstream(state, command.input, command.envelope);
  }
}

function openWorkstream(
  state: IncidentState,
  { title, purpose, team, due = null, to }: CommandInputs["open-workstream"],
  { actor, at }: Envelope,
): IncidentEvent[] | Refusal {
  const number = (state.workstreams?.length ?? 0) + 1;
  if (number > workstreamsMax) return refuse("workstreams-full", { max: workstreamsMax });
  if (openStreams(state).some((one) => one.title === title)) return refuse("workstream-twice");
  const lead = { personId: actor.id ?? "", name: actor.name };
  const opened: IncidentEvent = {
    type: "workstream.opened",
    data: { number, title, purpose, ...lead, team: team ?? null, due },
  };
  if (to === undefined || to.id === actor.id) return [opened];
  return [opened, offered(number, to, { id: lead.personId, name: lead.name }, at)];
}

const offered = (number: number, { id, name }: Named, from: Named, at: Instant): IncidentEvent => ({
  type: "workstream.offered",
  data: { number, personId: id, name, from, until: toIso(at + offerMinutes * minuteMs), minutes: offerMinutes },
});

const ended = (
  { number, offer }: Workstream,
  because: Extract<WorkstreamEvent, { type: "workstream.offer-ended" }>["data"]["because"],
): IncidentEvent[] =>
  offer
    ? [{ type: "workstream.offer-ended", data: { number, personId: offer.to.id, name: offer.to.name, because } }]
    : [];

/** Whoever leads or coordinates offers it; somebody of level 3 may. Offered to another, it is offered to the first no more. */
function offerWorkstream(
  state: IncidentState,
  { workstream: number, to }: CommandInputs["offer-workstream"],
  { actor, at, reason }: Envelope,
): IncidentEvent[] | Refusal {
  const stream = openStream(state, number);
  if ("refused" in stream) return stream;
  const refused = refuseOthers(state, stream, actor, leadsFrom);
  if (refused) return refused;
  if (!reason?.trim()) return refuse("reason-required", { command: "offer-workstream" });
  if (to === undefined) return refuse("person-unknown", { person: "" });
  if (to.id === stream.lead.id) return refuse("already-leads", { name: to.name });
  return [...ended(stream, "replaced"), offered(number, to, stream.lead, at)];
}

/** Answers an offer; or takes, from level 4 and with a reason, what somebody else leads. */
function acceptWorkstream(
  state: IncidentState,
  { workstream: number }: CommandInputs["accept-workstream"],
  { actor, reason }: Envelope,
): IncidentEvent[] | Refusal {
  const stream = openStream(state, number);
  if ("refused" in stream) return stream;
  const refused = refuseTaking(stream, actor);
  if (refused || actor.id === null) return refused ?? refuse("workstream-not-offered");
  const isOffered = stream.offer?.to.id === actor.id;
  if (!isOffered && !reason?.trim()) return refuse("reason-required", { command: "accept-workstream" });
  const how = isOffered ? "offered" : "taken";
  return [
    ...(isOffered ? [] : ended(stream, "taken")),
    { type: "workstream.handed-over", data: { number, personId: actor.id, name: actor.name, from: stream.lead, how } },
  ];
}

function refuseTaking({ offer, lead, number }: Workstream, { id, name, level }: Actor): Refusal | null {
  if (lead.id === id) return refuse("already-leads", { name });
  if (id !== null && offer?.to.id === id) return null;
  return (level ?? 0) >= takesFrom ? null : refuse("workstream-not-yours", { workstream: number, level: takesFrom });
}

function declineWorkstream(
  state: IncidentState,
  { workstream: number }: CommandInputs["decline-workstream"],
  { actor, reason }: Envelope,
): IncidentEvent[] | Refusal {
  const stream = openStream(state, number);
  if ("refused" in stream) return stream;
  if (stream.offer === undefined || stream.offer.to.id !== actor.id) return refuse("workstream-not-offered");
  if (!reason?.trim()) return refuse("reason-required", { command: "decline-workstream" });
  return ended(stream, "declined");
}

function updateWorkstream(
  state: IncidentState,
  { workstream: number, status, text, on = null, due }: CommandInputs["update-workstream"],
  { actor }: Envelope,
): IncidentEvent[] | Refusal {
  const stream = openStream(state, number);
  if ("refused" in stream) return stream;
  const refused = refuseOthers(state, stream, actor, updatesFrom);
  if (refused) return refused;
  const waitsOn = status === "blocked" ? on : null;
  if (waitsOn !== null) {
    const other = openStream(state, waitsOn);
    if ("refused" in other) return other;
    if (waitsFor(state, waitsOn, number)) return refuse("workstream-circle", { workstream: number, on: waitsOn });
  }
  return [
    { type: "workstream.updated", data: { number, status, text, on: waitsOn, ...(due !== undefined && { due }) } },
  ];
}

/** Whether what `from` waits for is, in the end, `number`. */
function waitsFor({ workstreams = [] }: IncidentState, from: number, number: number): boolean {
  let now: number | null = from;
  for (let steps = 0; now !== null && steps <= workstreams.length; steps++) {
    if (now === number) return true;
    now = workstreams.find((one) => one.number === now)?.waits?.on ?? null;
  }
  return false;
}

/** What is still to be done of it is done, dropped, or somebody else's, before it is. */
function finishWorkstream(
  state: IncidentState,
  { workstream: number, outcome, text }: CommandInputs["finish-workstream"],
  { actor }: Envelope,
): IncidentEvent[] | Refusal {
  const stream = openStream(state, number);
  if ("refused" in stream) return stream;
  const refused = refuseOthers(state, stream, actor, leadsFrom);
  if (refused) return refused;
  const left = (state.tasks ?? []).filter((task) => task.status === "open" && task.workstream === number).length;
  if (left > 0) return refuse("workstream-tasks-open", { workstream: number, count: left });
  return [...ended(stream, "over"), { type: "workstream.finished", data: { number, outcome, text } }];
}

export function openStream({ workstreams = [] }: IncidentState, number: number): Workstream | Refusal {
  const stream = workstreams.find((one) => one.number === number);
  if (!stream) return refuse("workstream-unknown", { workstream: number });
  return isOpenStream(stream) ? stream : refuse("workstream-over", { workstream: number });
}

function refuseOthers(
  { coordinator }: IncidentState,
  { lead, number }: Workstream,
  { id, level }: Actor,
  from: number,
): Refusal | null {
  const theirs = id !== null && (lead.id === id || coordinator?.id === id);
  return theirs || (level ?? 0) >= from ? null : refuse("workstream-not-yours", { workstream: number, level: from });
}

/** Before a number is known: whether there is any that it could be about. */
export function whyNotStream(
  state: IncidentState,
  name: WorkstreamCommand["name"],
  actor: Actor,
  number?: number,
): Refusal | null {
  if (name === "open-workstream") return null;
  const about = number === undefined ? openStreams(state) : [openStream(state, number)];
  const [first] = about;
  if (first === undefined) return refuse("workstream-unknown", { workstream: 0 });
  if ("refused" in first) return first;
  const refusals = (about as Workstream[]).map((one) => whyNotThis(state, name, actor, one));
  return refusals.includes(null) ? null : (refusals[0] ?? null);
}

function whyNotThis(
  state: IncidentState,
  name: Exclude<WorkstreamCommand["name"], "open-workstream">,
  actor: Actor,
  stream: Workstream,
): Refusal | null {
  switch (name) {
    case "accept-workstream":
      return refuseTaking(stream, actor);
    case "decline-workstream":
      return stream.offer?.to.id === actor.id ? null : refuse("workstream-not-offered");
    case "update-workstream":
      return refuseOthers(state, stream, actor, updatesFrom);
    default:
      return refuseOthers(state, stream, actor, leadsFrom);
  }
}

/** For which workstream a task is: none, or one that is open. */
export function streamOfTask(state: IncidentState, number: number | undefined): number | null | Refusal {
  if (number === undefined) return null;
  const stream = openStream(state, number);
  return "refused" in stream ? stream : number;
}

/** When somebody must hear that nothing is heard of it; null once that was raised, until something is. */
export const silentAtOf = (stream: Workstream, priority: Priority | null): Instant | null =>
  isOpenStream(stream) && stream.staleAt === undefined ? stream.heardAt + silenceMinutes(priority) * minuteMs : null;

export const isSilentStream = (stream: Workstream, priority: Priority | null, now: Instant): boolean =>
  isOpenStream(stream) && now - stream.heardAt >= silenceMinutes(priority) * minuteMs;

/** When its timer must look at it: its silence, or the end of an offer. */
export function streamDueAt(stream: Workstream, priority: Priority | null): Instant | null {
  if (!isOpenStream(stream)) return null;
  const all = [silentAtOf(stream, priority), stream.offer?.until ?? null].filter((one) => one !== null);
  return all.length === 0 ? null : Math.min(...all);
}

/** `told`: whoever coordinates, else whoever has the incident, else whoever leads it. */
export function lapsedStream(state: IncidentState, number: number, now: Instant): IncidentEvent[] {
  const stream = state.workstreams?.find((one) => one.number === number);
  if (!stream || state.ended !== null || !isOpenStream(stream)) return [];
  const expired = stream.offer !== undefined && stream.offer.until <= now ? ended(stream, "expired") : [];
  const from = silentAtOf(stream, state.priority);
  if (from === null || from > now) return expired;
  const told = state.coordinator?.id ?? state.acceptedBy?.id ?? stream.lead.id;
  const minutes = Math.floor((now - stream.heardAt) / minuteMs);
  return [...expired, { type: "workstream.stale", data: { number, minutes, told } }];
}

export const isOfWorkstreams = <Fact extends IncidentEvent>(event: Fact): event is Fact & WorkstreamEvent =>
  event.type.startsWith("workstream.");

export function evolveStreams(
  { workstreams = [] }: IncidentState,
  event: WorkstreamEvent,
  stamp: Stamp,
): Pick<IncidentState, "workstreams"> {
  const at = stamp.occurredAt;
  if (event.type === "workstream.opened") {
    const { number, title, purpose, personId: id, name, team, due } = event.data;
    const opened: Workstream = {
      ...{ number, title, purpose, lead: { id, name }, team, due: dateOf(due) },
      ...{ by: stamp.actor.name, at, status: "under-way", heardAt: stamp.recordedAt },
    };
    return { workstreams: [...workstreams, opened] };
  }
  const { number } = event.data;
  return { workstreams: workstreams.map((one) => (one.number === number ? changed(one, event, stamp) : one)) };
}

const dateOf = (due: string | null): Instant | null => (due === null ? null : (parseIso(due) ?? null));

function changed(
  stream: Workstream,
  event: Exclude<WorkstreamEvent, { type: "workstream.opened" }>,
  { actor, occurredAt: at, recordedAt, reason }: Stamp,
): Workstream {
  const { offer: _, ...rest } = stream;
  switch (event.type) {
    case "workstream.offered": {
      const { personId: id, name, until } = event.data;
      const by = { id: actor.id, name: actor.name };
      const offer = { to: { id, name }, by, at: recordedAt, until: parseIso(until) ?? recordedAt, reason };
      return { ...heard(stream, recordedAt), offer };
    }
    case "workstream.offer-ended":
      return rest;
    case "workstream.handed-over": {
      const { personId: id, name } = event.data;
      return { ...heard(rest, recordedAt), lead: { id, name } };
    }
    case "workstream.updated": {
      const { waits: __, ...free } = heard(stream, recordedAt);
      const { status, text, on, due } = event.data;
      const news = { at, by: actor.name, text };
      const dated = due === undefined ? {} : { due: dateOf(due) };
      return { ...free, ...dated, status, news, ...(status === "blocked" && { waits: { text, on } }) };
    }
    case "workstream.finished": {
      const { waits: __, ...free } = heard(rest, recordedAt);
      return { ...free, status: event.data.outcome, left: { at, by: actor.name, text: event.data.text } };
    }
    case "workstream.stale":
      return { ...stream, staleAt: recordedAt };
  }
}

function heard({ staleAt: _, ...stream }: Workstream, heardAt: Instant): Workstream {
  return { ...stream, heardAt };
}

/** What is done on one of its tasks is heard of it. */
export const hearOfTask = (
  { workstreams }: Pick<IncidentState, "workstreams">,
  number: number | undefined,
  at: Instant,
): Pick<IncidentState, "workstreams"> =>
  workstreams === undefined || number === undefined
    ? {}
    : { workstreams: workstreams.map((one) => (one.number === number && isOpenStream(one) ? heard(one, at) : one)) };
