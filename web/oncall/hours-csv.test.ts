import assert from "node:assert/strict";
import { test } from "node:test";
import { hoursCsv } from "./hours-csv.ts";

test("hours as a file: commas and quotation marks are kept apart, numbers have two decimals, no cell is a formula", () => {
  const rows = [
    ["Personne", "Heures"],
    ['Léa "la" Roy, N1', 12.345],
    ["=cmd()", 0],
  ];
  assert.equal(hoursCsv(rows), '\ufeffPersonne,Heures\r\n"Léa ""la"" Roy, N1",12.35\r\n\'=cmd(),0\r\n');
});
