/** axe finds nothing on any page, in both themes, both languages, on a desk and in a hand. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { desktop, onStage, phone, type Stage, signedIn, type Visitor, visit } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { type Place, type Scene, setScene } from "./scene.ts";
import { begins, type Language, languages, words } from "./words.ts";

const themes = ["light", "dark"] as const;
const sizes = { desktop, phone } as const;

onStage("axe finds nothing", async (stage) => {
  const { t, desk } = stage;
  await t.test("on a board without incidents", async () => {
    const somebody = { fr: await desk.person("Noé Roy", "fr"), en: await desk.person("Kim Lee", "en") };
    const board = (language: Language): Place[] => [
      { name: "empty board", path: "/", signedIn: true, heading: words[language].t("shell.incidents") },
    ];
    for (const language of languages) await look(stage, somebody[language], board(language));
  });
  await t.test("what is wrong would be found", async () => {
    const { page, leave } = await visit(stage.browser, "en");
    await page.setContent('<html lang="en"><title>A</title><main><h1>A</h1><img src="data:,"></main></html>');
    assert.match((await violations(page)).join(), /^image-alt/);
    await leave();
  });
  const scene: Scene = await setScene(desk);
  for (const language of languages) {
    await t.test(`in ${language}`, () => look(stage, scene.people[language], scene.places(language)));
    await t.test(`in what opens over a page, in ${language}`, () => lookAtDialogs(stage, scene, language));
  }
});

async function look(stage: Stage, person: Someone, places: readonly Place[]): Promise<void> {
  const inside = await signedIn(stage, person);
  const outside = await visit(stage.browser, person.language);
  const found: string[] = [];
  for (const place of places) {
    const visitor = place.signedIn ? inside : outside;
    for (const theme of themes) {
      await visitor.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      for (const [size, viewport] of Object.entries(sizes)) {
        await visitor.page.setViewportSize(viewport);
        await open(visitor, stage.desk.url, place);
        const where = `${place.name}, ${person.language}, ${theme}, ${size}`;
        found.push(...(await violations(visitor.page)).map((one) => `${where}: ${one}`));
      }
    }
  }
  await Promise.all([inside.leave(), outside.leave()]);
  assert.deepEqual(found, []);
}

/** The list of acts, a form of one, and the list of keys. */
async function lookAtDialogs(stage: Stage, scene: Scene, language: Language): Promise<void> {
  const visitor = await signedIn(stage, scene.people[language], { colorScheme: "dark", viewport: phone });
  const { page } = visitor;
  const { t } = visitor.words;
  const found: string[] = [];
  const incident = scene.places(language).find((place) => place.name === "incident");
  if (incident) await open(visitor, stage.desk.url, incident);
  await page.getByRole("button", { name: begins(t("acts.open")) }).click();
  const acts = page.getByRole("dialog", { name: t("acts.title") });
  await acts.waitFor();
  found.push(...(await violations(page)));
  await acts.getByRole("button", { name: t("command.complete-documentation.do"), exact: true }).click();
  await page.getByRole("dialog", { name: t("command.complete-documentation.title") }).waitFor();
  found.push(...(await violations(page)));
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: t("keys.title") }).waitFor();
  found.push(...(await violations(page)));
  found.push(...(await lookAtChosen(visitor, stage.desk.url)));
  await visitor.leave();
  assert.deepEqual(found, []);
}

/** The bar of what is chosen, the form of an act on all of it, what came of it, and the views that are kept. */
async function lookAtChosen({ page, words: { t } }: Visitor, url: string): Promise<string[]> {
  const found: string[] = [];
  await page.goto(`${url}/`);
  for (const box of [0, 1]) await page.locator("[data-choose]").nth(box).check();
  await page.getByRole("region", { name: t("bulk.title") }).waitFor();
  found.push(...(await violations(page)));
  await page.getByRole("button", { name: t("bulk.merge.do") }).click();
  await page.getByRole("dialog", { name: t("bulk.merge.title", { count: 2 }) }).waitFor();
  found.push(...(await violations(page)));
  await page.keyboard.press("Escape");
  await page.getByText(t("views.open"), { exact: true }).click();
  await page.getByLabel(t("views.name")).waitFor();
  found.push(...(await violations(page)));
  return found;
}

/** A change of theme or of size needs no new page: that is part of what is looked at. */
async function open({ page, words: { t } }: Visitor, url: string, { path, heading }: Place): Promise<void> {
  if (page.url() !== `${url}${path}`) await page.goto(`${url}${path}`);
  if (path.includes("record=true")) await page.getByRole("dialog", { name: t("record.title") }).waitFor();
  else await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}
