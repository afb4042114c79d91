/** Before a change is saved, the form says what the last ninety days would have been with it; on a phone too, and by hand
 *  each number opens its list. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { violations } from "./axe.ts";
import { assertNoFaults, desktop, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { languages } from "./words.ts";

const names = { fr: "Élise Tremblay", en: "Sam Carter" } as const;

onStage("what would have happened", async (stage) => {
  const { desk } = stage;
  const fr = await desk.person(names.fr, "fr", { admin: true });
  const en = await desk.person(names.en, "en", { admin: true });
  const service = await desk.serviceOf([fr], "Paie", "Payroll");
  const key = await desk.integration("pagerduty", { name: "Supervision", service });
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, "payroll-db1", "Disk almost full"));
  await desk.ackLink(fr.email, "Disk almost full");
  await stage.t.test("a schedule as it is", () => changesNothing(stage, en));
  const people = { fr, en };
  for (const language of languages)
    for (const viewport of [desktop, phone])
      await stage.t.test(`in a policy, ${language}, ${viewport.width} points`, () =>
        isTold(stage, people[language], viewport),
      );
  await stage.t.test("a service that is moved to another policy", () => isMoved(stage, en, service));
});

/** Asked only once another policy is chosen. */
async function isMoved(stage: Stage, reader: Someone, service: string): Promise<void> {
  const { desk } = stage;
  const targets = [{ kind: "person", id: reader.id }];
  const body = { name: "Elsewhere", steps: [{ targets, timeoutMinutes: 10 }], repeat: 0 };
  await desk.api("POST", "/api/v1/escalation-policies", body);
  const visitor = await signedIn(stage, reader);
  const { page, words } = visitor;
  const { t } = words;
  await page.goto(`${desk.url}/services/${service}`);
  await page
    .getByRole("button", { name: t("frame.change") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  const section = dialog.getByRole("region", { name: t("what-if.title") });
  await dialog.getByLabel(t("service.policy")).waitFor();
  assert.equal(await section.count(), 0, "nothing is moved yet");
  await dialog.getByLabel(t("service.policy")).selectOption({ label: "Elsewhere" });
  await section.getByRole("button", { name: t("what-if.run") }).click();
  await section.getByText(t("what-if.someone-else", { count: 1 })).waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}

/** Opened and not touched, it changes nothing. */
async function changesNothing(stage: Stage, reader: Someone): Promise<void> {
  const { desk } = stage;
  const rotation = {
    kind: "weekly",
    zone: "UTC",
    startDate: "2026-01-05",
    handoverTime: "09:00",
    participants: [reader.id],
  };
  const { id } = await desk.api("POST", "/api/v1/schedules", { name: "Primary", layers: [{ rotation }] });
  const visitor = await signedIn(stage, reader);
  const { page, words } = visitor;
  const { t } = words;
  await page.goto(`${desk.url}/schedules/${id}`);
  await page
    .getByRole("button", { name: t("frame.change") })
    .first()
    .click();
  const section = page.getByRole("dialog").getByRole("region", { name: t("what-if.title") });
  await section.getByRole("button", { name: t("what-if.run") }).click();
  await section.getByText(t("what-if.same", { count: 1 })).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

async function isTold(stage: Stage, reader: Someone, viewport: typeof desktop): Promise<void> {
  const { desk } = stage;
  const visitor = await signedIn(stage, reader, { viewport });
  const { page, words } = visitor;
  const { t } = words;
  const { data } = await desk.api("GET", "/api/v1/escalation-policies");
  await page.goto(`${desk.url}/escalation-policies/${data[0].id}`);
  await page
    .getByRole("button", { name: t("frame.change") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("policy.target", { number: 1 })).selectOption({ label: names.en });
  const section = dialog.getByRole("region", { name: t("what-if.title") });
  await isStopped(visitor, section);
  await section.getByRole("button", { name: t("what-if.again") }).click();
  const [number] = [section.getByText(t("what-if.someone-else", { count: 1 }))];
  await number.waitFor();
  assert.equal(
    await page.evaluate("document.activeElement.textContent"),
    t("what-if.again"),
    "the focus is where it was",
  );
  await number.click();
  await section.getByText(t("what-if.because.step")).waitFor();
  assert.deepEqual(await violations(page), []);
  await section.scrollIntoViewIfNeeded();
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/what-if-${reader.language}-${viewport.width}.png` });
  assert.deepEqual(await page.evaluate(tooWide), [], "nothing scrolls sideways");
  assertNoFaults(visitor);
  await visitor.leave();
}

/** While the server takes its time, it is said that it runs, and it can be stopped. */
async function isStopped({ page, words: { t } }: Visitor, section: Locator): Promise<void> {
  const asked = "**/api/v1/reach/replay";
  await page.route(asked, () => {});
  await section.getByRole("button", { name: t("what-if.run") }).click();
  await section.getByRole("progressbar").waitFor();
  await section.getByRole("button", { name: t("what-if.stop") }).click();
  await section.getByText(t("what-if.stopped", { seen: 0, all: 0 }), { exact: true }).waitFor();
  await page.unroute(asked);
}

/** What is wider than the section that it stands in. */
const tooWide = `
  [...document.querySelectorAll("section.what-if, section.what-if *:not(.vh)")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth || one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
    .map((one) => one.tagName + "." + one.className)`;
