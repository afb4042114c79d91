/** What a mark lets out: who may be given a question, what notices quote, and what became of letters that it held back. */
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { typesOf } from "./rota.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let cleo: Someone;
let dan: Someone;
let supplier: Json;
const form = { "content-type": "application/x-www-form-urlencoded" };

before(async () => {
  world = await startWorld({ shared: true });
  [cleo, dan] = [await world.person("Cleo Four", 4), await world.person("Dan Five", 5)];
  const aude = { name: "Aude", role: "Desk", email: "aude@nord.example", phone: null, language: "fr", afterMinutes: 0 };
  const nord = { name: "Nord", kind: "supplier", language: "fr", contract: null, calendar: null, targets: [] };
  const made = await world.api("POST", "/api/v1/suppliers", { ...nord, contacts: [aude] }, { token: dan.token });
  assert.equal(made.status, 201, made.text);
  supplier = made.body;
});
beforeEach(async () => {
  await world.settle();
  world.post.letters.splice(0);
});

const act = async (id: string, name: string, body: object, token = cleo.token): Promise<Answer> =>
  world.api("POST", `/api/v1/incidents/${id}/${name}`, body, { token });
const did = async (id: string, name: string, body: object): Promise<Answer> => {
  const answer = await act(id, name, body);
  assert.ok(answer.status < 300, answer.text);
  return answer;
};
const incident = async (title: string): Promise<string> => {
  const { body } = await world.api(
    "POST",
    "/api/v1/incidents",
    { title, impact: 3, urgency: 3 },
    { token: cleo.token },
  );
  await did(body.id, "accept", {});
  await world.settle();
  world.post.letters.splice(0);
  return body.id;
};
const ask = (id: string, email: string, more: object = {}) =>
  did(id, "ask-contributor", {
    ...{ kind: "question", text: "Which disk is it?", name: "Nora", email, language: "en", reminders: 0 },
    ...more,
  });
const contributions = async (id: string): Promise<Json[]> =>
  (await world.api("GET", `/api/v1/incidents/${id}/contributions`, undefined, { token: cleo.token })).body.data;
const letterTo = async (email: string): Promise<string> => {
  const letter = await world.mailbox({ email }).expectNotice();
  return /https?:\/\/[^/\s"]+(\/c\/\w+)/.exec(letter.text)?.[1] ?? "";
};
const sentTo = (part: string): number => world.post.letters.filter((one) => JSON.stringify(one).includes(part)).length;

/** A browser with its cookie, that does not follow what it is sent to. */
function browser(link: string) {
  let cookie = "";
  const send = async (method: "GET" | "POST", path: string, body?: string): Promise<Answer> => {
    const answer = await world.api(method, path, body, {
      token: null,
      headers: { ...form, ...(cookie && { cookie }) },
    });
    cookie = String(answer.headers["set-cookie"] ?? "").split(";")[0] || cookie;
    return answer;
  };
  return {
    open: (query = "") => send("GET", link + query),
    press: (action: string, fields: Record<string, string> = {}, query = "") =>
      send("POST", link + query, new URLSearchParams({ action, ...fields }).toString()),
  };
}

test("under TLP:RED a question is for whoever was named: it is given on to nobody, and the page says so in both languages", async () => {
  const id = await incident("Theft");
  await did(id, "mark", { tlp: "red" });
  await ask(id, "p1@inside.example", { forwardable: true });
  const phone = browser(await letterTo("p1@inside.example"));
  await phone.press("open");
  assert.doesNotMatch((await phone.open()).text, /step=forward/);
  const stranger = { name: "Omar", email: "p1@elsewhere.example" };
  const refused = await phone.press("forward", stranger);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /This may not be given on: it is for you alone/);
  assert.match((await phone.press("forward", stranger, "?lang=fr")).text, /elle n’est que pour vous/);
  assert.ok(!(await typesOf(world, id)).includes("contribution.forwarded"));
  assert.equal((await phone.press("decline", { words: "Ask Omar" })).status, 303, "and they may say who could help");
});

test("marked red after it was opened, it is given on no more, and opens for one browser alone", async () => {
  const id = await incident("Theft again");
  await ask(id, "p1b@inside.example", { forwardable: true });
  const link = await letterTo("p1b@inside.example");
  const [mine, other] = [browser(link), browser(link)];
  await mine.press("open");
  await did(id, "mark", { tlp: "red" });
  const refused = await mine.press("forward", { name: "Omar", email: "p1b@elsewhere.example" });
  assert.match(refused.text, /This may not be given on/);
  await mine.press("open");
  assert.match((await mine.open()).text, /Which disk/);
  assert.match((await other.press("open")).text, /Opened on another device/);
});

test("under TLP:AMBER+STRICT it is given on to those whom the directory knows, and to nobody else", async () => {
  const id = await incident("Leak");
  await did(id, "mark", { tlp: "amber+strict" });
  await ask(id, "p1c@inside.example", { forwardable: true });
  const phone = browser(await letterTo("p1c@inside.example"));
  await phone.press("open");
  assert.match((await phone.open("?step=forward")).text, /if this person is one, a letter leaves/);
  assert.equal((await phone.press("forward", { name: "Dan", email: dan.email.toUpperCase() })).status, 303);
  assert.deepEqual(
    (await contributions(id)).map(({ to, status }) => [to.name, to.id, status]),
    [
      ["Dan", dan.id, "asked"],
      ["Nora", null, "forwarded"],
    ],
  );
  assert.ok(await letterTo(dan.email));
});

test("whether an address is in the directory is told to nobody who gives a question on: every answer is the same", async () => {
  const told: Record<string, string[]> = {};
  for (const [who, email] of [
    ["stranger", "p1x@elsewhere.example"],
    ["colleague", dan.email],
  ] as const) {
    const id = await incident("Leak of names");
    await did(id, "mark", { tlp: "amber+strict" });
    await ask(id, `p1${who}@inside.example`, { forwardable: true });
    const phone = browser(await letterTo(`p1${who}@inside.example`));
    await phone.press("open");
    const pressed = await phone.press("forward", { name: "Omar", email });
    await world.settle();
    const seen = [String(pressed.status), pressed.text];
    for (const query of ["", "?lang=fr", "?step=forward", "?step=question"]) {
      const { status, text } = await phone.open(query);
      seen.push(String(status), text.replaceAll(/nonce="[^"]*"|\/c\/\w+|'nonce-[^']*'/g, ""));
    }
    const again = await phone.press("forward", { name: "Omar", email: "p1y@elsewhere.example" });
    told[who] = [...seen, String(again.status)];
    assert.match(seen.join(), /If Omar is a colleague of Cleo Four, a letter leaves/);
    assert.match(seen.join(), /Si Omar est collègue de Cleo Four, un message part/);
    const [given] = await contributions(id);
    assert.deepEqual(
      [given?.to.name, given?.barred, given?.sentAt !== null],
      ["Omar", who === "stranger", who === "colleague"],
      "whoever asked sees whether it left",
    );
    assert.equal(sentTo(email) > 0, who === "colleague");
    const barred = world.post.letters.filter(
      ({ to, subject }) => to === cleo.email && /no longer reached/.test(subject),
    );
    assert.equal(barred.length, who === "stranger" ? 1 : 0);
    world.post.letters.splice(0);
  }
  assert.deepEqual(told.stranger, told.colleague);
});

test("what a contributor gave on to a stranger is closed to them once it is to stay inside", async () => {
  const id = await incident("Leak again");
  await ask(id, "p1d@inside.example", { forwardable: true });
  const phone = browser(await letterTo("p1d@inside.example"));
  await phone.press("open");
  await phone.press("forward", { name: "Omar", email: "p1d@elsewhere.example" });
  const theirs = browser(await letterTo("p1d@elsewhere.example"));
  assert.equal((await theirs.open()).status, 200);
  await did(id, "mark", { tlp: "amber+strict" });
  const closed = await theirs.open();
  assert.equal(closed.status, 410);
  assert.doesNotMatch(closed.text, /Which disk|AMBER/);
});

test("under TLP:RED what leaves says which incident, and that there is something to read", async () => {
  const id = await incident("Zanzibarine");
  await did(id, "mark", { tlp: "red" });
  await did(id, "escalate", { kind: "hierarchical", to: dan.id, expected: "Reset the vaultword", reason: "tamaskan" });
  await did(id, "advise-persons", { persons: [dan.id], text: "The tamarisk door" });
  await world.settle();
  const letters = world.post.letters.filter(({ to }) => to === dan.email);
  assert.equal(letters.length, 2, JSON.stringify(letters.map(({ subject }) => subject)));
  for (const { subject, text, html } of letters) {
    assert.doesNotMatch(subject + text + html, /vaultword|tamaskan|tamarisk|Zanzibarine/i);
    assert.match(subject, /INC-\d+/);
    assert.match(text, /There is something to read on the desk|Il y a quelque chose à lire/);
  }
  const link = letters.map(({ text }) => /\/ack\/[\w-]+/.exec(text)?.[0]).find(Boolean) ?? "";
  const page = await world.api("GET", link, undefined, { token: null });
  assert.equal(page.status, 200);
  assert.match(page.text, /INC-\d+[\s\S]*TLP:RED/);
  assert.doesNotMatch(
    page.text,
    /vaultword|Zanzibarine/,
    "nor the page that its link opens for whoever scans the mail",
  );
  await did(id, "mark", { tlp: "green", reason: "It is known" });
  await world.settle();
  world.post.letters.splice(0);
  await did(id, "advise-persons", { persons: [dan.id], text: "The tamarisk door" });
  assert.match((await world.mailbox(dan).expectNotice()).text, /Zanzibarine[\s\S]*tamarisk/);
});

test("to stay inside since: nobody is reminded, whoever asked hears it once, and it goes on when the mark is lifted", async () => {
  const id = await incident("Line");
  await did(id, "call-on-supplier", { supplier: supplier.id, text: "Line cut", how: "letter" });
  const link = await letterTo("aude@nord.example");
  const reminding = { engagement: 1, reminders: 2, remindEveryHours: 1 };
  await ask(id, "p4@nord.example", reminding);
  await letterTo("p4@nord.example");
  await did(id, "mark", { tlp: "amber+strict" });
  await world.settle();
  assert.equal(sentTo("no longer reached"), 2, "one for each that was asked");
  const before = (await typesOf(world, id)).length;
  await world.advance(130);
  const since = (await typesOf(world, id)).slice(before);
  assert.ok(!since.some((type) => /^contribution\.(reminded|unanswered)$/.test(type)), since.join());
  assert.equal(sentTo("nord.example"), 0);
  assert.equal(sentTo("no longer reached"), 2, "and not again");
  assert.deepEqual(
    (await contributions(id)).map(({ barred, sentAt, status }) => [barred, sentAt !== null, status]),
    [
      [true, true, "asked"],
      [true, true, "asked"],
    ],
  );
  const { data } = (await world.api("GET", `/api/v1/incidents/${id}/suppliers`, undefined, { token: cleo.token })).body;
  assert.deepEqual(
    data[0].calls.map(({ contact, barred }: Json) => [contact, barred]),
    [["Aude", true]],
  );
  const page = await browser(link).open();
  assert.equal(page.status, 410);
  assert.match(page.text, /Ce lien est fermé[\s\S]*Appelez Cleo Four/);
  assert.doesNotMatch(page.text, /retiré|Line cut|AMBER/);
  assert.match((await browser(link).open("?lang=en")).text, /This link is closed[\s\S]*Call Cleo Four/);
  await did(id, "mark", { tlp: "amber", reason: "They may know" });
  await world.advance(1);
  assert.equal((await browser(link).open()).status, 200);
  assert.ok((await typesOf(world, id)).includes("contribution.reminded"));
  assert.equal(sentTo("p4@nord.example"), 1);
});

test("a letter that the mark overtook: whoever asked sees that it did not leave, and it leaves when it may", async () => {
  const id = await incident("Line again");
  world.post.script = (to) => (to === "aude@nord.example" ? "later" : "ok");
  await did(id, "call-on-supplier", { supplier: supplier.id, text: "Line cut", how: "letter" });
  await world.settle();
  await did(id, "mark", { tlp: "amber+strict" });
  world.post.script = () => "ok";
  await world.advance(60);
  assert.equal(sentTo("aude@nord.example"), 0);
  assert.match((await world.mailbox(cleo).expectNotice()).text, /a letter that had not left\s+stays[\s\S]*Line cut/);
  const [one] = await contributions(id);
  assert.deepEqual([one?.barred, one?.sentAt, one?.status], [true, null, "asked"]);
  await did(id, "mark", { tlp: "green", reason: "They may know" });
  assert.ok(await letterTo("aude@nord.example"));
});

test("two presses at once are one: an answer by a link, and whether it works again", async () => {
  const id = await incident("Counter");
  await ask(id, "p5@x.example");
  const phone = browser(await letterTo("p5@x.example"));
  await phone.press("open");
  await phone.press("save", { words: "At six" });
  const both = await Promise.all([phone.press("send"), phone.press("send")]);
  assert.deepEqual(
    both.map(({ status }) => status),
    [303, 303],
  );
  assert.equal((await typesOf(world, id)).filter((type) => type === "contribution.answered").length, 1);
  await did(id, "declare-restored", { text: "up" });
  const words = await Promise.all([0, 1].map(() => act(id, "confirm-restored", { working: true })));
  assert.deepEqual(
    words.map(({ status }) => status),
    [200, 200],
  );
  const said = async () => (await typesOf(world, id)).filter((type) => type === "restoration.confirmed").length;
  assert.equal(await said(), 1);
  await world.advance(5);
  await did(id, "confirm-restored", { working: true });
  assert.equal(await said(), 2, "later it is said again");
});
