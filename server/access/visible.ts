/** The one door through which incidents, alerts and entries are read for somebody. For now it admits all; restricted
 *  incidents will be refused here and nowhere else. A test refuses any query that goes round it. */
import type { Db } from "../platform/database.ts";
import type { Viewer } from "./viewer.ts";

type Reader = Pick<Viewer, "actor"> | { readonly actor: null };

export function visibleIncidents(db: Db, _viewer: Reader) {
  return db.selectFrom("incidents");
}

export function visibleAlerts(db: Db, viewer: Reader) {
  return db
    .selectFrom("alerts")
    .where("alerts.incident_id", "in", (inner) =>
      inner.selectFrom(visibleIds(db, viewer).as("seen")).select("seen.id"),
    );
}

function visibleIds(db: Db, viewer: Reader) {
  return visibleIncidents(db, viewer).select("incidents.id");
}

/** Entries of one incident's record, for whoever may see that incident: ask `visibleIncidents` for it first. */
export function entriesOf(db: Db, incidentId: string) {
  return db.selectFrom("events").where("stream", "=", `incident/${incidentId}`);
}
