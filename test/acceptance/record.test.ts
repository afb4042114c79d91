/** The record as the database keeps it: what every entry carries, heads noted outside the streams, a purge by rule, and a
 *  live stream that passes nothing over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { baseProcess, pin } from "../../core/incidents/process.ts";
import { type ExportedRecord, verifyRecord } from "../../core/kernel/record.ts";
import { noteHeads } from "../../server/desk/heads.ts";
import { createLiveStream } from "../../server/platform/stream.ts";
import { closeAtEnd } from "./cluster.ts";
import { type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

const exported = async (world: TestWorld, id: string): Promise<ExportedRecord> =>
  (await world.api("GET", `/api/v1/incidents/${id}/export`)).body;
const act = async (world: TestWorld, path: string, body: Json, token: string): Promise<Json> => {
  const answer = await world.api("POST", `/api/v1/incidents${path}`, body, { token });
  assert.ok(answer.status < 300, `${path}: ${answer.text}`);
  return answer.body;
};

const fields = [
  ["stream", "seq", "type", "version", "occurredAt", "recordedAt", "actor", "level", "role", "onBehalfOf"],
  ["derogation", "process", "exercise", "cause", "reason", "dataHash", "hash", "data", "salt"],
].flat();

test("every entry carries who, under which level and role then, for whom, when, under which process, and because of what", async () => {
  const world = await startWorld({ mail: false });
  const ana = await world.person("Ana Two", 2);
  const { id } = await act(world, "", { title: "Rehearsal", exercise: true }, ana.token);
  const occurredAt = new Date(world.desk.clock.now() - 3_600_000).toISOString();
  const derogation = { reason: "Nobody of level 4 answers" };
  await act(world, `/${id}/declare-restored`, { occurredAt, derogation, reason: "It works again" }, ana.token);
  await act(world, `/${id}/assign`, { person: ana.id }, world.admin.token);
  await act(world, `/${id}/accept`, {}, ana.token);
  /* The level of then: what is granted later changes nothing that was recorded. */
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { level: 4 });
  const anew = await world.tokenOf(ana.id);
  await act(world, `/${id}/add-observation`, { text: "Noted" }, anew);
  const record = await exported(world, id);
  for (const entry of record.entries) {
    assert.deepEqual(Object.keys(entry).sort(), fields.toSorted(), `entry ${entry.seq}`);
    assert.deepEqual([entry.exercise, entry.process, entry.version], [true, pin(baseProcess), 1]);
    assert.ok(entry.cause.kind && entry.cause.id, `entry ${entry.seq} says what led to it`);
    assert.ok(entry.actor.kind && entry.actor.via);
  }
  const of = (type: string) => record.entries.find((entry) => entry.type === type);
  const restored = of("service.restored");
  assert.deepEqual(restored && [restored.occurredAt, restored.level, restored.derogation, restored.reason], [
    occurredAt,
    2,
    derogation.reason,
    "It works again",
  ]);
  assert.equal(restored?.recordedAt.slice(0, 10), new Date(world.desk.clock.now()).toISOString().slice(0, 10));
  assert.deepEqual([restored?.actor.kind, restored?.actor.id, restored?.cause.kind], ["person", ana.id, "request"]);
  assert.deepEqual([of("observation.noted")?.level, of("observation.noted")?.role], [4, "responder"]);
  assert.match(record.number ?? "", /^EX-/);

  const { id: integrationId, key } = await world.integration("pagerduty");
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "disk"));
  const [machine] = (await world.api("GET", "/api/v1/incidents?limit=1")).body.data;
  const registered = (await exported(world, machine.id)).entries.find((entry) => entry.type === "incident.registered");
  assert.deepEqual(registered && [registered.actor.kind, registered.actor.id, registered.onBehalfOf], [
    "integration",
    integrationId,
    world.admin.id,
  ]);
  await world.stop();
});

test("the name that a reporter gave is data, which a purge takes away whole", async () => {
  const world = await startWorld({ mail: false });
  const said = { title: "The lift is stuck", name: "Zoé Lavoie", contact: "zoe@example.org" };
  await world.api("POST", "/api/v1/reports", said, { token: null });
  const [{ id }] = (await world.api("GET", "/api/v1/incidents")).body.data;
  const { entries } = await exported(world, id);
  assert.deepEqual(
    entries.filter((entry) => JSON.stringify(entry).includes("Zoé")).map((entry) => entry.type),
    ["incident.reported"],
  );
  assert.match(JSON.stringify(entries[0]?.data), /Zoé Lavoie/);
  await world.query("update events set data = null, salt = null where stream = $1 and seq = 1", [`incident/${id}`]);
  const purged = await exported(world, id);
  assert.doesNotMatch(JSON.stringify(purged.entries), /Zoé|zoe@/);
  assert.equal(verifyRecord(purged).whole, true);
  await world.stop({ altered: true });
});

test("personal data purged by rule: the record still verifies, here and offline, and says which entries", async () => {
  const world = await startWorld({ mail: false });
  const { id } = await act(world, "", { title: "Somebody's name" }, world.admin.token);
  await act(world, `/${id}/add-observation`, { text: "A telephone number" }, world.admin.token);
  const { seq } = (await exported(world, id)).entries.at(-1) ?? { seq: 0 };
  /* By the owner: the application may not. */
  await world.query("update events set data = null, salt = null where stream = $1 and seq = $2", [
    `incident/${id}`,
    seq,
  ]);
  const record = await exported(world, id);
  assert.doesNotMatch(JSON.stringify(record), /telephone/);
  const verdict = verifyRecord(record);
  assert.ok(verdict.whole);
  assert.deepEqual(verdict.purged, [seq]);
  const timeline = (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body.data;
  assert.equal(timeline.at(-1).data, null);
  await act(world, `/${id}/add-observation`, { text: "The record goes on" }, world.admin.token);
  assert.equal(verifyRecord(await exported(world, id)).whole, true);
  await world.query("update events set reason = 'altered' where stream = $1 and seq = 1", [`incident/${id}`]);
  const altered = verifyRecord(await exported(world, id));
  assert.deepEqual(altered.whole ? null : altered.seq, 1);
  await world.stop({ altered: true });
});

const dayMs = 86_400_000;

/** As the desk notes them, at a time of our choice. */
const noteAt = (world: TestWorld, at: number): Promise<number> =>
  noteHeads({
    pool: world.desk.pools.reading,
    clock: { ...world.desk.clock, now: () => at },
    log: { info: () => {} } as never,
  });
const noted = (world: TestWorld, stream: string) =>
  world.query<{ day: string; seq: number }>(
    "select day::text as day, seq from noted_heads where stream = $1 order by day",
    [stream],
  );

test("heads are noted once a day, of every stream that changed, and nothing is passed over while a desk was stopped", async () => {
  const world = await startWorld({ mail: false });
  const start = world.desk.clock.now();
  const day = (offset: number): string => new Date(start + offset * dayMs).toISOString().slice(0, 10);
  const { id } = await act(world, "", { title: "Watched" }, world.admin.token);
  const quiet = await act(world, "", { title: "Quiet" }, world.admin.token);
  const ana = await world.person("Ana Roy", 3);
  await world.query("delete from noted_heads");
  await noteAt(world, start);
  const stream = `incident/${id}`;
  const early = (await exported(world, id)).entries.length;
  assert.deepEqual(await noted(world, stream), [{ day: day(0), seq: early }]);
  assert.deepEqual(await noted(world, `person/${ana.id}`), [{ day: day(0), seq: 1 }], "configuration too");
  await act(world, `/${id}/add-observation`, { text: "After the note of the day" }, world.admin.token);
  await noteAt(world, start);
  assert.equal((await noted(world, stream)).length, 1, "once a day");
  /* Stopped since, for a month: what came after the last note is noted all the same. */
  await noteAt(world, start + 30 * dayMs);
  assert.deepEqual(await noted(world, stream), [
    { day: day(0), seq: early },
    { day: day(30), seq: early + 1 },
  ]);
  await noteAt(world, start + 32 * dayMs);
  assert.equal((await noted(world, `incident/${quiet.id}`)).at(-1)?.day, day(30), "nothing new, nothing noted");

  const whole = await exported(world, id);
  assert.deepEqual(
    whole.heads.map((head) => head.seq),
    [early, early + 1],
  );
  assert.equal(verifyRecord(whole).whole, true);
  /* The tail cut, and the row made to agree: only what was noted outside tells. */
  await world.query("delete from events where stream = $1 and seq = $2", [stream, early + 1]);
  await world.query(
    "update incidents set seq = $2, head = (select hash from events where stream = $3 and seq = $2) where id = $1",
    [id, early, stream],
  );
  const cut = verifyRecord(await exported(world, id));
  assert.deepEqual(cut.whole ? null : [cut.seq, cut.because], [early + 1, "noted-head"]);
  await world.stop({ altered: true });
});

test("the live stream and its replay pass no entry of a transaction that is still open", async () => {
  const world = await startWorld({ mail: false });
  const told: string[] = [];
  const stream = await createLiveStream({
    pool: world.desk.pools.reading,
    connection: world.database.app as pg.ClientConfig,
    log: { warn: () => {} } as never,
    onEffects: () => {},
    restrictedAmong: async (all) => new Map(all.filter((one) => one.startsWith("person/")).map((one) => [one, []])),
    seal: (id) => id,
    open: (id) => id,
  });
  const open = new pg.Client(world.database.owner);
  open.on("error", () => {});
  await open.connect();
  const ended = closeAtEnd(async () => {
    await stream.stop();
    await open.end();
  });
  await open.query("begin");
  const copy = `insert into events (stream, seq, type, version, occurred_at, recorded_at, actor, process, exercise, cause, data_hash, hash)
select 'kept/open', 1, type, version, occurred_at, recorded_at, actor, process, exercise, cause, data_hash, hash from events limit 1`;
  await act(world, "", { title: "To copy" }, world.admin.token);
  await open.query(copy);
  const later = await act(world, "", { title: "Committed while the other is open" }, world.admin.token);
  const listening = (since: string | null) => {
    const text: string[] = [];
    const response = {
      on: () => {},
      write: (chunk: unknown) => text.push(String(chunk)),
      end: () => {},
      destroy: () => {},
      writableLength: 0,
    };
    return {
      text,
      opened: stream.open(response as never, since, {
        allowed: () => true,
        hears: (admitted) => admitted === undefined,
      }),
    };
  };
  const live = listening(null);
  const replayed = listening("0-0");
  await Promise.all([live.opened, replayed.opened]);
  /* Longer than the feed is read again: it was read, and stopped below the open transaction. */
  await sleep(2_500);
  for (const { text } of [live, replayed]) {
    assert.doesNotMatch(text.join(""), new RegExp(later.id));
    assert.doesNotMatch(text.join(""), /kept/);
  }
  await open.query("commit");
  await open.end();
  const until = async (text: string[]): Promise<string> => {
    while (!text.join("").includes(later.id)) await sleep(20);
    return text.join("");
  };
  for (const { text } of [live, replayed]) {
    const all = await until(text);
    assert.ok(all.indexOf('{"kept":"open"}') >= 0, "it is not passed over");
    assert.ok(all.indexOf('{"kept":"open"}') < all.indexOf(later.id), "in the order of their transactions");
    told.push(all);
  }
  /* Whoever comes back with any id it saw is told exactly what came after it. */
  const ids = (text: string): string[] => [...text.matchAll(/^id: (.+)$/gm)].map(([, id = ""]) => id);
  const seen = ids(told[1] ?? "");
  for (const [index, id] of seen.entries()) {
    const again = listening(id);
    await again.opened;
    assert.deepEqual(ids(again.text.join("")), seen.slice(index + 1));
  }
  await world.person("Hidden From The Stream", 2);
  await act(world, "", { title: "After" }, world.admin.token);
  await sleep(2_500);
  assert.doesNotMatch(live.text.join(""), /"person"/, "what one may not hear is not told");
  ended();
  await stream.stop();
  await world.query("delete from events where stream = 'kept/open'");
  await world.stop();
});
