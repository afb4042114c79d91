/** A long board is read page by page in one order, and followed by asking about single rows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Json, startWorld } from "./world.ts";

test("pages of the board follow one another without a gap, most pressing first", async () => {
  const world = await startWorld({ mail: false });
  for (let n = 0; n < 9; n += 1) {
    const weight = { impact: ((n % 4) + 1) as 1, urgency: ((n % 3) + 1) as 1 };
    await world.api("POST", "/api/v1/incidents", { title: `Call ${n}`, ...weight });
  }
  const whole = (await world.api("GET", "/api/v1/board")).body;
  assert.deepEqual([whole.data.length, whole.truncated, whole.nextCursor], [9, false, null]);
  const seen: Json[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const answer: Json = (await world.api("GET", `/api/v1/board?limit=2${cursor && `&cursor=${cursor}`}`)).body;
    assert.equal(answer.counts.open, 9);
    assert.equal(answer.truncated, answer.nextCursor !== null);
    seen.push(...answer.data);
    cursor = answer.nextCursor;
  }
  assert.deepEqual(
    seen.map((one) => one.number),
    whole.data.map((one: Json) => one.number),
  );
  const made = await world.api("GET", "/api/v1/board?cursor=bm90IG9uZQ");
  assert.deepEqual([made.status, made.body.errors[0].pointer], [422, "/query/cursor"]);
  await world.stop();
});

test("of rows that are asked by id, those that have ended are left out", async () => {
  const world = await startWorld({ mail: false });
  const made: Json[] = [];
  for (const title of ["One", "Two", "Three"])
    made.push((await world.api("POST", "/api/v1/incidents", { title })).body);
  const [one, two] = made;
  await world.api("POST", `/api/v1/incidents/${one.number}/dismiss`, { reason: "A trial" });
  const { data, counts } = (await world.api("GET", `/api/v1/board?ids=${one.id},${two.id.toUpperCase()}`)).body;
  assert.deepEqual([data.map((row: Json) => row.number), counts.open], [[two.number], 2]);
  for (const ids of ["", "no-id", Array.from({ length: 101 }, () => two.id).join(",")])
    assert.equal((await world.api("GET", `/api/v1/board?ids=${ids}`)).status, 422, ids.slice(0, 40));
  await world.stop();
});

test("views are kept for each person, under names of their own", async () => {
  const world = await startWorld({ mail: false });
  const [ana, ben] = [await world.person("Ana Two", 2), await world.person("Ben Three", 3)];
  const as = { token: ana.token };
  const filter = { q: "p1 réseau", look: "board" };
  const saved = await world.api("POST", "/api/v1/views", { name: "Network", filter }, as);
  assert.deepEqual([saved.status, saved.body.filter], [201, filter], saved.text);
  const path = `/api/v1/views/${saved.body.id}`;
  assert.equal((await world.api("POST", "/api/v1/views", { name: "network", filter: {} }, as)).body.code, "name-taken");
  const other = { token: ben.token };
  assert.equal((await world.api("POST", "/api/v1/views", { name: "Network", filter: {} }, other)).status, 201);
  for (const method of ["PATCH", "DELETE"] as const) {
    const answer = await world.api(method, path, method === "PATCH" ? { name: "Mine" } : undefined, other);
    assert.equal(answer.body.code, "view-unknown");
  }
  const renamed = await world.api("PATCH", path, { name: "Réseau" }, as);
  assert.deepEqual(renamed.body, { id: saved.body.id, name: "Réseau", filter });
  await world.api("PATCH", path, { filter: { view: "mine" } }, as);
  assert.deepEqual((await world.api("GET", "/api/v1/views", undefined, as)).body.data, [
    { id: saved.body.id, name: "Réseau", filter: { view: "mine" } },
  ]);
  assert.equal((await world.api("DELETE", path, undefined, as)).status, 200);
  assert.deepEqual((await world.api("GET", "/api/v1/views", undefined, as)).body.data, []);
  await world.stop();
});
