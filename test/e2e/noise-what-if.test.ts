/** Before a rule about noise is saved, or removed, the form says what the last ninety days would have been with it. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, desktop, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { languages, noiseWords as say } from "./words.ts";

onStage("what a rule about noise would have made of the last days", async (stage) => {
  const { desk } = stage;
  const fr = await desk.person("Élise Tremblay", "fr", { admin: true });
  const en = await desk.person("Sam Carter", "en", { admin: true });
  const service = await desk.serviceOf([fr], "Paie", "Payroll");
  const key = await desk.integration("pagerduty", { name: "Supervision", service });
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, "payroll-db1", "Disk almost full"));
  await desk.ackLink(fr.email, "Disk almost full");
  await desk.knock("/v2/enqueue", {
    ...pagerDutyEvent(key, "payroll-db1", "Disk almost full"),
    event_action: "resolve",
  });
  const people = { fr, en };
  for (const language of languages)
    for (const viewport of [desktop, phone])
      await stage.t.test(`a new rule, ${language}, ${viewport.width} points`, () =>
        isTold(stage, people[language], viewport),
      );
  await stage.t.test("a silence, as if it had lasted all the time", () => isSilenced(stage, fr));
  await stage.t.test("a rule that is removed", () => isRemoved(stage, en));
});

async function isTold(stage: Stage, reader: Someone, viewport: typeof desktop): Promise<void> {
  const { desk } = stage;
  const visitor = await signedIn(stage, reader, { viewport });
  const { page, words } = visitor;
  const { t } = words;
  await page.goto(`${desk.url}/noise-rules`);
  const section = page.getByRole("region", { name: t("what-if.title") });
  await section.getByRole("button", { name: t("what-if.run") }).click();
  const number = section.getByText(say[words.language]("replay.not-opened", { count: 1 }));
  await number.waitFor();
  await section.getByText(t("what-if.unsent", { count: 1 })).waitFor();
  await number.click();
  await section.getByRole("link", { name: "Disk almost full" }).waitFor();
  await section.getByText(say[words.language]("replay.held", { rule: null })).waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await page.evaluate("document.documentElement.scrollWidth - innerWidth <= 0"), true);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function isSilenced({ desk, browser }: Stage, reader: Someone): Promise<void> {
  const visitor = await signedIn({ desk, browser }, reader);
  const { page, words } = visitor;
  await page.goto(`${desk.url}/silences`);
  const section = page.getByRole("region", { name: words.t("what-if.title") });
  const button = section.getByRole("button", { name: words.t("what-if.run") });
  assert.equal(await button.getAttribute("aria-disabled"), "true", "it says nothing yet");
  await field(page, say.fr("scope.text")).fill("Disk");
  await button.click();
  await section.getByText(say.fr("replay.not-opened", { count: 1 })).waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function isRemoved(stage: Stage, reader: Someone): Promise<void> {
  const { desk } = stage;
  const definition = { kind: "wait", minutes: 5 };
  await desk.api("POST", "/api/v1/noise-rules", { name: "Short ones", definition });
  const visitor = await signedIn(stage, reader);
  const { page, words } = visitor;
  await page.goto(`${desk.url}/noise-rules`);
  await page.getByRole("button", { name: `${say.en("rule.remove")} Short ones` }).click();
  const section = page.getByRole("dialog").getByRole("region", { name: words.t("what-if.title") });
  await section.getByRole("button", { name: words.t("what-if.run") }).click();
  await section.getByText(say.en("replay.opened", { count: 1 })).waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}
