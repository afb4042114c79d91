import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "#contract/account.ts";
import { groupOf, nextStep, standingOf, stepOf } from "./steps.ts";

const row = (id: string, state: Check["state"] = "ok"): Check => ({
  id,
  state,
  detail: "",
  because: null,
  facts: {},
  provedAt: null,
});

test("a step is done when all its rows are in order, and put off only while they are not", () => {
  const half = [row("mail"), row("mail-returned", "missing")];
  assert.equal(standingOf("mail", half, []), "todo");
  assert.equal(standingOf("mail", half, ["mail"]), "skipped");
  assert.equal(standingOf("mail", [row("mail"), row("mail-returned")], ["mail"]), "done");
});

test("the next step is the first that is neither done nor put off, then those before", () => {
  const checks = [row("address", "warning"), row("mail", "missing"), row("organisation", "warning"), row("service")];
  assert.equal(nextStep(null, checks, []), "address");
  assert.equal(nextStep("address", checks, []), "mail");
  assert.equal(nextStep("address", checks, ["mail"]), "organisation");
  assert.equal(nextStep("organisation", checks, []), "address");
  assert.equal(nextStep("address", checks, ["mail", "organisation"]), null);
});

test("every row has a group; only some have a step", () => {
  assert.equal(stepOf("fallback"), "on-call");
  assert.equal(stepOf("clock"), null);
  assert.equal(groupOf("clock"), "stand");
  assert.equal(groupOf("page-sent"), "come-in");
});
