/** What bodies may hold: nothing without a key where the key is in the path, and in all no more than the process bears.
 *  Spoken over real connections, since what counts is what is read before the answer. */
import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let address: URL;
const mega = 1024 * 1024;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  address = new URL(await world.listen());
});

type Caller = { readonly socket: Socket; readonly heard: () => string };

/** Opens a request and says its head, and so much of its body. */
function call(path: string, headers: readonly string[], body: Buffer | null = null): Promise<Caller> {
  return new Promise((done, failed) => {
    let text = "";
    const socket = connect(Number(address.port), address.hostname, () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${headers.join("\r\n")}\r\n\r\n`,
      );
      if (body) socket.write(body);
      done({ socket, heard: () => text });
    });
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.on("error", (error) => (text === "" ? failed(error) : undefined));
  });
}

async function answerOf(caller: Caller): Promise<{ head: string; status: number; body: Json }> {
  for (let waited = 0; waited < 400; waited++) {
    const [head = "", body = ""] = caller.heard().split("\r\n\r\n");
    if (body !== "") {
      caller.socket.destroy();
      return { head, status: Number(head.split(" ")[1]), body: JSON.parse(body) };
    }
    await sleep(25);
  }
  throw new Error(`no answer: ${caller.heard()}`);
}

const announce = (bytes: number): string => `content-length: ${bytes}`;
const chunk = (bytes: number): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.toString(16)}\r\n`), Buffer.alloc(bytes, " "), Buffer.from("\r\n")]);

test("where the key is in the path, an unknown one is refused before any of the body is asked for", async () => {
  const { key } = await world.integration("generic");
  for (const path of [
    `/alertmanager/${"a".repeat(32)}/webhook`,
    `/events/${"a".repeat(32)}`,
    `/alertmanager/${key}/webhook`,
  ]) {
    for (const headers of [[announce(16 * mega)], ["transfer-encoding: chunked"]]) {
      const answer = await answerOf(await call(path, headers));
      assert.deepEqual([answer.status, answer.body.code], [404, "integration-key-unknown"], path);
    }
  }
  const known = await call(`/events/${key}`, [announce(20)]);
  await sleep(200);
  assert.equal(known.heard(), "", "a known one is waited for");
  known.socket.write('{"title":"It works"}');
  assert.equal((await answerOf(known)).status, 202);
});

test("so is what is not served at a door", async () => {
  for (const [path, status] of [
    ["/events/x/y", 404],
    ["/v2/nothing", 404],
  ] as const)
    assert.equal((await answerOf(await call(path, [announce(16 * mega)]))).status, status, path);
});

test("bodies in flight are bounded together: beyond, 503 as JSON with Retry-After; small ones and all, once there is room, pass", async () => {
  const { key } = await world.integration("alertmanager");
  const events = await world.integration("generic");
  const door = `/alertmanager/${key}/webhook`;
  const full = 16 * mega;
  const part = Buffer.alloc(full - 10, " ");
  const senders = [
    ...(await Promise.all(Array.from({ length: 4 }, () => call(door, [announce(full)], part)))),
    ...(await Promise.all(
      Array.from({ length: 4 }, () => call(door, ["transfer-encoding: chunked"], chunk(part.length))),
    )),
    await call(door, ["transfer-encoding: chunked"], chunk(400 * 1024)),
  ];
  const asked = (path: string, headers: readonly string[] = []) => call(path, [announce(300 * 1024), ...headers]);

  /* Until all of it has arrived, there is still room. */
  let door503 = await tryUntil503(() => call(door, [announce(full)]));
  assert.match(door503.head, /^content-type: application\/json/im);
  assert.match(door503.head, /^retry-after: \d+/im);
  assert.deepEqual([door503.body.status, door503.body.code], ["error", "overloaded"]);
  door503 = await tryUntil503(() => asked(`/events/${events.key}`));
  assert.equal(door503.body.code, "overloaded");
  const api = await tryUntil503(() => asked("/api/v1/reports", ["accept-language: fr"]));
  assert.match(api.head, /^content-type: application\/problem\+json/im);
  assert.match(api.head, /^retry-after: \d+/im);
  assert.equal(api.body.code, "overloaded");
  const piecemeal = await answerOf(
    await call(`/events/${events.key}`, ["transfer-encoding: chunked"], chunk(300 * 1024)),
  );
  assert.equal(piecemeal.status, 503, "one that announces nothing is cut when it does not fit");

  const small = await world.api("POST", "/api/v1/incidents", { title: "People get through" });
  assert.equal(small.status, 201);
  assert.equal((await world.knock(`/events/${events.key}`, { title: "So do small events" })).status, 202);

  const [first, ...rest] = senders;
  assert.ok(first);
  for (const one of rest) one.socket.destroy();
  first.socket.write('"nothing"}');
  assert.equal((await answerOf(first)).status, 400, "what was admitted is read to its end");
  for (let attempt = 0; ; attempt++) {
    const answer = await world.knock(`/events/${events.key}`, { title: "Large", text: "x".repeat(300 * 1024) });
    if (answer.status === 202) break;
    assert.ok(attempt < 100, `no room after all had left: ${answer.status}`);
    await sleep(50);
  }
});

async function tryUntil503(ask: () => Promise<Caller>): ReturnType<typeof answerOf> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const caller = await ask();
    await sleep(50);
    if (caller.heard() !== "") {
      const answer = await answerOf(caller);
      assert.equal(answer.status, 503, caller.heard());
      return answer;
    }
    caller.socket.destroy();
  }
  throw new Error("never refused");
}

test("nothing stays counted: what would not fit together passes one after the other", async () => {
  const { key } = await world.integration("generic");
  const text = "x".repeat(500 * 1024);
  for (let index = 0; index < 300; index++) {
    const answer = await world.knock(`/events/${key}`, { title: "Large", key: "large", text });
    assert.equal(answer.status, 202, `${index}: ${answer.text.slice(0, 200)}`);
  }
});
