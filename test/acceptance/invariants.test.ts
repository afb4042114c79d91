/** The invariants that every world is asked at its end notice what breaks them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { brokenInvariants } from "./invariants.ts";
import { makeRota } from "./rota.ts";
import { pagerDutyEvent, startWorld } from "./world.ts";

/** What the owner of the database might do to it, and what is then seen. */
const breaks: readonly (readonly [string, string])[] = [
  ["I1 an alert belongs", "update alerts set incident_id = gen_random_uuid()"],
  ["I1 each alert is counted", "delete from alerts where id = (select id from alerts limit 1)"],
  ["I1 an open incident counts", "update incidents set open_alerts = 7"],
  ["I2 paging that runs has its timer", "delete from timers"],
  ["I2 what a source opened", `update incidents set paging = jsonb_set(paging, '{status}', '"idle"')`],
  [
    "I2 while the service is down",
    `update incidents set paging = paging || '{"status": "stopped", "stoppedBecause": "accepted"}' where accepted_by is null`,
  ],
  ["I4 each step", "update events set data = jsonb_set(data, '{step}', '5') where type = 'page.requested'"],
  [
    "I4 a step that calls in turn",
    "update events set data = data || '{\"inTurnOf\": 2}' where type = 'paging.stepped'; update events set stream = 'x', seq = position where type = 'page.requested'",
  ],
  ["I4 each run", "update events set data = jsonb_set(data, '{run}', '5') where type = 'paging.stepped'"],
  [
    "I5 nobody is called",
    `update events set seq = seq + 1000 where type = 'page.requested'
       and stream in (select stream from events where type = 'assignment.accepted')`,
  ],
  [
    "I6 no call",
    "update events set data = data || '{\"pageId\": \"x\"}' where type = 'page.sent'; update events set stream = 'x', seq = position where type = 'page.sent'",
  ],
  ["I6 nobody is called twice", "update events set stream = 'x', seq = position where type = 'page.requested'"],
  ["I7", "update events set data = data || '{\"possibleDuplicate\": true}' where type = 'page.sent'"],
  ["I8 entries", "update events set seq = seq + 1000 where type = 'page.sent'"],
  ["I8 an incident's row", "update incidents set head = 'x'"],
  ["I9", "grant update on events to tocsin_app"],
  ["I11", "update outbox set done_at = null"],
  ["I12 each call", "delete from outbox where kind = 'page'"],
  ["I12 each post", "update outbox set kind = 'post' where kind = 'page'"],
  ["I12 what became of a post", "update outbox set kind = 'post' where kind = 'page'"],
  ["I12 what became of a call", "update outbox set status = 'dead' where kind = 'page'"],
  [
    "I19",
    `update incidents set paging = paging || '{"status": "running"}', incident = jsonb_set(incident, '{milestones,restored}', '1')`,
  ],
  ["I20", `update incidents set paging = jsonb_set(paging, '{pages}', '[]') where paging ->> 'status' = 'running'`],
  ["numbers", "update counters set value = value + 1"],
  ["I10", "update events set reason = 'another' where type = 'page.sent'"],
  ["I14", "update incidents set incident = jsonb_set(incident, '{acceptedBy}', 'null')"],
];

test("each invariant is broken by what breaks it, and none by an ordinary night", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "accepted"));
  const [{ id }] = (await world.api("GET", "/api/v1/incidents")).body.data;
  await world.mailbox(ana).expectPage();
  await world.api("POST", `/api/v1/incidents/${id}/accept`, {}, { token: ana.token });
  for (const one of [cleo, world.admin]) await world.mailbox(one).expectNotice();
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "waiting"));
  await world.mailbox(ana).expectPage();
  await world.settle();
  const owner = new pg.Client(world.database.owner);
  await owner.connect();
  try {
    assert.deepEqual(await brokenInvariants(owner), []);
    for (const [sentence, text] of breaks) {
      await owner.query("begin");
      await owner.query(text);
      const broken = (await brokenInvariants(owner)).map((one) => one.sentence);
      await owner.query("rollback");
      assert.ok(
        broken.some((one) => one.startsWith(sentence)),
        `${text}: ${broken.join("; ")}`,
      );
    }
  } finally {
    await owner.end();
  }
  await world.stop();
});
