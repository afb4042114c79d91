/** The list of all alerts: newest first, by status, source and service, each with the incident it belongs to. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let service = "";
let first: { id: string; key: string };
let second: { id: string; key: string };

const send = (key: string, dedup: string, action = "trigger") =>
  world.knock("/v2/enqueue", {
    routing_key: key,
    event_action: action,
    dedup_key: dedup,
    payload: { summary: `Down: ${dedup}`, source: dedup, severity: "critical" },
  });
const list = async (query = ""): Promise<Json> => (await world.api("GET", `/api/v1/alerts${query}`)).body;
const titles = ({ data }: Json): string[] => data.map((one: Json) => one.title);

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  service = (await world.api("POST", "/api/v1/services", { nameFr: "Paie", nameEn: "Payroll" })).body.id;
  first = await world.integration("pagerduty", { name: "Watch", service });
  second = await world.integration("pagerduty", { name: "Probe" });
  for (const dedup of ["a", "b"]) assert.equal((await send(first.key, dedup)).status, 202);
  await send(second.key, "c");
  await send(first.key, "a", "resolve");
});

test("newest first, with what became of each", async () => {
  const page = await list();
  assert.deepEqual(titles(page), ["Down: c", "Down: b", "Down: a"]);
  const [probe, , resolved] = page.data;
  assert.equal(resolved.status, "resolved");
  assert.match(resolved.incident.number, /^INC-\d{4}-\d{6}$/);
  assert.equal(resolved.incident.title, "Down: a");
  assert.deepEqual(resolved.service, { id: service, name: "Payroll" });
  assert.equal(probe.service, null);
  assert.equal(page.nextCursor, null);
});

test("by status, by several, by source, by service", async () => {
  assert.deepEqual(titles(await list("?status=resolved")), ["Down: a"]);
  assert.deepEqual(titles(await list("?status=resolved&status=open")), ["Down: c", "Down: b", "Down: a"]);
  assert.deepEqual(titles(await list(`?integration=${second.id}`)), ["Down: c"]);
  assert.deepEqual(titles(await list(`?service=${service}&status=open`)), ["Down: b"]);
});

test("by pages that neither repeat nor skip", async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Json = await list(`?limit=1${cursor === null ? "" : `&cursor=${cursor}`}`);
    seen.push(...titles(page));
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.deepEqual(seen, ["Down: c", "Down: b", "Down: a"]);
});

test("one alone, in the reader's language; one that does not exist is nothing", async () => {
  const { data } = await list("?status=resolved");
  const asked = { headers: { "accept-language": "fr" } };
  const alone = await world.api("GET", `/api/v1/alerts/${data[0].id}`, undefined, asked);
  assert.equal(alone.status, 200);
  assert.equal(alone.body.service.name, "Paie");
  const missing = await world.api("GET", "/api/v1/alerts/00000000-0000-4000-8000-000000000000");
  assert.deepEqual([missing.status, missing.body.code], [404, "not-found"]);
});
