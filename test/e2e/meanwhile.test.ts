/** Somebody else does the same while a form is open: what was written stays, and it is said who has. In both languages. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages } from "./words.ts";

const told = {
  fr: { title: "Paie en double", task: "Appeler la banque", written: "La banque rappelle à 9 h.", result: "Fait." },
  en: { title: "Paid twice", task: "Call the bank", written: "The bank calls back at 9.", result: "Done." },
} as const;

onStage("somebody acts while a form is open", async (stage) => {
  for (const language of languages) {
    const writer = await stage.desk.person({ fr: "Élise Tremblay", en: "Sam Carter" }[language], language);
    const other = await stage.desk.person({ fr: "Karim Benali", en: "Kate Benson" }[language], language);
    await stage.t.test(`${language}: what was written is kept`, () => overtaken(stage, writer, other));
  }
});

async function overtaken(stage: Stage, writer: Someone, other: Someone): Promise<void> {
  const { language } = writer;
  const said = told[language];
  const [mine, theirs] = [await stage.desk.apiOf(writer), await stage.desk.apiOf(other)];
  const { number } = await mine("POST", "/api/v1/incidents", { title: said.title, language });
  await mine("POST", `/api/v1/incidents/${number}/accept`, {});
  await mine("POST", `/api/v1/incidents/${number}/add-task`, { text: said.task });
  const visitor = await signedIn(stage, writer);
  const { page, words } = visitor;
  const { t } = words;
  await page.setViewportSize(phone);
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const tasks = page.getByRole("region", { name: t("tasks.title"), exact: true });
  await tasks.getByRole("button", { name: begins(t("tasks.complete-task")) }).click();
  const form = page.getByRole("dialog", { name: t("command.complete-task.title") });
  const text = field(form, t("form.complete-task.text"));
  await text.fill(said.written);

  await theirs("POST", `/api/v1/incidents/${number}/complete-task`, { task: 1, text: said.result });

  const alert = form.getByRole("alert");
  await alert.getByText(t("meanwhile.by", { name: other.name })).waitFor();
  assert.equal(await text.inputValue(), said.written);
  assert.equal(
    await form.getByRole("button", { name: begins(t("command.complete-task.do")) }).getAttribute("aria-disabled"),
    "true",
  );
  await alert.getByRole("button", { name: t("meanwhile.what-you-wrote") }).waitFor();
  assert.deepEqual(await violations(page), []);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide`);
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  assert.notEqual(await page.evaluate("document.activeElement.tagName"), "BODY", "the keyboard stays in the page");
  assertNoFaults(visitor);
  await visitor.leave();
}
