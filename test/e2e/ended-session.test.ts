/** A session that ends takes nothing with it: what was being written, chosen or answered is there again after the next
 *  sign-in (WCAG 2.2.1, 2.2.6), and is nobody else's. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { field, onStage, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, type Language, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const others = { fr: "Noé Roy", en: "Kim Lee" } as const;
const texts = {
  fr: { one: "Pompes arrêtées au quai", two: "Serrures muettes", said: "Le relais du quai est froid." },
  en: { one: "Pumps stopped at the dock", two: "Locks are mute", said: "The relay of the dock is cold." },
} as const;
const file = { name: "releve.txt", mimeType: "text/plain", buffer: Buffer.from("08:02") };

type Told = { readonly stage: Stage; readonly visitor: Visitor; readonly person: Someone; readonly numbers: string[] };

onStage("a session that ends loses no word", async (stage) => {
  for (const language of languages) {
    const person = await stage.desk.person(people[language], language);
    const numbers = await recorded(stage, language);
    const visitor = await signedIn(stage, person);
    const told: Told = { stage, visitor, person, numbers };
    await stage.t.test(`in the record, ${language}`, () => inComposer(told));
    await stage.t.test(`in the form of an act, ${language}`, () => inForm(told));
    await stage.t.test(`in the panel that records, with its file, ${language}`, () => inPanel(told));
    await stage.t.test(`in an act on many, with what was chosen, ${language}`, () => inBulk(told));
    await stage.t.test(`on a page of settings, ${language}`, () => inSettings(told));
    await stage.t.test(`and what it kept is nobody else's, ${language}`, () => notAnothers(told));
    await visitor.leave();
  }
});

async function recorded({ desk }: Stage, language: Language): Promise<string[]> {
  const { one, two } = texts[language];
  const numbers: string[] = [];
  for (const title of [one, two])
    numbers.push((await desk.api("POST", "/api/v1/incidents", { title, language })).number);
  return numbers;
}

/** It is ended from elsewhere: this browser learns of it by its next question. */
async function endSession({ stage: { desk }, visitor: { page } }: Told): Promise<void> {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const ended = await fetch(`${desk.url}/api/v1/session`, { method: "DELETE", headers: { cookie, origin: desk.url } });
  assert.ok(ended.ok, `${ended.status}`);
}

/** Any question of the page may be the one that learns of it first: then there is nothing left to press. */
async function act({ visitor: { page, words } }: Told, go: () => Promise<void>): Promise<void> {
  const asked = page.getByRole("heading", { level: 1, name: words.t("signin.title") }).waitFor();
  await Promise.race([go().catch(() => undefined), asked]);
  await asked;
}

/** On the page to which the act led, without leaving the application: whatever it holds in mind stays. */
async function signInAgain({ visitor: { page, words } }: Told, { email, password }: Someone): Promise<void> {
  const { t } = words;
  await page.getByLabel(t("signin.email")).fill(email);
  await page.getByLabel(t("signin.password")).fill(password);
  await page.getByRole("button", { name: t("signin.enter") }).click();
  await page.getByRole("heading", { level: 1, name: t("signin.title") }).waitFor({ state: "detached" });
}

async function openIncident({ stage, visitor: { page }, person, numbers }: Told): Promise<void> {
  await page.goto(`${stage.desk.url}/incidents/${numbers[0]}`);
  await page.getByRole("heading", { level: 1, name: texts[person.language].one }).waitFor();
}

const composerOf = ({ visitor: { page, words } }: Told): Locator =>
  page.getByRole("textbox", { name: words.t("command.decide.do") });

async function inComposer(told: Told): Promise<void> {
  const { visitor, person } = told;
  const { page, words } = visitor;
  const { one, said } = texts[person.language];
  await openIncident(told);
  await page.keyboard.press("d");
  await composerOf(told).fill(said);
  await endSession(told);
  await act(told, () => composerOf(told).press("Control+Enter"));
  await page.getByText(words.t("signin.again")).waitFor();
  await signInAgain(told, person);
  await page.getByRole("heading", { level: 1, name: one }).waitFor();
  assert.equal(await composerOf(told).inputValue(), said, "as a decision, as it was");
  await composerOf(told).press("Control+Enter");
  await page.getByRole("status").getByText(words.t("composer.done")).waitFor();
}

async function inForm(told: Told): Promise<void> {
  const { visitor, person } = told;
  const { page, words } = visitor;
  const { said } = texts[person.language];
  const dialog = page.getByRole("dialog", { name: words.t("command.dismiss.title") });
  const ask = async (): Promise<void> => {
    await page.getByRole("button", { name: begins(words.t("acts.open")) }).click();
    const acts = page.getByRole("dialog", { name: words.t("acts.title") });
    await acts.getByRole("button", { name: words.t("command.dismiss.do"), exact: true }).click();
    await dialog.waitFor();
  };
  await openIncident(told);
  await ask();
  await field(dialog, words.t("form.reason")).fill(said);
  await endSession(told);
  await act(told, () => dialog.getByRole("button", { name: begins(words.t("command.dismiss.do")) }).click());
  await signInAgain(told, person);
  await ask();
  await dialog.getByText(words.t("kept.resumed")).waitFor();
  assert.equal(await field(dialog, words.t("form.reason")).inputValue(), said);
  await dialog.getByRole("button", { name: words.t("ui.cancel") }).click();
}

async function inPanel(told: Told): Promise<void> {
  const { visitor, person } = told;
  const { page, words } = visitor;
  const { said } = texts[person.language];
  const panel = page.getByRole("dialog", { name: words.t("record.title") });
  await openIncident(told);
  await page.keyboard.press("c");
  await field(panel, words.t("record.what")).fill(said);
  await panel.getByLabel(words.t("files.choose")).setInputFiles([file]);
  await endSession(told);
  await act(told, () =>
    panel
      .getByRole("button", { name: begins(words.t("record.send")) })
      .first()
      .click(),
  );
  await signInAgain(told, person);
  await panel.waitFor();
  assert.equal(await field(panel, words.t("record.what")).inputValue(), said, "the panel is open, as it was left");
  await panel.getByText(file.name).first().waitFor();
  await panel.getByRole("button", { name: words.t("ui.cancel") }).click();
  await panel.waitFor({ state: "detached" });
}

async function inBulk(told: Told): Promise<void> {
  const { stage, visitor, person } = told;
  const { page } = visitor;
  const { t } = visitor.words;
  const { one, two, said } = texts[person.language];
  const bar = page.getByRole("region", { name: t("bulk.title") });
  const dialog = page.getByRole("dialog", { name: t("bulk.dismiss.title", { count: 2 }) });
  const reason = field(dialog, t("form.reason"));
  await page.goto(stage.desk.url);
  for (const title of [one, two])
    await page.getByRole("listitem").filter({ hasText: title }).locator("[data-choose]").check();
  await bar.getByRole("button", { name: t("bulk.dismiss.do") }).click();
  await reason.fill(said);
  await endSession(told);
  await act(told, () => dialog.getByRole("button", { name: begins(t("command.dismiss.do")) }).click());
  await signInAgain(told, person);
  await bar.getByText(t("bulk.count", { count: 2 })).waitFor();
  await bar.getByRole("button", { name: t("bulk.dismiss.do") }).click();
  assert.equal(await reason.inputValue(), said);
  await dialog.getByRole("button", { name: t("ui.cancel") }).click();
  await dialog.waitFor({ state: "detached" });
  await bar.getByRole("button", { name: t("bulk.dismiss.do") }).click();
  assert.equal(await reason.inputValue(), "", "cancelling keeps nothing");
}

async function inSettings(told: Told): Promise<void> {
  const { stage, visitor, person } = told;
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${stage.desk.url}/notifications`);
  await field(page, t("contact.topic")).fill("quai-7");
  await endSession(told);
  await act(told, () => page.getByRole("button", { name: t("contact.add.do") }).click());
  await signInAgain(told, person);
  await page.getByRole("heading", { level: 1, name: t("shell.notifications") }).waitFor();
  assert.equal(await field(page, t("contact.topic")).inputValue(), "quai-7");
}

async function notAnothers(told: Told): Promise<void> {
  const { stage, visitor, person } = told;
  const { page, words } = visitor;
  const { one, said } = texts[person.language];
  const other = await stage.desk.person(others[person.language], person.language);
  await openIncident(told);
  await page.keyboard.press("d");
  await composerOf(told).fill(said);
  await endSession(told);
  await act(told, () => composerOf(told).press("Control+Enter"));
  await signInAgain(told, other);
  await page.getByRole("heading", { level: 1, name: one }).waitFor();
  const empty = page.getByRole("textbox", { name: words.t("command.add-observation.do") });
  assert.equal(await empty.inputValue(), "", "somebody else finds nothing of it");
}
