/** Taking an incident out of a category that still asks something: why is asked, whoever may not is told so in sight, and a
 *  derogation is recorded. In both languages, in a hand. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages } from "./words.ts";

const reason = { fr: "Une panne, rien de malveillant", en: "A failure, nothing malicious" } as const;
const urgent = { fr: "Personne de niveau 4 ne répond", en: "Nobody of level 4 answers" } as const;

onStage("leaving a category", async (stage) => {
  for (const language of languages) {
    const holder = await stage.desk.person({ fr: "Élise Tremblay", en: "Sam Carter" }[language], language);
    const lesser = await stage.desk.person({ fr: "Omar Diallo", en: "Olive Dunn" }[language], language, { level: 3 });
    await stage.t.test(language, () => left(stage, holder, lesser));
  }
});

async function left(stage: Stage, holder: Someone, lesser: Someone): Promise<void> {
  const { desk } = stage;
  const { language } = lesser;
  const api = await desk.apiOf(holder);
  const { number } = await api("POST", "/api/v1/incidents", { title: "Paie", language, impact: 3, urgency: 3 });
  await api("POST", `/api/v1/incidents/${number}/accept`, {});
  await api("POST", `/api/v1/incidents/${number}/categorise`, { categories: ["complex"] });
  const visitor = await signedIn(stage, lesser);
  const { page, words } = visitor;
  const { t } = words;
  await page.setViewportSize(phone);
  await page.goto(`${desk.url}/incidents/${number}`);
  await page
    .getByRole("button", { name: begins(t("acts.open")) })
    .filter({ visible: true })
    .click();
  const acts = page.getByRole("dialog", { name: t("acts.title") });
  await acts.getByRole("button", { name: begins(t("command.categorise.do")) }).click();
  const form = page.getByRole("dialog", { name: t("command.categorise.title") });
  assert.equal(
    await form.getByRole("textbox", { name: begins(t("form.categorise.reason")) }).count(),
    0,
    "nothing is left yet",
  );
  const [complex, low] = [form.getByRole("checkbox").nth(0), form.getByRole("checkbox").nth(1)];
  assert.ok(await complex.isChecked());
  await complex.uncheck();
  await low.check();
  await field(form, t("form.categorise.reason")).fill(reason[language]);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  const refused = form.getByRole("alert");
  await refused.waitFor();
  const [said, foot] = [await refused.boundingBox(), await form.locator(".foot").boundingBox()];
  assert.ok(said && foot && said.y + said.height <= foot.y, "the refusal is whole above the foot");
  await field(form, t("form.derogation")).fill(urgent[language]);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  const { categories } = await api("GET", `/api/v1/incidents/${number}`);
  assert.deepEqual(categories, ["low-impact"]);
  const { data } = await api("GET", `/api/v1/incidents/${number}/timeline`);
  const used = data.filter(({ type }: { type: string }) => type === "derogation.used");
  assert.equal(used.length, 1);
  await visitor.leave();
}
