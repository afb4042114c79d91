/** Whom a restricted incident admits, as the API shows it to them. */
import type { IncidentView } from "../../contract/shapes.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { admissionOf } from "../../core/incidents/restricting.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";

type Shown = NonNullable<IncidentView["restriction"]>;

export function restrictionOf(
  incident: IncidentState,
  directory: Directory,
  language: Language,
): IncidentView["restriction"] {
  const { restriction } = incident;
  if (restriction === undefined || restriction.since === null) return null;
  const { since, by, reason, category, members } = restriction;
  const named = members.map(({ until = null, at, ...one }): Shown["members"][number] => ({
    ...one,
    because: "named",
    at: toIso(at),
    until: until === null ? null : toIso(until),
  }));
  const others = admissionOf(incident)
    .admitted.filter((id) => !members.some((one) => one.id === id))
    .flatMap((id) => partyOf(id, directory, language));
  return { since: toIso(since), by, reason, category, members: [...named, ...others] };
}

/** By what they hold of it, or were called for. */
function partyOf(id: string, directory: Directory, language: Language): Shown["members"] {
  const work = { because: "work", by: null, at: null, reason: null, until: null } as const;
  const person = directory.people.get(id);
  if (person) return [{ kind: "person", id, name: person.name, ...work }];
  const team = directory.teams.get(id);
  if (team) return [{ kind: "team", id, name: team.name, ...work }];
  const duty = directory.functions.get(id);
  return duty ? [{ kind: "function", id, name: language === "fr" ? duty.nameFr : duty.nameEn, ...work }] : [];
}
