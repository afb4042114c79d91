/** What the desk adds to a command before it is decided: the decider of one incident knows no other, and no directory. */

import type { IncidentCommandName } from "../directory/responsibility.ts";
import { briefOf } from "../incidents/brief.ts";
import { clocksOf } from "../incidents/clocks.ts";
import type { CommandInputs, MergeTarget } from "../incidents/commands.ts";
import { standingProposal } from "../incidents/escalation-proposals.ts";
import { withMajor, withoutMajor } from "../incidents/major.ts";
import { isRestricted } from "../incidents/restricting.ts";
import type { IncidentState } from "../incidents/state.ts";
import { calledBy } from "../incidents/teams.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import { charterOf } from "./activating.ts";
import { pausesFor } from "./clocks.ts";
import { type Directory, processesFor } from "./directory.ts";
import { type Case, caseOf, type Draft } from "./draft.ts";
import { leastImpact } from "./impacting.ts";
import { roomForTasks } from "./merging.ts";
import { dutiesNow, fieldsAsked, withBound } from "./obligations.ts";
import { aroundOf, clockRulesOf } from "./pinned.ts";
import { knowing, withParty } from "./restricting.ts";

export type CommandBody = {
  [Name in IncidentCommandName]: {
    readonly name: Name;
    readonly input: Name extends "merge" ? { readonly into: string } : CommandInputs[Name];
  };
}[IncidentCommandName];

export function completed(draft: Draft, on: Case, { name, input }: CommandBody, actor: Pick<Actor, "id">): object {
  switch (name) {
    case "merge":
      return { into: mergeTarget(on, caseOf(draft, input.into)) };
    case "categorise":
      return { ...input, processes: processesFor(draft.directory, input.categories) };
    case "set-impact-urgency":
      return { ...input, floor: leastImpact(draft.directory, on.incident) };
    case "declare-major":
      return { processes: processesFor(draft.directory, withMajor(on.incident.categories)) };
    case "stand-down-major":
      return { processes: processesFor(draft.directory, withoutMajor(on.incident.categories)) };
    case "restrict":
      return { also: knowing(draft.directory, on.incident) };
    case "grant-access":
    case "revoke-access":
      return withParty(draft.directory, input);
    case "pause-clock":
      return { ...input, ...pausesFor(draft, on) };
    case "set-aside-escalation":
      return { ...input, proposal: proposedNow(draft, on) };
    case "assess-obligation":
      return withBound(draft.directory, input);
    case "describe-obligation":
      return { ...input, asked: fieldsAsked(input.law) };
    case "activate-team": {
      const charter = charterOf(draft.directory, input.team);
      return { team: input.team, ...(charter && { charter }) };
    }
    case "join-team":
    case "leave-team":
      return { ...input, called: calledBy(on.incident, on.paging, actor.id) };
    case "link-known-error": {
      const { known: _, ...asked } = input;
      const found = draft.directory.knownErrors.get(input.knownError);
      const known = found && { nameFr: found.nameFr, nameEn: found.nameEn, retired: found.retired };
      return { ...asked, ...(known && { known }) };
    }
    case "confirm-criterion":
    case "close":
      return { ...input, duties: dutiesNow(on.incident, draft) };
    case "confirm-restored":
      return { ...input, owns: ownsService(draft.directory, on.incident, actor.id) };
    case "accept-coordination":
      return { brief: briefOf(on.incident, on.paging, draft.at, on.due ?? null) };
    case "offer-coordination":
    case "fill-role":
    case "add-task":
    case "assign-task":
    case "open-workstream":
    case "offer-workstream":
      return withPerson(draft.directory, input);
    default:
      return input;
  }
}

function proposedNow({ at, directory }: Draft, { incident, paging }: Case) {
  const rules = clockRulesOf(incident, directory);
  return standingProposal(
    incident,
    rules === null ? [] : clocksOf(incident, rules, at),
    aroundOf(incident, paging, { directory, at }),
  );
}

/** Whoever has left is given nothing to do. */
function withPerson({ people }: Directory, input: { readonly person?: string | undefined }): object {
  const found = people.get(input.person ?? "");
  const { to: _, ...given } = input as { readonly to?: unknown };
  return found ? { ...given, to: { id: found.id, name: found.name, level: found.level } } : given;
}

export function refuseInactive({ people }: Directory, { name, input }: CommandBody): Refusal | null {
  if (name === "advise-persons") {
    const gone = input.persons.find((id) => people.get(id)?.active === false);
    return gone === undefined ? null : refuse("person-inactive", { person: gone });
  }
  const person =
    (name === "assign" ||
      name === "grant-access" ||
      name === "offer-coordination" ||
      name === "fill-role" ||
      name === "add-task" ||
      name === "assign-task" ||
      name === "open-workstream" ||
      name === "offer-workstream" ||
      name === "split") &&
    input.person !== undefined
      ? people.get(input.person)
      : undefined;
  return person && !person.active ? refuse("person-inactive", { person: person.id }) : null;
}

/** Of the incident itself, or of one that is stated to be affected. */
export function ownsService(
  { services }: Directory,
  { service, impactSeen }: IncidentState,
  id: string | null,
): boolean {
  const concerned = [service, ...(impactSeen?.affected ?? []).map((one) => one.service)];
  return id !== null && concerned.some((one) => services.get(one ?? "")?.ownerId === id);
}

const mergeTarget = (from: Case, { id, incident }: Case): MergeTarget => ({
  ...{ id, number: incident.number, ended: incident.ended !== null, exercise: incident.exercise },
  ...{ restricted: isRestricted(incident), room: roomForTasks(from.incident, incident) },
});
