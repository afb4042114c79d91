/** Those concerned hear of what was done: whoever keeps a category says within how long, and the incident says what nobody was
 *  told of yet, since when, until somebody is. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { send } from "./acting.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import { begins, type Language, languages } from "./words.ts";

const told = {
  fr: {
    name: "Élise Roy",
    category: "Réseau",
    title: "Le réseau tombe",
    restored: "Le service est rétabli",
    of: "service rétabli depuis",
  },
  en: {
    name: "Sam Carter",
    category: "Network",
    title: "The network drops",
    restored: "The service is restored",
    of: "service restored since",
  },
} as const;

onStage("notices", async (stage) => {
  for (const language of languages)
    await stage.t.test(language, async (t) => {
      const keeper = await stage.desk.person(told[language].name, language, { level: 5, admin: true });
      const id = `net-${language}`;
      const names = { nameFr: told.fr.category, nameEn: told.en.category };
      await stage.desk.api("POST", "/api/v1/categories", { id, ...names, keywords: { fr: [], en: [] } });
      await t.test("asked by a category", () => asked(stage, language, { keeper, id }));
      await t.test("shown until told", () => shown(stage, language, { keeper, id }));
    });
});

const hasFocus = (one: Locator) => one.and(one.page().locator(":focus")).waitFor();

type Kept = { readonly keeper: Awaited<ReturnType<Stage["desk"]["person"]>>; readonly id: string };

async function asked(stage: Stage, language: Language, { keeper, id }: Kept): Promise<void> {
  const at = await signedIn(stage, keeper);
  const { page } = at;
  const { t } = at.words;
  await page.setViewportSize(phone);
  await page.goto(`${stage.desk.url}/categories/${id}`);
  await page.getByRole("button", { name: t("process.write") }).click();
  const form = page.getByRole("dialog");
  const add = form.getByRole("button", { name: t("process.notice.add") });
  await add.focus();
  await page.keyboard.press("Enter");
  const first = form.getByRole("group", { name: t("process.notice", { number: 1 }) });
  const action = first.getByRole("combobox", { name: t("process.notice.action") });
  await hasFocus(action);
  await action.selectOption({ label: told[language].restored });
  await first.getByRole("spinbutton", { name: t("process.target.minutes") }).fill("45");
  assert.deepEqual(await violations(page), []);

  await add.click();
  const second = form.getByRole("group", { name: t("process.notice", { number: 2 }) });
  const offered = await second.getByRole("combobox").getByRole("option").allTextContents();
  assert.ok(offered.length > 1 && !offered.includes(told[language].restored), "an action has one notice");
  await second.getByRole("button", { name: begins(t("frame.remove")) }).click();
  await hasFocus(add);
  assert.ok(await form.evaluate((one) => one.scrollWidth <= one.clientWidth), "nothing is cut on a phone");
  await form.getByRole("button", { name: begins(t("process.publish")) }).click();
  await form.waitFor({ state: "detached" });
  const section = page.getByRole("region", { name: t("process.notices") });
  await section.getByText(told[language].restored).waitFor();
  await section.getByText("45").waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(at);
  await at.leave();
}

async function shown(stage: Stage, language: Language, { keeper, id }: Kept): Promise<void> {
  const api = await stage.desk.apiOf(keeper);
  const { title, of } = told[language];
  const { number } = await api("POST", "/api/v1/incidents", { title, language });
  const command = (name: string, body: object = {}) => api("POST", `/api/v1/incidents/${number}/${name}`, body);
  await command("accept");
  await command("categorise", { categories: [id] });
  await command("confirm-priority", { impact: 3, urgency: 3 });
  await command("declare-restored");
  const at = await signedIn(stage, keeper);
  const { page } = at;
  const { t } = at.words;
  for (const path of ["/cockpit", ""]) {
    await page.goto(`${stage.desk.url}/incidents/${number}${path}`);
    await page
      .getByRole("region", { name: t("clocks.title") })
      .getByText(of)
      .waitFor();
    assert.deepEqual(await violations(page), []);
  }
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  const clocks = page.getByRole("region", { name: t("clocks.title") });
  await send(at, clocks, t("command.advise-persons.do"), "advise-persons", async (form) => {
    await form.getByRole("checkbox", { name: keeper.name }).check();
    await field(form, t("form.advise-persons.text")).fill(title);
  });
  await clocks.getByText(of).waitFor({ state: "detached" });
  assertNoFaults(at);
  await at.leave();
}
