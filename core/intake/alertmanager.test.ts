import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Signal } from "../alerts/decide.ts";
import { seedFromName } from "../kernel/id.ts";
import { parseAlertmanagerWebhook } from "./alertmanager.ts";

const instant = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

const fixtures = new URL("../../test/fixtures/", import.meta.url);

function captured(): { url: string; body: unknown }[] {
  const text = readFileSync(new URL("captures/alertmanager-0.25-webhook-pd-opsgenie.jsonl", fixtures), "utf8");
  const requests = text
    .trim()
    .split("\n")
    .map((line): { url: string; body: unknown } => JSON.parse(line));
  return requests.filter((request) => request.url.startsWith("/hook/"));
}

function accepted(body: unknown): { signals: readonly Signal[]; warnings: readonly string[] } {
  const parsed = parseAlertmanagerWebhook(body);
  assert.ok(parsed.ok);
  assert.equal(parsed.reply, null);
  return parsed;
}

const alert = {
  status: "firing",
  labels: { alertname: "DiskFull", instance: "n1:9100", severity: "critical" },
  annotations: {},
  startsAt: "2026-11-22T06:37:47.949324892Z",
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "",
  fingerprint: "8efed0fd5ec5784a",
};
const envelope = { version: "4", status: "firing", groupKey: '{}:{alertname="DiskFull"}', receiver: "all" };

test("captured: every webhook of Alertmanager 0.25 gives one signal an alert, in one group", () => {
  const requests = captured();
  assert.equal(requests.length, 6);
  for (const { body } of requests) {
    const { signals } = accepted(body);
    assert.equal(signals.length, (body as { alerts: unknown[] }).alerts.length);
    for (const signal of signals) {
      assert.equal(signal.groupKey, 'alertmanager:{}:{alertname="DiskFull", cluster="c1"}');
      assert.equal(signal.stateful, true);
      assert.equal(signal.startsAt, instant("2026-11-22T06:37:47.949Z"));
      assert.equal(signal.action, (body as { status: string }).status === "firing" ? "trigger" : "resolve");
    }
  }
});

test("captured: what an alert says", () => {
  const [first, second] = accepted(captured().find(({ url }) => url === "/hook/plain")?.body).signals;
  assert.deepEqual(first, {
    key: "8efed0fd5ec5784a",
    groupKey: 'alertmanager:{}:{alertname="DiskFull", cluster="c1"}',
    action: "trigger",
    title: "Disk full on n1",
    severity: "critical",
    source: "n1:9100",
    stateful: true,
    startsAt: instant("2026-11-22T06:37:47.949Z"),
    leaseUntil: null,
    by: null,
    details: {
      labels: { alertname: "DiskFull", cluster: "c1", instance: "n1:9100", severity: "critical" },
      annotations: { description: "Größe 99% ✓", runbook_url: "http://rb/1", summary: "Disk full on n1" },
      generatorURL: "http://prom/graph?g0",
      externalURL: "http://vm:9893",
      receiver: "all",
    },
  });
  assert.equal(second?.severity, "warning");
});

test("captured: alerts cut by max_alerts are not resolved, only counted", () => {
  const { signals, warnings } = accepted(captured().find(({ url }) => url === "/hook/bearer")?.body);
  assert.equal(signals.length, 1);
  assert.deepEqual(warnings, ["1 alerts were left out by the sender (max_alerts)"]);
});

test("sample: Grafana's webhook, version 1, firing envelope with a resolved member", () => {
  const body: unknown = JSON.parse(readFileSync(new URL("samples/grafana-webhook.json", fixtures), "utf8"));
  const { signals } = accepted(body);
  assert.deepEqual(
    signals.map(({ action, title, source }) => ({ action, title, source })),
    [
      {
        action: "trigger",
        title: "mem > 90 %",
        source: "https://grafana.example.com/alerting/grafana/abc/view?orgId=1",
      },
      { action: "resolve", title: "High memory usage", source: null },
    ],
  );
  assert.equal(signals[0]?.startsAt, instant("2026-11-22T07:51:03.157Z"));
  const details = signals[0]?.details as { values: unknown; panelURL: string };
  assert.deepEqual(details.values, { B: 44.23943737541908, C: 1 });
  assert.match(details.panelURL, /viewPanel=2/);
});

test("the status of the envelope decides nothing", () => {
  const { signals } = accepted({ ...envelope, status: "firing", alerts: [{ ...alert, status: "resolved" }] });
  assert.equal(signals[0]?.action, "resolve");
});

test("one malformed alert does not lose the others", () => {
  const alerts = [null, { ...alert, status: "pending" }, { status: "firing" }, alert, "text"];
  const { signals, warnings } = accepted({ ...envelope, alerts });
  assert.equal(signals.length, 1);
  assert.deepEqual(warnings, [
    "alert 1 is left out: not an object",
    "alert 2 is left out: 'status' is neither firing nor resolved",
    "alert 3 is left out: neither 'fingerprint' nor 'labels'",
    "alert 5 is left out: not an object",
  ]);
});

test("only a body that has no list of alerts is refused", () => {
  for (const body of [null, "", [], {}, { alerts: {} }]) assert.equal(parseAlertmanagerWebhook(body).ok, false);
  assert.deepEqual(accepted({ alerts: [] }).signals, []);
  assert.deepEqual(accepted({ alerts: [], truncatedAlerts: { toString: 1, valueOf: 1 } }).warnings, []);
});

test("without fingerprint the labels are the identity, whatever their order", () => {
  const one = { ...alert, fingerprint: undefined, labels: { a: "1", b: "2" } };
  const other = { ...alert, fingerprint: "", labels: { b: "2", a: "1", empty: "" } };
  const [first, second] = accepted({ ...envelope, alerts: [one, other] }).signals;
  assert.equal(first?.key.length, 64);
  assert.equal(first?.key, second?.key);
});

test("without groupKey the group labels serve, then the alert is its own group", () => {
  const grouped = accepted({ alerts: [alert], groupLabels: { alertname: "DiskFull" } }).signals[0];
  assert.equal(grouped?.groupKey, 'alertmanager:{"alertname":"DiskFull"}');
  assert.equal(accepted({ alerts: [alert] }).signals[0]?.groupKey, alert.fingerprint);
});

test("titles: annotations first, then the alert's name and instance", () => {
  const title = (extra: object) => accepted({ ...envelope, alerts: [{ ...alert, ...extra }] }).signals[0]?.title;
  assert.equal(title({}), "DiskFull n1:9100");
  assert.equal(title({ annotations: { title: "T", summary: " " } }), "T");
  assert.equal(title({ labels: { alertname: "DatasourceNoData", rulename: "CPU" } }), "DatasourceNoData CPU");
  assert.equal(title({ labels: { job: "a", zone: "b" } }), "job=a zone=b");
  assert.equal(title({ labels: {} }), alert.fingerprint);
});

test("severities: usual words, error when unknown", () => {
  const severity = (word?: unknown) =>
    accepted({ ...envelope, alerts: [{ ...alert, labels: { alertname: "x", severity: word } }] }).signals[0]?.severity;
  assert.deepEqual(
    ["page", "Critical", "major", "high", "warn", "minor", "none", "low", "odd", 7, undefined].map(severity),
    ["critical", "critical", "error", "error", "warning", "warning", "info", "info", "error", "error", "error"],
  );
});

test("trap 11: a start without a zone is ignored with a warning", () => {
  const { signals, warnings } = accepted({ ...envelope, alerts: [{ ...alert, startsAt: "2026-11-22T06:00:00" }] });
  assert.equal(signals[0]?.startsAt, null);
  assert.equal(warnings.length, 1);
});

test("property: any JSON is accepted or refused, never thrown at, and every string produced is clean", (t) => {
  const raw = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
  const json = fc.jsonValue() as fc.Arbitrary<unknown>;
  const anyAlert = fc.record(
    {
      status: fc.constantFrom("firing", "resolved", "odd"),
      labels: fc.oneof(fc.dictionary(raw, fc.oneof(raw, json)), json),
      annotations: fc.oneof(fc.dictionary(raw, raw), json),
      fingerprint: fc.oneof(raw, json),
      startsAt: fc.oneof(raw, json),
    },
    { requiredKeys: ["status"] },
  );
  const body = fc.record({ alerts: fc.array(fc.oneof(anyAlert, json)), groupKey: raw }, { requiredKeys: ["alerts"] });
  fc.assert(
    fc.property(fc.oneof(body, json), (value) => {
      const parsed = parseAlertmanagerWebhook(value);
      assert.doesNotMatch(JSON.stringify(parsed), /\\u0000|\\ud[89a-f]/);
      if (parsed.ok) for (const signal of parsed.signals) assert.ok(signal.title !== "" && signal.key !== "");
    }),
    { seed: seedFromName(t.name)[0], numRuns: 500 },
  );
});

test("a group of which no alert can be read is refused, with what is wrong with each; an empty one says nothing", () => {
  const parsed = parseAlertmanagerWebhook({ groupKey: "g", alerts: [{}, "x", { status: "firing" }] });
  assert.deepEqual(parsed.ok ? [] : parsed.errors.length, 3);
  const empty = parseAlertmanagerWebhook({ groupKey: "g", alerts: [] });
  assert.deepEqual([empty.ok, empty.ok && empty.signals], [true, []]);
});
