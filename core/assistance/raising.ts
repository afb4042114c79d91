/** Who decides about a request that nobody took: the coordinator of its incident; for one that belongs to none, whoever of
 *  level 4 or more is on call, or all of them. */
import type { Roster } from "../escalation/policy.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { onCallAt } from "../oncall/schedule.ts";
import type { RaisedTo, Somebody } from "./events.ts";
import { overseesFrom } from "./permission.ts";

export type Deciders = { readonly to: RaisedTo; readonly people: readonly Somebody[] };

export function decidersOf(roster: Roster, coordinator: Somebody | null, at: Instant): Deciders {
  if (coordinator !== null && roster.people.get(coordinator.id)?.active)
    return { to: "coordinator", people: [coordinator] };
  const overseers = [...roster.people.values()].filter(({ active, level }) => active && (level ?? 0) >= overseesFrom);
  const onCall = new Set(
    [...roster.schedules.values()].map((schedule) => onCallAt(schedule, roster.absences, at)?.held.personId),
  );
  const now = overseers.filter(({ id }) => onCall.has(id));
  const found = now.length > 0 ? now : overseers;
  const people = found.length > 0 ? found : roster.administrators.flatMap((id) => roster.people.get(id) ?? []);
  return { to: "level-four", people: people.map(({ id, name }) => ({ id, name })) };
}
