/** What being restricted causes: by the rule of a category, who is told when the glass is broken, and when that is over. */
import { belowLevel, can } from "../access/can.ts";
import { type ResponsibilityProfile, sfia8 } from "../directory/responsibility.ts";
import type { Person } from "../directory/types.ts";
import type { PartyNamed } from "../incidents/commands.ts";
import { accessFacts } from "../incidents/decide.ts";
import type { IncidentFact } from "../incidents/events.ts";
import {
  breakGlass,
  isRestricted,
  lapsedAccess,
  nextLapse,
  type Party,
  restrictedBy,
} from "../incidents/restricting.ts";
import type { IncidentState } from "../incidents/state.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import { admits } from "./admitting.ts";
import type { CommandBody } from "./completing.ts";
import type { Directory } from "./directory.ts";
import { appendCaused, type Case, dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { accessTimerKey } from "./effects.ts";
import { tell } from "./telling.ts";

export const restrictingReactions: ReactionTable = {
  "incident.categorised": [restrictByRule],
  "access.forced": [tellForced, expectLapse],
  "access.revoked": [expectLapse],
};

const named = (person: Person): Party => ({ kind: "person", id: person.id, name: person.name });

/** Whoever keeps the service, and whoever reported it: they know of it already, or answer for it. */
export function knowing({ people, services }: Directory, { service, origin }: IncidentState): Party[] {
  const owner = services.get(service ?? "")?.ownerId ?? "";
  const reporter = origin?.kind === "person" ? origin.personId : "";
  return [reporter, owner].flatMap((id) => people.get(id) ?? []).map(named);
}

/** Whoever says that it is of this kind stays in. */
function restrictByRule(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const { processes = [] } = dataOf(reacting, "incident.categorised");
  const seen = on.incident.restriction?.seen ?? [];
  const asks = processes.find(({ category, restricted }) => restricted && !seen.includes(category));
  if (asks === undefined || isRestricted(on.incident)) return;
  const { actor } = fact.stamp;
  const by = actor.kind === "person" ? draft.directory.people.get(actor.id ?? "") : undefined;
  const members = [...(by ? [named(by)] : []), ...knowing(draft.directory, on.incident)];
  appendCaused(reacting, [restrictedBy(asks.category, members)]);
}

/** The one it names, as a member. */
export function withParty({ people, teams, functions, language }: Directory, input: PartyNamed): object {
  const { to: _, ...given } = input;
  const person = people.get(input.person ?? "");
  const team = teams.get(input.team ?? "");
  const duty = functions.get(input.function ?? "");
  const all: Party[] = [
    ...(person ? [named(person)] : []),
    ...(team ? [{ kind: "team" as const, id: team.id, name: team.name }] : []),
    ...(duty ? [{ kind: "function" as const, id: duty.id, name: language === "fr" ? duty.nameFr : duty.nameEn }] : []),
  ];
  return all.length === 1 ? { ...given, to: all[0] } : given;
}

/** What is told to somebody whom it does not admit would tell them of it. */
export function refuseUnadmitted(directory: Directory, incident: IncidentState, { name, input }: CommandBody) {
  if (name !== "advise-persons" || !isRestricted(incident)) return null;
  const outside = input.persons
    .map((id) => directory.people.get(id))
    .find((one) => one && !admits(directory, incident, one));
  return outside ? refuse("not-admitted", { name: outside.name }) : null;
}

/** Only with the level for it, and only where it is needed. */
export function forcedAccess(
  { incident }: Case,
  envelope: Envelope,
  profile: ResponsibilityProfile = sfia8,
): readonly IncidentFact[] | Refusal {
  const { actor } = envelope;
  const refused = whyNotBreakGlass(actor.level, profile);
  if (refused) return refused;
  if (!isRefusal(can("add-observation", actor, accessFacts(incident)))) return refuse("glass-not-needed");
  const decided = breakGlass(incident, envelope);
  return isRefusal(decided) ? decided : stampAll(decided, stampOf(envelope, null, true));
}

export function whyNotBreakGlass(level: number | null, { breaksGlassFrom: needed }: ResponsibilityProfile = sfia8) {
  const command = "break-glass";
  return level !== null && level >= needed ? null : belowLevel(command, needed, level, true);
}

function tellForced(reacting: Reacting): void {
  const { draft, on, fact, seq } = reacting;
  const { personId, name } = dataOf(reacting, "access.forced");
  for (const person of draft.directory.people.values())
    if (person.active && person.id !== personId && admits(draft.directory, on.incident, person))
      tell(reacting, person.id, "access-forced", String(seq), { by: name, quote: fact.stamp.reason ?? "" });
}

function expectLapse({ draft, on }: Reacting): void {
  const dueAt = nextLapse(on.incident);
  const key = accessTimerKey(on.id);
  if (dueAt === null) draft.effects.push({ kind: "cancel-timer", key });
  else draft.effects.push({ kind: "set-timer", key, timer: { kind: "access", incidentId: on.id }, dueAt });
}

export function lapseAccess(reacting: Reacting): void {
  const lapsed = lapsedAccess(reacting.on.incident, reacting.draft.at);
  if (lapsed.length > 0) appendCaused(reacting, lapsed);
}
