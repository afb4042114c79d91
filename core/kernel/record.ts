/** Entries of a record as they are kept, exported and verified: one chain a stream, numbered from 1 without a gap. */
import { dataHash, genesis, linkHash } from "./hash.ts";
import type { Stamp } from "./stamp.ts";
import { toIso } from "./time.ts";
import type { JsonObject } from "./vocabulary.ts";

export type Entry = {
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: Stamp["actor"];
  readonly level: Stamp["level"];
  readonly role: string | null;
  readonly onBehalfOf: string | null;
  readonly derogation: string | null;
  readonly process: string;
  readonly exercise: boolean;
  readonly cause: Stamp["cause"];
  readonly reason: string | null;
  readonly dataHash: string;
};

/** `data` and `salt` are null once personal data was purged by rule: the chain still verifies and says so. */
export type SealedEntry = Entry & {
  readonly hash: string;
  readonly data: JsonObject | null;
  readonly salt: string | null;
};

export type ToSeal = {
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly version: number;
  readonly process: string;
  readonly exercise: boolean;
  readonly stamp: Stamp;
  readonly data: JsonObject;
  readonly salt: string;
};

export function seal(previous: string, entry: ToSeal): SealedEntry {
  const { stamp } = entry;
  const bare: Entry = {
    stream: entry.stream,
    seq: entry.seq,
    type: entry.type,
    version: entry.version,
    occurredAt: toIso(stamp.occurredAt),
    recordedAt: toIso(stamp.recordedAt),
    actor: stamp.actor,
    level: stamp.level,
    role: stamp.role,
    onBehalfOf: stamp.onBehalfOf,
    derogation: stamp.derogation,
    process: entry.process,
    exercise: entry.exercise,
    cause: stamp.cause,
    reason: stamp.reason,
    dataHash: dataHash(entry.salt, entry.data),
  };
  return { ...bare, hash: linkHash(previous, bare as unknown as JsonObject), data: entry.data, salt: entry.salt };
}

/** A head noted outside the stream on a given day. */
export type NotedHead = { readonly day: string; readonly seq: number; readonly hash: string };

export type ExportedRecord = {
  readonly format: "tocsin-record";
  readonly version: 1;
  readonly stream: string;
  readonly number: string | null;
  readonly exportedAt: string;
  readonly count: number;
  readonly head: string;
  readonly heads: readonly NotedHead[];
  readonly entries: readonly SealedEntry[];
};

export type Verdict =
  | { readonly whole: true; readonly entries: number; readonly purged: readonly number[] }
  | {
      readonly whole: false;
      /** Number of the first entry that is altered, missing or out of place. */
      readonly seq: number;
      readonly because: "order" | "data" | "link" | "count" | "head" | "noted-head" | "shape";
    };

const entryFields: readonly (keyof Entry)[] = [
  "stream",
  "seq",
  "type",
  "version",
  "occurredAt",
  "recordedAt",
  "actor",
  "level",
  "role",
  "onBehalfOf",
  "derogation",
  "process",
  "exercise",
  "cause",
  "reason",
  "dataHash",
];

const keptFields: readonly (keyof SealedEntry)[] = [...entryFields, "hash", "data", "salt"];

/** What is wrong with an entry by itself, after the one before. */
function flawOf(previous: string, entry: SealedEntry): "shape" | "data" | "link" | null {
  if (keptFields.some((field) => entry[field] === undefined)) return "shape";
  const { data, salt } = entry;
  const bare = Object.fromEntries(entryFields.map((field) => [field, entry[field]]));
  try {
    /* A purge takes data and salt together: one without the other is no purge. */
    if ((data === null) !== (salt === null)) return "data";
    if (salt !== null && dataHash(salt, data) !== entry.dataHash) return "data";
    return linkHash(previous, bare as JsonObject) === entry.hash ? null : "link";
  } catch {
    /* What has no canonical form, such as half of a surrogate pair, was never sealed. */
    return "shape";
  }
}

/** Checks an exported record without any access to the desk that made it. */
export function verifyRecord(record: ExportedRecord): Verdict {
  let previous = genesis;
  const purged: number[] = [];
  const hashes: string[] = [];
  for (const [index, entry] of record.entries.entries()) {
    const seq = index + 1;
    if (entry.seq !== seq || entry.stream !== record.stream) return { whole: false, seq, because: "order" };
    const because = flawOf(previous, entry);
    if (because !== null) return { whole: false, seq, because };
    if (entry.data === null) purged.push(seq);
    hashes.push(entry.hash);
    previous = entry.hash;
  }
  const entries = record.entries.length;
  if (record.count !== entries) return { whole: false, seq: Math.min(record.count, entries) + 1, because: "count" };
  if (record.head !== previous) return { whole: false, seq: entries, because: "head" };
  for (const noted of record.heads) {
    if (hashes[noted.seq - 1] !== noted.hash)
      return { whole: false, seq: Math.min(noted.seq, entries + 1), because: "noted-head" };
  }
  return { whole: true, entries, purged };
}
