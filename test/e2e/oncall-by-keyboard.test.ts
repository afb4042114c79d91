/** On call with a keyboard and nothing else, in both languages: a week of a schedule with an override and a request to be covered, a
 *  change with what it would do and would have done, a policy from nothing, and the proof of reach. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { assertNoFaults, field, onStage, type Stage, signedIn, type Visitor } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { press, reach } from "./tabbing.ts";
import { begins, type Language, languages } from "./words.ts";

type Scene = {
  readonly stage: Stage;
  readonly language: Language;
  readonly admin: Someone;
  readonly ben: Someone;
  readonly schedule: string;
};

onStage("on call with a keyboard only", async (stage) => {
  for (const language of languages)
    await stage.t.test(language, async (t) => {
      const scene = await prepare(stage, language);
      await t.test("a week is moved by, somebody is put on call instead, a turn is asked to be covered", () =>
        week(scene),
      );
      await t.test("a schedule is changed: the difference, the replay and the list behind its number", () =>
        changed(scene),
      );
      await t.test("a policy is written from nothing, and says what it does", () => written(scene));
      await t.test("the proof is asked otherwise, kept as a file, and leads to its policy", () => proved(scene));
    });
});

async function prepare(stage: Stage, language: Language): Promise<Scene> {
  const { desk } = stage;
  const admin = await desk.person(`Nadia ${language}`, language, { admin: true });
  const ben = await desk.person(`Ben ${language}`, language);
  const rotation = { kind: "weekly", zone: "UTC", startDate: "2026-01-05", handoverTime: "00:00" };
  const layers = [{ name: "Day", rotation: { ...rotation, participants: [admin.id] } }];
  const { id } = await desk.api("POST", "/api/v1/schedules", { name: `Primary ${language}`, layers });
  const steps = [{ targets: [{ kind: "schedule", id }], timeoutMinutes: 5 }];
  const policy = await desk.api("POST", "/api/v1/escalation-policies", { name: `Standard ${language}`, steps });
  const names = { nameFr: `Paie ${language}`, nameEn: `Payroll ${language}` };
  const service = await desk.api("POST", "/api/v1/services", { ...names, policy: policy.id });
  const key = await desk.integration("pagerduty", { name: `Watch ${language}`, service: service.id });
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, `db-${language}`, `Disk full ${language}`));
  await desk.ackLink(admin.email, `Disk full ${language}`);
  return { stage, language, admin, ben, schedule: id };
}

async function isSomewhere(page: Page, after: string): Promise<void> {
  assert.notEqual(
    await page.evaluate("document.activeElement.tagName"),
    "BODY",
    `the focus is somewhere after ${after}`,
  );
}

/** By the first letters of what it offers, as anybody chooses in a list. */
async function choose(page: Page, list: Locator, label: string): Promise<void> {
  await reach(page, list, label);
  await page.keyboard.type(label);
  assert.equal(
    await list.evaluate((one) => (one as unknown as { selectedOptions: { text: string }[] }).selectedOptions[0]?.text),
    label,
  );
}

async function open({ stage, admin }: Scene, list: string, name: string): Promise<Visitor> {
  const visitor = await signedIn(stage, admin);
  const { page } = visitor;
  await page.goto(`${stage.desk.url}${list}`);
  await press(page, page.getByRole("link", { name }).first(), name);
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await isSomewhere(page, "another page");
  return visitor;
}

const leave = async (visitor: Visitor): Promise<void> => {
  assertNoFaults(visitor);
  await visitor.leave();
};

async function week(scene: Scene): Promise<void> {
  const { language, ben, stage, schedule } = scene;
  const visitor = await open(scene, "/schedules", `Primary ${language}`);
  const { page } = visitor;
  const { t } = visitor.words;
  const after = page.getByRole("link", { name: t("schedule.week.after") });
  await press(page, after, "the next week");
  await page.waitForURL(/week=/);
  assert.equal(await after.and(page.locator(":focus")).count(), 1, "from week to week without looking for the key");
  await reach(page, page.getByRole("region", { name: t("schedule.grid") }), "the grid, which may be scrolled");
  const list = page.getByRole("table", { name: t("schedule.list") });
  const replace = list.getByRole("button", { name: begins(t("schedule.replace")) }).first();
  await press(page, replace, "a turn of the list");
  const form = page.getByRole("dialog");
  await choose(page, form.getByRole("combobox", { name: begins(t("schedule.replace.who")) }), ben.name);
  const hours = form.getByRole("region", { name: t("schedule.diff") }).getByRole("table");
  await hours.getByRole("rowheader", { name: ben.name }).waitFor();
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await isSomewhere(page, "an override");
  await list.getByRole("rowheader", { name: begins(ben.name) }).waitFor();
  const { overrides } = await stage.desk.api("GET", `/api/v1/schedules/${schedule}`);
  assert.equal(overrides.length, 1);
  await press(page, page.getByRole("button", { name: t("schedule.cover"), exact: true }), "asking to be covered");
  await choose(page, form.getByRole("combobox", { name: begins(t("schedule.cover.whom")) }), ben.name);
  await reach(page, field(form, t("schedule.cover.message")), "the message");
  await page.keyboard.type("Dentist");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await page.getByText("Dentist").waitFor();
  await isSomewhere(page, "a request to be covered");
  await leave(visitor);
}

async function changed(scene: Scene): Promise<void> {
  const { language, ben, stage, schedule } = scene;
  const visitor = await open(scene, "/schedules", `Primary ${language}`);
  const { page } = visitor;
  const { t } = visitor.words;
  const opener = page.getByRole("button", { name: t("frame.change") });
  await press(page, opener, "changing the schedule");
  const form = page.getByRole("dialog");
  await choose(page, form.getByRole("combobox", { name: t("schedule.turn", { number: 1 }) }), ben.name);
  await form
    .getByRole("region", { name: t("schedule.diff") })
    .getByRole("table")
    .waitFor();
  const section = form.getByRole("region", { name: t("what-if.title") });
  const run = (word: "what-if.run" | "what-if.stop" | "what-if.again") =>
    section.getByRole("button", { name: t(word) });
  const asked = "**/api/v1/reach/replay";
  await page.route(asked, () => {});
  await press(page, run("what-if.run"), "the replay");
  await run("what-if.stop").and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await section.getByText(t("what-if.stopped", { seen: 0, all: 0 }), { exact: true }).waitFor();
  await page.unroute(asked);
  await run("what-if.again").and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  const number = section.locator("summary").filter({ hasText: t("what-if.someone-else", { count: 1 }) });
  await number.waitFor();
  await press(page, number, "the list behind a number");
  await section.getByText(t("what-if.because.turn")).waitFor();
  await reach(page, section.getByRole("link", { name: /^INC-/ }), "the incident of a difference");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  assert.equal(await opener.and(page.locator(":focus")).count(), 1, "back where it was opened");
  const { layers } = await stage.desk.api("GET", `/api/v1/schedules/${schedule}`);
  assert.deepEqual(layers[0].rotation.participants, [ben.id]);
  await leave(visitor);
}

async function written(scene: Scene): Promise<void> {
  const { language, admin, ben, stage } = scene;
  const visitor = await signedIn(stage, admin);
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${stage.desk.url}/escalation-policies`);
  await press(page, page.getByRole("button", { name: t("policy.add") }), "a new policy");
  const form = page.getByRole("dialog");
  await field(form, t("policy.name")).and(page.locator(":focus")).waitFor();
  await page.keyboard.type(`Night ${language}`);
  await choose(page, form.getByRole("combobox", { name: t("policy.target", { number: 1 }) }).first(), ben.name);
  await form
    .getByRole("region", { name: t("policy.says") })
    .getByText(ben.name)
    .first()
    .waitFor();
  await form.getByText(t("reach.check.none")).waitFor();
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1, name: `Night ${language}` }).waitFor();
  await isSomewhere(page, "a new policy");
  await leave(visitor);
}

async function proved(scene: Scene): Promise<void> {
  const { language, admin, stage } = scene;
  const { desk } = stage;
  const steps = [{ targets: [{ kind: "person", id: admin.id }], timeoutMinutes: 5, when: { priorities: [1] } }];
  await desk.api("POST", "/api/v1/escalation-policies", { name: `Rare ${language}`, steps });
  const visitor = await signedIn(stage, admin);
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${desk.url}/reach`);
  const weeks = page.getByRole("combobox", { name: t("reach.weeks") });
  await choose(page, weeks, t("reach.weeks.count", { count: 4 }));
  await page.waitForURL(/weeks=4/);
  assert.equal(await weeks.and(page.locator(":focus")).count(), 1, "asked again, the focus stays");
  const holes = page.getByRole("region", { name: t("reach.holes.title") });
  await holes
    .getByText(begins(t("reach.escalation", { name: `Rare ${language}` })))
    .first()
    .waitFor();
  const saved = page.waitForEvent("download");
  await press(page, page.getByRole("button", { name: t("reach.certificate.save") }), "keeping the certificate");
  assert.match((await saved).suggestedFilename(), /\d{4}-\d\d-\d\d\.json$/);
  await page.evaluate("document.activeElement.blur()");
  await press(page, holes.getByRole("link", { name: `Rare ${language}` }).first(), "the policy of a hole");
  await page.getByRole("heading", { level: 1, name: `Rare ${language}` }).waitFor();
  await leave(visitor);
}
