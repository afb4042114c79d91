import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Signal } from "../alerts/decide.ts";
import { seedFromName } from "../kernel/id.ts";
import { parsePagerDutyEvent, routingKeyOf } from "./pagerduty.ts";

type Captured = { readonly method: string; readonly url: string; readonly body: unknown; readonly answered: number };

function captured(file: string, url: string): Captured[] {
  const text = readFileSync(new URL(`../../test/fixtures/captures/${file}.jsonl`, import.meta.url), "utf8");
  const requests = text
    .trim()
    .split("\n")
    .map((line): Captured => JSON.parse(line));
  return requests.filter((request) => request.url === url);
}

const instant = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

const generatedKey = "made-here";

function parse(body: unknown) {
  return parsePagerDutyEvent(body, { generatedKey });
}

function accepted(body: unknown): { signal: Signal; warnings: readonly string[] } {
  const parsed = parse(body);
  assert.ok(parsed.ok, parsed.ok ? "" : parsed.errors.join("; "));
  const [signal, ...others] = parsed.signals;
  assert.ok(signal !== undefined && others.length === 0);
  assert.deepEqual(parsed.reply, { dedupKey: signal.key });
  return { signal, warnings: parsed.warnings };
}

function errorsOf(body: unknown): readonly string[] {
  const parsed = parse(body);
  assert.ok(!parsed.ok);
  return parsed.errors;
}

const payload = { summary: "disk full", source: "db1", severity: "critical" };
const trigger = { routing_key: "k".repeat(32), event_action: "trigger", dedup_key: "disk/db1", payload };

test("a trigger gives one signal", () => {
  assert.deepEqual(accepted(trigger).signal, {
    key: "disk/db1",
    groupKey: "disk/db1",
    action: "trigger",
    title: "disk full",
    severity: "critical",
    source: "db1",
    stateful: false,
    startsAt: null,
    leaseUntil: null,
    by: null,
    details: {},
  });
});

test("captured: Alertmanager 0.25 triggers and resolves one key, payload always there", () => {
  const [fired, resolved] = captured("alertmanager-0.25-webhook-pd-opsgenie", "/v2/enqueue").map(({ body }) => {
    assert.equal(routingKeyOf(body), "0123456789abcdef0123456789abcdef");
    return accepted(body).signal;
  });
  assert.equal(fired?.action, "trigger");
  assert.equal(resolved?.action, "resolve");
  assert.equal(fired?.key, "bc835db4d4cee015f5d27a9079947e701ea27ab56ffb5e6e12db14fe1a730fc1");
  assert.equal(resolved?.key, fired?.key);
  assert.equal(fired?.title, "[FIRING:2] DiskFull c1");
  assert.equal(fired?.severity, "error");
  const details = fired?.details as { custom_details: { num_firing: string }; links: unknown; client: string };
  assert.equal(details.custom_details.num_firing, "2");
  assert.deepEqual(details.links, [{ href: "http://runbook/", text: "Runbook" }]);
  assert.equal(details.client, "Prom AM");
});

test("captured: go-pagerduty, pdjs", () => {
  const [fromGo] = captured("go-sdks-opsgenie-pagerduty", "/v2/enqueue");
  const go = accepted(fromGo?.body).signal;
  assert.equal(go.key, "dk");
  assert.deepEqual((go.details as { custom_details: unknown }).custom_details, { a: [1] });
  const [fromNode] = captured("npm-pdjs-nodepagerduty-opsgeniesdk-and-am-pdv1", "/v2/enqueue");
  const node = accepted(fromNode?.body).signal;
  assert.equal(node.key, generatedKey);
  assert.equal(node.severity, "info");
});

test("trap 5: unknown fields are ignored everywhere", () => {
  const body = { ...trigger, IdentifierType: 1, payload: { ...payload, class: "", later: { x: 1 } } };
  assert.deepEqual(accepted(body).signal, accepted(trigger).signal);
});

test("trap 7: an empty body is an error, never an accepted event", () => {
  const requests = captured("go-pagerduty-retry-empty-body", "/v2/enqueue");
  assert.equal(requests.length, 3);
  assert.equal(accepted(requests[0]?.body).signal.title, "s");
  for (const request of requests.slice(1)) assert.equal(parse(request.body).ok, false);
  for (const body of [undefined, null, "", "{}", 0, []]) {
    assert.equal(parse(body).ok, false);
    assert.equal(routingKeyOf(body), null);
  }
});

test("trap 9: the routing key is read from the body", () => {
  assert.equal(routingKeyOf(trigger), "k".repeat(32));
  assert.equal(routingKeyOf({ routing_key: " R123 " }), "R123");
  assert.equal(routingKeyOf({ routing_key: 12 }), null);
  assert.equal(routingKeyOf(JSON.parse('{"__proto__":{"routing_key":"x"}}')), null);
});

test("trap 11: times with nanoseconds or +0000 are read", () => {
  const at = (timestamp: unknown) => accepted({ ...trigger, payload: { ...payload, timestamp } });
  assert.equal(at("2026-11-22T06:37:47.949324892Z").signal.startsAt, instant("2026-11-22T06:37:47.949Z"));
  assert.equal(at("2015-07-17T08:42:58.315+0000").signal.startsAt, instant("2015-07-17T08:42:58.315Z"));
  assert.equal(at("2026-11-22T08:00:00+02:00").signal.startsAt, instant("2026-11-22T06:00:00Z"));
  assert.deepEqual(at(undefined).warnings, []);
});

test("trap 11: a time without a zone, or garbage, is ignored with a warning and never refused", () => {
  for (const timestamp of ["2026-11-22T06:00:00.000", "yesterday", 1_700_000_000, {}, "9999-01-01T00:00:00Z"]) {
    const { signal, warnings } = accepted({ ...trigger, payload: { ...payload, timestamp } });
    assert.equal(signal.startsAt, null);
    assert.equal(warnings.length, 1);
    assert.deepEqual((signal.details as { timestamp: unknown }).timestamp, timestamp);
  }
});

test("Zabbix: acknowledge and resolve come without payload", () => {
  for (const event_action of ["acknowledge", "resolve"]) {
    const { signal } = accepted({ routing_key: "r", event_action, dedup_key: "4711" });
    assert.equal(signal.action, event_action);
    assert.equal(signal.key, "4711");
    assert.equal(signal.title, "4711");
    assert.equal(signal.by, null);
  }
  assert.equal(accepted({ event_action: "resolve", dedup_key: "k", payload: null }).signal.action, "resolve");
});

test("a trigger without dedup_key gets the key made for it, and is told", () => {
  for (const dedup_key of [undefined, null, "", "  ", "\u0001"]) {
    assert.equal(accepted({ ...trigger, dedup_key }).signal.key, generatedKey);
  }
  assert.equal(accepted({ ...trigger, dedup_key: 42 }).signal.key, "42");
});

test("what is missing or wrong is named, all at once", () => {
  assert.deepEqual(errorsOf({ event_action: "trigger" }), ["'payload' is missing or not an object"]);
  assert.deepEqual(errorsOf({ event_action: "trigger", payload: { summary: " ", severity: "high" } }), [
    "'summary' is missing or blank",
    "'source' is missing or blank",
    "'severity' is missing or not one of critical, error, warning, info",
  ]);
  assert.match(errorsOf({ ...trigger, event_action: "" })[0] ?? "", /^'event_action'/);
  assert.deepEqual(errorsOf({ event_action: "resolve", dedup_key: "\u0001" }), ["'dedup_key' is missing or blank"]);
  assert.deepEqual(errorsOf({ ...trigger, dedup_key: "x".repeat(256) }), ["'dedup_key' is longer than 255 characters"]);
});

test("a long summary is cut by code points and kept whole in the details", () => {
  const summary = "🚨".repeat(1_025);
  const { signal, warnings } = accepted({ ...trigger, payload: { ...payload, summary } });
  assert.equal(signal.title, "🚨".repeat(1_024));
  assert.equal((signal.details as { summary: string }).summary, summary);
  assert.equal(warnings.length, 1);
});

test("custom_details may be any JSON; text is wrapped", () => {
  const details = (custom_details: unknown) =>
    (accepted({ ...trigger, payload: { ...payload, custom_details } }).signal.details as { custom_details?: unknown })
      .custom_details;
  assert.deepEqual(details("free text"), { custom: "free text" });
  assert.deepEqual(details([1, { a: null }]), [1, { a: null }]);
  assert.equal(details(null), undefined);
});

test("property: any JSON is accepted or refused, never thrown at, and every string produced is clean", (t) => {
  const raw = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
  const anything = fc.oneof(raw, fc.jsonValue() as fc.Arbitrary<unknown>, fc.constantFrom(...Object.values(payload)));
  const event = fc.record(
    {
      event_action: fc.constantFrom("trigger", "acknowledge", "resolve", 1),
      dedup_key: anything,
      client: anything,
      links: fc.array(anything),
      payload: fc.record(
        { summary: raw, source: anything, severity: fc.constant("info"), custom_details: anything, timestamp: raw },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(event, fc.jsonValue() as fc.Arbitrary<unknown>), (body) => {
      const parsed = parse(body);
      assert.ok(JSON.stringify(parsed).isWellFormed());
      assert.doesNotMatch(JSON.stringify(parsed), /\\u0000|\\ud[89a-f]/);
      if (parsed.ok) for (const signal of parsed.signals) assert.notEqual(signal.title, "");
    }),
    { seed: seedFromName(t.name)[0], numRuns: 500 },
  );
});
