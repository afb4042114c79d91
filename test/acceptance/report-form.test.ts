/** The public form, as a thumb at night uses it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorld } from "./world.ts";

test("the public form sent twice is one report with one receipt; other words, or another day, are another", async () => {
  const world = await startWorld({ mail: false });
  const page = await world.api("GET", "/report?lang=fr", undefined, { token: null });
  const form = /name="form" value="([A-Za-z0-9]+)"/.exec(page.text)?.[1] ?? assert.fail("the form has its word");
  const send = async (title: string, word = form): Promise<string> => {
    const answer = await world.api(
      "POST",
      "/report",
      new URLSearchParams({ lang: "fr", form: word, title }).toString(),
      {
        token: null,
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
    );
    assert.equal(answer.status, 201, answer.text);
    return /report\/([A-Za-z0-9]{24})/.exec(answer.text)?.[1] ?? assert.fail("a receipt");
  };
  const kept = async (): Promise<number> =>
    (await world.query<{ n: number }>("select count(*)::int as n from incidents"))[0]?.n ?? 0;

  const both = await Promise.all([send("La paie est arrêtée"), send("La paie est arrêtée")]);
  assert.equal(both[0], both[1]);
  assert.equal(await send("La paie est arrêtée"), both[0], "reloaded");
  assert.equal(await kept(), 1);

  assert.notEqual(await send("Le VPN aussi"), both[0]);
  const again = await world.api("GET", "/report", undefined, { token: null });
  const other = /name="form" value="([A-Za-z0-9]+)"/.exec(again.text)?.[1];
  assert.notEqual(await send("La paie est arrêtée", other), both[0], "somebody else says the same");
  assert.equal(await kept(), 3);

  await world.advance(60);
  assert.notEqual(await send("La paie est arrêtée"), both[0], "a page left open, and it broke again");
  assert.equal(await kept(), 4);
  await world.stop();
});
