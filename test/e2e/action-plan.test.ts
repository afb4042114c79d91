/** An operational period planned in the cockpit by one key, worked on, revised, and read as a printed page; in both languages. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, cockpitWords, type Language, languages } from "./words.ts";

const told = {
  fr: {
    title: "La paie ne part pas",
    situation: "6 950 virements sont partis.",
    objectives: ["Envoyer le reste avant 05:30", "Prévenir la banque"],
    task: "Diviser le lot",
    more: "Remercier tout le monde",
  },
  en: {
    title: "Pay does not go out",
    situation: "6,950 transfers are gone.",
    objectives: ["Send the rest before 05:30", "Tell the bank"],
    task: "Split the batch",
    more: "Thank everybody",
  },
} as const;

onStage("an action plan by periods", async (stage) => {
  for (const language of languages) {
    const name = { fr: "Élise Tremblay", en: "Sam Carter" }[language];
    const coordinator = await stage.desk.person(name, language, { level: 4 });
    await stage.t.test(language, () => planned(stage, coordinator));
  }
});

async function planned(stage: Stage, coordinator: Someone): Promise<void> {
  const { language } = coordinator;
  const say = told[language];
  const own = cockpitWords[language];
  const api = await stage.desk.apiOf(coordinator);
  const { number } = await api("POST", "/api/v1/incidents", { title: say.title, language, impact: 1, urgency: 1 });
  await api("POST", `/api/v1/incidents/${number}/accept`, {});
  const visitor = await signedIn(stage, coordinator);
  const { page, words } = visitor;
  await page.goto(`${stage.desk.url}/incidents/${number}/cockpit`);
  const plan = page.getByRole("region", { name: own("plan.title"), exact: true });
  await plan.getByText(own("plan.none")).waitFor();
  await fillPeriod(visitor, language);
  await plan.getByText(own("plan.period", { number: 1 })).waitFor();
  await plan.getByText(say.objectives[1]).waitFor();
  await page.keyboard.press("t");
  const task = page.getByRole("dialog", { name: words.t("command.add-task.title") });
  await field(task, words.t("form.add-task.text")).fill(say.task);
  await page.keyboard.press("Control+Enter");
  await task.waitFor({ state: "detached" });
  await plan.getByRole("button", { name: begins(own("plan.revise")) }).click();
  const form = page.getByRole("dialog", { name: words.t("command.revise-period.title") });
  const objectives = field(form, words.t("form.objectives"));
  assert.equal(await objectives.inputValue(), say.objectives.join("\n"), "it begins with what stands");
  await objectives.fill([...say.objectives, say.more].join("\n"));
  await page.keyboard.press("Control+Enter");
  await plan.getByText(say.more).waitFor();
  assert.deepEqual(await violations(page), []);
  await printed(visitor, language);
  await visitor.leave();
}

async function fillPeriod({ page, words: { t } }: Visitor, language: Language): Promise<void> {
  const say = told[language];
  await page.keyboard.press("l");
  const form = page.getByRole("dialog", { name: t("command.plan-period.title") });
  await field(form, t("form.situation")).fill(say.situation);
  await field(form, t("form.objectives")).fill(say.objectives.join("\n"));
  const zone = "America/Toronto";
  const until = Temporal.Now.plainDateTimeISO(zone).add({ hours: 6 }).toString({ smallestUnit: "minute" });
  await form.getByLabel(t("form.plan-period.until"), { exact: true }).fill(until);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}

async function printed(visitor: Visitor, language: Language): Promise<void> {
  const { page } = visitor;
  const say = told[language];
  const own = cockpitWords[language];
  await page.getByRole("link", { name: own("plan.open") }).click();
  await page.getByRole("heading", { level: 1, name: own("plan.title") }).waitFor();
  const first = page.getByRole("region", { name: own("plan.period", { number: 1 }) });
  await first.getByText(say.situation).waitFor();
  await first.getByRole("row").filter({ hasText: say.task }).getByText(own("plan.state.open")).waitFor();
  await first.getByText(new RegExp(own("plan.revised", { count: 1 }))).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button", { name: own("plan.print") }).isVisible(), false);
  assert.equal(await page.getByRole("navigation").first().isVisible(), false, "paper has no places to go");
  assert.ok(await first.getByText(say.objectives[0]).isVisible());
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize(phone);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide on a phone`);
  assertNoFaults(visitor);
}
