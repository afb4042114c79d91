/** axe finds nothing, and nothing moves, where a page has been worked in: on a desk that is empty, and in what opens over a
 *  page. Pages as they open are looked at by all-pages.test.ts. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { onStage, phone, type Stage, signedIn, type Visitor, visit } from "./browser.ts";
import { inEveryLight } from "./looks/axe.ts";
import { moving } from "./looks/motion.ts";
import { type Scene, setScene } from "./scene.ts";
import { open } from "./walk.ts";
import { begins, type Language, languages } from "./words.ts";

onStage("axe finds nothing", async (stage) => {
  const { t, desk } = stage;
  await t.test("on a board without incidents", async () => {
    const somebody = { fr: await desk.person("Noé Roy", "fr"), en: await desk.person("Kim Lee", "en") };
    for (const language of languages) {
      const { page, leave } = await signedIn(stage, somebody[language]);
      assert.deepEqual(await inEveryLight(page), [], language);
      await leave();
    }
  });
  await t.test("what is wrong would be found", async () => {
    const { page, leave } = await visit(stage.browser, "en");
    await page.setContent('<html lang="en"><title>A</title><main><h1>A</h1><img src="data:,"></main></html>');
    assert.match((await violations(page)).join(), /^image-alt/);
    const faint = '<p style="color:#aaa;background:#fff">Pale</p><p style="color:#000;background:#fff">Dark</p>';
    await page.setContent(`<html lang="en"><title>A</title><main><h1>A</h1>${faint.repeat(2)}</main></html>`);
    assert.match((await violations(page)).join(), /^color-contrast .* at 2 places/);
    await leave();
  });
  const scene: Scene = await setScene(desk);
  for (const language of languages) {
    await t.test(`in what opens over a page, in ${language}`, () => lookAtDialogs(stage, scene, language));
  }
  await t.test("with reduced motion nothing moves in what opens, nor under the pointer", () => stilled(stage, scene));
});

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

async function stilled(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.fr, { reducedMotion: "reduce" });
  const { page } = visitor;
  const { t } = visitor.words;
  const wrong: string[] = [];
  const look = async (where: string): Promise<void> => {
    wrong.push(...(await page.evaluate<string[]>(moving)).map((one) => `${where}: ${one}`));
  };
  const incident = scene.places("fr").find((place) => place.name === "incident");
  assert.ok(incident);
  await open(visitor, stage.desk.url, incident);
  await page.getByRole("button", { name: begins(t("acts.open")) }).click();
  await page.getByRole("dialog", { name: t("acts.title") }).waitFor();
  await look("the list of acts");
  await page.keyboard.press("Escape");
  await page.locator(".btn").first().hover();
  await look("a button under the pointer");
  await visitor.leave();
  assert.deepEqual([...new Set(wrong)], []);
}
