/** What a category restricts by itself; the glass, broken with a reason, told at once and over after four hours; and who has
 *  opened it. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { verifyRecord } from "../../core/kernel/record.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let ana: Someone;
let dan: Someone;
let owner: Someone;
let service = "";

before(async () => {
  world = await startWorld({ shared: true });
  [ana, dan, owner] = [
    await world.person("Ana Cy", 3),
    await world.person("Dan Five", 5),
    await world.person("Olga Own", 2),
  ];
  const made = await world.api("POST", "/api/v1/services", { nameFr: "Fichiers", nameEn: "Files", owner: owner.id });
  assert.equal(made.status, 201, made.text);
  service = made.body.id;
});

const as = (who: Someone) => ({ token: who.token });
const read = (who: Someone, id: string, rest = ""): Promise<Answer> =>
  world.api("GET", `/api/v1/incidents/${id}${rest}`, undefined, as(who));
const breakGlass = (who: Someone, incident: string, reason = "Nobody of them answers"): Promise<Answer> =>
  world.api("POST", "/api/v1/break-glass", { incident, reason }, as(who));

async function secret(): Promise<Json> {
  const body = { title: "Files encrypted", service, categories: ["security"] };
  const answer = await world.api("POST", "/api/v1/incidents", body, as(ana));
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

test("the security category restricts as soon as it is given, to whoever gave it and whoever keeps the service", async () => {
  const { id, restriction } = await secret();
  assert.equal(restriction.category, "security");
  assert.deepEqual(restriction.members.map((one: Json) => one.name).toSorted(), ["Ana Cy", "Olga Own"]);
  assert.equal((await read(owner, id)).status, 200);
  assert.equal((await read(dan, id)).status, 404);
  const plain = (await world.api("POST", "/api/v1/incidents", { title: "Odd mail" }, as(ana))).body.id;
  assert.equal((await read(dan, plain)).status, 200);
  await world.api("POST", `/api/v1/incidents/${plain}/categorise`, { categories: ["security"] }, as(ana));
  assert.equal((await read(dan, plain)).status, 404);
  await world.mailbox(owner).expectNothing();
});

test("the glass asks for level 5, says nothing to anybody else, lets in for four hours and is told at once", async () => {
  const { id, number } = await secret();
  for (const named of [id, number, "INC-2026-009999"]) {
    const answer = await breakGlass(ana, named);
    assert.deepEqual([answer.status, answer.body.code], [403, "level-too-low"], "whatever is named");
  }
  const missing = await breakGlass(dan, "INC-2026-009999");
  assert.deepEqual([missing.status, missing.body.code], [404, "incident-unknown"]);
  assert.equal((await breakGlass(dan, id, " ")).status, 422);
  const opened = await breakGlass(dan, number);
  assert.equal(opened.status, 200, opened.text);
  assert.equal(opened.body.title, "Files encrypted");
  for (const one of [ana, owner]) {
    const letter = await world.mailbox(one).expectNotice();
    assert.match(letter.text, /Dan Five/);
    assert.match(letter.text, /Nobody of them answers/);
  }
  await world.mailbox(dan).expectNothing();
  const again = await breakGlass(dan, id);
  assert.deepEqual([again.status, again.body.code], [409, "glass-not-needed"]);
  assert.equal((await read(dan, id)).status, 200);
  await world.advance(4 * 60 + 1);
  assert.equal((await read(dan, id)).status, 404);
  const record = (await read(ana, id, "/export")).body;
  const last = record.entries
    .filter(({ type }: Json) => /^access.(forced|revoked)/.test(type))
    .map(({ type, reason, data }: Json) => [type, reason, data.because ?? null]);
  assert.deepEqual(last, [
    ["access.forced", "Nobody of them answers", null],
    ["access.revoked", null, "expired"],
  ]);
  assert.ok(verifyRecord(record).whole);
});

test("who opened it is kept, once in ten minutes, and read by members of level 4 and more", async () => {
  const { id } = await secret();
  const lead = await world.person("Lea Lead", 4);
  await world.api("POST", `/api/v1/incidents/${id}/assign`, { person: lead.id }, as(ana));
  await world.settle();
  for (let n = 0; n < 3; n++) await read(lead, id, n === 1 ? "/timeline" : "");
  await read(owner, id, "/export");
  await read(dan, id);
  const low = await read(ana, id, "/opened");
  assert.deepEqual([low.status, low.body.code], [403, "level-too-low"]);
  assert.equal((await read(dan, id, "/opened")).status, 404);
  const { data } = (await read(lead, id, "/opened")).body;
  assert.deepEqual(
    data.map((one: Json) => [one.person.name, one.what, one.via]),
    [
      ["Olga Own", "export", "token"],
      ["Lea Lead", "page", "token"],
    ],
  );
  await assert.rejects(world.desk.pools.reading.query("delete from incident_opened"), /permission denied/);
  const open = (await world.api("POST", "/api/v1/incidents", { title: "Plain" }, as(ana))).body.id;
  await read(lead, open);
  assert.deepEqual((await read(lead, open, "/opened")).body.data, [], "of what all may read nothing is kept");
  await world.settle();
  world.post.letters.splice(0);
});

test("the database and the core admit the same people", async () => {
  const { id } = await secret();
  const out = await world.person("Out Sider", 4);
  await world.api("POST", `/api/v1/incidents/${id}/add-task`, { text: "Look", person: out.id }, as(ana));
  const { restriction } = (await read(ana, id)).body;
  const [row] = await world.query<{ admitted: string[] }>("select admitted from incidents where id = $1", [id]);
  assert.deepEqual(row?.admitted.toSorted(), restriction.members.map((one: Json) => one.id).toSorted());
  assert.equal((await read(out, id)).status, 200, "whoever is given a task may open it");
  await world.settle();
  world.post.letters.splice(0);
});
