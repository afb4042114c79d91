/** What every act about an incident has in common, whoever decides it: whether its level is reached, when it may be dated, and what
 *  the record keeps of both. */
import { belowLevel } from "../access/can.ts";
import { sfia8 } from "../directory/responsibility.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import { dayMs, minuteMs } from "../kernel/time.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import { derogationUsed } from "./derogations.ts";
import type { IncidentEvent, IncidentFact } from "./events.ts";
import type { IncidentState } from "./state.ts";

/** A clock may be a little ahead of ours without its author lying. */
export const futureToleranceMinutes = 2;
/** A late entry older than this is a typing error in nearly every case. */
export const lateEntryDaysMax = 366;

/** A late entry says when it happened: not in the future, and not before anybody could remember. */
export function guardDates({ occurredAt, at }: Pick<Envelope, "occurredAt" | "at">): Refusal | null {
  if (occurredAt === undefined) return null;
  if (occurredAt > at + futureToleranceMinutes * minuteMs) return refuse("occurred-in-future");
  if (occurredAt < at - lateEntryDaysMax * dayMs) return refuse("occurred-too-long-ago", { days: lateEntryDaysMax });
  return null;
}

export function roleOf(
  state: Pick<IncidentState, "coordinator" | "acceptedBy">,
  actor: Pick<Actor, "id">,
): "coordinator" | "responder" | null {
  if (actor.id === null) return null;
  if (state.coordinator?.id === actor.id) return "coordinator";
  return state.acceptedBy?.id === actor.id ? "responder" : null;
}

/** `derogated`: below the level that it takes, with a reason. */
export type Granted = { readonly derogated: boolean; readonly needed: number };

/** For acts that have a level of their own and no place in the profile. `derogating`: in an emergency, where one lowers it. */
export function grantFrom(
  name: string,
  needed: number,
  { level }: Actor,
  derogating: boolean,
  never = false,
): Granted | Refusal {
  if (level !== null && level >= needed) return { derogated: false, needed };
  if (!derogating || never) return belowLevel(name, needed, level, never);
  if (level !== null && level >= sfia8.derogationFrom) return { derogated: true, needed };
  return refuse("derogation-not-possible", { command: name, level: sfia8.derogationFrom });
}

type Act = { readonly name: string; readonly envelope: Envelope };

/** What was granted, decided: with the derogation, where there is one, before what it let through. */
export function recorded(
  state: IncidentState,
  { name, envelope }: Act,
  { derogated, needed }: Granted,
  decide: () => readonly IncidentEvent[] | Refusal,
): readonly IncidentFact[] | Refusal {
  if (derogated && !envelope.derogation?.reason.trim()) return refuse("reason-required", { command: name });
  const events = decide();
  if (isRefusal(events)) return events;
  /* Also where it is whom it names who has not the level. */
  const outside = derogated || events.some(({ type }) => type === "derogation.used");
  const used = derogated ? [derogationUsed(name, needed, envelope)] : [];
  return stampAll([...used, ...events], stampOf(envelope, roleOf(state, envelope.actor), outside));
}
