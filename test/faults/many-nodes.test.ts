/** Two and three server processes on one database, killed at random while alerts come in, people answer and steps run out:
 *  no page is lost, and none is doubled save one whose fate a dead node took with it, which says so. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { createChance } from "../../core/drills/chance.ts";
import { closeAtEnd, type Database, sharedCluster } from "../acceptance/cluster.ts";
import { checkInvariants } from "../acceptance/invariants.ts";
import { ackPath, openPostOffice, type PostOffice } from "../acceptance/mail.ts";
import { administrator, type Node, placeNode } from "./nodes.ts";
import { eventOf } from "./server.ts";

/** Of one integration ten alerts at most: one more in a minute would be a storm, which is one incident. */
const integrationsCount = 16;
const alertsEach = 6;
const killsWanted = 8;
const patienceMs = 240_000;
const steps = 3;

const office = await openPostOffice();
after(office.close);

for (const count of [2, 3])
  test(`${count} processes killed at random: each page leaves, once`, async (context) => {
    const seed = randomBytes(4).readUInt32LE();
    context.diagnostic(`seed ${seed}`);
    const cluster = await sharedCluster();
    const database = await cluster.newDatabase();
    const secretKey = randomBytes(32).toString("base64");
    const shared = { database, smtpUrl: office.url, secretKey };
    const nodes = await Promise.all(Array.from({ length: count }, () => placeNode(shared)));
    const [first] = nodes;
    assert.ok(first);
    for (const node of nodes) closeAtEnd(node.kill);
    await first.start();
    const made = await setUp(first.url, `${count}`);
    await Promise.all(nodes.slice(1).map((node) => node.start()));
    const story = { nodes, database, chance: createChance(seed), ...made };
    const kills = await killWhileItWorks(story);
    context.diagnostic(`${kills} kills, ${made.alerts.length} alerts, ${story.accepted.size} accepted`);
    assert.ok(story.accepted.size > 10, "people accepted meanwhile");
    const owner = new pg.Client(database.owner);
    await owner.connect();
    try {
      await settle(owner);
      await assertEachOnce(owner, story);
      await checkInvariants(owner);
    } finally {
      await owner.end();
    }
    for (const node of nodes) await node.stop();
    await database.drop();
  });

type Alert = { readonly key: string; readonly name: string };
type Made = {
  readonly token: string;
  readonly alerts: readonly Alert[];
  readonly called: readonly string[];
  /** By the names of their alerts. */
  readonly accepted: Set<string>;
};
type Story = Made & {
  readonly nodes: readonly Node[];
  readonly database: Database;
  readonly chance: ReturnType<typeof createChance>;
};

/** A policy of three steps, one person each, and machines that send through integrations of their own. */
async function setUp(url: string, run: string): Promise<Made> {
  const json = { "content-type": "application/json", origin: url };
  const ask = async (path: string, headers: Record<string, string>, body: object): Promise<Response> => {
    const answer = await fetch(url + path, {
      method: "POST",
      headers: { ...json, ...headers },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer;
  };
  const session = await ask("/api/v1/session", {}, administrator);
  const cookie = session.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const { token } = (await (await ask("/api/v1/tokens", { cookie }, { name: run })).json()) as { token: string };
  const make = async (path: string, body: object): Promise<{ id: string; key: string }> =>
    (await ask(path, { authorization: `Bearer ${token}` }, body)).json() as never;
  const called = Array.from({ length: steps }, (_, step) => `step-${step}-${run}@example.org`);
  const targets: { kind: "person"; id: string }[] = [];
  for (const email of called) {
    const { id } = await make("/api/v1/people", { name: email, email, language: "fr", level: 3 });
    targets.push({ kind: "person", id });
  }
  const policy = await make("/api/v1/escalation-policies", {
    name: "Nuit",
    steps: targets.map((one) => ({ targets: [one], timeoutMinutes: 5 })),
    repeat: 0,
  });
  const service = await make("/api/v1/services", { nameFr: "Paie", nameEn: "Payroll", policy: policy.id });
  const alerts: Alert[] = [];
  for (let one = 0; one < integrationsCount; one++) {
    const { key } = await make("/api/v1/integrations", { kind: "pagerduty", name: `${one}`, service: service.id });
    for (let i = 0; i < alertsEach; i++) alerts.push({ key, name: `${run}-${one}-${i}-` });
  }
  return { token, alerts, called, accepted: new Set() };
}

/** Nodes die and come back, alerts come in by whichever answers, some are accepted, and time is hurried now and then. */
async function killWhileItWorks(story: Story): Promise<number> {
  const { nodes, alerts, chance } = story;
  let kills = 0;
  let working = true;
  const killing = (async () => {
    while (kills < killsWanted) {
      await sleep(100 + chance.below(900));
      const node = chance.oneOf(nodes);
      if (!node.isUp()) continue;
      kills += 1;
      await node.kill();
      void sleep(chance.below(400)).then(node.start);
    }
    while (!nodes.every((node) => node.isUp())) await sleep(50);
  })();
  const sending = (async () => {
    for (const alert of alerts) {
      await untilTaken(story, alert);
      await sleep(chance.below(400));
    }
  })();
  const owner = new pg.Client(story.database.owner);
  await owner.connect();
  const answering = (async () => {
    while (working) {
      await sleep(150);
      await acceptOne(story);
      if (chance.below(4) === 0) await hurry(owner);
    }
  })();
  await Promise.all([killing, sending]);
  working = false;
  await answering;
  await owner.end();
  return kills;
}

/** As a collector does: again, and to another address, until it is taken. */
async function untilTaken({ nodes, chance }: Story, { key, name }: Alert): Promise<void> {
  for (;;) {
    const { url } = chance.oneOf(nodes);
    const status = await fetch(`${url}/v2/enqueue`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(eventOf(key, name)),
    }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 202) return;
    assert.ok([0, 503].includes(status), `an alert was answered ${status}`);
    await sleep(20);
  }
}

async function acceptOne({ nodes, token, accepted, chance, alerts }: Story): Promise<void> {
  const { url } = chance.oneOf(nodes);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  try {
    const listed = await fetch(`${url}/api/v1/incidents?limit=50`, { headers });
    const { data } = (await listed.json()) as { data: { id: string; title: string }[] };
    const open = data.filter(
      (one) => !accepted.has(nameIn(one.title)) && alerts.some((alert) => one.title.includes(alert.name)),
    );
    if (open.length === 0) return;
    const one = chance.oneOf(open);
    const answer = await fetch(`${url}/api/v1/incidents/${one.id}/accept`, { method: "POST", headers, body: "{}" });
    if (answer.ok) accepted.add(nameIn(one.title));
  } catch {
    /* That node has just been killed: whether it was done is in the record. */
  }
}

const nameIn = (text: string): string => /\d-\d+-\d+-/.exec(text)?.[0] ?? "";

/** Minutes pass: what waits for an answer has waited long enough. What a node has claimed is left to it. */
async function hurry(owner: pg.Client): Promise<void> {
  const now = Date.now();
  await owner.query("update timers set due_at = $1 where key like 'paging/%' and due_at > $1 and lease_until < $1", [
    now,
  ]);
}

async function settle(owner: pg.Client): Promise<void> {
  for (const end = performance.now() + patienceMs; ; await sleep(250)) {
    await hurry(owner);
    const { rows } = await owner.query<{ timers: number; waiting: number }>(
      "select (select count(*) from timers where key like 'paging/%')::int as timers, (select count(*) from outbox where kind = 'page' and status = 'pending')::int as waiting",
    );
    const [left] = rows;
    if (left?.timers === 0 && left.waiting === 0) return;
    assert.ok(performance.now() < end, `still waiting for ${JSON.stringify(left)}`);
  }
}

type Sent = { readonly title: string; readonly email: string; readonly duplicate: boolean; readonly attempts: number };

async function assertEachOnce(owner: pg.Client, { alerts, called, accepted }: Story): Promise<void> {
  const { rows } = await owner.query<Sent>(
    `select i.title, p.email, (e.data ->> 'possibleDuplicate')::boolean as duplicate, o.attempts from events e
     join incidents i on e.stream = 'incident/' || i.id
     join events r on r.stream = e.stream and r.type = 'page.requested' and r.data ->> 'pageId' = e.data ->> 'pageId'
     join outbox o on o.page_id::text = e.data ->> 'pageId'
     join people p on p.id::text = r.data ->> 'personId'
     where e.type = 'page.sent'`,
  );
  const arrived = lettersOf(office);
  assert.ok(rows.length > alerts.length, "the record tells of calls");
  const wrong: string[] = [];
  for (const { name } of alerts)
    for (const email of called) {
      const told = rows.filter((one) => one.email === email && one.title.includes(name));
      const letters = arrived.get(`${email} ${name}`) ?? 0;
      const [call] = told;
      const atMost = call?.duplicate ? call.attempts : 1;
      if (told.length > 1) wrong.push(`${email} was told twice of ${name}`);
      if (letters > atMost)
        wrong.push(`${email} got ${letters} mails about ${name}, and the record says ${atMost} at most`);
      if (letters === 0 && (told.length > 0 || !(await isAccepted(owner, name))))
        wrong.push(`${email} got no mail about ${name}`);
    }
  assert.deepEqual(wrong, []);
  for (const name of accepted) assert.ok(await isAccepted(owner, name), `${name} was accepted, and is not`);
}

async function isAccepted(owner: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await owner.query(
    "select from incidents where accepted_by is not null and strpos(title, $1) > 0",
    [name],
  );
  return rowCount === 1;
}

/** How many calls reached each address about each alert. */
function lettersOf({ letters }: PostOffice): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const letter of letters) {
    if (ackPath(letter) === undefined) continue;
    const about = `${letter.to} ${nameIn(letter.subject)}`;
    counted.set(about, (counted.get(about) ?? 0) + 1);
  }
  return counted;
}
