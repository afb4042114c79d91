/** What the clients of other people do with a status decides which one we give (A2 of our compatibility notes): some never
 *  try again after 429, some re-send an empty body, one ends its caller's process on anything but a JSON object. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, pagerDutyEvent, startWorld } from "./world.ts";

test("A2 what cannot be written is 503 with a JSON object and a time to come back, never 429, never 2xx", async () => {
  const world = await startWorld({ mail: false });
  const pagerduty = await world.integration("pagerduty");
  const opsgenie = await world.integration("opsgenie");
  const alertmanager = await world.integration("alertmanager");
  const generic = await world.integration("generic");
  const firing = { status: "firing", labels: { alertname: "Down" }, fingerprint: "8efed0fd5ec5784a" };
  const genie = { authorization: `GenieKey ${opsgenie.key}` };
  const v1 = { service_key: pagerduty.key, event_type: "trigger", incident_key: "v1", description: "d" };
  const everywhere = (): Promise<Answer[]> =>
    Promise.all([
      world.knock("/v2/enqueue", pagerDutyEvent(pagerduty.key, "v2")),
      world.knock("/generic/2010-04-15/create_event.json", v1),
      world.knock("/v2/change/enqueue", { routing_key: pagerduty.key, payload: { summary: "s" } }),
      world.knock("/v2/alerts", { message: "m", alias: "a" }, genie),
      world.knock(`/v1/json/prometheus?apiKey=${opsgenie.key}`, { alerts: [firing] }),
      world.knock(`/alertmanager/${alertmanager.key}/webhook`, { alerts: [firing] }),
      world.knock(`/alertmanager/${alertmanager.key}/api/v2/alerts`, [{ labels: { alertname: "Pushed" } }]),
      world.knock(`/events/${generic.key}`, { title: "t" }),
    ]);
  await world.query("alter table alerts rename to away");
  await world.query("alter table changes rename to changes_away");
  for (const answer of await everywhere()) {
    assert.equal(answer.status, 503, answer.text);
    assert.match(String(answer.headers["content-type"]), /^application\/json/);
    assert.equal(typeof answer.body, "object");
    assert.ok(Number(answer.headers["retry-after"]) > 0);
  }
  await world.query("alter table away rename to alerts");
  await world.query("alter table changes_away rename to changes");
  /* Sent again, as it was: nothing of the first time was kept. */
  for (const answer of await everywhere()) assert.ok(answer.status < 300, answer.text);
  const [kept] = await world.query<{ n: number }>("select count(*)::int as n from alerts");
  assert.equal(kept?.n, 7);
  await world.stop({ errors: true });
});

test("A1.4 a body declared as a form, as curl and Netdata declare it, is read as the JSON that it is", async () => {
  const world = await startWorld({ mail: false });
  const pagerduty = await world.integration("pagerduty");
  const opsgenie = await world.integration("opsgenie");
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const v1 = { service_key: pagerduty.key, event_type: "trigger", incident_key: "v1", description: "d" };
  assert.equal((await world.knock("/generic/2010-04-15/create_event.json", v1, form)).status, 200);
  const change = { routing_key: pagerduty.key, payload: { summary: "s" } };
  assert.equal((await world.knock("/v2/change/enqueue", change, form)).status, 202);
  const headers = { ...form, authorization: `GenieKey ${opsgenie.key}` };
  assert.equal((await world.knock("/v2/alerts", { message: "m" }, headers)).status, 202);
  await world.stop();
});
