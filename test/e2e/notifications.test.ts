/** A person sees to how they are reached: a phone is added and proved, turns are set, a test goes out and is answered from the
 *  phone; on a desk in English, in a hand in French. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { openReceiver, type Receiver } from "../acceptance/receiver.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, desktop, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { until } from "./until.ts";

onStage("my notifications", async (stage) => {
  const { t, desk } = stage;
  const receiver = await openReceiver();
  await desk.api("PATCH", "/api/v1/settings", { privateAddresses: ["127.0.0.1/32"] });
  const [fr, en] = [await desk.person("Élise Tremblay", "fr"), await desk.person("Sam Carter", "en")];
  await t.test("fr, in a hand", () => tell(stage, receiver, fr, { viewport: phone, colorScheme: "dark" }));
  await t.test("en, on a desk", () => tell(stage, receiver, en, { viewport: desktop, colorScheme: "light" }));
  await receiver.close();
});

type Look = { readonly viewport: typeof desktop; readonly colorScheme: "light" | "dark" };

async function tell(stage: Stage, receiver: Receiver, person: Someone, look: Look): Promise<void> {
  const visitor = await signedIn(stage, person, look);
  const { page, words } = visitor;
  const { t } = words;
  if (look.viewport === phone) await page.getByRole("button", { name: t("shell.more") }).click();
  await page.getByRole("link", { name: t("shell.notifications") }).click();
  await page.getByRole("heading", { level: 1, name: t("shell.notifications") }).waitFor();
  await page.getByText(t("contact.limit")).waitFor();
  const topic = `phone-of-${person.language}`;
  const way = await addAndProve(visitor, receiver, topic);
  await setTurns(stage, visitor, person, way);
  await testAndAnswer(visitor, receiver, topic, way);
  assert.deepEqual(await violations(page), []);
  await refusedByItsField(visitor);
  await addWebhook(visitor, receiver);
  assert.deepEqual(await violations(page), []);
  /* A refusal is an answer that the browser also notes by itself. */
  assertNoFaults({ ...visitor, faults: visitor.faults.filter((one) => !/status of (422|409)/.test(one)) });
  await visitor.leave();
}

const wayOf = ({ page }: Visitor, name: string): Locator =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name }) });

async function addAndProve(visitor: Visitor, receiver: Receiver, topic: string): Promise<string> {
  const { page, words } = visitor;
  const { t } = words;
  const name = `ntfy ${topic}`;
  await page.getByLabel(t("contact.kind"), { exact: true }).selectOption("ntfy");
  await field(page, t("contact.server")).fill(receiver.url);
  await field(page, t("contact.topic")).fill(topic);
  await field(page, t("contact.name")).fill(name);
  await page.getByRole("button", { name: t("contact.add.do") }).click();
  const way = wayOf(visitor, name);
  await way.getByText(t("contact.state.to-verify"), { exact: true }).waitFor();
  assert.deepEqual(await violations(page), []);
  const push = await until(
    "the code arrives",
    async () => receiver.received.find((one) => one.body.topic === topic) ?? false,
  );
  const code = field(way, t("contact.code"));
  await code.fill("0000 0000");
  await way.getByRole("button", { name: t("contact.prove") }).click();
  await way.getByRole("alert").waitFor();
  await code.fill(/\d{4} \d{4}/.exec(push.body.title)?.[0] ?? "");
  await way.getByRole("button", { name: t("contact.prove") }).click();
  await way.getByText(t("contact.state.usable"), { exact: true }).waitFor();
  return name;
}

async function setTurns(stage: Stage, { page, words }: Visitor, person: Someone, way: string): Promise<void> {
  const { t } = words;
  const turn = (name: string, urgency: string) =>
    page.getByLabel(t("turns.of", { way: name, urgency }), { exact: true });
  await turn(t("contact.kind.email"), t("turns.high")).selectOption(t("turns.after", { count: 5 }));
  await turn(way, t("turns.low")).selectOption(t("turns.never"));
  await page.getByRole("button", { name: t("turns.save") }).click();
  const api = await stage.desk.apiOf(person);
  const said = await until("the turns are kept", async () => {
    const { high, low } = await api("GET", "/api/v1/notification-preference");
    return high.length > 0 ? { high, low } : false;
  });
  const minutes = (rules: { afterMinutes: number }[]): number[] => rules.map((one) => one.afterMinutes).sort();
  assert.deepEqual([minutes(said.high), minutes(said.low)], [[0, 5], [0]]);
}

async function testAndAnswer({ page, words }: Visitor, receiver: Receiver, topic: string, way: string): Promise<void> {
  const { t } = words;
  const section = page.getByRole("region", { name: t("trial.title") });
  await section.getByRole("button", { name: t("trial.do") }).click();
  const push = await until(
    "the test arrives",
    async () => receiver.received.find((one) => one.body.topic === topic && one.body.priority === 5) ?? false,
  );
  const line = section.getByRole("listitem").filter({ hasText: way });
  await line.getByText(beginningOf(t("test.state.accepted", { at: "@" }))).waitFor();
  const [{ url, headers, body }] = push.body.actions;
  assert.equal((await fetch(url, { method: "POST", headers, body })).status, 200);
  await page.reload();
  await line.getByText(beginningOf(t("test.state.acknowledged", { at: "@" }))).waitFor();
  await section
    .getByRole("listitem")
    .filter({ hasText: "@example.org" })
    .getByText(beginningOf(t("test.state.accepted", { at: "@" })))
    .waitFor();
}

/** A sentence up to the hour it says. */
const beginningOf = (sentence: string): string => sentence.slice(0, sentence.indexOf("(@"));

async function refusedByItsField({ page, words }: Visitor): Promise<void> {
  const { t } = words;
  await page.getByLabel(t("contact.kind"), { exact: true }).selectOption("webhook");
  const address = field(page, t("contact.url"));
  await address.fill("https://169.254.169.254/latest/meta-data");
  await page.getByRole("button", { name: t("contact.add.do") }).click();
  await page.getByText(t("field.private-address")).waitFor();
  assert.equal(await address.getAttribute("aria-invalid"), "true");
}

async function addWebhook(visitor: Visitor, receiver: Receiver): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  await field(page, t("contact.url")).fill(`${receiver.url}/hook`);
  await page.getByRole("button", { name: t("contact.add.do") }).click();
  const secret = await page
    .getByRole("status")
    .filter({ hasText: t("contact.secret.once") })
    .locator("pre")
    .textContent();
  assert.match(secret ?? "", /^whsec_/);
  const way = wayOf(visitor, t("contact.kind.webhook"));
  await way.getByText(t("contact.deliveries")).click();
  await way.getByText(t("delivery.kind.code")).first().waitFor();
  await page.reload();
  await way.waitFor();
  assert.equal(await page.getByText("whsec_").count(), 0, "shown once");
  await way.getByRole("button", { name: t("contact.remove") }).click();
  await way.waitFor({ state: "detached" });
  const mail = wayOf(visitor, t("contact.kind.email"));
  await mail.getByRole("button", { name: t("contact.switch-off") }).click();
  await mail.getByText(t("contact.state.off"), { exact: true }).waitFor();
  const last = page.getByRole("heading", { level: 3, name: /^ntfy/ });
  await page
    .getByRole("listitem")
    .filter({ has: last })
    .getByRole("button", { name: t("contact.remove") })
    .click();
  await page.getByText(t("last-contact-point.detail")).waitFor();
}
