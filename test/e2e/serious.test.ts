/** A serious incident in a browser: level 4 proposes it, level 5 says so, takes the investigation, and lowers it with a reason. */
import assert from "node:assert/strict";
import { send } from "./acting.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, type Language, languages } from "./words.ts";

const told = {
  fr: { title: "La vanne s’ouvre seule", why: "Personne ne l’a jamais vu", over: "Connu depuis dix ans" },
  en: { title: "The gate opens by itself", why: "Nobody has seen it before", over: "Known for ten years" },
} as const;

onStage("a serious incident", async (stage) => {
  for (const language of languages) {
    const [four = "", five = ""] = { fr: ["Élise Tremblay", "Jeanne Roux"], en: ["Sam Carter", "Rosa Diaz"] }[language];
    const lead = await stage.desk.person(four, language, { level: 4 });
    const chief = await stage.desk.person(five, language, { level: 5 });
    await stage.t.test(language, () => heldSerious(stage, language, lead, chief));
  }
});

async function heldSerious(stage: Stage, language: Language, lead: Someone, chief: Someone): Promise<void> {
  const { title, why, over } = told[language];
  const { number } = await (await stage.desk.apiOf(lead))("POST", "/api/v1/incidents", { title, language });
  const at = await signedIn(stage, lead);
  const { t } = at.words;
  await at.page.goto(`${stage.desk.url}/incidents/${number}`);
  await at.page
    .getByRole("button", { name: begins(t("acts.open")) })
    .filter({ visible: true })
    .click();
  const acts = at.page.getByRole("dialog", { name: t("acts.title") });
  await send(at, acts, t("command.propose-flag.do"), "propose-flag", async (form) => {
    await form.getByRole("radio", { name: t("flag.serious"), exact: true }).check();
    await field(form, t("form.reason")).fill(why);
  });
  const proposed = at.page.getByRole("region", { name: t("flag.proposed", { flag: "serious", by: lead.name }) });
  await proposed.getByText(why).waitFor();
  assert.equal(
    await proposed.getByRole("button", { name: t("flag.hold", { flag: "serious" }) }).getAttribute("aria-disabled"),
    "true",
    "level 4 proposes, and level 5 says so",
  );
  assert.deepEqual(await violations(at.page), []);
  await at.leave();

  const judge = await signedIn(stage, chief);
  const { page } = judge;
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const band = page.getByRole("region", { name: t("flag.proposed", { flag: "serious", by: lead.name }) });
  await send(judge, band, t("flag.hold", { flag: "serious" }), "raise-flag", async () => {});
  const held = page.getByRole("region", { name: t("flag.raised", { flag: "serious", by: chief.name }) });
  await held.getByText(t("flag.investigation", { name: null })).waitFor();
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  await held.getByRole("button", { name: t("command.take-investigation.do") }).click();
  await held.getByText(t("flag.investigation", { name: chief.name })).waitFor();
  await send(judge, held, t("command.lower-flag.do"), "lower-flag", (form) => field(form, t("form.reason")).fill(over));
  await held.waitFor({ state: "detached" });
  await page
    .getByRole("region", { name: t("timeline.title") })
    .getByText(t("event.flag.lowered.kind"), { exact: true })
    .waitFor();
  assertNoFaults(at, judge);
  await judge.leave();
}
