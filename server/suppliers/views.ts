/** What suppliers were asked, as it is shown: with their clocks at the instant at which they are asked for. */
import type * as contract from "../../contract/suppliers.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { engagementKnown } from "../../core/desk/engaging.ts";
import { isBarred, openContributions } from "../../core/incidents/contributing.ts";
import {
  type EngagementClock,
  type EngagementKnown,
  engagementClocks,
  nextContact,
} from "../../core/incidents/engagement-clocks.ts";
import { type Engagement, isOpenEngagement } from "../../core/incidents/engagement-state.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { isoOrNull, toIso } from "../../core/kernel/time.ts";
import type { Instant, Language } from "../../core/kernel/vocabulary.ts";

export type Reading = { readonly directory: Directory; readonly language: Language; readonly at: Instant };

type Own = Omit<contract.EngagementView, "next" | "calls">;

/** An incident that is over stops their clocks with it. */
export function ownView(incident: IncidentState, one: Engagement, reading: Reading): Own {
  const known = engagementKnown(incident, one, reading.directory);
  const { number, supplier, name, kind, language, contract: reference, text, by, status, ticket, told } = one;
  return {
    ...{ number, supplier, name, kind, language, contract: reference, text, by, status, ticket },
    at: toIso(one.at),
    answeredAt: isoOrNull(one.answeredAt ?? null),
    restoredAt: isoOrNull(one.restoredAt ?? null),
    endedAt: isoOrNull(one.endedAt ?? null),
    told: told ? { ...told, at: toIso(told.at) } : null,
    clocks: engagementClocks(one, known, reading.at).map((clock) => clockView(clock, reading)),
  };
}

function clockView(clock: EngagementClock, { directory, language }: Reading): Own["clocks"][number] {
  const { calendar: id, elapsedMs: _, dueAt, reachedAt, ...same } = clock;
  const found = directory.calendars.get(id ?? "");
  const calendar = id === null ? null : { id, name: (language === "fr" ? found?.nameFr : found?.nameEn) ?? id };
  return { ...same, calendar, dueAt: isoOrNull(dueAt), reachedAt: isoOrNull(reachedAt) };
}

export function engagementView(incident: IncidentState, one: Engagement, reading: Reading): contract.EngagementView {
  const known = engagementKnown(incident, one, reading.directory);
  return {
    ...ownView(incident, one, reading),
    calls: one.calls.map((call) => ({ ...call, at: toIso(call.at), barred: isHeldBack(incident, one, call.contact) })),
    next: incident.ended === null && isOpenEngagement(one) ? nextView(one, known) : null,
  };
}

const isHeldBack = (incident: IncidentState, { number }: Engagement, contact: string): boolean =>
  openContributions(incident).some(
    (one) => one.engagement === number && one.kind === "ticket" && one.to.name === contact && isBarred(incident, one),
  );

function nextView(one: Engagement, { contacts }: EngagementKnown): contract.EngagementView["next"] {
  const next = nextContact(one, contacts);
  if (next === null) return null;
  const { name, role, email, phone } = next.contact;
  const proposed = one.proposed?.order === next.order ? one.proposed.because : null;
  return { order: next.order, name, role, email, phone, proposed };
}
