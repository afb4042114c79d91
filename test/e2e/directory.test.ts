/** An administrator sets up who is called without leaving the web; anybody else sees it all, and why it is not theirs to
 *  change. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import { begins, type Language, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;

onStage("the directory", async (stage) => {
  for (const language of languages) {
    await stage.t.test(language, async (t) => {
      await t.test("from a person to a policy that calls them", () => setsUp(stage, language));
      await t.test("levels are granted by the rule, with its sentence", () => grants(stage, language));
      await t.test("others see it, and why it is not theirs to change", () => isBarred(stage, language));
    });
  }
});

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

async function setsUp(stage: Stage, language: Language): Promise<void> {
  const visitor = await signedIn(stage, await stage.desk.person(people[language], language, { admin: true }));
  const { page } = visitor;
  const { t } = visitor.words;
  const form = page.getByRole("dialog");
  const press = (word: string) => form.getByRole("button", { name: begins(word) }).click();

  await page.goto(`${stage.desk.url}/people`);
  await page.getByRole("button", { name: t("person.add") }).click();
  const name = `Ada ${language}`;
  await field(form, t("people.name")).fill(name);
  await field(form, t("person.email")).fill(`ada.${language}@example.org`);
  await form.getByRole("combobox", { name: begins(t("person.level")) }).selectOption("3");
  assert.deepEqual(await violations(page), []);
  await press(t("person.add"));
  await heading(page, name);

  await page.goto(`${stage.desk.url}/teams`);
  await page.getByRole("button", { name: t("team.add") }).click();
  await field(form, t("team.name")).fill(`Team ${language}`);
  await form.getByRole("checkbox", { name }).check();
  await press(t("team.add"));
  await heading(page, `Team ${language}`);
  await page.getByRole("link", { name }).waitFor();

  await page.goto(`${stage.desk.url}/schedules`);
  await page.getByRole("button", { name: t("schedule.add") }).click();
  await field(form, t("schedule.name")).fill(`Nights ${language}`);
  await form.getByRole("combobox", { name: t("schedule.turn", { number: 1 }) }).selectOption({ label: name });
  await form.getByRole("table").getByRole("rowheader", { name }).first().waitFor();
  assert.deepEqual(await violations(page), []);
  await press(t("schedule.add"));
  await heading(page, `Nights ${language}`);

  await makesPolicy(stage, visitor, { language, name });
  await makesService(stage, visitor, language);
  const services = (await stage.desk.api("GET", "/api/v1/services")).data as { nameEn: string; policy: string }[];
  const policies = (await stage.desk.api("GET", "/api/v1/escalation-policies")).data as { id: string; name: string }[];
  const made = services.find((one) => one.nameEn === `Wages ${language}`);
  assert.equal(policies.find(({ id }) => id === made?.policy)?.name, `Policy ${language}`);
  assertNoFaults(visitor);
  await visitor.leave();
}

type Made = { readonly language: Language; readonly name: string };

async function makesPolicy(stage: Stage, { page, words: { t } }: Visitor, { language, name }: Made): Promise<void> {
  const form = page.getByRole("dialog");
  const target = (step: number) => group(step).getByRole("combobox").first();
  const group = (step: number) => form.getByRole("group", { name: t("policy.step", { number: step }) });
  await page.goto(`${stage.desk.url}/escalation-policies`);
  await addsWebhook(page, t, `Robot ${language}`);
  await page.getByRole("button", { name: t("policy.add") }).click();
  await field(form, t("policy.name")).fill(`Policy ${language}`);
  await target(1).selectOption({ label: `Team ${language}` });
  await form.getByRole("button", { name: t("policy.step.add") }).click();
  await group(1)
    .getByRole("checkbox", { name: t("policy.in-turn") })
    .check();
  await target(2).selectOption({ label: `Nights ${language}` });
  await group(2)
    .getByRole("button", { name: t("policy.target.add") })
    .click();
  await group(2)
    .getByRole("combobox")
    .nth(1)
    .selectOption({ label: `Robot ${language}` });
  await form.getByRole("button", { name: t("moves.up", { name: t("policy.step", { number: 2 }) }) }).click();
  assert.deepEqual(await violations(page), []);
  await form.getByRole("button", { name: begins(t("policy.add")) }).click();
  await heading(page, `Policy ${language}`);
  const steps = page.getByRole("list", { name: t("policy.steps") }).getByRole("listitem");
  const first = steps.filter({ hasText: t("policy.at-once") });
  await first.getByRole("link", { name: t("target.schedule", { name: `Nights ${language}` }) }).waitFor();
  await first.getByText(name).waitFor();
  const robot = t("target.webhook", { name: `Robot ${language}` });
  await first.getByText(t("policy.and-post", { names: robot })).waitFor();
  await steps.filter({ hasText: t("policy.call.in-turn") }).waitFor();
  await steps
    .filter({ hasText: t("policy.after", { minutes: 5 }) })
    .getByRole("link")
    .first()
    .waitFor();
}

async function addsWebhook(page: Page, t: Visitor["words"]["t"], name: string): Promise<void> {
  const form = page.getByRole("dialog");
  await page.getByRole("button", { name: t("policy-webhooks.add") }).click();
  await field(form, t("policy-webhooks.name")).fill(name);
  await field(form, t("policy-webhooks.url")).fill("https://robot.example.org/secret");
  assert.deepEqual(await violations(page), []);
  await form.getByRole("button", { name: begins(t("policy-webhooks.add")) }).click();
  await page.getByText(t("policy-webhooks.secret")).waitFor();
  assert.deepEqual(await violations(page), []);
}

async function makesService(stage: Stage, { page, words: { t } }: Visitor, language: Language): Promise<void> {
  const form = page.getByRole("dialog");
  await page.goto(`${stage.desk.url}/services`);
  await page.getByRole("button", { name: t("service.add") }).click();
  await field(form, t("names.fr")).first().fill(`Paie ${language}`);
  await field(form, t("names.en")).first().fill(`Wages ${language}`);
  await form.getByRole("combobox", { name: t("service.policy") }).selectOption({ label: `Policy ${language}` });
  await form.getByRole("button", { name: begins(t("service.add")) }).click();
  await heading(page, language === "fr" ? "Paie fr" : "Wages en");
  await page.getByText(t("reason.routing.service-policy")).waitFor();
  await page.getByRole("button", { name: t("frame.change") }).click();
  await field(form, t(`names.${language}`))
    .first()
    .fill(`Renamed ${language}`);
  await page.keyboard.press("Control+Enter");
  await heading(page, `Renamed ${language}`);
  if (language === "en") {
    await page.getByRole("button", { name: t("frame.change") }).click();
    await field(form, t("names.en")).first().fill("Wages en");
    await page.keyboard.press("Control+Enter");
    await heading(page, "Wages en");
  }
  const choose = language === "fr" ? "N’est plus offert" : "Is no longer offered";
  const retired = language === "fr" ? "retiré" : "retired";
  for (const over of [true, false]) {
    await page.getByRole("button", { name: t("frame.change") }).click();
    await form.getByRole("checkbox", { name: begins(choose) }).setChecked(over);
    await page.keyboard.press("Control+Enter");
    await form.waitFor({ state: "detached" });
    await page.getByText(retired, { exact: true }).waitFor({ state: over ? "visible" : "detached" });
  }
}

async function grants(stage: Stage, language: Language): Promise<void> {
  const admin = await stage.desk.person(`${people[language]} bis`, language, { admin: true });
  const other = await stage.desk.person(`Graded ${language}`, language, { level: 2 });
  const visitor = await signedIn(stage, admin, { viewport: phone });
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${stage.desk.url}/people/${other.id}`);
  await page.getByRole("button", { name: t("frame.change") }).click();
  const form = page.getByRole("dialog");
  const level = form.getByRole("combobox", { name: begins(t("person.level")) });
  await level.selectOption("6");
  await form.getByText(t("level-not-granted.detail", { level: 6, allowed: "2, 3, 4, 5" })).waitFor();
  await form.getByRole("button", { name: begins(t("frame.save")) }).click();
  assert.equal((await stage.desk.api("GET", `/api/v1/people/${other.id}`)).level, 2, "nothing was sent");
  await level.selectOption("4");
  await form.getByRole("checkbox", { name: begins(t("person.active").split(/[:\u00a0]/)[0] ?? "") }).uncheck();
  await form.getByRole("button", { name: begins(t("frame.save")) }).click();
  await form.waitFor({ state: "detached" });
  await page.getByText(t("people.inactive"), { exact: true }).waitFor();
  const changed = await stage.desk.api("GET", `/api/v1/people/${other.id}`);
  assert.deepEqual([changed.level, changed.active], [4, false]);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function isBarred(stage: Stage, language: Language): Promise<void> {
  const visitor = await signedIn(stage, await stage.desk.person(`${people[language]} ter`, language));
  const { page } = visitor;
  const { t } = visitor.words;
  for (const [path, word] of [
    ["/people", t("person.add")],
    ["/teams", t("team.add")],
    ["/functions", t("function.add")],
    ["/services", t("service.add")],
    ["/schedules", t("schedule.add")],
    ["/escalation-policies", t("policy.add")],
  ] as const) {
    await page.goto(`${stage.desk.url}${path}`);
    const button = page.getByRole("button", { name: word });
    await button.focus();
    await page.keyboard.press("Enter");
    assert.equal(await button.getAttribute("aria-disabled"), "true");
    await page.getByText(t("not-administrator.detail")).waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0);
  }
  /* Of two beside each other only one has its reason in sight: the other says it when pressed, as by a finger. */
  await page.goto(`${stage.desk.url}/categories/major`);
  await page.getByRole("button", { name: t("process.write") }).click({ force: true });
  await page.getByRole("region", { name: t("level-five-needed.detail") }).waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}
