/** `kill -9` of the server under load: everything acknowledged with 2xx is there after the restart, and due pages go out.
 *  After 64 clients vanish in mid-request, a lone request is answered. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventOf, serverOfTests } from "./server.ts";

const { mailbox, server } = await serverOfTests();

test("what was answered 2xx before kill -9 is there after the restart, and its page goes out", async () => {
  const { key, token } = await server.setUp("load");
  const load = server.load(key, 16);
  while (load.accepted.size < 400) await sleep(20);
  server.kill();
  const stopped = load.stop();
  await server.ended();
  await stopped;
  await server.restart();
  const known = await server.alertKeys(token);
  const lost = [...load.accepted].filter((name) => !known.has(name));
  assert.deepEqual(lost, [], "events answered 202 and not found");
  const first = (await mailbox.waitFor((mail) => mail.includes("/ack/"))).length;
  assert.ok(first > 0, "at least one page left");
  await mailbox.waitFor((mail) => mail.includes("/ack/"), 11);
  assert.ok(mailbox.pages().length >= 11, "ten incidents and a storm page once each");
});

test("after 64 clients vanish in mid-request, a lone request is answered", async (context) => {
  const { key } = await server.setUp("vanish");
  const whole = JSON.stringify(eventOf(key, "vanished"));
  await Promise.all(
    Array.from({ length: 64 }, (_, i) => vanish(server.port, i % 2 ? whole : whole.slice(0, 40), whole.length)),
  );
  const began = performance.now();
  const response = await server.post("/v2/enqueue", eventOf(key, "lone"), AbortSignal.timeout(10_000));
  context.diagnostic(`a lone request was answered in ${Math.round(performance.now() - began)} ms`);
  assert.equal(response.status, 202);
});

/** Announces a body, sends it or a part of it, and is gone without waiting for an answer. */
function vanish(port: number, sent: string, length: number): Promise<void> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(
        `POST /v2/enqueue HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${sent}`,
      );
      setTimeout(() => {
        socket.resetAndDestroy();
        done();
      }, Math.random() * 50);
    });
    socket.on("error", () => done());
  });
}
