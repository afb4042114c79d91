/** Several acts in one request: each is answered, each is what it would be alone, and a lost answer is found again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bulkMax } from "../../contract/bulk.ts";
import { type Json, startWorld, type TestWorld } from "./world.ts";

const path = "/api/v1/incidents/bulk";

async function recorded(world: TestWorld, title: string): Promise<Json> {
  const answer = await world.api("POST", "/api/v1/incidents", { title });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

const act = (incident: string, command: string, body: object = {}, more: object = {}): object => ({
  incident,
  command,
  body,
  ...more,
});

test("each act has its own answer, in the order asked, and a refusal touches no other", async () => {
  const world = await startWorld({ mail: false });
  const ana = await world.person("Ana Two", 2);
  const [one, two, three] = [
    await recorded(world, "Mail is slow"),
    await recorded(world, "VPN drops"),
    await recorded(world, "Badge reader"),
  ];
  const answer = await world.api(
    "POST",
    path,
    {
      acts: [
        act(one.number, "categorise", { categories: ["complex"] }),
        act(two.id, "close"),
        act("INC-1999-000001", "dismiss", { reason: "Not ours" }),
        act(three.number, "dismiss", { reason: "A trial" }, { ifSeq: 0 }),
        act("nothing-like-it", "dismiss", { reason: "A trial" }),
      ],
    },
    { token: ana.token, headers: { "accept-language": "fr" } },
  );
  assert.equal(answer.status, 200, answer.text);
  const { results, done, refused } = answer.body;
  assert.deepEqual(
    results.map((result: Json) => [result.incident, result.command, result.status, result.problem?.code ?? null]),
    [
      [one.number, "categorise", 200, null],
      [two.id, "close", 403, "level-too-low"],
      ["INC-1999-000001", "dismiss", 404, "incident-unknown"],
      [three.number, "dismiss", 412, "precondition-failed"],
      ["nothing-like-it", "dismiss", 404, "incident-unknown"],
    ],
  );
  assert.deepEqual([done, refused], [1, 4]);
  assert.deepEqual(results[0].after.categories, ["complex"]);
  assert.match(results[1].problem.detail, /niveau/, "said in the language asked for");
  const now = await world.api("GET", `/api/v1/incidents/${three.number}`);
  assert.equal(now.body.stage, "registered", "what was refused was not done");
  const { data } = (await world.api("GET", `/api/v1/incidents/${one.number}/timeline`)).body;
  assert.equal(data.at(-1).actor.name, "Ana Two");
  await world.stop();
});

test("what cannot be read is refused before anything is done", async () => {
  const world = await startWorld({ mail: false });
  const { number } = await recorded(world, "Mail is slow");
  const refusals: [object, string][] = [
    [{ acts: [] }, "/acts"],
    [{ acts: [act(number, "dismiss", { reason: "A trial" }), act(number, "assign")] }, "/acts"],
    [{ acts: [act(number, "dismiss", { reason: "A trial" }), act("INC-2", "dismiss")] }, "/acts/1/body/reason"],
    [{ acts: [act(number, "dismiss", { reason: "A trial" }), act("INC-2", "explode")] }, "/acts/1/command"],
    [{ acts: Array.from({ length: bulkMax + 1 }, (_, n) => act(`INC-${n + 1}`, "accept")) }, "/acts"],
  ];
  for (const [body, pointer] of refusals) {
    const answer = await world.api("POST", path, body);
    assert.equal(answer.status, 422, answer.text);
    assert.ok(
      answer.body.errors.some((error: Json) => error.pointer === pointer),
      answer.text,
    );
  }
  assert.equal((await world.api("GET", `/api/v1/incidents/${number}`)).body.stage, "registered");
  const reading = await world.tokenOf(world.admin.id, ["read"]);
  const denied = await world.api("POST", path, { acts: [act(number, "accept")] }, { token: reading });
  assert.equal(denied.body.code, "scope-missing");
  await world.stop();
});

test("asked again with the same key, it does nothing twice and answers the same", async () => {
  const world = await startWorld({ mail: false });
  const { number } = await recorded(world, "Mail is slow");
  const body = { acts: [act(number, "add-observation", { text: "Three callers." }), act("INC-999", "accept")] };
  const headers = { "idempotency-key": "one-key" };
  const [first, again] = [
    await world.api("POST", path, body, { headers }),
    await world.api("POST", path, body, { headers }),
  ];
  assert.equal(again.headers["idempotent-replayed"], "true");
  assert.deepEqual(again.body, first.body);
  const { data } = (await world.api("GET", `/api/v1/incidents/${number}/timeline`)).body;
  assert.equal(data.filter((entry: Json) => entry.type === "observation.noted").length, 1);

  /* The answer was lost before it could be kept: the records say what was done. */
  await world.query("update idempotency set status = null, body = null");
  world.desk.clock.advance(2 * 60_000);
  const found = await world.api("POST", path, body, { headers });
  assert.equal(found.status, 200, found.text);
  assert.deepEqual(
    found.body.results.map((result: Json) => [result.status, result.problem?.code ?? null]),
    [
      [200, null],
      [503, "not-attempted"],
    ],
  );
  const after = (await world.api("GET", `/api/v1/incidents/${number}/timeline`)).body.data;
  assert.equal(after.filter((entry: Json) => entry.type === "observation.noted").length, 1, "nothing is done twice");
  await world.stop();
});
