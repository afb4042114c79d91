/** Who coordinates: one person at any instant. Coordination is offered to somebody who may hold it, and stays where it is until
 *  they accept; whoever gives it back, or takes charge below the level, leaves it to be taken by whoever may. */
import { derogable } from "../access/can.ts";
import { sfia8 } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Actor, Instant, Level } from "../kernel/vocabulary.ts";
import { acceptance, overtaken } from "./assigning.ts";
import type { CommandInputs } from "./commands.ts";
import { demandsIn } from "./demands.ts";
import { derogationUsed } from "./derogations.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export type Named = { readonly id: string; readonly name: string };

export type CoordinationOffer = {
  readonly to: Named;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly at: Instant;
  readonly until: Instant;
  readonly reason: string | null;
  /** The level that was looked for in them. */
  readonly needed?: number;
};

/** How a category names among its roles what is held this way and no other. */
export const coordinatorRole = "coordinator";

/** Long enough to read the brief, and short enough for whoever waits to be relieved to ask somebody else. */
export const offerMinutes = 15;

/** Whoever has this level may offer, or take, what somebody else holds: with a reason, and they are told. */
const takesFrom = 4;

const levelOf = ({ level }: { readonly level: Level }): number => level ?? 0;

/** The lowest that may hold it: of the profile, or of the categories where they ask more. */
export function coordinationLevel(state: IncidentState): number {
  const asked = demandsIn(state).roles.find(({ id }) => id === coordinatorRole)?.level ?? null;
  return Math.max(sfia8.coordinatesFrom, asked ?? 0);
}

const heldByAnother = ({ coordinator }: IncidentState, { id }: Actor): boolean =>
  coordinator !== null && coordinator.id !== id;

function refuseAnother(state: IncidentState, actor: Actor): Refusal | null {
  if (!heldByAnother(state, actor) || levelOf(actor) >= takesFrom) return null;
  return refuse("coordinated-by-another", { name: state.coordinator?.name ?? "", level: takesFrom });
}

const refuseOpenOffer = ({ offer }: IncidentState): Refusal | null =>
  offer === undefined ? null : refuse("coordination-offered", { name: offer.to.name });

export function offerCoordination(
  state: IncidentState,
  { to }: CommandInputs["offer-coordination"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "offer-coordination" });
  const refused = refuseAnother(state, envelope.actor) ?? refuseOpenOffer(state);
  if (refused) return refused;
  if (to === undefined) return refuse("person-unknown", { person: "" });
  if (state.coordinator?.id === to.id) return refuse("already-coordinates", { name: to.name });
  const needed = coordinationLevel(state);
  const short = levelOf(to) < needed;
  if (short && (levelOf(to) < sfia8.coordinatesFrom || !envelope.derogation?.reason.trim()))
    return refuse("holder-level", { name: to.name, needed });
  const offered: IncidentEvent = {
    type: "coordination.offered",
    data: {
      personId: to.id,
      name: to.name,
      from: state.coordinator,
      until: toIso(envelope.at + offerMinutes * minuteMs),
      minutes: offerMinutes,
      ...(needed > sfia8.coordinatesFrom && { needed }),
    },
  };
  return short ? [derogationUsed("offer-coordination", needed, envelope), offered] : [offered];
}

/** Answers an offer; or takes what nobody holds; or, with a reason, what somebody else does. What nobody has taken charge of is
 *  taken charge of with it. */
export function acceptCoordination(
  state: IncidentState,
  { brief }: CommandInputs["accept-coordination"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  const { id, name, level } = envelope.actor;
  const refused = refuseTaking(state, envelope.actor);
  if (refused || id === null) return refused ?? refuse("not-asked", { command: "accept-coordination", level: 3 });
  const offered = state.offer?.to.id === id;
  const from = state.coordinator;
  const needed = coordinationLevel(state);
  /* What was offered before more was asked for was not offered for that. */
  const looked = offered ? (state.offer?.needed ?? sfia8.coordinatesFrom) : 0;
  const short = needed > looked && levelOf(envelope.actor) < needed;
  if (short && !(envelope.derogation?.reason.trim() && derogable("accept-coordination", level)))
    return refuse("holder-level", { name, needed });
  if (!offered && from !== null && !envelope.reason?.trim())
    return refuse("reason-required", { command: "accept-coordination" });
  const how = offered ? "offered" : from === null ? "requested" : "taken";
  return [
    ...(short ? [derogationUsed("accept-coordination", needed, envelope)] : []),
    ...(state.acceptedBy === null ? acceptance(state, { id, name, level }) : overtaken(state, id)),
    {
      type: "coordination.handed-over",
      data: { personId: id, name, from, how, ...(brief && { brief }) },
    },
  ];
}

function refuseTaking(state: IncidentState, actor: Actor): Refusal | null {
  if (state.coordinator !== null && state.coordinator.id === actor.id)
    return refuse("already-coordinates", { name: actor.name });
  return state.offer?.to.id === actor.id && actor.id !== null ? null : refuseAnother(state, actor);
}

export function declineCoordination(state: IncidentState, { actor, reason }: Envelope): IncidentEvent[] | Refusal {
  const refused = refuseNoOffer(state, actor);
  if (refused) return refused;
  if (!reason?.trim()) return refuse("reason-required", { command: "decline-coordination" });
  return [{ type: "coordination.declined", data: { personId: actor.id ?? "", name: actor.name } }];
}

const refuseNoOffer = ({ offer }: IncidentState, { id }: Actor): Refusal | null =>
  offer !== undefined && offer.to.id === id ? null : refuse("coordination-not-offered");

/** By whoever offered or holds it, or by whoever might have. */
export function withdrawCoordination(state: IncidentState, { actor }: Envelope): IncidentEvent[] | Refusal {
  const refused = refuseWithdrawing(state, actor);
  if (refused || state.offer === undefined) return refused ?? refuse("coordination-not-offered");
  const { id, name } = state.offer.to;
  return [{ type: "coordination.withdrawn", data: { personId: id, name, because: "withdrawn" } }];
}

function refuseWithdrawing(state: IncidentState, actor: Actor): Refusal | null {
  if (state.offer === undefined) return refuse("coordination-not-offered");
  return state.offer.by.id === actor.id ? null : refuseAnother(state, actor);
}

export function whyNotCoordination(state: IncidentState, name: CoordinationCommand, actor: Actor): Refusal | null {
  switch (name) {
    case "offer-coordination":
      return refuseAnother(state, actor) ?? refuseOpenOffer(state);
    case "accept-coordination":
      return refuseTaking(state, actor);
    case "decline-coordination":
      return refuseNoOffer(state, actor);
    case "withdraw-coordination":
      return refuseWithdrawing(state, actor);
  }
}
export type CoordinationCommand =
  | "offer-coordination"
  | "accept-coordination"
  | "decline-coordination"
  | "withdraw-coordination";

/** Its time has passed, and nobody has answered: whoever holds it still does. */
export function lapsedOffer({ offer, ended }: IncidentState, now: Instant): IncidentEvent[] {
  if (offer === undefined || ended !== null || offer.until > now) return [];
  const { id, name } = offer.to;
  return [{ type: "coordination.expired", data: { personId: id, name, minutes: offerMinutes } }];
}

const coordinationEvents = [
  "coordination.offered",
  "coordination.handed-over",
  "coordination.declined",
  "coordination.withdrawn",
  "coordination.expired",
] as const;
export type CoordinationEvent = Extract<IncidentEvent, { type: (typeof coordinationEvents)[number] }>;

export const isOfCoordination = <Fact extends IncidentEvent>(event: Fact): event is Fact & CoordinationEvent =>
  coordinationEvents.some((type) => type === event.type);

export function evolveCoordination(state: IncidentState, event: CoordinationEvent, stamp: Stamp): IncidentState {
  const { offer: _, ...rest } = state;
  switch (event.type) {
    case "coordination.offered": {
      const { personId: id, name, until, needed } = event.data;
      const by = { id: stamp.actor.id, name: stamp.actor.name };
      const at = stamp.recordedAt;
      const offer = { to: { id, name }, by, at, until: parseIso(until) ?? at, reason: stamp.reason };
      return { ...rest, offer: { ...offer, ...(needed !== undefined && { needed }) } };
    }
    case "coordination.handed-over": {
      const { personId: id, name } = event.data;
      return { ...rest, coordinator: { id, name }, coordinationWanted: false };
    }
    case "coordination.declined":
    case "coordination.withdrawn":
    case "coordination.expired":
      return rest;
  }
}
