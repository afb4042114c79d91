/** What awaits a person, on its page: a task and a coordination by name, what level 5 judges, and what an owner without a level is asked;
 *  answered from there, by keyboard; and what an empty page says to each level. */
import assert from "node:assert/strict";
import { send } from "./acting.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { type Language, languages, myWorkWords } from "./words.ts";

const told = {
  fr: { title: "Fibre coupée", task: "Appeler la voirie", shift: "Fin de mon quart", verdict: "Il fallait agir" },
  en: { title: "Fibre is cut", task: "Call the road works", shift: "My shift ends", verdict: "It had to be done" },
} as const;

type Cast = Readonly<Record<"lead" | "relief" | "judge" | "owner", Someone>>;

onStage("what awaits each person", async (stage) => {
  for (const language of languages) {
    const names = {
      fr: ["Élise Tremblay", "Noé Roy", "Jeanne Bouchard", "Mia Cyr"],
      en: ["Sam Carter", "Ada Moss", "Rosa Diaz", "Kim Wells"],
    } as const;
    const [lead, relief, judge, owner] = names[language];
    const cast = {
      lead: await stage.desk.person(lead, language, { level: 4 }),
      relief: await stage.desk.person(relief, language, { level: 3 }),
      judge: await stage.desk.person(judge, language, { level: 5 }),
      owner: await stage.desk.person(owner, language, { level: null }),
    };
    await stage.t.test(`${language}: an empty page teaches`, () => teaches(stage, cast.owner));
    await stage.t.test(`${language}: by name`, () => byName(stage, language, cast));
    await stage.t.test(`${language}: of a level`, () => ofLevel(stage, language, cast));
  }
});

const opened = async (stage: Stage, by: Someone, more: object): Promise<string> =>
  (await (await stage.desk.apiOf(by))("POST", "/api/v1/incidents", more)).number;

async function teaches(stage: Stage, owner: Someone): Promise<void> {
  const at = await signedIn(stage, owner);
  const own = myWorkWords[owner.language];
  await at.page.goto(`${stage.desk.url}/my-work`);
  await at.page.getByText(own("mywork.none.null")).waitFor();
  assert.deepEqual(await violations(at.page), []);
  assertNoFaults(at);
  await at.leave();
}

async function byName(stage: Stage, language: Language, { lead, relief }: Cast): Promise<void> {
  const said = told[language];
  const own = myWorkWords[language];
  const number = await opened(stage, lead, { title: said.title, language });
  const api = await stage.desk.apiOf(lead);
  await api("POST", `/api/v1/incidents/${number}/accept`, {});
  const due = new Date(Date.now() + 5 * 3_600_000).toISOString();
  await api("POST", `/api/v1/incidents/${number}/add-task`, { text: said.task, person: relief.id, due });
  await api("POST", `/api/v1/incidents/${number}/offer-coordination`, { person: relief.id, reason: said.shift });
  const at = await signedIn(stage, relief);
  const { page } = at;
  await page.goto(`${stage.desk.url}/my-work`);
  const now = page.getByRole("region", { name: own("mywork.group.now") });
  await now.getByRole("link", { name: own("mywork.do.accept-coordination") }).waitFor();
  const today = page.getByRole("region", { name: own("mywork.group.today") });
  await today.getByText(said.task).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("j");
  assert.equal(await page.evaluate("document.activeElement.matches('a[data-row]')"), true, "J goes to the first");
  await now.getByRole("button", { name: at.words.t("command.accept-coordination.do") }).press("Enter");
  /* Nothing moves under whoever is in the list, until they say so. */
  await now.getByText(own("mywork.gone")).waitFor();
  await page.getByRole("button", { name: at.words.t("board.fresh", { count: 1 }) }).click();
  await now.waitFor({ state: "detached" });
  await page
    .getByRole("region", { name: own("mywork.group.holds") })
    .getByText(said.title)
    .waitFor();
  await send(at, today, at.words.t("command.complete-task.do"), "complete-task", async () => {});
  await today.waitFor({ state: "detached" });
  assertNoFaults(at);
  await at.leave();
}

async function ofLevel(stage: Stage, language: Language, { relief, judge, owner }: Cast): Promise<void> {
  const said = told[language];
  const own = myWorkWords[language];
  const kept = { nameFr: `Fibre ${language}`, nameEn: `Fibre optics ${language}`, owner: owner.id };
  const service = (await stage.desk.api("POST", "/api/v1/services", kept)).id;
  const number = await opened(stage, relief, { title: said.title, language, service });
  const api = await stage.desk.apiOf(relief);
  await api("POST", `/api/v1/incidents/${number}/accept`, {});
  const derogation = { reason: said.shift };
  await api("POST", `/api/v1/incidents/${number}/declare-major`, { reason: said.title, derogation });
  await api("POST", `/api/v1/incidents/${number}/declare-restored`, { derogation });
  const at = await signedIn(stage, judge);
  await at.page.setViewportSize(phone);
  await at.page.goto(`${stage.desk.url}/my-work`);
  const undated = at.page.getByRole("region", { name: own("mywork.group.undated") });
  await undated
    .getByRole("link", { name: own("mywork.do.review-derogation") })
    .first()
    .waitFor();
  assert.deepEqual(await violations(at.page), []);
  const count = () => undated.getByRole("link", { name: own("mywork.do.review-derogation") }).count();
  const before = await count();
  await send(at, undated, at.words.t("command.review-derogation.do"), "review-derogation", async (form) => {
    await form.getByRole("radio", { name: at.words.t("form.verdict.justified"), exact: true }).check();
    await field(form, at.words.t("form.review-derogation.text")).fill(said.verdict);
  });
  await undated
    .getByRole("link", { name: own("mywork.do.review-derogation") })
    .nth(before - 1)
    .waitFor({ state: "detached" });
  assert.equal(await count(), before - 1);
  assertNoFaults(at);
  await at.leave();
  const theirs = await signedIn(stage, owner);
  await theirs.page.goto(`${stage.desk.url}/my-work`);
  await theirs.page.getByRole("link", { name: own("mywork.do.confirm-restored") }).waitFor();
  assertNoFaults(theirs);
  await theirs.leave();
}
