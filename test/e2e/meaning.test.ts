/** What a page says to somebody who does not see it: its title, the language of each part, the captions of its tables, help in
 *  the same place, and mails that are pages too. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violations } from "./axe.ts";
import { onStage, type Stage, signedIn, visit } from "./browser.ts";
import { type Scene, setScene } from "./scene.ts";
import { languages } from "./words.ts";

onStage("what a page says without being seen", async (stage) => {
  const scene = await setScene(stage.desk);
  const { t } = stage;
  await t.test("no two pages have the same title, and an incident's says which and how it stands", () =>
    titles(stage, scene),
  );
  await t.test("words in another language say so", () => partsSayTheirLanguage(stage, scene));
  await t.test("every table has its caption and heads, every graphic a word or silence", () => tables(stage, scene));
  await t.test("help and languages are in the same place on every page", () => samePlace(stage, scene));
  await t.test("a mail is a page like another, in both themes", () => mails(stage));
});

const inside = (scene: Scene, language: "fr" | "en") =>
  scene.places(language).filter((one) => one.signedIn && !one.path.startsWith("/api/") && !one.path.includes("record"));

async function open(page: Page, url: string, place: { path: string; heading: string }): Promise<void> {
  await page.goto(`${url}${place.path}`);
  await page.getByRole("heading", { level: 1, name: place.heading, includeHidden: true }).waitFor();
}

async function titles(stage: Stage, scene: Scene): Promise<void> {
  for (const language of languages) {
    const visitor = await signedIn(stage, scene.people[language]);
    const seen = new Map<string, string>();
    for (const place of inside(scene, language)) {
      await open(visitor.page, stage.desk.url, place);
      const title = await visitor.page.title();
      assert.ok(!seen.has(title), `${place.name} has the title of ${seen.get(title)}: ${title}`);
      seen.set(title, place.name);
      if (!place.path.startsWith("/incidents/")) continue;
      const { stage: state } = await stage.desk.api("GET", `/api/v1${place.path.split("?")[0]}`);
      assert.match(title, /INC-/);
      assert.ok(title.includes(visitor.words.t(`stage.${state}` as "stage.closed")), `${title} says how it stands`);
    }
    await visitor.leave();
  }
}

/** A text of somebody stands in an element that says the language it was written in, where it is not the reader's. */
async function partsSayTheirLanguage(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.en);
  const { page } = visitor;
  const languageOf = (text: string) =>
    page
      .getByText(text, { exact: true })
      .first()
      .evaluate((one) => one.closest("[lang]")?.getAttribute("lang") ?? "");
  await page.goto(stage.desk.url);
  await page.getByText("Imprimante de l’étage 3 en panne").first().waitFor();
  assert.equal(await languageOf("Imprimante de l’étage 3 en panne"), "fr");
  const places = scene.places("en").filter((one) => one.name === "incident");
  for (const place of places) {
    await open(page, stage.desk.url, place);
    const heading = page.getByRole("heading", { level: 1 });
    assert.equal(await heading.evaluate((one) => one.closest("[lang]")?.getAttribute("lang")), "fr");
  }
  for (const code of ["fr", "en"])
    assert.equal(
      await page.locator(`.langs button[lang="${code}"]`).first().count(),
      1,
      "each language in its own words",
    );
  await visitor.leave();
}

const unnamed = `(() => {
  const wrong = [];
  for (const table of document.querySelectorAll("table")) {
    const name = table.caption?.textContent.trim() || table.getAttribute("aria-label") || table.getAttribute("aria-labelledby");
    if (!name) wrong.push("a table without caption: " + table.className);
    if (table.querySelector("th") === null) wrong.push("a table without heads: " + table.className);
    for (const head of table.querySelectorAll("th")) if (!head.scope) wrong.push("a head without scope: " + head.textContent.trim());
  }
  for (const svg of document.querySelectorAll("svg"))
    if (svg.getAttribute("aria-hidden") !== "true" && !svg.getAttribute("aria-label") && !svg.querySelector("title"))
      wrong.push("a drawing that says nothing and is not hidden: " + svg.parentElement.className);
  for (const time of document.querySelectorAll("time"))
    if (!time.dateTime) wrong.push("a time that a machine cannot read: " + time.textContent);
  return [...new Set(wrong)];
})()`;

async function tables(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.fr);
  const wrong: string[] = [];
  for (const place of inside(scene, "fr")) {
    await open(visitor.page, stage.desk.url, place);
    wrong.push(...(await visitor.page.evaluate<string[]>(unnamed)).map((one) => `${place.name}: ${one}`));
  }
  await visitor.leave();
  assert.deepEqual(wrong, []);
}

async function samePlace(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.fr);
  const { page, words } = visitor;
  const seen = new Set<string>();
  for (const place of inside(scene, "fr")) {
    await open(page, stage.desk.url, place);
    const keys = await page.getByRole("button", { name: words.t("keys.open"), exact: true }).boundingBox();
    const language = await page.getByRole("group", { name: words.t("shell.language") }).boundingBox();
    seen.add(JSON.stringify([keys?.x, language?.x, language && keys && language.y - keys.y]));
  }
  await visitor.leave();
  assert.equal(seen.size, 1, [...seen].join(" "));
}

async function mails(stage: Stage): Promise<void> {
  const { desk } = stage;
  const letters = desk.post.letters.filter((one, index, all) => all.findIndex(({ to }) => to === one.to) === index);
  assert.ok(letters.length >= 2, "one in each language");
  const visitor = await visit(stage.browser, "fr");
  for (const letter of letters) {
    assert.ok(letter.text.trim().length > 0, "as text too");
    for (const colorScheme of ["light", "dark"] as const) {
      await visitor.page.emulateMedia({ colorScheme });
      await visitor.page.goto("about:blank");
      await visitor.page.setContent(letter.html);
      assert.match((await visitor.page.getAttribute("html", "lang")) ?? "", /^(fr|en)/);
      assert.deepEqual(await violations(visitor.page), [], `${letter.subject}, ${colorScheme}`);
    }
  }
  await visitor.leave();
}
