/** The server is killed while alerts wait: a silence ends while it is away, and what an inhibition muted is let go after it is
 *  back. Each is raised exactly once, and a second restart raises nothing again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventOf, serverOfTests } from "./server.ts";

const { mailbox, server } = await serverOfTests();

type Alert = { readonly id: string; readonly key: string; readonly status: string };

async function make(path: string, token: string, body: object): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 201, await answer.text());
}

/** A page names its alert in its subject; the same call goes out again by the policy, minutes later. */
const callsFor = (name: string): number => mailbox.pages().filter((mail) => mail.includes(`Load ${name}`)).length;

test("what waits when the server is killed is raised once, whether its time came meanwhile or comes later", async () => {
  const { key, token } = await server.setUp("waiting");
  const named = (value: string) => [{ label: "key", operator: "=", value }];
  const silenceMs = 8_000;
  const until = Date.now() + silenceMs;
  await make("/api/v1/silences", token, {
    reason: "Work",
    matchers: named("silenced"),
    until: new Date(until).toISOString(),
  });
  const definition = { kind: "inhibition", source: named("cause"), target: named("follows"), graceSeconds: 2 };
  await make("/api/v1/noise-rules", token, { name: "What follows", definition });
  for (const name of ["cause", "follows", "silenced"])
    assert.equal((await server.post("/v2/enqueue", eventOf(key, name))).status, 202);
  const alerts = async (): Promise<Alert[]> => (await server.get("/api/v1/alerts", token)).data as Alert[];
  const waiting = async (): Promise<string[]> =>
    (await alerts()).filter(({ status }) => status === "waiting").map((one) => one.key);
  assert.deepEqual((await waiting()).sort(), ["follows", "silenced"]);
  await mailbox.waitFor((mail) => mail.includes("Load cause"));

  server.kill();
  await server.ended();
  await sleep(Math.max(0, until + 500 - Date.now()));
  assert.deepEqual([callsFor("silenced"), callsFor("follows")], [0, 0]);
  await server.restart();
  await mailbox.waitFor((mail) => mail.includes("Load silenced"));
  assert.deepEqual([await waiting(), callsFor("silenced")], [["follows"], 1], "its source still fires");

  const over = { ...eventOf(key, "cause"), event_action: "resolve" };
  assert.equal((await server.post("/v2/enqueue", over)).status, 202);
  server.kill();
  await server.ended();
  await server.restart();
  await mailbox.waitFor((mail) => mail.includes("Load follows"));
  assert.deepEqual(await waiting(), []);
  server.kill();
  await server.ended();
  await server.restart();
  await sleep(3_000);
  assert.deepEqual([callsFor("silenced"), callsFor("follows")], [1, 1]);
  for (const { id, key: name } of await alerts()) {
    const { data } = await server.get(`/api/v1/alerts/${id}/trace`, token);
    const raised = (data as { what: string }[]).filter(({ what }) => what === "raised").length;
    assert.equal(raised, name === "cause" ? 0 : 1, `${name} was raised once`);
  }
  assert.equal((await server.get("/api/v1/incidents", token)).data.length, 3);
});
