/** The acknowledge link, tried by everything that opens mail before its reader does, by two people at once, by whoever
 *  got hold of it, and by a tired hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ExportedRecord, verifyRecord } from "../../core/kernel/record.ts";
import { recordOf, typesOf } from "./rota.ts";
import {
  type Answer,
  type Json,
  type Method,
  pagerDutyEvent,
  type Someone,
  startWorld,
  type TestWorld,
} from "./world.ts";

const form = { "content-type": "application/x-www-form-urlencoded" };
const get = (world: TestWorld, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  world.api("GET", path, undefined, { token: null, headers });
const press = (world: TestWorld, path: string, body = "action=accept"): Promise<Answer> =>
  world.api("POST", path, body, { token: null, headers: form });

/** One step that calls both, one alert, and what each was sent. */
async function twoCalled(
  world: TestWorld,
): Promise<{ id: string; ana: Someone; cleo: Someone; acks: [string, string] }> {
  const [ana, cleo] = [await world.person("Ana Roy", 3), await world.person("Cleo Diop", 4)];
  const targets = [ana, cleo].map(({ id }) => ({ kind: "person", id }));
  const steps = [{ targets, timeoutMinutes: 60 }];
  const policy = (await world.api("POST", "/api/v1/escalation-policies", { name: "Both", steps })).body.id;
  const service = (await world.api("POST", "/api/v1/services", { nameFr: "Paie", nameEn: "Payroll", policy })).body.id;
  const { key } = await world.integration("pagerduty", { service });
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "disk"));
  const [one] = (await world.api("GET", "/api/v1/incidents")).body.data;
  const acks: [string, string] = [
    (await world.mailbox(ana).expectPage()).ack,
    (await world.mailbox(cleo).expectPage()).ack,
  ];
  return { id: one.id, ana, cleo, acks };
}

test("mail scanners that fetch the link, however and however often, change nothing; only its button does", async () => {
  const world = await startWorld();
  const { id, ana, acks } = await twoCalled(world);
  const before = await typesOf(world, id);
  const methods: Method[] = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"];
  for (const method of methods)
    for (const path of [acks[0], `${acks[0]}/`, `${acks[0]}?action=accept`]) {
      const answer = await world.api(method, path, undefined, { token: null, headers: { purpose: "prefetch" } });
      assert.equal(answer.status, method === "GET" || method === "HEAD" ? 200 : 405, `${method} ${path}`);
      assert.equal(answer.headers["set-cookie"], undefined, "no session is made");
      assert.equal(answer.headers["cache-control"], "no-store");
    }
  assert.deepEqual(await typesOf(world, id), before);

  const pressed = await press(world, acks[0]);
  assert.equal(pressed.headers["set-cookie"], undefined, "nor by pressing it");
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}`)).body.acceptedBy.id, ana.id);
  await world.stop();
});

test("two who press at the same instant: one has it, and the other is told who", async () => {
  const world = await startWorld();
  const { id, acks } = await twoCalled(world);
  const pages = await Promise.all(acks.map((ack) => press(world, ack)));
  const accepted = (await recordOf(world, id)).filter((entry) => entry.type === "assignment.accepted");
  assert.equal(accepted.length, 1, "only one accepts");
  const winner = String(accepted[0]?.data?.name);
  assert.deepEqual(
    pages.map((page) => page.status),
    [200, 200],
  );
  const told = pages.filter((page) => page.text.includes(`${winner} accepted`));
  assert.equal(told.length, 1, pages.map((page) => page.text).join("\n"));
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}`)).body.acceptedBy.name, winner);
  await world.stop();
});

test("pressed again, by whoever has it or by another, it changes nothing and says who has it", async () => {
  const world = await startWorld();
  const { id, acks } = await twoCalled(world);
  await press(world, acks[0]);
  const before = await typesOf(world, id);
  for (const body of ["action=accept", "action=decline&reason=no", "", "action=anything"])
    for (const ack of acks) assert.equal((await press(world, ack, body)).status, 200);
  assert.match((await press(world, acks[1])).text, /Ana Roy/);
  assert.deepEqual(await typesOf(world, id), before);
  await world.stop();
});

test("once it has ended the link says so and changes nothing", async () => {
  const world = await startWorld();
  const { id, acks } = await twoCalled(world);
  const dismissed = await world.api("POST", `/api/v1/incidents/${id}/dismiss`, { reason: "A test of the probe." });
  assert.equal(dismissed.status, 200, dismissed.text);
  const before = await typesOf(world, id);
  for (const body of ["action=accept", "action=decline"]) {
    const answer = await press(world, acks[0], body);
    assert.equal(answer.status, 200);
    assert.doesNotMatch(answer.text, /<form/);
  }
  assert.deepEqual(await typesOf(world, id), before);
  await world.stop();
});

test("a link is one person's for one incident: made over for somebody else, or of somebody who left, it says nothing", async () => {
  const world = await startWorld();
  const { id, ana, acks } = await twoCalled(world);
  const bytes = acks.map((ack) => Buffer.from(ack.slice("/ack/".length), "base64url"));
  const [mine, theirs] = bytes as [Buffer, Buffer];
  const forged = [
    Buffer.concat([mine.subarray(0, 16), theirs.subarray(16, 32), mine.subarray(32)]),
    Buffer.concat([mine.subarray(0, 36), theirs.subarray(36)]),
    Buffer.concat([mine.subarray(0, 32), Buffer.from([0xff, 0xff, 0xff, 0xff]), mine.subarray(36)]),
    Buffer.concat([mine, Buffer.from([0])]),
    mine.subarray(0, -1),
  ];
  for (const one of forged)
    for (const answer of [
      await get(world, `/ack/${one.toString("base64url")}`),
      await press(world, `/ack/${one.toString("base64url")}`),
    ]) {
      assert.equal(answer.status, 404);
      assert.doesNotMatch(answer.text, /Disk full|INC-|Payroll/);
    }
  assert.equal((await world.api("PATCH", `/api/v1/people/${ana.id}`, { active: false })).status, 200);
  assert.equal((await press(world, acks[0])).status, 404, "whoever left takes nothing");
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}`)).body.acceptedBy, null);
  await world.stop();
});

test("a link lasts a day and not a minute more", async () => {
  const world = await startWorld();
  const { acks } = await twoCalled(world);
  world.desk.clock.advance(24 * 3_600_000 - 60_000);
  assert.equal((await get(world, acks[0])).status, 200);
  world.desk.clock.advance(2 * 60_000);
  assert.equal((await get(world, acks[0])).status, 404);
  assert.equal((await press(world, acks[0])).status, 404);
  await world.stop({ letters: true });
});

test("whatever is posted as a reason is kept clean, and the record still verifies", async () => {
  const world = await startWorld();
  const { id, acks } = await twoCalled(world);
  const reasons = [`${"a".repeat(199)}😀 and more`, "no\u0000thing \u202eright\r\nBcc: x", "é".repeat(1_000), ""];
  for (const reason of reasons) {
    const answer = await press(world, acks[0], `action=decline&reason=${encodeURIComponent(reason)}`);
    assert.equal(answer.status, 200, answer.text);
  }
  const entries = await recordOf(world, id);
  const kept = entries.filter((entry) => entry.type === "assignment.declined").map((entry) => String(entry.reason));
  assert.equal(kept.length, reasons.length);
  for (const reason of kept) {
    assert.ok(reason.isWellFormed() && Array.from(reason).length <= 200, reason);
    assert.doesNotMatch(reason, /[\p{Cc}\u202e]/u);
  }
  const record = (await world.api("GET", `/api/v1/incidents/${id}/export`)).body as ExportedRecord;
  assert.equal(verifyRecord(record).whole, true);
  await world.stop();
});

/** A zone where it is that hour now. */
function zoneAt(world: TestWorld, hour: number): string {
  const behind = (new Date(world.desk.clock.now()).getUTCHours() - hour + 24) % 24;
  return behind <= 12 ? `Etc/GMT+${behind}` : `Etc/GMT-${24 - behind}`;
}

test("the page is whole in less than 20 kB without a script, in its reader's language, and dark where it is night", async () => {
  const world = await startWorld();
  const night = await world.person("Ines Caron", 3, { language: "fr", zone: zoneAt(world, 3) });
  const day = await world.person("Sam Tessier", 3, { language: "en", zone: zoneAt(world, 12) });
  const targets = [night, day].map(({ id }) => ({ kind: "person", id }));
  const steps = [{ targets, timeoutMinutes: 60 }];
  const policy = (await world.api("POST", "/api/v1/escalation-policies", { name: "P", steps })).body.id;
  const wide = "&<é>\"'".repeat(60).slice(0, 200);
  const service = (await world.api("POST", "/api/v1/services", { nameFr: wide, nameEn: wide, policy })).body.id;
  const { key } = await world.integration("pagerduty", { service });
  const payload = { summary: "&".repeat(1_024), source: "s", severity: "critical" };
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "wide", { payload }));
  const [fr, en] = [await world.mailbox(night).expectPage(), await world.mailbox(day).expectPage()];
  assert.match(fr.subject, /^P1 /);

  const looks = [
    [fr.ack, "fr", true],
    [`${fr.ack}?lang=en`, "en", true],
    [en.ack, "en", false],
    [`${en.ack}?lang=fr`, "fr", false],
  ] as const;
  for (const [path, language, dark] of looks) {
    const page = await get(world, path, { "accept-language": language === "fr" ? "en" : "fr" });
    assert.match(page.text, new RegExp(`<html lang="${language}"`), path);
    assert.equal(page.text.includes('class="night"'), dark, path);
    small(page);
  }
  const taken = await press(world, fr.ack);
  for (const page of [taken, await get(world, en.ack)]) small(page);
  assert.match(taken.text, /Pris en charge/);
  await world.stop({ letters: true });
});

function small(page: Answer): void {
  const bytes = Buffer.byteLength(page.text);
  assert.ok(bytes < 20_000, `${bytes} bytes`);
  assert.doesNotMatch(page.text, /<script|<link rel="stylesheet"|<img|@import|url\(/);
  assert.match(String((page.headers as Json)["content-security-policy"]), /^default-src 'none'/);
}
