import assert from "node:assert/strict";
import { test } from "node:test";
import { spelled } from "#core/noise/spelling.ts";
import { askedOf, emptyScope, matchersOf, saysSomething } from "./scope.ts";

test("labels are read one a line, as Alertmanager writes them, and written back the same", () => {
  const { matchers, wrong } = matchersOf('alertname="Disk full",\n instance=~"db.*"\nseverity!=critical\n\n"a b"!~x');
  assert.equal(wrong, null);
  assert.deepEqual(matchers, [
    { label: "alertname", operator: "=", value: "Disk full" },
    { label: "instance", operator: "=~", value: "db.*" },
    { label: "severity", operator: "!=", value: "critical" },
    { label: "a b", operator: "!~", value: "x" },
  ]);
  assert.deepEqual(matchersOf(matchers.map(spelled).join("\n")).matchers, matchers);
});

test("a line that is no matcher is named", () => {
  assert.equal(matchersOf("site=north\nnonsense").wrong, "nonsense");
});

test("what is left empty says nothing", () => {
  assert.equal(saysSomething(askedOf(emptyScope)), false);
  assert.equal(saysSomething(askedOf({ ...emptyScope, text: " disk " })), true);
});
