/** One's own ways of being reached: proved before they are called, never another's, never the last one gone, and nothing that
 *  opens a door in the database or in an answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addNtfy, addWebhook, contactsOf, openThisMachine } from "./contacts.ts";
import { openReceiver } from "./receiver.ts";
import { makeRota } from "./rota.ts";
import { pagerDutyEvent, startWorld } from "./world.ts";

const codeIn = (text: string): string => /\d{4} \d{4}/.exec(text)?.[0] ?? "";

test("another address is called only once its code was typed back", async () => {
  const world = await startWorld();
  const { ana, key } = await makeRota(world);
  const contacts = contactsOf(world, ana);
  const other = { email: "ana.at.home@example.org" };
  const point = await contacts.add({ kind: "email", address: other.email, name: "Home" });
  assert.deepEqual([point.state, point.name, point.address, point.secret], ["to-verify", "Home", other.email, null]);
  const letter = await world.mailbox(other).expectNotice();
  assert.match(letter.text, /\/notifications\n/);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "before"));
  await world.mailbox(ana).expectPage();
  await world.mailbox(other).expectNothing();

  const wrong = await contacts.ask("POST", `/${point.id}/verify`, { code: "0000 0000" });
  assert.deepEqual([wrong.status, wrong.body.code], [422, "code-wrong"]);
  const right = await contacts.ask("POST", `/${point.id}/verify`, { code: codeIn(letter.subject) });
  assert.deepEqual([right.status, right.body.state], [200, "usable"]);
  assert.equal((await contacts.ask("POST", `/${point.id}/verify`, { code: codeIn(letter.subject) })).status, 409);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "after"));
  await world.mailbox(ana).expectPage();
  await world.mailbox(other).expectPage();

  assert.equal((await contacts.ask("PATCH", `/${point.id}`, { enabled: false })).body.state, "off");
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "off"));
  await world.mailbox(ana).expectPage();
  await world.mailbox(other).expectNothing();
  assert.equal((await contacts.ask("DELETE", `/${point.id}`)).status, 200);
  assert.equal((await contacts.list()).length, 1);
  const audit = await world.query<{ type: string }>("select type from events where stream = $1 order by seq", [
    `contact-point/${point.id}`,
  ]);
  assert.deepEqual(
    audit.map((one) => one.type.replace("contact-point.", "")),
    ["added", "verified", "changed", "removed"],
  );
  await world.stop();
});

test("a code is good for five tries and fifteen minutes; another may be asked for after one", async () => {
  const world = await startWorld();
  const ana = await world.person("Ana Roy", 2);
  const contacts = contactsOf(world, ana);
  const other = { email: "ana.at.home@example.org" };
  const { id } = await contacts.add({ kind: "email", address: other.email });
  const verify = async (code: string): Promise<unknown> =>
    (await contacts.ask("POST", `/${id}/verify`, { code })).body.code;
  const first = codeIn((await world.mailbox(other).expectNotice()).subject);
  assert.equal((await contacts.ask("POST", `/${id}/code`)).body.code, "code-sent-recently");
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => verify(`1111111${i % 10}`)));
  assert.equal(answers.filter((code) => code === "code-wrong").length, 5, "at once or one by one");
  assert.equal(answers.filter((code) => code === "code-over").length, 7);
  assert.equal(await verify(first), "code-over", "not even the right one");
  await world.advance(1.1);
  assert.equal((await contacts.ask("POST", `/${id}/code`)).status, 200);
  const second = codeIn((await world.mailbox(other).expectNotice()).subject);
  assert.notEqual(second, first);
  assert.equal(await verify(first), "code-wrong", "only the last one");
  await world.advance(16);
  assert.equal(await verify(second), "code-over");
  await contacts.ask("POST", `/${id}/code`);
  const third = codeIn((await world.mailbox(other).expectNotice()).subject);
  assert.equal(await verify(third.replace(" ", "-")), undefined);
  await world.stop();
});

test("nobody sees, tries or changes another's, an administrator neither: it is as if it were not", async () => {
  const world = await startWorld();
  const [ana, ben] = [await world.person("Ana Roy", 2), await world.person("Ben Ito", 3)];
  const [mine] = await contactsOf(world, ana).list();
  for (const other of [ben, world.admin]) {
    const contacts = contactsOf(world, other);
    assert.ok(!(await contacts.list()).some((one) => one.id === mine.id));
    for (const [method, path, body] of [
      ["PATCH", "", { enabled: false }],
      ["DELETE", "", undefined],
      ["POST", "/code", undefined],
      ["POST", "/verify", { code: "00000000" }],
      ["POST", "/secret", undefined],
      ["GET", "/deliveries", undefined],
      ["POST", "/deliveries/1/redeliver", undefined],
    ] as const) {
      const theirs = await contacts.ask(method, `/${mine.id}${path}`, body);
      const nobodys = await contacts.ask(method, `/00000000-0000-4000-8000-000000000000${path}`, body);
      assert.equal(theirs.status, 404, `${method} ${path}`);
      assert.deepEqual({ ...theirs.body, requestId: "" }, { ...nobodys.body, requestId: "" });
    }
    const rules = [{ contactPoint: mine.id, afterMinutes: 0 }];
    const preference = await world.api(
      "PATCH",
      "/api/v1/notification-preference",
      { high: rules },
      { token: other.token },
    );
    assert.equal(preference.body.code, "contact-point-unknown");
  }
  await world.stop();
});

test("the last way of being reached stays, also when two are given up at once; ten at most", async () => {
  const world = await startWorld();
  const ana = await world.person("Ana Roy", 2);
  const contacts = contactsOf(world, ana);
  const [account] = await contacts.list();
  const other = { email: "ana.at.home@example.org" };
  const { id } = await contacts.add({ kind: "email", address: other.email });
  assert.equal((await contacts.ask("PATCH", `/${account.id}`, { enabled: false })).body.code, "last-contact-point");
  assert.equal(
    (await contacts.ask("DELETE", `/${account.id}`)).body.code,
    "last-contact-point",
    "the other is unproved",
  );
  const code = codeIn((await world.mailbox(other).expectNotice()).subject);
  await contacts.ask("POST", `/${id}/verify`, { code });
  const both = await Promise.all([account.id, id].map((one) => contacts.ask("DELETE", `/${one}`)));
  assert.deepEqual(both.map((answer) => answer.status).sort(), [200, 409]);
  for (let more = 0; more < 9; more++) await contacts.add({ kind: "email", address: `more${more}@example.org` });
  assert.equal(
    (await contacts.ask("POST", "", { kind: "email", address: "x@example.org" })).body.code,
    "contact-points-full",
  );
  await world.stop({ letters: true });
});

test("an account's address that changes takes its own contact point along, and no other", async () => {
  const world = await startWorld();
  const ana = await world.person("Ana Roy", 2);
  const contacts = contactsOf(world, ana);
  await contacts.add({ kind: "email", address: "home@example.org" });
  await world.mailbox({ email: "home@example.org" }).expectNotice();
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { email: "ana.new@example.org" });
  assert.deepEqual(
    (await contacts.list()).map((one) => [one.address, one.state]),
    [
      ["ana.new@example.org", "usable"],
      ["home@example.org", "to-verify"],
    ],
  );
  await world.stop();
});

test("S8: an address of this machine or network is refused by its field, in every feature that asks one", async () => {
  const world = await startWorld();
  const { ask } = contactsOf(world, await world.person("Ana Roy", 2));
  const refusedAs = async (body: object): Promise<unknown> => {
    const answer = await ask("POST", "", body);
    return [
      answer.status,
      ...(answer.body.errors ?? []).map((one: { pointer: string; code: string }) => `${one.pointer} ${one.code}`),
    ];
  };
  for (const host of [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "①②⑦.0.0.1",
    "[::1]",
    "[::ffff:7f00:1]",
  ]) {
    assert.deepEqual(
      await refusedAs({ kind: "webhook", url: `https://${host}/` }),
      [422, "/url private-address"],
      host,
    );
    const ntfy = { kind: "ntfy", server: `https://${host}/`, topic: "t" };
    assert.deepEqual(await refusedAs(ntfy), [422, "/server private-address"], host);
  }
  assert.deepEqual(await refusedAs({ kind: "webhook", url: "file:///etc/passwd" }), [422, "/url not-http"]);
  assert.deepEqual(await refusedAs({ kind: "webhook", url: "https://a:b@example.org" }), [
    422,
    "/url credentials-in-address",
  ]);
  assert.deepEqual(await refusedAs({ kind: "webhook", url: "https://example.org:25" }), [422, "/url port"]);
  assert.deepEqual(await refusedAs({ kind: "webhook", url: "http://93.184.216.34/" }), [422, "/url plain-http"]);
  for (const address of ['v@x.org", e@y.org', "v@x.org\r\nRCPT TO:<e@y.org>", "<e@y.org> v@x.org", "v@x.org, e@y.org"])
    assert.equal((await ask("POST", "", { kind: "email", address })).status, 422, address);
  for (const topic of ["", "a/b", "a b", "é", "x".repeat(65)])
    assert.equal((await ask("POST", "", { kind: "ntfy", topic })).status, 422, topic);
  /* A name tells only when it is resolved: nothing leaves, and the outbox says why. */
  await openThisMachine(world);
  await world.api("PATCH", "/api/v1/settings", { privateAddresses: [] });
  const named = await ask("POST", "", { kind: "webhook", url: "https://localhost:8443/" });
  assert.equal(named.status, 201);
  await world.settle();
  const [row] = (await world.api("GET", "/api/v1/outbox")).body.data;
  assert.deepEqual([row.kind, row.channel, row.status, row.lastError], ["code", "webhook", "dead", "private-address"]);
  await world.stop();
});

test("what an administrator opens is recorded, holds at once, and closes again", async () => {
  const world = await startWorld();
  const receiver = await openReceiver();
  const ana = await world.person("Ana Roy", 2);
  assert.deepEqual((await world.api("GET", "/api/v1/settings")).body.privateAddresses, []);
  const body = { privateAddresses: ["127.0.0.1/32"] };
  assert.equal((await world.api("PATCH", "/api/v1/settings", body, { token: ana.token })).status, 403);
  for (const wrong of ["everything", "127.0.0.1", "10.0.0.0/33", ""])
    assert.equal((await world.api("PATCH", "/api/v1/settings", { privateAddresses: [wrong] })).status, 422, wrong);
  await openThisMachine(world);
  await addNtfy(world, ana, receiver);
  await world.api("PATCH", "/api/v1/settings", { privateAddresses: [] });
  const test = await world.api("POST", "/api/v1/test-page", {}, { token: ana.token });
  assert.equal(test.status, 201);
  await world.settle();
  assert.equal(receiver.received.length, 1, "only the code");
  const audit = await world.query<{ data: object }>(
    "select data from events where type = 'settings.changed' order by seq",
  );
  assert.deepEqual(
    audit.map((one) => one.data),
    [body, { privateAddresses: [] }],
  );
  await receiver.close();
  await world.stop({ letters: true });
});

test("S18, S52, S53: a token, a signing secret and a secret address are sealed to their row and never shown again", async () => {
  const world = await startWorld();
  const receiver = await openReceiver();
  await openThisMachine(world);
  const ana = await world.person("Ana Roy", 2);
  const token = "tk_an_access_token_of_ntfy";
  const ntfy = await addNtfy(world, ana, receiver, { token, topic: "a-topic-that-is-a-password" });
  const webhook = await addWebhook(world, ana, receiver);
  const renewed = await contactsOf(world, ana).ask("POST", `/${webhook.id}/secret`);
  await world.api("POST", "/api/v1/test-page", {}, { token: ana.token });
  await world.settle();
  const answers = [
    await contactsOf(world, ana).ask("GET"),
    await contactsOf(world, ana).ask("GET", `/${webhook.id}/deliveries`),
    await world.api("GET", "/api/v1/outbox"),
    await world.api("GET", "/api/v1/people"),
    await world.api("GET", "/api/v1/doctor"),
    await world.api("GET", "/metrics"),
  ].map((answer) => answer.text);
  const tables = await world.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const dump: string[] = [];
  for (const { name } of tables) dump.push(JSON.stringify(await world.query(`select t::text as row from ${name} t`)));
  const code = codeIn(receiver.received[0]?.body.title ?? "").replace(" ", "");
  const canaries = [token, webhook.secret, renewed.body.secret, "a-topic-that-is-a-password", "a-secret-path", code];
  for (const canary of canaries) {
    assert.ok(canary.length >= 8, canary);
    assert.ok(!dump.some((text) => text.includes(canary)), `${canary} is in the database`);
    assert.ok(!world.logs.some((line) => line.includes(canary)), `${canary} is in the log`);
    assert.ok(!answers.some((text) => text.includes(canary)), `${canary} is in an answer`);
  }
  /* Moved to another row, it does not open. */
  await world.query(
    "update contact_points set sealed = (select sealed from contact_points where id = $1) where id = $2",
    [ntfy.id, webhook.id],
  );
  const before = receiver.received.length;
  await world.advance(1);
  await world.api("POST", "/api/v1/test-page", {}, { token: ana.token });
  await world.settle();
  assert.ok(receiver.received.slice(before).every((one) => one.headers["webhook-id"] === undefined));
  await receiver.close();
  await world.stop({ letters: true, errors: true });
});
