/** A supplier is called on from the page of an incident, answers by the link of the letter with their number, and says later that it
 *  works; their own page counts what they kept. In both languages, on a desk and in a hand. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor, visit } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { until } from "./until.ts";
import { contributorPageWords, languages, supplierWords } from "./words.ts";

const told = {
  fr: { name: "Nordlys", text: "La liaison du site 4 est coupée.", back: "Fibre réparée." },
  en: { name: "Southern Fibre", text: "The line to site 4 is cut.", back: "Fibre spliced." },
} as const;

onStage("suppliers", async (stage) => {
  for (const language of languages) {
    const name = { fr: "Élise Tremblay", en: "Sam Carter" }[language];
    const keeper = await stage.desk.person(name, language, { level: 5 });
    await stage.t.test(`${language}: kept, called on, answered by a link, counted`, () => calledOn(stage, keeper));
  }
});

const isClean = async ({ page }: Visitor): Promise<void> => {
  for (const size of [{ width: 1_280, height: 800 }, phone]) {
    await page.setViewportSize(size);
    assert.deepEqual(await violations(page), []);
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    assert.ok(wide <= 0, `${wide} pixels too wide`);
  }
  await page.setViewportSize({ width: 1_280, height: 800 });
};

async function calledOn(stage: Stage, keeper: Someone): Promise<void> {
  const { desk } = stage;
  const { language } = keeper;
  const say = supplierWords[language];
  const { name, text, back } = told[language];
  const email = `desk@${language}.example`;
  const visitor = await signedIn(stage, keeper);
  const { page } = visitor;
  await keep(visitor, stage, { name, email, language });
  const api = await desk.apiOf(keeper);
  const { number } = await api("POST", "/api/v1/incidents", { title: "Liaison", language });
  await page.goto(`${desk.url}/incidents/${number}`);
  const section = page.getByRole("region", { name: say("incident.title") });
  await section.getByRole("button", { name: say("call") }).click();
  const panel = page.getByRole("dialog", { name: say("call.title") });
  await panel.getByRole("combobox", { name: say("call.whom") }).selectOption({ label: name });
  await field(panel, say("call.text")).fill(text);
  assert.deepEqual(await violations(page), []);
  await panel.getByRole("button", { name: say("call.send") }).click();
  await section.getByText(say("status", { status: "asked" })).waitFor();
  await isClean(visitor);

  await answers(stage, { language, email });
  await section.getByText("NL-42", { exact: true }).waitFor();
  await section.getByText(say("status", { status: "acknowledged" })).waitFor();
  await section.getByRole("button", { name: say("answer") }).click();
  const answer = page.getByRole("dialog", { name: say("answer.title", { name }) });
  await answer.getByText(say("became.restored")).click();
  await field(answer, say("answer.text")).fill(back);
  assert.deepEqual(await violations(page), []);
  await answer.getByRole("button", { name: say("answer.send") }).click();
  await section.getByText(say("ground", { name })).waitFor();
  await isClean(visitor);

  await section.getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page
    .getByText(say("count.kept", { met: 1 }))
    .first()
    .waitFor();
  await isClean(visitor);
  assertNoFaults(visitor);
  await visitor.leave();
}

type Kept = { readonly name: string; readonly email: string; readonly language: "fr" | "en" };

/** Written in the form, with one target and one contact. */
async function keep({ page, words: { t } }: Visitor, { desk }: Stage, { name, email, language }: Kept): Promise<void> {
  const say = supplierWords[language];
  await page.goto(`${desk.url}/suppliers`);
  await page.getByRole("button", { name: say("add") }).click();
  const form = page.getByRole("dialog", { name: say("add.title") });
  await field(form, say("one")).fill(name);
  await form.getByRole("button", { name: say("target.add") }).click();
  await form
    .getByRole("spinbutton", { name: say("minutes") })
    .first()
    .fill("90");
  await field(form, say("contact.name")).fill("Centre");
  await field(form, say("contact.role")).fill("Desk");
  await field(form, say("contact.email")).fill(email);
  await form.getByText(t("priority.badge", { priority: 1, word: t("priority.1") })).waitFor();
  assert.deepEqual(await violations(page), []);
  await form.getByRole("button", { name: say("add") }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.getByText(say("report.none")).waitFor();
}

/** On a telephone of theirs, without an account. */
async function answers(stage: Stage, { language, email }: Omit<Kept, "name">): Promise<void> {
  const say = contributorPageWords[language];
  const link = await until(`a letter for ${email}`, async () => {
    const letter = stage.desk.post.letters.find(({ to }) => to === email);
    return /https?:\/\/\S+\/c\/\w+/.exec(letter?.text ?? "")?.[0] ?? false;
  });
  const visitor = await visit(stage.browser, language, { viewport: phone });
  const { page } = visitor;
  await page.goto(link);
  await page.getByRole("button", { name: say("ask.door.open") }).click();
  await page.getByText(say("ask.choice.taken")).click();
  await page.getByLabel(say("ask.ticket")).fill("NL-42");
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: say("ask.continue") }).click();
  await page.getByText("NL-42").waitFor();
  await page.getByRole("button", { name: say("ask.send") }).click();
  await page.getByText(say("ask.thanks")).waitFor();
  assert.deepEqual(await violations(page), []);
  await visitor.leave();
}
