/** Public holidays on real PostgreSQL: a schedule names a place, and whom an event calls, who is on call, the proof of reach and
 *  the previews all follow its days, movable ones included. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let token: string;
let ana: Someone;
let ben: Someone;
let schedule: string;
let key: string;

const zone = "America/Toronto";
const at = (day: Temporal.PlainDate, hour: number): number =>
  day.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds;
const iso = (instant: number): string => new Date(instant).toISOString();
const dayOf = (day: Temporal.PlainDate) => ({ from: iso(at(day, 0)), until: iso(at(day.add({ days: 1 }), 0)) });

/** Of a year to come, whenever this runs: the Monday before the 25th of May. */
const year = Temporal.Now.plainDateISO("UTC").year + 1;
const beforeThe25th = Temporal.PlainDate.from({ year, month: 5, day: 24 });
const patriots = beforeThe25th.subtract({ days: beforeThe25th.dayOfWeek - 1 });
const saintJohn = Temporal.PlainDate.from({ year, month: 6, day: 24 });

const api = async (method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<Json> => {
  const answer = await world.api(method, `/api/v1/${path}`, body, { token });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
  return answer.body;
};
const office = (on: "closed" | "open") => ({
  zone,
  openings: [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }],
  closedOn: [],
  holidays: { place: "CA-QC", on },
});
const rotation = (person: string) => ({
  kind: "weekly",
  zone,
  startDate: "2026-01-05",
  handoverTime: "00:00",
  lengthWeeks: 1,
  participants: [person],
});
let events = 0;
async function called(): Promise<string | undefined> {
  events += 1;
  await world.knock("/v2/enqueue", pagerDutyEvent(key, `disk-${events}`));
  await world.settle();
  const { data } = await api("GET", "incidents?limit=1");
  const page = (
    await recordOf({ ...world, api: (method, path) => world.api(method, path, undefined, { token }) }, data[0].id)
  ).find((entry) => entry.type === "page.requested");
  return page?.data?.personId as string | undefined;
}

before(async () => {
  world = await startWorld({ shared: true });
  world.desk.clock.advance(at(patriots.subtract({ days: 3 }), 12) - world.desk.clock.now());
  token = await world.tokenOf(world.admin.id);
  const person = async (name: string): Promise<Someone> => {
    const email = `${name.toLowerCase()}@example.org`;
    const { id } = await api("POST", "people", { name, email, level: 3 });
    return { id, name, email, token: await world.tokenOf(id) };
  };
  [ana, ben] = [await person("Ana"), await person("Ben")];
  const layers = [
    { name: "Office", rotation: rotation(ana.id), restriction: office("closed") },
    { name: "Always", rotation: rotation(ben.id) },
  ];
  const made = await api("POST", "schedules", { name: "Primary", layers });
  schedule = made.id;
  assert.deepEqual(made.layers[0].restriction.holidays, { place: "CA-QC", on: "closed" });
  const steps = [{ targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: 5 }];
  const policy = (await api("POST", "escalation-policies", { name: "Standard", steps })).id;
  const service = (await api("POST", "services", { nameFr: "Paie", nameEn: "Payroll", policy })).id;
  ({ key } = await api("POST", "integrations", { kind: "pagerduty", name: "pagerduty", service }));
});

test("on a movable holiday the office is closed for whoever is called, and open again the day after", async () => {
  const { clock } = world.desk;
  assert.equal(await called(), ana.id, "Friday noon");
  clock.advance(at(patriots, 12) - clock.now());
  token = await world.tokenOf(world.admin.id);
  assert.equal(await called(), ben.id, "Monday noon, the Patriots' Day");
  clock.advance(at(patriots.add({ days: 1 }), 12) - clock.now());
  assert.equal(await called(), ana.id, "Tuesday noon");
});

test("who is on call, the final schedule and the hours say the same, by name, in any year", async () => {
  for (const [day, name, here] of [
    [patriots, /patriotes/, ben.id],
    [saintJohn, /^Fête nationale/, ben.id],
    [saintJohn.add({ years: 6 }), /^Fête nationale/, ben.id],
  ] as const) {
    const { data } = await api("GET", `on-call?at=${iso(at(day, 12))}`);
    assert.equal(data.find((one: Json) => one.schedule.id === schedule).now.person, here);
    const { from, until } = dayOf(day);
    const final = await api("GET", `schedules/${schedule}/final?from=${from}&until=${until}`);
    assert.deepEqual(
      final.spans.map((one: Json) => one.person),
      [ben.id],
    );
    assert.equal(final.holidays.length, 1);
    assert.match(final.holidays[0].nameFr, name);
    assert.deepEqual([final.holidays[0].from, final.holidays[0].place], [from, "CA-QC"]);
    const { data: hours } = await api("GET", `schedules/${schedule}/hours?from=${from}&until=${until}`);
    assert.deepEqual(
      hours.map((one: Json) => [one.person, one.hours]),
      [[ben.id, 24]],
    );
  }
  const view = await api("GET", `schedules/${schedule}`);
  const [quebec] = view.holidays;
  assert.equal(quebec.place, "CA-QC");
  assert.ok(quebec.days.some((one: Json) => one.date === patriots.toString()));
});

test("a preview follows them as the saved schedule does, and so does a target of business time", async () => {
  const preview = await api("POST", "schedules/preview", {
    ...dayOf(patriots),
    layers: [{ id: "nights", rotation: rotation("cleo"), restriction: office("open") }],
  });
  assert.deepEqual(
    preview.spans.map((one: Json) => [one.person, one.from, one.until]),
    [["cleo", dayOf(patriots).from, dayOf(patriots).until]],
  );
  assert.deepEqual(
    preview.holidays.map((one: Json) => one.nameFr),
    ["Journée nationale des patriotes"],
  );
  const friday = patriots.subtract({ days: 3 });
  const due = (calendar: object, targetMinutes: number) =>
    api("POST", "calendars/preview", { calendar, start: iso(at(friday, 16)), targetMinutes });
  const { holidays: _, ...bare } = office("closed");
  assert.equal((await due(office("closed"), 120)).dueAt, iso(at(patriots.add({ days: 1 }), 10)));
  assert.equal((await due(bare, 120)).dueAt, iso(at(patriots, 10)));
  /* Far ahead the days of those years count too: a day of work for each of them less. */
  const [with8, without8] = [await due(office("closed"), 500_000), await due(bare, 500_000)];
  assert.ok(Date.parse(with8.dueAt) - Date.parse(without8.dueAt) > 25 * 86_400_000, with8.dueAt);
});

test("the proof of reach sees the hole that a holiday opens, of the schedule as it is and as it would be", async () => {
  const only = [
    {
      name: "Office",
      rotation: rotation(ana.id),
      restriction: { ...office("closed"), openings: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" }] },
    },
  ];
  const change = { schedule: { id: schedule, layers: only, declaredGaps: [] } };
  const { opened } = await api("POST", "reach/proof", { weeks: 6, withinMinutes: 1, change });
  const day = dayOf(saintJohn);
  assert.ok(
    opened.some((one: Json) => Date.parse(one.from) <= Date.parse(day.from) && one.until === day.until),
    JSON.stringify(opened),
  );
});

test("a place that has no days of its own is refused by name; places and their days are told in both languages", async () => {
  const layers = [
    { rotation: rotation(ana.id), restriction: { ...office("closed"), holidays: { place: "CA-ZZ", on: "closed" } } },
  ];
  for (const [method, path, body] of [
    ["POST", "schedules", { name: "X", layers }],
    ["PATCH", `schedules/${schedule}`, { layers }],
    ["POST", "reach/proof", { change: { schedule: { id: schedule, layers, declaredGaps: [] } } }],
  ] as const) {
    const answer = await world.api(method, `/api/v1/${path}`, body, { token });
    assert.deepEqual([answer.status, answer.body.code], [422, "place-unknown"], path);
  }
  const { data: places } = await api("GET", "holiday-places");
  const quebec = places.find((one: Json) => one.place === "CA-QC");
  assert.deepEqual([quebec.nameFr, quebec.nameEn], ["Canada, Québec", "Canada, Quebec"]);
  const { data: days } = await api("GET", `holidays?place=FR&year=${year}`);
  assert.ok(days.some((one: Json) => one.nameFr === "Lundi de Pâques" && one.nameEn === "Easter Monday"));
});
