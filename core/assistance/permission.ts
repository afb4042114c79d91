/** Who may see a request for assistance, and do what with it: one pure question, asked by the server before acting and by the
 *  page to say why a button is not there. */
import { sfia8 } from "../directory/responsibility.ts";
import { isOn } from "../escalation/paging-state.ts";
import type { Actor, Level } from "../kernel/vocabulary.ts";
import type { Party } from "./settings.ts";
import { type AssistanceState, askedNow, everAsked, isOpen } from "./state.ts";

export const assistanceCommands = [
  "accept",
  "decline",
  "route",
  "end",
  "confirm",
  "reopen",
  "withdraw",
  "attach",
  "promote",
] as const;
export type AssistanceCommandName = (typeof assistanceCommands)[number];

/** From this level on, all of them are seen, and whatever is stuck may be moved. */
export const overseesFrom = 4;
/** Whoever may record an incident may say that a request is one, and ask on an incident's behalf. */
const recordsFrom = sfia8.commands.register.kind === "level" ? sfia8.commands.register.level : overseesFrom;

/** What of an incident matters here; null: it belongs to none, or to one that this person may not see. */
export type OfIncident = { readonly coordinates: boolean; readonly takesPart: boolean } | null;

export type Standing = {
  readonly level: Level;
  readonly asker: boolean;
  /** Of whoever is asked now, or called for it. */
  readonly asked: boolean;
  /** Of anybody who ever was. */
  readonly onPath: boolean;
  readonly holder: boolean;
  /** It was raised to them. */
  readonly decides: boolean;
  readonly coordinates: boolean;
  readonly ofIncident: boolean;
};

export function standingOf(actor: Actor, state: AssistanceState, incident: OfIncident): Standing {
  const now = askedNow(state);
  const isMe = (one: { readonly id: string } | null): boolean => actor.id !== null && one?.id === actor.id;
  /* By the policy of whoever is asked, which may name others. */
  const called = state.paging.pages.some(({ personId }) => personId === actor.id);
  return {
    level: actor.level,
    asker: isMe(state.asker),
    asked: now !== null && (isOf(actor, now) || (called && isOn(state.paging))),
    onPath: called || everAsked(state).some((party) => isOf(actor, party)),
    holder: isMe(state.holder),
    decides: state.raised?.people.some(isMe) ?? false,
    coordinates: incident?.coordinates ?? false,
    ofIncident: incident !== null && (incident.takesPart || incident.coordinates),
  };
}

export const isOf = ({ teams, functions }: Pick<Actor, "teams" | "functions">, { kind, id }: Party): boolean =>
  (kind === "team" ? teams : functions).includes(id);

const atLeast = (level: Level, wanted: number): boolean => level !== null && level >= wanted;
const oversees = ({ level }: Standing): boolean => atLeast(level, overseesFrom);

export function maySee(standing: Standing): boolean {
  const { asker, onPath, holder, decides, ofIncident } = standing;
  return asker || onPath || holder || decides || ofIncident || oversees(standing);
}

/** Whom it is for now, or whoever sees to it. */
const answersNow = (one: Standing): boolean => one.asked || one.holder || decidesNow(one);
const decidesNow = (one: Standing): boolean => one.decides || one.coordinates || oversees(one);

/** Nobody who may not see it may do anything with it. */
export function mayAct(
  command: AssistanceCommandName,
  standing: Standing,
  { status }: Pick<AssistanceState, "status">,
): boolean {
  if (!maySee(standing)) return false;
  switch (command) {
    case "accept":
    case "end":
      return answersNow(standing);
    case "decline":
      /* What a colleague has accepted is theirs to give back. */
      return standing.holder || (standing.asked && status === "waiting");
    case "route":
      return answersNow(standing);
    case "confirm":
    case "reopen":
    case "withdraw":
      return standing.asker || standing.coordinates || oversees(standing);
    case "attach":
    case "promote":
      return atLeast(standing.level, recordsFrom);
  }
}

/** Help for an incident is asked by whoever may record one, or takes part in it. */
export const mayAskFor = (level: Level, incident: OfIncident): boolean =>
  atLeast(level, recordsFrom) || (incident?.coordinates ?? false) || (incident?.takesPart ?? false);

/** Rules are kept by whoever answers for the process, or runs the desk. */
export const keepsRulesFrom = 5;
export const mayKeepRules = ({ level, admin }: Pick<Actor, "level" | "admin">): boolean =>
  admin || atLeast(level, keepsRulesFrom);

/** As the state of a request has it, whoever asks. */
export function isPossible(command: AssistanceCommandName, state: AssistanceState): boolean {
  const { status } = state;
  switch (command) {
    case "accept":
      return status === "waiting";
    case "decline":
      return (status === "waiting" || status === "accepted") && askedNow(state) !== null;
    case "route":
    case "withdraw":
      return status === "waiting" || status === "accepted";
    case "end":
      return status === "accepted";
    case "confirm":
    case "reopen":
      return status === "fulfilled";
    case "attach":
    case "promote":
      return isOpen(state) && state.incident === null;
  }
}
