/** Need to know: every address that is served, every list, search, count, export, stream and message, tried by people whom a
 *  restricted incident does not admit, whatever their level; what they find is what a missing one gives. Made from the list of
 *  what is served, so that whatever is served one day is tried too. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Endpoint } from "../../contract/endpoint.ts";
import { endpoints } from "../../contract/endpoints.ts";
import { described } from "./hostile.ts";
import { drain, makeScene, type Scene, secretWords, sent } from "./restricted-scene.ts";
import { type Answer, type Json, type Method, type Someone, startWorld } from "./world.ts";

let scene: Scene;
const outsiders = (): readonly Someone[] => [scene.stranger, scene.removed, scene.guest];
/** As long as an id and a number that are there, and of nothing. */
const noId = "00000000-0000-7000-8000-00000000dead";

before(async () => {
  const world = await startWorld({ shared: true });
  scene = await makeScene(world);
});

/** What belongs to it, in any place of an address that could name it. */
function placesOf(endpoint: Endpoint, person: Someone): Record<string, string>[] {
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");
  if (names.length === 0) return [{}];
  const { id, number, alertIds, help, attachment, points } = scene;
  const firsts = [
    id,
    number,
    number.replace(/-\d{4}-0*/, "-"),
    ...alertIds,
    help.id,
    help.number,
    attachment,
    points[person.id] ?? id,
    ...(endpoint.path.startsWith("/api/v1/suppliers/") ? [scene.supplier] : []),
    ...(endpoint.method === "GET" && endpoint.path.startsWith("/api/v1/incidents/") ? [scene.open] : []),
  ];
  return firsts.map((first) =>
    Object.fromEntries(
      names.map((name, index) => [name, index === 0 ? first : name === "attachment" ? attachment : id]),
    ),
  );
}

const filled = (path: string, places: Record<string, string>): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => places[name] ?? "");

/** A body in which whatever could name an incident names this one. */
function bodyOf(id: string): Json {
  const body = described().find((one) => one.id === id)?.body;
  if (body === undefined || id === "actInBulk")
    return body && { acts: [{ incident: scene.number, command: "add-observation", body: { text: "x" } }] };
  const named = "incident" in body ? { incident: scene.number } : {};
  const title = "title" in body ? { title: Object.values(secretWords).join(" ") } : {};
  return { ...body, ...named, ...title, ...("into" in body ? { into: scene.number } : {}) };
}

/** What was asked comes back in some answers: only what was not is a leak. */
function findsNothing(answer: Answer, asked: string, what: string): void {
  const text = `${answer.text}\n${JSON.stringify(answer.headers)}`;
  for (const secret of scene.secret)
    assert.ok(
      asked.includes(secret) || !text.includes(secret),
      `${what} tells ${secret}: ${answer.text.slice(0, 400)}`,
    );
}

/** Without what differs between any two requests: among it, by how much the database's clock is off. */
const bare = (answer: Answer): string =>
  JSON.stringify([answer.status, { ...answer.body, requestId: "", instance: "", streamedTo: "" }])
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "")
    .replaceAll(/"detail":"-?\d+ ms"/g, "");

/** Acts of its own that would change what the others are asked. */
const notAsked = new Set(["signOut", "changePerson", "changeSettings", "changeOrganisation", "breakGlass"]);
const queries = ["", ...Object.values(secretWords).map((word) => `?q=${word}`)];

for (const endpoint of endpoints.filter(({ id }) => !notAsked.has(id)))
  test(`${endpoint.method} ${endpoint.path} tells nothing to whom it does not admit`, async () => {
    for (const person of outsiders())
      for (const places of placesOf(endpoint, person)) {
        const body = endpoint.method === "GET" ? undefined : bodyOf(endpoint.id);
        const path = filled(endpoint.path, places);
        const takes = described().find((one) => one.id === endpoint.id)?.query ?? [];
        const asked = [
          ...(takes.includes("q") ? queries : [""]),
          ...(takes.includes("incident") ? [`?incident=${scene.number}`] : []),
          ...(takes.includes("ids") ? [`?ids=${scene.id}`] : []),
        ];
        for (const query of asked) {
          const answer = await scene.world.api(endpoint.method, path + query, body, { token: person.token });
          const question = `${path}${query}${JSON.stringify(body ?? "")}`;
          assert.ok(answer.status < 500, `${question}: ${answer.text}`);
          findsNothing(answer, question, `${endpoint.method} ${path}${query} (${person.name})`);
        }
      }
  });

const aboutOne = endpoints.filter(
  ({ path }) => path.startsWith("/api/v1/incidents/:id") || path.startsWith("/api/v1/assistance/:id"),
);

for (const endpoint of aboutOne)
  test(`${endpoint.method} ${endpoint.path} answers as for one that is not there`, async () => {
    const help = endpoint.path.includes("assistance");
    for (const person of outsiders())
      for (const [there, missing] of help
        ? [
            [scene.help.id, noId],
            [scene.help.number, "DA-2026-009999"],
          ]
        : [
            [scene.id, noId],
            [scene.number, scene.number.replace(/\d{6}$/, "009999")],
          ]) {
        const ask = (id: string | undefined) =>
          scene.world.api(
            endpoint.method as Method,
            filled(endpoint.path, { id: id ?? "", attachment: scene.attachment }),
            endpoint.method === "GET" ? undefined : bodyOf(endpoint.id),
            { token: person.token },
          );
        assert.equal(bare(await ask(there)), bare(await ask(missing)), `${person.name} ${there}`);
      }
  });

test("for whom it admits it is there, and level and administration admit nobody", async () => {
  const { world, ana, helper, id } = scene;
  for (const one of [ana, helper])
    assert.equal((await world.api("GET", `/api/v1/incidents/${id}`, undefined, { token: one.token })).status, 200);
  for (const one of [...outsiders(), world.admin]) {
    const answer = await world.api("GET", `/api/v1/incidents/${id}`, undefined, { token: one.token });
    assert.deepEqual([answer.status, answer.body.code], [404, "incident-unknown"]);
  }
  assert.equal(
    (await world.api("GET", `/api/v1/assistance/${scene.help.id}`, undefined, { token: helper.token })).status,
    200,
  );
});

test("what is served beside the contract tells nothing either", async () => {
  const { world, genie, alertmanager, alertIds, ack, id, number } = scene;
  const word = secretWords.alert;
  const paths = [
    "/v2/alerts",
    `/v2/alerts?query=${word}`,
    "/v2/alerts/count",
    `/v2/alerts/${alertIds[0]}`,
    `/v2/alerts/${word}-1?identifierType=alias`,
    "/v2/alerts/1?identifierType=tiny",
  ];
  for (const path of paths) {
    const answer = await sent(world, genie, path);
    findsNothing(answer, path, path);
  }
  assert.deepEqual((await sent(world, genie, "/v2/alerts/count")).body.data, { count: 0 });
  assert.equal((await sent(world, genie, `/v2/alerts/${alertIds[0]}`)).status, 404);
  for (const path of ["alerts", "alerts/groups", "silences", "status", "receivers"].map(
    (one) => `/alertmanager/${alertmanager}/api/v2/${one}`,
  ))
    findsNothing(await world.api("GET", path, undefined, { token: null }), path, path);
  for (const person of outsiders())
    for (const path of ["/metrics", "/api/docs", `/incidents/${number}`, `/report/${id}`]) {
      const answer = await world.api("GET", path, undefined, { token: person.token });
      findsNothing(answer, path, path);
    }
  const metrics = (await world.api("GET", "/metrics")).text;
  const counted = metrics.split("\n").filter((one) => one.startsWith("tocsin_incidents_open"));
  const open = counted.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  assert.equal(open, 1, "the one that everybody sees is counted, and no other");
  for (const method of ["GET", "POST"] as const) {
    const answer = await world.api(method, ack, method === "GET" ? undefined : "action=accept", {
      token: null,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    findsNothing(answer, ack, `the link of a call, ${method}`);
  }
  assert.equal(
    (await world.api("GET", `/api/v1/incidents/${id}`, undefined, { token: scene.ana.token })).body.acceptedBy.id,
    scene.ana.id,
  );
});

test("that an open one is part of it is told by no refusal, from either side", async () => {
  const { world, ana, stranger } = scene;
  const by = (one: Someone) => (id: string, command: string, body: object) =>
    world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: one.token });
  const made = async (title: string): Promise<string> =>
    (await world.api("POST", "/api/v1/incidents", { title }, { token: ana.token })).body.id;
  const [part, alone, whole] = [await made("Slow mail"), await made("Slow mail"), await made("Slow post")];
  assert.equal((await by(ana)(part, "link", { incident: whole, kind: "part-of" })).status, 200);
  assert.equal((await by(ana)(whole, "restrict", { reason: "Theft" })).status, 200);
  const [other, small] = [await made("Slow"), await made("Slower")];
  for (const id of [part, alone]) {
    const both = [
      await by(stranger)(small, "link", { incident: id, kind: "part-of" }),
      await by(stranger)(small, "unlink", { incident: id, reason: "x" }),
      await by(stranger)(other, "link", { incident: id, kind: "has-part" }),
    ];
    assert.deepEqual(
      both.map(({ status }) => status),
      [200, 200, 200],
    );
  }
  for (const id of [part, alone])
    assert.equal((await by(stranger)(id, "unlink", { incident: other, reason: "x" })).status, 200);
  for (const id of [part, alone])
    assert.equal((await by(stranger)(id, "link", { incident: other, kind: "part-of" })).status, 200);
  const shown = async (one: Someone) =>
    (await world.api("GET", `/api/v1/incidents/${part}/links`, undefined, { token: one.token })).body.data.map(
      ({ id }: Json) => id,
    );
  assert.deepEqual(await shown(stranger), [other]);
  assert.deepEqual(await shown(ana), [whole, other], "whoever sees both wholes sees both");
  assert.equal(
    (await by(ana)(part, "link", { incident: await made("Third"), kind: "part-of" })).body.code,
    "already-part",
  );
});

test("nothing that happens in it changes anything that the others can read, and nobody outside is written to", async () => {
  const { world, ana, helper, team, id, removed, stranger } = scene;
  const url = await world.listen();
  const looked = endpoints.filter(
    ({ method, path, id: name }) =>
      method === "GET" && !path.includes(":") && !["readSession", "readSetup"].includes(name),
  );
  const look = async (): Promise<Record<string, string>> => {
    const all: Record<string, string> = {};
    const about = ["", "/links", "/timeline", "/export", "/similar", "/known-errors", "/suppliers", "/impact"];
    const beside = [
      ...about.map((one) => ({ path: `/api/v1/incidents/${scene.open}${one}` })),
      { path: `/api/v1/suppliers/${scene.supplier}/engagements` },
    ];
    for (const person of outsiders())
      for (const { path } of [...looked, ...beside])
        all[`${person.name} ${path}`] = bare(await world.api("GET", path, undefined, { token: person.token }));
    return all;
  };
  const heard = await Promise.all(outsiders().map((one) => hear(url, one.token)));
  const told = await hear(url, ana.token);
  /* Of what they asked for themselves above. */
  await world.settle();
  for (const letter of world.post.letters.filter(({ to }) => outsiders().some(({ email }) => email === to)))
    for (const secret of scene.secret) assert.ok(!JSON.stringify(letter).includes(secret), `a letter tells ${secret}`);
  await drain(world, ana, helper, ...outsiders());
  const quiet = await look();
  const as = { token: ana.token };
  const act = (command: string, body: object) => world.api("POST", `/api/v1/incidents/${id}/${command}`, body, as);
  for (const [command, body] of [
    ["add-observation", { text: secretWords.note }],
    ["set-impact-urgency", { impact: 1, urgency: 1 }],
    ["categorise", { categories: ["security"] }],
    ["assign", { team }],
    ["add-task", { text: secretWords.task, person: helper.id }],
    ["escalate", { kind: "functional", to: team, expected: secretWords.help, reason: "x" }],
    ["link", { incident: scene.open, kind: "related", reason: secretWords.link }],
    ["impact/measure-impact", { domain: "customers", magnitude: "high", people: 100 }],
    ["update-workstream", { workstream: 1, status: "blocked", text: secretWords.stream }],
    ["supplier-answer", { engagement: 1, became: "restored", text: secretWords.supplier }],
    ["mark", { tlp: "red" }],
    ["declare-restored", { text: null }],
    ["declare-relapse", { text: "again" }],
  ] as const) {
    const answer = await act(command, body);
    assert.equal(answer.status, 200, `${command}: ${answer.text}`);
  }
  const outside = await act("advise-persons", { persons: [stranger.id], text: "x" });
  assert.deepEqual([outside.status, outside.body.code], [422, "not-admitted"]);
  await world.settle();
  await world.advance(61);
  await drain(world, ana, helper);
  assert.deepEqual(await look(), quiet);
  for (const one of outsiders()) await world.mailbox(one).expectNothing();
  await sleep(300);
  assert.match(told.text(), new RegExp(id), "whoever is admitted hears of it");
  const mine = told.text().match(/^id: \S+$/gm) ?? [];
  assert.equal(new Set(mine).size, mine.length);
  for (const { text } of heard) assert.doesNotMatch(text(), /"(incident|assistance)"|^id:/m, "the stream says nothing");
  const replayed = await Promise.all(outsiders().map((one) => hear(url, one.token, "0-0")));
  await sleep(300);
  for (const { text } of replayed)
    for (const secret of scene.secret) assert.ok(!text().includes(secret), `replay tells ${secret}`);
  for (const one of [...heard, ...replayed, told]) one.stop();
  assert.ok(removed);
});

type Heard = { readonly text: () => string; readonly stop: () => void };

async function hear(url: string, token: string, since?: string): Promise<Heard> {
  const abort = new AbortController();
  let text = "";
  const answer = await fetch(`${url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${token}`, ...(since && { "last-event-id": since }) },
    signal: abort.signal,
  });
  const read = async (): Promise<void> => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
  };
  read().catch(() => {});
  return { text: () => text, stop: () => abort.abort() };
}
