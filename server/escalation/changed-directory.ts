/** The directory as a change that nobody has saved yet would make it. */
import type { z } from "zod";
import type * as contract from "../../contract/reach.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { scheduleOf, spanOf } from "../../core/oncall/definition.ts";
import { refused } from "../platform/problems.ts";

export type Change = z.output<typeof contract.replayPages.body>["change"];

export function changedBy(directory: Directory, { schedule, policy }: Change): Directory {
  const schedules = new Map(directory.schedules);
  const policies = new Map(directory.policies);
  let { defaultPolicyId } = directory;
  if (schedule) {
    const known = schedules.get(schedule.id);
    if (!known) throw refused("schedule-unknown", { schedule: schedule.id });
    const layers = schedule.layers.map((layer, index) => ({ ...layer, id: layer.id ?? `new-${index}` }));
    const { layers: read } = scheduleOf({ layers, overrides: [], declaredGaps: [] });
    schedules.set(known.id, { ...known, layers: read, declaredGaps: schedule.declaredGaps.map(spanOf) });
  }
  if (policy) {
    const known = policies.get(policy.id);
    if (!known) throw refused("policy-unknown", { policy: policy.id });
    const { steps, repeat = known.repeat, zone = known.zone, actWithinMinutes = known.actWithinMinutes } = policy;
    policies.set(known.id, { ...known, steps, repeat, zone, actWithinMinutes });
    if (policy.default) defaultPolicyId = known.id;
    else if (policy.default === false && defaultPolicyId === known.id) defaultPolicyId = null;
  }
  return { ...directory, schedules, policies, defaultPolicyId };
}
