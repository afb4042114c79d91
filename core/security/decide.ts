/** Decides what is done for the security of an incident. Permission and common guards are asked once here; each subject has its
 *  own file. What is kept as evidence outlives the incident: only declaring needs it open. */
import { guardDates, recorded } from "../incidents/acting.ts";
import { refuseEnded } from "../incidents/ended.ts";
import type { IncidentEvent, IncidentFact } from "../incidents/events.ts";
import type { IncidentState } from "../incidents/state.ts";
import { declareThreat, reopenThreat } from "../incidents/threat.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import type { SecurityCommandName } from "../kernel/security-words.ts";
import type { Envelope } from "../kernel/stamp.ts";
import type { SecurityCommand, SecurityInputs } from "./commands.ts";
import { approveDisclosure, prepareDisclosure, withdrawDisclosure } from "./disclosing.ts";
import { decideEvidence, isAboutEvidence } from "./evidence.ts";
import { grant } from "./permission.ts";
import { addObservables, changeObservable } from "./seen.ts";
import { refuseLooser } from "./tlp.ts";

export function decideSecurity(
  state: IncidentState,
  command: SecurityCommand,
  envelope: Envelope,
): readonly IncidentFact[] | Refusal {
  const { name } = command;
  const granted = grant(state, name, envelope.actor, envelope.derogation !== undefined);
  if (isRefusal(granted)) return granted;
  return recorded(state, { name, envelope }, granted, () => {
    const guarded = guardDates(envelope) ?? guardReason(name, envelope);
    return guarded ?? eventsOf(state, command, envelope);
  });
}

function eventsOf(state: IncidentState, command: SecurityCommand, envelope: Envelope): IncidentEvent[] | Refusal {
  if (isAboutEvidence(command)) return decideEvidence(state, command, envelope);
  switch (command.name) {
    case "declare-contained":
      return whileOpen(state, declareThreat(state, "contained", command.input.text));
    case "declare-eradicated":
      return whileOpen(state, declareThreat(state, "eradicated", command.input.text));
    case "withdraw-contained":
      return whileOpen(state, reopenThreat(state, "contained"));
    case "withdraw-eradicated":
      return whileOpen(state, reopenThreat(state, "eradicated"));
    case "add-observables":
      return addObservables(state, command.input, envelope);
    case "change-observable":
      return changeObservable(state, command.input, envelope);
    case "add-note":
      return note(state, command.input);
    case "prepare-disclosure":
      return prepareDisclosure(state, command.input);
    case "approve-disclosure":
      return approveDisclosure(state, command.input, envelope.actor);
    case "withdraw-disclosure":
      return withdrawDisclosure(state, command.input);
  }
}

/** What changes something that others may have relied upon. */
const reasoned: ReadonlySet<SecurityCommandName> = new Set([
  "withdraw-contained",
  "withdraw-eradicated",
  "hand-over-evidence",
  "keep-evidence",
  "hold-evidence",
  "release-evidence",
  "withdraw-disclosure",
]);

const guardReason = (name: SecurityCommandName, { reason }: Envelope): Refusal | null =>
  reasoned.has(name) && !reason?.trim() ? refuse("reason-required", { command: name }) : null;

const whileOpen = (state: IncidentState, events: IncidentEvent[] | Refusal): IncidentEvent[] | Refusal =>
  refuseEnded(state) ?? events;

function note(state: IncidentState, { text, tlp = null }: SecurityInputs["add-note"]): IncidentEvent[] | Refusal {
  const looser = refuseLooser(state, tlp);
  return looser ?? [{ type: "observation.noted", data: { text, ...(tlp && { tlp }) } }];
}
