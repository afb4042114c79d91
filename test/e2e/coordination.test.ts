/** Who does what, on the incident's page and by keyboard: coordination offered and accepted, a role, a task; and the watch. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, cockpitWords, languages } from "./words.ts";

const told = {
  fr: { title: "Le réseau est lent", reason: "Fin de mon quart", task: "Appeler la banque", done: "Ils rappellent" },
  en: { title: "The network is slow", reason: "End of my shift", task: "Call the bank", done: "They call back" },
} as const;

onStage("coordination, roles, tasks and the watch", async (stage) => {
  for (const language of languages) {
    const [mine, other] = { fr: ["Élise Tremblay", "Noé Roy"], en: ["Sam Carter", "Ada Moss"] }[language];
    const holder = await stage.desk.person(mine ?? "", language, { level: 4 });
    const taker = await stage.desk.person(other ?? "", language, { level: 4 });
    await stage.t.test(`${language}: handed over, a role given, a task done`, () => handedOver(stage, holder, taker));
    await stage.t.test(`${language}: the watch`, () => watched(stage, holder));
  }
});

async function handedOver(stage: Stage, holder: Someone, taker: Someone): Promise<void> {
  const { desk } = stage;
  const said = told[holder.language];
  const api = await desk.apiOf(holder);
  const { id, number } = await desk.api("POST", "/api/v1/incidents", {
    title: said.title,
    language: holder.language,
    categories: ["major"],
  });
  await api("POST", `/api/v1/incidents/${id}/accept`, {});
  const until = new Date(Date.now() + 36 * 3_600_000).toISOString();
  const absence = { person: taker.id, from: new Date(Date.now() - 60_000).toISOString(), until };
  await desk.api("POST", "/api/v1/absences", absence);
  const first = await signedIn(stage, holder);
  await first.page.goto(`${desk.url}/incidents/${number}`);
  await addTask(first, said.task, taker);
  await offer(first, said.reason, taker);
  assert.deepEqual(await violations(first.page), []);
  const second = await signedIn(stage, taker);
  await second.page.goto(`${desk.url}/incidents/${number}`);
  await answer(second, said, taker);
  await giveRole(second, holder);
  await finish(second, said);
  assertNoFaults(first, second);
  await first.leave();
  await second.leave();
}

const roles = ({ page, words: { t } }: Visitor) => page.getByRole("region", { name: t("roles.title") });
const tasks = ({ page, words: { t } }: Visitor) => page.getByRole("region", { name: t("tasks.title") });

async function addTask(visitor: Visitor, task: string, owner: Someone): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("t");
  const form = page.getByRole("dialog", { name: t("command.add-task.title") });
  await field(form, t("form.add-task.text")).fill(task);
  await form.getByRole("combobox", { name: begins(t("form.add-task.person")) }).selectOption(owner.id);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await tasks(visitor).getByText(task).waitFor();
}

async function offer(visitor: Visitor, reason: string, taker: Someone): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  await page.keyboard.press("h");
  const form = page.getByRole("dialog", { name: t("command.offer-coordination.title") });
  const asked = form.getByRole("combobox", { name: t("form.offer-coordination.person") });
  await asked.selectOption(taker.id);
  const away = t("form.person.away", { until: "" }).trim();
  await asked
    .locator("option:checked", { hasText: `${taker.name}` })
    .filter({ hasText: away })
    .waitFor({ state: "attached" });
  await form.getByText(t("form.person.is-away", { name: taker.name, until: "" }).replace(/[\s.]+$/, "")).waitFor();
  await field(form, t("form.reason")).fill(reason);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await roles(visitor).getByText(reason).waitFor();
  await roles(visitor)
    .getByRole("button", { name: t("roles.withdraw") })
    .waitFor();
}

/** Whoever is asked finds the brief open, and answers where they read it. */
async function answer(visitor: Visitor, said: { reason: string; task: string }, taker: Someone): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  const here = roles(visitor);
  await here.getByText(said.reason).waitFor();
  await here.locator("details").getByText(said.task).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide on a phone`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await here.getByRole("button", { name: t("roles.answer-yes") }).focus();
  await page.keyboard.press("Enter");
  await here
    .getByRole("listitem")
    .filter({ hasText: t("roles.coordinator") })
    .getByText(taker.name)
    .waitFor();
  assert.equal(await here.getByRole("button", { name: t("roles.answer-no") }).count(), 0);
  await page
    .getByRole("region", { name: t("timeline.title") })
    .getByText(t("event.coordination.handed-over.kind"))
    .waitFor();
}

async function giveRole(visitor: Visitor, holder: Someone): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  await page.keyboard.press("r");
  const form = page.getByRole("dialog", { name: t("command.fill-role.title") });
  await form.getByRole("combobox", { name: t("form.role") }).selectOption("scribe");
  await form.getByRole("combobox", { name: begins(t("form.person")) }).selectOption(holder.id);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  const line = roles(visitor).getByRole("listitem").filter({ hasText: holder.name });
  await line.getByRole("button", { name: begins(t("roles.release")) }).waitFor();
}

async function finish(visitor: Visitor, said: { task: string; done: string }): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  const line = tasks(visitor).getByRole("listitem").filter({ hasText: said.task });
  await line.getByRole("button", { name: begins(t("tasks.complete-task")) }).click();
  const form = page.getByRole("dialog", { name: t("command.complete-task.title") });
  await field(form, t("form.complete-task.text")).fill(said.done);
  await form.getByRole("button", { name: begins(t("command.complete-task.do")) }).click();
  await form.waitFor({ state: "detached" });
  await tasks(visitor)
    .getByText(t("tasks.over", { count: 1 }))
    .waitFor();
}

async function watched(stage: Stage, holder: Someone): Promise<void> {
  const visitor = await signedIn(stage, holder);
  const { page, words } = visitor;
  const { t } = words;
  const own = cockpitWords[holder.language];
  await page.getByRole("link", { name: t("shell.watch") }).click();
  await page.getByRole("heading", { level: 1, name: own("watch.title") }).waitFor();
  /* What counts as silence, said where it is counted. */
  await page.getByText(/20\s+min.*30\s+min.*2\s+h/u).waitFor();
  const heard = page.getByRole("region", { name: own("watch.group.heard") });
  await heard.getByText(told[words.language].title).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/incidents\//);
  await page.goBack();
  await page.setViewportSize(phone);
  await heard.getByText(told[words.language].title).waitFor();
  assert.deepEqual(await violations(page), []);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide on a phone`);
  assertNoFaults(visitor);
  await visitor.leave();
}
