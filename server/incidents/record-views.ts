/** The record of one incident: its entries, as they are read and as they are exported. */
import { type Selectable, sql } from "kysely";
import type { TimelineEntry } from "../../contract/timeline-entry.ts";
import {
  type ExportedEntry,
  type ExportedRecord,
  isWithheld,
  type SealedEntry,
  type WithheldEntry,
} from "../../core/kernel/record.ts";
import { toIso } from "../../core/kernel/time.ts";
import { untoldAmong, visibleEntries } from "../access/visible.ts";
import type { Schema } from "../platform/schema.ts";
import type { IncidentRow, Reading } from "./views.ts";

/** What speaks of another incident that its reader may not see says nothing of it: an export keeps its place and its hash, so that the
 *  chain verifies, and a page leaves it out. */
export async function readEntries(
  { db, viewer }: Reading,
  incidentId: string,
  after: number,
  limit: number,
): Promise<ExportedEntry[]> {
  const rows = await visibleEntries(db, viewer, incidentId)
    .selectAll()
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(limit)
    .execute();
  const untold = await untoldAmong(db, viewer, rows);
  return rows.map((row) => (untold.has(row.seq) ? withheldOf(row) : sealedOf(row)));
}

type EventRow = Selectable<Schema["events"]>;

const withheldOf = ({ stream, seq, hash }: EventRow): WithheldEntry => ({ stream, seq, hash, withheld: true });

const sealedOf = (row: EventRow): SealedEntry => ({
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
  data: row.data as SealedEntry["data"],
  salt: row.salt,
});

/** A page of what may be told: as long as was asked while there is more, or it would end where something is withheld. */
export async function readTold(
  reading: Reading,
  incidentId: string,
  after: number,
  limit: number,
): Promise<TimelineEntry[]> {
  const told: TimelineEntry[] = [];
  for (let from = after; ; ) {
    const wanted = limit - told.length;
    const entries = await readEntries(reading, incidentId, from, wanted);
    told.push(...entries.flatMap((entry) => (isWithheld(entry) ? [] : [timelineOf(entry)])));
    from = entries.at(-1)?.seq ?? from;
    if (entries.length < wanted || told.length === limit) return told;
  }
}

function timelineOf(entry: SealedEntry): TimelineEntry {
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

export async function exportRecord(
  reading: Reading,
  row: IncidentRow,
  at: number,
): Promise<ExportedRecord<ExportedEntry>> {
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
