/** A flood of alerts: the first ones are incidents of their own, the rest are one storm that calls each person once and
 *  writes to its record at most once a second. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRota, recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, startWorld } from "./world.ts";

test("forty distinct events are ten incidents and one storm, which calls once and writes at most once a second", async () => {
  const world = await startWorld();
  const { ana, key } = await makeRota(world);
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => world.knock("/v2/enqueue", pagerDutyEvent(key, `host-${index}`))),
  );
  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [202]);
  await world.settle();
  await world.advance(0.1);
  const { data } = (await world.api("GET", "/api/v1/incidents?limit=200")).body;
  assert.equal(data.length, 11);
  assert.deepEqual(
    data.map((one: Json) => one.number).sort(),
    Array.from({ length: 11 }, (_, index) => `INC-${data[0].number.slice(4, 8)}-${String(index + 1).padStart(6, "0")}`),
  );
  const storm = data.find((one: Json) => one.alerts.open > 1);
  assert.equal(storm.alerts.open, 30);
  assert.match(storm.title, /30/, "the title keeps count");

  const record = await recordOf(world, storm.id);
  const written = record.filter((entry) => entry.type === "alert.grouped").map((entry) => Date.parse(entry.recordedAt));
  assert.ok(written.length >= 1);
  for (const [index, at] of written.entries()) {
    const before = written[index - 1];
    if (before !== undefined) assert.ok(at - before >= 1_000, "at most one entry a second");
  }
  const grouped = record.filter((entry) => entry.type === "alert.grouped").map((entry) => entry.data as Json);
  assert.equal(
    grouped.reduce((sum, one) => sum + one.count, 0),
    30,
    "each that joined is counted once",
  );
  const kept = await world.query<{ key: string }>("select key from alerts where incident_id = $1", [storm.id]);
  assert.equal(kept.length, 30, "and is a row");
  const keys = new Set(kept.map((one) => one.key));
  for (const { firstKey, lastKey } of grouped) assert.ok(keys.has(firstKey) && keys.has(lastKey));
  const calls = record.filter((entry) => entry.type === "page.requested");
  assert.equal(calls.length, 1, "one call a person for the whole storm");
  for (let letter = 0; letter < 11; letter++) await world.mailbox(ana).expectPage();
  await world.mailbox(ana).expectNothing();
  await world.stop();
});

test("a storm's alerts that resolve are counted in it, and the storm ends when all have", async () => {
  const world = await startWorld();
  const { ana, key } = await makeRota(world);
  const send = (action: object): Promise<unknown> =>
    Promise.all(
      Array.from({ length: 15 }, (_, index) =>
        world.knock("/v2/enqueue", pagerDutyEvent(key, `host-${index}`, action)),
      ),
    );
  await send({});
  await world.advance(0.1);
  await send({ event_action: "resolve" });
  await world.advance(1);
  const { data } = (await world.api("GET", "/api/v1/incidents?limit=200")).body;
  assert.equal(data.length, 11);
  for (const one of data) {
    assert.equal(one.alerts.open, 0);
    assert.equal(one.paging.status, "stopped");
    assert.ok(one.milestones.restored, "restored in the integration's name");
    assert.notEqual(one.stage, "closed", "no machine closes");
  }
  await world.advance(60);
  for (let letter = 0; letter < 11; letter++) await world.mailbox(ana).expectPage();
  await world.stop();
});

test("a storm takes newcomers until five minutes bring none; another integration is not in it; who is called later reads its title of then", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  const other = await world.integration("pagerduty", { name: "elsewhere" });
  const send = (name: string, to = key): Promise<unknown> => world.knock("/v2/enqueue", pagerDutyEvent(to, name));
  const list = async (): Promise<Json[]> => (await world.api("GET", "/api/v1/incidents?limit=200")).body.data;
  for (let index = 0; index < 11; index++) await send(`host-${index}`);
  const [storm] = await list();
  assert.equal(storm.alerts.open, 1, "the eleventh begins it");
  await send("elsewhere", other.key);
  assert.equal((await list()).length, 12, "a storm is of one integration");

  for (const [minutes, name] of [
    [4.9, "host-11"],
    [4.9, "host-12"],
  ] as const) {
    await world.advance(minutes);
    await send(name);
  }
  await world.advance(1);
  assert.equal((await list()).length, 12);
  const calls = (await recordOf(world, storm.id)).filter((entry) => entry.type === "page.requested");
  assert.deepEqual(
    calls.map((entry) => entry.data?.personId),
    [ana.id, cleo.id],
    "one call a person, by its policy and not by its alerts",
  );
  const letters = world.post.letters.filter((letter) => letter.text.includes(`/incidents/${storm.number}`));
  assert.deepEqual(
    letters.map(({ to, subject }) => [to, /\b(\d+) alerts?\b/.exec(subject)?.[1]]),
    [
      [ana.email, "1"],
      [cleo.email, "3"],
    ],
  );

  await world.advance(4.1);
  await send("host-13");
  const [own] = await list();
  assert.equal((await list()).length, 13, "after five quiet minutes a newcomer is news");
  assert.match(own.title, /host-13/);
  await world.stop({ letters: true });
});
