/** What is believed of a request, and what is not: whose objects it names, where it says it comes from, what its link may
 *  do, and to which address a call is sent. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { emailPattern } from "../../server/platform/addresses.ts";
import { type Answer, type Credentials, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
const form = { "content-type": "application/x-www-form-urlencoded" };

before(async () => {
  world = await startWorld({ shared: true });
});

async function page(): Promise<{ readonly ack: string; readonly token: string; readonly id: string }> {
  const { key } = await world.integration("pagerduty");
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "disk"));
  const { ack } = await world.mailbox(world.admin).expectPage();
  const { id } = (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0];
  return { ack, token: ack.replace("/ack/", ""), id };
}

const bodyOf = ({ status, body: { requestId: _, ...body } }: Answer): object => ({ status, body });

test("somebody else's token is as absent as one that never was, for an administrator too", async () => {
  const [ana, ben] = [await world.person("Ana Owner", 3), await world.person("Ben Other", 5)];
  const mine = (await world.api("GET", "/api/v1/tokens", undefined, { token: ana.token })).body.data;
  assert.equal(mine.length, 1, "each sees their own only");
  for (const token of [ben.token, world.admin.token]) {
    const theirs = await world.api("DELETE", `/api/v1/tokens/${mine[0].id}`, undefined, { token });
    const none = await world.api("DELETE", "/api/v1/tokens/00000000-0000-4000-8000-000000000000", undefined, { token });
    assert.equal(theirs.status, 404);
    assert.deepEqual(bodyOf(theirs), bodyOf(none));
    const seen = await world.api("GET", "/api/v1/tokens", undefined, { token });
    assert.ok(!seen.text.includes(mine[0].id));
  }
  assert.equal((await world.api("GET", "/api/v1/session", undefined, { token: ana.token })).body.id, ana.id);
});

test("an incident, an integration, a receipt, a link that does not exist: 404, alike for all that do not", async () => {
  const ghosts = ["00000000-0000-4000-8000-000000000000", "INC-999999", "nothing"];
  for (const path of ["", "/timeline", "/export", "/alerts"]) {
    const answers = await Promise.all(ghosts.map((id) => world.api("GET", `/api/v1/incidents/${id}${path}`)));
    for (const answer of answers) assert.deepEqual(bodyOf(answer), { ...bodyOf(answers[0] as Answer) });
    assert.deepEqual([answers[0]?.status, answers[0]?.body.code], [404, "incident-unknown"]);
  }
});

test("no header says who is asking, or from where, unless its sender is a trusted proxy", async () => {
  const names = [
    "x-remote-user",
    "remote-user",
    "x-forwarded-user",
    "x-auth-request-email",
    "x-webauth-user",
    "x-user",
  ];
  for (const name of [...names, "x-forwarded-email", "x-authenticated-user", "from", "x-original-user"]) {
    const as: Credentials = { token: null, headers: { [name]: world.admin.email } };
    assert.equal((await world.api("GET", "/api/v1/session", undefined, as)).status, 401, name);
  }
  const odd = { "x-original-url": "/livez", "x-rewrite-url": "/livez", "x-http-method-override": "GET" };
  assert.equal((await world.api("GET", "/api/v1/people", undefined, { token: null, headers: odd })).status, 401);
});

test("links carry the configured address, whatever host the request names", async () => {
  const evil = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
  const { key } = await world.integration("pagerduty");
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "poison"), { ...evil, forwarded: "host=evil.example" });
  const letter = await world.mailbox(world.admin).expectPage();
  assert.ok(letter.raw.length > 0 && !/evil\.example/.test(letter.raw));
  assert.ok(letter.text.includes(`${world.config.url}/ack/`));
  for (const path of [letter.ack, "/report", "/api/openapi.json", "/api/docs", "/nowhere"]) {
    const answer = await world.api("GET", path, undefined, { token: world.admin.token, headers: evil });
    assert.ok(!/evil\.example/.test(answer.text + JSON.stringify(answer.headers)), path);
  }
});

test("a link opens no session and is good for one act, in one incident, until it is over", async () => {
  const { ack, token, id } = await page();
  for (const method of ["GET", "HEAD", "GET"] as const) {
    const answer = await world.api(method, ack, undefined, { token: null });
    assert.deepEqual([answer.status, answer.headers["set-cookie"]], [200, undefined]);
  }
  const before = await world.api("GET", `/api/v1/incidents/${id}`);
  assert.equal(before.body.acceptedBy, null, "looking is not taking");
  for (const as of [
    { token },
    { token: null, headers: { authorization: `Bearer ${token}` } },
    { cookie: `tocsin=${token}`, headers: { origin: world.config.url } },
  ] as Credentials[])
    for (const path of ["/api/v1/session", `/api/v1/incidents/${id}`, "/metrics", "/api/docs"])
      assert.equal((await world.api("GET", path, undefined, as)).status, 401, path);
  const closing = "action=close&command=declare-resolved&incident=INC-1&person=x&reason=x";
  const taken = await world.api("POST", ack, closing, { token: null, headers: form });
  assert.deepEqual([taken.status, taken.headers["set-cookie"]], [200, undefined]);
  const after = (await world.api("GET", `/api/v1/incidents/${id}`)).body;
  assert.equal(after.acceptedBy.id, world.admin.id);
  const reached = Object.keys(after.milestones).filter((name) => !(name in before.body.milestones));
  assert.deepEqual(reached.sort(), ["accepted", "assigned"], "taken, whatever else was posted");

  const second = await page();
  await world.api("POST", `/api/v1/incidents/${second.id}/dismiss`, { reason: "Noise" });
  const entries = async (): Promise<number> =>
    (await world.api("GET", `/api/v1/incidents/${second.id}/timeline`)).body.data.length;
  const count = await entries();
  for (const action of ["accept", "decline"])
    assert.equal((await world.api("POST", second.ack, `action=${action}`, { token: null, headers: form })).status, 200);
  assert.equal(await entries(), count, "an incident that has ended takes nothing");
});

test("whoever was switched off has no link any more", async () => {
  const ana = await world.person("Ana Gone", 3);
  const id = (await world.api("POST", "/api/v1/incidents", { title: "For Ana" })).body.id;
  await world.api("POST", `/api/v1/incidents/${id}/assign`, { person: ana.id });
  const { ack } = await world.mailbox(ana).expectPage();
  assert.equal((await world.api("GET", ack, undefined, { token: null })).status, 200);
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { active: false });
  assert.equal((await world.api("GET", ack, undefined, { token: null })).status, 404);
  assert.equal((await world.api("POST", ack, "action=accept", { token: null, headers: form })).status, 404);
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}`)).body.acceptedBy, null);
});

const notOneAddress = [
  "a@example.org,b@example.org",
  "a@example.org;b@example.org",
  "a@example.org b@example.org",
  "Ana <a@example.org>",
  "<a@example.org>",
  '"a,b"@example.org',
  "a@example.org\r\nBcc: b@example.org",
  "a@example.org\nRCPT TO:<b@example.org>",
  "a\u0000@example.org",
  "a@example.org\u2028b@example.org",
  "group:a@example.org,b@example.org;",
  "a(b@example.org)@example.org",
  "a@b@example.org",
  "a@[127.0.0.1]",
  "@example.org",
  "a@",
];

test("an address is one address: nothing that a mail program could read as two is stored or called", async () => {
  for (const email of notOneAddress) {
    const made = await world.api("POST", "/api/v1/people", { name: "N", email });
    assert.deepEqual([made.status, made.body.code], [422, "invalid-body"], JSON.stringify(email));
    assert.equal(emailPattern.test(email), false, `the channel refuses it too: ${JSON.stringify(email)}`);
  }
  const ana = await world.person('Ana "x" <b@example.org>, Roy', 3, { email: "ana.quoted@example.org" });
  const id = (await world.api("POST", "/api/v1/incidents", { title: "Bcc: b@example.org\r\nTo: c@example.org" })).body
    .id;
  await world.api("POST", `/api/v1/incidents/${id}/assign`, { person: ana.id });
  const letter = await world.mailbox({ email: "ana.quoted@example.org" }).expectPage();
  const { from, to, cc, bcc, replyTo } = letter.email;
  assert.deepEqual([from?.address, to?.map((one) => one.address)], ["tocsin@example.org", ["ana.quoted@example.org"]]);
  assert.deepEqual([cc ?? [], bcc ?? [], replyTo ?? []], [[], [], []]);
  const names = (letter.raw.split("\r\n\r\n")[0] ?? "").match(/^[\w-]+(?=:)/gm)?.map((name) => name.toLowerCase());
  assert.equal(names?.filter((name) => name === "to").length, 1);
  assert.ok(!names?.includes("bcc"));
});

test("a token counts in its header only: in an address it opens nothing, and no line of the log has it", async () => {
  const { token } = await world.person("Ana Address", 3);
  for (const name of ["token", "access_token", "apiKey", "api_key", "key", "authorization", "bearer"])
    assert.equal((await world.api("GET", `/api/v1/session?${name}=${token}`, undefined, { token: null })).status, 401);
  assert.equal((await world.api("GET", `/api/v1/incidents/${token}`)).status, 404);
  assert.equal((await world.api("GET", "/api/v1/session", undefined, { token })).status, 200);
  assert.deepEqual(
    world.logs.filter((line) => line.includes(token)),
    [],
  );
});
