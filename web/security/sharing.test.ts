import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "#languages/messages.ts";
import { security } from "#languages/security.ts";
import type { Observable } from "./queries.ts";
import { isShareable, observablesCsv } from "./sharing.ts";

const { t } = createMessages("en", security);
const seen = (more: Partial<Observable>): Observable => ({
  ...{ number: 1, kind: "other", value: "x", defanged: "x", status: "suspected", note: null, tlp: null },
  ...{ firstSeen: null, lastSeen: null, by: "Ben", at: "2026-10-07T18:00:00.000Z", changed: null, alsoOn: [] },
  ...more,
});

test("a value that a spreadsheet would run is told apart", () => {
  const [, row = ""] = observablesCsv([seen({ value: "=cmd|'/c calc'!A0", note: "@x" })], "green", t).split("\r\n");
  assert.ok(row.includes(`'=cmd|'/c calc'!A0`) && row.includes("'@x"), row);
  assert.ok(row.includes("GREEN"));
});

test("nor one that it would run behind a space, or where lists are told apart by semicolons", () => {
  const [, row = ""] = observablesCsv([seen({ value: " =1+1", note: "x;=1+1" })], null, t).split("\r\n");
  assert.ok(row.includes("' =1+1") && row.includes('"x;=1+1"'), row);
});

test("what is red, by itself or by its incident, stays", () => {
  assert.equal(isShareable(seen({ tlp: "red" }), "green"), false);
  assert.equal(isShareable(seen({}), "red"), false);
  assert.equal(isShareable(seen({ tlp: "amber" }), "green"), true);
});
