/** A restricted incident in the browser: its band and its members, somebody let in and out, a page that is not there for anybody
 *  else, and the glass broken by the deliberate way. */
import assert from "node:assert/strict";
import { createMessages } from "../../languages/messages.ts";
import { restriction } from "../../languages/restriction.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages } from "./words.ts";

onStage("a restricted incident, its members, and the glass", async (stage) => {
  for (const language of languages) {
    const names = { fr: ["Élise Tremblay", "Noé Roy", "Iris Cinq"], en: ["Sam Carter", "Ada Moss", "Ivy Five"] }[
      language
    ];
    const lead = await stage.desk.person(names[0] ?? "", language, { level: 5 });
    const other = await stage.desk.person(names[1] ?? "", language, { level: 3 });
    const five = await stage.desk.person(names[2] ?? "", language, { level: 5 });
    await stage.t.test(language, () => kept(stage, lead, other, five));
  }
});

async function kept(stage: Stage, lead: Someone, other: Someone, five: Someone): Promise<void> {
  const { desk } = stage;
  const { t: say } = createMessages(lead.language, restriction);
  const title = { fr: "Fichiers chiffrés", en: "Files encrypted" }[lead.language];
  const api = await desk.apiOf(lead);
  const { number } = await api("POST", "/api/v1/incidents", {
    title,
    language: lead.language,
    categories: ["security"],
  });
  await api("POST", `/api/v1/incidents/${number}/mark`, { tlp: "amber+strict" });
  const first = await signedIn(stage, lead);
  const { page } = first;
  await page.goto(`${desk.url}/incidents/${number}`);
  const band = page.getByRole("region", { name: say("restriction.title") });
  await page.getByText("TLP:AMBER+STRICT").first().waitFor();
  await band.getByText(say("restriction.members", { count: 1 })).click();
  assert.deepEqual(await violations(page), []);
  await act(first, "grant-access", other.name);
  await band.getByText(say("restriction.members", { count: 2 })).waitFor();
  await band.getByText(say("restriction.opened"), { exact: true }).click();
  await band
    .getByText(say("restriction.opened.what", { what: "page" }))
    .first()
    .waitFor();
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  assert.ok((await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")) <= 0);

  const outside = await signedIn(stage, five);
  await outside.page.goto(`${desk.url}/`);
  assert.equal(await outside.page.getByText(title).count(), 0, "the board does not show it");
  await outside.page.goto(`${desk.url}/incidents/${number}`);
  await outside.page.getByRole("heading", { name: outside.words.t("missing.title") }).waitFor();
  await outside.page.getByRole("link", { name: say("glass.link") }).click();
  await outside.page.getByRole("heading", { name: say("glass.title") }).waitFor();
  assert.deepEqual(await violations(outside.page), []);
  await outside.page
    .getByLabel(say("glass.reason"))
    .fill(lead.language === "fr" ? "Personne ne répond" : "Nobody answers");
  await outside.page.getByRole("button", { name: say("glass.do") }).click();
  await outside.page.getByRole("heading", { name: title }).waitFor();
  await outside.page.getByRole("region", { name: say("restriction.title") }).waitFor();
  assertNoFaults(first);
  await first.leave();
  await outside.leave();
}

async function act({ page, words: { t } }: Visitor, command: "grant-access", name: string): Promise<void> {
  await page
    .getByRole("button", { name: begins(t(`command.${command}.do`)) })
    .first()
    .click();
  const form = page.getByRole("dialog", { name: t(`command.${command}.title`) });
  await form.getByRole("combobox").first().selectOption({ label: name });
  await field(form, t("form.reason")).fill("x");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}
