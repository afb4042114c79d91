/** Search, in both languages: what is found, by whom, in which order, and what hostile text does: nothing. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
const ids: Record<string, string> = {};

const search = async (q: string, more = ""): Promise<Json> => {
  const answer = await world.api("GET", `/api/v1/search?q=${encodeURIComponent(q)}${more}`);
  assert.equal(answer.status, 200, `${q}: ${answer.text}`);
  return answer.body;
};
const incidents = async (q: string): Promise<string[]> =>
  (await search(q, "&kind=incident")).data.map((one: Json) => one.title);
const act = async (id: string | undefined, command: string, body: object): Promise<void> => {
  const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body);
  assert.equal(answer.status, 200, answer.text);
};
const record = async (title: string, more: object = {}): Promise<Json> => {
  const answer = await world.api("POST", "/api/v1/incidents", { title, ...more });
  assert.equal(answer.status, 201, answer.text);
  world.desk.clock.advance(1_000);
  return answer.body;
};

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  const made = async (path: string, body: object): Promise<string> =>
    (await world.api("POST", `/api/v1/${path}`, body)).body.id;
  ids.team = await made("teams", { name: "Équipe réseau", members: [world.admin.id] });
  ids.service = await made("services", {
    nameFr: "Paie",
    nameEn: "Payroll",
    aliases: { fr: ["bulletin de salaire"], en: ["payslip"] },
  });
  ids.pay = (await record("Paiements refusés à la Trésorerie", { service: ids.service, impact: 1, urgency: 1 })).id;
  ids.mail = (await record("Mail servers are failing", { description: "Œuvres complètes: les pièces jointes" })).id;
  ids.slow = (await record("La réservation est lente", { language: "fr" })).id;
  await act(ids.slow, "add-observation", { text: "Le certificat intermédiaire avait expiré" });
  await act(ids.slow, "decide", { text: "Rollback the gateway", options: ["Wait for the supplier"] });
  await act(ids.mail, "assign", { team: ids.team });
  await act(ids.pay, "accept", {});
  await act(ids.pay, "categorise", { categories: ["security"] });
});

test("words are found in titles, descriptions, observations and decisions, without accents or endings", async () => {
  for (const [q, title] of [
    ["tresorerie", "Paiements refusés à la Trésorerie"],
    ["PAIEMENT refuse ", "Paiements refusés à la Trésorerie"],
    ["failed server ", "Mail servers are failing"],
    ["oeuvre", "Mail servers are failing"],
    ["certificats intermediaires ", "La réservation est lente"],
    ["rollbacks gateway ", "La réservation est lente"],
    ["supplier wait", "La réservation est lente"],
  ] as const)
    assert.deepEqual(await incidents(q), [title], q);
  const [found] = (await search("certificat", "&kind=incident")).data;
  assert.equal(found.in, "record");
  assert.equal((await search("réservation", "&kind=incident")).data[0].in, "title");
});

test("the last word is found unfinished; every word must be there; a word may be unwanted", async () => {
  assert.deepEqual(await incidents("trésor"), ["Paiements refusés à la Trésorerie"]);
  assert.deepEqual(await incidents("trésor "), []);
  assert.deepEqual(await incidents("paiements lente"), []);
  assert.deepEqual(await incidents("est:ouvert -paiements -mail"), ["La réservation est lente"]);
});

test("filters are asked in either language, together with words or alone", async () => {
  for (const q of [
    "service:paie",
    "service:payslip",
    "assignee:me",
    "responsable:moi",
    "category:security",
    "priority:1",
  ])
    assert.deepEqual(await incidents(`${q} est:ouvert`), ["Paiements refusés à la Trésorerie"], q);
  assert.deepEqual(await incidents("équipe:réseau"), ["Mail servers are failing"]);
  assert.deepEqual(await incidents("is:waiting réservation"), ["La réservation est lente"]);
  assert.deepEqual(await incidents("after:1h est:ouvert lente"), ["La réservation est lente"]);
  assert.deepEqual(await incidents("avant:2020 est:ouvert"), []);
  const unknown = await search("service:nowhere paiements", "&kind=incident");
  assert.deepEqual([unknown.data, unknown.problems], [[], [{ code: "value-unknown", part: "service:nowhere" }]]);
});

test("a number is found in either form", async () => {
  const { number } = (await world.api("GET", `/api/v1/incidents/${ids.slow}`)).body;
  const short = `INC-${Number(number.split("-")[2])}`;
  for (const q of [number, number.toLowerCase(), short, `#${short.slice(4)}`])
    assert.deepEqual(await incidents(q), ["La réservation est lente"], q);
  assert.deepEqual(await incidents("INC-2001-000001"), []);
});

test("reports, alerts, people, teams and services are found beside, with the incident they belong to", async () => {
  await world.api("POST", "/api/v1/reports", { title: "Ascenseur bloqué", description: "Étage 3" }, { token: null });
  const { key } = await world.integration("pagerduty");
  const payload = { summary: "Échec de sauvegarde", source: "db-42", severity: "error" };
  await world.knock("/v2/enqueue", { routing_key: key, event_action: "trigger", dedup_key: "k", payload });
  const kinds = async (q: string): Promise<string[]> => (await search(q)).data.map((one: Json) => one.kind);
  assert.deepEqual(await kinds("ascenseur etage "), ["incident", "report"]);
  assert.deepEqual(await kinds("sauvegarde echec "), ["incident", "alert"]);
  assert.deepEqual(await kinds("db-42"), ["alert"]);
  assert.deepEqual(await kinds("camille"), ["person"]);
  assert.deepEqual(await kinds("reseau"), ["team"]);
  assert.deepEqual(await kinds("bulletins"), [], "begins no word of “bulletin de salaire”");
  assert.deepEqual(await kinds("salaire"), ["service"]);
  const [, alert] = (await search("sauvegarde")).data;
  assert.match(alert.incident.number, /^INC-/);
  assert.ok(!("contact" in alert));
});

test("what is found comes newest first, by pages that neither repeat nor miss", async () => {
  const titles = Array.from({ length: 7 }, (_, n) => `Quota dépassé ${n}`);
  for (const title of titles) await record(title);
  const seen: string[] = [];
  let cursor = "";
  do {
    const page = await search("quota", `&kind=incident&limit=3${cursor}`);
    seen.push(...page.data.map((one: Json) => one.title));
    cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
  } while (cursor !== "");
  assert.deepEqual(seen, titles.toReversed());
  const list = await world.api("GET", "/api/v1/incidents?q=quota&limit=2");
  assert.deepEqual(
    list.body.data.map((one: Json) => one.title),
    ["Quota dépassé 6", "Quota dépassé 5"],
  );
  const next = await world.api("GET", `/api/v1/incidents?q=quota&limit=2&cursor=${list.body.nextCursor}`);
  assert.deepEqual(
    next.body.data.map((one: Json) => one.title),
    ["Quota dépassé 4", "Quota dépassé 3"],
  );
});

test("the list of incidents and the board speak the same language", async () => {
  const titlesOf = async (path: string): Promise<string[]> =>
    (await world.api("GET", path)).body.data.map((one: Json) => one.title);
  const q = encodeURIComponent("service:paie est:ouvert");
  assert.deepEqual(await titlesOf(`/api/v1/incidents?q=${q}`), ["Paiements refusés à la Trésorerie"]);
  assert.deepEqual(await titlesOf(`/api/v1/board?q=${q}`), ["Paiements refusés à la Trésorerie"]);
  assert.deepEqual(await titlesOf(`/api/v1/board?q=${encodeURIComponent("gateway -paiements")}`), [
    "La réservation est lente",
  ]);
  const bad = await world.api("GET", "/api/v1/board?q=is:purple");
  assert.deepEqual([bad.body.data, bad.body.problems], [[], [{ code: "value-unknown", part: "is:purple" }]]);
});

test("an incident that ended is found as ended, and as open again when it is reopened", async () => {
  const { id } = await record("Zeppelin perdu");
  await act(id, "dismiss", { reason: "Ballon captif" });
  assert.deepEqual(await incidents("zeppelin est:ouvert"), []);
  assert.deepEqual(await incidents("zeppelin est:écarté"), ["Zeppelin perdu"]);
  assert.deepEqual(await incidents("captif"), ["Zeppelin perdu"], "the reason is part of the record");
});

const hostile = [
  "'; drop table incidents; --",
  "' or '1'='1",
  "\\'); select pg_sleep(10); --",
  "%_%\\",
  "a & b | !c <-> d:* (",
  "*:* :A :*",
  'service:"\' or 1=1" assignee:"))"',
  'is:"open\'; delete from events"',
  "after:'2026-01-01'::date",
  "\u0000\u0001\u202e\ufeff",
  "\ud800 \udfff",
  '"""""""',
  `${"(".repeat(200)}${")".repeat(200)}`,
  `${"a ".repeat(200)}`,
  "-".repeat(400),
  "İıſK ﷺ ﷺ ﷺ",
  "🔥".repeat(100),
];

test("hostile text finds nothing, breaks nothing and changes nothing", async () => {
  const count = () =>
    world.query("select count(*)::int as incidents, (select count(*)::int from events) as events from incidents");
  const all = await count();
  for (const q of hostile) {
    for (const path of ["search", "incidents", "board"]) {
      const answer = await world.api("GET", `/api/v1/${path}?q=${encodeURIComponent(q.toWellFormed())}`);
      assert.ok([200, 422].includes(answer.status), `${path} ${q}: ${answer.status} ${answer.text}`);
    }
    for (const kind of ["incident", "report", "alert", "person"])
      await world.api("GET", `/api/v1/search?kind=${kind}&q=${encodeURIComponent(q.toWellFormed())}`);
    const proposed = await world.api("POST", "/api/v1/incidents/proposals", { title: q, description: q });
    assert.ok([200, 422].includes(proposed.status), `${q}: ${proposed.text}`);
  }
  assert.deepEqual(await count(), all);
  for (const cursor of [
    "x",
    "!!",
    Buffer.from("1 2").toString("base64url"),
    Buffer.from("99999999999999999 x").toString("base64url"),
  ])
    assert.equal((await world.api("GET", `/api/v1/search?q=a&kind=incident&cursor=${cursor}`)).status, 422, cursor);
  assert.equal((await world.api("GET", `/api/v1/search?q=${"a".repeat(401)}`)).status, 422);
  assert.equal((await world.api("GET", "/api/v1/search?q=%20")).status, 200);
});

test("an incident takes words without end and stays writable and findable", async () => {
  const { id } = await record("Dictionnaire");
  const word = (n: number): string => `mot${n.toString(36)}${"x".repeat(n % 90)}`;
  for (let part = 0; part < 12; part++) {
    const text = Array.from({ length: 250 }, (_, n) => word(part * 250 + n)).join(" ");
    await act(id, "add-observation", { text: text.slice(0, 19_000) });
  }
  assert.deepEqual(await incidents("dictionnaire"), ["Dictionnaire"]);
});

test("S55: a search that takes longer than two seconds is ended and says so; proposals go on without", async () => {
  await world.query("begin");
  await world.query("lock table incident_search in access exclusive mode");
  const [en, fr] = await Promise.all(
    ["en", "fr"].map((language) =>
      world.api("GET", "/api/v1/search?q=paiements", undefined, {
        token: world.admin.token,
        headers: { "accept-language": language },
      }),
    ),
  );
  for (const answer of [en, fr]) assert.deepEqual([answer?.status, answer?.body.code], [422, "search-too-broad"]);
  assert.notEqual(en?.body.detail, fr?.body.detail);
  const proposed = await world.api("POST", "/api/v1/incidents/proposals", { title: "Paiements refusés" });
  assert.deepEqual([proposed.status, proposed.body.complete, proposed.body.duplicates], [200, false, []]);
  await world.query("rollback");
  assert.deepEqual(await incidents("trésorerie"), ["Paiements refusés à la Trésorerie"]);
});
