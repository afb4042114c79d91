/** Every kind of timer there is: each is taken away by somebody's hand, and set again by the watchdog, to the same instant. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { timersBeside, timerTable } from "../../core/desk/timers.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

const words = { fr: "Rien ne va", en: "Nothing works" };
const hourMs = 3_600_000;

test("each kind of timer that was taken away is set again, and told once or not at all", async () => {
  const world = await startWorld();
  await waitForAll(world);
  type Row = { key: string; payload: Json; due_at: number };
  const rows = (): Promise<Row[]> => world.query<Row>("select key, payload, due_at from timers order by key");
  await world.desk.watch();
  const found = () => world.query<{ key: string }>("select key from watchdog_findings");
  assert.deepEqual(await found(), [], "all is well");
  const all = await rows();
  for (const kind of Object.keys(timerTable)) {
    const one = all.find(({ payload }) => payload.kind === kind);
    assert.ok(one, `no timer of this kind was set to try it with: ${kind}`);
    await world.query("delete from timers where key = $1", [one.key]);
    await world.desk.watch();
    const again = (await rows()).find(({ key }) => key === one.key);
    assert.deepEqual(again?.payload, one.payload, kind);
    /* What waits is asked about at once, as what it waits for may be over. */
    if (kind !== "waiting") assert.equal(again?.due_at, one.due_at, kind);
  }
  const told = (await found()).length;
  await world.desk.watch();
  assert.equal((await found()).length, told, "once");
  await world.stop({ letters: true, altered: true });
});

test("no timer is of a kind that the watchdog does not know", () => {
  const inTable = Object.keys(timerTable);
  for (const kind of timersBeside) assert.ok(inTable.includes(kind), kind);
  const setting = globSync("server/**/*.ts").filter(
    (path) => !path.endsWith(".test.ts") && /into timers/.test(readFileSync(path, "utf8")),
  );
  for (const path of setting) {
    const text = readFileSync(path, "utf8");
    for (const [, kind = ""] of text.matchAll(/kind: "([\w-]+)",? (?:id|\.\.\.|silenceId|incidentId)/g))
      assert.ok(
        inTable.includes(kind),
        `${path} sets a timer of the kind ${kind}, which core/desk/timers.ts leaves out`,
      );
  }
  assert.ok(setting.length > 0);
});

async function waitForAll(world: TestWorld): Promise<void> {
  const { api } = world;
  const ok = async (path: string, body: object, as: Someone = world.admin): Promise<Json> => {
    const answer = await api("POST", `/api/v1/${path}`, body, { token: as.token });
    assert.ok(answer.status < 300, `${path}: ${answer.text}`);
    return answer.body;
  };
  const [ana, ben, cleo, dan] = [
    await world.person("Ana Roy", 3),
    await world.person("Ben Ito", 3),
    await world.person("Cleo Diop", 4),
    await world.person("Dan Roy", 5),
  ];
  const steps = [{ targets: [{ kind: "person", id: ana.id }], timeoutMinutes: 5 }];
  const policy = await ok("escalation-policies", { name: "On call", steps, default: true, actWithinMinutes: 30 });

  /* A category with targets, and a rule that counts on time. */
  const flags = [{ id: "long", words, flag: "serious", when: { downMinutes: 90 } }];
  const process = { targets: [{ kind: "restore", minutes: 100 }], flags };
  await ok("categories", { id: "flood", nameFr: "Inondation", nameEn: "Flood", process }, dan);
  const csirt = await ok("teams", { name: "CSIRT", members: [ben.id] });
  const role = { id: "lead", words, count: 1, required: true };
  const charter = { mandate: words, roles: [role], people: 1, minutes: 20, rota: null, deputy: null, contact: null };
  const mandate = await api("PATCH", `/api/v1/teams/${csirt.id}/mandate`, { charter }, { token: dan.token });
  assert.equal(mandate.status, 200, mandate.text);
  const supplier = await ok("suppliers", {
    ...{ name: "Nordlys", kind: "supplier", language: "fr", contract: "NL-7", calendar: null },
    targets: [{ clock: "respond", minutes: 60, inHours: false }],
    contacts: [
      ...[0, 2_000].map((afterMinutes) => ({
        ...{ name: `Aude ${afterMinutes}`, role: "Service desk", email: `a${afterMinutes}@nordlys.example` },
        ...{ phone: "+1 514 555 0199", language: "fr", afterMinutes },
      })),
    ],
  });

  /* One that calls; one that somebody accepted by its call. */
  const { key } = await world.integration("generic");
  await world.knock(`/events/${key}`, { title: "Disk full", key: "disk", status: "firing" });
  const [disk] = (await api("GET", "/api/v1/incidents")).body.data;
  await ok(`incidents/${disk.id}/accept`, {}, ana);
  await world.knock(`/events/${key}`, { title: "Fan stopped", key: "fan", status: "firing" });

  const incident = { title: "Water", categories: ["flood"], impact: 2, urgency: 2 };
  const { id } = await ok("incidents", incident, cleo);
  const act = (command: string, body: object) => ok(`incidents/${id}/${command}`, body, cleo);
  const due = new Date(world.desk.clock.now() + hourMs).toISOString();
  await act("accept", {});
  await act("add-task", { text: "Read the logs", person: ben.id, due });
  await act("offer-coordination", { person: ben.id, reason: "My shift ends" });
  await act("open-workstream", { title: "Mail", purpose: "Who sent it", person: cleo.id });
  await act("ask-contributor", { kind: "question", text: "Did you sign in?", name: "Nora", email: "nora@example.org" });
  await act("call-on-supplier", { supplier: supplier.id, text: "It does not drain" });
  await act("activate-team", { team: csirt.id, reason: "Somebody opened the gate" });
  await act("restrict", { reason: "Personal data" });
  await ok("break-glass", { incident: id, reason: "Nobody answers" }, dan);

  /* A request for assistance that calls. */
  const duty = await ok("functions", { nameFr: "Bâtiment", nameEn: "Facilities", members: [ben.id] });
  const { version: after, kinds } = (await api("GET", "/api/v1/assistance-rules")).body;
  const to = { kind: "function", id: duty.id };
  const terms = [{ party: to, answerMinutes: 60, urgentMinutes: 10, policy: policy.id }];
  await ok("assistance-rules", { after, kinds, rules: [], terms, fallback: to });
  await ok("assistance", { title: "Water leak", kind: "other", urgent: true }, ana);

  /* What is held back, a lease, and a storm. */
  const matchers = [{ label: "site", operator: "=", value: "north" }];
  await ok("silences", {
    reason: "Replaced",
    matchers,
    until: new Date(world.desk.clock.now() + hourMs).toISOString(),
  });
  await world.knock(`/events/${key}`, { title: "Held", key: "held", status: "firing", labels: { site: "north" } });
  const pushed = await world.integration("alertmanager");
  const endsAt = new Date(world.desk.clock.now() + 300_000).toISOString();
  const alert = { labels: { alertname: "Load" }, startsAt: new Date(world.desk.clock.now()).toISOString(), endsAt };
  const sent = await world.knock(`/alertmanager/${pushed.key}/api/v2/alerts`, [alert]);
  assert.equal(sent.status, 200, sent.text);
  await world.settle();
  await storm(world);
}

/** What the entry of a storm waits for is over in a second: it is made to wait for longer. */
async function storm(world: TestWorld): Promise<void> {
  const { id, key } = await world.integration("pagerduty");
  const later = world.desk.clock.now() + hourMs;
  for (let host = 0; host < 60; host++) {
    await world.knock("/v2/enqueue", pagerDutyEvent(key, `host-${host}`));
    const held = await world.query<{ key: string }>(
      `update desk_states set state = jsonb_set(state, '{storm,lastEntryAt}', to_jsonb($2::bigint))
where key = $1 and state -> 'storm' ->> 'joined' is not null returning key`,
      [`storm/${id}`, later],
    );
    if (held.length > 0) break;
  }
  await world.query("update timers set due_at = $2 where key = $1", [`storm/${id}`, later + 1_000]);
}
