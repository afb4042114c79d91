/** The one door through which incidents, alerts, requests for assistance, entries, what is sent about them and the live stream are read for
 *  somebody. A restricted incident is there for those alone whom it admits, whatever their level: it is decided here, as
 *  `maySee` of core/access/restriction.ts has it, and nowhere else. A test refuses any query that goes round it. */
import { type SqlBool, sql } from "kysely";
import type pg from "pg";
import { maySee, partiesOf } from "../../core/access/restriction.ts";
import { linkEvents, otherIn } from "../../core/incidents/links.ts";
import type { Db } from "../platform/database.ts";
import type { Viewer } from "./viewer.ts";

type Client = Pick<pg.PoolClient, "query">;
export type Admitting = ReadonlyMap<string, readonly string[]>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isId = (text: string): boolean => uuid.test(text);

type Reader = Pick<Viewer, "actor"> | { readonly actor: null };

export function visibleIncidents(db: Db, { actor }: Reader) {
  const all = db.selectFrom("incidents");
  const open = sql<SqlBool>`not incidents.restricted`;
  if (actor === null) return all.where(open);
  return all.where((where) =>
    where.or([open, sql<SqlBool>`incidents.admitted && ${partiesOf(actor).filter(isId)}::uuid[]`]),
  );
}

/** As the desk itself knows it: to be let in by breaking the glass, and to write down who opened it. */
export function anyIncident(db: Db) {
  return db.selectFrom("incidents");
}

/** Of what is to be sent, or was, by id: what is about an incident that does not admit whoever it is for. What is for nobody by name
 *  is for a room that anybody may read. */
export async function unadmittedEffects(client: Client, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ id: number }>({
    name: "unadmitted-effects",
    text: `select o.id from outbox o
left join assistance_requests r on o.kind = 'assistance' and r.id = (o.payload ->> 'assistance')::uuid
join incidents i on i.id = coalesce(o.incident_id, r.incident_id)
where o.id = any($1::bigint[]) and i.restricted and not i.admitted && (array[o.person_id]
  || array(select team_id from team_members where person_id = o.person_id)
  || array(select function_id from function_members where person_id = o.person_id))`,
    values: [ids],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Requests for assistance that belong to no incident, or to one that may be seen. */
export function visibleRequests(db: Db, viewer: Reader) {
  return db
    .selectFrom("assistance_requests")
    .where((where) =>
      where.or([
        where("assistance_requests.incident_id", "is", null),
        where("assistance_requests.incident_id", "in", visibleIds(db, viewer)),
      ]),
    );
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
  const seen = visibleIncidents(db, viewer)
    .select(["incidents.id", "incidents.number", "incidents.incident"])
    .as("seen");
  return db
    .selectFrom("outbox")
    .leftJoin(seen, "seen.id", "outbox.incident_id")
    .where((where) => where.or([where("outbox.incident_id", "is", null), where("seen.id", "is not", null)]))
    .where((where) =>
      where.or([
        where("outbox.kind", "!=", "assistance"),
        where(
          sql<string>`(outbox.payload ->> 'assistance')::uuid`,
          "in",
          visibleRequests(db, viewer).select("assistance_requests.id"),
        ),
      ]),
    );
}

/** Whom each of these streams admits, of those that not all may read: the records of incidents and of what is asked for them. */
export function restrictedAmong(pool: pg.Pool): (streams: readonly string[]) => Promise<Admitting> {
  return async (streams) => {
    const of = (kind: string): string[] =>
      streams.flatMap((one) => (one.startsWith(`${kind}/`) ? [one.slice(kind.length + 1)] : [])).filter(isId);
    const [incidents, requests] = [of("incident"), of("assistance")];
    if (incidents.length + requests.length === 0) return new Map();
    const { rows } = await pool.query<{ stream: string; admitted: string[] }>({
      name: "restricted-among",
      text: `select 'incident/' || id as stream, admitted from incidents where restricted and id = any($1::uuid[])
union all select 'assistance/' || r.id, i.admitted from assistance_requests r join incidents i on i.id = r.incident_id where i.restricted and r.id = any($2::uuid[])`,
      values: [incidents, requests],
    });
    return new Map(rows.map(({ stream, admitted }) => [stream, admitted]));
  };
}

/** Whose changes are told in the live stream: that something happened to an incident is already something about it. */
export function mayHear({ actor }: Reader): (admitted: readonly string[] | undefined) => boolean {
  return (admitted) => admitted === undefined || maySee({ restricted: true, admitted }, actor);
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

/** Incidents on which something was seen, by the hash of what it is: those alone that may be seen, and no count of others. */
export function observedOn(db: Db, viewer: Reader, keys: readonly string[]) {
  return visibleIncidents(db, viewer)
    .innerJoin("incident_observables", "incident_observables.incident_id", "incidents.id")
    .where("incident_observables.key", "in", [...keys]);
}

/** On which incidents a supplier was called, newest first. */
export function engagedOn(db: Db, viewer: Reader, supplierId: string) {
  return ofSupplier(db, viewer, supplierId)
    .orderBy("incident_engagements.asked_at", "desc")
    .orderBy("incident_engagements.incident_id")
    .orderBy("incident_engagements.number");
}

/** What became of all of them, counted by the index that finds them; exercises left out. */
export function engagedCounts(db: Db, viewer: Reader, supplierId: string) {
  const columns = ["incident_engagements.status", "respond", "restore"] as const;
  return ofSupplier(db, viewer, supplierId)
    .where("incidents.exercise", "=", false)
    .select([...columns, sql<number>`count(*)::int`.as("count")])
    .groupBy(columns);
}

const ofSupplier = (db: Db, viewer: Reader, supplierId: string) =>
  visibleIncidents(db, viewer)
    .innerJoin("incident_engagements", "incident_engagements.incident_id", "incidents.id")
    .where("incident_engagements.supplier_id", "=", supplierId);

const linkColumns = ["kind", "workstream", "at", "by_name", "reason"] as const;

/** What the record of an incident says of others, and what theirs say of it: of those alone that may be seen. */
export function linkedFrom(db: Db, viewer: Reader, incidentId: string) {
  return visibleIncidents(db, viewer)
    .innerJoin("incident_links", "incident_links.other_id", "incidents.id")
    .where("incident_links.incident_id", "=", incidentId)
    .select(["incidents.id", "incidents.number", "incidents.incident", ...linkColumns]);
}
export function linkedTo(db: Db, viewer: Reader, incidentId: string) {
  return visibleIncidents(db, viewer)
    .innerJoin("incident_links", "incident_links.incident_id", "incidents.id")
    .where("incident_links.other_id", "=", incidentId)
    .select(["incidents.id", "incidents.number", "incidents.incident", ...linkColumns]);
}

/** Of these, those that may be seen. */
export async function seenAmong(db: Db, viewer: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const known = ids.filter(isId);
  if (known.length === 0) return new Set();
  const rows = await visibleIds(db, viewer).where("incidents.id", "in", known).execute();
  return new Set(rows.map(({ id }) => id));
}

type Recorded = { readonly seq: number; readonly type: string; readonly data: unknown };

/** What speaks of another incident: why two hang together, and what became of one in the other. */
const naming: readonly string[] = [...linkEvents, "incident.merged", "incident.absorbed"];

/** Of these entries, by their numbers, those that speak of another incident which may not be seen: nothing is told of them, neither
 *  when nor by whom nor why. Purged, nobody can tell of which. */
export async function untoldAmong(db: Db, viewer: Reader, rows: readonly Recorded[]): Promise<ReadonlySet<number>> {
  const named = rows.filter(({ type }) => naming.includes(type));
  const others = named.map(({ data }) => otherIn(data) ?? "");
  const seen = await seenAmong(db, viewer, others);
  return new Set(named.flatMap(({ seq }, index) => (seen.has(others[index] ?? "") ? [] : [seq])));
}

/** Words to search, with ids and nothing to show: whatever is found here is joined with `visibleIncidents`. */
export function searchWords(db: Db) {
  return db.selectFrom("incident_search");
}
