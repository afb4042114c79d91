/** A source is plugged in, tried, watched, signed for, and given another key, without leaving the web: in both languages, on
 *  a desk and on a phone, and by the keyboard. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { readCurl } from "../acceptance/shell.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { until } from "./until.ts";
import { intakeWords, languages } from "./words.ts";

const names = { fr: "Élise Tremblay", en: "Sam Carter" } as const;

onStage("integrations", async (stage) => {
  const people = {
    fr: await stage.desk.person(names.fr, "fr", { admin: true }),
    en: await stage.desk.person(names.en, "en", { admin: true }),
  };
  await stage.t.test("an empty page teaches", () => teaches(stage, people.fr));
  for (const language of languages) {
    await stage.t.test(language, async (t) => {
      const visitor = await signedIn(stage, people[language]);
      await t.test("a sender is plugged in and its snippet works as it is copied", () => plugs(stage, visitor));
      await t.test("a test says whom it calls, is sent, and is ended", () => tries(stage, visitor, people[language]));
      await t.test("another key, and the first is revoked", () => changesKeys(stage, visitor));
      await t.test("a signature is asked for, and no longer", () => signs(stage, visitor));
      await t.test("a mapping is written, and a wrong one is refused in words", () => maps(stage, visitor));
      const refused = visitor.faults.filter((one) => one.includes("422"));
      assert.equal(refused.length, 1, "the wrong mapping");
      assertNoFaults({ ...visitor, faults: visitor.faults.filter((one) => !refused.includes(one)) });
      await visitor.leave();
    });
  }
  await stage.t.test("on a phone", () => isReadOnPhone(stage, people.fr));
});

const sayIn = ({ words }: Visitor) => intakeWords[words.language];
const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const copied = (page: Page): Promise<string> => page.evaluate("navigator.clipboard.readText()") as Promise<string>;

async function teaches({ desk, browser }: Stage, person: Someone): Promise<void> {
  const visitor = await signedIn({ desk, browser }, person);
  const { page } = visitor;
  await page.goto(`${desk.url}/integrations`);
  await page.getByRole("heading", { name: intakeWords.fr("empty.title") }).waitFor();
  await page.getByText(intakeWords.fr("empty.try")).waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function make(stage: Stage, { page, words }: Visitor, kind: string, name: string): Promise<void> {
  await page.goto(`${stage.desk.url}/integrations`);
  await page.getByRole("combobox", { name: words.t("integrations.kind") }).selectOption(kind);
  await field(page, words.t("integrations.name")).fill(name);
  await page.getByRole("button", { name: words.t("integrations.make") }).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

async function plugs(stage: Stage, visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const say = sayIn(visitor);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await make(stage, visitor, "pagerduty", `Watch ${visitor.words.language}`);
  /* What is shown once is what is looked at first. */
  await page
    .getByRole("heading", { name: say("key.once") })
    .and(page.locator(":focus"))
    .waitFor();
  const plug = region(page, say("plug.title"));
  const key = (await plug.locator(".fresh-key code").textContent()) ?? "";
  assert.match(key, /^[A-Za-z0-9]{32}$/);
  assert.deepEqual(await violations(page), []);
  const events = region(page, say("events.title"));
  await events.getByText(say("events.none.title")).waitFor();

  await plug.getByRole("button", { name: say("snippet.title") }).click();
  const { method, url, headers, body } = readCurl(await copied(page));
  assert.equal((await fetch(url, { method, headers, body })).status, 202);
  const row = events.getByRole("row").filter({ hasText: say("example.title") });
  await row.getByText(visitor.words.t("intake.opened")).waitFor();
  await row.getByRole("link", { name: /^INC-\d+$/ }).waitFor();

  /* The tabs by arrows, one stop of Tab; the address has a button of its own. */
  await plug.getByRole("tab", { name: say("sender.events-v2") }).focus();
  await page.keyboard.press("End");
  await plug
    .getByRole("tab", { name: say("sender.change"), selected: true })
    .and(page.locator(":focus"))
    .waitFor();
  await plug.getByRole("button", { name: say("address.title") }).click();
  assert.equal(await copied(page), `${stage.desk.url}/v2/change/enqueue`);
  await plug.getByRole("tab", { name: say("sender.change") }).focus();
  await page.keyboard.press("ArrowRight");
  await plug.getByRole("tab", { name: say("sender.events-v2"), selected: true }).waitFor();

  const wrong = { routing_key: key, event_action: "trigger", payload: { summary: "" } };
  const refused = await fetch(url, { method, headers, body: JSON.stringify(wrong) });
  assert.equal(refused.status, 400);
  const said = events.getByRole("row").filter({ hasText: say("refused.invalid") });
  await said.getByText("'summary' is missing or blank").waitFor();
  assert.deepEqual(await violations(page), []);
}

async function tries({ desk }: Stage, visitor: Visitor, person: Someone): Promise<void> {
  const { page, words } = visitor;
  const say = sayIn(visitor);
  const { data } = await desk.api("GET", "/api/v1/integrations");
  const one = data.find(({ name }: { name: string }) => name === `Watch ${words.language}`);
  const service = await desk.serviceOf([person], `Paie ${words.language}`, `Payroll ${words.language}`);
  await desk.api("PATCH", `/api/v1/integrations/${one.id}`, { service });
  await page.goto(`${desk.url}/integrations/${one.id}`);
  await page.getByText(say("key.hidden", { place: say("key.place") })).waitFor();
  await page.getByRole("button", { name: say("trial.open") }).click();
  const dialog = page.getByRole("dialog");
  const send = dialog.getByRole("button", { name: say("trial.send", { names: person.name }) });
  await send.waitFor();
  await dialog.getByText(say("trial.does")).waitFor();
  await dialog.getByText(say("trial.not")).waitFor();
  assert.deepEqual(await violations(page), []);
  assert.equal((await desk.api("GET", "/api/v1/incidents?limit=1")).data[0].title, say("example.title"), "not yet");
  await send.focus();
  await page.keyboard.press("Enter");
  await dialog
    .getByRole("heading", { name: say("trial.sent") })
    .and(page.locator(":focus"))
    .waitFor();
  const link = dialog.getByRole("link", { name: /^INC-\d+$/ });
  await link.waitFor();
  const title = `${words.language === "fr" ? "Essai de" : "Test of"} ${one.name}`;
  await dialog.getByText(title).waitFor();
  await desk.ackLink(person.email, title);
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole("button", { name: say("trial.end") }).click();
  await dialog.getByText(words.t("intake.resolved")).waitFor();
  await dialog.getByRole("link", { name: /^INC-\d+$/ }).click();
  await page.getByRole("heading", { level: 1 }).filter({ hasText: title }).waitFor();
  const [incident] = (await desk.api("GET", "/api/v1/incidents?limit=1")).data;
  assert.deepEqual([incident.stage, incident.alerts.open], ["restored", 0]);
}

async function changesKeys({ desk }: Stage, visitor: Visitor): Promise<void> {
  const { page, words } = visitor;
  const say = sayIn(visitor);
  await page.goto(`${desk.url}/integrations`);
  await page.getByRole("link", { name: `Watch ${words.language}` }).click();
  const keys = region(page, say("keys.title"));
  const lines = keys.getByRole("listitem");
  await lines.first().waitFor();
  assert.equal(await lines.count(), 1);
  await keys.getByRole("button", { name: say("key.make") }).click();
  await page.getByRole("heading", { name: say("key.once") }).waitFor();
  const fresh = (await page.locator(".fresh-key code").textContent()) ?? "";
  await keys.getByText(say("keys.third")).waitFor();
  const old = lines.filter({ hasNotText: fresh.slice(-4) });
  await old.getByRole("button").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(say("keys.revoke.text")).waitFor();
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole("button", { name: say("keys.revoke"), exact: true }).click();
  await old.waitFor({ state: "detached" });
  assert.equal(await lines.count(), 1);
  await page.getByRole("heading", { name: say("key.once") }).waitFor();
  await lines.getByRole("button").click();
  await dialog.getByText(say("keys.revoke.last")).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
}

async function signs(stage: Stage, visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const say = sayIn(visitor);
  await make(stage, visitor, "alertmanager", `Grafana ${visitor.words.language}`);
  const key = (await page.locator(".fresh-key code").textContent()) ?? "";
  const address = `${stage.desk.url}/alertmanager/${key}/webhook`;
  const section = region(page, say("sign.title"));
  await section.getByRole("button", { name: say("sign.set") }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: say("sign.propose") }).click();
  const secret = await field(form, say("sign.secret")).inputValue();
  assert.match(secret, /^[0-9a-f]{48}$/);
  assert.deepEqual(await violations(page), []);
  await form.getByRole("button", { name: say("sign.save") }).click();
  await section.getByText(say("sign.on", { header: "X-Grafana-Alerting-Signature" })).waitFor();
  await form.waitFor({ state: "detached" });
  assert.ok(!(await page.content()).includes(secret), "not shown again");
  await page.getByRole("tab", { name: say("sender.grafana") }).click();
  await page.getByText("hmacConfig:").waitFor();
  await page.getByRole("tab", { name: say("sender.prometheus") }).click();
  await page.getByRole("tabpanel").getByText(say("sign.others")).waitFor();

  const body = JSON.stringify({ alerts: [{ status: "firing", labels: { alertname: `Signed ${key.slice(0, 4)}` } }] });
  const post = async (headers: Record<string, string>) =>
    (await fetch(address, { method: "POST", headers, body })).status;
  assert.equal(await post({}), 401);
  const events = region(page, say("events.title"));
  await events.getByText(say("refused.signature")).waitFor();
  const mac = createHmac("sha256", secret).update(body).digest("hex");
  assert.equal(await post({ "x-grafana-alerting-signature": mac }), 200);
  await events.getByRole("link", { name: `Signed ${key.slice(0, 4)}` }).waitFor();
  await section.getByRole("button", { name: say("sign.stop") }).click();
  await form.getByRole("button", { name: say("sign.stop") }).click();
  await section.getByText(say("sign.off")).waitFor();
  assert.equal(await post({}), 200);
}

async function maps(stage: Stage, visitor: Visitor): Promise<void> {
  const { page, words } = visitor;
  const say = sayIn(visitor);
  await make(stage, visitor, "generic", `Probe ${words.language}`);
  const section = region(page, say("mapping.title"));
  await section.getByText(say("mapping.none")).waitFor();
  await section.getByRole("button", { name: say("mapping.change") }).click();
  const form = page.getByRole("dialog");
  const title = field(form, say("mapping.title.field"));
  await title.fill("body.");
  const save = form.getByRole("button", { name: words.t("frame.save") });
  await save.click();
  await form.getByRole("alert").filter({ hasText: "title" }).waitFor();
  await form.getByRole("button", { name: say("mapping.example") }).click();
  assert.deepEqual(await violations(page), []);
  await save.click();
  await section.getByText("body.check.id").waitFor();
  const { data } = await stage.desk.api("GET", "/api/v1/integrations");
  const one = data.find(({ name }: { name: string }) => name === `Probe ${words.language}`);
  assert.equal(one.mapping.key, "body.check.id");
}

/** Nothing scrolls sideways but what is made to, and all of it is within reach of a thumb. */
async function isReadOnPhone({ desk, browser }: Stage, person: Someone): Promise<void> {
  const visitor = await signedIn({ desk, browser }, person, { viewport: phone });
  const { page } = visitor;
  const say = sayIn(visitor);
  const wide = () => page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  await page.goto(`${desk.url}/integrations`);
  await page.getByRole("link", { name: "Watch fr" }).waitFor();
  assert.equal(await wide(), 0);
  assert.deepEqual(await violations(page), []);
  await page.getByRole("link", { name: "Watch fr" }).click();
  const events = region(page, say("events.title"));
  await events.getByText(say("events.trial")).first().waitFor();
  assert.equal(await wide(), 0);
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: say("trial.open") }).click();
  await page.getByRole("dialog").getByText(say("trial.does")).waitFor();
  await until(
    "who is called is known",
    async () => (await page.getByRole("dialog").getByText(person.name).count()) > 0,
  );
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}
