/** Somebody outside is asked from the page of an incident, and answers on their telephone without an account; whoever asked sees it
 *  leave, be opened and be answered. In both languages. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor, visit } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { until } from "./until.ts";
import { begins, contributorPageWords, contributorWords, type Language, languages } from "./words.ts";

const told = {
  fr: {
    name: "Karim Benali",
    text: "Jusqu’à quelle heure?",
    one: "05:30, comme prévu",
    two: "06:00",
    why: "Nos virements tardent.",
  },
  en: {
    name: "Kate Benson",
    text: "Until what hour?",
    one: "05:30, as planned",
    two: "06:00",
    why: "Our transfers are slow.",
  },
} as const;

onStage("contributors", async (stage) => {
  const { desk, t } = stage;
  for (const language of languages) {
    const coordinator = await desk.person({ fr: "Élise Tremblay", en: "Sam Carter" }[language], language);
    await t.test(`${language}: asked, opened, answered`, () => fromAskToAnswer(stage, coordinator));
    await t.test(`${language}: works again, which is a ground and no decision`, () => worksAgain(stage, coordinator));
    await t.test(`${language}: a mark holds it back, and both sides say so`, () => heldBack(stage, coordinator));
    await t.test(`${language}: the owner and a user are asked where it is said`, () => asksOwner(stage, coordinator));
  }
});

async function incidentOf({ desk }: Stage, person: Someone): Promise<string> {
  const api = await desk.apiOf(person);
  const { number } = await api("POST", "/api/v1/incidents", { title: "Paie", language: person.language });
  return number;
}

const linkFor = (stage: Stage, email: string): Promise<string> =>
  until(`a letter for ${email}`, async () => {
    const letter = stage.desk.post.letters.find(({ to }) => to === email);
    return /https?:\/\/\S+\/c\/\w+/.exec(letter?.text ?? "")?.[0] ?? false;
  });

const isClean = async ({ page }: Visitor): Promise<void> => {
  assert.deepEqual(await violations(page), []);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide`);
};

async function fromAskToAnswer(stage: Stage, coordinator: Someone): Promise<void> {
  const { language } = coordinator;
  const say = contributorWords[language];
  const { name, text, one, two, why } = told[language];
  const email = `guest.${language}@partner.example`;
  const number = await incidentOf(stage, coordinator);
  const asking = await signedIn(stage, coordinator);
  const { page } = asking;
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const section = page.getByRole("region", { name: say("title") });
  await section.getByText(say("none")).waitFor();
  await section.getByRole("button", { name: say("ask") }).click();
  const panel = page.getByRole("dialog", { name: say("ask.title") });
  await field(panel, say("text.question")).fill(text);
  await field(panel, say("choices")).fill(`${one}\n${two}`);
  await field(panel, say("context")).fill(why);
  await field(panel, say("name")).fill(name);
  await field(panel, say("email")).fill(email);
  await panel.getByText(say("forwardable")).click();
  assert.deepEqual(await violations(page), []);
  await panel.getByRole("button", { name: say("ask.send") }).click();
  await section.getByText(say("waiting", { count: 1 })).waitFor();

  await answers(stage, { language, link: await linkFor(stage, email), choice: two, text });

  await section.getByText(two, { exact: true }).waitFor();
  await section.getByText(say("origin", { at: "" }).trim().slice(0, 12)).waitFor();
  assert.equal(await section.locator(".track .done").count(), 3);
  await isClean(asking);
  await page.setViewportSize(phone);
  await isClean(asking);
  await page.getByText(two).first().waitFor();
  assertNoFaults(asking);
  await asking.leave();
}

type Answering = { language: Language; link: string; choice: string; text: string };

async function answers(stage: Stage, { language, link, choice, text }: Answering): Promise<void> {
  const say = contributorPageWords[language];
  const guest = await visit(stage.browser, language, { viewport: phone, javaScriptEnabled: true });
  const { page } = guest;
  await page.goto(link);
  assert.equal(await page.getByText(text).count(), 0, "a look shows nothing of it");
  await isClean(guest);
  await page.getByRole("button", { name: say("ask.door.open") }).click();
  await page.getByRole("heading", { level: 1, name: text }).waitFor();
  await isClean(guest);
  await page.getByRole("button", { name: say("ask.continue") }).click();
  await page.getByRole("alert").getByText(say("ask.wrong.empty")).waitFor();
  await page.getByRole("radio", { name: choice }).check();
  await page.getByRole("button", { name: say("ask.continue") }).click();
  await page.getByRole("heading", { level: 1, name: say("ask.check") }).waitFor();
  await isClean(guest);
  const again = await page.context().newPage();
  await again.goto(link);
  assert.ok(await again.getByRole("radio", { name: choice }).isChecked(), "what was begun is kept");
  await again.getByRole("link", { name: say("ask.give-on") }).click();
  await again.getByRole("heading", { level: 1, name: say("ask.forward") }).waitFor();
  assert.deepEqual(await violations(again), []);
  await again.close();
  await page.getByRole("button", { name: say("ask.send") }).click();
  await page.getByRole("heading", { level: 1, name: say("ask.thanks") }).waitFor();
  await isClean(guest);
  const other = language === "fr" ? "en" : "fr";
  await page.getByRole("link", { name: other === "en" ? "English" : "Français" }).click();
  await page.getByRole("heading", { level: 1, name: contributorPageWords[other]("ask.thanks") }).waitFor();
  await guest.leave();
}

async function worksAgain(stage: Stage, coordinator: Someone): Promise<void> {
  const { language } = coordinator;
  const say = contributorWords[language];
  const number = await incidentOf(stage, coordinator);
  const api = await stage.desk.apiOf(coordinator);
  const email = `again.${language}@partner.example`;
  const { name, text } = told[language];
  await api("POST", `/api/v1/incidents/${number}/ask-contributor`, { kind: "working", text, name, email, language });
  const guest = await visit(stage.browser, language, { viewport: phone });
  await guest.page.goto(await linkFor(stage, email));
  const words = contributorPageWords[language];
  await guest.page.getByRole("button", { name: words("ask.door.open") }).click();
  await guest.page.getByRole("radio", { name: words("ask.choice.yes") }).check();
  await guest.page.getByRole("button", { name: words("ask.continue") }).click();
  await guest.page.getByRole("button", { name: words("ask.send") }).click();
  await guest.page.getByRole("heading", { level: 1, name: words("ask.thanks") }).waitFor();
  await guest.leave();
  const asking = await signedIn(stage, coordinator);
  const { page } = asking;
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const section = page.getByRole("region", { name: say("title") });
  await section.getByText(say("ground", { name })).waitFor();
  await section.getByRole("button", { name: asking.words.t("command.declare-restored.do") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").first().waitFor();
  assert.match(await dialog.getByRole("textbox").first().inputValue(), new RegExp(name));
  assertNoFaults(asking);
  await asking.leave();
}

/** The owner reads the other language: what they are asked is in theirs. */
async function asksOwner(stage: Stage, coordinator: Someone): Promise<void> {
  const { language } = coordinator;
  const say = contributorWords[language];
  const other = language === "fr" ? "en" : "fr";
  const owner = await stage.desk.person({ fr: "Omar Diallo", en: "Olive Dunn" }[language], other);
  const service = (await stage.desk.api("POST", "/api/v1/services", { nameFr: "Paie", nameEn: "Pay", owner: owner.id }))
    .id;
  const api = await stage.desk.apiOf(coordinator);
  const { number } = await api("POST", "/api/v1/incidents", {
    title: "Paie",
    language,
    service,
    impact: 3,
    urgency: 3,
  });
  for (const act of ["accept", "declare-restored"]) await api("POST", `/api/v1/incidents/${number}/${act}`, {});
  const asking = await signedIn(stage, coordinator);
  const { page, words } = asking;
  await page.setViewportSize(phone);
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const section = page.getByRole("region", { name: words.t("restoration.title") });
  const ask = section.getByRole("button", { name: say("working.owner", { name: owner.name }) });
  await ask.click();
  const panel = page.getByRole("dialog", { name: say("ask.title") });
  assert.equal(await field(panel, say("text.working")).inputValue(), contributorWords[other]("text.working.start"));
  assert.ok(await panel.getByRole("radio", { name: say("kind.working") }).isChecked());
  assert.equal(await panel.getByRole("combobox", { name: begins(say("to")) }).inputValue(), owner.id);
  await isClean(asking);
  await panel.getByRole("button", { name: say("ask.send") }).click();
  await section.getByText(say("working.waited", { names: owner.name })).waitFor();
  await ask.waitFor({ state: "detached" });
  const email = `user.${language}@partner.example`;
  await section.getByRole("button", { name: say("working.user") }).click();
  await field(panel, say("name")).fill(told[language].name);
  await field(panel, say("email")).fill(email);
  await panel.getByRole("radio", { name: say(`language.${other}`) }).check();
  assert.equal(await field(panel, say("text.working")).inputValue(), contributorWords[other]("text.working.start"));
  await panel.getByRole("button", { name: say("ask.send") }).click();
  await linkFor(stage, email);
  await section.getByText(told[language].name).waitFor();
  /* Down again while a user is being asked: what was begun stays, and says so. */
  await section.getByRole("button", { name: say("working.user") }).click();
  await field(panel, say("text.working")).fill("Est-ce que cela marche?");
  await api("POST", `/api/v1/incidents/${number}/declare-relapse`, { text: "Down" });
  await panel.getByRole("alert").getByText(say("ask.relapsed")).waitFor();
  assert.equal(await field(panel, say("text.working")).inputValue(), "Est-ce que cela marche?");
  await isClean(asking);
  await panel
    .getByRole("button", { name: words.t("ui.cancel") })
    .first()
    .click();
  await isClean(asking);
  assertNoFaults(asking);
  await asking.leave();
}

/** Given on before it was marked: closed to whoever the desk does not know, and given on by nobody any more. */
async function heldBack(stage: Stage, coordinator: Someone): Promise<void> {
  const { language } = coordinator;
  const [say, words] = [contributorWords[language], contributorPageWords[language]];
  const number = await incidentOf(stage, coordinator);
  const api = await stage.desk.apiOf(coordinator);
  const { name, text } = told[language];
  const ask = (email: string) =>
    api("POST", `/api/v1/incidents/${number}/ask-contributor`, { text, name, email, language, forwardable: true });
  const emails = [`first.${language}@partner.example`, `next.${language}@partner.example`] as const;
  await ask(emails[0]);
  const first = await visit(stage.browser, language, { viewport: phone });
  await first.page.goto(await linkFor(stage, emails[0]));
  await first.page.getByRole("button", { name: words("ask.door.open") }).click();
  await first.page.getByRole("link", { name: words("ask.give-on") }).click();
  const give = async (email: string) => {
    await field(first.page, words("ask.forward.name")).fill("Robin Lee");
    await field(first.page, words("ask.forward.email")).fill(email);
    await first.page.getByRole("button", { name: words("ask.forward.send") }).click();
  };
  await give(emails[1]);
  await first.page.getByRole("heading", { level: 1, name: words("ask.forwarded") }).waitFor();
  await ask(`third.${language}@partner.example`);
  await first.page.goto(await linkFor(stage, `third.${language}@partner.example`));
  await first.page.getByRole("button", { name: words("ask.door.open") }).click();
  await first.page.getByRole("link", { name: words("ask.give-on") }).click();
  await linkFor(stage, emails[1]);
  await api("POST", `/api/v1/incidents/${number}/mark`, { tlp: "red" });
  await give(`fourth.${language}@partner.example`);
  await first.page.getByRole("alert").getByText(words("ask.wrong.marked")).waitFor();
  await isClean(first);
  await first.page.goto(await linkFor(stage, emails[1]));
  await first.page.getByRole("heading", { level: 1, name: words("ask.over.closed") }).waitFor();
  await isClean(first);
  await first.leave();
  const asking = await signedIn(stage, coordinator);
  await asking.page.setViewportSize(phone);
  await asking.page.goto(`${stage.desk.url}/incidents/${number}`);
  const section = asking.page.getByRole("region", { name: say("title") });
  await section.getByText(say("barred", { sent: true })).waitFor();
  await isClean(asking);
  assertNoFaults(asking);
  await asking.leave();
}
