/** Documentation, closure, its check by somebody else, and reopening. */
import type { IncidentCommandName } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import { demandsIn } from "./demands.ts";
import type { IncidentEvent } from "./events.ts";
import { refuseUnready } from "./missing.ts";
import { refuseOverFiring } from "./restoring.ts";
import type { IncidentState } from "./state.ts";
import { refuseUnsettled, settlingCriterion } from "./unsettled.ts";

const names = [
  "complete-documentation",
  "close",
  "accept-closure",
  "return-closure",
  "reopen",
  "request-reopen",
  "decline-reopen",
] as const satisfies readonly IncidentCommandName[];
export type ClosingCommand = Extract<IncidentCommand, { name: (typeof names)[number] }>;

export const isClosingName = (name: IncidentCommandName): name is ClosingCommand["name"] =>
  names.some((one) => one === name);
export const isClosing = (command: IncidentCommand): command is ClosingCommand => isClosingName(command.name);

export function decideClosing(state: IncidentState, command: ClosingCommand): IncidentEvent[] | Refusal {
  const { envelope } = command;
  switch (command.name) {
    case "complete-documentation":
      return completeDocumentation(state, command.input);
    case "close":
      return close(state, command);
    case "accept-closure":
      return whyNotCheck(state, envelope.actor) ?? [{ type: "closure.accepted", data: { text: command.input.text } }];
    case "return-closure":
      return returnClosure(state, envelope);
    case "reopen":
      return reopen(state, envelope);
    case "request-reopen":
    case "decline-reopen":
      return asked(state, command.name, envelope);
  }
}

/** Before anything is filled in. */
export function whyNotClosing(state: IncidentState, name: ClosingCommand["name"], actor: Actor): Refusal | null {
  switch (name) {
    case "complete-documentation":
      return null;
    case "close":
      return refuseUnready(state);
    case "accept-closure":
    case "return-closure":
      return whyNotCheck(state, actor);
    case "reopen":
      return isReopenable(state) ? null : refuse("not-closed");
    case "request-reopen":
    case "decline-reopen":
      return whyNotAsked(state, name);
  }
}

/** Nobody judges how they closed it themselves (separation of duties, R-44 of the reading of the seed). */
export function whyNotCheck({ ended, closure }: IncidentState, { id }: Actor): Refusal | null {
  if (ended !== "closed" || closure === undefined) return refuse("nothing-to-check");
  if (closure.check === "accepted") return refuse("closure-accepted", { name: closure.checked?.by ?? "" });
  return closure.by.id !== null && closure.by.id === id ? refuse("own-closure") : null;
}

/** When the service was back, and when it was resolved, stays as it was: only what was written is asked for again. */
function returnClosure(state: IncidentState, { actor, reason }: Envelope): IncidentEvent[] | Refusal {
  const refused = whyNotCheck(state, actor);
  if (refused) return refused;
  if (!reason?.trim()) return refuse("reason-required", { command: "return-closure" });
  return [{ type: "closure.returned", data: {} }];
}

function completeDocumentation(
  { detectedAs: before }: IncidentState,
  { detectedAs = before, ...input }: CommandInputs["complete-documentation"],
): IncidentEvent[] {
  const documented: IncidentEvent = { type: "documentation.completed", data: input };
  return detectedAs === undefined || detectedAs === before
    ? [documented]
    : [{ type: "incident.identified", data: { as: detectedAs } }, documented];
}

function close(state: IncidentState, command: Extract<IncidentCommand, { name: "close" }>): IncidentEvent[] | Refusal {
  const unready = refuseUnready(state);
  if (unready) return unready;
  /* Once confirmed it may have come to be otherwise: assessed anew, withdrawn, missed. */
  const { duties } = command.input;
  const unsettled = duties && demandsIn(state).criteria.includes(settlingCriterion) ? refuseUnsettled(duties) : null;
  if (unsettled) return unsettled;
  const firing = refuseOverFiring(command);
  if (firing) return firing;
  return [{ type: "incident.closed", data: { overFiring: command.firing ?? 0 } }];
}

function reopen(state: IncidentState, envelope: Envelope): IncidentEvent[] | Refusal {
  if (!isReopenable(state)) return refuse("not-closed");
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "reopen" });
  return [{ type: "incident.reopened", data: state.ended === "dismissed" ? { after: "dismissed" } : {} }];
}

/** Whoever may not reopen it asks those who may; one of them does, or says why not. Declined, it may be asked again. */
function asked(
  state: IncidentState,
  name: "request-reopen" | "decline-reopen",
  { reason }: Envelope,
): IncidentEvent[] | Refusal {
  const refused = whyNotAsked(state, name);
  if (refused) return refused;
  if (!reason?.trim()) return refuse("reason-required", { command: name });
  return [{ type: name === "request-reopen" ? "reopening.requested" : "reopening.declined", data: {} }];
}

function whyNotAsked(state: IncidentState, name: "request-reopen" | "decline-reopen"): Refusal | null {
  const open = openReopening(state);
  if (name === "decline-reopen") return open ? null : refuse("reopening-not-requested");
  if (state.ended !== "closed") return refuse("not-closed");
  return open ? refuse("reopening-requested", { name: open.by.name }) : null;
}

/** That was asked, and not answered. */
export const openReopening = ({ reopening }: Pick<IncidentState, "reopening">) =>
  reopening && !reopening.declined ? reopening : undefined;

/** What was merged lives on in another record; what was closed, or dismissed by mistake, may come back. */
export const isReopenable = ({ ended }: IncidentState): boolean => ended === "closed" || ended === "dismissed";
