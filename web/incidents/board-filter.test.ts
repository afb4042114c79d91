import assert from "node:assert/strict";
import { test } from "node:test";
import type { QueryKnown } from "#core/incidents/conditions.ts";
import { parseQuery } from "#core/incidents/query.ts";
import { boardFilter } from "./board-filter.ts";
import { exampleView, reportedAt } from "./example-view.ts";

const lea = { id: "lea", name: "Léa Rousseau" };
const view = exampleView({
  title: "Téléphonie coupée",
  priority: 2,
  acceptedBy: lea,
  service: { id: "phones", name: "Téléphonie" },
});
const known: QueryKnown = {
  services: [
    { id: "phones", names: ["Téléphonie", "Telephony", "standard"] },
    { id: "pay", names: ["Paie", "Payroll"] },
  ],
  teams: [],
  functions: [],
  people: [{ id: "lea", names: ["Léa Rousseau"] }],
  categories: [{ id: "major", names: ["major", "Majeur", "Major"] }],
  me: "lea",
  now: Date.parse(reportedAt) + 3_600_000,
  zone: "America/Montreal",
};
const filter = (text: string) => boardFilter(parseQuery(text), known);

const found = [
  ...["telephonie", "TÉLÉ coupee", "lépho", "p2", "INC-412", "#412", "INC-2026-000412", "rousseau p2", ""],
  ...["est:ouvert", "is:open service:standard", "responsable:moi", "assignee:me", "-service:paie", "priorité:1,2"],
  ...["telephonie -imprimante", "after:2h", "-catégorie:majeur"],
];
const notFound = [
  ...["p1", "inc-41", "inc-4", "telephonie p3", "telephonie -coupee"],
  ...["est:clos", "service:paie", "assignee:none", "-is:open", "before:2h", "category:major"],
];

test("the board's filter reads words without accents, priorities, both forms of a number, and the language of the search", () => {
  for (const text of found) assert.ok(filter(text).holds(view), text);
  for (const text of notFound) assert.ok(!filter(text).holds(view), text);
  for (const text of [...found, ...notFound]) assert.deepEqual(filter(text).problems, [], text);
});

test("a name that nothing has is told, and finds nothing rather than everything", () => {
  const { holds, problems } = filter("service:licorne");
  assert.equal(holds(view), false);
  assert.deepEqual(problems, [{ code: "value-unknown", part: "service:licorne" }]);
});
