/** Two nodes and one mailbox of Debian's Dovecot, behind a certificate of an authority of our own: each answer is taken once, also
 *  while the node that reads is killed. A node that does not trust the authority reads nothing, and says why. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { closeAtEnd, newDirectory, sharedCluster } from "../acceptance/cluster.ts";
import { type Letter, openPostOffice } from "../acceptance/mail.ts";
import { administrator, type Node, placeNode, type Shared } from "../faults/nodes.ts";
import { eventOf } from "../faults/server.ts";
import { makeAuthority, noOpenssl } from "./authority.ts";
import { type ImapServer, noDovecot, startDovecot } from "./dovecot.ts";

const skip = noDovecot || noOpenssl;
const repliesCount = 12;
const called = "ana@example.org";

async function openBoth() {
  const home = newDirectory();
  const authority = makeAuthority(home, ["IP:127.0.0.1"]);
  const imap = await startDovecot({ tls: authority });
  const office = await openPostOffice();
  const database = await (await sharedCluster()).newDatabase();
  const secretKey = randomBytes(32).toString("base64");
  const env = { TOCSIN_IMAP_URL: imap.url, NODE_EXTRA_CA_CERTS: authority.ca };
  const shared: Shared = { database, smtpUrl: office.url, secretKey, env };
  const owner = new pg.Client(database.owner);
  owner.on("error", () => {});
  await owner.connect();
  const end = async (...nodes: readonly Node[]): Promise<void> => {
    for (const node of nodes) await node.stop();
    await owner.end();
    await office.close();
    await imap.stop();
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  };
  return { imap, office, shared, owner, end };
}

async function untilTrue(what: string, isTrue: () => Promise<boolean> | boolean, seconds = 90): Promise<void> {
  for (const end = performance.now() + seconds * 1_000; !(await isTrue()); await sleep(100))
    assert.ok(performance.now() < end, what);
}

/** Somebody who is called, and an alert that calls them. */
async function callOne(url: string): Promise<void> {
  const ask = async (path: string, headers: Record<string, string>, body: object): Promise<Response> => {
    const answer = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url, ...headers },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer;
  };
  const session = await ask("/api/v1/session", {}, administrator);
  const cookie = session.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const { token } = (await (await ask("/api/v1/tokens", { cookie }, { name: "replies" })).json()) as { token: string };
  const make = async (path: string, body: object): Promise<{ id: string; key: string }> =>
    (await ask(path, { authorization: `Bearer ${token}` }, body)).json() as never;
  const ana = await make("/api/v1/people", { name: "Ana Roy", email: called, language: "en", level: 3 });
  const steps = [{ targets: [{ kind: "person", id: ana.id }], timeoutMinutes: 60 }];
  const policy = await make("/api/v1/escalation-policies", { name: "Night", steps });
  const service = await make("/api/v1/services", { nameFr: "Paie", nameEn: "Payroll", policy: policy.id });
  const { key } = await make("/api/v1/integrations", { kind: "pagerduty", name: "watch", service: service.id });
  await ask("/v2/enqueue", {}, eventOf(key, "disk"));
}

const replyTo = (letter: Letter, text: string, id: number | string): string =>
  [
    `From: Ana Roy <${called}>`,
    "To: Tocsin <tocsin@example.org>",
    `Subject: Re: ${letter.subject}`,
    `Message-ID: <${id}@phone.example.org>`,
    `In-Reply-To: ${letter.messageId}`,
    "MIME-Version: 1.0",
    "Content-Type: text/html; charset=utf-8",
    "",
    `<div dir="ltr">${text}</div><div class="gmail_quote">On Thursday, Tocsin wrote:<blockquote>quoted</blockquote></div>`,
    "",
  ].join("\n");

async function notesOf(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ text: string }>(
    "select data ->> 'text' as text from events where type = 'observation.noted' order by position",
  );
  return rows.map((row) => row.text);
}

/** Which of them reads; whoever is killed keeps its lease, which is let go of as time would. */
async function killTheReader(owner: pg.Client, nodes: readonly Node[], turn: number): Promise<Node> {
  const node = nodes[turn % nodes.length] as Node;
  await node.kill();
  await owner.query("update reply_mailbox set lease_until = 0, next_at = 0");
  return node;
}

test("two nodes, one mailbox: each answer is taken once, also while one is killed, over TLS of our own", {
  skip,
}, async () => {
  const { imap, office, shared, owner, end } = await openBoth();
  const nodes = [await placeNode(shared), await placeNode(shared)];
  for (const node of nodes) closeAtEnd(node.kill);
  const [first, second] = nodes as [Node, Node];
  await first.start();
  await second.start();
  await callOne(first.url);
  const letterOf = (): Letter | undefined =>
    office.letters.find((one) => one.to === called && /\/ack\//.test(one.text));
  await untilTrue("the call arrives", () => letterOf() !== undefined);
  const letter = letterOf() as Letter;
  const sent: string[] = [];
  for (let one = 0; one < repliesCount; one += 1) {
    const text = `Seen on node ${one}, going on`;
    sent.push(text);
    await imap.deliver(replyTo(letter, text, one));
    /* In the middle of reading, as often as not. */
    if (one % 3 === 2) {
      const killed = await killTheReader(owner, nodes, one);
      await killed.start();
    }
  }
  await deliverAgain(imap, letter, sent);
  await untilTrue("all are in the record", async () => new Set(await notesOf(owner)).size === repliesCount);
  await untilTrue("all were read", async () => (await imap.flags()).length === repliesCount + 2);
  await sleep(1_500);
  assert.deepEqual((await notesOf(owner)).toSorted(), sent.toSorted(), "each once");
  const { rows } = await owner.query<{ ended: number; open: number }>(
    "select count(*) filter (where ended_at is not null)::int as ended, count(*) filter (where ended_at is null)::int as open from mail_replies",
  );
  assert.deepEqual(rows, [{ ended: repliesCount, open: 0 }]);
  await end(...nodes);
});

/** A copy of what was taken already, as a mail server that lost its way delivers it. */
async function deliverAgain(imap: ImapServer, letter: Letter, sent: readonly string[]): Promise<void> {
  for (const one of [0, 5]) await imap.deliver(replyTo(letter, sent[one] ?? "", one));
}

test("a certificate of an authority that is not trusted: nothing is read, and why is said without the password", {
  skip,
}, async () => {
  const { imap, shared, owner, end } = await openBoth();
  const node = await placeNode({ ...shared, env: { TOCSIN_IMAP_URL: imap.url } });
  closeAtEnd(node.kill);
  await node.start();
  const why = async (): Promise<string | null> => {
    const { rows } = await owner.query<{ error: string | null }>("select last_error as error from reply_mailbox");
    return rows[0]?.error ?? null;
  };
  await untilTrue("it says why", async () => (await why()) !== null);
  assert.match((await why()) ?? "", /certificate|self.signed/i);
  assert.ok(!(await why())?.includes(imap.password));
  await end(node);
});
