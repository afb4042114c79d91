/** The list of alerts: teaches while it is empty, follows what happens, filters by its address, leads to the incident, and
 *  keeps still under a pointer. */
import assert from "node:assert/strict";
import { assertNoFaults, onStage, type Stage, signedIn } from "./browser.ts";
import { pagerDutyEvent } from "./desk.ts";
import { type Language, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;

onStage("the list of alerts", async (stage) => {
  await stage.t.test("an empty list teaches", () => teaches(stage));
  for (const language of languages) await stage.t.test(`it follows, ${language}`, () => follows(stage, language));
});

async function teaches(stage: Stage): Promise<void> {
  const visitor = await signedIn(stage, await stage.desk.person("Noé Roy", "fr", { admin: true }));
  const { page, words } = visitor;
  await page.goto(`${stage.desk.url}/alerts`);
  await page.getByText(words.t("alerts.none"), { exact: true }).waitFor();
  await page.getByText(`curl ${stage.desk.url}/events/${words.t("alerts.key")}`).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

async function follows(stage: Stage, language: Language): Promise<void> {
  const { desk } = stage;
  const visitor = await signedIn(stage, await desk.person(people[language], language, { admin: true }));
  const { page } = visitor;
  const { t } = visitor.words;
  const key = await desk.integration("pagerduty", { name: `Watch ${language}` });
  const send = (name: string) =>
    desk.knock("/v2/enqueue", pagerDutyEvent(key, `${name} ${language}`, `${name} ${language}`));
  const row = (name: string) => page.getByRole("link", { name: `${name} ${language}`, exact: true });
  await page.goto(`${desk.url}/alerts`);
  await page.getByRole("heading", { level: 1, name: t("alerts.title") }).waitFor();
  await send("First");
  await row("First").waitFor();
  await row("First").hover();
  await send("Second");
  const fresh = page.getByRole("button", { name: t("board.fresh", { count: 1 }) });
  await fresh.waitFor();
  assert.equal(await row("Second").count(), 0, "nothing moves under a pointer");
  await fresh.click();
  await row("Second").waitFor();

  await page.getByRole("combobox", { name: t("alerts.source") }).selectOption({ label: `Watch ${language}` });
  await page.waitForURL(/integration=/);
  await row("First").waitFor();
  await page.getByRole("link", { name: t("alerts.tab.resolved"), exact: true }).click();
  await page.getByText(t("alerts.nothing-found")).waitFor();
  await page.getByRole("link", { name: t("alerts.clear") }).click();
  await row("First").click();
  await page.getByRole("heading", { level: 1, name: `First ${language}` }).waitFor();
  await page.getByRole("link", { name: /^INC-/ }).click();
  await page.getByRole("heading", { level: 1, name: `First ${language}` }).waitFor();
  assert.match(page.url(), /\/incidents\/INC-/);
  assertNoFaults(visitor);
  await visitor.leave();
}
