import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "../../contract/endpoints.ts";
import { endpointSentences } from "../../languages/endpoints.ts";
import { renderApiPage } from "./api-page.ts";

for (const language of ["en", "fr"] as const) {
  test(`each endpoint is said in a sentence, and nothing else is, ${language}`, () => {
    const ids = endpoints.map((one) => `endpoint.${one.id}`);
    assert.deepEqual(Object.keys(endpointSentences[language]).sort(), ids.sort());
  });
}

test("the page of the reference says them in its reader's language", () => {
  const page = renderApiPage({ nonce: "n", language: "fr-FR", insecure: false });
  assert.match(
    page,
    /<code>\/api\/v1\/incidents\/\{id\}\/close<\/code><\/p>\s*<p>Clôt un incident auquel rien ne manque\./,
  );
  assert.match(page, /Un planning d’astreinte et ses règles\./);
});
