/** The demonstration on real PostgreSQL: loaded whole or not at all, into an empty desk only, and every page has something
 *  to show. */
import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { verifyRecord } from "../../core/kernel/record.ts";
import { writeScripted } from "../../server/assistance/scripted.ts";
import type { Config } from "../../server/config.ts";
import {
  demonstrationPassword,
  type Hands,
  type Loaded,
  loadDemonstration,
  signIns,
} from "../../server/demonstration/load.ts";
import { writeDraft } from "../../server/desk/write.ts";
import { insertIntegration } from "../../server/directory/integration-store.ts";
import { insertKnownError } from "../../server/directory/known-error-store.ts";
import { bumpDirectory } from "../../server/directory/load.ts";
import * as directoryStore from "../../server/directory/store.ts";
import { insertSupplier } from "../../server/directory/supplier-store.ts";
import { insertExercise, updateCharter } from "../../server/directory/team-store.ts";
import { insertVitalFunction, linkServices } from "../../server/directory/vital-store.ts";
import { insertMonitor, writeWatched } from "../../server/heartbeats/store.ts";
import { insertProvider, noteProvider, sealAccount } from "../../server/notification/provider-store.ts";
import { insertCover } from "../../server/oncall/cover-store.ts";
import { insertAbsence, insertOverride, insertSchedule } from "../../server/oncall/schedule-store.ts";
import { loadSecrets } from "../../server/platform/secrets.ts";
import { keepUnlessTooMany, linkIncident, newReceipt } from "../../server/reports/store.ts";
import { keepSeen } from "../../server/security/store.ts";
import { contactsOf, openThisMachine } from "./contacts.ts";
import { openReceiver } from "./receiver.ts";
import { type Json, startWorld } from "./world.ts";

const hands: Hands = {
  directory: {
    ...directoryStore,
    updateCharter,
    insertExercise,
    insertVitalFunction,
    linkServices,
    insertSupplier,
    insertKnownError,
    insertIntegration,
    insertSchedule,
    bump: bumpDirectory,
  },
  duty: { insertSchedule, insertOverride, insertAbsence, insertCover },
  write: writeDraft,
  report: { receipt: newReceipt, keep: keepUnlessTooMany, link: linkIncident },
  heartbeats: { insertMonitor, writeWatched },
  carriers: { sealAccount, insertProvider, noteProvider },
  assistance: writeScripted,
  observed: keepSeen,
};

async function loadInto(app: pg.PoolConfig, config: Config, changes: Partial<Hands> = {}): Promise<Loaded> {
  const pool = new pg.Pool({ ...app, max: 1, pipeline: true });
  const secrets = loadSecrets(config.secretKey, config.dataDir);
  return loadDemonstration({ pool, secrets, at: Date.now(), hands: { ...hands, ...changes } }).finally(() =>
    pool.end(),
  );
}

/** Somebody away and somebody instead, an open request, a declared gap, layers, holidays, and one that stands in. */
async function aroundSchedules(get: (path: string) => Promise<Json>): Promise<void> {
  assert.ok((await get("/api/v1/absences")).data.length > 0);
  const covers = (await get("/api/v1/cover-requests")).data;
  assert.deepEqual(
    covers.map((one: Json) => one.state),
    ["open"],
  );
  const { data: schedules } = await get("/api/v1/schedules");
  for (const shown of ["overrides", "declaredGaps", "holidays", "standIns"])
    assert.ok(
      schedules.some((one: Json) => one[shown].length > 0),
      shown,
    );
  assert.ok(schedules.some((one: Json) => one.layers.length > 1));
}

/** Heard, silent with the incident that says so, paused, not begun; accounts that would carry, at addresses of nobody. */
async function signsAndCarriers(get: (path: string) => Promise<Json>): Promise<void> {
  const { data: signs } = await get("/api/v1/heartbeats");
  const states = Object.groupBy(signs as Json[], (one) => one.state);
  assert.deepEqual(
    ["alive", "late", "paused", "waiting"].map((state) => (states[state]?.length ?? 0) > 0),
    [true, true, true, true],
  );
  const { data: open } = await get("/api/v1/incidents?open=true");
  assert.ok(
    open.some((one: Json) => one.title.includes(states.late?.[0].name)),
    "the silent one is an incident",
  );
  const { data: carriers } = await get("/api/v1/providers");
  assert.deepEqual(
    carriers.map((one: Json) => [one.kind, one.state, one.lastError]),
    [
      ["twilio", "usable", null],
      ["vonage", "usable", "HTTP 503"],
      ["slack", "usable", null],
    ],
  );
  for (const one of carriers) assert.match(one.server, /^https:\/\/\w+\.valrive\.example$/);
}

/** Two teams with a mandate, each tried lately; incidents that hang together. */
async function teamsAndLinks(get: (path: string) => Promise<Json>, open: readonly Json[]): Promise<void> {
  const { data: teams } = await get("/api/v1/team-readiness");
  assert.deepEqual(teams.map((one: Json) => one.team.name).toSorted(), ["Centre de services", "Cybersécurité"]);
  for (const { charter, exercises, findings } of teams) {
    assert.ok(charter.mandate.fr && charter.mandate.en && exercises.length === 1);
    assert.deepEqual(
      findings.filter(({ kind }: Json) => kind !== "rota-hole"),
      [],
    );
  }
  const linked = await Promise.all(open.map(({ number }) => get(`/api/v1/incidents/${number}/links`)));
  assert.equal(linked.filter(({ data }) => data.length > 0).length, 2, "one is linked to another");
}

test("every page of a desk with the demonstration has something to show, and nothing is sent", async () => {
  const loaded: Loaded[] = [];
  const world = await startWorld({ before: async (app, config) => void loaded.push(await loadInto(app, config)) });
  const get = async (path: string): Promise<Json> => {
    const answer = await world.api("GET", path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    return answer.body;
  };
  assert.equal(loaded[0]?.kind, "loaded");
  const board = await get("/api/v1/board");
  assert.ok(board.counts.open >= 10 && board.counts.unaccepted >= 2, JSON.stringify(board.counts));
  for (const list of [
    "people",
    "teams",
    "functions",
    "services",
    "schedules",
    "escalation-policies",
    "vital-functions",
  ])
    assert.ok((await get(`/api/v1/${list}`)).data.length >= 5, list);
  await aroundSchedules(get);
  const integrations = (await get("/api/v1/integrations")).data;
  for (const one of integrations) {
    const events = (await get(`/api/v1/integrations/${one.id}/events`)).data;
    assert.ok(events.length > 0, `${one.name} was sent something`);
  }
  await signsAndCarriers(get);
  const open = (await get("/api/v1/incidents?open=true")).data;
  assert.equal(open.length, board.counts.open);
  for (const { number } of [...open, ...(await get("/api/v1/incidents?stage=closed")).data.slice(0, 20)]) {
    const record = await get(`/api/v1/incidents/${number}/export`);
    assert.deepEqual(verifyRecord(record).whole, true, number);
    assert.ok((await get(`/api/v1/incidents/${number}/timeline`)).data.length > 0, number);
  }
  await teamsAndLinks(get, open);
  const major = open.find((one: Json) => one.categories.includes("major"));
  assert.equal((await get(`/api/v1/incidents/${major.number}/alerts`)).data.length, 2);
  const outbox = (await get("/api/v1/outbox")).data;
  assert.ok(outbox.some((one: Json) => one.status === "sent") && outbox.some((one: Json) => one.number !== null));
  const { checks } = await get("/api/v1/doctor");
  const state = (id: string) => checks.find((one: Json) => one.id === id)?.state;
  assert.deepEqual([state("demonstration"), state("mail"), state("page-sent")], ["missing", undefined, "missing"]);
  assert.ok((await get("/api/v1/demonstration")).demonstration.loadedAt);
  const form = await world.api("GET", "/report?lang=fr", undefined, { token: null });
  assert.match(form.text, /Démonstration/);
  const password = demonstrationPassword(loadSecrets(world.config.secretKey, world.config.dataDir));
  for (const { email, level } of signIns) {
    const answer = await world.api("POST", "/api/v1/session", { email, password }, { token: null });
    assert.deepEqual([answer.status, answer.body.level], [200, level], email);
  }
  const points = await world.query<{ lost: number }>(
    "select count(*)::int as lost from outbox o where kind = 'page' and not exists (select 1 from contact_points c where c.id = o.contact_point_id and c.person_id = o.person_id and c.verified_at is not null)",
  );
  assert.deepEqual(points, [{ lost: 0 }], "each call went by a contact point of its person");
  const receiver = await openReceiver();
  await openThisMachine(world);
  await contactsOf(world, world.admin).add({ kind: "ntfy", server: receiver.url, topic: "a-phone" });
  await contactsOf(world, world.admin).add({ kind: "webhook", url: `${receiver.url}/hooks` });
  /* A mail server is set, and somebody is being called: that call waits in the outbox, for ever. So does any other. */
  await world.desk.sweep();
  world.desk.clock.advance(20 * 60_000);
  await world.desk.sweep();
  assert.ok(
    (await get("/api/v1/outbox")).data.some((one: Json) => one.status === "pending"),
    "somebody else is called",
  );
  assert.deepEqual(world.post.letters, []);
  assert.deepEqual(receiver.received, []);
  await receiver.close();
  await world.stop({ letters: true });
});

test("a load that dies half way leaves the desk empty, and the next one loads it; a second changes nothing", async () => {
  let flushes = 0;
  const dies: Hands["write"] = async (...given) => {
    if (++flushes === 10) throw new Error("the machine was switched off");
    await writeDraft(...given);
  };
  const world = await startWorld({ mail: false });
  const count = async (): Promise<Json> =>
    (await world.query("select (select count(*) from events) as events, (select count(*) from people) as people"))[0];
  const before = await count();
  await assert.rejects(loadInto(world.database.app, world.config, { write: dies }), /switched off/);
  assert.deepEqual(await count(), before);
  assert.equal((await loadInto(world.database.app, world.config)).kind, "loaded");
  const after = await count();
  assert.equal((await loadInto(world.database.app, world.config)).kind, "already");
  assert.deepEqual(await count(), after);
  await world.stop({ letters: true });
});

test("a desk that somebody uses is left as it is", async () => {
  const world = await startWorld({ mail: false });
  await world.person("Ana", 3);
  const before = await world.query("select count(*) as many from events");
  const loaded = await loadInto(world.database.app, world.config);
  assert.ok(loaded.kind === "not-empty" && loaded.found.people === 1, JSON.stringify(loaded));
  assert.deepEqual(await world.query("select count(*) as many from events"), before);
  assert.equal((await world.api("GET", "/api/v1/demonstration")).body.demonstration, null);
  await world.stop();
});
