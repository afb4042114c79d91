/** What should be in motion and is not, because somebody's hand took it away: it is found, told once to those who keep the
 *  desk, and put right where it can be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { missingSql } from "../../server/desk/watchdog-store.ts";
import { type Json, startWorld, type TestWorld } from "./world.ts";

async function paging(world: TestWorld, called: { readonly id: string }): Promise<Json> {
  const steps = [{ targets: [{ kind: "person", id: called.id }], timeoutMinutes: 5 }];
  await world.api("POST", "/api/v1/escalation-policies", { name: "On call", steps, default: true });
  const { key } = await world.integration("generic");
  await world.knock(`/events/${key}`, { title: "Disk full", key: "disk", status: "firing" });
  const { data } = await world.api("GET", "/api/v1/incidents").then(({ body }) => body);
  return data[0];
}

const told = async (world: TestWorld): Promise<Json[]> =>
  (await world.api("GET", "/api/v1/alerts")).body.data.filter((one: Json) => one.source === "Tocsin");
const missing = async (world: TestWorld): Promise<number> => {
  const { text } = await world.api("GET", "/metrics");
  return Number(/^tocsin_watchdog_missing (\d+)$/m.exec(text)?.[1]);
};

test("a timer that was taken away is told to an administrator, once, and set again: the call goes on", async () => {
  const world = await startWorld();
  const ana = await world.person("Ana Roy", 3);
  const { id, number } = await paging(world, ana);
  await world.mailbox(ana).expectPage();
  await world.desk.watch();
  assert.deepEqual([await told(world), await missing(world)], [[], 0], "all is well");
  await world.query("delete from timers where key = $1", [`paging/${id}`]);
  await world.desk.watch();
  assert.equal(await missing(world), 1);
  const [alert, ...others] = await told(world);
  assert.equal(others.length, 0);
  assert.match(alert.title, new RegExp(number));
  const letter = await world.mailbox(world.admin).expectPage();
  assert.match(letter.subject, /timer/, "by the way of all pages, to whoever keeps the desk");
  const again = await world.query("select key from timers where key = $1", [`paging/${id}`]);
  assert.equal(again.length, 1, "it is set again");
  await world.desk.watch();
  assert.deepEqual([(await told(world)).length, await missing(world)], [1, 0]);
  await world.query("delete from timers where key = $1", [`paging/${id}`]);
  await world.desk.watch();
  assert.equal((await told(world)).length, 1, "the same fault is told once, and put right again");
  assert.equal((await world.query("select from timers where key = $1", [`paging/${id}`])).length, 1);
  await world.advance(6);
  const [paged] = await world.query<{ cycle: number }>(
    "select (paging -> 'cycle')::int as cycle from incidents where id = $1",
    [id],
  );
  assert.ok(paged && paged.cycle > 0, "nobody answered, and the policy goes on");
  await world.stop({ letters: true });
});

test("a page that stands in no queue is put back, and leaves", async () => {
  const world = await startWorld();
  const ana = await world.person("Ana Roy", 3);
  await world.query("alter table outbox disable trigger user");
  await world.query(
    "create function lose() returns trigger language plpgsql as $$ begin if new.kind = 'page' then return null; end if; return new; end $$",
  );
  await world.query("create trigger lose before insert on outbox for each row execute function lose()");
  await paging(world, ana);
  await world.query("drop trigger lose on outbox");
  await world.mailbox(ana).expectNothing();
  await world.desk.watch();
  await world.mailbox(ana).expectPage();
  assert.equal((await told(world)).length, 1);
  const [finding] = await world.query<{ kind: string; healed: boolean }>("select kind, healed from watchdog_findings");
  assert.deepEqual(finding, { kind: "page", healed: true });
  await world.stop({ letters: true });
});

test("what is due and does not leave is told; what waits for its time is not", async () => {
  const world = await startWorld();
  const ana = await world.person("Ana Roy", 3);
  await paging(world, ana);
  await world.mailbox(ana).expectPage();
  const now = world.desk.clock.now();
  await world.query(
    "insert into outbox (key, kind, payload, due_at, not_after, made_at, channel, lease_until, incident_id) select 'stuck', 'notice', '{}', $1, $2, $1, 'email', 0, id from incidents",
    [now + 3_600_000, now + 7_200_000],
  );
  await world.desk.watch();
  assert.equal((await told(world)).length, 0);
  await world.query("update outbox set due_at = $1 where key = 'stuck'", [now + 1_000]);
  const late = [now + 600_000, ["email"]];
  const found = await world.query<{ kind: string }>(missingSql, late);
  assert.deepEqual(
    found.map((one) => one.kind).filter((kind) => kind !== "late-timer"),
    ["stuck"],
  );
  await world.query("delete from outbox where key = 'stuck'");
  await world.stop({ letters: true, altered: true });
});

test("the query goes by indexes only, so that nobody ever has to switch it off", async () => {
  const world = await startWorld({ mail: false });
  await world.query("set enable_seqscan = off");
  const plan = await world.query<{ "QUERY PLAN": string }>(
    `explain ${missingSql.replaceAll("$1::bigint", "1000::bigint").replaceAll("$2::text[]", "array['email']")}`,
  );
  const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
  for (const index of ["incidents_next_page", "outbox_incident", "outbox_pending", "timers_due", "timers_pkey"])
    assert.match(text, new RegExp(index), text);
  assert.doesNotMatch(text, /Seq Scan on (incidents|outbox|timers|alerts)/, text);
  await world.stop();
});

test("whatever an incident waits for by itself is set again: work, a contributor, a glass that was broken", async () => {
  const world = await startWorld();
  const cleo = await world.person("Cleo Diop", 4);
  const ben = await world.person("Ben Ito", 3);
  const dan = await world.person("Dan Roy", 5);
  const by = { token: cleo.token };
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Odd logins", impact: 2, urgency: 2 }, by))
    .body;
  const act = async (command: string, body: object): Promise<void> => {
    const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, by);
    assert.ok(answer.status < 300, `${command}: ${answer.text}`);
  };
  const due = new Date(world.desk.clock.now() + 3_600_000).toISOString();
  await act("accept", {});
  await act("add-task", { text: "Read the logs", person: ben.id, due });
  await act("offer-coordination", { person: ben.id, reason: "My shift ends" });
  await act("open-workstream", { title: "Mail", purpose: "Who sent it", person: cleo.id });
  await act("ask-contributor", { kind: "question", text: "Did you sign in?", name: "Nora", email: "nora@example.org" });
  await act("restrict", { reason: "Personal data" });
  const glass = await world.api("POST", "/api/v1/break-glass", { incident: id, reason: "Nobody answers" }, dan);
  assert.ok(glass.status < 300, glass.text);
  await world.settle();
  const keys = async (): Promise<string[]> =>
    (await world.query<{ key: string }>("select key from timers where key like $1 order by key", [`%/${id}%`])).map(
      ({ key }) => key,
    );
  const before = await keys();
  const kinds = ["access", "contribution", "offer", "task", "workstream"];
  for (const kind of kinds)
    assert.ok(
      before.some((key) => key.startsWith(`${kind}/`)),
      `${kind} is awaited: ${before}`,
    );
  await world.desk.watch();
  assert.equal(await missing(world), 0, "all is well");
  for (const kind of kinds) {
    const one = before.find((key) => key.startsWith(`${kind}/`));
    await world.query("delete from timers where key = $1", [one]);
    await world.desk.watch();
    assert.deepEqual(await keys(), before, kind);
  }
  await world.stop({ letters: true });
});

test("whoever broke the glass of what has ended since is let out by a timer that is set again too", async () => {
  const world = await startWorld();
  const cleo = await world.person("Cleo Diop", 4);
  const dan = await world.person("Dan Roy", 5);
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Odd logins" }, cleo)).body;
  const act = async (path: string, body: object, by: { token: string }): Promise<void> => {
    const answer = await world.api("POST", `/api/v1/${path}`, body, by);
    assert.ok(answer.status < 300, `${path}: ${answer.text}`);
  };
  await act(`incidents/${id}/restrict`, { reason: "Personal data" }, cleo);
  await act("break-glass", { incident: id, reason: "Nobody answers" }, dan);
  await act(`incidents/${id}/dismiss`, { reason: "A test of ours" }, cleo);
  await world.settle();
  const set = () => world.query("select due_at from timers where key = $1", [`access/${id}`]);
  const before = await set();
  assert.equal(before.length, 1, "it is awaited");
  await world.query("delete from timers where key = $1", [`access/${id}`]);
  await world.desk.watch();
  assert.deepEqual(await set(), before);
  await world.stop({ letters: true });
});
