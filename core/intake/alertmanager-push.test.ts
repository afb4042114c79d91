/** What Prometheus pushes, as captured from a real one (2.42), and what it must not be able to break. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { parseIso } from "../kernel/time.ts";
import { parseAlertmanagerWebhook } from "./alertmanager.ts";
import { type Push, parseAlertmanagerPush } from "./alertmanager-push.ts";
import { labelFingerprint } from "./label-fingerprint.ts";
import { parseMatcher } from "./matcher.ts";

const captures = (file: string): { url: string; body: unknown; t: string }[] =>
  readFileSync(join(import.meta.dirname, "..", "..", "test", "fixtures", "captures", file), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const at = parseIso("2026-11-22T06:42:13.643Z") ?? 0;
const pushed = (body: unknown, when = at): Push => {
  const read = parseAlertmanagerPush(body, when);
  assert.ok(read, "a list was read");
  return read;
};
const alert = { labels: { alertname: "Disk", cluster: "c1", instance: "n1" }, startsAt: "2026-11-22T06:40:00Z" };

test("the fingerprint is Alertmanager's own: every alert it sent bears it, and none at all gives the empty hash", () => {
  let compared = 0;
  for (const { url, body } of captures("alertmanager-0.25-webhook-pd-opsgenie.jsonl")) {
    if (!url.startsWith("/hook/")) continue;
    for (const one of (body as { alerts: { labels: Record<string, string>; fingerprint: string }[] }).alerts) {
      assert.equal(labelFingerprint(one.labels), one.fingerprint);
      compared += 1;
    }
  }
  assert.ok(compared > 5);
  assert.equal(labelFingerprint({}), "cbf29ce484222325");
  assert.notEqual(labelFingerprint({ a: "é" }), labelFingerprint({ a: "è" }));
});

test("every captured push is read whole; sent at its time it fires under a lease of four resend delays", () => {
  for (const { body, t } of captures("prometheus-2.42-to-am-api-v2.jsonl")) {
    const received = parseIso(t) ?? 0;
    const { alerts, errors } = pushed(body, received);
    assert.deepEqual(errors, []);
    assert.equal(alerts.length, (body as unknown[]).length);
    for (const one of alerts) {
      const { signal, warnings } = one.read();
      assert.deepEqual(warnings, []);
      assert.equal(signal.key, one.key);
      assert.equal(signal.stateful, true);
      assert.ok(signal.groupKey.startsWith("prometheus:"));
      assert.ok(one.startsAt !== null && one.startsAt <= received);
      if (one.action === "trigger") assert.ok(one.leaseUntil !== null && one.leaseUntil > received);
      else assert.equal(one.leaseUntil, null);
    }
  }
});

test("grouped by alertname, cluster and service, whatever else differs", () => {
  const groupOf = (labels: Record<string, string>): string | undefined =>
    pushed([{ labels }]).alerts[0]?.read().signal.groupKey;
  assert.equal(
    groupOf({ alertname: "A", cluster: "c", instance: "1" }),
    groupOf({ alertname: "A", cluster: "c", instance: "2" }),
  );
  assert.notEqual(groupOf({ alertname: "A", cluster: "c" }), groupOf({ alertname: "A", cluster: "d" }));
  assert.notEqual(groupOf({ alertname: "A" }), groupOf({ alertname: "A", service: "s" }));
});

test("endsAt is a lease in the future and the end in the past; missing, it is five minutes, never the end", () => {
  const one = (changes: object) => pushed([{ ...alert, ...changes }]).alerts[0];
  assert.deepEqual([one({})?.action, one({})?.leaseUntil], ["trigger", at + 300_000]);
  assert.equal(one({ endsAt: "0001-01-01T00:00:00Z" })?.leaseUntil, at + 300_000);
  assert.deepEqual(
    [one({ endsAt: "2026-11-22T06:42:00Z" })?.action, one({ endsAt: "2026-11-22T06:42:00Z" })?.leaseUntil],
    ["resolve", null],
  );
  assert.equal(one({ endsAt: "2026-11-22T06:50:00.123456789Z" })?.leaseUntil, parseIso("2026-11-22T06:50:00.123Z"));
});

test("an empty label is no label: the alert is the same without it", () => {
  const keys = [{ ...alert.labels, zone: "" }, alert.labels].map((labels) => pushed([{ labels }]).alerts[0]?.key);
  assert.equal(keys[0], keys[1]);
});

test("pushed by Prometheus or told by its Alertmanager, an alert has one key", () => {
  const key = pushed([alert]).alerts[0]?.key;
  const fingerprint = labelFingerprint(alert.labels);
  const told = parseAlertmanagerWebhook({ alerts: [{ ...alert, status: "firing", fingerprint }] });
  assert.equal(told.ok && told.signals[0]?.key, key);
});

test("what cannot be an alert is named in Alertmanager's words, and the others of its batch are read", () => {
  const { alerts, errors, malformed } = pushed([alert, { labels: {} }, { labels: { a: "" } }, alert]);
  assert.equal(alerts.length, 2);
  assert.deepEqual(errors, ["at least one label pair required", "at least one label pair required"]);
  assert.equal(malformed, false);
  assert.deepEqual(pushed([{ ...alert, endsAt: "2026-11-22T06:39:00Z" }]).errors, [
    "start time must be before end time",
  ]);
  const number = pushed([{ labels: { alertname: 7 } }, alert]);
  assert.deepEqual([number.alerts.length, number.malformed], [1, true]);
  assert.equal(parseAlertmanagerPush({ alerts: [] }, at), null);
  assert.deepEqual(pushed([]), { alerts: [], errors: [], malformed: false });
});

test("unknown fields, UTF-8 names and absurd dates are no reason to lose an alert", () => {
  const odd = {
    ...alert,
    labels: { ...alert.labels, "clé-é": "ü" },
    UpdatedAt: "x",
    Timeout: false,
    startsAt: "yesterday",
  };
  const { alerts, errors } = pushed([odd]);
  assert.deepEqual(errors, []);
  assert.equal(alerts[0]?.startsAt, null);
  assert.equal(alerts[0]?.read().warnings.length, 1);
});

test("whatever the body holds, it is read or refused", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.array(fc.record({ labels: fc.dictionary(fc.string(), fc.jsonValue()) })),
      (any, list) => {
        for (const body of [any, list]) {
          const read = parseAlertmanagerPush(body, at);
          for (const one of read?.alerts ?? []) assert.match(one.read().signal.key, /^[0-9a-f]{16}$/);
        }
      },
    ),
  );
});

test("matchers are read as amtool writes them", () => {
  const labels = { alertname: "DiskFull", instance: "db1:9100", "a b": "x" };
  for (const [text, matches] of [
    ['alertname="DiskFull"', true],
    ["alertname=DiskFull", true],
    ['alertname!="DiskFull"', false],
    ['instance=~"db.*"', true],
    ['instance=~"db"', false],
    ['instance!~"web.*"', true],
    ['absent=""', true],
    ['"a b"="x"', true],
    ['alertname="Disk\\"Full"', false],
  ] as const)
    assert.equal(parseMatcher(text)?.(labels), matches, text);
  for (const text of ["", "=", "alertname", 'alertname=~"("', `a=~"${"x{1000}".repeat(90)}"`])
    assert.equal(parseMatcher(text), null, text);
});
