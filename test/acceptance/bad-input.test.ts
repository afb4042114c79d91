/** What people and machines send by mistake or on purpose: each is answered with a problem in the caller's language, and
 *  nothing is stored by half. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Answer, type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
});

const rows = async (): Promise<Json> =>
  (
    await world.query(
      "select (select count(*) from events)::int as events, (select count(*) from incidents)::int as incidents, (select count(*) from outbox)::int as outbox, (select count(*) from reports)::int as reports, (select count(*) from alerts)::int as alerts, (select coalesce(sum(value), 0) from counters)::int as numbers",
    )
  )[0];

const record = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  world.api("POST", "/api/v1/incidents", body, { token: world.admin.token, headers });

async function changesNothing(run: () => Promise<void>): Promise<void> {
  await world.settle();
  const before = await rows();
  await run();
  assert.deepEqual(await rows(), before, "nothing was stored");
}

function isProblem(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
  assert.equal(answer.body.code, code);
  assert.equal(answer.body.status, status);
  for (const field of ["type", "title", "detail", "requestId"])
    assert.equal(typeof answer.body[field], "string", field);
}

test("a problem is told in the language that the caller asks for, and is the same problem", async () => {
  const ask = (language: string): Promise<Answer> => record({ title: "" }, { "accept-language": language });
  const [fr, en, other] = [await ask("fr-CA,fr;q=0.9,en;q=0.5"), await ask("en"), await ask("de")];
  isProblem(fr, 422, "invalid-body");
  assert.equal(fr.body.code, en.body.code);
  assert.notEqual(fr.body.detail, en.body.detail);
  assert.notEqual(fr.body.errors[0].detail, en.body.errors[0].detail);
  assert.equal(fr.body.errors[0].pointer, "/title");
  assert.equal(other.body.title, en.body.title);
});

test("characters that show nothing are no title and no text", async () => {
  const { number } = (await record({ title: "\u200bIt \u200d is" })).body;
  await changesNothing(async () => {
    for (const blank of ["\u200b\u200b", " \u2060 ", "\u00ad", "\ufeff", "\u3000"]) {
      isProblem(await record({ title: blank }), 422, "invalid-body");
      isProblem(await world.api("POST", "/api/v1/reports", { title: blank }, { token: null }), 422, "invalid-body");
      const path = `/api/v1/incidents/${number}/add-observation`;
      isProblem(await world.api("POST", path, { text: blank }), 422, "invalid-body");
    }
  });
});

test("a name is on one line, whatever was pasted", async () => {
  const { number } = (await record({ title: "Who is asked" })).body;
  const name = "Nora\r\nBcc: somebody@example.org\u202e";
  const body = { text: "When?", name, email: "nora@partner.example", reminders: 0 };
  const asked = await world.api("POST", `/api/v1/incidents/${number}/ask-contributor`, body);
  assert.equal(asked.status, 201, asked.text);
  const { data } = (await world.api("GET", `/api/v1/incidents/${number}/contributions`)).body;
  assert.equal(data[0].to.name, "Nora Bcc: somebody@example.org");
});

test("malformed JSON is 400, at every door", async () => {
  const keys = new Map<string, string>();
  for (const kind of ["pagerduty", "alertmanager", "generic"]) keys.set(kind, (await world.integration(kind)).key);
  await changesNothing(async () => {
    for (const body of ["{", "", "nonsense", '{"title":"a"}}', "[", "\u0000"]) {
      isProblem(await record(body), 400, "malformed-json");
      isProblem(await world.api("POST", "/api/v1/reports", body, { token: null }), 400, "malformed-json");
      for (const path of [`/alertmanager/${keys.get("alertmanager")}/webhook`, `/events/${keys.get("generic")}`]) {
        const answer = await world.knock(path, body);
        assert.deepEqual([answer.status, answer.body.code], [400, "malformed-json"], path);
      }
      assert.equal((await world.knock("/v2/enqueue", body)).status, 400, body);
    }
    for (const body of ["null", "[]", "3", '"x"']) assert.equal((await world.knock("/v2/enqueue", body)).status, 400);
    assert.equal((await world.knock(`/events/${keys.get("pagerduty")}`, "{")).status, 404, "a key of another kind");
  });
});

test("a wrong key is refused without saying whether another exists", () =>
  changesNothing(async () => {
    const wrong = await world.knock("/v2/enqueue", pagerDutyEvent("0".repeat(32), "x"));
    const absurd = await world.knock("/v2/enqueue", pagerDutyEvent("' or 1=1 --", "x"));
    assert.equal(wrong.status, 400);
    assert.equal(wrong.text, absurd.text);
    assert.deepEqual(wrong.body.errors, ["Invalid routing key"]);
    for (const path of ["/alertmanager/x/webhook", "/events/x", `/events/${"a".repeat(400)}`])
      assert.equal((await world.knock(path, {})).status, 404);
  }));

const newest = async (): Promise<Json> => (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0];

test("a body larger than is read is 413 as JSON, and raises an alert about that integration", async () => {
  const text = (bytes: number): string => "x".repeat(bytes);
  const sent: readonly (readonly [string, string, (key: string) => readonly [string, object]])[] = [
    ...[600_000, 1_200_000, 5_000_000].map(
      (bytes) =>
        [
          "pagerduty",
          `Talkative ${bytes}`,
          (key: string) => {
            const payload = { summary: "s", source: "x", severity: "info", custom_details: { text: text(bytes) } };
            return ["/v2/enqueue", pagerDutyEvent(key, "big", { payload })] as const;
          },
        ] as const,
    ),
    ["generic", "Wordy", (key) => [`/events/${key}`, { title: "t", text: text(600_000) }]],
    ["generic", "Wordier", (key) => [`/events/${key}`, { title: "t", text: text(1_200_000) }]],
    ["alertmanager", "Crowded", (key) => [`/alertmanager/${key}/webhook`, { alerts: [], text: text(16_800_000) }]],
  ];
  for (const [kind, name, bodyOf] of sent) {
    const { key } = await world.integration(kind, { name });
    const before = await rows();
    const answer = await world.knock(...bodyOf(key));
    assert.equal(answer.status, 413, name);
    assert.match(String(answer.headers["content-type"]), /^application\/json/);
    assert.equal(typeof answer.body.message, "string");
    assert.equal((await rows()).incidents, before.incidents + 1, name);
    assert.match((await newest()).title, new RegExp(name));
    await world.knock(...bodyOf(key));
    assert.equal((await rows()).incidents, before.incidents + 1, "once, however often it is sent");
  }
  isProblem(await record(JSON.stringify({ title: "t", description: text(600_000) })), 413, "body-too-large");
  const unknown = pagerDutyEvent("0".repeat(32), "big", { payload: { text: text(1_200_000) } });
  await changesNothing(async () => assert.equal((await world.knock("/v2/enqueue", unknown)).status, 413));
});

test("a group of hundreds of kilobytes is read whole", async () => {
  const { key } = await world.integration("alertmanager");
  const alerts = Array.from({ length: 1_500 }, (_, index) => ({
    status: "firing",
    labels: { alertname: "Wide", instance: `host-${index}` },
    annotations: { summary: "x".repeat(400) },
    startsAt: "2026-10-15T06:41:00Z",
    fingerprint: index.toString(16).padStart(16, "0"),
  }));
  const answer = await world.knock(`/alertmanager/${key}/webhook`, { groupKey: "wide", alerts });
  assert.deepEqual([answer.status, answer.body.alerts], [200, 1_500]);
  assert.equal((await newest()).alerts.open, 1_500);
});

test("unknown fields, wrong types and values out of range are 422, each named by its pointer", () =>
  changesNothing(async () => {
    const bad: readonly (readonly [object, string])[] = [
      [{ title: "t", number: "INC-2026-000001" }, "/number"],
      [{ title: "t", stage: "closed" }, "/stage"],
      [{ title: "t", acceptedBy: world.admin.id }, "/acceptedBy"],
      [{ title: 3 }, "/title"],
      [{ title: ["t"] }, "/title"],
      [{ title: null }, "/title"],
      [{}, "/title"],
      [{ title: "t", impact: 5 }, "/impact"],
      [{ title: "t", impact: "1" }, "/impact"],
      [{ title: "t", impact: 1.5 }, "/impact"],
      [{ title: "t", categories: "security" }, "/categories"],
      [{ title: "t", categories: ["Not A Key"] }, "/categories/0"],
      [{ title: "t", service: "not-an-id" }, "/service"],
      [{ title: "t", language: "de" }, "/language"],
      [{ title: "t", exercise: "true" }, "/exercise"],
      [{ title: "t", "a/b~c": 1 }, "/a~1b~0c"],
    ];
    for (const [body, pointer] of bad) {
      const answer = await record(body);
      isProblem(answer, 422, "invalid-body");
      assert.deepEqual(
        answer.body.errors.map((one: Json) => one.pointer),
        [pointer],
      );
    }
  }));

test("absurd dates are refused: no date, the future, before anything", () =>
  changesNothing(async () => {
    for (const occurredAt of ["yesterday", "2026-02-30T00:00:00Z", "2026-01-01", 1_700_000_000, "9".repeat(400)])
      isProblem(await record({ title: "t", occurredAt }), 422, "invalid-body");
    isProblem(await record({ title: "t", occurredAt: "9999-12-31T23:59:59Z" }), 422, "occurred-in-future");
    isProblem(await record({ title: "t", occurredAt: "0001-01-01T00:00:00Z" }), 422, "occurred-too-long-ago");
  }));

test("a title of ten thousand characters is refused from a person, and cut from a machine that must not be lost", async () => {
  const title = "é".repeat(10_000);
  await changesNothing(async () => {
    const answer = await record({ title });
    isProblem(answer, 422, "invalid-body");
    assert.equal(answer.body.errors[0].code, "too-long");
    isProblem(await world.api("POST", "/api/v1/reports", { title }, { token: null }), 422, "invalid-body");
  });
  const { key } = await world.integration("pagerduty");
  const payload = { summary: title, source: "x", severity: "info" };
  assert.equal((await world.knock("/v2/enqueue", pagerDutyEvent(key, "long", { payload }))).status, 202);
  const [incident] = (await world.api("GET", "/api/v1/incidents?limit=1")).body.data;
  assert.equal([...incident.title].length, 1_024);
  const [alert] = (await world.api("GET", `/api/v1/incidents/${incident.id}/alerts`)).body.data;
  assert.equal(alert.details.summary, title, "kept whole beside it");
});

test("binary in text is cleaned or refused, and never breaks the desk", async () => {
  const dirty = "a\u0000b\u001b[31mc\ud800d\u202ee";
  const made = await record(JSON.stringify({ title: dirty, description: dirty }));
  assert.equal(made.status, 201, made.text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be gone.
  assert.doesNotMatch(made.body.title, /[\u0000-\u001f\u202e]|[\ud800-\udfff]/);
  const { key } = await world.integration("pagerduty");
  const payload = { summary: dirty, source: dirty, severity: "info", custom_details: { [dirty]: [dirty, "1e400"] } };
  assert.equal((await world.knock("/v2/enqueue", pagerDutyEvent(key, dirty, { payload }))).status, 202);
  const bytes = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}')]);
  assert.ok([201, 400].includes((await record(bytes)).status));
  for (const path of ["/api/v1/incidents?q=%00", "/api/v1/incidents/%00", "/api/v1/incidents?q=%ed%a0%80", "/ack/%00"])
    assert.ok((await world.api("GET", path)).status < 500, path);
});

test("names that reach a prototype are plain names or refused, and no prototype is changed", async () => {
  const { key } = await world.integration("pagerduty");
  const text = (name: string): string => `{"title":"t","${name}":{"polluted":true},"description":null}`;
  for (const name of ["__proto__", "constructor", "prototype"]) {
    const answer = await record(text(name));
    assert.ok([400, 422].includes(answer.status), `${name}: ${answer.status}`);
    const event = `{"routing_key":"${key}","event_action":"trigger","payload":{"summary":"s","source":"x","severity":"info","custom_details":{"${name}":{"polluted":true}}}}`;
    assert.equal((await world.knock("/v2/enqueue", event)).status, 202);
    await world.api("GET", `/api/v1/incidents?${name}[polluted]=true`);
  }
  assert.equal(({} as Json).polluted, undefined);
});

test("odd parameters are refused or ignored, and none fails inside", async () => {
  const odd = [
    "limit=0",
    "limit=-1",
    "limit=1e9",
    "limit=NaN",
    "limit=1&limit=2",
    "cursor=x",
    "cursor=",
    "stage=nowhere",
  ];
  for (const query of [...odd, "open=maybe", "service=x", "unknown=1", `q=${"x".repeat(500)}`, "q[a]=1"])
    isProblem(await world.api("GET", `/api/v1/incidents?${query}`), 422, "invalid-body");
  for (const id of ["INC-0", "INC-99999999999999999999", "inc-1", "../x", "-1", "1e3", "%2e%2e", "a".repeat(64)])
    assert.equal((await world.api("GET", `/api/v1/incidents/${encodeURIComponent(id)}`)).status === 500, false, id);
});

test("text that means something to SQL means nothing here", async () => {
  await record({ title: "A needle" });
  const before = await rows();
  const corpus = [
    "'",
    "''",
    "\\",
    "%",
    "_",
    "' or '1'='1",
    "'; drop table incidents; --",
    "$1",
    "/*",
    "\\'",
    "zz' & yy",
  ];
  for (const text of corpus) {
    const answer = await world.api("GET", `/api/v1/incidents?q=${encodeURIComponent(text)}`);
    assert.equal(answer.status, 200, `${text}: ${answer.text}`);
    assert.deepEqual(answer.body.data, [], `${text} finds only what contains it`);
    assert.equal((await world.api("GET", `/api/v1/incidents/${encodeURIComponent(text)}`)).status, 404, text);
  }
  assert.deepEqual(await rows(), before);
  assert.equal((await world.api("GET", "/api/v1/incidents?q=needle")).body.data.length, 1);
});

test("an instant in a refusal is said by the clock of whoever reads it, in their language", async () => {
  const reader = await world.person("Zoe Zone", 4, { language: "fr", zone: "America/Toronto" });
  const { id } = (await record({ title: "Out of order" })).body;
  const act = (command: string, body: object, language: string): Promise<Answer> =>
    world.api("POST", `/api/v1/incidents/${id}/${command}`, body, {
      token: reader.token,
      headers: { "accept-language": language },
    });
  const at = (day: string) => ({ text: "x", occurredAt: `${day}T17:05:00Z` });
  const yesterday = new Date(world.desk.clock.now() - 86_400_000).toISOString().slice(0, 10);
  const before = new Date(world.desk.clock.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  assert.equal((await act("declare-restored", at(yesterday), "en")).status, 200);
  for (const [language, said] of [
    ["fr", / à 1[23] h 05 \(UTC−[45], America\/Toronto\)/],
    ["en", / at 1[23]:05 \(UTC−[45], America\/Toronto\)/],
  ] as const) {
    const refused = await act("declare-relapse", at(before), language);
    isProblem(refused, 422, "occurred-out-of-order");
    assert.match(refused.body.detail.replaceAll(/[\u00a0\u202f]/g, " "), said);
    assert.doesNotMatch(refused.body.detail, /T17:05/);
  }
});
