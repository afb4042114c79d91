/** Why it was found to be an incident: said when it is registered, as nearly always unless said otherwise, and put right when it is
 *  documented. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { detectionReasons } from "../kernel/vocabulary.ts";
import type { IncidentEvent } from "./events.ts";
import { ana, bare, by, cleo, documentedData, given, identified, registered, stateAfter } from "./given.ts";

const seen = (as: (typeof detectionReasons)[number]): IncidentEvent => ({ type: "incident.identified", data: { as } });

test("whoever registers it says why, and says nothing where it is as nearly always", () => {
  given()
    .when(by(ana, "register", {}))
    .thenFacts((facts) => assert.deepEqual(bare(facts), [identified, registered]));
  for (const detectedAs of detectionReasons)
    given()
      .when(by(ana, "register", { detectedAs }))
      .thenFacts((facts, after) => {
        assert.deepEqual(bare(facts), [seen(detectedAs), registered]);
        assert.equal(after.detectedAs, detectedAs);
      });
  assert.equal(stateAfter().detectedAs, undefined, "nobody has said that it is one");
});

test("documented, it is put right once, and stays where nothing else is said", () => {
  const story = [seen("perceived"), registered];
  const documents = (detectedAs?: (typeof detectionReasons)[number]) =>
    given(...story).when(by(cleo, "complete-documentation", { ...documentedData, ...(detectedAs && { detectedAs }) }));
  documents().thenFacts((facts) =>
    assert.deepEqual(bare(facts), [{ type: "documentation.completed", data: documentedData }]),
  );
  documents("perceived").thenFacts((facts) => assert.equal(facts.length, 1));
  documents("expert-opinion").thenFacts((facts, after) => {
    assert.deepEqual(bare(facts), [seen("expert-opinion"), { type: "documentation.completed", data: documentedData }]);
    assert.equal(after.detectedAs, "expert-opinion");
  });
});
