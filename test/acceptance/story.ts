/** The story that every desk must be able to tell, on whatever database: an event pages, a link takes the incident, people
 *  bring it to its end, and the record proves itself. */
import assert from "node:assert/strict";
import { type ExportedRecord, verifyRecord } from "../../core/kernel/record.ts";
import { type Json, pagerDutyEvent, type Someone, type TestWorld } from "./world.ts";

export type Told = { readonly id: string; readonly record: ExportedRecord; readonly person: Someone };

export const afterAcceptance: readonly (readonly [string, Json])[] = [
  ["categorise", { categories: ["security"] }],
  ["confirm-priority", { impact: 1, urgency: 2 }],
  ["add-observation", { text: "The log volume fills at 2 GB an hour." }],
  ["declare-restored", { text: "Logs moved to the second volume." }],
  ["declare-resolved", { solution: "The rotation is repaired.", cause: "A rotation that never ran." }],
  ...["renew-secrets", "restore-access", "watch-closely"].map(
    (item) => ["complete-recovery-item", { item, text: "Nothing was exposed." }] as const,
  ),
  ["confirm-recovery", { text: "Everything runs as before.", confirmedBy: "The billing clerk, at her desk" }],
  [
    "complete-documentation",
    { language: "en", summary: "A disk was full.", impact: "Billing stood still for 20 minutes." },
  ],
  ...["contained", "eradicated", "evidence-listed", "obligations-settled"].map(
    (criterion) => ["confirm-criterion", { criterion, text: "Seen." }] as const,
  ),
  ["close", {}],
];

/** Of a world with a mail server and one administrator. */
export async function tellMainStory(world: TestWorld): Promise<Told> {
  const { api, admin } = world;
  const person = await world.person("Ana Roy", 4);
  const steps = [{ targets: [{ kind: "person", id: person.id }], timeoutMinutes: 10 }];
  const policy = await api("POST", "/api/v1/escalation-policies", { name: "Standard", steps, repeat: 1 });
  const service = await api("POST", "/api/v1/services", {
    nameFr: "Facturation",
    nameEn: "Billing",
    policy: policy.body.id,
  });
  const { key } = await world.integration("pagerduty", { service: service.body.id });

  const event = await world.knock("/v2/enqueue", pagerDutyEvent(key, "disk"));
  assert.equal(event.status, 202, event.text);
  const page = await world.mailbox(person).expectPage();
  await world.mailbox(admin).expectNothing();
  const opened = await api("GET", page.ack, undefined, { token: null });
  assert.equal(opened.status, 200);
  assert.match(opened.text, /Disk full on disk/);
  const before = await api("GET", "/api/v1/incidents");
  assert.equal(before.body.data[0].acceptedBy, null, "reading the link changed nothing");

  await world.advance(3);
  const taken = await api("POST", page.ack, "action=accept", {
    token: null,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  assert.equal(taken.status, 200, taken.text);
  const incident = (await api("GET", "/api/v1/incidents")).body.data[0];
  assert.equal(incident.acceptedBy.id, person.id);
  assert.equal(incident.paging.status, "stopped");

  for (const [command, body] of afterAcceptance) {
    await world.advance(1);
    const answer = await api("POST", `/api/v1/incidents/${incident.number}/${command}`, body, { token: person.token });
    assert.equal(answer.status, 200, `${command}: ${answer.text}`);
  }
  /* Security, and grave: it may be major, and whoever can declare it hears so. */
  await world.mailbox(person).expectNotice();
  await world.advance(60);
  /* Restricted by its category: read by somebody whom it admits. */
  const as = { token: person.token };
  const closed = (await api("GET", `/api/v1/incidents/${incident.id}`, undefined, as)).body;
  assert.equal(closed.stage, "closed");
  assert.deepEqual(closed.missing, []);
  assert.deepEqual(closed.alerts, { open: 0, firing: 0 });

  const exported = await api("GET", `/api/v1/incidents/${incident.id}/export`, undefined, as);
  const record = exported.body as ExportedRecord;
  assert.equal(verifyRecord(record).whole, true);
  return { id: incident.id, record, person };
}
