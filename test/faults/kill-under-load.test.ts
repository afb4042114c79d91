/** `kill -9` of the server under load: everything acknowledged with 2xx is there after the restart, and due pages go out.
 *  After 64 clients vanish in mid-request, a lone request is answered. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openMailbox, type RunningServer, startServer } from "./server.ts";

const mailbox = await openMailbox();
let server: RunningServer;

before(async () => {
  server = await startServer({ smtpPort: mailbox.port });
});
after(async () => {
  await server.stop();
  server.remove();
  await mailbox.close();
});

test("what was answered 2xx before kill -9 is there after the restart, and its page goes out", async () => {
  const { key, token } = await server.setUp("load");
  const accepted = new Set<string>();
  let sending = true;
  const send = async (worker: number): Promise<void> => {
    for (let i = 0; sending; i++) {
      const name = `w${worker}-${i}`;
      try {
        const response = await server.post("/v2/enqueue", {
          routing_key: key,
          event_action: "trigger",
          dedup_key: name,
          payload: { summary: `Load ${name}`, source: "load", severity: "error" },
        });
        if (response.status === 202) accepted.add(name);
      } catch {
        return;
      }
    }
  };
  const workers = Array.from({ length: 16 }, (_, worker) => send(worker));
  while (accepted.size < 400) await sleep(20);
  server.kill();
  sending = false;
  await Promise.all(workers);
  await server.restart();
  const known = new Set<string>();
  const incidents = await server.get("/api/v1/incidents?limit=200", token);
  for (const incident of incidents.data as { id: string }[]) {
    for (let cursor = ""; ; ) {
      const page = await server.get(`/api/v1/incidents/${incident.id}/alerts?limit=200${cursor}`, token);
      for (const alert of page.data as { key: string }[]) known.add(alert.key);
      if (!page.nextCursor) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
  }
  const lost = [...accepted].filter((name) => !known.has(name));
  assert.deepEqual(lost, [], "events answered 202 and not found");
  const first = (await mailbox.waitFor((mail) => mail.includes("/ack/"))).length;
  assert.ok(first > 0, "at least one page left");
  await mailbox.waitFor((mail) => mail.includes("/ack/"), 11);
  assert.ok(mailbox.pages().length >= 11, "ten incidents and a storm page once each");
});

test("after 64 clients vanish in mid-request, a lone request is answered", async () => {
  const { key } = await server.setUp("vanish");
  await Promise.all(Array.from({ length: 64 }, () => vanish(server.port)));
  const response = await server.post(
    "/v2/enqueue",
    {
      routing_key: key,
      event_action: "trigger",
      dedup_key: "lone",
      payload: { summary: "Lone", source: "lone", severity: "error" },
    },
    AbortSignal.timeout(10_000),
  );
  assert.equal(response.status, 202);
});

/** Announces a body, sends half of it, and is gone. */
function vanish(port: number): Promise<void> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(
        'POST /v2/enqueue HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"routing_key":',
      );
      setTimeout(() => {
        socket.resetAndDestroy();
        done();
      }, 50);
    });
    socket.on("error", () => done());
  });
}
