/** The one door through which incidents, alerts, entries, what is sent about them and the live stream are read for somebody. For now it admits all; restricted
 *  incidents will be refused here and nowhere else. A test refuses any query that goes round it. */
import { sql } from "kysely";
import type { Db } from "../platform/database.ts";
import type { Viewer } from "./viewer.ts";

type Reader = Pick<Viewer, "actor"> | { readonly actor: null };

export function visibleIncidents(db: Db, _viewer: Reader) {
  return db.selectFrom("incidents");
}

/** One that waits has no incident yet, and hides with none. Joined rather than asked for each: a page of a long list then looks up
 *  no more incidents than it shows. */
export function visibleAlerts(db: Db, viewer: Reader) {
  return db
    .selectFrom("alerts")
    .leftJoin(
      visibleIncidents(db, viewer).select("incidents.id as admitted_id").as("admitted"),
      "admitted.admitted_id",
      "alerts.incident_id",
    )
    .where((where) =>
      where.or([where("alerts.incident_id", "is", null), where("admitted.admitted_id", "is not", null)]),
    );
}

function visibleIds(db: Db, viewer: Reader) {
  return visibleIncidents(db, viewer).select("incidents.id");
}

/** Entries of one incident's record: none where the incident itself may not be seen. */
export function visibleEntries(db: Db, viewer: Reader, incidentId: string) {
  const seen = visibleIncidents(db, viewer).select("incidents.id").where("incidents.id", "=", incidentId);
  return db
    .selectFrom("events")
    .where("stream", "=", `incident/${incidentId}`)
    .where((where) => where.exists(seen));
}

/** Entries of the records of several incidents, beside their ids. */
export function visibleEntriesOf(db: Db, viewer: Reader, incidentIds: readonly string[]) {
  return visibleIncidents(db, viewer)
    .where("incidents.id", "in", incidentIds)
    .innerJoin("events", (on) => on.on("events.stream", "=", sql<string>`'incident/' || incidents.id`));
}

/** What is to be sent, with the number of its incident: nothing that is about an incident one may not see. */
export function visibleEffects(db: Db, viewer: Reader) {
  const seen = visibleIncidents(db, viewer).select(["incidents.id", "incidents.number"]).as("seen");
  return db
    .selectFrom("outbox")
    .leftJoin(seen, "seen.id", "outbox.incident_id")
    .where((where) => where.or([where("outbox.incident_id", "is", null), where("seen.id", "is not", null)]));
}

/** Whose changes are told in the live stream: that something happened to an incident is already something about it. */
export function mayHear(_viewer: Reader): (stream: string) => boolean {
  return () => true;
}

/** What people reported, for whoever may see the incident it became. */
export function visibleReports(db: Db, viewer: Reader) {
  return db
    .selectFrom("reports")
    .where("reports.incident_id", "in", (inner) =>
      inner.selectFrom(visibleIds(db, viewer).as("seen")).select("seen.id"),
    );
}

/** Files of one incident that are wholly there, for whoever may see that incident: ask `visibleIncidents` for it first. */
export function attachmentsOf(db: Db, incidentId: string) {
  return db.selectFrom("attachments").where("incident_id", "=", incidentId).where("kept_at", "is not", null);
}

/** Words to search, with ids and nothing to show: whatever is found here is joined with `visibleIncidents`. */
export function searchWords(db: Db) {
  return db.selectFrom("incident_search");
}
