/** A supplier called on at night, on a real desk: outside their hours, our clock waits by rule and no longer than it may, what their
 *  contract promised is missed, the next of theirs is called, their number comes by a link, and it is restored. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { tocsin } from "../../cli/trial.ts";
import { hourMs, minuteMs } from "../../core/kernel/time.ts";
import { recordOf } from "./rota.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let cleo: Someone;
let dan: Someone;
const form = { "content-type": "application/x-www-form-urlencoded" };
const words = { fr: "Un fournisseur doit agir", en: "A supplier has to act" };
const hours = {
  zone: "UTC",
  openings: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "08:00", until: "18:00" }],
  closedOn: [],
};
const contact = (name: string, afterMinutes: number, more: object = {}) => ({
  ...{ name, role: "Service desk", email: `${name.toLowerCase()}@nordlys.example`, phone: "+1 514 555 0199" },
  ...{ language: "fr", afterMinutes, ...more },
});
const nordlys = {
  ...{ name: "Nordlys", kind: "supplier", language: "fr", contract: "NL-2026-7", calendar: "nordlys" },
  targets: [
    { clock: "respond", minutes: 60, inHours: true },
    { clock: "restore", minutes: 240, inHours: true, priorities: [3, 4, 5] },
  ],
  contacts: [contact("Aude", 0), contact("Bo", 2_000, { language: "en", role: "Duty manager" })],
};

before(async () => {
  world = await startWorld({ shared: true });
  [cleo, dan] = [await world.person("Cleo Four", 4), await world.person("Dan Five", 5)];
  const names = { nameFr: "Nordlys", nameEn: "Nordlys" };
  await made("/api/v1/business-calendars", { id: "nordlys", ...names, hours });
  const pauses = [{ id: "supplier", words, minutes: 600, onSupplier: "restored" }];
  const process = { targets: [{ kind: "restore", minutes: 480 }], pauses };
  await made("/api/v1/categories", { id: "line-cut", nameFr: "Liaison", nameEn: "Line", process });
});

async function made(path: string, body: object, token = dan.token): Promise<Json> {
  const answer = await world.api("POST", path, body, { token });
  assert.equal(answer.status, 201, `${path}: ${answer.text}`);
  return answer.body;
}

async function incident(title: string, more: object = {}): Promise<string> {
  const body = { title, categories: ["line-cut"], impact: 3, urgency: 3, ...more };
  const { id } = await made("/api/v1/incidents", body, cleo.token);
  assert.equal((await act(id, "accept", {})).status, 200);
  return id;
}
const act = (id: string, name: string, body: object, token = cleo.token): Promise<Answer> =>
  world.api("POST", `/api/v1/incidents/${id}/${name}`, body, { token });
const read = async (path: string, token = cleo.token): Promise<Json> =>
  (await world.api("GET", path, undefined, { token })).body;
const engaged = async (id: string): Promise<Json> => (await read(`/api/v1/incidents/${id}/suppliers`)).data[0];
const restoreClock = async (id: string): Promise<Json> => {
  const { data } = await read(`/api/v1/incidents/${id}/clocks`);
  return data.find(({ kind }: Json) => kind === "restore");
};
const said = async (id: string, prefix = /^(supplier|sla)\./): Promise<string[]> =>
  (await recordOf(world, id)).map(({ type }) => type).filter((type) => prefix.test(type));

/** To the next 23:00, when nobody of theirs answers. */
async function untilNight(): Promise<void> {
  const now = world.desk.clock.now();
  const night = 23 * hourMs;
  const wait = (night - (now % (24 * hourMs)) + 24 * hourMs) % (24 * hourMs);
  await world.advance(wait / minuteMs);
}

async function letterTo(email: string) {
  const letter = await world.mailbox({ email }).expectNotice();
  return { ...letter, link: /https?:\/\/[^/\s"]+(\/c\/\w+)/.exec(letter.text)?.[1] ?? "" };
}
async function press(link: string, fields: Record<string, string>, cookie = ""): Promise<Answer> {
  const body = new URLSearchParams(fields).toString();
  return world.api("POST", link, body, { token: null, headers: { ...form, ...(cookie && { cookie }) } });
}
/** As a browser: opened by a press, answered in two steps. */
async function answer(link: string, fields: Record<string, string>, before = ""): Promise<string> {
  const opened = await press(link, { action: "open" }, before);
  const cookie = String(opened.headers["set-cookie"] ?? before).split(";")[0] ?? "";
  const saved = await press(link, { action: "save", ...fields }, cookie);
  assert.equal(saved.status, 303, saved.text);
  assert.equal((await press(link, { action: "send" }, cookie)).status, 303);
  return cookie;
}

let supplier: Json;

test("a supplier is kept by level 5, found in the list, faulty ones refused, and retired, not deleted", async () => {
  const refused = await world.api("POST", "/api/v1/suppliers", nordlys, { token: cleo.token });
  assert.equal(refused.body.code, "level-five-needed");
  const faulty = await world.api("POST", "/api/v1/suppliers", { ...nordlys, calendar: null }, { token: dan.token });
  assert.deepEqual([faulty.body.code, faulty.status], ["supplier-faulty", 422]);
  supplier = await made("/api/v1/suppliers", nordlys);
  const again = await world.api("POST", "/api/v1/suppliers", nordlys, { token: dan.token });
  assert.equal(again.body.code, "name-taken");
  const change = async (body: object): Promise<Answer> =>
    world.api("PATCH", `/api/v1/suppliers/${supplier.id}`, body, { token: dan.token });
  assert.equal((await change({ retired: true })).body.retired, true);
  const id = await incident("Called on in vain");
  assert.equal((await act(id, "call-on-supplier", { supplier: supplier.id, text: "x" })).body.code, "supplier-retired");
  assert.equal((await change({ retired: false })).body.retired, false);
  const { data } = await read("/api/v1/suppliers");
  assert.deepEqual(
    data.map(({ name, contacts }: Json) => [name, contacts.length]),
    [["Nordlys", 2]],
  );
});

test("at night, paused by rule and no longer than it may, missed, the second called, their number by link, restored, counted", async () => {
  await untilNight();
  const id = await incident("The line to the plant is cut");
  assert.equal((await restoreClock(id)).status, "running");
  const called = await act(id, "call-on-supplier", {
    supplier: supplier.id,
    text: "La liaison est coupée.",
    context: "Site 4",
  });
  assert.equal(called.status, 201, called.text);
  const [one] = called.body.data;
  assert.deepEqual([one.status, one.clocks[0].status, one.next.name], ["asked", "closed", "Bo"]);
  const paused = await restoreClock(id);
  assert.deepEqual([paused.status, paused.paused.name], ["paused", "Nordlys – A supplier has to act"]);
  const first = await letterTo("aude@nordlys.example");
  assert.match(first.subject, /^Cleo Four fait appel à vous/);
  assert.match(first.text, /La liaison est coupée\./);
  assert.doesNotMatch(first.text + first.html, /The line to the plant|INC-/);

  await world.advance(9 * 60 + 61);
  const entries = await said(id);
  assert.deepEqual(
    entries.filter((type) => type.startsWith("supplier.")),
    [
      ...["supplier.asked", "supplier.called", "supplier.warned", "supplier.warned", "supplier.warned"],
      ...["supplier.missed", "supplier.contact-proposed"],
    ],
  );
  assert.equal((await restoreClock(id)).status, "running", "the cap of ten hours was reached at 09:00");
  assert.ok(entries.includes("sla.resumed"));
  assert.equal((await engaged(id)).next.proposed, "respond");
  await world.settle();
  assert.ok(
    world.post.letters.some(({ to, subject }) => to === cleo.email && subject.includes("Nordlys")),
    "whoever has it is told",
  );
  world.post.letters.splice(0);

  assert.equal((await act(id, "call-supplier-contact", { engagement: 1 })).status, 200);
  const second = await letterTo("bo@nordlys.example");
  assert.match(second.subject, /^Cleo Four calls on you/);
  assert.match(second.text, /and you are\s+next:\s+Duty\s+manager/);
  const browser = await answer(second.link, {
    choice: "taken",
    ticket: "NL-4242",
    words: "Fibre cut, crew on its way.",
  });
  const has = await engaged(id);
  assert.deepEqual([has.status, has.ticket, has.told.text], ["acknowledged", "NL-4242", "Fibre cut, crew on its way."]);
  const found = await read("/api/v1/search?q=NL-4242");
  assert.match(JSON.stringify(found), /The line to the plant is cut/);
  world.post.letters.splice(0);

  await world.advance(30);
  await answer(second.link, { choice: "restored", ticket: "NL-4242", words: "Spliced." }, browser);
  assert.equal((await engaged(id)).status, "restored");
  const { counts, data } = await read(`/api/v1/suppliers/${supplier.id}/engagements`);
  assert.deepEqual(
    [counts.asked, counts.respond.missed, counts.respond.met, counts.restore.met, counts.restore.missed],
    [1, 1, 0, 1, 0],
  );
  assert.equal(data[0].incident.title, "The line to the plant is cut");
  assert.equal(counts.respond.missed, (await said(id, /^supplier\.missed$/)).length, "as the record says");
  await world.settle();
  world.post.letters.splice(0);
});

test("they see what was shared with them, all of it, and nothing else of the incident", async () => {
  const id = await incident("A secret title", { description: "A secret story" });
  await act(id, "call-on-supplier", { supplier: supplier.id, text: "La liaison est coupée." });
  const { link } = await letterTo("aude@nordlys.example");
  const asking = {
    kind: "question",
    text: "Depuis quand?",
    engagement: 1,
    name: "Aude",
    email: "aude@nordlys.example",
  };
  assert.equal((await act(id, "ask-contributor", { ...asking, language: "fr", forwardable: true })).status, 201);
  const question = await letterTo("aude@nordlys.example");
  await answer(question.link, { words: "Depuis minuit." });
  const opened = await press(link, { action: "open" });
  const cookie = String(opened.headers["set-cookie"] ?? "").split(";")[0] ?? "";
  const page = await world.api("GET", link, undefined, { token: null, headers: { cookie } });
  assert.match(
    page.text,
    /Votre numéro de dossier[\s\S]*Partagé avec Nordlys[\s\S]*Depuis quand[\s\S]*Depuis minuit\./,
  );
  assert.doesNotMatch(page.text, /secret|INC-/);
  await world.settle();
  world.post.letters.splice(0);
});

test("marked red, or to stay inside: no letter, their links end at once, and no notice quotes what was answered", async () => {
  const id = await incident("Something red");
  await act(id, "call-on-supplier", { supplier: supplier.id, text: "La liaison est coupée." });
  const { link } = await letterTo("aude@nordlys.example");
  const outside = { kind: "question", text: "What?", name: "Nora", email: "nora@partner.example", language: "en" };
  await act(id, "ask-contributor", outside);
  const asked = await letterTo("nora@partner.example");
  for (const tlp of ["amber+strict", "green", "red"]) {
    assert.equal((await act(id, "mark", { tlp, reason: "a leak" })).status, 200);
    const inside = tlp !== "green";
    assert.equal((await world.api("GET", link, undefined, { token: null })).status, inside ? 410 : 200, tlp);
    const again = await act(id, "contribution-link", { contribution: 1 });
    assert.equal(again.body.code ?? null, inside ? "mark-stays-inside" : null, tlp);
  }
  const refused = await act(id, "call-supplier-contact", { engagement: 1 });
  assert.equal(refused.body.code, "mark-stays-inside");
  assert.equal((await act(id, "call-supplier-contact", { engagement: 1, how: "phone" })).status, 200);
  await world.settle();
  world.post.letters.splice(0);
  await answer(asked.link, { words: "The password was on the wall." });
  const news = await world.mailbox(cleo).expectNotice();
  assert.match(news.text, /Nora answered by their link/);
  assert.doesNotMatch(news.text + news.html, /password/);
  await world.settle();
  world.post.letters.splice(0);
});

test("who may: level 3 writes down what they say, level 4 calls on them; whoever does not see the incident is told of none", async () => {
  const id = await incident("Whose turn");
  const [ben, ana] = [await world.person("Ben Three", 3), await world.person("Ana Two", 2)];
  const call = { supplier: supplier.id, text: "La liaison est coupée.", how: "phone" };
  assert.equal((await act(id, "call-on-supplier", call, ben.token)).body.code, "level-too-low");
  assert.equal((await act(id, "call-on-supplier", call)).status, 201);
  const answered = { engagement: 1, became: "acknowledged", ticket: "NL-1" };
  assert.equal((await act(id, "supplier-answer", answered, ana.token)).body.code, "level-too-low");
  assert.equal((await act(id, "supplier-answer", answered, ben.token)).status, 200);
  assert.equal((await act(id, "supplier-ticket", { engagement: 1, ticket: "NL-2" }, ana.token)).status, 200);
  await act(id, "restrict", { reason: "need to know" });
  assert.equal((await act(id, "supplier-ticket", { engagement: 1, ticket: "NL-3" }, ana.token)).status, 404);
  const { data } = await read(`/api/v1/suppliers/${supplier.id}/engagements`, ana.token);
  assert.ok(!data.some((each: Json) => each.incident.title === "Whose turn"));
  const asked = await act(id, "close-supplier", { engagement: 1, text: "It was ours." });
  assert.equal(asked.body.data[0].status, "closed");
});

test("asked twice with one key, they are called on once", async () => {
  const id = await incident("Sent twice");
  const body = { supplier: supplier.id, text: "La liaison est coupée.", how: "phone" };
  const headers = { "idempotency-key": "supplier-once" };
  const path = `/api/v1/incidents/${id}/call-on-supplier`;
  for (let time = 0; time < 2; time++) {
    const answered = await world.api("POST", path, body, { token: cleo.token, headers });
    assert.deepEqual([answered.status, answered.body.data.length], [201, 1], answered.text);
  }
});

test("from the command line: listed, called on, answered for, shown with what they kept", async () => {
  const id = await incident("By the command line");
  const environment = { TOCSIN_URL: await world.listen(), TOCSIN_TOKEN: cleo.token, LANG: "en_CA.UTF-8" };
  const run = async (...given: string[]): Promise<string> => {
    const { exit, out, said: told } = await tocsin(["supplier", ...given], { environment });
    assert.equal(exit, 0, told);
    return out;
  };
  assert.match(await run("list"), /Nordlys +Supplier +NL-2026-7 +Aude/);
  assert.match(
    await run("call", id, "nordlys", "La liaison est coupée.", "--how", "phone"),
    /1 +Nordlys +no answer yet/,
  );
  assert.match(await run("answer", id, "1", "--became", "acknowledged", "--ticket", "NL-77"), /they have it +NL-77/);
  assert.match(await run("show", "Nordlys"), /Answers within 1\sh of their support hours/);
  assert.match(await run("close", id, "1"), /closed/);
});

test("whoever was called eleven hundred times is counted whole", async () => {
  const desk = await startWorld();
  const api = async (path: string, body?: object): Promise<Json> => {
    const answer = await desk.api(body ? "POST" : "GET", path, body);
    assert.ok(answer.status < 300, `${path}: ${answer.text}`);
    return answer.body;
  };
  const five = await desk.person("Dan Five", 5);
  const one = await api("/api/v1/suppliers", {
    ...nordlys,
    ...{ calendar: null, targets: [{ clock: "respond", minutes: 60, inHours: false }] },
  });
  const called = { supplier: one.id, text: "La liaison est coupée." };
  for (let each = 0; each < 11; each += 1) {
    const { id } = (await desk.api("POST", "/api/v1/incidents", { title: "The line is cut" }, five)).body;
    assert.equal((await desk.api("POST", `/api/v1/incidents/${id}/call-on-supplier`, called, five)).status, 201);
  }
  await desk.query(
    `update incidents set incident = jsonb_set(incident, '{engagements}', (select jsonb_agg(incident -> 'engagements' -> 0
       || jsonb_build_object('number', n)) from generate_series(1, 100) as n))`,
  );
  await desk.query(
    `insert into incident_engagements (incident_id, number, supplier_id, asked_at, status, respond)
     select incident_id, n, supplier_id, asked_at, case when n % 2 = 0 then 'closed' else status end,
       case when n % 2 = 0 then 'missed' else respond end
     from incident_engagements cross join generate_series(2, 100) as n`,
  );
  const { counts, data } = await api(`/api/v1/suppliers/${one.id}/engagements`);
  assert.deepEqual([counts.asked, counts.open, counts.respond.running, data.length], [1_100, 550, 550, 200]);
  assert.deepEqual([counts.respond.missed, counts.restore.running], [550, 0]);
  await desk.stop({ altered: true, letters: true });
});
