/** Escalations by people on real PostgreSQL: they call, are taken by the link of their mail, returned and ended. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { addWebhook, openThisMachine } from "./contacts.ts";
import { openReceiver } from "./receiver.ts";
import { makeRota, type Rota, recordOf, typesOf } from "./rota.ts";
import { type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;
const form = { "content-type": "application/x-www-form-urlencoded" };

before(async () => {
  world = await startWorld();
  rota = await makeRota(world);
});

const act = async (id: string, command: string, body: object, token?: string): Promise<Json> => {
  const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, token ? { token } : {});
  await world.settle();
  return answer;
};

async function held(title: string): Promise<string> {
  const { body } = await world.api("POST", "/api/v1/incidents", { title, service: rota.service });
  await act(body.id, "accept", {}, rota.cleo.token);
  return body.id;
}

async function escalate(id: string, to: string, kind = "functional"): Promise<Json> {
  const body = { kind, to, reason: "Beyond us", expected: "Whether the backup may be put back" };
  const answer = await act(id, "escalate", body, rota.cleo.token);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.escalations.at(-1);
}

const incidentOf = async (id: string): Promise<Json> => (await world.api("GET", `/api/v1/incidents/${id}`)).body;

test("a functional escalation calls a function until somebody takes it by the link of the mail", async () => {
  const { ana, ben, cleo } = rota;
  const made = await world.api("POST", "/api/v1/functions", {
    nameFr: "Données",
    nameEn: "Data",
    members: [ana.id, ben.id],
  });
  const id = await held("Backup fails");
  const asked = await escalate(id, made.body.id);
  assert.deepEqual([asked.number, asked.status, asked.by, asked.paging.status], [1, "requested", cleo.name, "running"]);
  await world.mailbox(ben).expectPage();
  const first = await world.mailbox(ana).expectPage();
  assert.match(first.text, /expertise/);
  assert.match(first.text, /Whether the backup may be put back/);
  await world.advance(10.1);
  const { ack } = await world.mailbox(ben).expectPage();
  await world.mailbox(ana).expectPage();
  const page = await world.api("GET", ack, undefined, { token: null });
  assert.match(page.text, /Take the escalation/);
  assert.match(page.text, /Whether the backup may be put back/);
  const taken = await world.api("POST", ack, "action=escalation", { token: null, headers: form });
  assert.match(taken.text, /You took the escalation/);
  assert.match((await world.mailbox(cleo).expectNotice()).text, /Ben Ito has taken your escalation/);
  await world.advance(60);
  for (const one of [ana, ben]) await world.mailbox(one).expectNothing();
  const after = await incidentOf(id);
  assert.deepEqual(
    [after.acceptedBy.id, after.escalations[0].status, after.escalations[0].holder.id],
    [cleo.id, "acknowledged", ben.id],
  );
  const late = await world.api("POST", first.ack, "action=escalation", { token: null, headers: form });
  assert.match(late.text, /Cleo/, "whoever comes late is told who has the incident");
  const back = await act(id, "return-escalation", { reason: "It may be put back" }, ben.token);
  assert.equal(back.body.escalations[0].status, "returned");
  assert.match((await world.mailbox(cleo).expectNotice()).text, /> It may be put back/);
  const entry = (await recordOf(world, id)).at(-1);
  assert.deepEqual([entry?.type, entry?.reason], ["escalation.returned", "It may be put back"]);
});

test("whoever asked is told of what became of it, in their language and by what they chose for what does not press", async () => {
  const { ana, service } = rota;
  const lea = await world.person("Lea Roy", 4, { language: "fr" });
  const receiver = await openReceiver();
  await openThisMachine(world);
  const webhook = await addWebhook(world, lea, receiver);
  const low = [{ contactPoint: webhook.id, afterMinutes: 0 }];
  await world.api("PATCH", "/api/v1/notification-preference", { low }, { token: lea.token });
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "La paie ne part pas", service })).body;
  const ask = { kind: "functional", to: ana.id, reason: "Hors de portée", expected: "La clé du coffre" };
  const askAgain = async (): Promise<void> => {
    const asked = await act(id, "escalate", ask, lea.token);
    assert.equal(asked.body.escalations.at(-1).reason, ask.reason, asked.text);
    await world.mailbox(ana).expectPage();
  };
  const told = async (about: string, words: RegExp, quote: string): Promise<void> => {
    const letter = await world.mailbox(lea).expectNotice();
    assert.match(letter.text, words);
    assert.ok(letter.text.includes(`> ${quote}`), letter.text);
    const notice = receiver.received.at(-1)?.body.data.notice;
    assert.deepEqual([notice.about, notice.quote], [about, quote]);
    await world.mailbox(lea).expectNothing();
  };
  await askAgain();
  await act(id, "acknowledge-escalation", {}, ana.token);
  await told("escalation-taken", /Ana Roy a pris votre remontée/, ask.expected);
  const back = await act(id, "return-escalation", { reason: "Pas à moi" }, ana.token);
  const { left } = back.body.escalations[0];
  assert.deepEqual([left.by, left.reason], [ana.name, "Pas à moi"]);
  await told("escalation-returned", /Ana Roy vous rend votre remontée/, "Pas à moi");
  await askAgain();
  await world.advance(60);
  await told("escalation-unanswered", /personne ne l’a\s+prise/, ask.expected);
  await world.mailbox(ana).expectPage();
  await receiver.close();
});

test("a hierarchical one goes to whoever keeps the service, and ends when whoever asked says so", async () => {
  const { ana, service } = rota;
  await world.api("PATCH", `/api/v1/services/${service}`, { owner: ana.id });
  const id = await held("Payroll is late");
  await escalate(id, "owner", "hierarchical");
  assert.match((await world.mailbox(ana).expectPage()).text, /authority/);
  const ended = await act(id, "end-escalation", { reason: "The bank answered" }, rota.cleo.token);
  assert.equal(ended.body.escalations[0].status, "ended");
  await world.advance(60);
  await world.mailbox(ana).expectNothing();
  assert.ok((await typesOf(world, id)).includes("paging.stopped"));
});

test("one that goes by a policy goes on to its next step, and its timer, once lost, is set again", async () => {
  const { ana, cleo } = rota;
  const { body } = await world.api("GET", "/api/v1/escalation-policies");
  const id = await held("Again");
  await escalate(id, body.data[0].id);
  await world.mailbox(ana).expectPage();
  await world.query("delete from timers where key like 'paging/%'");
  await world.desk.watch();
  await world.advance(10.1);
  await world.mailbox(cleo).expectPage();
  await act(id, "declare-restored", {}, cleo.token);
  await world.advance(60);
  for (const one of [ana, cleo]) await world.mailbox(one).expectNothing();
});

test("one that nobody took calls again when the service is down again; one that somebody has does not", async () => {
  const { ana, ben, cleo } = rota;
  const id = await held("It comes back");
  await escalate(id, ana.id);
  await escalate(id, ben.id);
  await world.mailbox(ana).expectPage();
  await world.mailbox(ben).expectPage();
  await act(id, "acknowledge-escalation", { escalation: 2 }, ben.token);
  await world.mailbox(cleo).expectNotice();
  await act(id, "declare-restored", {}, cleo.token);
  await world.advance(30);
  for (const one of [ana, ben]) await world.mailbox(one).expectNothing();
  const again = await act(id, "declare-relapse", { text: "The same error" }, cleo.token);
  assert.equal(again.status, 200, again.text);
  await world.mailbox(ana).expectPage();
  await world.mailbox(ben).expectNothing();
  const [first] = (await incidentOf(id)).escalations;
  assert.deepEqual([first.status, first.paging.status], ["requested", "running"]);
  await act(id, "end-escalation", { escalation: 1, reason: "Not needed" }, cleo.token);
  await act(id, "declare-restored", {}, cleo.token);
});
