/** A known error is written down with what helps, found on the incident that looks like it, and said to be its cause, or not. In both
 *  languages, on a desk and in a hand. */
import assert from "node:assert/strict";
import { send } from "./acting.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { languages } from "./words.ts";

const told = {
  fr: { name: "Fuite de mémoire de la paie", helps: "Redémarrer le service.", not: "Une autre version" },
  en: { name: "Payroll memory leak", helps: "Restart the service.", not: "Another version" },
} as const;

onStage("known errors", async (stage) => {
  for (const language of languages) {
    const keeper = await stage.desk.person(language === "fr" ? "Élise Roy" : "Sam Carter", language, { level: 5 });
    const first = await stage.desk.person(language === "fr" ? "Noé Cyr" : "Ada Moss", language, { level: 3 });
    await stage.t.test(`${language}: kept`, () => kept(stage, keeper));
    await stage.t.test(`${language}: found, said, taken back`, () => found(stage, first));
  }
});

async function kept(stage: Stage, keeper: Someone): Promise<void> {
  const { name, helps } = told[keeper.language];
  const at = await signedIn(stage, keeper);
  const { page, words } = at;
  await page.goto(`${stage.desk.url}/known-errors`);
  await page.getByRole("button", { name: words.t("known-errors.add"), exact: true }).click();
  const form = page.getByRole("dialog");
  await field(form, words.t("names.fr")).fill(name);
  await field(form, words.t("names.en")).fill(name);
  await form.getByRole("button", { name: words.t("known-errors.add") }).click();
  await form.getByRole("alert").waitFor();
  const which = keeper.language === "fr" ? "known-errors.workaround-fr" : "known-errors.workaround-en";
  await field(form, words.t(which)).fill(helps);
  assert.deepEqual(await violations(page), []);
  await form.getByRole("button", { name: words.t("known-errors.add") }).click();
  await form.waitFor({ state: "detached" });
  await page.getByText(helps).waitFor();
  assert.deepEqual(await violations(page), []);
  /* What the desk refused, for want of what helps, is told by the browser as well. */
  assertNoFaults({ ...at, faults: at.faults.filter((one) => !/status of 422/.test(one)) });
  await at.leave();
}

async function found(stage: Stage, first: Someone): Promise<void> {
  const { language } = first;
  const { name, helps, not } = told[language];
  const api = await stage.desk.apiOf(first);
  const { number } = await api("POST", "/api/v1/incidents", { title: name, language });
  const at = await signedIn(stage, first);
  const { page, words } = at;
  await page.goto(`${stage.desk.url}/incidents/${number}/cockpit`);
  await page
    .getByRole("region", { name: words.t("known-errors.title") })
    .getByText(helps)
    .waitFor();
  await page.setViewportSize(phone);
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const section = page.getByRole("region", { name: words.t("known-errors.title") });
  await section.getByText(helps).waitFor();
  await send(at, section, words.t("known-errors.this"), "link-known-error", async () => {});
  await section.getByText(first.name).waitFor();
  assert.deepEqual(await violations(page), []);
  await send(at, section, words.t("known-errors.not-this"), "link-known-error", async (form) => {
    await field(form, words.t("form.reason")).fill(not);
  });
  await section.getByText(first.name).waitFor({ state: "detached" });
  assertNoFaults(at);
  await at.leave();
}
