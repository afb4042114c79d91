/** What somebody is called for besides the incident itself: an escalation, or a team that was activated. */
import type { PagingState } from "../escalation/paging-state.ts";
import type { Language } from "../kernel/vocabulary.ts";
import { askedOf, type Escalation } from "./escalations.ts";
import type { IncidentState } from "./state.ts";
import { type Activation, askedOfTeam } from "./teams.ts";

export type AskedApart = {
  /** Of its calls. */
  readonly number: number;
  readonly kind: Escalation["kind"] | "team";
  readonly by: string | null;
  readonly expected: string;
  readonly command:
    | { readonly name: "acknowledge-escalation"; readonly input: { readonly escalation: number } }
    | { readonly name: "join-team"; readonly input: { readonly activation: number } };
};

export const ofEscalation = ({ number, kind, by, expected }: Escalation): AskedApart => ({
  ...{ number, kind, by, expected },
  command: { name: "acknowledge-escalation", input: { escalation: number } },
});

/** A machine that activated it is nobody by name. */
export const ofTeam = ({ number, name, by, charter }: Activation, language: Language): AskedApart => ({
  ...{ number, kind: "team", by: by.id === null ? null : by.name, expected: `${name} – ${charter.mandate[language]}` },
  command: { name: "join-team", input: { activation: number } },
});

/** What an answer to it does. Somebody who cannot come to a team says so of the team; who declines an escalation, of whatever of this
 *  incident calls them. */
export function answerTo({ kind, number, command }: AskedApart, act: "accept" | "decline") {
  if (act === "accept") return command;
  if (kind === "team") return { name: "leave-team", input: { activation: number } } as const;
  return { name: act, input: {} } as const;
}

/** The newest that nobody has answered, or that they have not joined. */
export function askedApart(
  state: IncidentState,
  paging: PagingState,
  { id, language }: { readonly id: string; readonly language: Language },
): AskedApart | undefined {
  const escalation = askedOf(state, paging, id);
  const team = askedOfTeam(state, paging, id);
  if (team && team.number > (escalation?.number ?? 0)) return ofTeam(team, language);
  return escalation && ofEscalation(escalation);
}

/** By which of its calls somebody was reached. */
export function askedByNumber(
  { escalations = [], activations = [] }: IncidentState,
  number: number | undefined,
  language: Language,
): AskedApart | null {
  const team = activations.find((one) => one.number === number);
  if (team) return ofTeam(team, language);
  const escalation = escalations.find((one) => one.number === number);
  return escalation ? ofEscalation(escalation) : null;
}
