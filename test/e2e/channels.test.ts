/** Who carries text messages and calls: an account is added, tried, refused for its secret, paused when it fails, put first and
 *  taken away; with a keyboard only, in both languages, on a desk and in a hand. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { channels } from "../../languages/channels.ts";
import { createMessages } from "../../languages/messages.ts";
import {
  type FakeCarrier,
  lastText,
  openFakeTwilio,
  openFakeVonage,
  twilioAccount,
  vonageAccount,
} from "../acceptance/carriers.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, desktop, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { press, reach } from "./tabbing.ts";
import { until } from "./until.ts";

const sayIn = { fr: createMessages("fr", channels).t, en: createMessages("en", channels).t } as const;

onStage("channels", async (stage) => {
  const { t, desk } = stage;
  const carriers = { twilio: await openFakeTwilio(), vonage: await openFakeVonage(Date.now) };
  await desk.api("PATCH", "/api/v1/settings", { privateAddresses: ["127.0.0.1/32"] });
  const fr = await desk.person("Élise Tremblay", "fr", { admin: true });
  const en = await desk.person("Sam Carter", "en", { admin: true });
  await t.test("fr, in a hand", () => tell(stage, carriers, fr, { viewport: phone, colorScheme: "dark" }));
  await t.test("en, on a desk", () => tell(stage, carriers, en, { viewport: desktop, colorScheme: "light" }));
  for (const one of Object.values(carriers)) await one.close();
});

type Carriers = { readonly twilio: FakeCarrier; readonly vonage: FakeCarrier };
type Look = { readonly viewport: typeof desktop; readonly colorScheme: "light" | "dark" };

async function tell(stage: Stage, { twilio, vonage }: Carriers, person: Someone, look: Look): Promise<void> {
  const visitor = await signedIn(stage, person, look);
  const { page, words } = visitor;
  const say = sayIn[words.language];
  await page.goto(`${stage.desk.url}/channels`);
  await page.getByText(say("providers.none")).waitFor();
  await refusedByItsField(visitor, twilio);
  await wrongSecret(visitor, twilio);
  const first = await addTwilio(visitor, twilio, twilioAccount.authToken);
  await tryIt(visitor, first, say("providers.answered", { at: "@" }));
  assert.deepEqual(await violations(page), []);
  await failing(visitor, twilio, first);
  const second = await addVonage(visitor, vonage);
  await press(page, second.getByRole("button", { name: say("providers.first") }), "putting first");
  const firstOfAll = page.locator("ol.contacts > li").first();
  await firstOfAll.getByRole("heading", { level: 3, name: say("providers.kind.vonage") }).waitFor();
  await isCarried(stage, person, vonage);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} px too wide`);
  assert.deepEqual(await violations(page), []);
  const shown = await page.content();
  for (const secret of [twilioAccount.authToken, vonageAccount.signatureSecret, "PRIVATE KEY-"])
    assert.ok(!shown.includes(secret), "what opens an account is shown nowhere");
  for (const one of [second, first]) await remove(visitor, one);
  await page.getByText(say("providers.none")).waitFor();
  /* A refusal is an answer that the browser also notes by itself. */
  assertNoFaults({ ...visitor, faults: visitor.faults.filter((one) => !/status of 422/.test(one)) });
  await visitor.leave();
}

/** Typed over whatever a field held. */
async function type({ page }: Visitor, wanted: Locator, text: string, what: string): Promise<void> {
  await reach(page, wanted, what);
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}

const account = ({ page }: Visitor, name: string): Locator =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name, exact: true }) });

type Typed = { readonly from: string; readonly token: string };

async function fillTwilio(visitor: Visitor, carrier: FakeCarrier, { from, token }: Typed): Promise<void> {
  const { page, words } = visitor;
  const say = sayIn[words.language];
  await type(visitor, field(page, say("providers.account-sid")), twilioAccount.accountSid, "the account");
  await type(visitor, page.getByLabel(say("providers.auth-token")), token, "the token");
  await type(visitor, field(page, say("providers.from")), from, "the number");
  await type(visitor, field(page, words.t("contact.server")), carrier.url, "the server");
  await page.keyboard.press("Enter");
}

async function refusedByItsField(visitor: Visitor, carrier: FakeCarrier): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  await fillTwilio(visitor, carrier, { from: "555-0100", token: twilioAccount.authToken });
  await page.getByText(t("field.not-a-phone")).waitFor();
  const number = field(page, sayIn[words.language]("providers.from"));
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  assert.deepEqual(await violations(page), []);
}

async function addTwilio(visitor: Visitor, carrier: FakeCarrier, token: string): Promise<Locator> {
  const say = sayIn[visitor.words.language];
  await fillTwilio(visitor, carrier, { from: twilioAccount.from, token });
  const added = account(visitor, say("providers.kind.twilio"));
  await added.getByText(say("providers.never-tried")).waitFor();
  return added;
}

async function tryIt({ page, words }: Visitor, one: Locator, sentence: string): Promise<void> {
  await press(page, one.getByRole("button", { name: sayIn[words.language]("providers.try") }), "trying");
  await one.getByText(sentence.split("@")[0]?.trim() ?? sentence).waitFor();
}

async function wrongSecret(visitor: Visitor, carrier: FakeCarrier): Promise<void> {
  const added = await addTwilio(visitor, carrier, "not-the-token-of-this-account");
  await tryIt(visitor, added, "HTTP 401: 20003 Authenticate");
  await remove(visitor, added);
}

/** Three in a row, and it is left alone; when it answers again, it is in service at once. */
async function failing(visitor: Visitor, carrier: FakeCarrier, one: Locator): Promise<void> {
  const { page, words } = visitor;
  const say = sayIn[words.language];
  carrier.trouble = () => ({ status: 503, body: "" });
  const before = carrier.asked();
  for (let times = 1; times <= 3; times += 1) {
    await tryIt(visitor, one, "HTTP 503");
    await until("it was asked", async () => carrier.asked() === before + times);
  }
  await one.getByText(say("providers.state.paused")).waitFor();
  assert.deepEqual(await violations(page), []);
  carrier.trouble = () => null;
  await tryIt(visitor, one, say("providers.answered", { at: "@" }));
  await one.getByText(say("providers.state.usable")).waitFor();
}

async function addVonage(visitor: Visitor, carrier: FakeCarrier): Promise<Locator> {
  const { page, words } = visitor;
  const say = sayIn[words.language];
  await reach(page, page.getByLabel(say("providers.kind"), { exact: true }), "the choice of a provider");
  await page.keyboard.press("ArrowDown");
  await type(visitor, field(page, say("providers.application-id")), vonageAccount.applicationId, "the application");
  await type(visitor, field(page, say("providers.private-key")), vonageAccount.privateKey, "its key");
  const secret = page.getByLabel(say("providers.signature-secret"));
  await type(visitor, secret, vonageAccount.signatureSecret, "the secret");
  await type(visitor, field(page, say("providers.from")), vonageAccount.from, "the number");
  await type(visitor, field(page, words.t("contact.server")), carrier.url, "the server");
  await page.keyboard.press("Enter");
  const added = account(visitor, say("providers.kind.vonage"));
  await tryIt(visitor, added, say("providers.answered", { at: "@" }));
  return added;
}

/** A person is proved and tried by whoever was put first. */
async function isCarried({ desk }: Stage, person: Someone, carrier: FakeCarrier): Promise<void> {
  const api = await desk.apiOf(person);
  const number = person.language === "fr" ? "+1 514 555-0123" : "+1 438 555-0124";
  const before = carrier.taken.length;
  const { id } = await api("POST", "/api/v1/contact-points", { kind: "sms", number });
  await until("the code leaves", async () => carrier.taken.length > before);
  await api("POST", `/api/v1/contact-points/${id}/verify`, { code: /\d{8}/.exec(lastText(carrier))?.[0] });
  await api("POST", "/api/v1/test-page", {});
  await until("the test leaves", async () => carrier.taken.length > before + 1 && /\/test\//.test(lastText(carrier)));
  await api("DELETE", `/api/v1/contact-points/${id}`);
}

async function remove({ page, words: { t } }: Visitor, one: Locator): Promise<void> {
  await press(page, one.getByRole("button", { name: t("contact.remove") }), "taking away");
  await one.waitFor({ state: "detached" });
}
