/** By keyboard alone, from anywhere: an incident is found and acted on, a page reached, a preference changed; and the keys
 *  of a page are listed, and can be switched off. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violations } from "./axe.ts";
import { assertNoFaults, onStage, type Stage, signedIn } from "./browser.ts";
import { type Language, languages, words } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const titles = { fr: "La messagerie est lente", en: "Mail is slow" } as const;

onStage("everything is reached by key", async (stage) => {
  for (const language of languages) {
    await stage.t.test(language, async (t) => {
      await t.test("an incident is found and accepted", () => findsAndActs(stage, language));
      await t.test("what the rules refuse is said, and not done", () => saysWhy(stage, language));
      await t.test("pages and preferences", () => goesAndChanges(stage, language));
      await t.test("keys are listed, and can be switched off", () => listsKeys(stage, language));
    });
  }
});

const read = `document.getElementById(
  document.querySelector("[role=combobox]").getAttribute("aria-activedescendant"),
)?.textContent ?? ""`;

/** The choice that Enter would take, as a screen reader is told. */
async function current(page: Page): Promise<string> {
  return page.evaluate<string>(read);
}

async function open(page: Page, language: Language): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: words[language].t("palette.title") }).waitFor();
}

async function choose(page: Page, typed: string, wanted: string): Promise<void> {
  await page.keyboard.type(typed);
  const option = page.getByRole("option", { name: wanted }).first();
  await option.waitFor();
  for (let steps = 0; !(await current(page)).startsWith(wanted); steps += 1) {
    assert.ok(steps < 20, `“${wanted}” is reached by arrows`);
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
}

async function findsAndActs(stage: Stage, language: Language): Promise<void> {
  const person = await stage.desk.person(people[language], language);
  const { number } = await stage.desk.api("POST", "/api/v1/incidents", { title: titles[language], language });
  const visitor = await signedIn(stage, person);
  const { page } = visitor;
  const { t } = visitor.words;
  await open(page, language);
  assert.deepEqual(await violations(page), []);
  await choose(page, titles[language].split(" ").at(-1) ?? "", titles[language]);
  await page.getByRole("heading", { level: 1, name: titles[language] }).waitFor();
  await open(page, language);
  await choose(page, t("command.accept.do").slice(0, 5), t("command.accept.do"));
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByText(t("header.with", { name: t("roles.you") })).waitFor();
  const accepted = await stage.desk.api("GET", `/api/v1/incidents/${number}`);
  assert.equal(accepted.acceptedBy.id, person.id);
  await open(page, language);
  await choose(page, number.replace(/-\d{4}-0*/, "-"), titles[language]);
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assertNoFaults(visitor);
  await visitor.leave();
}

async function saysWhy(stage: Stage, language: Language): Promise<void> {
  const beginner = await stage.desk.person(`${people[language]} bis`, language, { level: 2 });
  const { number } = await stage.desk.api("POST", "/api/v1/incidents", { title: titles[language], language });
  const visitor = await signedIn(stage, beginner);
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  await page.getByRole("heading", { level: 1, name: titles[language] }).waitFor();
  await open(page, language);
  const word = t("command.close.do");
  await page.keyboard.type(word);
  const refused = page.getByRole("option", { name: word }).first();
  await refused.waitFor();
  assert.equal(await refused.getAttribute("aria-disabled"), "true");
  const why = t("level-too-low.detail", { command: word, needed: 4, level: 2 });
  assert.ok((await refused.textContent())?.includes(why), "the refusal has its own sentence");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: t("palette.title") }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal((await stage.desk.api("GET", `/api/v1/incidents/${number}`)).milestones.closed, undefined);
  /* Pressed, as by a finger that cannot point: it says why too. */
  const decide = page.getByRole("button", { name: t("composer.decide"), exact: true });
  assert.equal(await decide.getAttribute("aria-disabled"), "true");
  const barred = (await decide.getAttribute("title")) ?? "";
  await decide.click({ force: true });
  await page.getByRole("region", { name: barred }).getByText(barred).waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function goesAndChanges(stage: Stage, language: Language): Promise<void> {
  const visitor = await signedIn(stage, await stage.desk.person(`${people[language]} ter`, language));
  const { page } = visitor;
  const { t } = visitor.words;
  await open(page, language);
  await choose(page, t("teams.title"), t("teams.title"));
  await page.getByRole("heading", { level: 1, name: t("teams.title") }).waitFor();
  await open(page, language);
  await choose(page, t("theme.dark"), t("theme.dark"));
  await page.getByRole("button", { name: t("theme.dark") }).waitFor();
  assert.equal(await page.evaluate("document.documentElement.dataset.theme"), "dark");
  const other = language === "fr" ? "en" : "fr";
  await open(page, language);
  await choose(page, t("shell.language"), t(`palette.language.${other}`));
  await page.getByRole("heading", { level: 1, name: words[other].t("teams.title") }).waitFor();
  /* It also opens from within a field, where single keys are letters. */
  await page.keyboard.press("/");
  await page.getByRole("searchbox").and(page.locator(":focus")).waitFor();
  await open(page, other);
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox").and(page.locator(":focus")).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

async function listsKeys(stage: Stage, language: Language): Promise<void> {
  const visitor = await signedIn(stage, await stage.desk.person(`${people[language]} quater`, language));
  const { page } = visitor;
  const { t } = visitor.words;
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: t("keys.title") });
  await list.getByText(t("keys.down")).waitFor();
  await page.keyboard.press("Escape");
  await page.goto(`${stage.desk.url}/people`);
  await page.getByRole("heading", { level: 1, name: t("shell.people") }).waitFor();
  await page.keyboard.press("?");
  await list.waitFor();
  await list.getByText(t("search.title"), { exact: true }).waitFor();
  assert.equal(await list.getByText(t("keys.down")).count(), 0, "a key of another page is not listed");
  await list.getByRole("checkbox", { name: t("keys.on") }).uncheck();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("c");
  await page.keyboard.press("/");
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.match(page.url(), /\/people$/, "single keys are off");
  await open(page, language);
  await page.keyboard.press("Escape");
  assertNoFaults(visitor);
  await visitor.leave();
}
