/** The cockpit of a major incident: all of it on one screen, by single keys, live, and still under a pointer. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, cockpitWords, type Language, languages } from "./words.ts";

const told = {
  fr: {
    title: "La paie ne part pas",
    note: "La file dépasse 900 virements.",
    decision: "Envoyer le lot par fichier.",
    elsewhere: "La banque rappelle dans dix minutes.",
    task: "Appeler la banque",
  },
  en: {
    title: "Pay does not go out",
    note: "More than 900 transfers wait.",
    decision: "Send the batch as a file.",
    elsewhere: "The bank calls back in ten minutes.",
    task: "Call the bank",
  },
} as const;

onStage("the cockpit of a major incident", async (stage) => {
  for (const language of languages) {
    const [able, other] = { fr: ["Élise Tremblay", "Noé Roy"], en: ["Sam Carter", "Ada Moss"] }[language];
    const coordinator = await stage.desk.person(able ?? "", language, { level: 4 });
    const agent = await stage.desk.person(other ?? "", language, { level: 2 });
    await stage.t.test(language, () => night(stage, coordinator, agent));
  }
});

async function night(stage: Stage, coordinator: Someone, agent: Someone): Promise<void> {
  const { desk } = stage;
  const { language } = coordinator;
  const say = told[language];
  const api = await desk.apiOf(coordinator);
  const { number } = await api("POST", "/api/v1/incidents", { title: say.title, language, impact: 1, urgency: 1 });
  const act = (name: string, body: object = {}) => api("POST", `/api/v1/incidents/${number}/${name}`, body);
  await act("accept");
  await act("declare-major", { reason: "P1" });
  await act("add-task", { text: say.task, person: agent.id });
  await act("advise-persons", { persons: [agent.id], text: say.title });
  const visitor = await signedIn(stage, coordinator);
  const { page, words } = visitor;
  await page.goto(`${desk.url}/incidents/${number}`);
  await page.getByRole("heading", { level: 1, name: say.title }).waitFor();
  await page.keyboard.press("v");
  await page.getByRole("navigation", { name: cockpitWords[language]("cockpit.acts") }).waitFor();
  await byKeys(visitor, language);
  await whatItShows(visitor, language, agent);
  await stillUnderThePointer(visitor, language, (text) => act("add-observation", { text }));
  await onOneScreen(visitor);
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: words.t("keys.title") });
  await keys.getByText(cockpitWords[language]("cockpit.act.escalate"), { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide on a phone`);
  assertNoFaults(visitor);
  await visitor.leave();
  await barred(stage, agent, number);
}

async function byKeys({ page, words: { t } }: Visitor, language: Language): Promise<void> {
  for (const [key, command, text] of [
    ["o", "add-observation", told[language].note],
    ["d", "decide", told[language].decision],
  ] as const) {
    await page.keyboard.press(key);
    const form = page.getByRole("dialog", { name: t(`command.${command}.title`) });
    await form.getByRole("textbox").first().fill(text);
    await page.keyboard.press("Control+Enter");
    await form.waitFor({ state: "detached" });
  }
}

async function whatItShows({ page, words: { t } }: Visitor, language: Language, agent: Someone): Promise<void> {
  const say = told[language];
  const part = (name: string): Locator => page.getByRole("region", { name, exact: true });
  const own = cockpitWords[language];
  await part(own("cockpit.decisions")).getByText(say.decision).waitFor();
  await part(own("cockpit.record")).getByText(say.note).waitFor();
  await part(t("tasks.title")).getByText(say.task).waitFor();
  await part(t("tasks.title")).getByText(agent.name).waitFor();
  await part(own("cockpit.inform")).getByText(new RegExp(agent.name)).waitFor();
  await part(own("cockpit.inform"))
    .getByText(new RegExp(own("cockpit.inform.left", { left: "" }).trim()))
    .first()
    .waitFor();
  await part(t("roles.title"))
    .getByRole("button", { name: begins(t("roles.fill")) })
    .first()
    .waitFor();
  await part(t("missing-to-close.title")).waitFor();
  await part(t("clocks.title")).waitFor();
}

/** What somebody else writes meanwhile is there by itself; under a pointer it waits to be asked for. */
async function stillUnderThePointer(
  { page }: Visitor,
  language: Language,
  write: (text: string) => Promise<unknown>,
): Promise<void> {
  const own = cockpitWords[language];
  const entries = page.getByRole("region", { name: own("cockpit.record"), exact: true });
  const first = entries.getByRole("listitem").first();
  const before = await first.textContent();
  await first.hover();
  await write(told[language].elsewhere);
  const fresh = entries.getByRole("button", { name: own("cockpit.fresh", { count: 1 }) });
  await fresh.waitFor();
  assert.equal(await first.textContent(), before, "nothing moved");
  await fresh.click();
  await first.getByText(told[language].elsewhere).waitFor();
  await page.mouse.move(5, 5);
  await write(`${told[language].elsewhere} (2)`);
  await first.getByText(`${told[language].elsewhere} (2)`).waitFor();
}

async function onOneScreen({ page }: Visitor): Promise<void> {
  const high = await page.evaluate<number>("document.documentElement.scrollHeight - innerHeight");
  assert.ok(high <= 0, `${high} pixels higher than the screen`);
  const cut = await page.evaluate<number[]>(
    "[...document.querySelectorAll('.cockpit-col')].map((one) => one.scrollHeight - one.clientHeight)",
  );
  assert.deepEqual(
    cut.map((one) => one <= 0),
    [true, true, true, true],
    `columns that scroll: ${cut.join()}`,
  );
}

/** Level 2 presses the same key, and reads why not, and how all the same in an emergency. */
async function barred(stage: Stage, agent: Someone, number: string): Promise<void> {
  const visitor = await signedIn(stage, agent);
  const { page, words } = visitor;
  await page.goto(`${stage.desk.url}/incidents/${number}/cockpit`);
  await page.getByRole("navigation", { name: cockpitWords[agent.language]("cockpit.acts") }).waitFor();
  await page.keyboard.press("d");
  const form = page.getByRole("dialog", { name: words.t("command.decide.title") });
  await field(form, words.t("form.derogation")).waitFor();
  await page.keyboard.press("Escape");
  assertNoFaults(visitor);
  await visitor.leave();
}
