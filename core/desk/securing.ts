/** What is done for the security of an incident: the desk finds whom it names, and says that it is theirs to receive. */

import { isRestricted } from "../incidents/restricting.ts";
import type { EvidenceItem } from "../incidents/security-state.ts";
import type { IncidentState } from "../incidents/state.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import type { SecurityCommand } from "../security/commands.ts";
import { decideSecurity } from "../security/decide.ts";
import { grant } from "../security/permission.ts";
import { effectiveTlp } from "../security/tlp.ts";
import { admits } from "./admitting.ts";
import { withSilent } from "./derogating.ts";
import { append, type Case, caseOf, type Draft, dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { tellSoon } from "./telling.ts";

export type SecureInput = {
  readonly incidentId: string;
  readonly command: SecurityCommand;
  readonly envelope: Envelope;
};

type Outcome = { readonly kind: "incident"; readonly incidentId: string };

export function secure(draft: Draft, { incidentId, command, envelope }: SecureInput): Outcome | Refusal {
  const on = caseOf(draft, incidentId);
  /* Before anything is said of whom it names. */
  const granted = grant(on.incident, command.name, envelope.actor, envelope.derogation !== undefined);
  if (isRefusal(granted)) return granted;
  const known = withReceiver(draft, on, command);
  if (isRefusal(known)) return known;
  const decided = decideSecurity(on.incident, known, withSilent(envelope, on, draft.directory));
  if (isRefusal(decided)) return decided;
  append(draft, on, decided);
  return { kind: "incident", incidentId };
}

/** Whoever is to receive it has to be able to open it. */
function withReceiver({ directory }: Draft, { incident }: Case, command: SecurityCommand): SecurityCommand | Refusal {
  if (command.name !== "hand-over-evidence" || command.input.person === undefined) return command;
  const person = directory.people.get(command.input.person);
  if (!person) return refuse("person-unknown", { person: command.input.person });
  if (!person.active) return refuse("person-inactive", { person: person.id });
  if (isRestricted(incident) && !admits(directory, incident, person))
    return refuse("not-admitted", { name: person.name });
  return { ...command, input: { ...command.input, to: { id: person.id, name: person.name } } };
}

export const securingReactions: ReactionTable = { "evidence.handed-over": [tellReceiver] };

function tellReceiver(reacting: Reacting): void {
  const { on, fact, seq } = reacting;
  const { number, to } = dataOf(reacting, "evidence.handed-over");
  const item = on.incident.security?.evidence.find((one) => one.number === number);
  const { actor } = fact.stamp;
  if (!item || to.id === null || to.id === actor.id) return;
  tellSoon(reacting, to.id, "evidence-handed", String(seq), { by: actor.name, quote: saidOf(item, on.incident) });
}

/** What is marked red is named by its number alone: what is sent leaves the desk. */
export const saidOf = (
  { number, description, tlp }: Pick<EvidenceItem, "number" | "description" | "tlp">,
  incident: Pick<IncidentState, "tlp">,
): string => (effectiveTlp(tlp, incident.tlp ?? null) === "red" ? `E-${number}` : `E-${number}. ${description}`);
