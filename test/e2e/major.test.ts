/** A major incident on its page and by keyboard: its criteria propose it, level 4 declares it and stands it down; whoever may
 *  not is told so. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages } from "./words.ts";

const told = {
  fr: {
    title: "La paie ne part pas",
    over: "Une seule équipe touchée",
    criterion: "Trois domaines ou plus sont touchés",
  },
  en: { title: "Pay does not go out", over: "One team only", criterion: "Three domains or more are touched" },
} as const;

onStage("a major incident, proposed, declared and stood down", async (stage) => {
  for (const language of languages) {
    const [able, other] = { fr: ["Élise Tremblay", "Noé Roy"], en: ["Sam Carter", "Ada Moss"] }[language];
    const decider = await stage.desk.person(able ?? "", language, { level: 4 });
    const agent = await stage.desk.person(other ?? "", language, { level: 2 });
    await stage.t.test(language, () => declared(stage, decider, agent));
  }
});

const band = ({ page, words: { t } }: Visitor, status: "declared" | "proposed", by: string | null) =>
  page.getByRole("region", { name: t(`major.${status}`, { by }) });

async function declared(stage: Stage, decider: Someone, agent: Someone): Promise<void> {
  const { desk } = stage;
  const said = told[decider.language];
  const { number } = await desk.api("POST", "/api/v1/incidents", {
    title: said.title,
    language: decider.language,
    domains: ["employees", "customers", "services"],
  });
  const [first, second] = [await signedIn(stage, decider), await signedIn(stage, agent)];
  for (const { page } of [first, second]) await page.goto(`${desk.url}/incidents/${number}`);
  const { t } = first.words;
  const barred = band(second, "proposed", null).getByRole("button", { name: begins(t("command.declare-major.do")) });
  await barred.waitFor();
  assert.equal(await barred.getAttribute("aria-disabled"), "true", "level 2 reads why it may not");
  /* A finger cannot point: pressed, it says the same. */
  await barred.click({ force: true });
  const why = (await barred.getAttribute("title")) ?? assert.fail("it says why");
  await second.page.getByRole("region", { name: why }).getByText(why).waitFor();
  await band(first, "proposed", null).getByText(said.criterion).waitFor();
  const declares = first.page.getByRole("button", { name: begins(t("command.declare-major.do")) });
  assert.equal(await declares.count(), 1, "what is to be decided stands once");
  for (const { page } of [first, second]) assert.deepEqual(await violations(page), []);
  await press(first, "declare-major");
  await band(first, "declared", decider.name).waitFor();
  await first.page.setViewportSize(phone);
  assert.deepEqual(await violations(first.page), []);
  const wide = await first.page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide on a phone`);
  await press(first, "stand-down-major", said.over);
  await band(first, "declared", decider.name).waitFor({ state: "detached" });
  const record = first.page.getByRole("region", { name: t("timeline.title") });
  for (const kind of ["proposed", "declared", "stood-down"] as const)
    await record
      .getByText(t(`event.major.${kind}.kind`))
      .first()
      .waitFor();
  assertNoFaults(first, second);
  await first.leave();
  await second.leave();
}

type Command = "declare-major" | "stand-down-major";

async function press({ page, words: { t } }: Visitor, command: Command, reason?: string): Promise<void> {
  const button = page.locator(".majorband").getByRole("button", { name: begins(t(`command.${command}.do`)) });
  await button.focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: t(`command.${command}.title`) });
  if (reason !== undefined) await field(form, t("form.reason")).fill(reason);
  await form.waitFor();
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}
