/** The record of one incident: its entries, as they are read and as they are exported. */
import { sql } from "kysely";
import type { TimelineEntry } from "../../contract/timeline-entry.ts";
import type { ExportedRecord, SealedEntry } from "../../core/kernel/record.ts";
import { toIso } from "../../core/kernel/time.ts";
import { seenAmong, visibleEntries } from "../access/visible.ts";
import type { IncidentRow, Reading } from "./views.ts";

type Named = { readonly type: string; readonly data: unknown };
const ofLinks = new Set(["incident.linked", "incident.unlinked", "incident.split", "incident.split-off"]);

/** The other incident that an entry speaks of. */
function otherOf({ type, data }: Named): string[] {
  if (!ofLinks.has(type) || data === null) return [];
  const { incident, into, from } = data as { readonly [name: string]: string | undefined };
  return [incident ?? into ?? from ?? ""];
}

/** Not of another incident that its reader may not see. */
export const isTold = ({ type, data }: Named): boolean => data !== null || !ofLinks.has(type);

/** What speaks of another incident that its reader may not see says nothing of it: an export counts it as what was erased, so that
 *  the chain verifies, and a page leaves it out. */
export async function readEntries(
  { db, viewer }: Reading,
  incidentId: string,
  after: number,
  limit: number,
): Promise<SealedEntry[]> {
  const rows = await visibleEntries(db, viewer, incidentId)
    .selectAll()
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(limit)
    .execute();
  const seen = await seenAmong(db, viewer, rows.flatMap(otherOf));
  const hidden = (row: Named) => otherOf(row).some((id) => !seen.has(id));
  return rows.map((row) => ({
    stream: row.stream,
    seq: row.seq,
    type: row.type,
    version: row.version,
    occurredAt: toIso(row.occurred_at),
    recordedAt: toIso(row.recorded_at),
    actor: row.actor as SealedEntry["actor"],
    level: row.level as SealedEntry["level"],
    role: row.role,
    onBehalfOf: row.on_behalf_of,
    derogation: row.derogation,
    process: row.process,
    exercise: row.exercise,
    cause: row.cause as SealedEntry["cause"],
    dataHash: row.data_hash,
    hash: row.hash,
    reason: row.reason,
    ...(hidden(row) ? { data: null, salt: null } : { data: row.data, salt: row.salt }),
  }));
}

export function timelineOf(entry: SealedEntry): TimelineEntry {
  const { seq, type, actor, level, role, derogation, reason, cause, data, hash } = entry;
  return {
    seq,
    type,
    at: entry.occurredAt,
    recordedAt: entry.recordedAt,
    actor,
    level,
    role,
    derogation,
    reason,
    cause: { ...cause },
    data: data === null ? null : { ...data },
    hash,
  };
}

const exportMax = 100_000;

export async function exportRecord(reading: Reading, row: IncidentRow, at: number): Promise<ExportedRecord> {
  const entries = (await readEntries(reading, row.id, 0, exportMax)).filter((entry) => entry.seq <= row.seq);
  const heads = await reading.db
    .selectFrom("noted_heads")
    .select([sql<string>`day::text`.as("day"), "seq", "hash"])
    .where("stream", "=", `incident/${row.id}`)
    .orderBy("day")
    .execute();
  return {
    format: "tocsin-record",
    version: 1,
    stream: `incident/${row.id}`,
    number: row.number,
    exportedAt: toIso(at),
    /* What the row says, not what was found: a tail cut from the record shows. */
    count: row.seq,
    head: row.head,
    heads,
    entries,
  };
}
