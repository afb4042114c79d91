import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { genesis } from "#core/kernel/hash.ts";
import { type ExportedRecord, type SealedEntry, seal } from "#core/kernel/record.ts";
import { stampOf, systemActor } from "#core/kernel/stamp.ts";
import { tocsin } from "./trial.ts";

const stream = "incident/01999999-0000-7000-8000-000000000000";

const number = "INC-2026-000123";

function whole(length = 5): ExportedRecord {
  const entries: SealedEntry[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const stamp = stampOf({ at: seq * 1_000, actor: systemActor("desk"), cause: { kind: "test" } }, null, false);
    const entry = { stream, seq, type: "observation.noted", version: 1, process: "base@1.0.0", exercise: false, stamp };
    entries.push(
      seal(entries.at(-1)?.hash ?? genesis, {
        ...entry,
        data: { text: `fact ${seq}`, ...(seq === 1 && { number }) },
        salt: "00ff",
      }),
    );
  }
  return {
    format: "tocsin-record",
    version: 1,
    stream,
    number,
    exportedAt: "2026-10-07T18:00:00.000Z",
    count: entries.length,
    head: entries.at(-1)?.hash ?? genesis,
    heads: [],
    entries,
  };
}

type Loose = { -readonly [Name in keyof ExportedRecord]: unknown } & { entries: Record<string, unknown>[] };

function altered(change: (record: Loose) => void): string {
  const record = structuredClone(whole()) as unknown as Loose;
  change(record);
  return JSON.stringify(record);
}

const verify = (text: string, ...more: string[]) => tocsin(["verify", "-", ...more], { readInput: async () => text });

test("a whole record ends 0 and says how long it is", async () => {
  const { exit, out } = await verify(JSON.stringify(whole()));
  assert.equal(exit, 0);
  assert.match(
    out,
    /^Whole: INC-2026-000123, 5 entries, head [0-9a-f]{64}\nNot proved by the chain: the date of the export\.\n$/,
  );
  assert.match(
    (await verify(JSON.stringify(whole()), "--lang", "fr")).out,
    /^Intact\u00a0: INC-2026-000123, 5 entrées/,
  );
  assert.equal((await verify(`\uFEFF${JSON.stringify(whole(0))}`)).exit, 0);
});

test("a purged entry keeps the record whole, and is named", async () => {
  const text = altered(({ entries }) => Object.assign(entries[2] ?? {}, { data: null, salt: null }));
  const { exit, out } = await verify(text);
  assert.equal(exit, 0);
  assert.match(out, /entry 3;/);
});

const place = ({ stream, seq, hash }: Record<string, unknown>) => ({ stream, seq, hash, withheld: true });

test("an entry withheld from whoever exported it keeps the record whole, and is named", async () => {
  const text = altered(({ entries }) => entries.splice(1, 1, place(entries[1] ?? {})));
  const { exit, out } = await verify(text);
  assert.equal(exit, 0);
  assert.match(out, /Entry 2 was withheld/);
  assert.match((await verify(text, "--lang", "fr")).out, /L’entrée 2 n’a pas été montrée/);
  assert.deepEqual(JSON.parse((await verify(text, "--json")).out).withheld, [2]);
});

const alterations: readonly (readonly [string, number, string, (record: Loose) => void])[] = [
  ["what is said", 3, "data", ({ entries }) => Object.assign(entries[2] ?? {}, { data: { text: "other" } })],
  ["who acted", 2, "link", ({ entries }) => Object.assign(entries[1] ?? {}, { actor: { kind: "person" } })],
  ["a reason added", 4, "link", ({ entries }) => Object.assign(entries[3] ?? {}, { reason: "because" })],
  ["an entry removed", 3, "order", ({ entries }) => entries.splice(2, 1)],
  ["two entries exchanged", 2, "order", ({ entries }) => entries.splice(1, 2, ...entries.slice(1, 3).reverse())],
  ["the end cut off", 4, "count", ({ entries }) => entries.splice(3)],
  ["an entry that is null", 2, "shape", ({ entries }) => entries.splice(1, 1, null as never)],
  ["an entry without a hash", 5, "shape", ({ entries }) => delete entries[4]?.hash],
  ["an entry without a hash, not the last", 2, "shape", ({ entries }) => delete entries[1]?.hash],
  ["half of a surrogate pair", 1, "shape", ({ entries }) => Object.assign(entries[0] ?? {}, { reason: "\ud800" })],
  ["the head", 5, "head", (record) => Object.assign(record, { head: "f".repeat(64) })],
  ["no count", 6, "count", (record) => delete record.count],
  ["no heads", 6, "noted-head", (record) => delete record.heads],
  ["one withheld that says more", 2, "shape", ({ entries }) => entries.splice(1, 1, { ...entries[1], withheld: true })],
  [
    "one withheld with another hash",
    3,
    "link",
    ({ entries }) => entries.splice(1, 1, { ...place(entries[1] ?? {}), hash: "f".repeat(64) }),
  ],
  [
    "the last withheld with another hash",
    5,
    "head",
    ({ entries }) => entries.splice(4, 1, { ...place(entries[4] ?? {}), hash: "f".repeat(64) }),
  ],
  ["another stream", 1, "order", (record) => Object.assign(record, { stream: "incident/other" })],
  ["a noted head", 2, "noted-head", (record) => Object.assign(record, { heads: [{ day: "", seq: 2, hash: "0" }] })],
];

for (const [what, seq, because, change] of alterations) {
  test(`altered, ${what}: ends 6 and names entry ${seq}`, async () => {
    const { exit, out } = await verify(altered(change));
    assert.match(out, new RegExp(`^Altered at entry ${seq}: `));
    assert.equal(exit, 6);
    const json = await verify(altered(change), "--json");
    assert.equal(json.exit, 6);
    const { whole: intact, seq: first, because: why } = JSON.parse(json.out);
    assert.deepEqual([intact, first, why], [false, seq, because]);
  });
}

const around: readonly (readonly [string, string, (record: Loose) => void])[] = [
  ["a field added around the entries", "header", (record) => Object.assign(record, { note: "trust me" })],
  ["another number", "number", (record) => Object.assign(record, { number: "INC-2026-000124" })],
  ["no number", "header", (record) => delete record.number],
  ["no date of export", "header", (record) => delete record.exportedAt],
];

for (const [what, because, change] of around) {
  test(`altered, ${what}: ends 6 and says that it is around the entries`, async () => {
    const { exit, out } = await verify(altered(change));
    assert.match(out, /^Altered around the entries: /);
    assert.equal(exit, 6);
    const json = JSON.parse((await verify(altered(change), "--json")).out);
    assert.deepEqual([json.whole, json.seq, json.because], [false, 0, because]);
  });
}

test("a field added to an entry ends 6 and names it", async () => {
  const { exit, out } = await verify(altered(({ entries }) => Object.assign(entries[2] ?? {}, { note: "trust me" })));
  assert.equal(exit, 6);
  assert.match(out, /^Altered at entry 3: /);
});

test("a name that stands twice in one object ends 6: another program may believe the first", async () => {
  const text = JSON.stringify(whole());
  for (const [from, to] of [
    ['"data":{"text":"fact 3"}', '"data":{"text":"forged"},"data":{"text":"fact 3"}'],
    ['"text":"fact 3"', '"text":"forged","text":"fact 3"'],
    ['"number":', '"number":"INC-2026-000999","number":'],
  ] as const) {
    assert.equal((await verify(text.replace(from, to))).exit, 6, to);
  }
  const spaced = JSON.stringify(JSON.parse(text), null, 2);
  assert.equal((await verify(spaced)).exit, 0, "written another way it is the same");
  const colons = altered(({ entries }) => Object.assign(entries[2] ?? {}, { data: { text: 'a:b\\":"' } }));
  assert.match((await verify(colons)).out, /^Altered at entry 3: /);
  const deep = text.replace('"fact 3"', `${"[".repeat(50_000)}${"]".repeat(50_000)}`);
  assert.match((await verify(deep)).out, /^Altered at entry 3: /);
});

test("what no hash covers is said, in both languages and to scripts", async () => {
  const text = altered(({ entries }) => Object.assign(entries[0] ?? {}, { data: null, salt: null }));
  assert.match((await verify(text, "--lang", "fr")).out, /Non prouvé par la chaîne.* la date de l’export et le numéro/);
  assert.deepEqual(JSON.parse((await verify(text, "--json")).out).unproved, ["exportedAt", "number"]);
});

test("the first of several alterations is the one named, whatever the header says", async () => {
  const { out } = await verify(
    altered((record) => {
      Object.assign(record.entries[3] ?? {}, { data: { text: "other" } });
      record.entries.splice(4, 1, null as never);
      delete record.count;
    }),
  );
  assert.match(out, /entry 4:/);
});

test("what cannot be judged ends 1, and what is not there 3", async () => {
  const text = JSON.stringify(whole());
  assert.equal((await verify(text.slice(0, -20))).exit, 1);
  for (const other of [
    "",
    "[]",
    "null",
    "{}",
    '{"format":"tocsin-record"}',
    text.replace('"version":1', '"version":2'),
  ])
    assert.equal((await verify(other)).exit, 1, other.slice(0, 40));
  assert.equal((await tocsin(["verify", "no-such-file.json"])).exit, 3);
  assert.equal((await tocsin(["verify", tmpdir()])).exit, 1);
});

test("a relative path is the caller's, also through npm", async (context) => {
  const directory = mkdtempSync(join(tmpdir(), "tocsin-verify-"));
  context.after(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, "inc.json"), JSON.stringify(whole()));
  assert.equal((await tocsin(["verify", "inc.json"], { directory })).exit, 0);
  const byNpm = { npm_lifecycle_event: "tocsin", npm_package_name: "tocsin", INIT_CWD: directory };
  assert.equal((await tocsin(["verify", "inc.json"], { environment: byNpm })).exit, 0);
  const byAnother = { ...byNpm, npm_lifecycle_event: "backup" };
  assert.equal((await tocsin(["verify", "inc.json"], { environment: byAnother })).exit, 3);
});
