/** What is said to somebody who does not see it: the language of each part, what is drawn, and mails that are pages too. What
 *  every page owes of this is looked at by all-pages.test.ts: its title, the captions of its tables, help in its place. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { onStage, type Stage, signedIn, visit } from "./browser.ts";
import { type Scene, setScene } from "./scene.ts";
import { open } from "./walk.ts";

onStage("what a page says without being seen", async (stage) => {
  const scene = await setScene(stage.desk);
  const { t } = stage;
  await t.test("words in another language say so", () => partsSayTheirLanguage(stage, scene));
  await t.test("what is drawn is said too, and told in a list", () => drawings(stage, scene));
  await t.test("a mail is a page like another, in both themes", () => mails(stage));
});

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
    await open(visitor, stage.desk.url, place);
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
