import assert from "node:assert/strict";
import { test } from "node:test";
import type { Disclosure, EvidenceItem, Observable } from "../incidents/security-state.ts";
import { noSecurity } from "../incidents/security-state.ts";
import { canonicalJson, sha256Hex } from "../kernel/hash.ts";
import type { Json } from "../kernel/vocabulary.ts";
import { type EntryRead, isDisclosable, manifestOf, tlpOfEntry } from "./manifest.ts";
import { stixBundle } from "./stix.ts";

const at = Date.UTC(2026, 9, 7, 18);
const seen = (number: number, more: Partial<Observable>): Observable => ({
  ...{ number, kind: "domain", value: "bad.example", status: "suspected", note: null, tlp: null },
  ...{ firstSeen: null, lastSeen: null, by: "BEN", at },
  ...more,
});
const leftOut = (count: number): string => `${count} left out`;

test("an observable is a STIX object and an indicator, with the mark of its incident or its own", () => {
  const observables = [
    seen(1, { tlp: null, status: "confirmed", note: "Beacon" }),
    seen(2, { kind: "hash", value: "d41d8cd98f00b204e9800998ecf8427e", tlp: "amber" }),
    seen(3, { kind: "other", value: "it's \\ here", tlp: "red" }),
  ];
  const bundle = stixBundle({ number: "INC-2026-000007", tlp: "green", observables, leftOut }, at);
  const types = bundle.objects.map(({ type }) => type);
  assert.deepEqual(types, [
    ...["marking-definition", "marking-definition"],
    ...["domain-name", "indicator", "file", "indicator", "note"],
  ]);
  const [, , domain, indicator, file, hashed, note] = bundle.objects;
  assert.match(
    String(domain?.id),
    /^domain-name--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  assert.equal(indicator?.pattern, "[domain-name:value = 'bad.example']");
  assert.deepEqual(indicator?.indicator_types, ["malicious-activity"]);
  assert.deepEqual(domain?.object_marking_refs, ["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"]);
  assert.deepEqual(file?.hashes, { MD5: "d41d8cd98f00b204e9800998ecf8427e" });
  assert.equal(hashed?.pattern, "[file:hashes.'MD5' = 'd41d8cd98f00b204e9800998ecf8427e']");
  assert.deepEqual([note?.content, bundle.x_tocsin_left_out], ["1 left out", 1]);
  assert.doesNotMatch(JSON.stringify(bundle), /here/);
  const again = stixBundle({ number: "INC-2026-000007", tlp: "green", observables, leftOut }, at + 1_000);
  assert.equal(again.objects[2]?.id, domain?.id, "the same thing has the same id");
});

test("ids of objects are those that others give the same thing", () => {
  /* The first is the example of the standard, §2.9. */
  for (const [kind, value, id] of [
    ["ip", "198.51.100.3", "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"],
    ["ip", "2001:db8::1", "ipv6-addr--6469e3a9-b053-5e34-a025-9396ae051d26"],
    ["domain", "example.com", "domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7"],
  ] as const) {
    const { objects } = stixBundle(
      { number: "INC-1", tlp: null, observables: [seen(1, { kind, value })], leftOut },
      at,
    );
    assert.equal(objects[0]?.id, id);
  }
});

test("what a pattern quotes cannot end it", () => {
  const observables = [seen(1, { kind: "account", value: "o'neil\\corp" })];
  const { objects } = stixBundle({ number: "INC-1", tlp: null, observables, leftOut }, at);
  assert.equal(objects[1]?.pattern, "[user-account:account_login = 'o\\'neil\\\\corp']");
});

const item: EvidenceItem = {
  ...{ number: 1, description: "Disk", place: null, collectedBy: "BEN", collectedAt: at, source: null, how: null },
  ...{
    file: { attachmentId: "f1", name: "d.img", mediaType: "x/y", bytes: 9, sha256: "aa" },
    tlp: null,
    by: "BEN",
    at,
  },
  ...{ keeper: { id: "ben", name: "BEN" }, handOvers: [], checks: [] },
};
const disclosure: Disclosure = {
  ...{ number: 1, to: "Police", purpose: "Complaint", limit: "amber", evidence: [1], observables: [1] },
  entries: [
    { seq: 4, hash: "h4" },
    { seq: 5, hash: "h5" },
  ],
  ...{ status: "approved", by: { id: "cleo", name: "CLEO" }, at, settled: { at, by: "DAN", reason: null } },
};
const entry = (seq: number, more: Partial<EntryRead> = {}): EntryRead => ({
  ...{ seq, type: "observation.noted", at: "2026-10-07T18:00:00.000Z", actor: { name: "BEN" }, reason: null },
  ...{ data: { text: `t${seq}` }, hash: `h${seq}` },
  ...more,
});

test("a manifest holds what was chosen, and the hash of the whole is of all the rest", () => {
  const security = { ...noSecurity, evidence: [item], observables: [seen(1, {})] };
  const incident = { number: "INC-2026-000007", title: "Mail is down", tlp: null };
  const entries = [entry(4), entry(5), entry(6)];
  const { sha256, ...body } = manifestOf({ incident, security, disclosure, entries, leftOut }, at);
  assert.equal(sha256, sha256Hex(canonicalJson(body as Json)));
  assert.deepEqual(
    (body.entries as { seq: number }[]).map(({ seq }) => seq),
    [4, 5],
  );
  assert.deepEqual([body.leftOut, body.note], [0, null]);
});

test("what was marked more strictly since, and an entry that is not the same, are left out and counted", () => {
  const security = {
    ...noSecurity,
    evidence: [{ ...item, tlp: "red" as const }],
    observables: [seen(1, { tlp: "red" })],
  };
  const incident = { number: "INC-2026-000007", title: "Mail is down", tlp: null };
  const entries = [entry(4, { hash: "other" }), entry(5, { type: "evidence.verified", data: { number: 1 } })];
  const made = manifestOf({ incident, security, disclosure, entries, leftOut }, at);
  assert.deepEqual([made.evidence, made.observables, made.entries], [[], [], []]);
  assert.deepEqual([made.leftOut, made.note], [4, "4 left out"]);
  assert.equal(tlpOfEntry(entries[1] as EntryRead, security), "red");
});

test("who was called or let in is in none of them, and nothing that was purged", () => {
  assert.equal(isDisclosable(entry(1, { type: "page.requested" })), false);
  assert.equal(isDisclosable(entry(1, { type: "access.granted" })), false);
  assert.equal(isDisclosable(entry(1, { data: null })), false);
  assert.equal(isDisclosable(entry(1)), true);
});
