/** From a first guess to the solution, on the incident's page and by keyboard: a hypothesis, evidence against it, another that is
 *  confirmed, and what is chosen; the form of the resolution begins with both. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { IncidentCommandName } from "../../core/directory/responsibility.ts";
import { send } from "./acting.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages } from "./words.ts";

const told = {
  fr: {
    title: "Les permis échouent",
    first: "La passerelle répond trop tard",
    against: "Elle répond en 200 ms",
    second: "Des connexions restent ouvertes",
    shown: "Reproduit en essai",
    solution: "Revenir à la version 3.2",
    aside: "Agrandir la réserve",
  },
  en: {
    title: "Permits fail",
    first: "The gateway answers too late",
    against: "It answers within 200 ms",
    second: "Connections stay open",
    shown: "Seen in a test",
    solution: "Go back to version 3.2",
    aside: "A larger pool",
  },
} as const;

onStage("a diagnosis, from hypotheses to the solution", async (stage) => {
  for (const language of languages) {
    const name = { fr: "Élise Tremblay", en: "Sam Carter" }[language];
    const leader = await stage.desk.person(name, language, { level: 4 });
    await stage.t.test(language, () => diagnosed(stage, leader));
  }
});

const section = ({ page, words: { t } }: Visitor) => page.getByRole("region", { name: t("diagnosis.title") });

async function diagnosed(stage: Stage, leader: Someone): Promise<void> {
  const { desk } = stage;
  const said = told[leader.language];
  const api = await desk.apiOf(leader);
  const { number } = await api("POST", "/api/v1/incidents", { title: said.title, language: leader.language });
  const visitor = await signedIn(stage, leader);
  const { page, words } = visitor;
  const { t } = words;
  await page.goto(`${desk.url}/incidents/${number}`);
  const here = section(visitor);
  const fill = (command: IncidentCommandName, name: string, text: string) => async (form: Locator) =>
    field(form, t(`form.${command}.${name}` as "form.open-hypothesis.text")).fill(text);
  const open = t("diagnosis.open");
  await send(visitor, here, open, "open-hypothesis", fill("open-hypothesis", "text", said.first));
  await send(visitor, here, open, "open-hypothesis", fill("open-hypothesis", "text", said.second));
  const line = (text: string) => here.getByRole("listitem").filter({ hasText: text });
  await send(visitor, line(said.first), t("diagnosis.add-evidence"), "add-evidence", async (form) => {
    await form.getByRole("radio", { name: t("form.side.against") }).check();
    await fill("add-evidence", "text", said.against)(form);
  });
  await line(said.first).getByText(said.against).waitFor();
  assert.deepEqual(await violations(page), []);
  const rule = fill("rule-out-hypothesis", "text", said.against);
  await send(visitor, line(said.first), t("diagnosis.rule-out"), "rule-out-hypothesis", rule);
  const show = fill("confirm-hypothesis", "text", said.shown);
  await send(visitor, line(said.second), t("diagnosis.confirm"), "confirm-hypothesis", show);
  await send(visitor, here, t("diagnosis.choose"), "select-solution", async (form) => {
    await fill("select-solution", "text", said.solution)(form);
    await form.getByRole("textbox", { name: begins(t("form.considered")) }).fill(said.aside);
  });
  await here.getByText(said.solution).waitFor();
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize({ width: 1440, height: 900 });
  const record = page.getByRole("region", { name: t("timeline.title") });
  await record.getByText(t("event.solution.selected.kind")).waitFor();
  await api("POST", `/api/v1/incidents/${number}/declare-restored`, {});
  await startsWithWhatIsKnown(visitor, said);
  assertNoFaults(visitor);
  await visitor.leave();
}

/** Whoever resolves it confirms what is known, and writes nothing twice. */
async function startsWithWhatIsKnown(
  { page, words: { t } }: Visitor,
  said: { solution: string; second: string },
): Promise<void> {
  await page
    .getByRole("button", { name: begins(t("acts.open")) })
    .filter({ visible: true })
    .click();
  const acts = page.getByRole("dialog", { name: t("acts.title") });
  await acts.getByRole("button", { name: begins(t("command.declare-resolved.do")) }).click();
  const form = page.getByRole("dialog", { name: t("command.declare-resolved.title") });
  assert.equal(await field(form, t("form.solution")).inputValue(), said.solution);
  assert.equal(await form.getByRole("textbox", { name: begins(t("form.cause")) }).inputValue(), said.second);
}
