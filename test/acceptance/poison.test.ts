/** Poison at every door: nesting deeper than a program may call itself, numbers that are none, names that stand twice or
 *  reach a prototype, halves of characters, lists for scalars. Each is a success that is a record, or a refusal that says
 *  why; none is a fault, and none stops what comes after. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { type Answer, type Json, startWorld, type TestWorld } from "./world.ts";

const runs = { numRuns: 200 };
let world: TestWorld;

before(async () => {
  world = await startWorld({ mail: false, shared: true, env: { TOCSIN_TRUSTED_PROXIES: "127.0.0.1/32" } });
});

/* Texts of JSON, not values: a value cannot hold a name twice, nor 1e999. */
const quoted = (text: string): string => JSON.stringify(text);
const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }).map(quoted),
  fc.constantFrom(
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\\u0000"',
    '"\\u202e\\u0007"',
    '""',
    '" "',
    '"__proto__"',
    quoted("\u0000"),
    quoted("a".repeat(70_000)),
    quoted("👩‍🚒".repeat(2_000)),
    quoted("2026-02-30T25:61:00Z"),
    quoted("0001-01-01T00:00:00Z"),
  ),
);
const oddNumber = fc.constantFrom("1e999", "-1e999", "1e-999", "-0", `${"9".repeat(400)}`, "0.1", "1E400", "-1");
const name = fc.oneof(
  fc
    .constantFrom("__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "", "a", "key", "title")
    .map(quoted),
  oddText,
);
const deep = fc
  .tuple(fc.constantFrom(33, 1_000, 10_000), fc.boolean(), fc.constantFrom('"x"', "1e999", "null"))
  .map(([depth, list, core]) =>
    list ? `${"[".repeat(depth)}${core}${"]".repeat(depth)}` : `${'{"a":'.repeat(depth)}${core}${"}".repeat(depth)}`,
  );
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(oddText, oddNumber, fc.constantFrom("null", "true", "false", "[]", "{}")),
    fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
    fc
      .array(fc.tuple(name, tie("value")), { maxLength: 4 })
      .map((members) => `{${members.map(([key, one]) => `${key}:${one}`).join(",")}}`),
    deep,
  ),
}));

/** An object near what a door expects: of its fields some are odd, absent, or there twice; some are added. */
function near(fields: Readonly<Record<string, string>>): fc.Arbitrary<string> {
  const members = Object.entries(fields).map(([key, good]) =>
    fc.oneof(
      { weight: 10, arbitrary: fc.constant([`${quoted(key)}:${good}`]) },
      { weight: 2, arbitrary: value.map((odd) => [`${quoted(key)}:${odd}`]) },
      { weight: 1, arbitrary: value.map((odd) => [`${quoted(key)}:${odd}`, `${quoted(key)}:${good}`]) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
  );
  const added = fc.array(fc.tuple(name, value), { maxLength: 2 });
  return fc
    .tuple(fc.tuple(...members), added)
    .map(([all, more]) => `{${[...all.flat(), ...more.map(([key, odd]) => `${key}:${odd}`)].join(",")}}`);
}

/** Now and then something else altogether, or cut. */
const mostly = (good: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: good },
    { weight: 1, arbitrary: value },
    { weight: 1, arbitrary: good.map((text) => text.slice(0, text.length - 3)) },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  );

const succeeded = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Neither a fault, nor an answer that its client cannot read. */
function isClear(answer: Answer): void {
  assert.ok(answer.status >= 200 && answer.status < 500, `${answer.status} ${answer.text.slice(0, 300)}`);
  if (/html/.test(String(answer.headers["content-type"]))) return;
  assert.match(String(answer.headers["content-type"]), /^application\/(problem\+)?json/);
  assert.equal(typeof answer.body, "object");
  if (!succeeded(answer)) assert.ok(answer.body.errors?.length > 0 || answer.body.detail !== undefined, answer.text);
}

type Tally = { taken: number; refused: number };

/** What is shown beside an integration is written twice a second, a hundred lines of it at most. */
async function breathe({ taken, refused }: Tally): Promise<void> {
  if ((taken + refused) % 80 === 79) await sleep(600);
}

/** What an integration shows of what came: one line each. */
async function shown(id: string): Promise<Tally> {
  await sleep(1_200);
  const rows = await world.query<{ outcome: string; n: number }>(
    "select outcome, count(*)::int as n from intake_log where integration_id = $1 group by outcome",
    [id],
  );
  assert.deepEqual(
    world.logs.filter((line) => line.includes("could not be written")),
    [],
  );
  const of = (outcome: string): number => rows.find((row) => row.outcome === outcome)?.n ?? 0;
  return { taken: of("accepted"), refused: of("rejected") };
}

const held = async (id: string, keys: readonly string[]): Promise<string[]> =>
  (
    await world.query<{ key: string }>("select distinct key from alerts where integration_id = $1 and key = any($2)", [
      id,
      keys,
    ])
  ).map((row) => row.key);

/** The door still opens for who comes next. */
async function lives(path: string, body: object): Promise<void> {
  const answer = await world.knock(path, body);
  assert.ok(succeeded(answer), `afterwards: ${answer.status} ${answer.text}`);
}

test("PagerDuty events", async () => {
  const { id, key } = await world.integration("pagerduty");
  const payload = near({
    summary: '"s"',
    source: '"x"',
    severity: '"error"',
    timestamp: '"2026-10-07T18:00:00Z"',
    custom_details: "{}",
  });
  const event = payload.chain((text) =>
    near({
      routing_key: quoted(key),
      event_action: '"trigger"',
      dedup_key: '"k"',
      payload: text,
      links: "[]",
      client: '"c"',
    }),
  );
  const tally: Tally = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(mostly(event), async (text) => {
      const answer = await world.knock("/v2/enqueue", text);
      isClear(answer);
      await breathe(tally);
      if (!succeeded(answer)) return;
      tally.taken++;
      const dedup = answer.body.dedup_key;
      assert.equal(typeof dedup, "string");
      assert.deepEqual(await held(id, [dedup]), [dedup], "what was taken is an alert");
    }),
    runs,
  );
  assert.ok(tally.taken > 10, `${tally.taken} taken`);
  assert.equal((await shown(id)).taken, tally.taken);
  await lives("/v2/enqueue", {
    routing_key: key,
    event_action: "trigger",
    payload: { summary: "s", source: "x", severity: "info" },
  });
});

test("Alertmanager groups", async () => {
  const { id, key } = await world.integration("alertmanager");
  const path = `/alertmanager/${key}/webhook`;
  const alert = near({
    status: '"firing"',
    fingerprint: '"f1"',
    labels: '{"alertname":"Disk","instance":"a"}',
    annotations: '{"summary":"s"}',
    startsAt: '"2026-10-07T18:00:00.123456789Z"',
    generatorURL: '""',
  });
  const group = fc.array(alert, { maxLength: 3 }).chain((alerts) =>
    near({
      version: '"4"',
      groupKey: '"g"',
      status: '"firing"',
      alerts: `[${alerts.join(",")}]`,
      truncatedAlerts: "0",
    }),
  );
  const tally: Tally = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(mostly(group), async (text) => {
      const answer = await world.knock(path, text);
      isClear(answer);
      await breathe(tally);
      if (succeeded(answer)) tally.taken++;
      else tally.refused++;
      if (succeeded(answer) && answer.body.alerts === 0) {
        const { alerts } = JSON.parse(text);
        assert.deepEqual(alerts, [], "nothing is taken for nothing, unless nothing was sent");
      }
    }),
    runs,
  );
  assert.ok(tally.taken > 10, `${tally.taken} taken`);
  assert.deepEqual(await shown(id), tally, "each shows beside the integration");
  await lives(path, { alerts: [{ status: "firing", labels: { alertname: "x" } }] });
});

for (const [what, mapping] of [
  ["read as it comes", null],
  [
    "through expressions",
    {
      title: "body.title + ' on ' + string(body.host)",
      key: "body.id",
      severity: "body.list[0].level",
      items: "[body]",
    },
  ],
] as const) {
  test(`generic events, ${what}`, async () => {
    const { id, key } = await world.integration("generic", { mapping });
    const path = `/events/${key}`;
    const event = near({
      title: '"t"',
      id: '"i"',
      host: '"h"',
      status: '"firing"',
      severity: '"error"',
      list: '[{"level":"error"}]',
    });
    const events = fc.oneof(
      event,
      fc.array(event, { maxLength: 3 }).map((all) => `[${all.join(",")}]`),
    );
    const tally: Tally = { taken: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(mostly(events), async (text) => {
        const answer = await world.knock(path, text);
        isClear(answer);
        await breathe(tally);
        if (!succeeded(answer)) return void tally.refused++;
        tally.taken++;
        const kept = answer.body.events.filter((one: Json) => one.became !== "ignored").map((one: Json) => one.key);
        assert.deepEqual((await held(id, kept)).sort(), [...new Set(kept)].sort());
        if (answer.body.events.length === 0) assert.deepEqual(JSON.parse(text), []);
      }),
      runs,
    );
    assert.ok(tally.taken > 10, `${tally.taken} taken`);
    assert.deepEqual(await shown(id), tally, "each shows beside the integration");
    await lives(path, { title: "afterwards" });
  });
}

test("incidents that people record", async () => {
  const body = near({
    title: '"t"',
    description: '"d"',
    language: '"fr"',
    categories: '["major"]',
    impact: "1",
    urgency: "1",
    occurredAt: quoted(new Date(world.desk.clock.now()).toISOString()),
    exercise: "false",
  });
  await fc.assert(
    fc.asyncProperty(mostly(body), async (text) => {
      const answer = await world.api("POST", "/api/v1/incidents", text);
      isClear(answer);
      if (!succeeded(answer)) return;
      const read = await world.api("GET", `/api/v1/incidents/${answer.body.id}`);
      assert.equal(read.body.title, answer.body.title);
    }),
    runs,
  );
});

test("acts on an incident", async () => {
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Fuzzed" })).body;
  const bodies = near({
    text: '"t"',
    reason: '"r"',
    occurredAt: '"2026-10-07T18:00:00Z"',
    derogation: '{"reason":"r"}',
  });
  const paths = fc.constantFrom("add-observation", "assign", "escalate", "categorise", "merge", "set-impact-urgency");
  await fc.assert(
    fc.asyncProperty(paths, mostly(bodies), async (path, text) =>
      isClear(await world.api("POST", `/api/v1/incidents/${id}/${path}`, text)),
    ),
    runs,
  );
});

let network = 0;
/** Each from a network of its own, or the limit would answer. */
const fromAnywhere = (): Record<string, string> => {
  network += 1;
  return { "x-forwarded-for": `10.2.${network >> 8}.${network & 255}` };
};

test("public reports, over the API and by the form", async () => {
  const body = near({ title: '"t"', description: '"d"', language: '"en"', name: '"n"', contact: '"c"' });
  await fc.assert(
    fc.asyncProperty(mostly(body), fc.boolean(), async (text, form) => {
      if (network % 150 === 149) world.desk.clock.advance(11 * 60_000);
      const answer = form
        ? await world.api("POST", "/report", formOf(text), {
            token: null,
            headers: { ...fromAnywhere(), "content-type": "application/x-www-form-urlencoded" },
          })
        : await world.api("POST", "/api/v1/reports", text, { token: null, headers: fromAnywhere() });
      isClear(answer);
      if (!succeeded(answer)) return;
      const receipt = form ? /report\/([A-Za-z0-9]{24})/.exec(answer.text)?.[1] : answer.body.receipt;
      const read = await world.api("GET", `/api/v1/reports/${receipt}`, undefined, { token: null });
      assert.equal(read.body?.state, "reported", "the receipt shows it");
    }),
    runs,
  );
});

/** The same poison as a browser would post it; what is not an object goes as it is. */
function formOf(text: string): string {
  try {
    const fields = Object.entries(JSON.parse(text) as object);
    return fields.map(([key, one]) => `${escaped(key)}=${escaped(typeof one === "string" ? one : "1e999")}`).join("&");
  } catch {
    return text;
  }
}
const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());

test("accounts, tokens and configuration", async () => {
  const bodies = near({
    name: '"n"',
    nameFr: '"n"',
    nameEn: '"n"',
    email: '"fuzz@example.org"',
    kind: '"generic"',
    members: "[]",
    steps: "[]",
    mapping: "{}",
    password: '"p"',
  });
  const paths = fc.constantFrom(
    "people",
    "teams",
    "services",
    "schedules",
    "escalation-policies",
    "integrations",
    "session",
    "tokens",
  );
  await fc.assert(
    fc.asyncProperty(paths, mostly(bodies), async (path, text) =>
      isClear(await world.api("POST", `/api/v1/${path}`, text)),
    ),
    runs,
  );
  await fc.assert(
    fc.asyncProperty(
      mostly(near({ language: '"en"', zone: '"UTC"', publicReports: "true", defaultPolicy: "null" })),
      async (text) => isClear(await world.api("PATCH", "/api/v1/settings", text)),
    ),
    runs,
  );
});

test("links that were never sent, and what is posted to them", async () => {
  const link = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 90 }).map(escaped),
    fc.stringMatching(/^[\w-]{75}$/),
  );
  await fc.assert(
    fc.asyncProperty(link, mostly(near({ action: '"accept"', reason: '"r"' })), async (token, text) => {
      for (const answer of [
        await world.api("GET", `/ack/${token}`, undefined, { token: null }),
        await world.api("POST", `/ack/${token}`, formOf(text), {
          token: null,
          headers: { "content-type": "application/x-www-form-urlencoded" },
        }),
        await world.api("GET", `/report/${token}`, undefined, { token: null }),
      ])
        assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text.slice(0, 300)}`);
    }),
    runs,
  );
});
