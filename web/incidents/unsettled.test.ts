import assert from "node:assert/strict";
import { test } from "node:test";
import { settlingCriterion } from "#core/incidents/unsettled.ts";
import { exampleView } from "./example-view.ts";
import { unsettledIn } from "./unsettled.ts";

const viewWith = (unsettled?: string[]) => {
  const view = exampleView();
  const one = { id: settlingCriterion, name: "Duties", met: true, ...(unsettled && { unsettled }) };
  return { ...view, asks: { ...view.asks, criteria: [one] } };
};

test("what the server found unsettled refuses that criterion and closing, and nothing else", () => {
  const view = viewWith(["DORA (to be assessed)"]);
  for (const why of [unsettledIn(view, "close"), unsettledIn(view, "confirm-criterion", settlingCriterion)])
    assert.deepEqual(why, { refused: "obligations-unsettled", values: { unsettled: ["DORA (to be assessed)"] } });
  assert.equal(unsettledIn(view, "confirm-criterion", "contained"), null);
  assert.equal(unsettledIn(view, "confirm-criterion"), null);
  assert.equal(unsettledIn(viewWith(), "close"), null);
});
