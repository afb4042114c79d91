/** The mails themselves, as a mail server took them: each in its reader's language, as text and as HTML, in one thread an
 *  incident, and known to be no person's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Letter } from "./mail.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

const header = (letter: Letter, name: string): string =>
  letter.email.headers.find((one) => one.key === name.toLowerCase())?.value ?? "";
const threadOf = (letter: Letter): string => header(letter, "references");

async function bothCalled(world: TestWorld, people: readonly Someone[]): Promise<string> {
  const targets = people.map(({ id }) => ({ kind: "person", id }));
  const steps = [
    { targets, timeoutMinutes: 5 },
    { targets, timeoutMinutes: 5 },
  ];
  const policy = (await world.api("POST", "/api/v1/escalation-policies", { name: "Both", steps })).body.id;
  const names = { nameFr: "Paie", nameEn: "Payroll" };
  const service = (await world.api("POST", "/api/v1/services", { ...names, policy })).body.id;
  return (await world.integration("pagerduty", { service, name: "Disk probes" })).key;
}

test("a call is written in its reader's language and hour, as text first and as HTML, and says whence it comes", async () => {
  const world = await startWorld();
  const fr = await world.person("Ines Caron", 3, { language: "fr", zone: "America/Toronto" });
  const en = await world.person("Sam Carter", 3, { language: "en", zone: "Europe/London" });
  const key = await bothCalled(world, [fr, en]);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "disk"));
  const said = {
    fr: [/^Depuis\u00a0: .* \(UTC−[45]\)$/m, /^Service\u00a0: Paie$/m, /^Source\u00a0: Disk probes$/m, /Pourquoi vous/],
    en: [/^Since: .* \(UTC(\+1)?\)$/m, /^Service: Payroll$/m, /^Source: Disk probes$/m, /Why you/],
  };
  for (const [person, language] of [
    [fr, "fr"],
    [en, "en"],
  ] as const) {
    const letter = await world.mailbox(person).expectPage();
    for (const words of said[language]) assert.match(letter.text, words);
    assert.match(letter.html, new RegExp(`<html lang="${language}"`));
    assert.doesNotMatch(letter.html, /<script|<img|<link|@import|url\(/, "nothing is fetched to read it");
    assert.equal(letter.html.split(letter.ack).length - 1, 1, "one link to press");
    assert.equal(header(letter, "content-language"), language);
    assert.match(header(letter, "content-type"), /^multipart\/alternative/);
    const parts = [...letter.raw.matchAll(/^content-type: (text\/\w+); charset=utf-8/gim)].map((one) => one[1]);
    assert.deepEqual(parts, ["text/plain", "text/html"]);
    assert.equal(letter.email.to?.[0]?.address, person.email);
  }
  await world.stop();
});

test("all mails of an incident to one person are one thread, of which each is a mail of its own; no robot answers them", async () => {
  const world = await startWorld();
  const [ana, cleo] = [await world.person("Ana Roy", 2), await world.person("Cleo Diop", 4)];
  const key = await bothCalled(world, [ana, cleo]);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "disk"));
  const first = await world.mailbox(ana).expectPage();
  const hers = await world.mailbox(cleo).expectPage();
  await world.advance(5.1);
  const second = await world.mailbox(ana).expectPage();
  await world.mailbox(cleo).expectPage();
  const [{ id }] = (await world.api("GET", "/api/v1/incidents")).body.data as [Json];
  await world.api("POST", `/api/v1/incidents/${id}/accept`, {}, { token: ana.token });
  const notice = await world.mailbox(cleo).expectNotice();
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "another"));
  const elsewhere = await world.mailbox(ana).expectPage();
  const hersElsewhere = await world.mailbox(cleo).expectPage();

  const all = [first, hers, second, notice, elsewhere, hersElsewhere];
  for (const letter of all) {
    assert.match(letter.messageId, /^<[0-9a-f]{32}@example\.org>$/);
    assert.match(threadOf(letter), /^<[0-9a-f]{32}@example\.org>$/);
    assert.equal(letter.email.inReplyTo, threadOf(letter));
    assert.equal(header(letter, "auto-submitted"), "auto-generated");
    assert.equal(header(letter, "x-auto-response-suppress"), "All");
    assert.equal(letter.email.from?.address, "tocsin@example.org");
  }
  assert.equal(new Set(all.map((letter) => letter.messageId)).size, all.length);
  assert.equal(threadOf(second), threadOf(first));
  assert.equal(threadOf(notice), threadOf(hers), "a notice is in the thread of the calls");
  assert.equal(new Set([first, hers, elsewhere, hersElsewhere].map(threadOf)).size, 4);
  await world.stop();
});
