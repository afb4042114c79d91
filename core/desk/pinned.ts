/** What the pinned categories of an incident ask together, as its directory has them, and the calendars by which it is counted. */
import type { PagingState } from "../escalation/paging-state.ts";
import type { ClockRules, ClockTarget } from "../incidents/clocks.ts";
import { demandsIn } from "../incidents/demands.ts";
import { type EffectiveProcess, effectiveProcess } from "../incidents/effective-process.ts";
import { type Around, silentEscalations } from "../incidents/escalation-proposals.ts";
import type { IncidentState } from "../incidents/state.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { officeCalendar } from "../oncall/business-calendar.ts";
import type { Directory } from "./directory.ts";

const nothing: EffectiveProcess = effectiveProcess([]);

/** Of versions that never change: worked out once for each set of them. */
const known = new WeakMap<Directory["processes"], Map<string, EffectiveProcess>>();

export function pinnedBy(
  incident: Pick<IncidentState, "demands">,
  { processes }: Pick<Directory, "processes">,
): EffectiveProcess {
  const { pinned } = demandsIn(incident);
  if (pinned.length === 0) return nothing;
  const of = known.get(processes) ?? new Map<string, EffectiveProcess>();
  known.set(processes, of);
  const key = pinned.join(" ");
  const found =
    of.get(key) ?? effectiveProcess(pinned.map((name) => processes.get(name)).filter((one) => one !== undefined));
  of.set(key, found);
  return found;
}

/** Null when nothing is asked of it in time. */
export function clockRulesOf(
  incident: Pick<IncidentState, "demands" | "service">,
  directory: Pick<Directory, "processes" | "calendars" | "services">,
): ClockRules | null {
  const { targets } = pinnedBy(incident, directory);
  if (targets.length === 0) return null;
  const own = directory.services.get(incident.service ?? "")?.calendarId ?? officeCalendar;
  const counted = targets.map(
    ({ kind, priority, minutes, categories, openHours, calendar }): ClockTarget => ({
      kind,
      priority,
      minutes,
      categories,
      calendar: openHours ? (calendar ?? own) : null,
    }),
  );
  const wanted = new Set([officeCalendar, ...counted.flatMap((one) => one.calendar ?? [])]);
  return { targets: counted, calendars: [...directory.calendars.values()].filter(({ id }) => wanted.has(id)) };
}

/** What proposing to escalate looks at beside the incident. */
export const aroundOf = (
  incident: Pick<IncidentState, "service" | "escalations">,
  paging: PagingState,
  { directory, at }: { readonly directory: Pick<Directory, "services">; readonly at: Instant },
): Around => ({
  owned: (directory.services.get(incident.service ?? "")?.ownerId ?? null) !== null,
  silent: silentEscalations(incident, paging, at),
});
