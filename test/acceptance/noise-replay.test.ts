/** A rule about noise before it is saved, on real PostgreSQL: what came and what people did, run again under it. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { tocsin } from "../../cli/trial.ts";
import { makeRota, type Rota } from "./rota.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;

const ask = (body: object, as?: Someone) =>
  world.api("POST", "/api/v1/noise-rules/replay", body, as ? { token: as.token } : {});
async function replayed(change: object): Promise<Json> {
  const answer = await ask({ change });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}
const told = ({ differences }: Json) =>
  differences.map((one: Json) => [
    one.incident?.number.slice(-3) ?? one.alert.title,
    one.kind,
    one.before?.person ?? null,
    one.after?.person ?? null,
    one.because,
  ]);
const changed = ({ changes }: Json) =>
  changes.map((one: Json) => [one.incident?.number.slice(-3) ?? one.alert.title, one.kind, one.rule?.name ?? null]);
const fires = (key: string, action: "trigger" | "resolve" = "trigger", host = key) =>
  world.knock("/v2/enqueue", {
    ...pagerDutyEvent(rota.key, key),
    event_action: action,
    payload: { summary: key, source: host, severity: "critical", custom_details: { site: "north", host } },
  });
const wait = { kind: "wait", minutes: 5 };

/** A blip of two minutes that nobody answers; then one that Ana answers after three minutes, and another of its site. */
before(async () => {
  world = await startWorld({ shared: true });
  rota = await makeRota(world);
  const { ana } = rota;
  await fires("blip");
  await world.mailbox(ana).expectPage();
  await world.advance(2);
  await fires("blip", "resolve");
  await world.advance(60);
  await fires("disk");
  const page = await world.mailbox(ana).expectPage();
  await world.advance(3);
  const answer = await world.knock(page.ack, "", { "content-type": "application/x-www-form-urlencoded" });
  assert.ok(answer.status < 400, answer.text);
  await world.settle();
  await world.advance(5);
  await fires("raid");
  await world.mailbox(ana).expectPage();
  await world.advance(4);
  await fires("raid", "resolve");
  await world.advance(60);
});

test("nothing changed, nothing differs, and the pages are those that were sent", async () => {
  const part = await replayed({});
  assert.deepEqual(
    [part.incidents, part.seen, part.next, part.partly, part.opened, part.changes, part.differences],
    [3, 3, null, false, { before: 3, after: 3 }, [], []],
  );
  assert.deepEqual(part.pages, { before: 3, after: 3 });
});

test("what would have resolved within a wait is not opened, what lasts calls later, and each is listed", async () => {
  const part = await replayed({ rule: { definition: wait, integration: rota.integrationId } });
  assert.deepEqual(changed(part), [
    ["003", "not-opened", ""],
    ["002", "later", ""],
    ["001", "not-opened", ""],
  ]);
  assert.deepEqual(told(part), [
    ["003", "unsent", rota.ana.id, null, "not-opened"],
    ["002", "moved", rota.ana.id, rota.ana.id, "opened-later"],
    ["001", "unsent", rota.ana.id, null, "not-opened"],
  ]);
  assert.deepEqual(
    [part.pages, part.opened],
    [
      { before: 3, after: 1 },
      { before: 3, after: 1 },
    ],
  );
  assert.deepEqual(part.delays.after, [[5 * 60_000, 1]]);
  const none = await replayed({ rule: { definition: wait, text: "nothing of that name" } });
  assert.deepEqual([none.changes, none.differences], [[], []]);
});

test("what a rule groups joins the first of its group, which somebody has: their page is no longer sent", async () => {
  const definition = { kind: "grouping", labels: ["site"], onNewKind: "nothing" };
  const part = await replayed({ rule: { definition } });
  const joined = part.changes.filter(({ kind }: Json) => kind === "joined");
  assert.deepEqual(
    joined.map(({ incident, into }: Json) => [incident.number.slice(-3), into.incident.number.slice(-3)]),
    [
      ["003", "001"],
      ["002", "001"],
    ],
  );
  assert.ok(told(part).some(([number, , , , because]: Json) => number === "003" && because === "joined"));
});

test("a rule that stands is run again changed, switched off, or removed; what it held back opens anew", async () => {
  const body = { name: "Short ones", definition: wait };
  const made = (await world.api("POST", "/api/v1/noise-rules", body)).body;
  try {
    const same = await replayed({ rule: { id: made.id, definition: wait } });
    assert.deepEqual([same.changes, same.differences], [[], []]);
    assert.deepEqual(same.pages, { before: 1, after: 1 }, "under the rules as they are");
    const without = await replayed({ without: made.id });
    assert.deepEqual(changed(without), [
      ["003", "opened", "Short ones"],
      ["002", "sooner", "Short ones"],
      ["001", "opened", "Short ones"],
    ]);
    assert.deepEqual(without.pages, { before: 1, after: 3 });
    const off = await replayed({ rule: { id: made.id, enabled: false, definition: wait } });
    assert.deepEqual(off.changes, without.changes);
    const longer = await replayed({ rule: { id: made.id, definition: { ...wait, minutes: 90 } } });
    assert.deepEqual(changed(longer), [["002", "still-waits", "Short ones"]]);
  } finally {
    await world.api("DELETE", `/api/v1/noise-rules/${made.id}`);
  }
});

test("as if a silence had lasted all the time; and nothing of it is saved, nobody is called, any member may ask", async () => {
  const count = async () => (await world.query<{ n: string }>("select count(*) as n from events"))[0]?.n;
  const entries = await count();
  const part = await replayed({ silence: { text: "disk" } });
  assert.deepEqual(changed(part), [["002", "still-waits", ""]]);
  assert.equal((await ask({ change: {} }, rota.ana)).status, 200);
  assert.equal(await count(), entries);
  assert.equal((await world.api("GET", "/api/v1/noise-rules")).body.data.length, 0);
  assert.equal((await world.api("POST", "/api/v1/noise-rules/replay", { change: {} }, { token: null })).status, 401);
});

test("the command line runs a rule of a file, or does without one", async () => {
  const directory = mkdtempSync(join(tmpdir(), "tocsin-noise-replay-"));
  const made = (await world.api("POST", "/api/v1/noise-rules", { name: "Short ones", definition: wait })).body;
  const environment = { TOCSIN_URL: await world.listen(), TOCSIN_TOKEN: world.admin.token, LANG: "fr_CA.UTF-8" };
  const run = (...words: string[]) => tocsin(["noise-rule", "replay", ...words], { environment });
  const file = (name: string, value: object): string => {
    writeFileSync(join(directory, name), JSON.stringify(value));
    return join(directory, name);
  };
  try {
    const same = await run("--rule", file("same.json", made));
    assert.equal(same.exit, 0, same.said);
    assert.match(same.out, /incidents d’alertes +1 → 1/);
    const without = await run("--without", "Short ones");
    assert.equal(without.exit, 0, without.said);
    assert.match(without.out, /incidents d’alertes +1 → 3/);
    assert.match(without.out, /INC-\d{4}-000003 .*incident de plus +Short ones +raid/);
    assert.match(without.out, /appels +1 → 3/);
    const json = await run("--rule", file("new.json", { definition: { ...wait, minutes: 90 } }), "--json");
    assert.deepEqual(JSON.parse(json.out).opened, { before: 1, after: 0 });
    assert.deepEqual([(await run()).exit, (await run("--rule", join(directory, "none.json"))).exit], [2, 3]);
    assert.equal((await run("--rule", file("list.json", []))).exit, 1);
  } finally {
    await world.api("DELETE", `/api/v1/noise-rules/${made.id}`);
    rmSync(directory, { recursive: true });
  }
});

test("what is not there, or cannot be read, is refused by name", async () => {
  const unknown = "00000000-0000-7000-8000-000000000000";
  const refusals = [
    [{ change: { without: unknown } }, "rule-unknown"],
    [{ change: { rule: { id: unknown, definition: wait } } }, "rule-unknown"],
    [{ change: { rule: { service: unknown, definition: wait } } }, "service-unknown"],
    [
      { change: { rule: { matchers: [{ label: "a", operator: "=~", value: "(" }], definition: wait } } },
      "pattern-invalid",
    ],
    [{ change: { rule: { definition: { kind: "grouping", expression: "((" } } } }, "expression-invalid"],
    [{ change: { silence: {} } }, "scope-too-wide"],
    [{ change: {}, cursor: "made up" }, "invalid-body"],
    [{ change: {}, days: 91 }, "invalid-body"],
    [{}, "invalid-body"],
  ] as const;
  for (const [body, code] of refusals) {
    const answer = await ask(body);
    assert.equal(answer.body.code, code, answer.text);
  }
});

test("without the rule that grouped them, alerts are in the group that their sender gave them, also those that waited", async () => {
  const { key, id: integration } = await world.integration("alertmanager", { name: "Metrics" });
  const { body: grouping } = await world.api("POST", "/api/v1/noise-rules", {
    name: "By room",
    integration,
    definition: { kind: "grouping", labels: ["room"], onNewKind: "nothing" },
  });
  const { body: waiting } = await world.api("POST", "/api/v1/noise-rules", {
    name: "Late ones",
    integration,
    matchers: [{ label: "late", operator: "=", value: "yes" }],
    definition: { kind: "wait", minutes: 2 },
  });
  const fire = (instance: string, room: string, labels: object = {}) => ({
    status: "firing",
    labels: { alertname: "Disk", instance, room, ...labels },
  });
  const alerts = [fire("a", "1"), fire("b", "2"), fire("c", "3", { late: "yes" })];
  const body = { version: "4", groupKey: "{}:{alertname=Disk}", status: "firing", alerts };
  try {
    assert.equal((await world.knock(`/alertmanager/${key}/webhook`, body)).status, 200);
    await world.advance(5);
    const without = await replayed({ without: grouping.id });
    assert.equal(without.opened.before - without.opened.after, 2, "three rooms, one group of the sender");
    const joined = without.changes.filter(({ kind }: Json) => kind === "joined");
    assert.equal(joined.length, 2);
    assert.equal(new Set(joined.map(({ into }: Json) => into.id)).size, 1);
  } finally {
    for (const { id } of [grouping, waiting]) await world.api("DELETE", `/api/v1/noise-rules/${id}`);
  }
});
