/** Figures that a Prometheus reads of the desk: each in base units, without ids, and true when it is asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { version } from "../../server/platform/build.ts";
import { startWorld, type TestWorld } from "./world.ts";

/** Values by name and labels, as written. */
async function figures(world: TestWorld): Promise<ReadonlyMap<string, number>> {
  const { status, text } = await world.api("GET", "/metrics");
  assert.equal(status, 200);
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

test("open incidents by priority, which Tocsin, and hours that nobody answers", async () => {
  const world = await startWorld({ mail: false });
  const record = (body: object) => world.api("POST", "/api/v1/incidents", { title: "Payroll is late", ...body });
  const before = await figures(world);
  assert.equal(before.get(`tocsin_build_info{version="${version}"}`), 1);
  assert.equal(before.get('tocsin_incidents_open{priority="1"}'), 0);
  assert.equal(before.get("tocsin_schedule_gap_seconds"), 0);
  assert.equal(before.get('tocsin_heartbeats{state="waiting"}'), 0);

  const { body: urgent } = await record({ impact: 1, urgency: 1 });
  await record({});
  await record({ impact: 1, urgency: 1, exercise: true });
  const rotation = {
    kind: "weekly",
    zone: "UTC",
    startDate: "2026-01-05",
    handoverTime: "09:00",
    participants: [world.admin.id, null],
  };
  const schedule = await world.api("POST", "/api/v1/schedules", { name: "Every other week", layers: [{ rotation }] });
  assert.equal(schedule.status, 201);
  const { body: beat } = await world.api("POST", "/api/v1/heartbeats", { name: "Backup", intervalSeconds: 3_600 });
  await world.api("POST", "/api/v1/heartbeats", { name: "Sync", intervalSeconds: 3_600 });
  await world.knock(`/heartbeat/${beat.key}`, {});
  const during = await figures(world);
  assert.equal(during.get(`tocsin_incidents_open{priority="${urgent.priority}"}`), 1, "an exercise is none");
  const open = [...during].filter(([name]) => name.startsWith("tocsin_incidents_open"));
  assert.equal(open.length, 6, "none of the priorities is left out");
  assert.equal(
    open.reduce((sum, [, value]) => sum + value, 0),
    2,
  );
  assert.deepEqual(
    ["waiting", "alive", "late", "paused"].map((state) => during.get(`tocsin_heartbeats{state="${state}"}`)),
    [1, 1, 0, 0],
  );
  assert.equal(during.get("tocsin_schedule_gap_seconds"), 7 * 86_400, "one week of two has nobody");

  await world.api("POST", `/api/v1/incidents/${urgent.number}/dismiss`, { reason: "Not one." });
  const after = await figures(world);
  assert.equal(after.get(`tocsin_incidents_open{priority="${urgent.priority}"}`), 0, "none is said, and not the last");
  await world.stop();
});
