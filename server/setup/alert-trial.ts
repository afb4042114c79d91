/** How far the latest alert of a source has come: received, sent to somebody, taken in charge. Seen from the record and from
 *  what was sent, so that a trial and a first real alert are the same proof. */
import type pg from "pg";
import type { Setup } from "../../contract/setup.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleEffects, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import { keepProof } from "./store.ts";

export type AlertKnown = {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly directory: () => Directory;
  readonly titleOf: (incident: IncidentState, language: Language) => string;
};

type Arrived = NonNullable<Setup["alert"]>;

/** Somebody who sets a desk up looks at what has just come in: older ones are no trial. */
const latestMax = 100;

export async function latestAlert({ db, directory, titleOf }: AlertKnown, viewer: Viewer): Promise<Arrived | null> {
  const latest = await visibleIncidents(db, viewer)
    .select(["incidents.id", "incidents.number", "incidents.incident"])
    .orderBy("incidents.reported_at", "desc")
    .orderBy("incidents.id", "desc")
    .limit(latestMax)
    .execute();
  for (const row of latest) {
    const incident = row.incident as IncidentState;
    const { origin } = incident;
    if (origin?.kind !== "integration") continue;
    const pages = await visibleEffects(db, viewer)
      .select(["outbox.person_id", "outbox.status", "outbox.done_at"])
      .where("outbox.incident_id", "=", row.id)
      .where("outbox.kind", "=", "page")
      .orderBy("outbox.id")
      .execute();
    const sent = pages.filter((one) => one.status === "sent");
    const people = [...new Set(sent.map((one) => one.person_id))].flatMap((id) => {
      const person = directory().people.get(id ?? "");
      return person ? [{ id: person.id, name: person.name }] : [];
    });
    const { reported, accepted } = incident.milestones;
    return {
      incident: row.id,
      number: row.number,
      title: titleOf(incident, viewer.person.language),
      source: directory().integrations.get(origin.integrationId)?.name ?? null,
      receivedAt: toIso(reported ?? incident.updatedAt),
      sentTo: people,
      sentAt: sent[0]?.done_at ? toIso(sent[0].done_at) : null,
      takenAt: accepted === undefined ? null : toIso(accepted),
      takenBy: incident.acceptedBy?.name ?? null,
    };
  }
  return null;
}

/** Kept once all of it was seen; anything less proves nothing. */
export async function proveByAlert(known: AlertKnown, viewer: Viewer): Promise<void> {
  const alert = await latestAlert(known, viewer);
  if (!alert?.takenAt || !alert.sentAt) return;
  await keepProof(known.pool, {
    id: "alert",
    at: Date.parse(alert.takenAt),
    personId: viewer.person.id,
    facts: { number: alert.number, source: alert.source ?? "" },
  });
}
