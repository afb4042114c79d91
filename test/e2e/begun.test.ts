/** What somebody has begun stays theirs: a key pressed by mistake, a page left or a server that does not answer loses no
 *  word; and neither the keyboard nor the list slips away from under a hand. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertNoFaults, field, onStage, type Stage, signedIn, type Visitor, visit } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, type Language, languages, words } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const texts = {
  fr: { one: "Pompes arrêtées au quai", two: "Serrures du pavillon muettes", said: "Le relais du quai est froid." },
  en: { one: "Pumps stopped at the dock", two: "Locks of the pavilion mute", said: "The relay of the dock is cold." },
} as const;
const smallPhone = { width: 360, height: 740 };

onStage("what is begun is not lost, and nothing slips from under a hand", async (stage) => {
  const { t, desk } = stage;
  for (const language of languages) {
    const person = await desk.person(people[language], language);
    await t.test(`forms, ${language}`, () => formsAreKept(stage, person));
    await t.test(`the composer, ${language}`, () => composerIsKept(stage, person));
    await t.test(`the board, ${language}`, () => boardHolds(stage, person));
    await t.test(`the first screen of a phone, ${language}`, () => firstScreen(stage, person));
    await t.test(`addresses where nothing is, ${language}`, () => lostAddress(stage, language));
    await t.test(`a receipt in the other language, ${language}`, () => receiptFollows(stage, language));
  }
});

const record = async ({ desk }: Stage, title: string, language: Language): Promise<string> =>
  (await desk.api("POST", "/api/v1/incidents", { title, language })).number;

const openAt = async ({ page }: Visitor, address: string, heading: string): Promise<void> => {
  await page.goto(address);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
};

async function formsAreKept(stage: Stage, person: Someone): Promise<void> {
  const { one, said } = texts[person.language];
  const number = await record(stage, one, person.language);
  const visitor = await signedIn(stage, person);
  const { page, words: word } = visitor;
  const panel = page.getByRole("dialog", { name: word.t("record.title") });
  const title = field(panel, word.t("record.what"));
  await page.keyboard.press("c");
  await title.fill(said);
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await page.keyboard.press("c");
  await panel.getByText(word.t("kept.resumed")).waitFor();
  assert.equal(await title.inputValue(), said, "what was typed comes back");
  await panel.getByRole("button", { name: word.t("kept.restart") }).click();
  assert.equal(await title.inputValue(), "");
  await title.press("Control+Enter");
  assert.equal(await panel.count(), 1, "a title that is missing is asked for, not sent");

  await openAt(visitor, `${stage.desk.url}/incidents/${number}`, one);
  const dialog = page.getByRole("dialog", { name: word.t("command.dismiss.title") });
  const ask = async (): Promise<void> => {
    await page.keyboard.press("g");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: word.t("command.dismiss.do"), exact: true })
      .click();
    await dialog.waitFor();
  };
  const reason = field(dialog, word.t("form.reason"));
  await ask();
  await reason.fill(said);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await ask();
  assert.equal(await reason.inputValue(), said, "Escape keeps what was written");
  await dialog.getByRole("button", { name: word.t("ui.cancel") }).click();
  await dialog.waitFor({ state: "detached" });
  await ask();
  assert.equal(await reason.inputValue(), "", "cancelling does not");
  assertNoFaults(visitor);
  await visitor.leave();
}

async function composerIsKept(stage: Stage, person: Someone): Promise<void> {
  const { one, said } = texts[person.language];
  const number = await record(stage, one, person.language);
  const visitor = await signedIn(stage, person);
  const { page, words: word } = visitor;
  const composer = page.getByRole("textbox", { name: word.t("command.decide.do") });
  const away = async (): Promise<void> => {
    await page
      .getByRole("link", { name: word.t("shell.people") })
      .first()
      .click();
    await page.getByRole("heading", { level: 1, name: word.t("shell.people") }).waitFor();
  };
  await openAt(visitor, `${stage.desk.url}/incidents/${number}`, one);
  await page.keyboard.press("d");
  await composer.fill(said);
  await away();
  await page.goBack();
  await composer.waitFor();
  assert.equal(await composer.inputValue(), said, "as a decision, as it was");

  /* The answer comes, and is a failure, when nobody looks at this page any more. */
  let fail = (): void => {};
  const held = new Promise<void>((done) => {
    fail = done;
  });
  const address = "**/api/v1/incidents/*/decide";
  await page.route(address, (route) => held.then(() => route.abort()));
  await composer.press("Control+Enter");
  await page
    .getByRole("region", { name: word.t("timeline.title") })
    .getByText(said)
    .waitFor();
  await away();
  const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/decide"));
  fail();
  await failed;
  await page.goBack();
  await page
    .getByRole("textbox", { name: word.t("command.decide.do") })
    .and(page.getByText(said))
    .waitFor();
  await page.unroute(address);
  await composer.press("Control+Enter");
  await page.getByRole("status").getByText(word.t("composer.done")).waitFor();
  assert.equal(await composer.inputValue(), "");
  await visitor.leave();
}

async function boardHolds(stage: Stage, person: Someone): Promise<void> {
  const { one, two } = texts[person.language];
  await record(stage, two, person.language);
  const visitor = await signedIn(stage, person);
  const { page, words: word } = visitor;
  const row = (title: string) =>
    page.getByRole("listitem").filter({ has: page.locator("a[data-row]", { hasText: title }) });
  await row(two).first().waitFor();
  await row(one).first().hover();
  await page.keyboard.press("/");
  for (const letter of two.split(" ")[0] ?? "") {
    await page.keyboard.type(letter);
    await page.mouse.move(...(await within(page)));
  }
  await row(one).first().waitFor({ state: "detached" });
  assert.ok((await row(two).count()) >= 1, "what matches stays");
  await page.keyboard.press("Escape");

  const mine = row(two).first();
  await mine.getByRole("button", { name: begins(word.t("command.accept.do")) }).press("Enter");
  await mine.getByText(begins(`${word.t("board.assigned")} ${word.t("ui.you")}`)).waitFor();
  await mine.getByRole("link").and(page.locator(":focus")).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

/** A hand that is not quite still. */
async function within(page: Page): Promise<[number, number]> {
  const box = await page.locator(".queue").boundingBox();
  assert.ok(box);
  return [box.x + 200 + Math.random(), box.y + 60];
}

async function firstScreen(stage: Stage, person: Someone): Promise<void> {
  const api = await stage.desk.apiOf(person);
  const { one, two, said } = texts[person.language];
  const number = await record(stage, `${one} ${two}`, person.language);
  await api("POST", `/api/v1/incidents/${number}/accept`, {});
  await api("POST", `/api/v1/incidents/${number}/categorise`, { categories: ["major"], reason: said });
  const visitor = await signedIn(stage, person, { viewport: smallPhone });
  const { page, words: word } = visitor;
  const todo = page.getByRole("region", { name: begins(word.t("todo.title")) });
  const act = await todo.getByRole("button").first().boundingBox();
  const bar = await page.getByRole("navigation", { name: word.t("shell.shortcuts") }).boundingBox();
  assert.ok(act && bar && act.y + act.height <= bar.y, "the act to do now is seen without scrolling");
  await api("POST", `/api/v1/incidents/${number}/dismiss`, { reason: said });
  await visitor.leave();
}

async function lostAddress(stage: Stage, language: Language): Promise<void> {
  const { page, leave } = await visit(stage.browser, language);
  const answer = await page.goto(`${stage.desk.url}/nowhere/at/all`);
  assert.equal(answer?.status(), 404);
  await page.getByRole("heading", { level: 1, name: words[language].t("missing.title") }).waitFor();
  await page.getByRole("link", { name: words[language].t("failed.board") }).waitFor();
  const program = await fetch(`${stage.desk.url}/nowhere/at/all`, { headers: { accept: "*/*" } });
  assert.match(program.headers.get("content-type") ?? "", /^application\/problem\+json/);
  const person = await signedIn(stage, await stage.desk.person(`${people[language]} bis`, language, { level: 2 }));
  await openAt(person, `${stage.desk.url}/incidents/INC-9999`, words[language].t("missing.title"));
  assert.ok((await person.page.title()).startsWith(words[language].t("missing.title")));
  await openAt(person, `${stage.desk.url}/checklist`, words[language].t("barred.title"));
  assert.equal(await person.page.getByRole("button", { name: words[language].t("failed.again") }).count(), 0);
  await Promise.all([leave(), person.leave()]);
}

async function receiptFollows(stage: Stage, language: Language): Promise<void> {
  const other = language === "fr" ? "en" : "fr";
  const { page, leave } = await visit(stage.browser, language);
  const { t } = words[other];
  await page.goto(`${stage.desk.url}/report?lang=${other}`);
  await page.getByRole("button", { name: t("report.send") }).click();
  await page.getByRole("alert").getByText(t("report.field.title.required")).waitFor();
  await field(page, t("report.field.title")).fill(texts[other].said);
  /* Away and back: sent again, it would be empty, as it was refused. */
  await page.goto(`${stage.desk.url}/report/no-such-receipt`);
  await page.goBack();
  await page.getByRole("alert").getByText(t("report.field.title.required")).waitFor();
  assert.equal(await field(page, t("report.field.title")).inputValue(), texts[other].said);
  await page.getByRole("button", { name: t("report.send") }).click();
  await page.getByRole("heading", { level: 1, name: t("report.thanks.title") }).waitFor();
  const receipt = (await page.locator(".receipt").textContent()) ?? "";
  const follow = await page.getByRole("link", { name: t("report.follow") }).getAttribute("href");
  await page.locator(`a[hreflang="${language}"]`).click();
  await page.getByRole("heading", { level: 1, name: words[language].t("report.state.title") }).waitFor();
  assert.ok(page.url().includes(receipt), "the receipt is not lost with the language");
  await page.goto(`${stage.desk.url}${follow}`);
  await page.getByRole("heading", { level: 1, name: t("report.state.title") }).waitFor();
  await leave();
}
