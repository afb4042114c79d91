/** Of an act above somebody's level: who had been called and had not answered, so that whoever reviews it need not take their word. */
import { calledPeople } from "../escalation/called.ts";
import { allCalls, hasAccepted } from "../escalation/paging-state.ts";
import type { Envelope, Silent } from "../kernel/stamp.ts";
import type { Directory } from "./directory.ts";
import type { Case } from "./draft.ts";

/** Nobody else's call that failed or never left counts: they could not have answered. */
export function silentOf({ paging, incident }: Pick<Case, "paging" | "incident">, { people }: Directory): Silent[] {
  const silent = new Map<string, Silent>();
  for (const calls of allCalls(paging))
    for (const { personId, status, requestedAt } of calledPeople(calls.pages)) {
      const person = people.get(personId);
      const answers = hasAccepted(calls, personId) || incident.acceptedBy?.id === personId;
      if (person === undefined || status !== "sent" || answers) continue;
      const since = Math.min(requestedAt, silent.get(personId)?.since ?? requestedAt);
      silent.set(personId, { name: person.name, level: person.level, since });
    }
  return [...silent.values()].toSorted((a, b) => a.since - b.since);
}

export const withSilent = (envelope: Envelope, on: Case, directory: Directory): Envelope =>
  envelope.derogation === undefined
    ? envelope
    : { ...envelope, derogation: { ...envelope.derogation, called: silentOf(on, directory) } };
