/** What people write back and press, as they write it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { phoneOf } from "./phone.ts";
import { readKey, readReply } from "./replies.ts";

test("an answer by text message is understood however it is spaced and in both languages", () => {
  for (const [text, act, number, rest] of [
    ["A 412", "accept", "412", ""],
    ["a412", "accept", "412", ""],
    [" Ack #412 ", "accept", "412", ""],
    ["A INC-2026-000412", "accept", "412", ""],
    ["oui", "accept", null, ""],
    ["A EX-3", "accept", "EX-3", ""],
    ["N 412", "decline", "412", ""],
    ["n 412 je conduis", "decline", "412", "je conduis"],
    ["Non", "decline", null, ""],
    ["Pas moi: je conduis", "decline", null, "je conduis"],
    ["not me", "decline", null, ""],
    ["Accepté.", "accept", null, ""],
    ["Pas moins de 412", "free", null, "Pas moins de 412"],
    [" redémarré le proxy\nça tient ", "free", null, "redémarré le proxy\nça tient"],
    ["NOTE 412: rebooted the proxy", "note", "412", "rebooted the proxy"],
    ["note tout est revenu", "note", null, "tout est revenu"],
    ["?", "help", null, ""],
    ["", "help", null, ""],
    ["A bientôt", "free", null, "A bientôt"],
    ["Arrêt", "help", null, ""],
    ["eh ?", "help", null, ""],
    ["ok", "help", null, ""],
    ["👍", "help", null, ""],
    ["STOP", "help", null, ""],
    ["A 4120000000", "help", null, ""],
    ["note 412", "help", null, ""],
    ["412", "help", null, ""],
  ] as const)
    assert.deepEqual(readReply(text), { act, number, text: rest }, text);
});

test("keys: one takes, two passes on, three repeats, four speaks a note, and the rest is said not to be one", () => {
  assert.deepEqual(["1", "2", "3", "4", "9", "", "#"].map(readKey), [
    "accept",
    "decline",
    "repeat",
    "note",
    "unknown",
    "unknown",
    "unknown",
  ]);
});

test("a telephone number carries its country, however it is written", () => {
  for (const text of ["+1 514 555-0123", "0015145550123", "+1 (514) 555.0123"])
    assert.equal(phoneOf(text), "+15145550123", text);
  for (const text of [
    "514 555-0123",
    "+0 514 555 0123",
    "+1",
    "+1514555012345678",
    "+1 514 JAZZ",
    "+15145550123,+15145550124",
    "",
  ])
    assert.equal(phoneOf(text), null, text);
});
