import assert from "node:assert/strict";
import { test } from "node:test";
import { heartbeatView, parseHeartbeat, parseHeartbeatChange, readHeartbeatAddress } from "./opsgenie-heartbeat.ts";

test("an address names all, one, or what is done to one; a name may hold what an address cannot", () => {
  assert.deepEqual(readHeartbeatAddress(""), { is: "all" });
  assert.deepEqual(readHeartbeatAddress("/"), { is: "all" });
  assert.deepEqual(readHeartbeatAddress("/nightly%20backup"), { is: "one", name: "nightly backup" });
  assert.deepEqual(readHeartbeatAddress("/a/b/ping"), { is: "ping", name: "a/b" });
  assert.deepEqual(readHeartbeatAddress("/ping"), { is: "one", name: "ping" });
  assert.deepEqual(readHeartbeatAddress("/x/enable/"), { is: "enable", name: "x" });
  for (const rest of ["/%00", `/${"x".repeat(201)}`, "/%20"])
    assert.deepEqual(readHeartbeatAddress(rest), { is: "nothing" });
  assert.deepEqual(readHeartbeatAddress("/%zz"), { is: "one", name: "%zz" });
});

test("what is asked for is read as Opsgenie does, and shown as it was asked", () => {
  const body = { name: "hb", interval: 5, intervalUnit: "hours", enabled: true, alertPriority: "P1", alertTags: ["a"] };
  const parsed = parseHeartbeat({ ...body, ownerTeam: { name: "t" }, alertMessage: "It stopped" });
  assert.ok(parsed.ok);
  assert.deepEqual(
    [parsed.asked.intervalMs, parsed.asked.severity, parsed.asked.priority],
    [5 * 3_600_000, "critical", 1],
  );
  assert.deepEqual(heartbeatView({ ...parsed.asked, expired: false, lastPingAt: 0 }), {
    ...body,
    description: "",
    expired: false,
    alertMessage: "It stopped",
    lastPingTime: "1970-01-01T00:00:00.000Z",
  });
});

test("what cannot be read is said by field", () => {
  const fieldsOf = (body: unknown) => {
    const parsed = parseHeartbeat(body);
    return parsed.ok ? [] : Object.keys(parsed.errors);
  };
  assert.deepEqual(fieldsOf([]), ["body"]);
  assert.deepEqual(fieldsOf({}), ["name", "interval"]);
  assert.deepEqual(fieldsOf({ name: "x", interval: 0 }), ["interval"]);
  assert.deepEqual(fieldsOf({ name: "x", interval: 1.5, intervalUnit: "weeks" }), ["intervalUnit", "interval"]);
  assert.deepEqual(fieldsOf({ name: "x", interval: 1, alertPriority: "P9" }), ["alertPriority"]);
});

test("a change keeps what it leaves out, its unit included", () => {
  assert.deepEqual(parseHeartbeatChange({ interval: 2 }, "days"), {
    ok: true,
    asked: { intervalMs: 2 * 86_400_000, unit: "days" },
  });
  assert.deepEqual(parseHeartbeatChange({ enabled: false }, "days"), { ok: true, asked: { enabled: false } });
  assert.equal(parseHeartbeatChange({ interval: -1 }, "days").ok, false);
});
