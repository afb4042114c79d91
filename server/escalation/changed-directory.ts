/** The directory as a change that nobody has saved yet would make it. */
import type { z } from "zod";
import type * as contract from "../../contract/reach.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { Policy } from "../../core/escalation/policy.ts";
import { scheduleOf, spanOf } from "../../core/oncall/definition.ts";
import { type PlaceDays, placesOf } from "../../core/oncall/holidays.ts";
import { withStandIns } from "../../core/oncall/schedule.ts";
import { refused } from "../platform/problems.ts";
import { holidaysOf, refuseUnknownPlaces, yearsAround } from "../platform/public-holidays.ts";

export type Change = z.output<typeof contract.replayPages.body>["change"];

/** With the holidays of the places that it names, around now. */
export async function changedBy(directory: Directory, change: Change, now: number): Promise<Directory> {
  const places = placesOf(change.schedule?.layers ?? []);
  await refuseUnknownPlaces(places);
  return changedWith(directory, change, await holidaysOf(places, yearsAround(now)));
}

function changedWith(
  directory: Directory,
  { schedule, policy, service, override, absence }: Change,
  holidays: readonly PlaceDays[],
): Directory {
  const schedules = new Map(directory.schedules);
  const policies = new Map(directory.policies);
  let { defaultPolicyId } = directory;
  if (schedule) {
    const known = schedules.get(schedule.id);
    if (!known) throw refused("schedule-unknown", { schedule: schedule.id });
    const layers = schedule.layers.map((layer, index) => ({ ...layer, id: layer.id ?? `new-${index}` }));
    const { layers: read } = scheduleOf({ layers, overrides: [], declaredGaps: [], holidays });
    const changed = { ...known, layers: read, declaredGaps: schedule.declaredGaps.map(spanOf) };
    schedules.set(known.id, changed);
  }
  if (override) {
    const known = schedules.get(override.schedule);
    if (!known) throw refused("schedule-unknown", { schedule: override.schedule });
    const put = { id: "unsaved", personId: personIn(directory, override.person), madeAt: Number.MAX_SAFE_INTEGER };
    schedules.set(known.id, { ...known, overrides: [...known.overrides, { ...put, ...spanOf(override) }] });
  }
  /* Others have it in their place for a time. */
  if (schedule || override) for (const one of withStandIns([...schedules.values()])) schedules.set(one.id, one);
  if (policy) {
    const known = policy.id === undefined ? unsaved : policies.get(policy.id);
    if (!known) throw refused("policy-unknown", { policy: policy.id ?? "" });
    const { steps, repeat = known.repeat, zone = known.zone, actWithinMinutes = known.actWithinMinutes } = policy;
    policies.set(known.id, { ...known, steps, repeat, zone, actWithinMinutes });
    if (policy.default) defaultPolicyId = known.id;
    else if (policy.default === false && defaultPolicyId === known.id) defaultPolicyId = null;
  }
  const away = absence ? [{ personId: personIn(directory, absence.person), ...spanOf(absence) }] : [];
  const absences = [...directory.absences, ...away];
  return { ...directory, schedules, policies, defaultPolicyId, absences, services: servicesWith(directory, service) };
}

function personIn({ people }: Directory, person: string): string {
  if (!people.has(person)) throw refused("person-unknown", { person });
  return person;
}

/** A policy that somebody writes and that is not there yet. */
const unsaved: Policy = { id: "unsaved", name: "", steps: [], repeat: 0 };

function servicesWith({ services, policies }: Directory, moved: Change["service"]): Directory["services"] {
  if (!moved) return services;
  const known = services.get(moved.id);
  if (!known) throw refused("service-unknown", { service: moved.id });
  if (moved.policy !== null && !policies.has(moved.policy)) throw refused("policy-unknown", { policy: moved.policy });
  return new Map(services).set(known.id, { ...known, policyId: moved.policy });
}
