/** Contributors without an account: one link, one thing, whatever opens it; saved as they go, given on where it may be, and nothing of
 *  the incident but what was shared. Each letter is a real one. */
import assert from "node:assert/strict";
import { type OutgoingHttpHeaders, request } from "node:http";
import { Readable } from "node:stream";
import { before, test } from "node:test";
import { tocsin } from "../../cli/trial.ts";
import { verifyRecord } from "../../core/kernel/record.ts";
import { recordOf, typesOf } from "./rota.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let ben: Someone;
const form = { "content-type": "application/x-www-form-urlencoded" };
const nora = { name: "Nora Petit", email: "nora@partner.example", language: "en" } as const;
const question = { kind: "question", text: "Until what hour can you take transfers?", ...nora } as const;

before(async () => {
  world = await startWorld({ shared: true });
  ben = await world.person("Ben Roy", 3);
});

const incident = async (title = "Payroll transfers are slow"): Promise<string> =>
  (await world.api("POST", "/api/v1/incidents", { title }, { token: ben.token })).body.id;
const act = (id: string, name: string, body: object, token = ben.token): Promise<Answer> =>
  world.api("POST", `/api/v1/incidents/${id}/${name}`, body, { token });
let served: Promise<string> | undefined;
const listening = (): Promise<string> => {
  served ??= world.listen();
  return served;
};
/** Each at an address of their own: what is asked in one test is none of another's. */
let asked = 0;
const address = (): string => `nora.${asked}@partner.example`;
const ask = async (id: string, more: object = {}): Promise<Json> => {
  asked += 1;
  const answer = await act(id, "ask-contributor", { ...question, email: address(), reminders: 0, ...more });
  assert.equal(answer.status, 201, answer.text);
  return answer.body.data[0];
};
const all = async (id: string): Promise<Json[]> =>
  (await world.api("GET", `/api/v1/incidents/${id}/contributions`, undefined, { token: ben.token })).body.data;
const linkOf = (text: string): string => /https?:\/\/[^/\s"]+(\/c\/\w+)/.exec(text)?.[1] ?? "";
const letterTo = async (email = address()) => {
  const letter = await world.mailbox({ email }).expectNotice();
  return { ...letter, link: linkOf(letter.text) };
};

/** A browser with its cookie: follows what it is sent to, as browsers do. */
function browser(link: string) {
  let cookie = "";
  const keep = (answer: Answer): Answer => {
    const set = String(answer.headers["set-cookie"] ?? "");
    if (set !== "") cookie = set.split(";")[0] ?? "";
    return answer;
  };
  const send = (method: "GET" | "POST", path: string, body?: unknown, headers = {}): Promise<Answer> =>
    world.api(method, path, body, { token: null, headers: { ...headers, ...(cookie && { cookie }) } });
  const open = (query = ""): Promise<Answer> => send("GET", link + query);
  const press = async (action: string, fields: Record<string, string> = {}): Promise<Answer> => {
    const answer = keep(await send("POST", link, new URLSearchParams({ action, ...fields }).toString(), form));
    if (answer.status !== 303) return answer;
    return send("GET", String(answer.headers.location));
  };
  const upload = async (name: string, content: string): Promise<Answer> => {
    const body = `--x\r\ncontent-disposition: form-data; name="action"\r\n\r\nfile\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\n${content}\r\n--x--\r\n`;
    const answer = await send("POST", link, Buffer.from(body), { "content-type": "multipart/form-data; boundary=x" });
    return answer.status === 303 ? send("GET", String(answer.headers.location)) : answer;
  };
  return { open, press, upload, headers: () => cookie };
}
/** Letters that this test does not look at. */
const forgetNews = async (): Promise<void> => {
  await world.settle();
  world.post.letters.splice(0);
};

test("a question by mail in their language, answered on one page, lands in the record with where it came from", async () => {
  const id = await incident();
  await ask(id, { context: "They leave slowly.", choices: ["05:30", "06:00"] });
  const { link, text, html, subject } = await letterTo();
  assert.match(subject, /^Ben Roy asks you a question$/);
  for (const part of [text, html]) assert.match(part, /Until what hour can you take transfers\?/);
  assert.doesNotMatch(text + html, /Payroll transfers are slow|INC-/);
  const phone = browser(link);
  const door = await phone.open();
  assert.equal(door.status, 200);
  assert.doesNotMatch(door.text, /Until what hour|Payroll|INC-/);
  assert.deepEqual([door.headers["cache-control"], door.headers["referrer-policy"]], ["no-store", "no-referrer"]);
  const opened = await phone.press("open");
  assert.match(opened.text, /Until what hour can you take transfers\?[\s\S]*05:30[\s\S]*06:00/);
  assert.match(opened.text, /They leave slowly\./);
  assert.doesNotMatch(opened.text, /Payroll transfers|INC-|<script/);
  const checked = await phone.press("save", { choice: "06:00", words: "On request" });
  assert.match(checked.text, /Is this right\?[\s\S]*06:00[\s\S]*On request/);
  assert.match((await phone.open()).text, /value="06:00" checked[\s\S]*On request/, "kept when the page is closed");
  const thanked = await phone.press("send");
  assert.match(thanked.text, /Thank you, it has arrived/);
  const [one] = await all(id);
  assert.deepEqual([one.status, one.answer.choice, one.answer.text], ["answered", "06:00", "On request"]);
  assert.ok(one.sentAt && one.openedAt && one.answer.at);
  const answered = (await recordOf(world, id)).find(({ type }) => type === "contribution.answered");
  assert.deepEqual([answered?.actor.kind, answered?.actor.via, answered?.actor.name], ["anonymous", "link", ""]);
  assert.equal(answered?.data?.name, nora.name);
  const news = await world.mailbox(ben).expectNotice();
  assert.match(news.text, /Nora Petit answered by their link:\n\n> 06:00 – On request/);
  const copy = await letterTo();
  assert.equal(copy.subject, "Your answer to Ben Roy");
  assert.match(
    copy.text,
    /Until what hour can you take transfers\?\n\n> 06:00\n> On request\n\nYou may correct it until/,
  );
  assert.equal(
    verifyRecord((await world.api("GET", `/api/v1/incidents/${id}/export`, undefined, { token: ben.token })).body)
      .whole,
    true,
  );
});

test("the copy of an answer opens what was said, to be corrected; no link from before it does", async () => {
  for (const forwardable of [false, true]) {
    const id = await incident();
    await ask(id, { forwardable });
    const { link } = await letterTo();
    const phone = browser(link);
    await phone.press("open");
    await phone.press("save", { words: "At six" });
    await phone.press("send");
    const { link: ofTheCopy } = await letterTo();
    const stranger = browser(link);
    assert.match((await stranger.open()).text, /The answer was given/);
    assert.doesNotMatch((await stranger.press("open")).text, /At six/);
    const desk = browser(ofTheCopy);
    assert.match((await desk.open()).text, /Open the request/);
    assert.match((await desk.press("open")).text, /Thank you[\s\S]*At six/);
    await desk.press("save", { words: "At seven" });
    await desk.press("send");
    assert.equal((await all(id))[0].answer.text, "At seven");
    await world.advance(61);
    assert.equal((await desk.open()).status, 410);
    await forgetNews();
  }
});

test("whatever fetches the link before its reader, nothing is said to be opened", async () => {
  const id = await incident();
  await ask(id);
  const { link } = await letterTo();
  const before = await typesOf(world, id);
  for (const query of ["", "/", "?step=check", "?action=open"])
    assert.equal((await world.api("GET", link + query, undefined, { token: null })).status, 200);
  assert.equal((await world.api("HEAD", link, undefined, { token: null })).status, 200);
  assert.deepEqual(await typesOf(world, id), before);
  assert.equal((await all(id))[0].openedAt, null);
});

test("one that may not be given on is for the browser that opened it first; another has a new letter sent, and that one opens", async () => {
  const id = await incident();
  await ask(id);
  const first = await letterTo();
  const mine = browser(first.link);
  await mine.press("open");
  const other = browser(first.link);
  assert.match((await other.open()).text, /Opened on another device/);
  for (const action of ["open", "save", "send", "decline", "forward"])
    assert.match((await other.press(action, { words: "not mine" })).text, /Opened on another device/, action);
  assert.match((await other.press("resend")).text, /A letter left less than ten minutes ago/);
  await world.advance(11);
  assert.match((await other.press("resend")).text, /A new link is on its way/);
  const second = await letterTo();
  assert.notEqual(second.link, first.link);
  assert.match((await browser(second.link).press("open")).text, /Until what hour/);
  assert.match((await mine.open()).text, /Until what hour/, "the first still has theirs");
});

test("given on where it may be: the other has a link of their own, and the first does nothing any more", async () => {
  const id = await incident();
  await ask(id, { forwardable: true });
  const { link } = await letterTo();
  const phone = browser(link);
  await phone.press("open");
  assert.match((await phone.press("forward", { name: "", email: "omar@partner.example" })).text, /Write their name/);
  assert.match((await phone.press("forward", { name: "Omar", email: "a@b, c@d" })).text, /whole e-mail address/);
  const done = await phone.press("forward", { name: "Omar Sy", email: "omar@partner.example", words: "his shift" });
  assert.match(done.text, /It is on its way[\s\S]*Omar Sy/);
  const theirs = await letterTo("omar@partner.example");
  assert.match(theirs.text, /Nora Petit gave it on to you/);
  assert.match((await browser(theirs.link).press("open")).text, /Until what hour/);
  assert.match((await phone.press("send")).text, /It is on its way/);
  assert.deepEqual(
    (await all(id)).map(({ number, status, from }) => [number, status, from]),
    [
      [2, "asked", 1],
      [1, "forwarded", null],
    ],
  );
  await forgetNews();
});

test("a file is taken as any file of the incident, once the answer is sent, and removed before it costs nothing", async () => {
  const id = await incident();
  await ask(id, { kind: "file", text: "The log of your gateway" });
  const phone = browser((await letterTo()).link);
  await phone.press("open");
  assert.match((await phone.press("save")).text, /Choose a file first/);
  assert.match((await phone.upload("empty.log", "")).text, /empty/);
  assert.match((await phone.upload("../../first.log", "one")).text, /first\.log[\s\S]*kept/);
  assert.doesNotMatch((await phone.press("remove-file")).text, /first\.log/);
  assert.match((await phone.upload("gateway.log", "02:30 slow")).text, /gateway\.log/);
  const files = () => world.api("GET", `/api/v1/incidents/${id}/attachments`, undefined, { token: ben.token });
  assert.deepEqual((await files()).body.data, [], "nothing before it is sent");
  await world.advance(3 * 60);
  await phone.press("save", { words: "As you asked" });
  assert.match((await phone.press("send")).text, /Thank you[\s\S]*gateway\.log/);
  const [file] = (await files()).body.data;
  assert.deepEqual(
    [file.name, file.addedBy, file.mediaType],
    ["gateway.log", { id: null, name: nora.name }, "text/plain"],
  );
  const [one] = await all(id);
  assert.deepEqual(one.answer.file, { id: file.id, name: "gateway.log" });
  await forgetNews();
});

test("of several files sent at once, one is kept", async () => {
  const id = await incident();
  await ask(id, { kind: "file", text: "The log of your gateway" });
  const phone = browser((await letterTo()).link);
  await phone.press("open");
  const names = ["a.log", "b.log", "c.log"];
  for (const round of ["first", "second"]) {
    await Promise.all(names.map((name) => phone.upload(name, `${round} ${name}`)));
    const kept = await world.query("select from attachments where incident_id = $1", [id]);
    assert.equal(kept.length, 1, round);
  }
});

test("of a file that is too large, or that a stranger sends, nothing is read", async () => {
  const id = await incident();
  await ask(id, { kind: "file", text: "The log of your gateway" });
  const { link } = await letterTo();
  const phone = browser(link);
  await phone.press("open");
  const url = `${await listening()}${link}`;
  /* Announces far more than it sends: an answer before the end is one that did not wait for it. */
  const announce = (headers: OutgoingHttpHeaders): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const sent = request(url, {
        method: "POST",
        headers: { "content-type": "multipart/form-data; boundary=x", ...headers },
        timeout: 5_000,
      });
      sent.on("response", async (answer) => {
        const pieces = await answer.toArray();
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() });
        sent.destroy();
      });
      sent.on("timeout", () => sent.destroy(new Error("it waits for the rest")));
      sent.on("error", reject);
      sent.write("--x\r\n");
    });
  const large = await announce({ "content-length": 4_000_000_000, cookie: phone.headers() });
  assert.deepEqual([large.status, /larger than 25 MB/.test(large.text)], [422, true]);
  const stranger = await announce({ "content-length": 20_000_000 });
  assert.match(stranger.text, /Opened on another device/);
  const piece = Buffer.alloc(1024 * 1024, "a");
  const form = { "content-type": "multipart/form-data; boundary=x", cookie: phone.headers() };
  const endless = Readable.from(
    (function* () {
      for (let n = 0; n < 30; n++) yield piece;
    })(),
  );
  const pieces = await fetch(url, { method: "POST", headers: form, body: Readable.toWeb(endless), duplex: "half" });
  assert.equal(pieces.status, 413, "nor of one that does not say how large it is");
  assert.equal((await world.query("select from attachments where incident_id = $1", [id])).length, 0);
});

test("is it working again? says so, and decides nothing", async () => {
  const id = await incident();
  await ask(id, { kind: "working", text: "Does the counter print again?" });
  const phone = browser((await letterTo()).link);
  await phone.press("open");
  assert.match((await phone.press("save", { words: "yes!" })).text, /Choose one of the answers/);
  await phone.press("save", { choice: "yes" });
  await phone.press("send");
  const view = (await world.api("GET", `/api/v1/incidents/${id}`, undefined, { token: ben.token })).body;
  assert.equal(view.milestones.restored, undefined);
  assert.match((await world.mailbox(ben).expectNotice()).text, /Nora Petit answered by their link: yes/);
  assert.match((await letterTo()).text, /> Yes\n[\s\S]*decides whether it is over/);
  const corrected = await phone.press("save", { choice: "partly" });
  assert.match(corrected.text, /Partly/);
  await phone.press("send");
  assert.equal((await all(id))[0].answer.choice, "partly");
  assert.match((await world.mailbox(ben).expectNotice()).text, /partly/);
  await world.advance(61);
  const over = await phone.open();
  assert.deepEqual([over.status, /The answer was given/.test(over.text)], [410, true]);
});

test("reminded by itself, then whoever asked hears once; expired, taken back and over, it says whom to write to", async () => {
  const id = await incident();
  await ask(id, { hours: 24, remindEveryHours: 4, reminders: 1 });
  const { link } = await letterTo();
  await world.advance(4 * 60 + 1);
  assert.match((await letterTo()).subject, /^Reminder: Ben Roy/);
  await world.advance(4 * 60);
  assert.match((await world.mailbox(ben).expectNotice()).text, /was reminded and has not answered/);
  await world.advance(16 * 60);
  assert.match((await world.mailbox(ben).expectNotice()).text, /does nothing any more/);
  const expired = await browser(link).open();
  assert.deepEqual([expired.status, /Write to Ben Roy/.test(expired.text)], [410, true]);
  await ask(id);
  const second = await letterTo();
  assert.equal((await act(id, "revoke-contribution", { contribution: 2 })).status, 200);
  assert.equal((await browser(second.link).press("open")).status, 410);
  await ask(id);
  const third = await letterTo();
  assert.equal((await act(id, "dismiss", { reason: "a test" })).status, 200);
  assert.equal((await browser(third.link).press("open")).status, 410);
  assert.equal((await all(id))[0].status, "revoked");
});

test("a link opens its own request and nothing else; one that is not there tells nothing, however often it is tried", async () => {
  const id = await incident("Quokkatron failure");
  await ask(id, { text: "Wombat one?" });
  const one = await letterTo();
  await ask(id, { text: "Narwhal two?" });
  const two = await letterTo();
  const first = browser(one.link);
  const page = await first.press("open");
  assert.match(page.text, /Wombat one/);
  assert.doesNotMatch(page.text, /Narwhal|Quokkatron|INC-/);
  const stolen = await world.api("GET", two.link, undefined, {
    token: null,
    headers: { cookie: first.headers() },
  });
  assert.doesNotMatch(stolen.text, /Narwhal/, "the cookie of one link is none of another");
  const unknown = await world.api("GET", `/c/${"x".repeat(40)}`, undefined, { token: null });
  for (const path of [
    `/c/${"y".repeat(40)}`,
    "/c/x",
    `${one.link}x`,
    one.link.slice(0, -1),
    `/c/${one.link.slice(3).toUpperCase()}`,
  ]) {
    const answer = await world.api("GET", path, undefined, { token: null });
    assert.equal(answer.status, 404, path);
    const bare = (text: string) => text.replaceAll(/nonce="[^"]*"/g, "");
    assert.equal(bare(answer.text), bare(unknown.text));
  }
  const rows = await world.query<{ text: string }>(
    "select string_agg(t::text, '') as text from (select to_jsonb(l) as t from contributor_links l union all select to_jsonb(o) from outbox o union all select to_jsonb(e) from events e) as x",
  );
  assert.ok(!rows[0]?.text.includes(one.link.slice(3)), "nothing that opens it is kept");
  for (let tries = 0; tries < 70; tries++) await world.api("GET", "/c/zzz", undefined, { token: null });
  assert.equal((await world.api("GET", "/c/zzz", undefined, { token: null })).status, 429);
  const crossed = await world.api("POST", one.link, "action=decline", {
    token: null,
    headers: { ...form, "sec-fetch-site": "cross-site", cookie: first.headers() },
  });
  assert.equal(crossed.status, 404);
  assert.equal(
    (await all(id)).every(({ status }) => status === "asked"),
    true,
  );
});

test("of a restricted incident, or one marked red, the letter says who asks and not what", async () => {
  const id = await incident("Zanzibarine leak");
  await act(id, "mark", { tlp: "red" });
  await ask(id, { text: "Which disk is it?", context: "Tamanoirade" });
  const { text, html, link } = await letterTo();
  assert.doesNotMatch(text + html, /Which disk|Tamanoirade|Zanzibarine/);
  assert.match(text, /shown on the page only/);
  assert.match((await browser(link).press("open")).text, /Which disk is it\?/);
});

test("asking is for level 3, or for whoever has the incident; the link by hand is shown once and said in the record", async () => {
  const id = await incident();
  const ana = await world.person("Ana Deux", 2);
  const eve = await world.person("Eve None", null);
  for (const [who, code] of [
    [ana, "level-too-low"],
    [eve, "level-missing"],
  ] as const)
    assert.equal((await act(id, "ask-contributor", question, who.token)).body.code, code);
  const seen = await world.api("GET", `/api/v1/incidents/${id}/contributions`, undefined, { token: eve.token });
  assert.deepEqual(seen.body, { data: [], nextCursor: null, may: false });
  const named = await act(id, "ask-contributor", { kind: "question", text: "x", name: "Nora" });
  assert.equal(named.body.code, "contributor-required");
  await ask(id, { person: eve.id, name: undefined, email: undefined, language: undefined });
  assert.match((await letterTo(eve.email)).text, /Until what hour/);
  const { body } = await act(id, "contribution-link", { contribution: 1 });
  assert.match((await browser(linkOf(body.url)).press("open")).text, /Until what hour/);
  assert.ok((await typesOf(world, id)).includes("contribution.linked"));
  assert.equal((await act(id, "remind-contributor", { contribution: 1 })).body.code, "reminded-lately");
  assert.equal((await act(id, "revoke-contribution", { contribution: 9 })).body.code, "contribution-unknown");
});

test("two devices that open it at the same instant: one has it", async () => {
  const id = await incident();
  await ask(id);
  const { link } = await letterTo();
  const devices = Array.from({ length: 8 }, () => browser(link));
  const pages = await Promise.all(devices.map((one) => one.press("open")));
  assert.equal(pages.filter(({ text }) => text.includes("Until what hour")).length, 1);
  assert.equal(pages.filter(({ text }) => text.includes("Opened on another device")).length, 7);
  assert.equal((await typesOf(world, id)).filter((type) => type === "contribution.opened").length, 1);
});

test("what no form of ours sends is answered in words, and keeps nothing", async () => {
  const id = await incident();
  await ask(id, { choices: ["05:30", "06:00"] });
  const { link } = await letterTo();
  const phone = browser(link);
  await phone.press("open");
  const cookie = phone.headers();
  const before = await typesOf(world, id);
  const post = (body: string, type: string) =>
    world.api("POST", link, Buffer.from(body), { token: null, headers: { "content-type": type, cookie } });
  for (const [body, type] of [
    ["--x\r\nnonsense", "multipart/form-data; boundary=x"],
    ["", "multipart/form-data"],
    ["{}", "application/json"],
    ["a".repeat(60_000), form["content-type"]],
    ["action=save&choice=07:00", form["content-type"]],
    ["action=send", form["content-type"]],
    ["action=forward&name=x&email=x@example.org", form["content-type"]],
    ["action=__proto__&choice[]=x", form["content-type"]],
  ] as const) {
    const answer = await post(body, type);
    assert.ok(answer.status < 500 && answer.status !== 303, `${body.slice(0, 40)}: ${answer.status}`);
  }
  assert.deepEqual(await typesOf(world, id), before);
  const choosing = await phone.press("save", { words: `<script>alert(1)</script>"'` });
  assert.match(choosing.text, /&lt;script&gt;/);
  assert.doesNotMatch(choosing.text, /<script/);
});

test("a letter that nobody takes is said to whoever asked", async () => {
  const id = await incident();
  world.post.script = (to) => (to === "gone@partner.example" ? "never" : "ok");
  await ask(id, { email: "gone@partner.example" });
  assert.match((await world.mailbox(ben).expectNotice()).text, /did not leave/);
  assert.match((await all(id))[0].failed, /scripted/);
  const outbox = (await world.api("GET", "/api/v1/outbox")).body.data;
  const row = outbox.find(({ kind, incident }: Json) => kind === "invite" && incident === id);
  assert.deepEqual([row.to, row.status], ["gone@partner.example", "dead"]);
  world.post.script = () => "ok";
});

test("from the command line: asked, listed, a link shown, taken back", async () => {
  const id = await incident();
  const environment = { TOCSIN_URL: await listening(), TOCSIN_TOKEN: ben.token, LANG: "en_CA.UTF-8" };
  const run = async (...words: string[]): Promise<string> => {
    const { exit, out, said } = await tocsin(["contributor", ...words], { environment });
    assert.equal(exit, 0, said);
    return out;
  };
  assert.equal(await run("list", id), "");
  const choices = ["--choice", "05:30", "--choice", "06:00", "--reminders", "0"];
  const made = await run("ask", id, "Until when?", "--name", "Nora", "--email", "cli@partner.example", ...choices);
  assert.match(made, /1 +Nora +question +awaited/);
  const link = linkOf(await run("link", id, "1"));
  const phone = browser(link);
  assert.match((await phone.press("open")).text, /Until when\?[\s\S]*05:30[\s\S]*06:00/);
  assert.match(await run("revoke", id, "1"), /taken back/);
  assert.equal((await phone.open()).status, 410);
  await world.settle();
  world.post.letters.splice(0);
});

test("in French, and in the other language at a press", async () => {
  const id = await incident();
  await ask(id, { language: "fr", text: "Jusqu’à quelle heure?" });
  const { link, subject } = await letterTo();
  assert.equal(subject, "Ben Roy vous pose une question");
  const phone = browser(link);
  assert.match((await phone.open()).text, /lang="fr"[\s\S]*Ouvrir la demande/);
  assert.match((await phone.open("?lang=en")).text, /lang="en"[\s\S]*Open the request/);
  assert.match((await phone.press("open", { lang: "en" })).text, /This is not for me/);
});
