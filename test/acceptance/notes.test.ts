/** A word for the record from the way that called: spoken in a call, written back without any word of ours, or typed on the page
 *  that a notification opens. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addProvider, lastText, openFakeTwilio, openFakeVonage, twilioTells, vonageTells } from "./carriers.ts";
import { contactsOf, openThisMachine } from "./contacts.ts";
import { makeRota, recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

const number = "+15145550123";

async function openPhone(kind: "sms" | "voice", by: "twilio" | "vonage" = "twilio") {
  const world = await startWorld();
  await openThisMachine(world);
  const carrier = await (by === "twilio" ? openFakeTwilio() : openFakeVonage(() => world.desk.clock.now()));
  const rota = await makeRota(world);
  const provider = await addProvider(world, by, carrier);
  const contacts = contactsOf(world, rota.ana);
  const point = await contacts.add({ kind, number });
  await world.settle();
  const { Twiml, ncco } = carrier.taken.at(-1)?.fields ?? {};
  const said = kind === "sms" ? lastText(carrier) : (Twiml ?? JSON.stringify(ncco)).replaceAll(", ", "");
  const proved = await contacts.ask("POST", `/${point.id}/verify`, { code: /\d{8}/.exec(said)?.[0] });
  assert.equal(proved.status, 200, `${said} ${proved.text}`);
  const rules = [{ contactPoint: point.id, afterMinutes: 0 }];
  const only = { high: rules, low: rules };
  assert.equal(
    (await world.api("PATCH", "/api/v1/notification-preference", only, { token: rota.ana.token })).status,
    200,
  );
  return { world, carrier, provider, ...rota };
}

const notesOf = async (world: TestWorld): Promise<{ id: string; by: string | null; text: string; cause: string }[]> => {
  const { data } = (await world.api("GET", "/api/v1/incidents")).body;
  const found: { id: string; by: string | null; text: string; cause: string }[] = [];
  for (const { id } of data)
    for (const entry of (await recordOf(world, id)) as Json[])
      if (entry.type === "observation.noted")
        found.push({ id, by: entry.actor.id, text: entry.data.text, cause: entry.cause.kind });
  return found;
};

async function call(world: TestWorld, key: string, name: string): Promise<Json> {
  await world.knock("/v2/enqueue", pagerDutyEvent(key, name));
  await world.settle();
  return (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0];
}

test("a note is spoken in a call of Twilio: written down by it, said back, and the call goes on", async () => {
  const { world, carrier, ana, key } = await openPhone("voice");
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { language: "fr" });
  const incident = await call(world, key, "db-1");
  const { Twiml } = carrier.taken.at(-1)?.fields ?? {};
  assert.match(Twiml, /Pour dicter une note, faites le 4/);
  const action = /action="([^"]+)"/.exec(Twiml)?.[1] ?? "";
  const asked = await twilioTells(world, action, { CallSid: "CA1", Digits: "4" });
  assert.match(asked.text, /<Gather input="speech" language="fr-CA"[^>]*profanityFilter="false"/);
  assert.match(asked.text, /Twilio la met par écrit/, "they know who hears them before they speak");
  assert.doesNotMatch(asked.text, /<Record/, "no sound is kept");
  const saidUrl = /action="([^"]+)"/.exec(asked.text)?.[1] ?? "";
  assert.match(saidUrl, /\/note\//);
  const nothing = await twilioTells(world, saidUrl, { CallSid: "CA1" });
  assert.match(nothing.text, /Rien n’a été compris/);
  assert.deepEqual(await notesOf(world), []);
  const heard = await twilioTells(world, saidUrl, {
    CallSid: "CA1",
    SpeechResult: "je redémarre le <proxy>",
    Confidence: "0.9",
  });
  assert.match(heard.text, /Compris\u00a0: je redémarre le &lt;proxy&gt;/);
  assert.deepEqual(
    (await notesOf(world)).map(({ by, text, cause }) => [by, text, cause]),
    [[ana.id, "Dicté au téléphone, mis par écrit par Twilio: «je redémarre le <proxy>»", "spoken-note"]].map(
      ([by, text, cause]) => [by, text?.replaceAll(/(?<=«)|(?=»)|(?<=Twilio)/g, "\u00a0"), cause],
    ),
  );
  assert.equal((await world.api("GET", `/api/v1/incidents/${incident.id}`)).body.acceptedBy, null);
  const again = await Promise.all(
    [1, 2].map(() => twilioTells(world, saidUrl, { CallSid: "CA1", SpeechResult: "je redémarre le <proxy>" })),
  );
  for (const one of again) assert.equal(one.text, heard.text, "told again, answered alike, and written once");
  assert.equal((await notesOf(world)).length, 1);
  const keys = /action="([^"]+)"/.exec(heard.text)?.[1] ?? "";
  assert.match((await twilioTells(world, keys, { CallSid: "CA1", Digits: "1" })).text, /c’est à vous/);
  const forged = saidUrl.replace(/note\/[\w-]+/, `note/${"A".repeat(32)}`);
  assert.equal((await twilioTells(world, forged, { SpeechResult: "x" })).status, 404);
  await world.stop({ letters: true });
});

test("a note is spoken in a call of Vonage likewise; a test has none", async () => {
  const { world, carrier, ana, key } = await openPhone("voice", "vonage");
  await call(world, key, "db-1");
  const { ncco } = carrier.taken.at(-1)?.fields ?? {};
  const [keysUrl] = ncco[1].eventUrl;
  const asked = await vonageTells(world, keysUrl, { dtmf: { digits: "4", timed_out: false }, uuid: "x" });
  const [talk, input] = asked.body;
  assert.match(talk.text, /Vonage writes it down/);
  assert.deepEqual([input.action, input.type, input.speech.language], ["input", ["speech"], "en-US"]);
  const [saidUrl] = input.eventUrl;
  const silent = await vonageTells(world, saidUrl, { speech: { timeout_reason: "start_timeout" }, uuid: "x" });
  assert.match(silent.text, /Nothing was understood/);
  const results = [
    { confidence: "0.8", text: "restarting node three" },
    { confidence: "0.2", text: "restarting no tree" },
  ];
  const heard = await vonageTells(world, saidUrl, { speech: { timeout_reason: "end_on_silence_timeout", results } });
  assert.match(heard.text, /Understood: restarting node three/);
  assert.match(heard.text, /"dtmf"/, "its keys are heard again");
  const told = { speech: { timeout_reason: "end_on_silence_timeout", results }, uuid: "x" };
  for (const _ of [1, 2, 3]) assert.match((await vonageTells(world, saidUrl, told)).text, /Understood/);
  assert.equal((await notesOf(world)).length, 2, "that of another call, which said the same, and this one, once");
  await vonageTells(world, saidUrl, { ...told, uuid: "y" });
  const notes = (await notesOf(world)).slice(0, 1);
  assert.deepEqual(
    notes.map(({ by, text }) => [by, /written down by Vonage: “restarting node three”/.test(text)]),
    [[ana.id, true]],
  );
  await world.api("POST", "/api/v1/test-page", {}, { token: ana.token });
  await world.settle();
  const [trial] = carrier.taken.at(-1)?.fields.ncco[1].eventUrl ?? [];
  assert.match((await vonageTells(world, trial, { dtmf: { digits: "4" } })).text, /not a choice/);
  await world.stop({ letters: true });
});

const texts = (world: TestWorld, provider: Json) => (Body: string) =>
  twilioTells(world, provider.returnUrl, { From: number, To: "+15145550100", Body });

test("a text message without any word of ours is a note on the one incident that called its sender", async () => {
  const { world, carrier, provider, ana, ben, key } = await openPhone("sms");
  const write = texts(world, provider);
  await write("redémarré le proxy");
  assert.match(lastText(carrier), /A 412/, "called for nothing: how to answer is told");
  const first = await call(world, key, "db-1");
  await write("Redémarré le proxy, ça tient");
  assert.match(lastText(carrier), /INC-1: note added\. Nobody has it yet: to take it, reply A 1\./);
  for (const nothing of ["ok", "STOP", "eh ?"]) await write(nothing);
  assert.equal((await world.api("POST", `/api/v1/incidents/${first.id}/accept`, {}, { token: ben.token })).status, 200);
  const { length } = carrier.taken;
  for (const _ of [1, 2])
    await twilioTells(world, provider.returnUrl, { From: number, Body: "the vendor called back", MessageSid: "SM1" });
  assert.equal(lastText(carrier), "INC-1: note added.");
  assert.equal(carrier.taken.length, length + 1, "handed on twice, it is one note and one answer");
  assert.deepEqual(
    (await notesOf(world)).map(({ id, by, text }) => [id, by, text]),
    [
      [first.id, ana.id, "Redémarré le proxy, ça tient"],
      [first.id, ana.id, "the vendor called back"],
    ],
  );
  const second = await call(world, key, "db-2");
  await write("it is the disk");
  assert.match(lastText(carrier), /For which incident.*NOTE \d.*(1, 2|2, 1)\./);
  assert.equal((await notesOf(world)).length, 2, "nothing is guessed");
  await write("NOTE 2 it is the disk");
  assert.deepEqual((await notesOf(world)).find(({ id }) => id === second.id)?.text, "it is the disk");
  await write("A 2");
  assert.equal((await world.api("GET", `/api/v1/incidents/${second.id}`)).body.acceptedBy?.id, ana.id);
  await twilioTells(world, provider.returnUrl, { From: "+15145559999", To: "+15145550100", Body: "let me in please" });
  assert.equal((await notesOf(world)).length, 3, "a stranger writes nothing");
  await world.stop({ letters: true });
});

const form = { "content-type": "application/x-www-form-urlencoded" };

async function ackOf(world: TestWorld, someone: Someone, key: string): Promise<string> {
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  return (await world.mailbox(someone).expectPage()).ack;
}

test("the page of a call takes a note, as a notification of ntfy opens it, and asks all the same who takes it", async () => {
  const world = await startWorld();
  const { ana, key } = await makeRota(world);
  const ack = await ackOf(world, ana, key);
  const read = async (query: string): Promise<string> =>
    (await world.api("GET", `${ack}${query}`, undefined, { token: null })).text;
  const send = (body: string) => world.api("POST", ack, body, { token: null, headers: form });
  assert.match(await read("?note=1"), /<details open>[\s\S]*autofocus/);
  assert.doesNotMatch(await read(""), /<details open>|autofocus/);
  const noted = await send("action=note&text=on+redémarre%0A<b>le</b>+proxy");
  assert.equal(noted.status, 200);
  assert.match(noted.text, /Note added/);
  assert.match(noted.text, /value="accept"/, "it still waits");
  const [note] = await notesOf(world);
  assert.deepEqual([note?.by, note?.text, note?.cause], [ana.id, "on redémarre\n<b>le</b> proxy", "ack-link"]);
  assert.match((await send("action=note&text=++")).text, /<details open>/, "nothing said, nothing kept");
  await send("action=accept");
  assert.match(await read("?note=1"), /<details open>/, "also once it is theirs");
  assert.doesNotMatch(await read(""), /<form/);
  assert.equal((await notesOf(world)).length, 1);
  const gone = await world.api("POST", `${ack.slice(0, -2)}AA`, "action=note&text=x", { token: null, headers: form });
  assert.equal(gone.status, 404);
  await world.stop({ letters: true });
});
