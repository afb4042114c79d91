/** What a page says to somebody who does not see it: its title, the language of each part, the captions of its tables, help in
 *  the same place, and mails that are pages too. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violations } from "./axe.ts";
import { onStage, type Stage, signedIn, type Visitor, visit } from "./browser.ts";
import { type Place, type Scene, setScene } from "./scene.ts";
import { type Language, languages, words } from "./words.ts";

onStage("what a page says without being seen", async (stage) => {
  const scene = await setScene(stage.desk);
  const { t } = stage;
  const seen = await lookAround(stage, scene);
  await t.test("no two pages have the same title, and an incident's says which and how it stands", () =>
    titles(stage, seen.titles),
  );
  await t.test("words in another language say so", () => partsSayTheirLanguage(stage, scene));
  await t.test("every table has its caption and heads, every graphic a word or silence", () =>
    assert.deepEqual(seen.unnamed, []),
  );
  await t.test("what is drawn is said too, and told in a list", () => drawings(stage, scene));
  await t.test("help and languages are in the same place on every page", () =>
    assert.equal(seen.helpAt.size, 1, [...seen.helpAt].join(" ")),
  );
  await t.test("a mail is a page like another, in both themes", () => mails(stage));
});

const inside = (scene: Scene, language: Language) =>
  scene.places(language).filter((one) => one.signedIn && !one.path.startsWith("/api/") && !one.path.includes("record"));

async function open(page: Page, url: string, place: { path: string; heading: string }): Promise<void> {
  await page.goto(`${url}${place.path}`);
  await page.getByRole("heading", { level: 1, name: place.heading, includeHidden: true }).waitFor();
}

type Titled = { readonly place: Place; readonly language: Language; readonly title: string };

/** Each page is opened once in each language, and read for all that it owes. */
async function lookAround(stage: Stage, scene: Scene) {
  const titled: Titled[] = [];
  const wrong: string[] = [];
  const helpAt = new Set<string>();
  for (const language of languages) {
    const visitor = await signedIn(stage, scene.people[language]);
    for (const place of inside(scene, language)) {
      await open(visitor.page, stage.desk.url, place);
      titled.push({ place, language, title: await visitor.page.title() });
      if (language === "en") continue;
      wrong.push(...(await visitor.page.evaluate<string[]>(unnamed)).map((one) => `${place.name}: ${one}`));
      helpAt.add(await whereHelpIs(visitor));
    }
    await visitor.leave();
  }
  return { titles: titled, unnamed: wrong, helpAt };
}

async function titles({ desk }: Stage, titled: readonly Titled[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const { place, language, title } of titled) {
    const key = `${language} ${title}`;
    assert.ok(!seen.has(key), `${place.name} has the title of ${seen.get(key)}: ${title}`);
    seen.set(key, place.name);
    if (!place.path.startsWith("/incidents/")) continue;
    const { stage: state } = await desk.api("GET", `/api/v1${place.path.split("?")[0]}`);
    assert.match(title, /INC-/);
    assert.ok(title.includes(words[language].t(`stage.${state}` as "stage.closed")), `${title} says how it stands`);
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

/** Every bar of the scale belongs to a line that says in words what it shows, and the whole has its sentence. */
async function drawings(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.en);
  const { page, words } = visitor;
  const { counts, data } = await stage.desk.api("GET", "/api/v1/board");
  await page.goto(`${stage.desk.url}/?look=timeline`);
  const chart = page.getByRole("region", { name: words.t("look.timeline") });
  const lines = chart.getByRole("listitem");
  await lines.first().waitFor();
  assert.equal(await lines.count(), counts.open);
  const summary = (await chart.getByRole("paragraph").first().textContent()) ?? "";
  const restored = (data as { milestones: { restored?: string } }[]).filter((one) => one.milestones.restored).length;
  for (const figure of [counts.open, restored])
    assert.ok(summary.includes(String(figure)), `“${summary}” says ${figure}`);
  for (const line of await lines.all()) {
    const said = (await line.textContent()) ?? "";
    assert.ok(said.includes(words.t("milestone.reported")), `“${said}” says when it began`);
    assert.equal(await line.locator("i:not([aria-hidden=true])").count(), 0, "bars are silent");
  }
  const titles = await chart.locator("[data-row]").allInnerTexts();
  await page
    .getByRole("navigation", { name: words.t("look.choose") })
    .getByRole("link", { name: words.t("look.list") })
    .click();
  await chart.waitFor({ state: "detached" });
  assert.deepEqual((await page.locator("[data-row]").allInnerTexts()).sort(), titles.sort(), "the list is its twin");
  await visitor.leave();
}

async function whereHelpIs({ page, words: { t } }: Visitor): Promise<string> {
  const keys = await page.getByRole("button", { name: t("keys.open"), exact: true }).boundingBox();
  const language = await page.getByRole("group", { name: t("shell.language") }).boundingBox();
  return JSON.stringify([keys?.x, language?.x, language && keys && language.y - keys.y]);
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
