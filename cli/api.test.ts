import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { tocsin } from "./trial.ts";

/** A desk that answers what it is told to: the command line's edge is HTTP. */
let status = 200;
let answer = "{}";
let seen = { method: "", url: "", headers: {} as IncomingHttpHeaders, body: "" };

const server = createServer((request, reply) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    seen = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
    reply.writeHead(status, { "content-type": "application/problem+json" }).end(answer);
  });
});
let TOCSIN_URL = "";
before(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  TOCSIN_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

const desk = (more: Record<string, string> = {}) => ({
  environment: { TOCSIN_URL, TOCSIN_TOKEN: "secret", LANG: "fr_CA.UTF-8", ...more },
});
const ask = (words: string, more: Record<string, string> = {}) => tocsin(words.split(" "), desk(more));

const exitOf: readonly (readonly [number, number])[] = [
  [400, 2],
  [401, 4],
  [403, 4],
  [404, 3],
  [409, 5],
  [412, 5],
  [422, 2],
  [429, 75],
  [500, 1],
  [502, 75],
  [503, 75],
];

test("a problem is said by its own sentence, with its code and its exit", async () => {
  for (const [given, exit] of exitOf) {
    status = given;
    answer = JSON.stringify({
      code: "some-code",
      detail: "La phrase du bureau.",
      status,
      errors: [{ pointer: "/occurredAt", code: "not-a-date", detail: "Pas une date." }],
    });
    const tried = await ask("incident close INC-1");
    assert.deepEqual([tried.exit, tried.out], [exit, ""], String(given));
    assert.match(tried.said, /^La phrase du bureau\. \(some-code\)\n {2}--occurred-at: Pas une date\.\n/);
    const json = JSON.parse((await ask("incident close INC-1 --json")).said);
    assert.deepEqual([json.error.code, json.error.exit], ["some-code", exit]);
  }
});

test("an answer that is none of a desk is a failure that says so", async () => {
  for (const [given, exit] of [
    [200, 1],
    [302, 1],
    [502, 75],
    [404, 3],
  ]) {
    status = given ?? 0;
    answer = "<html>";
    const tried = await ask("incident show INC-1");
    assert.deepEqual([tried.exit, tried.out], [exit, ""]);
    assert.match(tried.said, /bureau Tocsin/);
  }
});

test("an act is sent as the contract wants it, with a key of its own", async () => {
  status = 200;
  answer = JSON.stringify({ number: "INC-2026-000001", stage: "resolved", priority: 2 });
  const { exit, out } = await ask(
    "incident declare-resolved INC-1 --solution restarted --cause-unknown --derogation alone",
  );
  assert.equal(exit, 0);
  assert.equal(out, "INC-2026-000001  Résolu, P2 Élevée\n");
  assert.equal(`${seen.method} ${seen.url}`, "POST /api/v1/incidents/INC-1/declare-resolved");
  assert.deepEqual(JSON.parse(seen.body), {
    solution: "restarted",
    causeUnknown: true,
    derogation: { reason: "alone" },
  });
  const { authorization, "accept-language": language, "idempotency-key": key } = seen.headers;
  assert.deepEqual([authorization, language, key], ["Bearer secret", "fr-CA", "key-of-the-trial"]);
  await ask("incident confirm-priority INC-1 --impact 1 --urgency 2 --idempotency-key mine");
  assert.deepEqual(JSON.parse(seen.body), { impact: 1, urgency: 2 });
  assert.equal(seen.headers["idempotency-key"], "mine");
});

test("what is listed may be filtered, and control characters do not reach the terminal", async () => {
  const incident = {
    number: "INC-2026-000001",
    stage: "registered",
    priority: null,
    milestones: {},
    title: "a\u001b[2Jb",
  };
  answer = JSON.stringify({ data: [incident], nextCursor: "next", problems: [] });
  const { out, said } = await ask("incident list --open --stage closed --stage merged --q mail");
  assert.equal(seen.url, "/api/v1/incidents?stage=closed&stage=merged&open=true&q=mail");
  assert.ok(out.includes("a [2Jb") && !out.includes("\u001b"));
  assert.match(said, /--cursor next/);
  assert.equal((await ask("incident list --json")).out, `${JSON.stringify(JSON.parse(answer), null, 2)}\n`);
});

test("what nobody was told of yet and an escalation that was set aside are printed with the clocks, in the reader's language", async () => {
  status = 200;
  const none = { at: "2026-11-28T10:00:00.000Z", data: [], pauses: [], escalate: null, pausable: false };
  answer = JSON.stringify({ ...none, setAside: null, untold: [] });
  assert.equal((await ask("incident clocks INC-1")).out, "");
  const untold = [
    { action: "restored", since: "2026-11-28T09:00:00.000Z", dueAt: "2026-11-28T09:30:00.000Z" },
    { action: "decision", since: "2026-11-28T09:50:00.000Z", dueAt: "2026-11-28T10:20:00.000Z" },
  ];
  const setAside = {
    ...{ because: "missed", clock: "restore", escalation: null, gap: true },
    ...{ by: "Zoé Roy", at: "2026-11-28T09:40:00.000Z", reason: "Le fournisseur arrive" },
  };
  answer = JSON.stringify({ ...none, setAside, untold });
  const french = (await ask("incident clocks INC-1")).out.trimEnd().split("\n");
  assert.equal(french.length, 2);
  assert.match(french[0] ?? "", /service rétabli.+en retard.+décision/);
  assert.match(french[1] ?? "", /Zoé Roy.+Le fournisseur arrive/);
  const english = await ask("incident clocks INC-1 --lang en");
  assert.match(english.out, /service restored since .+late since/);
  assert.ok(english.out.includes("Zoé Roy"));
});

test("what awaits whoever asks is said with why and until when, and that nothing does", async () => {
  status = 200;
  const incident = {
    id: "1",
    title: "Fibre\u001b[2J",
    language: "en",
    stage: "accepted",
    priority: 2,
    exercise: false,
  };
  const one = { incident: { ...incident, number: "INC-2026-000007" }, command: "complete-task", number: 1 };
  const due = { about: "Call the works", why: "yours", until: "2026-10-07T15:00:00Z", target: null };
  answer = JSON.stringify({ at: "2026-10-07T14:00:00Z", data: [{ ...one, ...due }], truncated: false });
  const told = await ask("my-work");
  assert.deepEqual([seen.method, seen.url], ["GET", "/api/v1/my-work"]);
  assert.match(told.out, /P2 +INC-2026-000007 +Faire une tâche · Call the works +c’est à vous +Fibre/);
  assert.ok(!told.out.includes("\u001b[2J"));
  answer = JSON.stringify({ at: "2026-10-07T14:00:00Z", data: [], truncated: false });
  assert.match((await ask("my-work")).said, /Rien ne vous attend/);
});

test("an id in a path stays one segment", async () => {
  await ask("incident show ../../session");
  assert.equal(seen.url, "/api/v1/incidents/..%2F..%2Fsession");
  seen.url = "";
  for (const id of ["", ".", ".."]) assert.equal((await tocsin(["incident", "show", id], desk())).exit, 2);
  assert.equal(seen.url, "");
});

test("names become ids, and an unknown one is not guessed", async () => {
  answer = JSON.stringify({ data: [{ id: "7f0c", name: "Ana", email: "ana@example.org" }], nextCursor: null });
  await ask("incident assign INC-1 --person ANA@example.org");
  assert.deepEqual(JSON.parse(seen.body), { person: "7f0c" });
  assert.equal((await ask("incident assign INC-1 --person Bob")).exit, 3);
});

test("doctor ends 6 when something is missing, and not for a limit that nobody can put right", async () => {
  const check = (state: string) => ({ id: "mail", state, detail: "", because: null, facts: {}, provedAt: null });
  for (const [state, exit] of [
    ["ok", 0],
    ["warning", 0],
    ["limit", 0],
    ["missing", 6],
  ] as const) {
    answer = JSON.stringify({ checks: [check("ok"), check(state)] });
    assert.equal((await ask("doctor")).exit, exit);
  }
});

test("ways of being reached are added with their secret apart, proved, and tested in plain words", async () => {
  status = 201;
  answer = JSON.stringify({ id: "7f0c", kind: "webhook", secret: "whsec_x", state: "to-verify" });
  const added = await ask("contact-point add webhook --to https://hooks.example.org/x --name Bridge --lang en");
  assert.deepEqual(JSON.parse(seen.body), { kind: "webhook", url: "https://hooks.example.org/x", name: "Bridge" });
  assert.equal(added.out, "7f0c\n", "the id alone, for a script");
  assert.match(added.said, /whsec_x/);
  await ask("contact-point add ntfy --topic ana --access-token tk_1");
  assert.deepEqual(JSON.parse(seen.body), { kind: "ntfy", topic: "ana", token: "tk_1" });
  for (const [line, body] of [
    ["sms --number +14185550199", { kind: "sms", number: "+14185550199" }],
    ["voice --number +14185550199 --name Home", { kind: "voice", number: "+14185550199", name: "Home" }],
    ["telegram --to 4242", { kind: "telegram", to: "4242" }],
    ["slack --to U012AB3CD", { kind: "slack", to: "U012AB3CD" }],
    [
      "mattermost --to https://chat.example.org/hooks/x",
      { kind: "mattermost", url: "https://chat.example.org/hooks/x" },
    ],
    ["teams --to https://flows.example.org/x", { kind: "teams", url: "https://flows.example.org/x" }],
  ] as const) {
    await ask(`contact-point add ${line}`);
    assert.deepEqual(JSON.parse(seen.body), body, line);
  }
  status = 200;
  await ask("contact-point verify 7f0c 1234 5678 --json");
  assert.equal(`${seen.method} ${seen.url}`, "POST /api/v1/contact-points/7f0c/verify");
  assert.deepEqual(JSON.parse(seen.body), { code: "12345678" });
  const evidence = (state: string, lastError: string | null = null) => ({
    data: [
      {
        id: "1",
        kind: "ntfy",
        name: null,
        address: "https://n/ana…",
        state,
        lastError,
        askedAt: "2026-10-07T18:00:00Z",
      },
    ],
  });
  for (const [state, exit, words] of [
    ["accepted", 0, /not yet delivered/],
    ["acknowledged", 0, /reaches you/],
    ["failed", 6, /private network/],
  ] as const) {
    answer = JSON.stringify(evidence(state, state === "failed" ? "private-address" : null));
    const tested = await ask("contact-point test --show --lang en");
    assert.equal(seen.method, "GET");
    assert.equal(tested.exit, exit);
    assert.match(tested.out, words);
    assert.match(tested.said, /certain to wake a muted phone/);
  }
});

test("the address outside is set, shown with what stands in its way, and removed", async () => {
  status = 200;
  const outgoing = { host: "watch.example.org", intervalSeconds: 60, toldAt: null, failedAt: null };
  answer = JSON.stringify({ outgoing: { ...outgoing, lastError: null } });
  const set = await ask("heartbeat outside set --to https://watch.example.org/x --every 1m --lang en");
  assert.equal(`${seen.method} ${seen.url}`, "POST /api/v1/outgoing-heartbeat");
  assert.deepEqual(JSON.parse(seen.body), { url: "https://watch.example.org/x", intervalSeconds: 60 });
  assert.match(set.out, /watch\.example\.org/);
  assert.equal(set.exit, 0);
  answer = JSON.stringify({ outgoing: { ...outgoing, lastError: "HTTP 500" } });
  const shown = await ask("heartbeat outside show");
  assert.deepEqual([seen.method, shown.exit], ["GET", 6]);
  assert.match(shown.out, /HTTP 500/);
  answer = "{}";
  const removed = await ask("heartbeat outside remove --lang en");
  assert.equal(seen.method, "DELETE");
  assert.match(removed.said, /Nobody outside/);
});

test("a token that would travel in clear is said, whatever the host begins with", async () => {
  for (const [host, inClear] of [
    ["127.0.0.1:1", false],
    ["localhost:1", false],
    ["[::1]:1", false],
    ["localhost.example.invalid:1", true],
    ["127.0.0.1.example.invalid:1", true],
  ] as const) {
    const { said, exit } = await ask("incident list", { TOCSIN_URL: `http://${host}`, LANG: "en_CA" });
    assert.equal(exit, 75);
    assert.equal(/travels unencrypted/.test(said), inClear, `${host}: ${said}`);
  }
});

test("no desk, no token, no address", async () => {
  const silent = await ask("incident close INC-1", { TOCSIN_URL: "http://127.0.0.1:1" });
  assert.equal(silent.exit, 75);
  assert.match(silent.said, /--idempotency-key key-of-the-trial/);
  const nowhere = { TOCSIN_TOKEN: "", XDG_CONFIG_HOME: "/nonexistent" };
  assert.equal((await ask("incident list", nowhere)).exit, 4);
  assert.equal((await ask("incident list", { TOCSIN_URL: "ftp://desk" })).exit, 2);
});
