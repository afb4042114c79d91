/** Three incidents of low impact, recorded by key, then closed together with words written once. How many interactions recording
 *  takes is counted in recording.test.ts. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages } from "./words.ts";

const told = {
  fr: {
    titles: ["Souris brisée", "Clavier collant", "Écran pâle"],
    done: "Remplacé au comptoir",
    hurt: "Une personne",
  },
  en: {
    titles: ["Broken mouse", "Sticky keyboard", "Pale screen"],
    done: "Replaced at the counter",
    hurt: "One person",
  },
} as const;

onStage("incidents of low impact", async (stage) => {
  for (const language of languages) {
    const name = { fr: "Élise Tremblay", en: "Sam Carter" }[language];
    const person = await stage.desk.person(name, language, { level: 4 });
    await stage.t.test(language, () => recordedAndClosed(stage, person));
  }
});

async function recordedAndClosed(stage: Stage, person: Someone): Promise<void> {
  const { titles, done, hurt } = told[person.language];
  const visitor = await signedIn(stage, person);
  const { page, words } = visitor;
  const { t } = words;
  for (const title of titles) await recorded(visitor, title);
  const row = (title: string) => page.locator("[data-row]").filter({ hasText: title });
  const api = await stage.desk.apiOf(person);
  const { data } = await api("GET", "/api/v1/incidents");
  const mine = data.filter((one: { title: string }) => titles.some((title) => title === one.title));
  for (const { id } of mine) await api("POST", `/api/v1/incidents/${id}/categorise`, { categories: ["low-impact"] });
  await page.reload();
  for (const title of titles) {
    await row(title).focus();
    await page.keyboard.press("x");
  }
  const bar = page.getByRole("region", { name: t("bulk.title") });
  await bar.getByText(t("bulk.count", { count: 3 })).waitFor();
  await bar.getByRole("button", { name: begins(t("bulk.close.do")) }).click();
  const dialog = page.getByRole("dialog", { name: t("bulk.close.title", { count: 3 }) });
  await field(dialog, t("form.solution")).fill(done);
  await field(dialog, t("form.complete-documentation.impact")).fill(hurt);
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize({ width: 1440, height: 900 });
  await dialog.getByRole("button", { name: begins(t("command.close.do")) }).click();
  await page.getByRole("region", { name: t("bulk.done", { count: 3, command: t("command.close.do") }) }).waitFor();
  for (const { id } of mine) {
    const { stage: now } = await api("GET", `/api/v1/incidents/${id}`);
    const types = (await api("GET", `/api/v1/incidents/${id}/timeline`)).data.map((one: { type: string }) => one.type);
    assert.equal(now, "closed");
    for (const type of ["service.restored", "incident.resolved", "documentation.completed", "incident.closed"])
      assert.ok(types.includes(type), `${type} is an entry of its own`);
  }
  assertNoFaults(visitor);
  await visitor.leave();
}

async function recorded({ page, words: { t } }: Visitor, title: string): Promise<void> {
  await page.keyboard.press("c");
  const panel = page.getByRole("dialog", { name: t("record.title") });
  await field(panel, t("record.what")).and(page.locator(":focus")).waitFor();
  await page.keyboard.type(title);
  await page.keyboard.press("Control+Enter");
  await panel.waitFor({ state: "detached" });
  await page.locator("[data-row]").filter({ hasText: title }).waitFor();
}
