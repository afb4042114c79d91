/** What every page owes its reader: its language, its name, one heading, a way past the menu, no scrolling sideways on the
 *  narrowest screen, and a look in forced colours. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertNoFaults, onStage, type Stage, signedIn, visit } from "./browser.ts";
import { type Place, type Scene, setScene } from "./scene.ts";
import { type Language, languages, type Words } from "./words.ts";

const narrowest = { width: 320, height: 640 };

onStage("every page is whole", async (stage) => {
  const scene = await setScene(stage.desk);
  for (const language of languages) {
    await stage.t.test(language, () => everyPageIsWhole(stage, scene, language));
  }
});

async function everyPageIsWhole(stage: Stage, scene: Scene, language: Language): Promise<void> {
  const inside = await signedIn(stage, scene.people[language]);
  const outside = await visit(stage.browser, language);
  const wrong: string[] = [];
  for (const place of scene.places(language)) {
    const { page, words } = place.signedIn ? inside : outside;
    const note = (fault: string): void => void wrong.push(`${place.name}: ${fault}`);
    await page.setViewportSize(narrowest);
    await page.emulateMedia({ forcedColors: "none", reducedMotion: "reduce" });
    await page.goto(`${stage.desk.url}${place.path}`);
    await page.getByRole("heading", { level: 1, name: place.heading, includeHidden: true }).waitFor();
    await facts(page, place, language, note);
    if (place.signedIn && !place.path.startsWith("/api/")) await skips(page, place, words, note);
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    await page.getByRole("heading", { level: 1, name: place.heading, includeHidden: true }).waitFor();
    if ((await page.screenshot()).length === 0) note("nothing is drawn in forced colours");
  }
  assert.deepEqual(wrong, []);
  assertNoFaults(inside, outside);
  await Promise.all([inside.leave(), outside.leave()]);
}

type Facts = { readonly lang: string; readonly headings: number; readonly wide: number; readonly room: number };

const read = `({
  lang: document.documentElement.lang,
  headings: document.querySelectorAll("h1").length,
  wide: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
  room: document.documentElement.clientWidth,
})`;

async function facts(page: Page, place: Place, language: Language, note: (fault: string) => void): Promise<void> {
  const { lang, headings, wide, room } = await page.evaluate<Facts>(read);
  if (lang.split("-")[0] !== language) note(`is said to be in ${lang}`);
  if (headings !== 1) note(`has ${headings} h1`);
  if (wide > room) note(`scrolls sideways: ${wide} in ${room}`);
  const title = await page.title();
  if (!title.includes(place.inTitle ?? "Tocsin")) note(`is titled “${title}”`);
}

async function skips(page: Page, place: Place, { t }: Words, note: (fault: string) => void): Promise<void> {
  if (place.path.includes("record=true")) return;
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: t("shell.skip") });
  if ((await skip.and(page.locator(":focus")).count()) !== 1) return note("begins with no way past the menu");
  if (!(await skip.isVisible())) note("hides its skip link while it has the focus");
  await page.keyboard.press("Enter");
  const reached = await page.getByRole("main").and(page.locator(":focus")).count();
  if (reached !== 1) note("skips to nowhere");
}
