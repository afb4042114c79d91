/** Help, from whoever needs it to whoever gives it: asked in one's own words, found in the inbox by the keyboard, taken, ended,
 *  confirmed; and for an incident, from its page. In both languages, by one who speaks the other. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { assistanceWords, begins, type Language, languages } from "./words.ts";

const names = {
  fr: { duty: "Bâtiment", need: "Fuite d’eau aux archives" },
  en: { duty: "Facilities", need: "Water leak" },
};

onStage("requests for assistance", async (stage) => {
  const { desk, t } = stage;
  const ben = {
    fr: await desk.person("Benoît Gagné", "fr", { level: null }),
    en: await desk.person("Ben Hill", "en", { level: null }),
  };
  const members = [ben.fr.id, ben.en.id];
  const { id } = await desk.api("POST", "/api/v1/functions", { nameFr: names.fr.duty, nameEn: names.en.duty, members });
  const { kinds } = await desk.api("GET", "/api/v1/assistance-rules");
  const to = { kind: "function", id };
  const rules = [{ words: ["fuite", "leak"], to }];
  await desk.api("POST", "/api/v1/assistance-rules", { after: 0, kinds, rules, terms: [], fallback: null });
  for (const language of languages) {
    const asker = await desk.person({ fr: "Ana Roy", en: "Ann Reed" }[language], language, { level: null });
    const other: Language = language === "fr" ? "en" : "fr";
    await t.test(`${language}: asked, taken, ended and confirmed`, () => fromNeedToThanks(stage, asker, ben[other]));
    const coordinator = await desk.person({ fr: "Élise Tremblay", en: "Sam Carter" }[language], language, { level: 4 });
    await t.test(`${language}: asked for an incident, from its page`, () => forIncident(stage, coordinator));
  }
});

const say = ({ words: { language } }: Visitor) => assistanceWords[language];

async function fromNeedToThanks(stage: Stage, asker: Someone, helper: Someone): Promise<void> {
  const asking = await signedIn(stage, asker);
  const t = say(asking);
  const need = names[asker.language].need;
  await asking.page.goto(`${stage.desk.url}/assistance`);
  await asking.page.getByRole("heading", { name: t("none.awaiting") }).waitFor();
  await asking.page.keyboard.press("n");
  await asking.page.waitForURL(/\/help$/);
  await field(asking.page, t("field.title")).fill(need);
  await asking.page.getByText(t("preview.to", { to: names[asker.language].duty })).waitFor();
  assert.deepEqual(await violations(asking.page), []);
  await field(asking.page, t("field.title")).press("Enter");
  await asking.page.getByRole("heading", { name: need, level: 1 }).waitFor();
  const path = new URL(asking.page.url()).pathname;

  await taken(stage, helper, { path, need });

  await asking.page.getByText(t("outcome.done")).waitFor();
  assert.deepEqual(await violations(asking.page), []);
  await asking.page.getByRole("button", { name: t("act.confirm") }).click();
  await asking.page.getByText(t("status.confirmed")).first().waitFor();
  await asking.page.setViewportSize(phone);
  assert.deepEqual(await violations(asking.page), []);
  const wide = await asking.page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide on a phone`);
  assertNoFaults(asking);
  await asking.leave();
}

/** In the inbox of whoever is asked, without a mouse. */
async function taken(stage: Stage, helper: Someone, { path, need }: { path: string; need: string }): Promise<void> {
  const visitor = await signedIn(stage, helper);
  const t = say(visitor);
  const { page } = visitor;
  await page.goto(`${stage.desk.url}/assistance`);
  const line = page.getByRole("listitem").filter({ hasText: need });
  await line.getByText(t("why.asked", { to: names[helper.language].duty })).waitFor();
  await page
    .getByRole("navigation")
    .getByRole("link", { name: begins(visitor.words.t("shell.assistance")) })
    .waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`${path}$`));
  await page.getByRole("button", { name: t("act.accept") }).waitFor();
  await page.keyboard.press("a");
  await page
    .getByText(t("status.accepted", { name: helper.name }))
    .first()
    .waitFor();
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: t("act.end") });
  await field(dialog, t("field.text")).fill("Valve closed");
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await page.getByText(t("status.fulfilled")).first().waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

async function forIncident(stage: Stage, coordinator: Someone): Promise<void> {
  const api = await stage.desk.apiOf(coordinator);
  const { number } = await api("POST", "/api/v1/incidents", { title: "Burst water main", language: "en" });
  const visitor = await signedIn(stage, coordinator);
  const t = say(visitor);
  const { page } = visitor;
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const block = page.getByRole("region", { name: t("incident.title") });
  await block.getByText(t("incident.none")).waitFor();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: begins(t("help.title")) });
  await field(dialog, t("field.title")).fill(names[coordinator.language].need);
  await dialog.getByText(t("preview.to", { to: names[coordinator.language].duty })).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await block.getByRole("link", { name: names[coordinator.language].need }).waitFor();
  await block.getByText(begins(names[coordinator.language].duty)).waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}
