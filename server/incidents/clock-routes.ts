/** The clocks of an incident over HTTP, at the instant at which they are asked for. */
import * as contract from "../../contract/clocks.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { aroundOf, clockRulesOf, pinnedBy } from "../../core/desk/pinned.ts";
import type { PagingState } from "../../core/escalation/paging-state.ts";
import { type Clock, clocksOf, pausableRuns } from "../../core/incidents/clocks.ts";
import { asideNow, proposedEscalation } from "../../core/incidents/escalation-proposals.ts";
import { untoldOf } from "../../core/incidents/notices.ts";
import { leftOf } from "../../core/incidents/pausing.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { isoOrNull, minuteMs, toIso } from "../../core/kernel/time.ts";
import type { Instant, Language } from "../../core/kernel/vocabulary.ts";
import type { Serve } from "../platform/http.ts";
import { find, type IncidentsKnown, readingOf } from "./routes.ts";

export function clockRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(contract.readIncidentClocks, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    const { directory, language } = readingOf(known, request);
    return clocksView(row.incident as IncidentState, directory, {
      language,
      at: known.clock.now(),
      paging: row.paging as PagingState,
    });
  });
}

type Asked = { readonly language: Language; readonly at: Instant; readonly paging: PagingState };

function clocksView(
  incident: IncidentState,
  directory: Directory,
  { language, at, paging }: Asked,
): contract.IncidentClocks {
  const rules = clockRulesOf(incident, directory);
  const { pauses, notices } = pinnedBy(incident, directory);
  const nameOf = (id: string): string => pauses.find((one) => one.id === id)?.words[language] ?? id;
  const calendarOf = (id: string) => {
    const found = directory.calendars.get(id);
    return { id, name: (language === "fr" ? found?.nameFr : found?.nameEn) ?? id };
  };
  const viewOf = (clock: Clock): contract.ClockView => ({
    ...clock,
    target: {
      ...clock.target,
      categories: [...clock.target.categories],
      calendar: clock.target.calendar === null ? null : calendarOf(clock.target.calendar),
    },
    startedAt: toIso(clock.startedAt),
    dueAt: isoOrNull(clock.dueAt),
    reachedAt: isoOrNull(clock.reachedAt),
    missedAt: isoOrNull(clock.missedAt),
    paused: clock.paused && {
      pause: clock.paused.why,
      name: [clock.paused.by?.name, nameOf(clock.paused.why)].filter(Boolean).join(" – "),
      from: toIso(clock.paused.from),
      until: toIso(clock.paused.until),
    },
    opensAt: isoOrNull(clock.opensAt),
    counts: clock.counts.map(({ from, until }) => ({ from: toIso(from), until: toIso(until) })),
  });
  const clocks = rules === null ? [] : clocksOf(incident, rules, at);
  const around = aroundOf(incident, paging, { directory, at });
  const aside = asideNow(incident, clocks, around);
  return {
    at: toIso(at),
    data: clocks.map(viewOf),
    escalate: proposedEscalation(incident, clocks, around),
    setAside: aside && {
      ...{ because: aside.because, clock: aside.clock, escalation: aside.escalation, gap: aside.gap },
      ...{ by: aside.by, at: toIso(aside.at), reason: aside.reason },
    },
    pauses: pauses.map((one) => ({
      id: one.id,
      name: one.words[language],
      leftMinutes: Math.floor(leftOf(incident, one) / minuteMs),
    })),
    untold: untoldOf(incident, notices).map(({ action, since, due }) => ({
      action,
      since: toIso(since),
      dueAt: toIso(due),
    })),
    pausable: rules !== null && pausableRuns(incident, rules),
  };
}
