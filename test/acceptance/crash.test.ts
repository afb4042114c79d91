/** A server killed at the worst moments: between the claim of a call and its sending, and between the mail server's yes
 *  and our commit. Real processes, one database that outlives them. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { closeAtEnd, connectionUrl, type Database, newDirectory, sharedCluster } from "./cluster.ts";
import { openPostOffice, type PostOffice } from "./mail.ts";
import { adminPassword, freePort, type Json, pagerDutyEvent } from "./world.ts";

const root = join(import.meta.dirname, "..", "..");
const email = "camille.roy@example.org";

type Server = { readonly url: string; readonly child: ChildProcess; readonly gone: Promise<void> };
type Place = { readonly database: Database; readonly dataDir: string; readonly post: PostOffice };

async function start(place: Place, crashAt: string): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, "server", "main.ts")], {
    cwd: place.dataDir,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      NODE_OPTIONS: "--disable-warning=ExperimentalWarning",
      DATABASE_URL: connectionUrl(place.database),
      TOCSIN_DATA_DIR: place.dataDir,
      TOCSIN_PORT: String(port),
      TOCSIN_ADMIN_EMAIL: email,
      TOCSIN_ADMIN_PASSWORD: adminPassword,
      TOCSIN_SMTP_URL: place.post.url,
      TOCSIN_MAIL_FROM: "tocsin@example.org",
      TOCSIN_LOG: "warn",
      TOCSIN_TEST_CRASH_AT: crashAt,
    },
  });
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  closeAtEnd(async () => void child.kill("SIGKILL"));
  const server = { url: `http://127.0.0.1:${port}`, child, gone };
  for (;;) {
    assert.equal(child.exitCode, null, "the server stopped at once");
    if (
      await fetch(`${server.url}/livez`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return server;
    await sleep(25);
  }
}

async function stop({ child, gone }: Server): Promise<void> {
  child.kill("SIGTERM");
  await gone;
  assert.equal(child.exitCode, 0);
}

async function signIn(url: string): Promise<{ cookie: string; origin: string }> {
  const answer = await post(`${url}/api/v1/session`, { email, password: adminPassword });
  return { cookie: (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "", origin: url };
}

const post = (url: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** Triggers an alert on a server that dies of it, starts another, and waits until the call's outcome is known. */
async function crashAndRestart(place: Place, crashAt: string): Promise<Json> {
  const first = await start(place, crashAt);
  const session = await signIn(first.url);
  const made = await post(`${first.url}/api/v1/integrations`, { kind: "pagerduty", name: "disks" }, session);
  const { key } = (await made.json()) as { key: string };
  /* Killed right after it was stored, the server may not get to say so. */
  const answer = await post(`${first.url}/v2/enqueue`, pagerDutyEvent(key, "disk")).catch(() => null);
  assert.ok(answer === null || answer.status === 202, `answered ${answer?.status}`);
  await first.gone;
  assert.equal(first.child.signalCode, "SIGKILL");
  /* The dead node's lease would last fifteen seconds. */
  const owner = new pg.Client(place.database.owner);
  await owner.connect();
  await owner.query("update outbox set lease_until = 0 where status = 'pending'");
  await owner.end();

  const second = await start(place, "");
  const again = await signIn(second.url);
  for (;;) {
    const incidents = (await (await fetch(`${second.url}/api/v1/incidents`, { headers: again })).json()) as Json;
    assert.equal(incidents.data.length, 1);
    const path = `${second.url}/api/v1/incidents/${incidents.data[0].id}/timeline`;
    const timeline = (await (await fetch(path, { headers: again })).json()) as Json;
    const sent = timeline.data.filter((entry: Json) => entry.type === "page.sent");
    if (sent.length > 0) {
      await stop(second);
      return sent;
    }
    await sleep(25);
  }
}

async function withPlace(run: (place: Place) => Promise<void>): Promise<void> {
  const cluster = await sharedCluster();
  const database = await cluster.newDatabase();
  const place: Place = { database, dataDir: newDirectory(), post: await openPostOffice() };
  closeAtEnd(place.post.close);
  await run(place);
  await place.post.close();
  await database.drop();
  rmSync(place.dataDir, { recursive: true, force: true });
}

test("killed after the mail server's yes: the call goes out a second time, and both the mail and the record say so", async () => {
  await withPlace(async (place) => {
    const sent = await crashAndRestart(place, "after_send");
    const { letters } = place.post;
    assert.equal(letters.length, 2, "exactly two mails");
    assert.equal(letters[0]?.messageId, letters[1]?.messageId, "a mail program can see that they are one");
    assert.deepEqual(
      sent.map((entry: Json) => entry.data.possibleDuplicate),
      [true],
    );
  });
});

test("killed between the claim and the sending: the call goes out once, by whoever comes next", async () => {
  await withPlace(async (place) => {
    const sent = await crashAndRestart(place, "after_claim");
    assert.equal(place.post.letters.length, 1);
    assert.equal(sent.length, 1);
  });
});
