/** What calls nobody, on its pages: a silence written by the keys alone, with its preview, and ended; maintenance each month, with
 *  its next times; a rule; and what an alert that waits says of it, in both languages. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { type Language, languages, noiseWords, type Words } from "./words.ts";

const reasons = { fr: "Remplacement des commutateurs", en: "The switches are being replaced" } as const;

onStage("noise", async (stage) => {
  const people = {
    fr: await stage.desk.person("Élise Tremblay", "fr", { level: 5 }),
    en: await stage.desk.person("Sam Carter", "en", { level: 5 }),
  };
  await stage.desk.serviceOf([people.fr, people.en], "Paie", "Payroll");
  const key = await stage.desk.integration("generic", { name: "Supervision" });
  for (const language of languages)
    await stage.t.test(`${language}: a silence is written by keys, holds back, and is ended`, () =>
      silences(stage, people[language], key),
    );
  for (const language of languages)
    await stage.t.test(`${language}: maintenance each month shows its next times`, () =>
      plans(stage, people[language]),
    );
  for (const language of languages)
    await stage.t.test(`${language}: a rule is added, switched off and removed`, () => rules(stage, people[language]));
});

async function silences({ desk, browser }: Stage, person: Someone, key: string): Promise<void> {
  const visitor = await signedIn({ desk, browser }, person);
  const { page, words } = visitor;
  const say = noiseWords[words.language];
  const title = `switch ${words.language} down`;
  const reason = reasons[words.language];
  await desk.knock(`/events/${key}`, { key: `before-${title}`, title });
  await page.goto(`${desk.url}/silences`);
  await field(page, say("scope.text")).fill(title);
  await page.getByRole("link", { name: title }).waitFor();
  await field(page, say("silence.reason")).fill(reason);
  await page.keyboard.press("Enter");
  const line = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: reason, exact: true }) });
  await line.waitFor();
  assert.deepEqual(await violations(page), []);
  await desk.knock(`/events/${key}`, { key: title, title });
  const { data } = await desk.api("GET", "/api/v1/alerts?status=waiting");
  const waiting = data.find((one: { title: string }) => one.title === title);
  await page.goto(`${desk.url}/alerts/${waiting.id}`);
  await page.getByText(words.t("alert.waits"), { exact: true }).waitFor();
  await page.getByText(reason).first().waitFor();
  assert.deepEqual(await violations(page), []);
  await raisedByHand(page, words, { desk, key, title, url: `${desk.url}/alerts` });
  await page.goto(`${desk.url}/silences`);
  await line.getByRole("button", { name: say("silence.end") }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText(say("silence.end.text", { waiting: 1 })).waitFor();
  await dialog.getByRole("button", { name: say("silence.end") }).focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.goto(`${desk.url}/alerts/${waiting.id}`);
  await page.getByText(words.t("trace.raised")).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

type Raising = { readonly desk: Stage["desk"]; readonly key: string; readonly title: string; readonly url: string };

/** Another that the silence holds back does not wait for its end. */
async function raisedByHand(page: Page, { t }: Words, { desk, key, title, url }: Raising): Promise<void> {
  await desk.knock(`/events/${key}`, { key: `other-${title}`, title: `${title}, other` });
  const { data } = await desk.api("GET", "/api/v1/alerts?status=waiting");
  const other = data.find((one: { title: string }) => one.title === `${title}, other`);
  await page.goto(`${url}/${other.id}`);
  await page.getByRole("button", { name: t("alert.raise") }).click();
  const dialog = page.getByRole("dialog", { name: t("alert.raise.title") });
  await field(dialog, t("form.reason")).fill("Not the switch");
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole("button", { name: t("alert.raise") }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText(/Not the switch/).waitFor();
}

async function plans({ desk, browser }: Stage, person: Someone): Promise<void> {
  const visitor = await signedIn({ desk, browser }, person);
  const { page, words } = visitor;
  const say = noiseWords[words.language];
  const name = `Maintenance ${words.language}`;
  await page.goto(`${desk.url}/maintenance`);
  await field(page, say("window.name")).fill(name);
  await field(page, say("silence.reason")).fill(reasons[words.language]);
  await page.getByRole("checkbox", { name: words.language === "fr" ? "Paie" : "Payroll" }).check();
  await page.getByRole("combobox", { name: say("window.when") }).selectOption("month");
  await page.locator(".preview li").nth(3).waitFor();
  await page.getByRole("button", { name: say("window.make"), exact: true }).click();
  const line = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
  await line.waitFor();
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize(phone);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide on a phone`);
  await line.getByRole("button", { name: say("window.end") }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: say("window.end") })
    .click();
  await line.waitFor({ state: "detached" });
  assertNoFaults(visitor);
  await visitor.leave();
}

async function rules({ desk, browser }: Stage, person: Someone): Promise<void> {
  const visitor = await signedIn({ desk, browser }, person);
  const { page, words } = visitor;
  const say = noiseWords[words.language];
  const name = ({ fr: "Par site", en: "By site" } satisfies Record<Language, string>)[words.language];
  await page.goto(`${desk.url}/noise-rules`);
  await page.getByRole("combobox", { name: say("rule.kind") }).selectOption("grouping");
  await field(page, say("rule.name")).fill(name);
  await field(page, say("rule.labels")).fill("site, rack");
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: say("rule.make") }).click();
  const line = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
  await line.getByText("rack").waitFor();
  await line.getByRole("button", { name: say("rule.change") }).click();
  const dialog = page.getByRole("dialog");
  await field(dialog, say("rule.labels")).fill("site, room");
  await field(dialog, say("scope.text")).fill("switch");
  await dialog.getByRole("checkbox", { name: say("rule.across") }).check();
  await dialog.getByText(say("rule.across.grouping")).waitFor();
  await dialog.getByText(say("rule-preview.title")).waitFor();
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole("button", { name: say("rule.save") }).click();
  await dialog.waitFor({ state: "detached" });
  await line.getByText("room").waitFor();
  await line.getByText(say("said.across", { what: "" }).trim()).waitFor();
  await line.getByRole("button", { name: say("rule.off") }).click();
  await line.getByText(say("rule.version", { version: 3 })).waitFor();
  await line.getByRole("button", { name: say("rule.remove") }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: say("rule.remove") })
    .click();
  await line.waitFor({ state: "detached" });
  assertNoFaults(visitor);
  await visitor.leave();
}
