/** Links between incidents on the real database: what is shown to whom, what is refused, and alerts that are split off. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { verifyRecord } from "../../core/kernel/record.ts";
import { recordOf } from "./rota.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let ana: Someone;
let max: Someone;

before(async () => {
  world = await startWorld({ mail: false });
  ana = await world.person("Ana Cy", 4);
  max = await world.person("Max Po", 5, { admin: true });
});

const record = async (title: string, more: object = {}): Promise<Json> =>
  (await world.api("POST", "/api/v1/incidents", { title, ...more }, { token: ana.token })).body;
const act = (id: string, command: string, body: object, by = ana) =>
  world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: by.token });
const links = async (id: string, by = ana): Promise<Json[]> =>
  (await world.api("GET", `/api/v1/incidents/${id}/links`, undefined, { token: by.token })).body.data;
const why = { reason: "The same cable" };

test("by number, seen from both sides with what a reader needs, and taken back with a reason", async () => {
  const [one, two] = [await record("No mail"), await record("Cable cut")];
  const linked = await act(one.id, "link", { incident: two.number, kind: "caused-by", ...why });
  assert.equal(linked.status, 200, linked.text);
  assert.deepEqual(
    (await links(one.id)).map(({ number, title, kind, stage, coordinator }) => [
      number,
      title,
      kind,
      stage,
      coordinator,
    ]),
    [[two.number, "Cable cut", "caused-by", "registered", null]],
  );
  assert.deepEqual(
    (await links(two.id)).map(({ number, kind, reason }) => [number, kind, reason]),
    [[one.number, "causes", why.reason]],
  );
  assert.equal((await act(two.id, "link", { incident: one.number, kind: "related" })).body.code, "already-linked");
  assert.equal((await act(one.id, "link", { incident: one.id, kind: "related" })).body.code, "link-to-itself");
  assert.equal((await act(one.id, "unlink", { incident: two.number })).status, 422, "a reason is asked");
  assert.equal((await act(two.id, "unlink", { incident: one.number, ...why })).status, 200);
  assert.deepEqual([await links(one.id), await links(two.id)], [[], []]);
  assert.equal((await act(two.id, "unlink", { incident: one.number, ...why })).body.code, "not-linked");
});

test("two who link the same two at once: one of them is refused", async () => {
  const [one, two] = [await record("a"), await record("b")];
  const both = await Promise.all([
    act(one.id, "link", { incident: two.id, kind: "part-of" }),
    act(two.id, "link", { incident: one.id, kind: "part-of" }),
  ]);
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409]);
});

test("a restricted incident is as if it were not there: to link to, to be shown, to be counted, or to be dated", async () => {
  const [open, secret] = [await record("Slow"), await record("Theft")];
  assert.equal((await act(secret.id, "restrict", why)).status, 200);
  const unknown = await act(open.id, "link", { incident: "INC-2026-999999", kind: "related" }, max);
  const hidden = await act(open.id, "link", { incident: secret.number, kind: "related" }, max);
  const same = ({ status, body: { requestId: _, instance: __, ...rest } }: Json) => ({ status, rest });
  assert.deepEqual(same(hidden), same(unknown));
  const before = await world.api("GET", `/api/v1/incidents/${open.id}`, undefined, { token: max.token });
  assert.equal((await act(open.id, "link", { incident: secret.number, kind: "related" })).status, 200);
  const after = await world.api("GET", `/api/v1/incidents/${open.id}`, undefined, { token: max.token });
  assert.deepEqual(after.body, before.body, "nothing of it moved, not even when it was last touched");
  assert.deepEqual([(await links(open.id, max)).length, (await links(open.id)).length], [0, 1]);
  assert.equal((await links(secret.id)).length, 1);
  const refused = await act(secret.id, "link", { incident: (await record("x")).id, kind: "has-part" });
  assert.equal(refused.body.code, "link-restricted", "a part would tell of its whole");
});

test("what is restricted after it was linked is said no more to those whom it does not admit", async () => {
  const [open, later] = [await record("Slow again"), await record("Theft again")];
  assert.equal((await act(open.id, "link", { incident: later.id, kind: "related" })).status, 200);
  assert.equal((await links(open.id, max)).length, 1);
  assert.equal((await act(later.id, "restrict", why)).status, 200);
  assert.equal((await links(open.id, max)).length, 0);
  const told = async (by: Someone) => {
    const path = `/api/v1/incidents/${open.id}/timeline?limit=100`;
    return (await world.api("GET", path, undefined, { token: by.token })).text.includes(later.number);
  };
  assert.deepEqual([await told(ana), await told(max)], [true, false]);
  const exported = await world.api("GET", `/api/v1/incidents/${open.id}/export`, undefined, { token: max.token });
  assert.ok(!exported.text.includes(later.number) && !exported.text.includes(later.id));
  assert.equal(verifyRecord(exported.body).whole, true, "and the chain verifies all the same");
  const path = `/api/v1/incidents/${open.id}/timeline?limit=100`;
  const { data } = (await world.api("GET", path, undefined, { token: max.token })).body;
  assert.ok(!data.some(({ type }: Json) => type === "incident.linked"), "nor that there was any link");
});

test("why a restricted one is linked no more is neither found nor exported where it may not be known", async () => {
  const [open, later] = [await record("Slow once more"), await record("Theft once more")];
  assert.equal((await act(open.id, "link", { incident: later.id, kind: "related" })).status, 200);
  assert.equal((await act(later.id, "restrict", why)).status, 200);
  assert.equal((await act(later.id, "unlink", { incident: open.id, reason: "Embezzlement" })).status, 200);
  const exported = await world.api("GET", `/api/v1/incidents/${open.id}/export`, undefined, { token: max.token });
  assert.ok(!exported.text.includes("Embezzlement"));
  assert.equal(verifyRecord(exported.body).whole, true);
  const found = async (by: Someone) =>
    (await world.api("GET", "/api/v1/incidents?q=embezzlement", undefined, { token: by.token })).body.data.map(
      ({ number }: Json) => number,
    );
  assert.deepEqual([await found(max), await found(ana)], [[], []], "why two hang together is in no search");
  const theirs = await world.api("GET", `/api/v1/incidents/${later.id}/export`, undefined, { token: ana.token });
  assert.ok(theirs.text.includes("Embezzlement"));
});

test("of what was said of one that was restricted later, nothing is read: neither why, nor who, nor when, nor that it ended", async () => {
  const [open, later] = [await record("Slow mail"), await record("Theft of mail")];
  const linked = { incident: later.id, kind: "caused-by", reason: "Larceny of the archive" };
  assert.equal((await act(open.id, "link", linked)).status, 200);
  const found = async (by: Someone) =>
    (await world.api("GET", "/api/v1/incidents?q=larceny", undefined, { token: by.token })).body.data.length;
  assert.equal(await found(max), 0, "why two hang together is in no search: it may be for those alone who see both");
  assert.equal((await act(later.id, "restrict", why)).status, 200);
  const seen = async () =>
    (await world.api("GET", `/api/v1/incidents/${open.id}`, undefined, { token: max.token })).body;
  const before = await seen();
  await world.advance(1);
  assert.equal((await act(later.id, "unlink", { incident: open.id, reason: "No more" })).status, 200);
  assert.deepEqual(await seen(), before, "nothing touched the open one");
  const shown = async (id: string) =>
    (await world.api("GET", `/api/v1/incidents/${id}/links`, undefined, { token: ana.token })).body.data;
  assert.deepEqual([await shown(open.id), await shown(later.id)], [[], []], "whoever sees both finds no link");
  const { body, text } = await world.api("GET", `/api/v1/incidents/${open.id}/export`, undefined, { token: max.token });
  assert.doesNotMatch(text, /Larceny|linked|caused/);
  const withheld = body.entries.filter((one: Json) => one.withheld);
  assert.deepEqual(
    withheld.map((one: Json) => Object.keys(one)),
    [["stream", "seq", "hash", "withheld"]],
  );
  const verdict = verifyRecord(body);
  assert.deepEqual(verdict.whole && verdict.withheld, [withheld[0].seq]);
  const path = `/api/v1/incidents/${open.id}/timeline?limit=100`;
  assert.doesNotMatch((await world.api("GET", path, undefined, { token: max.token })).text, /Larceny|linked/);
  assert.equal((await act(open.id, "add-observation", { text: "Quicker now" })).status, 200);
  const read: string[] = [];
  for (let after = 0; ; ) {
    const query = `?limit=1&after=${after}`;
    const { data } = (
      await world.api("GET", `/api/v1/incidents/${open.id}/timeline${query}`, undefined, { token: max.token })
    ).body;
    if (data.length === 0) break;
    read.push(data[0].type);
    after = data[0].seq;
  }
  assert.equal(read.at(-1), "observation.noted", "what comes after it is read to the end");
  const theirs = await world.api("GET", `/api/v1/incidents/${open.id}/export`, undefined, { token: ana.token });
  assert.match(theirs.text, /Larceny/, "those whom both admit read it whole");
  assert.equal(theirs.body.entries.filter((one: Json) => one.withheld).length, 0);
});

test("whoever reads what a restricted one hangs together with has opened it", async () => {
  const secret = await record("Theft of a laptop");
  await act(secret.id, "restrict", why);
  assert.equal((await act(secret.id, "grant-access", { person: max.id, ...why })).status, 200);
  await links(secret.id, max);
  const { data } = (await world.api("GET", `/api/v1/incidents/${secret.id}/opened`, undefined, { token: ana.token }))
    .body;
  assert.ok(data.some(({ person }: Json) => person.id === max.id));
});

test("alerts are split off by their ids, hold the new incident, and what follows of them arrives there", async () => {
  const { key } = await world.integration("generic", {
    mapping: { group: 'has(item.group) ? item.group : ""', items: "body" },
  });
  const say = (...said: Json[]) =>
    world.knock(
      `/events/${key}`,
      said.map((one) => ({ title: one.key, ...one })),
    );
  await say({ key: "disk-1", group: "db" }, { key: "disk-2", group: "db" });
  await world.settle();
  const [incident] = (await world.api("GET", "/api/v1/board", undefined, { token: ana.token })).body.data.filter(
    ({ alerts }: Json) => alerts.open === 2,
  );
  const alerts = (await world.api("GET", `/api/v1/incidents/${incident.id}/alerts`, undefined, { token: ana.token }))
    .body.data;
  const one = alerts.find(({ key: name }: Json) => name === "disk-1");
  const elsewhere = await act((await record("y")).id, "split", { title: "Disk", alerts: [one.id] });
  assert.equal(elsewhere.body.code, "alert-not-here", elsewhere.text);
  const split = await act(incident.id, "split", { title: "Disk 1 alone", alerts: [one.id] });
  assert.deepEqual([split.status, split.body.alerts?.open], [200, 1], split.text);
  const [part] = await links(incident.id);
  const made = (await world.api("GET", `/api/v1/incidents/${part?.id}`, undefined, { token: ana.token })).body;
  assert.deepEqual([made.alerts.open, made.title, made.paging.status], [1, "Disk 1 alone", "running"]);
  await say({ key: "disk-1", group: "db", status: "resolved" });
  await world.settle();
  const after = (await world.api("GET", `/api/v1/incidents/${part?.id}`, undefined, { token: ana.token })).body;
  assert.equal(after.alerts.open, 0);
  const entries = await recordOf(world, String(part?.id));
  assert.ok(entries.some(({ type }) => type === "alert.resolved"));
});

test("what is split off a restricted incident is restricted as much, and both say it to those whom they admit", async () => {
  const secret = await record("Theft of keys", { impact: 2, urgency: 2 });
  await act(secret.id, "restrict", why);
  await act(secret.id, "add-task", { text: "Change the locks", person: ana.id });
  const split = await act(secret.id, "split", { title: "Locks", tasks: [1] });
  assert.equal(split.status, 200, split.text);
  const [part] = await links(secret.id);
  assert.equal(part?.kind, "has-part");
  const asked = await world.api("GET", `/api/v1/incidents/${part?.id}`, undefined, { token: max.token });
  assert.equal(asked.status, 404);
  const made = (await world.api("GET", `/api/v1/incidents/${part?.id}`, undefined, { token: ana.token })).body;
  assert.deepEqual(
    made.restriction.members.map(({ id }: Json) => id),
    [ana.id],
  );
});
