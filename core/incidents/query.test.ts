/** The language of the search, in French and in English. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseIso } from "../kernel/time.ts";
import { type Condition, meetsAll, type QueryKnown, resolveQuery, type Sought } from "./conditions.ts";
import { parseQuery, queryMax } from "./query.ts";

const now = parseIso("2026-10-07T18:00:00Z") ?? 0;
const known: QueryKnown = {
  services: [
    { id: "pay", names: ["Paie", "Payroll", "bulletins"] },
    { id: "book", names: ["Réservation en ligne", "Online booking"] },
    { id: "bookings", names: ["Registre des réservations", "Bookings ledger"] },
  ],
  teams: [{ id: "net", names: ["Réseau"] }],
  functions: [{ id: "legal", names: ["Affaires juridiques", "Legal"] }],
  people: [
    { id: "ana", names: ["Ana Lopez"] },
    { id: "ben", names: ["Ben Roy"] },
  ],
  categories: [{ id: "security", names: ["Cybersécurité", "Security"] }],
  me: "ana",
  now,
  zone: "America/Toronto",
};
const resolved = (text: string) => resolveQuery(parseQuery(text), known);
const conditions = (text: string): readonly Condition[] => resolved(text).conditions;

const same: readonly (readonly [string, string])[] = [
  ["is:open", "est:ouvert"],
  ["is:closed", "est:clos"],
  ["is:restored", "est:rétabli"],
  ["is:waiting", "est:en-attente"],
  ["is:mine", "est:à-moi"],
  ["assignee:me", "responsable:moi"],
  ["assignee:none", "assigné:personne"],
  ["team:réseau", "ÉQUIPE:reseau"],
  ["priority:1,P2", "priorité:p1,2"],
  ["category:security", "catégorie:cybersécurité"],
  ["function:legal", "fonction:affaires-juridiques"],
  ["service:payroll", "service:Paie"],
  ["before:2026-10-01", "avant:2026-10-01"],
  ["after:7d", "après:7j"],
  ["after:today", "après:aujourd’hui"],
  ["-is:exercise", "-est:exercice"],
];
for (const [en, fr] of same)
  test(`${en} and ${fr} ask the same`, () => {
    assert.deepEqual(conditions(fr), conditions(en));
    assert.equal(conditions(en).length, 1);
    assert.deepEqual(resolved(en).problems, []);
  });

test("words, a phrase, words not wanted, and filters stand in any order", () => {
  const query = parseQuery('Paiement -carte est:ouvert «erreur 502» service:"réservation en ligne" éch');
  assert.deepEqual(query.words, ["paiement", "erreur", "502", "ech"]);
  assert.deepEqual(query.without, ["carte"]);
  assert.equal(query.prefix, true);
  assert.deepEqual(
    query.filters.map(({ key, values }) => [key, ...values]),
    [
      ["is", "ouvert"],
      ["service", "réservation en ligne"],
    ],
  );
});

test("the last word is unfinished until a space, a quote or a filter ends it", () => {
  assert.equal(parseQuery("paie").prefix, true);
  for (const text of ["paie ", '"paie"', "paie is:open", "-paie", ""])
    assert.equal(parseQuery(text).prefix, false, text);
});

test("words that only join others are left out, unless there is nothing else", () => {
  assert.deepEqual(parseQuery("l’accès à la paie ").words, ["acces", "paie"]);
  assert.deepEqual(parseQuery("the ").words, ["the"]);
  assert.deepEqual(parseQuery("paie en").words, ["paie", "en"], "it may be the start of a word");
});

test("a number is a number in either form, and a bare number is a word", () => {
  assert.equal(parseQuery("inc-123").number, "INC-123");
  assert.equal(parseQuery("INC-2026-000123 ").number, "INC-2026-000123");
  assert.equal(parseQuery("#123").number, "INC-123");
  assert.equal(parseQuery("EX-7").number, "EX-7");
  assert.deepEqual([parseQuery("502").number, parseQuery("502").words], [null, ["502"]]);
});

test("a key that is none of ours is text", () => {
  const query = parseQuery("error:42 https://example.org/a?b=c 10:30");
  assert.deepEqual(query.filters, []);
  assert.ok(["error", "42", "https", "example", "10", "30"].every((word) => query.words.includes(word)));
});

test("a name is taken exactly, else by how it begins, in any of its names", () => {
  const ids = (text: string) => conditions(text).flatMap((one) => ("ids" in one ? one.ids : []));
  assert.deepEqual(ids("service:bulletins"), ["pay"]);
  assert.deepEqual(ids("service:réserv"), ["book", "bookings"]);
  assert.deepEqual(ids("service:paie,booking"), ["pay", "book", "bookings"]);
  assert.deepEqual(ids("assignee:ben"), ["ben"]);
});

const sought: Sought = {
  stage: "registered",
  accepted: false,
  exercise: false,
  toCheck: false,
  service: "pay",
  team: "net",
  function: null,
  people: ["ana"],
  categories: ["security"],
  priority: 2,
  reported: parseIso("2026-10-01T04:30:00Z") ?? 0,
  due: null,
  escalated: false,
};
const finds = (text: string, one: Partial<Sought> = {}): boolean => meetsAll(conditions(text), { ...sought, ...one });

test("what names nothing finds nothing, and says so", () => {
  for (const [text, code] of [
    ["service:nowhere", "value-unknown"],
    ["is:purple", "value-unknown"],
    ["priority:9", "value-unknown"],
    ["after:someday", "date-unknown"],
    ["before:2026-02-31", "date-unknown"],
  ] as const) {
    assert.deepEqual(resolved(text).problems, [{ code, part: text }]);
    assert.equal(finds(text), false, text);
  }
  assert.equal(finds("service:nowhere is:open"), false);
});

test("conditions hold together, and a sign turns one round", () => {
  for (const text of ["is:open", "service:paie is:waiting", "assignee:me priority:1,2", "team:réseau -is:exercise"])
    assert.equal(finds(text), true, text);
  for (const text of ["-is:open", "is:open priority:1", "assignee:ben", "-category:security", "is:ended"])
    assert.equal(finds(text), false, text);
  assert.equal(finds("assignee:none", { people: [], team: null }), true);
});

test("a day begins where the reader is: half past four in UTC is still September in Toronto", () => {
  assert.equal(finds("after:2026-10-01"), true, "00:30 in Toronto");
  assert.equal(finds("before:2026-10-01"), false);
  assert.equal(finds("before:2026-10-01", { reported: sought.reported - 3_600_000 }), true);
  assert.equal(finds("after:2026-10 before:2026-11"), true);
});

test("what is late and was never escalated is found, in either language", () => {
  for (const text of ["is:unescalated", "est:non-remonté", "est:sans-remontée"]) {
    assert.equal(finds(text, { due: now - 1 }), true, text);
    assert.equal(finds(text, { due: now - 1, escalated: true }), false, text);
    assert.equal(finds(text, { due: now + 1 }), false, text);
    assert.equal(finds(text), false, text);
  }
});

test("what is due by then is found, missed or not; what has no target is neither late nor due", () => {
  assert.equal(finds("due:4h"), false);
  const soon = { due: now + 3 * 3_600_000 };
  for (const text of ["due:4h", "échéance:4h", "due:today", "-is:late"]) assert.equal(finds(text, soon), true, text);
  for (const text of ["due:2h", "is:late", "est:en-retard"]) assert.equal(finds(text, soon), false, text);
  for (const text of ["due:2h", "is:late", "est:dépassé"]) assert.equal(finds(text, { due: now - 1 }), true, text);
  assert.deepEqual(resolved("due:someday").problems, [{ code: "date-unknown", part: "due:someday" }]);
});

test("signs without a word ask for nothing, and say so; an empty query has no problem", () => {
  for (const text of ["'", "%_", " -- ", '""', "&|!"])
    assert.deepEqual(resolved(text).problems, [{ code: "no-words", part: text.trim() }], text);
  for (const text of ["", "  "]) assert.deepEqual(resolved(text).problems, []);
});

test("hostile text is read in one pass, whatever it is", () => {
  const hostile = [
    "'; drop table incidents; --",
    "\\'%_*?()[]{}|&!<->:*",
    `${'"'.repeat(399)}`,
    `${"is:".repeat(133)}`,
    `${"-".repeat(400)}`,
    `${"a".repeat(1_000_000)}`,
    `${"service:".repeat(200_000)}`,
    "\u0000\ud800\u202e",
  ];
  for (const text of hostile) {
    const query = parseQuery(text);
    for (const word of [...query.words, ...query.without]) assert.match(word, /^[\p{L}\p{N}]{1,64}$/u);
    assert.ok(query.words.length <= 12);
  }
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: queryMax * 2 }), (text) => {
      const query = parseQuery(text);
      for (const word of [...query.words, ...query.without]) assert.match(word, /^[\p{L}\p{N}]{1,64}$/u);
      resolveQuery(query, known);
    }),
  );
});
