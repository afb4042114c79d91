/** SIGTERM in the middle of everything: what is being handled is answered and kept, nobody is reset, streams end, and who
 *  says nothing is not waited for. */
import assert from "node:assert/strict";
import { Agent } from "node:http";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { eventOf, send, serverOfTests } from "./server.ts";

const { server } = await serverOfTests();

test("stopped in mid-request: every request is answered, none is reset, every 2xx is there after the restart", async () => {
  const { key, token } = await server.setUp("stop");
  const load = server.load(key, 16);
  while (load.accepted.size < 200) await sleep(20);
  const stream = await fetch(`http://127.0.0.1:${server.port}/api/v1/stream`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const idle = new Agent({ keepAlive: true, keepAliveMsecs: 60_000 });
  assert.equal(await send({ port: server.port, agent: idle, body: eventOf(key, "idle") }), "202");
  const silent = connect(server.port, "127.0.0.1");
  const silentEnd = outcomeOf(silent);
  const half = connect(server.port, "127.0.0.1");
  const halfEnd = outcomeOf(half);
  const body = JSON.stringify(eventOf(key, "half"));
  half.write(
    `POST /v2/enqueue HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 40)}`,
  );

  /* Whatever would be written waits now: the workers all are in mid-request. */
  const owner = new pg.Client(server.owner());
  owner.on("error", () => {});
  await owner.connect();
  await owner.query("begin; lock table alerts in access exclusive mode");
  const before = load.accepted.size;
  const held = send({ port: server.port, agent: new Agent(), body: eventOf(key, "held") });
  await sleep(300);
  server.kill("SIGTERM");
  await sleep(200);
  const stopped = load.stop();
  half.write(body.slice(40));
  await owner.query("commit");
  await owner.end();

  assert.equal(await held, "202");
  await stopped;
  assert.ok(load.accepted.size >= before + 16, "each worker's request was answered");
  for (const outcome of load.met.keys()) assert.match(outcome, /^(503|ECONNREFUSED)$/);
  assert.match(await halfEnd, /^HTTP\/1\.1 (202|503) /);
  assert.equal(await silentEnd, "");
  assert.match(await stream.text(), /^retry:/);
  assert.equal(await server.ended(), 0);
  idle.destroy();

  await server.restart();
  const known = await server.alertKeys(token);
  const lost = [...load.accepted, "idle", "held"].filter((name) => !known.has(name));
  assert.deepEqual(lost, [], "events answered 202 and not found");
});

/** All that came until the connection ended, or its error. */
function outcomeOf(socket: Socket): Promise<string> {
  return new Promise((done) => {
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    socket.on("close", () => done(text));
  });
}
