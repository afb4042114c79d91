/** Entries of a record as they are kept, exported and verified: one chain a stream, numbered from 1 without a gap. */
import { dataHash, genesis, linkHash } from "./hash.ts";
import type { Stamp } from "./stamp.ts";
import { parseIso, toIso } from "./time.ts";
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

/** Of something that its reader may not know of: its place and its hash, which the next one is chained to, and nothing else. */
export type WithheldEntry = Pick<SealedEntry, "stream" | "seq" | "hash"> & { readonly withheld: true };
export type ExportedEntry = SealedEntry | WithheldEntry;
type AnyRecord = ExportedRecord<ExportedEntry>;

export const isWithheld = (entry: object): entry is WithheldEntry => "withheld" in entry;

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

/** Of one that is whole to its reader, unless it is said otherwise. */
export type ExportedRecord<Kept extends ExportedEntry = SealedEntry> = {
  readonly format: "tocsin-record";
  readonly version: 1;
  readonly stream: string;
  readonly number: string | null;
  readonly exportedAt: string;
  readonly count: number;
  readonly head: string;
  readonly heads: readonly NotedHead[];
  readonly entries: readonly Kept[];
};

/** What stands around the entries and no hash covers: said to whoever relies on it, since it cannot be found altered. */
export type Unproved = "exportedAt" | "heads" | "number";

export type Verdict =
  | {
      readonly whole: true;
      readonly entries: number;
      readonly purged: readonly number[];
      readonly withheld: readonly number[];
      readonly unproved: readonly Unproved[];
    }
  | {
      readonly whole: false;
      /** Number of the first entry that is altered, missing or out of place; 0: what stands around the entries. */
      readonly seq: number;
      readonly because: "order" | "data" | "link" | "count" | "head" | "noted-head" | "shape" | "header" | "number";
    };
type Flaw = Extract<Verdict, { whole: false }>;

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
const withheldFields: readonly (keyof WithheldEntry)[] = ["stream", "seq", "hash", "withheld"];
const recordFields: readonly (keyof AnyRecord)[] = [
  "format",
  "version",
  "stream",
  "number",
  "exportedAt",
  "count",
  "head",
  "heads",
  "entries",
];
const headFields: readonly (keyof NotedHead)[] = ["day", "seq", "hash"];

/** These fields and no other: what is added is an alteration too. */
function hasExactly(value: object, fields: readonly string[]): boolean {
  return (
    Object.keys(value).length === fields.length &&
    fields.every((field) => Object.hasOwn(value, field) && value[field as keyof typeof value] !== undefined)
  );
}

const hashPattern = /^[0-9a-f]{64}$/;

/** It says nothing that could be altered: its hash is proved by the entry after it, or by the head. */
const isPlaceOnly = (entry: WithheldEntry): boolean =>
  hasExactly(entry, withheldFields) && entry.withheld === true && hashPattern.test(entry.hash);

/** What is wrong with an entry by itself, after the one before. */
export function flawOf(previous: string, entry: ExportedEntry): "shape" | "data" | "link" | null {
  if (isWithheld(entry)) return isPlaceOnly(entry) ? null : "shape";
  if (!hasExactly(entry, keptFields)) return "shape";
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

/** The entries alone: the first of them that is not as it was sealed, whatever is said around them. */
export function verifyEntries({ stream, entries }: Pick<AnyRecord, "stream" | "entries">): Flaw | null {
  let previous = genesis;
  for (const [index, entry] of entries.entries()) {
    const seq = index + 1;
    if (entry.seq !== seq || entry.stream !== stream) return { whole: false, seq, because: "order" };
    const because = flawOf(previous, entry);
    if (because !== null) return { whole: false, seq, because };
    previous = entry.hash;
  }
  return null;
}

/** Where the entries end, against what is said of it: here, and on past days. */
function flawOfEnd({ entries, count, head, heads }: AnyRecord): Flaw | null {
  const { length } = entries;
  if (count !== length) return { whole: false, seq: Math.min(count, length) + 1, because: "count" };
  if (head !== (entries.at(-1)?.hash ?? genesis)) return { whole: false, seq: length, because: "head" };
  for (const { seq, hash } of heads) {
    if (entries[seq - 1]?.hash === hash) continue;
    return { whole: false, seq: Number.isSafeInteger(seq) ? Math.min(seq, length + 1) : 0, because: "noted-head" };
  }
  return null;
}

const dayPattern = /^\d{4}-\d\d-\d\d$/;

function isHeader(record: AnyRecord): boolean {
  const { format, version, number, exportedAt, heads } = record;
  return (
    hasExactly(record, recordFields) &&
    format === "tocsin-record" &&
    version === 1 &&
    (number === null || typeof number === "string") &&
    typeof exportedAt === "string" &&
    parseIso(exportedAt) !== undefined &&
    heads.every((noted) => hasExactly(noted, headFields) && dayPattern.test(noted.day)) &&
    heads.every((noted, index) => index === 0 || (heads[index - 1]?.day ?? "") < noted.day)
  );
}

/** The number is given in the first entry, and so in the chain, unless that entry was purged. */
function numberIn({ entries }: AnyRecord): string | null | undefined {
  const [first] = entries;
  const data = first && !isWithheld(first) ? first.data : null;
  if (!data) return undefined;
  return typeof data.number === "string" ? data.number : null;
}

/** Checks an exported record without any access to the desk that made it. */
export function verifyRecord(record: AnyRecord): Verdict {
  const flaw = verifyEntries(record) ?? flawOfEnd(record);
  if (flaw) return flaw;
  if (!isHeader(record)) return { whole: false, seq: 0, because: "header" };
  const number = numberIn(record);
  if (number !== undefined && number !== record.number) return { whole: false, seq: 0, because: "number" };
  const unproved: Unproved[] = ["exportedAt"];
  if (record.heads.length > 0) unproved.push("heads");
  if (number === undefined) unproved.push("number");
  const withheld = record.entries.filter(isWithheld).map((entry) => entry.seq);
  const purged = record.entries.flatMap((entry) => (!isWithheld(entry) && entry.data === null ? [entry.seq] : []));
  return { whole: true, entries: record.entries.length, purged, withheld, unproved };
}
