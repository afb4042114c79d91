/** A record proves itself: whatever is altered, removed, inserted or moved is named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dataHash, genesis } from "./hash.ts";
import { type ExportedRecord, type NotedHead, type SealedEntry, seal, type ToSeal, verifyRecord } from "./record.ts";
import type { JsonObject } from "./vocabulary.ts";

const stream = "01999999-0000-7000-8000-000000000000";
const number = "INC-2026-000001";
const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const text = fc.string({ unit: "grapheme" });
const maybe = fc.option(text);

const toSeal = fc.record({
  type: fc.constantFrom("incident.reported", "incident.registered", "observation.noted"),
  version: fc.constant(1),
  process: fc.constant("base@1.0.0"),
  exercise: fc.boolean(),
  salt: fc.stringMatching(/^[0-9a-f]{32}$/),
  data: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }) as fc.Arbitrary<JsonObject>,
  stamp: fc.record({
    occurredAt: time,
    recordedAt: time,
    actor: fc.record({
      kind: fc.constantFrom("person", "system", "integration", "anonymous"),
      id: maybe,
      name: text,
      via: fc.constantFrom("session", "timer", "desk"),
    }),
    level: fc.constantFrom(null, 2, 3, 4, 5),
    role: maybe,
    onBehalfOf: maybe,
    derogation: maybe,
    reason: maybe,
    cause: fc.record({ kind: text, id: text }),
  }),
}) as fc.Arbitrary<Omit<ToSeal, "stream" | "seq">>;

function recordOf(all: readonly Omit<ToSeal, "stream" | "seq">[]): ExportedRecord {
  const entries: SealedEntry[] = [];
  for (const one of all) {
    const previous = entries.at(-1)?.hash ?? genesis;
    const data = entries.length === 0 ? { ...one.data, number } : one.data;
    entries.push(seal(previous, { ...one, data, stream, seq: entries.length + 1 }));
  }
  return withEntries(entries);
}

/** An export as whoever holds these entries would write it: count and head to match. */
function withEntries(entries: readonly SealedEntry[], heads: readonly NotedHead[] = []): ExportedRecord {
  return {
    format: "tocsin-record",
    version: 1,
    stream,
    number,
    exportedAt: "2026-10-07T18:00:00.000Z",
    count: entries.length,
    head: entries.at(-1)?.hash ?? genesis,
    heads,
    entries,
  };
}

const records = fc.array(toSeal, { minLength: 1, maxLength: 6 }).map(recordOf);
const longer = fc.array(toSeal, { minLength: 2, maxLength: 6 }).map(recordOf);
const at = (entries: readonly SealedEntry[], index: number): SealedEntry => {
  const entry = entries[index];
  assert.ok(entry);
  return entry;
};

/** Names the entry, by its number. */
function names(record: ExportedRecord, seq: number, because?: string): void {
  const verdict = verifyRecord(record);
  assert.ok(!verdict.whole, "found whole");
  assert.equal(verdict.seq, seq, `named ${verdict.seq} because of ${verdict.because}`);
  if (because !== undefined) assert.equal(verdict.because, because);
}

test("what was sealed verifies, also after a journey through JSON", () => {
  fc.assert(
    fc.property(records, (record) => {
      const whole = { whole: true, entries: record.count, purged: [], withheld: [], unproved: ["exportedAt"] };
      assert.deepEqual(verifyRecord(record), whole);
      assert.deepEqual(verifyRecord(JSON.parse(JSON.stringify(record))), whole);
    }),
  );
  assert.deepEqual(verifyRecord(withEntries([])), {
    whole: true,
    entries: 0,
    purged: [],
    withheld: [],
    unproved: ["exportedAt", "number"],
  });
});

/** Something else of the same kind. */
function altered(value: unknown): unknown {
  if (typeof value === "string") return value.endsWith("0") ? `${value.slice(0, -1)}1` : `${value.slice(0, -1)}0`;
  if (typeof value === "number") return value === 1 ? 2 : 1;
  if (typeof value === "boolean") return !value;
  if (value === null) return "x";
  return { ...(value as object), "\u0001": 1 };
}

test("any single field of any entry, changed to anything else, names that entry", () => {
  fc.assert(
    fc.property(
      records,
      fc.nat(),
      fc.nat(),
      fc.constantFrom("changed", "null", "gone"),
      (record, where, which, how) => {
        const index = where % record.count;
        const entry = at(record.entries, index);
        const fields = Object.keys(entry) as (keyof SealedEntry)[];
        const field = fields[which % fields.length] ?? "seq";
        if (how === "null" && entry[field] === null) return;
        const value = how === "changed" ? altered(entry[field]) : how === "null" ? null : undefined;
        const tampered = { ...entry, [field]: value };
        const { count, head } = record;
        names({ ...withEntries(record.entries.with(index, tampered as SealedEntry)), count, head }, index + 1);
      },
    ),
    { numRuns: 500 },
  );
});

test("any value inside an entry, however deep, names that entry", () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.constantFrom("actor", "cause", "data"), (record, where, field) => {
      const index = where % record.count;
      const entry = at(record.entries, index);
      const inner = entry[field] as Record<string, unknown>;
      for (const key of Object.keys(inner)) {
        const tampered = { ...entry, [field]: { ...inner, [key]: altered(inner[key]) } };
        names({ ...withEntries(record.entries.with(index, tampered as SealedEntry)), head: record.head }, index + 1);
      }
    }),
  );
});

test("an entry rewritten with all its own hashes right is given away by the next, or by the head", () => {
  fc.assert(
    fc.property(longer, fc.nat(), (record, where) => {
      const index = where % record.count;
      const { data, salt, hash, dataHash: known, ...entry } = at(record.entries, index);
      const forged = seal(index === 0 ? genesis : at(record.entries, index - 1).hash, {
        ...entry,
        stamp: { ...entry, occurredAt: Date.parse(entry.occurredAt), recordedAt: Date.parse(entry.recordedAt) },
        data: { forged: true },
        salt: "00",
      });
      const entries = record.entries.with(index, forged);
      names({ ...withEntries(entries), head: record.head }, Math.min(index + 2, record.count));
    }),
  );
});

test("purged data still verifies and is listed; half a purge, or a purge of what is not the entry, does not", () => {
  fc.assert(
    fc.property(records, fc.nat(), (record, where) => {
      const index = where % record.count;
      const entry = at(record.entries, index);
      const purged = record.entries.with(index, { ...entry, data: null, salt: null });
      const unproved = index === 0 ? ["exportedAt", "number"] : ["exportedAt"];
      assert.deepEqual(verifyRecord(withEntries(purged)), {
        whole: true,
        entries: record.count,
        purged: [index + 1],
        withheld: [],
        unproved,
      });
      names(withEntries(record.entries.with(index, { ...entry, data: null })), index + 1, "data");
      names(withEntries(record.entries.with(index, { ...entry, salt: null })), index + 1, "data");
      const rehashed = { ...entry, data: null, salt: null, dataHash: dataHash("00", {}) };
      names(withEntries(record.entries.with(index, rehashed)), index + 1, "link");
    }),
  );
});

test("a cut tail is found by its count, by its head, and through a head noted elsewhere", () => {
  fc.assert(
    fc.property(longer, fc.nat(), (record, where) => {
      const kept = 1 + (where % (record.count - 1));
      const cut = record.entries.slice(0, kept);
      const { count, head } = record;
      names({ ...withEntries(cut), count, head }, kept + 1, "count");
      names({ ...withEntries(cut), head }, kept, "head");
      const heads = [{ day: "2026-10-07", seq: count, hash: head }];
      names(withEntries(cut, heads), kept + 1, "noted-head");
      assert.equal(verifyRecord(withEntries(record.entries, heads)).whole, true);
    }),
  );
});

test("a history rewritten whole is given away by a head noted before", () => {
  fc.assert(
    fc.property(longer, fc.nat(), (record, where) => {
      const noted = at(record.entries, where % record.count);
      const heads = [{ day: "2026-10-07", seq: noted.seq, hash: noted.hash }];
      const other = recordOf(
        record.entries.map((entry) => ({
          ...entry,
          stamp: { ...entry, occurredAt: 0, recordedAt: 1 },
          data: { rewritten: true },
          salt: "00",
        })),
      );
      names({ ...other, heads }, noted.seq, "noted-head");
    }),
  );
});

test("what is removed, inserted, repeated or moved is named where it begins", () => {
  fc.assert(
    fc.property(longer, fc.nat(), (record, where) => {
      const { entries } = record;
      const index = where % (record.count - 1);
      names(withEntries(entries.toSpliced(index, 1)), index + 1, "order");
      names(withEntries(entries.toSpliced(index, 0, at(entries, index))), index + 2, "order");
      const swapped = entries.with(index, at(entries, index + 1)).with(index + 1, at(entries, index));
      names(withEntries(swapped), index + 1, "order");
      const renumbered = swapped.map((entry, i) => ({ ...entry, seq: i + 1 }));
      names(withEntries(renumbered), index + 1, "link");
      names(withEntries(entries.with(index, { ...at(entries, index), stream: "another" })), index + 1, "order");
    }),
  );
});

test("a field added to an entry, to anything inside it, or around the entries, is found; nothing said around them passes altered", () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.constantFrom("note", "__proto__", "data2", ""), (record, where, name) => {
      const index = where % record.count;
      const with_ = (value: object): object => JSON.parse(`${JSON.stringify(value).slice(0, -1)},"${name}":null}`);
      const added = with_(at(record.entries, index)) as SealedEntry;
      names(withEntries(record.entries.with(index, added)), index + 1, "shape");
      names(with_(record) as ExportedRecord, 0, "header");
      const { length } = record.entries;
      const heads = [{ day: "2026-10-07", seq: length, hash: record.head }];
      names({ ...record, heads: [with_(heads[0] ?? {}) as NotedHead] }, 0, "header");
      for (const field of ["format", "version", "stream", "number", "count", "head", "heads", "exportedAt"] as const) {
        const gone: Partial<ExportedRecord> = { ...record, heads };
        delete gone[field];
        if (field !== "heads") assert.equal(verifyRecord(gone as ExportedRecord).whole, false, `without ${field}`);
        if (field === "exportedAt" || field === "heads") continue;
        const other = { ...record, heads, [field]: altered(record[field]) } as ExportedRecord;
        assert.equal(verifyRecord(other).whole, false, `another ${field}`);
      }
    }),
  );
});

test("the number is the one that the first entry gives; what no hash covers is said", () => {
  const [record] = fc.sample(longer, { numRuns: 1, seed: 11 });
  assert.ok(record);
  names({ ...record, number: "INC-2026-000002" }, 0, "number");
  names({ ...record, number: null }, 0, "number");
  names({ ...record, exportedAt: "yesterday" }, 0, "header");
  const noted = (day: string): NotedHead => ({ day, seq: record.count, hash: record.head });
  names({ ...record, heads: [noted("2026-10-08"), noted("2026-10-07")] }, 0, "header");
  names({ ...record, heads: [noted("a day")] }, 0, "header");
  names({ ...record, heads: [{ ...noted("2026-10-07"), seq: "x" as unknown as number }] }, 0, "noted-head");
  const verdict = verifyRecord({ ...record, heads: [noted("2026-10-07")], exportedAt: "2030-01-01T00:00:00.000Z" });
  assert.deepEqual(verdict.whole && verdict.unproved, ["exportedAt", "heads"]);
});

test("what is not even an entry is named, and throws nothing", () => {
  const [record] = fc.sample(records, { numRuns: 1, seed: 7 });
  assert.ok(record);
  const half = { ...record.entries[0], reason: "\ud83d" };
  for (const junk of [
    half,
    {},
    { seq: 1 },
    { ...record.entries[0], data: "text" },
    { ...record.entries[0], actor: undefined },
  ])
    names(withEntries(record.entries.with(0, junk as SealedEntry)), 1);
});
