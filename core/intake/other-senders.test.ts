/** PagerDuty's version 1 and change events, and the webhooks of Opsgenie's integrations. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseChangeEvent } from "./change.ts";
import { parseOpsgenieWebhook } from "./opsgenie-webhook.ts";
import { parsePagerDutyV1Event, serviceKeyOf } from "./pagerduty-v1.ts";

const v1 = (body: unknown) => parsePagerDutyV1Event(body, { generatedKey: "generated" });

test("A3 version 1 has its own names; those of version 2, which Alertmanager sends empty beside them, are not read", () => {
  const parsed = v1({
    service_key: "k",
    incident_key: "one",
    event_type: "trigger",
    description: "[FIRING:1]  (V1)",
    event_action: "",
    payload: null,
    client: "Alertmanager",
    contexts: [{ type: "link", href: "http://x" }],
    details: { firing: "Labels", severity: "critical" },
  });
  assert.ok(parsed.ok);
  const [signal] = parsed.signals;
  assert.deepEqual(
    [signal?.key, signal?.action, signal?.title, signal?.severity, signal?.source],
    ["one", "trigger", "[FIRING:1] (V1)", "critical", "Alertmanager"],
  );
  assert.equal(serviceKeyOf({ service_key: " k " }), "k");
  assert.equal(serviceKeyOf({}), null);
});

test("a version 1 trigger needs a description, and what follows it the key it had", () => {
  for (const body of [
    {},
    { event_type: "trigger" },
    { event_type: "resolve" },
    { event_type: "x", description: "d" },
    3,
  ])
    assert.equal(v1(body).ok, false);
  const parsed = v1({ event_type: "trigger", description: "d" });
  assert.deepEqual(parsed.ok && parsed.reply, { dedupKey: "generated" });
  assert.ok(v1({ event_type: "resolve", incident_key: "one" }).ok);
});

test("a change has a summary, a time when its sender says one, and only links that may be followed", () => {
  const parsed = parseChangeEvent({
    routing_key: "k",
    payload: { summary: "Deployed 1.2", source: "ci", timestamp: "2027-01-01T00:00:00Z", custom_details: { build: 7 } },
    links: [{ href: "https://ci.example/7", text: "Build" }, { href: "javascript:alert(1)" }, "x"],
  });
  assert.deepEqual(parsed, {
    ok: true,
    warnings: [],
    change: {
      summary: "Deployed 1.2",
      source: "ci",
      at: Date.parse("2027-01-01T00:00:00Z"),
      links: [{ href: "https://ci.example/7", text: "Build" }],
      details: { build: 7 },
    },
  });
  const bare = parseChangeEvent({ payload: { summary: "s", timestamp: "yesterday", custom_details: "text" } });
  assert.ok(bare.ok);
  assert.deepEqual([bare.change.at, bare.change.details, bare.warnings.length], [null, { custom: "text" }, 1]);
  for (const body of [{}, { payload: {} }, { payload: { summary: " " } }, []])
    assert.equal(parseChangeEvent(body).ok, false);
});

test("prometheus and grafana are read as what they are", () => {
  const alerts = [{ status: "firing", labels: { alertname: "Down" }, fingerprint: "8efed0fd5ec5784a" }];
  for (const type of ["prometheus", "grafana"]) {
    const parsed = parseOpsgenieWebhook(type, { alerts, groupKey: "g" });
    assert.ok(parsed.ok);
    assert.equal(parsed.signals[0]?.key, "8efed0fd5ec5784a");
  }
});

test("the same rule of an older Grafana is one alert, whatever its title says", () => {
  const read = (state: string) => {
    const body = { title: `[${state}] Disk`, ruleId: 5, ruleName: "Disk", state, ruleUrl: "http://grafana/5" };
    const parsed = parseOpsgenieWebhook("grafana", body);
    assert.ok(parsed.ok);
    const { key, action, title } = parsed.signals[0] ?? {};
    return [key, action, title];
  };
  assert.deepEqual(
    [read("alerting"), read("ok")],
    [
      ["5", "trigger", "Disk"],
      ["5", "resolve", "Disk"],
    ],
  );
});

test("two disks of one host are two alerts of Netdata, and one that is clear ends its own", () => {
  const read = (chart: string, status: string) => {
    const body = { host: "n1", chart, name: "disk_space_usage", status, unique_id: "9", value: 91, info: "space" };
    const parsed = parseOpsgenieWebhook("netdata", body);
    assert.ok(parsed.ok);
    const { key, action, severity } = parsed.signals[0] ?? {};
    return [key, action, severity];
  };
  assert.deepEqual(read("disk_space._", "CRITICAL"), ["n1/disk_space._/disk_space_usage", "trigger", "critical"]);
  assert.deepEqual(read("disk_space._home", "WARNING")[0], "n1/disk_space._home/disk_space_usage");
  assert.deepEqual(read("disk_space._", "CLEAR").slice(0, 2), ["n1/disk_space._/disk_space_usage", "resolve"]);
});

test("anything else is read by its names, and kept as it came", () => {
  const body = { title: "Down", id: "7", status: "firing", nested: { a: [1] } };
  for (const type of ["datadog", "constructor", "__proto__"]) {
    const parsed = parseOpsgenieWebhook(type, body);
    assert.ok(parsed.ok);
    assert.deepEqual([parsed.signals[0]?.key, parsed.signals[0]?.details], ["7", body]);
  }
  assert.equal(parseOpsgenieWebhook("datadog", "text").ok, false);
});
