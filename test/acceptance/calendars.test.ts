/** Turns in a calendar program, and absences out of a calendar file. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import ICAL from "ical.js";
import { makeRota, type Rota } from "./rota.ts";
import { type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;
let schedule: string;

const day = 86_400_000;
const eventsOf = (text: string): ICAL.Event[] =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));

async function feed(kind: string, subject: string, token: string): Promise<{ id: string; path: string }> {
  const answer = await world.api("POST", "/api/v1/calendar-feeds", { kind, subject }, { token });
  assert.equal(answer.status, 201, answer.text);
  return { id: answer.body.id, path: new URL(answer.body.address).pathname };
}

before(async () => {
  world = await startWorld({ shared: true });
  rota = await makeRota(world);
  schedule = (await world.api("GET", "/api/v1/schedules")).body.data[0].id;
});

test("a schedule, a person and a team are each read without signing in, as turns in UTC with names", async () => {
  const team = (await world.api("POST", "/api/v1/teams", { name: "Bens", members: [rota.ben.id] })).body.id;
  const { path: all } = await feed("schedule", schedule, rota.ana.token);
  const answer = await world.api("GET", all, undefined, { token: null });
  assert.equal(answer.status, 200, answer.text);
  assert.match(String(answer.headers["content-type"]), /^text\/calendar/);
  const turns = eventsOf(answer.text);
  assert.ok(turns.length >= 20);
  assert.equal(new Set(turns.map((one) => one.uid)).size, turns.length);
  const spans = turns.map((one) => [one.startDate.toUnixTime(), one.endDate.toUnixTime()]);
  for (const [index, [, until]] of spans.entries())
    assert.equal(spans[index + 1]?.[0] ?? until, until, "without a hole");
  const names = (text: string): Set<string> =>
    new Set(eventsOf(text).map((one) => String(one.summary).split(": ")[1] ?? ""));
  assert.deepEqual(names(answer.text), new Set(["Ana Roy", "Ben Ito"]));
  for (const [kind, subject] of [
    ["person", rota.ben.id],
    ["team", team],
  ] as const) {
    const { path } = await feed(kind, subject, rota.ana.token);
    assert.deepEqual(
      names((await world.api("GET", path, undefined, { token: null })).text),
      new Set(["Ben Ito"]),
      kind,
    );
  }
});

test("an address that was ended, whose owner has left, or that was guessed, is not found; only its owner ends it", async () => {
  const { id, path } = await feed("schedule", schedule, rota.ben.token);
  const read = async (at: string): Promise<number> => (await world.api("GET", at, undefined, { token: null })).status;
  assert.equal(await read(path), 200);
  assert.equal(await read(`/feeds/${"a".repeat(32)}.ics`), 404);
  assert.equal(await read("/feeds/../feeds/x"), 404);
  const others = await world.api("DELETE", `/api/v1/calendar-feeds/${id}`, undefined, { token: rota.ana.token });
  assert.deepEqual([others.status, others.body.code], [404, "feed-unknown"]);
  await world.api("DELETE", `/api/v1/calendar-feeds/${id}`, undefined, { token: rota.ben.token });
  assert.equal(await read(path), 404);
  const dora = await world.person("Dora Kay", 3);
  const hers = await feed("schedule", schedule, dora.token);
  await world.api("PATCH", `/api/v1/people/${dora.id}`, { active: false });
  assert.equal(await read(hers.path), 404);
  const rows = await world.query<{ kept: string }>("select key_hash as kept from calendar_feeds");
  assert.ok(
    rows.every(({ kept }) => !path.includes(kept)),
    "no key is kept as it is",
  );
});

const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
const file = (...events: string[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Somebody//EN",
    ...events.map((one) => `BEGIN:VEVENT\r\n${one}\r\nEND:VEVENT`),
    "END:VCALENDAR",
    "",
  ].join("\r\n");

test("absences are read from a file: whole days in one's own zone, repetitions each time, what is over left out", async () => {
  const now = world.desk.clock.now();
  const start = now - (now % day) + 3 * day;
  const calendar = file(
    `UID:1\r\nSUMMARY:Dentist\r\nDTSTART:${stamp(start)}\r\nDTEND:${stamp(start + 7_200_000)}`,
    `UID:2\r\nSUMMARY:Thursdays off\r\nDTSTART;VALUE=DATE:${stamp(start + day).slice(0, 8)}\r\nRRULE:FREQ=WEEKLY;COUNT=3`,
    "UID:3\r\nSUMMARY:Long ago\r\nDTSTART:20200101T000000Z\r\nDTEND:20200102T000000Z",
    "UID:4\r\nSUMMARY:Every second for ever\r\nDTSTART:20200101T000000Z\r\nDTEND:20200101T000001Z\r\nRRULE:FREQ=SECONDLY",
  );
  const preview = await world.api(
    "POST",
    "/api/v1/absences/import",
    { calendar, preview: true },
    { token: rota.ana.token },
  );
  assert.equal(preview.status, 200, preview.text);
  assert.equal(preview.body.absences.length, 4);
  assert.deepEqual((await world.api("GET", "/api/v1/absences")).body.data, [], "a preview keeps nothing");
  await world.api("POST", "/api/v1/absences/import", { calendar }, { token: rota.ana.token });
  const { data } = (await world.api("GET", "/api/v1/absences")).body;
  assert.deepEqual(
    data.map((one: Json) => [one.person, one.from, one.until]),
    preview.body.absences.map((one: Json) => [rota.ana.id, one.from, one.until]),
  );
  assert.equal(Date.parse(data[0].until) - Date.parse(data[0].from), 7_200_000);
});

test("what is no calendar is refused, and nothing is kept", async () => {
  for (const calendar of ["x", "BEGIN:VCALENDAR", "BEGIN:VCARD\r\nEND:VCARD", file("UID:1\r\nDTSTART:never")]) {
    const answer = await world.api("POST", "/api/v1/absences/import", { calendar }, { token: rota.cleo.token });
    assert.ok(answer.status === 422 || answer.body.absences.length === 0, `${calendar}: ${answer.text}`);
  }
});
