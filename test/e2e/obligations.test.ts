/** From a law that binds to a register, on the pages and by keyboard: questions one at a time, a date, what was submitted, what follows. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages, obligationWords } from "./words.ts";

const told = {
  fr: { title: "Dossiers copiés", reasons: "Un intrus a lu des paiements", yes: "o", reference: "ACPR-17" },
  en: { title: "Records were copied", reasons: "An intruder read payments", yes: "y", reference: "ACPR-18" },
} as const;

onStage("what a law wants told, from a question to a register", async (stage) => {
  await stage.desk.api("POST", "/api/v1/obligations/laws", { law: "dora", place: "FR" });
  for (const language of languages) {
    const name = { fr: "Élise Tremblay", en: "Sam Carter" }[language];
    const leader = await stage.desk.person(name, language, { level: 4 });
    await stage.t.test(language, () => toldByLaw(stage, leader));
  }
});

async function toldByLaw(stage: Stage, leader: Someone): Promise<void> {
  const { desk } = stage;
  const say = obligationWords[leader.language];
  const said = told[leader.language];
  const api = await desk.apiOf(leader);
  const body = { title: said.title, language: leader.language, domains: ["information-security"] };
  const { number } = await api("POST", "/api/v1/incidents", body);
  const visitor = await signedIn(stage, leader);
  const { page } = visitor;
  await page.goto(`${desk.url}/incidents/${number}/obligations`);
  const law = page.getByRole("region", { name: begins("DORA") });
  await law.getByRole("button", { name: begins(say("assess")) }).click();
  const dialog = page.getByRole("dialog");
  for (let question = 1; question <= 3; question++) {
    await dialog.getByText(say("question.of", { at: question, of: 9 })).waitFor();
    await page.keyboard.press(said.yes);
  }
  await dialog.getByText(say("assess.suggested")).waitFor();
  assert.ok(
    await dialog.getByRole("radio", { name: say("outcome.owed.choice") }).isChecked(),
    "three answers are enough",
  );
  assert.equal(await field(dialog, say("assess.reasons")).inputValue(), "", "no key was written");
  await field(dialog, say("assess.reasons")).fill(said.reasons);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  await law.getByText(said.reasons).waitFor();

  await law
    .getByRole("button", { name: { fr: "Classement de l’incident", en: "Classification" }[leader.language] })
    .click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: begins(say("date.do")) })
    .click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const initial = law.getByRole("listitem").filter({
    has: page.getByRole("heading", {
      name: { fr: "Notification initiale", en: "Initial notification" }[leader.language],
    }),
  });
  await initial.getByText(/^3 h 59 min|^4 h/).waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    initial.getByRole("button", { name: begins(say("act.draft")) }).click(),
  ]);
  assert.match(file.suggestedFilename(), new RegExp(`^${number}-dora-initial-${leader.language}\\.md$`));
  assert.ok(readFileSync(await file.path(), "utf8").includes(say("draft.missing")));

  await initial.getByRole("button", { name: begins(say("act.submit")) }).click();
  await field(page.getByRole("dialog"), say("submit.reference")).fill(said.reference);
  await page.keyboard.press("Control+Enter");
  await initial.getByText(said.reference).waitFor();
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  assert.ok(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it fits a telephone");

  await page.goto(`${desk.url}/registers`);
  await page.getByRole("link", { name: number }).waitFor();
  await page.goto(`${desk.url}/incidents/${number}`);
  await page
    .getByRole("region", { name: say("title") })
    .getByRole("link", { name: say("aside.open") })
    .waitFor();
  await page.getByText(said.reference, { exact: false }).first().waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}
