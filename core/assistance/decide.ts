/** What may become of a request for assistance, and what is then stated. */
import type { Roster } from "../escalation/policy.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import { minuteMs, toIso } from "../kernel/time.ts";
import type { Actor, Instant } from "../kernel/vocabulary.ts";
import type {
  AssistanceEvent,
  AssistanceOutcome,
  IncidentLink,
  NamedParty,
  RaisedBecause,
  Requested,
  Somebody,
} from "./events.ts";
import { type AssistanceCommandName, isPossible, mayAct, maySee, type OfIncident, standingOf } from "./permission.ts";
import { decidersOf } from "./raising.ts";
import { isKnown, membersOf, namesOf, type Routed, type RouteReason, routeAssistance } from "./routing.ts";
import { type AssistanceSettings, answerMinutesFor, isSame, type Party } from "./settings.ts";
import { type AssistanceState, askedNow, declinesOf, hadIt } from "./state.ts";

export type AssistanceCommand =
  | { readonly name: "accept" | "decline" | "confirm" | "reopen" | "withdraw" }
  | { readonly name: "route"; readonly to: Party }
  | { readonly name: "end"; readonly outcome: AssistanceOutcome; readonly text: string }
  | { readonly name: "attach" | "promote"; readonly incident: IncidentLink };

export type AssistanceKnown = {
  readonly at: Instant;
  readonly settings: AssistanceSettings;
  readonly roster: Roster;
  /** Of its incident. */
  readonly coordinator: Somebody | null;
};

export type ActingOn = AssistanceKnown & {
  readonly actor: Actor;
  readonly incident: OfIncident;
  readonly reason: string | null;
};

/** How often it may be declined before somebody decides. */
export const declinesMax = 2;

export type NewRequest = Omit<Requested, "number">;

/** The rules say who is asked, unless whoever asks says so. */
export function ask(wanted: NewRequest, to: Party | null, known: AssistanceKnown): AssistanceEvent[] | Refusal {
  const chosen = known.settings.kinds.find(({ id }) => id === wanted.kind);
  if (!chosen || chosen.retired) return refuse("assistance-kind-unknown", { kind: wanted.kind });
  const { roster, settings } = known;
  const requested: AssistanceEvent = { type: "assistance.requested", data: { ...wanted, number: "" } };
  if (to === null) {
    const routed = routeAssistance(wanted, { settings, roster, tried: [] });
    const events: AssistanceEvent[] = [requested, routedTo(routed, wanted, known)];
    return routed.to === null ? [...events, raise("nobody-left", known)] : events;
  }
  const unknown = unreachable(roster, to);
  return unknown ?? [requested, routedTo(chosenTo(to), wanted, known)];
}

const chosenTo = (to: Party): Routed => ({ to, because: { code: "chosen" }, passed: [] });

function unreachable(roster: Roster, to: Party): Refusal | null {
  if (!isKnown(roster, to))
    return refuse(to.kind === "team" ? "team-unknown" : "function-unknown", { [to.kind]: to.id });
  if (membersOf(roster, to).length === 0) return refuse("assistance-nobody", { to: both(named(roster, to)) });
  return null;
}

export function decideAssistance(
  state: AssistanceState,
  command: AssistanceCommand,
  acting: ActingOn,
): AssistanceEvent[] | Refusal {
  const standing = standingOf(acting.actor, state, acting.incident);
  if (!maySee(standing)) return refuse("assistance-unknown");
  if (!mayAct(command.name, standing, state)) return refuse("assistance-not-yours", { act: command.name });
  if (!isPossible(command.name, state)) return impossible(command.name, state);
  switch (command.name) {
    case "accept":
      return accept(acting);
    case "decline":
      return decline(state, acting);
    case "route":
      return handOn(state, command.to, acting);
    case "end":
      return [{ type: "assistance.fulfilled", data: { outcome: command.outcome, text: command.text } }];
    case "confirm":
      return [{ type: "assistance.confirmed", data: {} }];
    case "reopen":
      return [{ type: "assistance.reopened", data: {} }];
    case "withdraw":
      return [{ type: "assistance.withdrawn", data: {} }];
    case "attach":
      return [{ type: "assistance.attached", data: { incident: command.incident } }];
    case "promote":
      return [{ type: "assistance.promoted", data: { incident: command.incident } }];
  }
}

function impossible(command: AssistanceCommandName, state: AssistanceState): Refusal {
  if ((command === "attach" || command === "promote") && state.incident !== null)
    return refuse("assistance-linked", { number: state.incident.number });
  return refuse("assistance-settled", { act: command, status: state.status, name: state.holder?.name ?? "" });
}

function accept({ actor }: ActingOn): AssistanceEvent[] | Refusal {
  if (actor.id === null) return refuse("assistance-not-yours", { act: "accept" });
  return [{ type: "assistance.accepted", data: { personId: actor.id, name: actor.name } }];
}

/** It goes to whoever comes next by the rules; declined again, or with nobody left, somebody decides. */
function decline(state: AssistanceState, acting: ActingOn): AssistanceEvent[] | Refusal {
  if (!acting.reason?.trim()) return refuse("reason-required", { command: "decline" });
  const from = askedNow(state);
  const tried = from === null ? hadIt(state) : [...hadIt(state), from];
  const declined: AssistanceEvent = { type: "assistance.declined", data: { from } };
  const { settings, roster } = acting;
  const declines = declinesOf(state) + 1;
  if (declines >= declinesMax) return [declined, ...raisedAfter(state, "declined-twice", { ...acting, tried })];
  const next = routeAssistance(state, { settings, roster, tried });
  if (next.to === null) return [declined, ...raisedAfter(state, "nobody-left", { ...acting, tried })];
  return [declined, routedTo(next, state, acting)];
}

/** Of one without an incident the fall-back decides, once; then whoever oversees. */
function raisedAfter(
  state: AssistanceState,
  because: RaisedBecause,
  known: AssistanceKnown & { readonly tried: readonly Party[] },
): AssistanceEvent[] {
  const { fallback, version } = known.settings;
  const had = fallback === null || known.tried.some((one) => isSame(one, fallback));
  if (state.incident === null && fallback !== null && !had && membersOf(known.roster, fallback).length > 0) {
    const routed: Routed = { to: fallback, because: { code: "fallback", version }, passed: [] };
    return [
      { type: "assistance.raised", data: { because, to: "fallback", people: [] } },
      routedTo(routed, state, known),
    ];
  }
  return [raise(because, known)];
}

function raise(because: RaisedBecause, { roster, coordinator, at }: AssistanceKnown): AssistanceEvent {
  return { type: "assistance.raised", data: { because, ...decidersOf(roster, coordinator, at) } };
}

/** Whoever gave it back or handed it on is not asked again: the way it took is said. */
function handOn(state: AssistanceState, to: Party, acting: ActingOn): AssistanceEvent[] | Refusal {
  const { roster, reason } = acting;
  if (!reason?.trim()) return refuse("reason-required", { command: "route" });
  const unknown = unreachable(roster, to);
  if (unknown) return unknown;
  const now = askedNow(state);
  const stations = now === null ? hadIt(state) : [...hadIt(state), now];
  if (stations.some((one) => isSame(one, to))) {
    const way = [...stations, named(roster, to)].map(both).join(" → ");
    return refuse("assistance-loop", { to: both(named(roster, to)), path: way });
  }
  const routed = routedTo(chosenTo(to), state, acting);
  return now === null ? [routed] : [{ ...routed, data: { ...routed.data, from: now } }];
}

export const named = (roster: Roster, party: Party): NamedParty => ({ ...party, ...namesOf(roster, party) });
/** A refusal is read in either language. */
const both = ({ fr, en }: NamedParty): string => (fr === en ? fr : `${fr} / ${en}`);

type RoutedEvent = Extract<AssistanceEvent, { type: "assistance.routed" }>;

function routedTo(
  { to, because, passed }: { to: Party | null; because: RouteReason; passed: Routed["passed"] },
  wanted: Pick<Requested, "kind" | "urgent">,
  { settings, roster, at }: AssistanceKnown,
): RoutedEvent {
  const minutes = to === null ? null : answerMinutesFor(settings, to, wanted);
  const answerBy = minutes === null ? null : toIso(at + minutes * minuteMs);
  return {
    type: "assistance.routed",
    data: { to: to === null ? null : named(roster, to), because, passed, answerBy },
  };
}

/** When whoever is asked has so much of their time left, they are reminded. */
const warnedAtShare = 0.75;

/** Of the clock of whoever is asked now: when the next thing falls due; null: it runs no longer. */
export function nextDue(state: AssistanceState): Instant | null {
  const { answerBy, status, late, warned } = state;
  const leg = state.path.at(-1);
  if (status !== "waiting" || answerBy === null || late || !leg) return null;
  return warned ? answerBy : leg.at + Math.floor((answerBy - leg.at) * warnedAtShare);
}

/** What falls due is stated once: they are warned, then it is late and somebody decides. */
export function tick(state: AssistanceState, known: AssistanceKnown): AssistanceEvent[] {
  const due = nextDue(state);
  const to = askedNow(state);
  if (due === null || due > known.at || to === null || state.answerBy === null) return [];
  const data = { to, answerBy: toIso(state.answerBy) };
  if (known.at < state.answerBy) return [{ type: "assistance.warned", data }];
  return [{ type: "assistance.late", data }, raise("late", known)];
}
