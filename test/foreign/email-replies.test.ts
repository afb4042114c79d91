/** Answers by mail, through Debian's Dovecot: what whoever was called writes back is done once and told; what a stranger, a machine
 *  or a forger writes is not. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { contactsOf } from "../acceptance/contacts.ts";
import type { Letter } from "../acceptance/mail.ts";
import { makeRota, recordOf, typesOf } from "../acceptance/rota.ts";
import { type Json, pagerDutyEvent, startWorld, type TestWorld } from "../acceptance/world.ts";
import { noDovecot, startDovecot } from "./dovecot.ts";

const skip = noDovecot;

type Writing = {
  readonly from?: string;
  readonly messageId?: string;
  readonly headers?: readonly string[];
  /** Without what the mail itself carries. */
  readonly references?: string;
  readonly to?: string;
};

/** As a mail program answers: above what it quotes. */
function answerTo(letter: Letter, text: string, writing: Writing = {}): string {
  const { from = `Ana Roy <${letter.to}>`, messageId = `<${randomUUID()}@phone.example.org>` } = writing;
  return [
    `From: ${from}`,
    `To: ${writing.to ?? "Tocsin <tocsin@example.org>"}`,
    `Subject: Re: ${letter.subject}`,
    `Message-ID: ${messageId}`,
    `In-Reply-To: ${writing.references ?? letter.messageId}`,
    `References: ${writing.references ?? letter.messageId}`,
    ...(writing.headers ?? []),
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    text,
    "",
    "Le jeu. 26 nov. 2026 à 03:00, Tocsin <tocsin@example.org> a écrit :",
    ...letter.text.split("\n").map((line) => `> ${line}`),
    "",
  ].join("\n");
}

async function openDesk(env: Readonly<Record<string, string>> = {}) {
  const imap = await startDovecot();
  const world = await startWorld({ env: { TOCSIN_IMAP_URL: imap.url, ...env } });
  const rota = await makeRota(world);
  const page = async (name = "db-1"): Promise<Letter> => {
    await world.knock("/v2/enqueue", pagerDutyEvent(rota.key, name));
    return world.mailbox(rota.ana).expectPage();
  };
  const comeBack = async (raw: string): Promise<void> => {
    await imap.deliver(raw);
    await world.settle();
  };
  const read = async (): Promise<Json> => (await world.api("GET", "/api/v1/incidents")).body.data[0];
  const stop = async (): Promise<void> => {
    await world.stop({ letters: true });
    await imap.stop();
  };
  return { imap, world, page, comeBack, read, stop, ...rota };
}

const became = async (world: TestWorld, what: string): Promise<number> => {
  const text = await world.desk.metrics.registry.metrics();
  return Number(new RegExp(`tocsin_mail_replies_total\\{became="${what}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
};

const checkOf = async (world: TestWorld): Promise<Json> =>
  (await world.api("GET", "/api/v1/doctor")).body.checks.find((one: Json) => one.id === "mail-replies");

test("a call is taken by answering its mail: once, told in their language, with its evidence", { skip }, async () => {
  const { imap, world, page, comeBack, read, stop, ana } = await openDesk();
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { language: "fr" });
  const letter = await page();
  assert.match(letter.text, /répondre à ce courriel/);
  const messageId = "<one@phone.example.org>";
  await comeBack(answerTo(letter, "A\n\nJ’arrive dans 10 minutes.", { messageId }));
  const incident = await read();
  assert.equal(incident.acceptedBy?.id, ana.id);
  const told = await world.mailbox(ana).expectNotice();
  assert.match(told.text, /c’est à vous/);
  assert.match(told.text, /note ajoutée/);
  const header = (name: string): string | undefined => told.email.headers.find(({ key }) => key === name)?.value;
  assert.equal(header("auto-submitted"), "auto-replied");
  assert.equal(header("in-reply-to"), messageId);
  const entries = await recordOf(world, incident.id);
  const accepted = entries.find((one) => one.type === "assignment.accepted") as Json;
  assert.deepEqual([accepted.actor.id, accepted.actor.via, accepted.cause.kind], [ana.id, "channel", "mail-reply"]);
  const [note] = entries.filter((one) => one.type === "observation.noted") as Json[];
  assert.deepEqual([note.actor.id, note.data.text], [ana.id, "J’arrive dans 10 minutes."]);
  const mail = (await contactsOf(world, ana).list()).find((one) => one.kind === "email");
  const [call] = (await contactsOf(world, ana).ask("GET", `/${mail.id}/deliveries`)).body.data;
  assert.deepEqual(
    call.evidence.map((one: Json) => one.state),
    ["accepted", "acknowledged"],
  );
  assert.deepEqual(await imap.flags(), [["\\Seen"]]);

  await comeBack(answerTo(letter, "A\n\nJ’arrive dans 10 minutes.", { messageId }));
  await world.mailbox(ana).expectNothing();
  assert.equal((await recordOf(world, incident.id)).length, entries.length, "the same mail acts once");
  assert.equal(await became(world, "again"), 1);
  await imap.renew();
  await comeBack(answerTo(letter, "A", { messageId }));
  assert.equal((await recordOf(world, incident.id)).length, entries.length, "nor when its mailbox begins anew");
  /* As a crash leaves it between what it did and what it says of it. */
  await world.query("update mail_replies set ended_at = null");
  await comeBack(answerTo(letter, "A\n\nJ’arrive dans 10 minutes.", { messageId }));
  assert.equal((await recordOf(world, incident.id)).length, entries.length, "nor after a crash, which is told then");
  assert.match((await world.mailbox(ana).expectNotice()).text, /c’est à vous[\s\S]*note ajoutée/);
  const check = await checkOf(world);
  assert.equal(check.state, "ok");
  assert.ok(!JSON.stringify([check, world.logs]).includes(imap.password));
  await stop();
});

test("not me, by mail: the next person is called at once, with the reason in the record", { skip }, async () => {
  const { world, page, comeBack, read, stop, ana, cleo } = await openDesk();
  const letter = await page();
  await comeBack(answerTo(letter, "N I am driving"));
  await world.mailbox(cleo).expectPage();
  assert.match((await world.mailbox(ana).expectNotice()).text, /next person is called/);
  const declined = (await recordOf(world, (await read()).id)).find((one) => /declined/.test(one.type)) as Json;
  assert.deepEqual([declined.actor.id, declined.reason], [ana.id, "I am driving"]);
  await stop();
});

test("any other text becomes a note, nothing is taken, and how to take it is told", { skip }, async () => {
  const { world, page, comeBack, read, stop, ana } = await openDesk();
  const letter = await page();
  await comeBack(answerTo(letter, "No luck with the proxy: restarting node 3\n\n-- \nAna Roy\nOperations"));
  const incident = await read();
  assert.equal(incident.acceptedBy, null);
  const note = (await recordOf(world, incident.id)).find((one) => one.type === "observation.noted") as Json;
  assert.deepEqual([note.actor.id, note.data.text], [ana.id, "No luck with the proxy: restarting node 3"]);
  const told = await world.mailbox(ana).expectNotice();
  assert.match(told.text, /does not accept the incident/);
  await comeBack(answerTo(told, "A"));
  assert.equal((await read()).acceptedBy?.id, ana.id, "what tells them may be answered too");
  await world.mailbox(ana).expectNotice();
  await comeBack(answerTo(letter, "A 999999"));
  assert.match((await world.mailbox(ana).expectNotice()).text, /you wrote 999999/);
  await stop();
});

test("forgers, strangers and machines: nothing is done, and nobody is answered", { skip }, async () => {
  const { world, page, comeBack, read, stop, ana, ben } = await openDesk();
  const letter = await page();
  const types = await typesOf(world, (await read()).id);
  const token = /[0-9a-f]{40}/.exec(letter.messageId)?.[0] ?? "";
  const forged = `<${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}@example.org>`;
  const made: readonly (readonly [string, string])[] = [
    ["stranger", answerTo(letter, "A", { from: "Ana Roy <mallory@example.net>" })],
    ["stranger", answerTo(letter, "A", { from: ben.email })],
    ["stranger", answerTo(letter, "A", { from: `${ana.email}, mallory@example.net` })],
    ["stranger", answerTo(letter, "A", { headers: ["From: mallory@example.net"] })],
    ["no-call", answerTo(letter, "A", { references: forged })],
    ["no-call", answerTo(letter, "A", { references: "<of-something-else@example.org>" })],
    ["automatic", answerTo(letter, "A", { headers: ["Auto-Submitted: auto-replied"] })],
    ["automatic", answerTo(letter, "Je suis absente.", { headers: ["Precedence: bulk"] })],
    ["automatic", answerTo(letter, "A", { headers: ["Return-Path: <>"] })],
  ];
  for (const [, raw] of made) await comeBack(raw);
  for (const what of ["stranger", "no-call", "automatic"])
    assert.equal(await became(world, what), made.filter(([one]) => one === what).length, what);
  assert.deepEqual(await typesOf(world, (await read()).id), types);
  for (const one of [ana, ben]) await world.mailbox(one).expectNothing();
  assert.ok(world.logs.some((line) => line.includes("mail-reply-ignored") && line.includes("stranger")));

  await comeBack(`\u0000\u00ff not a mail at all\n\n${"x".repeat(600_000)}`);
  await comeBack(answerTo(letter, "A"));
  assert.equal((await read()).acceptedBy?.id, ana.id, "what came before keeps nothing behind it");
  await world.mailbox(ana).expectNotice();
  await stop();
});

test("a program that drops what it answers: the address for answers says which call is meant", { skip }, async () => {
  const { world, page, comeBack, read, stop, ana } = await openDesk({ TOCSIN_REPLY_TO: "desk+*@example.org" });
  const letter = await page();
  const to = letter.email.replyTo?.[0]?.address ?? "";
  assert.match(to, /^desk\+[0-9a-f]{40}@example\.org$/);
  await comeBack(answerTo(letter, "yes", { references: "<lost@example.org>", to: to.toUpperCase() }));
  assert.equal((await read()).acceptedBy?.id, ana.id);
  await world.mailbox(ana).expectNotice();
  await world.api("POST", "/api/v1/test-page", {}, { token: ana.token });
  await comeBack(answerTo(await world.mailbox(ana).expectNotice(), "A"));
  const states = (await world.api("GET", "/api/v1/test-page", undefined, { token: ana.token })).body.data;
  assert.equal(states.find((one: Json) => one.kind === "email").state, "acknowledged");
  await world.mailbox(ana).expectNotice();
  await stop();
});

test("a mailbox that is down is said on the checklist, and read on when it is back; after a day it is too late", {
  skip,
}, async () => {
  const { imap, world, page, comeBack, read, stop, ana } = await openDesk();
  const letter = await page();
  await world.settle();
  await imap.stop();
  await world.advance(0.5);
  const check = await checkOf(world);
  assert.deepEqual([check.state, check.because], ["warning", "failing"]);
  await imap.start();
  await world.advance(6);
  await comeBack(answerTo(letter, "A"));
  assert.equal((await read()).acceptedBy?.id, ana.id);
  await world.mailbox(ana).expectNotice();
  assert.equal((await checkOf(world)).state, "ok");
  world.desk.clock.advance(86_400_000);
  await world.settle();
  world.post.letters.splice(0);
  await comeBack(answerTo(letter, "N"));
  assert.match((await world.mailbox(ana).expectNotice()).text, /no longer waits/);
  await stop();
});
