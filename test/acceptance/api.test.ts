/** What scripts and the web rely on: the same key twice, somebody else's change in between, lists in pages, numbers without
 *  a gap, the live stream, reports, and the committed description of it all. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { openApiText } from "../../contract/generate.ts";
import { verifyRecord } from "../../core/kernel/record.ts";
import { type Answer, type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

const root = join(import.meta.dirname, "..", "..");
let world: TestWorld;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
});

const record = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  world.api("POST", "/api/v1/incidents", body, { token: world.admin.token, headers });
const act = (id: string, command: string, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: world.admin.token, headers });

test("an idempotency key: the same body gets the same answer, another body is refused, a refusal may be tried again", async () => {
  const headers = { "idempotency-key": "one-of-mine" };
  const first = await record({ title: "Once" }, headers);
  const again = await record({ title: "Once" }, headers);
  assert.equal(first.status, 201);
  assert.equal(again.status, 201);
  assert.deepEqual(again.body, first.body);
  assert.equal(again.headers["idempotent-replayed"], "true");
  assert.match(String(first.headers.etag), /^"\d+"$/);
  assert.equal(again.headers.etag, first.headers.etag, "the tag too: the next act may depend on it");
  const other = await record({ title: "Twice" }, headers);
  assert.deepEqual([other.status, other.body.code], [422, "idempotency-mismatch"]);
  const refused = await record({ title: "" }, { "idempotency-key": "another" });
  assert.equal(refused.status, 422);
  const fixed = await record({ title: "Now good" }, { "idempotency-key": "another" });
  assert.equal(fixed.status, 201, fixed.text);
  const elsewhere = await world.person("Other Caller", 2);
  const theirs = await world.api("POST", "/api/v1/incidents", { title: "Theirs" }, { token: elsewhere.token, headers });
  assert.notEqual(theirs.body.id, first.body.id, "a key is its caller's");
  const both = await Promise.all([1, 2].map(() => record({ title: "Race" }, { "idempotency-key": "race" })));
  const races = (await world.api("GET", "/api/v1/incidents?q=Race")).body.data;
  assert.equal(races.length, 1);
  assert.ok(both.every((answer) => [201, 409].includes(answer.status)));
});

test("a key whose request did its work and never answered: the same again does nothing twice, and says what was done", async () => {
  const headers = { "idempotency-key": "answer-lost" };
  const first = await record({ title: "Once, unheard" }, headers);
  const team = await world.api(
    "POST",
    "/api/v1/teams",
    { name: "Unheard", members: [] },
    { headers, token: world.admin.token },
  );
  assert.deepEqual([first.status, team.status], [201, 201], team.text);
  await world.query("update idempotency set status = null, body = null");
  const soon = await record({ title: "Once, unheard" }, headers);
  assert.deepEqual([soon.status, soon.body.code], [409, "idempotency-in-flight"]);
  await world.advance(2);
  const again = await record({ title: "Once, unheard" }, headers);
  assert.deepEqual([again.status, again.body.id, again.body.number], [201, first.body.id, first.body.number]);
  assert.equal(again.headers["idempotent-replayed"], "true");
  const teamAgain = await world.api(
    "POST",
    "/api/v1/teams",
    { name: "Unheard", members: [] },
    { headers, token: world.admin.token },
  );
  assert.deepEqual([teamAgain.status, teamAgain.body], [201, team.body]);
});

test("a key whose request died before doing anything is run again after a minute", async () => {
  const headers = { "idempotency-key": "died-first" };
  await record({ title: "", description: "x" }, headers);
  const first = await record({ title: "Died" }, headers);
  await world.query(
    "update idempotency set status = null, body = null, request_id = 'nobody-wrote-under-this' where made_at = (select max(made_at) from idempotency)",
  );
  await world.advance(2);
  const again = await record({ title: "Died" }, headers);
  assert.equal(again.status, 201, again.text);
  assert.notEqual(again.body.id, first.body.id);
  assert.deepEqual((await record({ title: "Died" }, headers)).body, again.body);
});

test("two commands decided on the same state, sent at once: one is done, the other is told", async () => {
  const { body } = await record({ title: "Two at once" });
  const tag = `"${(await world.api("GET", `/api/v1/incidents/${body.id}/timeline`)).body.data.length}"`;
  const answers = await Promise.all(
    ["one", "two", "three"].map((text) => act(body.id, "add-observation", { text }, { "if-match": tag })),
  );
  assert.deepEqual(answers.map((one) => one.status).sort(), [200, 412, 412]);
});

test("If-Match refuses what was decided on an older state, and a read gives the tag", async () => {
  const { body } = await record({ title: "Tagged" });
  const read = await world.api("GET", `/api/v1/incidents/${body.id}`);
  const tag = String(read.headers.etag);
  assert.equal((await act(body.id, "add-observation", { text: "one" }, { "if-match": tag })).status, 200);
  const late = await act(body.id, "add-observation", { text: "two" }, { "if-match": tag });
  assert.deepEqual([late.status, late.body.code], [412, "precondition-failed"]);
  const { data } = (await world.api("GET", `/api/v1/incidents/${body.id}/timeline`)).body;
  assert.equal(data.filter((one: Json) => one.type.includes("observation")).length, 1);
  assert.equal((await act(body.id, "add-observation", { text: "three" }, { "if-match": "*" })).status, 200);
  assert.equal((await act(body.id, "add-observation", { text: "four" }, { "if-match": "nonsense" })).status, 412);
});

test("a list is newest first, and its pages leave nothing out and repeat nothing", async () => {
  for (let index = 0; index < 7; index++) await record({ title: `Paged ${index}` });
  const seen: string[] = [];
  let path: string | undefined = "/api/v1/incidents?limit=3&q=Paged";
  while (path !== undefined) {
    const { body, headers }: Answer = await world.api("GET", path);
    seen.push(...body.data.map((one: Json) => one.title));
    path = /^<(.+)>; rel="next"$/.exec(String(headers.link ?? ""))?.[1];
    assert.equal(path?.includes(encodeURIComponent(body.nextCursor)) ?? body.nextCursor === null, true);
    await record({ title: "Unrelated" });
  }
  assert.deepEqual(
    seen,
    [6, 5, 4, 3, 2, 1, 0].map((index) => `Paged ${index}`),
  );
});

test("an incident is found by its id, its number and its short number", async () => {
  const { id, number } = (await record({ title: "Found" })).body;
  const short = number.replace(/^INC-\d{4}-0*/, "INC-");
  for (const name of [id, number, short, short.toLowerCase()])
    assert.equal((await world.api("GET", `/api/v1/incidents/${name}`)).body.id, id, name);
});

test("numbers have no gap under fifty creations at once, refused ones between them", async () => {
  const other = await startWorld({ mail: false });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      other.api("POST", "/api/v1/incidents", {
        title: `n${index}`,
        ...(index % 5 === 4 ? { categories: ["unknown-category"] } : {}),
      }),
    ),
  );
  const numbers = answers.filter((one) => one.status === 201).map((one) => Number(one.body.number.slice(-6)));
  assert.equal(answers.filter((one) => one.status === 422).length, 10);
  assert.deepEqual(
    numbers.sort((a, b) => a - b),
    Array.from({ length: 40 }, (_, index) => index + 1),
  );
  const [exercise] = [(await other.api("POST", "/api/v1/incidents", { title: "x", exercise: true })).body];
  assert.match(exercise.number, /^EX-\d{4}-000001$/);
  await other.stop();
});

test("a command that the state or the level forbids says why with a stable code, and leaves the record whole", async () => {
  const { id } = (await record({ title: "Forbidden" })).body;
  const close = await act(id, "close", {});
  assert.deepEqual([close.status, close.body.code], [409, "milestones-missing"]);
  assert.ok(close.body.missing.includes("resolved"));
  const two = await world.person("Level Two", 2);
  const low = await world.api(
    "POST",
    `/api/v1/incidents/${id}/confirm-priority`,
    { impact: 1, urgency: 1 },
    { token: two.token },
  );
  assert.deepEqual([low.status, low.body.code], [403, "level-too-low"]);
  assert.equal((await act("INC-999999", "close", {})).status, 404);
  const exported = await world.api("GET", `/api/v1/incidents/${id}/export`);
  const verdict = verifyRecord(exported.body);
  assert.equal(verdict.whole, true);
  const { data } = (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body;
  assert.deepEqual(
    data.map((one: Json) => [one.seq, one.hash]),
    exported.body.entries.map((one: Json) => [one.seq, one.hash]),
  );
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}/timeline?after=2&limit=1`)).body.data[0].seq, 3);
});

test("merging moves the alerts and ends the one that is merged", async () => {
  const { key } = await world.integration("pagerduty");
  const opened: string[] = [];
  for (const name of ["merge-a", "merge-b"]) {
    await world.knock("/v2/enqueue", pagerDutyEvent(key, name));
    opened.push((await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0].id);
  }
  const [into = "", from = ""] = opened;
  assert.equal((await act(into, "merge", { into })).body.code, "merge-into-itself");
  const merged = await act(from, "merge", { into });
  assert.equal(merged.status, 200, merged.text);
  assert.equal(merged.body.stage, "merged");
  assert.equal(merged.body.mergedInto, into);
  assert.equal((await world.api("GET", `/api/v1/incidents/${into}`)).body.alerts.open, 2);
  assert.equal((await act(from, "categorise", { categories: ["major"] })).body.code, "already-merged");
  const before = (await world.api("GET", "/api/v1/incidents?limit=200")).body.data.length;
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "merge-b"));
  assert.equal((await world.api("GET", "/api/v1/incidents?limit=200")).body.data.length, before);
});

test("a report needs nobody's account, gives a receipt that shows only its state, and is limited", async () => {
  const other = await startWorld({ mail: false });
  const report = (body: object): Promise<Answer> => other.api("POST", "/api/v1/reports", body, { token: null });
  const first = await report({ title: "The printer is down", name: "Zoé", contact: "zoe@example.org", language: "fr" });
  assert.equal(first.status, 201, first.text);
  const shown = await other.api("GET", `/api/v1/reports/${first.body.receipt}`, undefined, { token: null });
  assert.deepEqual(shown.body, { state: "reported", language: "fr" });
  assert.equal((await other.api("GET", `/api/v1/reports/${"x".repeat(24)}`, undefined, { token: null })).status, 404);
  const statuses: number[] = [];
  for (let index = 0; index < 12; index++) statuses.push((await report({ title: `r${index}` })).status);
  assert.deepEqual([...new Set(statuses)], [201, 429]);
  const paged = await other.query<{ n: number }>("select count(*)::int as n from outbox where kind = 'page'");
  assert.equal(paged[0]?.n, 1, "not a call for each");
  await other.advance(11);
  assert.equal((await report({ title: "later" })).status, 201);
  await other.stop();
});

test("the live stream tells ids only, and who comes back with the last one it saw misses nothing", async () => {
  const other = await startWorld({ mail: false });
  const url = await other.listen();
  const headers = { authorization: `Bearer ${other.admin.token}` };
  assert.equal((await fetch(`${url}/api/v1/stream`)).status, 401);
  const make = async (count: number): Promise<string[]> => {
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) => other.api("POST", "/api/v1/incidents", { title: `live ${index}` })),
    );
    return answers.map((answer) => answer.body.id);
  };
  const first = await make(1);
  const known = await listen(url, headers, "0-0", new Set(first));
  const made = await make(20);
  const live = await listen(url, headers, known.last, new Set(made));
  assert.doesNotMatch(live.text, /live \d/, "no text of people in the stream");
  const [entries] = await other.query<{ n: number }>(
    "select count(*)::int as n from events where stream like 'incident/%'",
  );
  const all = await listen(url, headers, "0-0", new Set([...first, ...made]));
  assert.equal(all.text.match(/"incident"/g)?.length, entries?.n, "each entry once, in one replay");
  /* What is recorded between the first answer that a page reads and the opening of its stream. */
  const { streamedTo } = (await other.api("GET", "/api/v1/session")).body;
  const between = await make(1);
  const opened = await listen(url, headers, undefined, new Set(between), `?after=${streamedTo}`);
  assert.ok(![...first, ...made].some((id) => opened.text.includes(id)), "nothing of before is told again");
  await other.stop();
});

type Heard = { readonly last: string; readonly text: string };

/** Reads until every wanted incident was told of and the line is quiet at an event's end. */
async function listen(
  url: string,
  headers: Record<string, string>,
  since: string | undefined,
  wanted: Set<string>,
  query = "",
): Promise<Heard> {
  const abort = new AbortController();
  const answer = await fetch(`${url}/api/v1/stream${query}`, {
    headers: { ...headers, ...(since === undefined ? {} : { "last-event-id": since }) },
    signal: abort.signal,
  });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
  let text = "";
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk).toString();
    if ([...wanted].every((id) => text.includes(id)) && text.endsWith("\n\n")) break;
  }
  abort.abort();
  return { last: [...text.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1] ?? "", text };
}

test("the committed description of the API is the one that is served", async () => {
  assert.equal(readFileSync(join(root, "contract", "openapi.json"), "utf8"), openApiText());
  const served = await world.api("GET", "/api/openapi.json", undefined, { token: null });
  assert.deepEqual(served.body, JSON.parse(openApiText()));
});

test("the description holds together: every reference leads somewhere, every place in a path is described, every id is one's own", () => {
  const description = JSON.parse(openApiText());
  assert.equal(description.openapi, "3.1.0");
  const found = (ref: string): Json =>
    ref
      .slice(2)
      .split("/")
      .reduce((at: Json, name) => at?.[name], description);
  const references = openApiText().match(/"\$ref": "[^"]+"/g) ?? [];
  assert.ok(references.length > 50);
  for (const one of references) assert.ok(found(one.slice(9, -1)), one);
  const operations = Object.entries<Json>(description.paths).flatMap(([path, item]) =>
    Object.entries<Json>(item).map(([method, one]) => ({ path, method, one })),
  );
  const ids = operations.map(({ one }) => one.operationId);
  assert.equal(new Set(ids).size, ids.length);
  for (const { path, method, one } of operations) {
    const parameters: Json[] = one.parameters.map((each: Json) => (each.$ref ? found(each.$ref) : each));
    const inPath = parameters.filter((each) => each.in === "path");
    assert.deepEqual(inPath.map((each) => `{${each.name}}`).sort(), (path.match(/\{\w+\}/g) ?? []).sort(), path);
    assert.ok(inPath.every((each) => each.required));
    assert.equal(new Set(parameters.map((each) => `${each.in}/${each.name}`)).size, parameters.length);
    assert.ok(one.responses.default.content["application/problem+json"], path);
    for (const scheme of one.security.flatMap(Object.keys)) assert.ok(description.components.securitySchemes[scheme]);
    /* Many at once are each given the tag they were read with, in the body. */
    const acts = one.tags.includes("commands") && inPath.length > 0;
    const names = parameters.map((each) => each.name);
    const guarded = acts || one.operationId === "changeNoiseRule";
    assert.equal(names.includes("If-Match"), guarded, `${method} ${path}`);
    if (guarded) assert.ok(one.responses["200"].headers.ETag, path);
    if (acts) assert.ok(names.includes("Idempotency-Key"), path);
  }
});

test("the type of every problem leads to its words in the reference, in the reader's language", async () => {
  const errors = readFileSync(join(root, "docs", "errors.md"), "utf8");
  const codes = [...errors.matchAll(/^\| `([\w-]+)` \| \d{3}/gm)].map(([, code = ""]) => code);
  assert.ok(codes.length > 50);
  for (const language of ["fr", "en"]) {
    const headers = { "accept-language": language };
    const page = await world.api("GET", "/api/docs", undefined, { token: world.admin.token, headers });
    assert.match(page.text, new RegExp(`<html[^>]* lang="${language}"`));
    for (const code of codes) assert.ok(page.text.includes(`<dt id="${code}">`), code);
    for (const { operationId } of Object.values<Json>(JSON.parse(openApiText()).paths).flatMap((one) =>
      Object.values<Json>(one),
    ))
      assert.ok(page.text.includes(`<section id="${operationId}">`), operationId);
  }
  const problem = await world.api("GET", "/api/v1/incidents/INC-999999");
  assert.equal(problem.body.type, "/api/docs#incident-unknown");
});

test("every catalogue says the same things in both languages", () => {
  const folder = (language: string): string => join(root, "languages", language);
  const files = readdirSync(folder("fr")).filter((name) => name.endsWith(".json"));
  assert.deepEqual(
    files.sort(),
    readdirSync(folder("en"))
      .filter((name) => name.endsWith(".json"))
      .sort(),
  );
  const keysOf = (value: unknown, path = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, member]) => keysOf(member, `${path}/${key}`))
      : [path];
  for (const file of files) {
    const [fr, en] = ["fr", "en"].map((language) =>
      keysOf(JSON.parse(readFileSync(join(folder(language), file), "utf8"))),
    );
    assert.deepEqual(fr?.sort(), en?.sort(), file);
  }
});
