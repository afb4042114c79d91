/** Hours that a change of clock skips or doubles, along the whole saved path: a schedule kept in PostgreSQL, the page that an event
 *  causes just before and after the change, and every place that shows who is on call. Others showed one person and paged
 *  another; here all of them say what the written rule says, worked out once more below by Temporal alone. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

const minute = 60_000;
/** Gaps and folds of an hour and of half an hour, at night, at midnight and in the afternoon of UTC, north and south. */
const zones = [
  "America/Toronto",
  "America/St_Johns",
  "America/Santiago",
  "Europe/Paris",
  "Europe/Lisbon",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
];

type Change = { readonly zone: string; readonly at: number; readonly wall: string; readonly kind: "gap" | "fold" };

/** The next two of a zone: one forward and one back, each with a wall clock in the middle of what it skips or doubles. */
function changesOf(zone: string, after: number): Change[] {
  const found: Change[] = [];
  let here = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone);
  while (found.length < 2) {
    const next = here.getTimeZoneTransition("next");
    assert.ok(next, `${zone} changes its clock`);
    const minutes = (next.offsetNanoseconds - next.subtract({ nanoseconds: 1 }).offsetNanoseconds) / 60e9;
    const first = next.subtract({ nanoseconds: 1 }).toPlainDateTime().add({ nanoseconds: 1 });
    const middle = first.add({ minutes: Math.trunc(minutes / 2) });
    const wall = middle.toPlainTime().toString({ smallestUnit: "minute" });
    found.push({ zone, at: next.epochMilliseconds, wall, kind: minutes > 0 ? "gap" : "fold" });
    here = next;
  }
  return found;
}

/** By the written rule, without a line of ours: the last date whose hand-over has come, counted from the first. */
function expected({ zone, wall }: Change, startDate: string, at: number): number {
  const start = Temporal.PlainDate.from(startDate);
  const handover = (day: Temporal.PlainDate): number =>
    day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(wall) }).epochMilliseconds;
  let day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 });
  while (handover(day) > at) day = day.subtract({ days: 1 });
  return start.until(day, { largestUnit: "days" }).days;
}

let world: TestWorld;
let token: string;
let people: readonly string[];
let events = 0;

const iso = (at: number): string => new Date(at).toISOString();
const api = async (method: "GET" | "POST", path: string, body?: object): Promise<Json> => {
  const answer = await world.api(method, `/api/v1/${path}`, body, { token });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
  return answer.body;
};

type Saved = Change & { readonly schedule: string; readonly key: string; readonly rotation: Json };

async function save(change: Change, startDate: string): Promise<Saved> {
  const { zone, wall } = change;
  const rotation = { kind: "daily", zone, startDate, handoverTime: wall, lengthDays: 1, participants: people };
  const name = `${zone} ${change.kind}`;
  const schedule = (await api("POST", "schedules", { name, layers: [{ rotation }] })).id;
  const steps = [{ targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: 5 }];
  const policy = (await api("POST", "escalation-policies", { name, steps })).id;
  const service = (await api("POST", "services", { nameFr: name, nameEn: name, policy })).id;
  const { key } = await api("POST", "integrations", { kind: "pagerduty", name, service });
  return { ...change, schedule, key, rotation };
}

/** Whom an event calls now. */
async function paged({ key }: Saved): Promise<string | undefined> {
  events += 1;
  await world.knock("/v2/enqueue", pagerDutyEvent(key, `probe-${events}`));
  await world.settle();
  const { data } = await api("GET", "incidents?limit=1");
  const asked: typeof world = { ...world, api: (method, path) => world.api(method, path, undefined, { token }) };
  const page = (await recordOf(asked, data[0].id)).find((entry) => entry.type === "page.requested");
  await world.knock("/v2/enqueue", pagerDutyEvent(key, `probe-${events}`, { event_action: "resolve" }));
  await world.settle();
  return page?.data?.personId as string | undefined;
}

/** Wherever it is shown. */
async function shown({ schedule, rotation }: Saved, at: number): Promise<Record<string, string | undefined>> {
  const { data } = await api("GET", "on-call");
  const { data: told } = await api("GET", `on-call?at=${iso(at)}`);
  const of = (list: Json): string | undefined => list.find((one: Json) => one.schedule.id === schedule).now?.person;
  const window = { from: iso(at - 180 * minute), until: iso(at + 180 * minute) };
  const holding = ({ spans }: Json): string | undefined =>
    spans.find((one: Json) => Date.parse(one.from) <= at && at < Date.parse(one.until))?.person;
  const final = await api("GET", `schedules/${schedule}/final?from=${window.from}&until=${window.until}`);
  const preview = await api("POST", "schedules/preview", { ...window, layers: [{ id: "1", rotation }] });
  return { now: of(data), at: of(told), final: holding(final), preview: holding(preview) };
}

before(async () => {
  world = await startWorld({ shared: true });
  token = world.admin.token;
  people = await Promise.all(["Ana Roy", "Ben Ito", "Cleo Diop"].map(async (name) => (await world.person(name, 3)).id));
});

test("DST gap/overlap: whoever is shown is whoever is paged, on both sides of every change", async () => {
  const now = world.desk.clock.now();
  const startDate = iso(now - 86_400_000).slice(0, 10);
  const changes = zones.flatMap((zone) => changesOf(zone, now + 86_400_000));
  assert.deepEqual(new Set(changes.map(({ kind }) => kind)), new Set(["gap", "fold"]));
  const saved: Saved[] = [];
  for (const one of changes) saved.push(await save(one, startDate));
  const probes = saved
    .flatMap((one) =>
      [-90, -31, -1 / 60, 0, 14, 29, 31, 61, 121].map((minutes) => ({ one, at: one.at + minutes * minute })),
    )
    .sort((a, b) => a.at - b.at);
  const holders = new Map<Saved, Set<string | undefined>>();
  for (const { one, at } of probes) {
    const { clock } = world.desk;
    clock.advance(Math.max(0, at - clock.now()));
    token = await world.tokenOf(world.admin.id);
    const here = clock.now();
    const person = people[expected(one, startDate, here) % people.length];
    const told = { paged: await paged(one), ...(await shown(one, here)) };
    const all = { paged: person, now: person, at: person, final: person, preview: person };
    assert.deepEqual(told, all, `${one.zone}, ${one.kind}, ${one.wall}, ${iso(here)}`);
    holders.set(one, (holders.get(one) ?? new Set()).add(person));
  }
  for (const [{ zone, kind }, seen] of holders)
    assert.equal(seen.size, 2, `${zone}, ${kind}: the hand-over lies between`);
});
