/** A schedule week by week, by keyboard from its list: somebody is put on call instead, somebody away is left out, a turn is
 *  asked for and taken; the grid and the list say the same, and so does the proof of reach. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violations } from "./axe.ts";
import { assertNoFaults, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, type Language, languages } from "./words.ts";

type Scene = {
  readonly stage: Stage;
  readonly language: Language;
  readonly admin: Someone;
  readonly ana: Someone;
  readonly ben: Someone;
  readonly schedule: string;
};

onStage("schedules", async (stage) => {
  for (const language of languages) {
    await stage.t.test(language, async (t) => {
      const scene = await prepare(stage, language);
      await t.test("the grid of a week and its list say the same, gaps included", () => saysTheSame(scene));
      await t.test("somebody is put on call instead by keyboard, with before and after", () => replaces(scene));
      await t.test("a turn is asked for by its holder, and taken by another on a phone", () => covers(scene));
      await t.test("the proof names the hole, and why", () => proves(scene));
      await t.test("a temporary schedule stands in for another, and each names the other", () => standsIn(scene));
      await t.test("hours follow the holidays of a place, named in their week", () => keepsHolidays(scene));
    });
  }
});

async function prepare(stage: Stage, language: Language): Promise<Scene> {
  const { desk } = stage;
  const admin = await desk.person(`Nadia ${language}`, language, { admin: true });
  const ana = await desk.person(`Ana ${language}`, language);
  const ben = await desk.person(`Ben ${language}`, language);
  const idOf = async (who: Someone): Promise<string> =>
    (await desk.api("GET", "/api/v1/people")).data.find((one: { email: string }) => one.email === who.email).id;
  const [anaId, benId] = [await idOf(ana), await idOf(ben)];
  /* Ana has the days of this week; nights and the next week have nobody. */
  const rotation = {
    kind: "weekly",
    zone: "UTC",
    startDate: monday(),
    handoverTime: "00:00",
    participants: [anaId, null],
  };
  const openings = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "06:00", until: "24:00" }];
  const { id } = await desk.api("POST", "/api/v1/schedules", {
    name: `Primary ${language}`,
    layers: [{ name: "Day", rotation, restriction: { zone: "UTC", openings } }],
  });
  const steps = [{ targets: [{ kind: "schedule", id }], timeoutMinutes: 5 }];
  const policy = await desk.api("POST", "/api/v1/escalation-policies", { name: `Policy ${language}`, steps });
  const names = { nameFr: `Paie ${language}`, nameEn: `Payroll ${language}` };
  await desk.api("POST", "/api/v1/services", { ...names, policy: policy.id });
  assert.ok(benId);
  return { stage, language, admin, ana, ben, schedule: id };
}

function monday(): string {
  const today = Temporal.Now.plainDateISO("UTC");
  return today.subtract({ days: today.dayOfWeek - 1 }).toString();
}

const holders = (page: Page): Promise<string[]> =>
  page
    .locator(".week-list tbody tr th")
    .evaluateAll((cells) => cells.map((cell) => cell.firstChild?.textContent ?? ""));

async function saysTheSame({ stage, admin, ana, schedule, language }: Scene): Promise<void> {
  const visitor = await signedIn(stage, admin);
  const { page, words } = visitor;
  await page.goto(`${stage.desk.url}/schedules/${schedule}`);
  await page.getByRole("table", { name: words.t("schedule.list") }).waitFor();
  const listed = await holders(page);
  const drawn = await page.locator(".week-grid .r:nth-child(2) .b").count();
  assert.equal(drawn, listed.length, "a block for each row");
  assert.ok(listed.includes(ana.name));
  assert.ok(listed.includes(words.t("ui.nobody")));
  assert.ok((await page.locator(".week-grid .gap-word").count()) > 0, "a gap is named");
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  assert.ok((await page.locator("html").getAttribute("lang"))?.startsWith(language));
  assertNoFaults(visitor);
  await visitor.leave();
}

async function replaces({ stage, admin, ben, schedule }: Scene): Promise<void> {
  const visitor = await signedIn(stage, admin);
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${stage.desk.url}/schedules/${schedule}`);
  const act = page
    .getByRole("table", { name: t("schedule.list") })
    .getByRole("button", { name: begins(t("schedule.replace")) })
    .last();
  await act.focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog");
  await form.getByRole("combobox", { name: begins(t("schedule.replace.who")) }).selectOption({ label: ben.name });
  const diff = form.getByRole("region", { name: t("schedule.diff") });
  await diff
    .getByRole("table", { name: t("schedule.diff.hours") })
    .getByRole("rowheader", { name: ben.name })
    .waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await page
    .getByRole("table", { name: t("schedule.list") })
    .getByRole("rowheader", { name: begins(ben.name) })
    .waitFor();
  assert.ok((await page.locator(".week-grid .b.over").count()) > 0, "drawn too");
  const { overrides } = await stage.desk.api("GET", `/api/v1/schedules/${schedule}`);
  assert.equal(overrides.length, 1);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function standsIn({ stage, admin, ana, schedule, language }: Scene): Promise<void> {
  const visitor = await signedIn(stage, admin);
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${stage.desk.url}/schedules`);
  await page.getByRole("button", { name: t("schedule.add") }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: begins(t("schedule.name")) }).fill(`Summer ${language}`);
  await form.getByRole("combobox", { name: t("schedule.turn", { number: 1 }) }).selectOption({ label: ana.name });
  await form.getByRole("checkbox", { name: t("schedule.temporary.do") }).check();
  await form
    .getByRole("combobox", { name: begins(t("schedule.temporary.for")) })
    .selectOption({ label: `Primary ${language}` });
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { name: t("schedule.stands-in") }).waitFor();
  await page
    .getByRole("link", { name: `Primary ${language}` })
    .first()
    .click();
  await page.getByRole("heading", { name: t("schedule.stood-in") }).waitFor();
  await page.getByRole("link", { name: `Summer ${language}` }).waitFor();
  assert.deepEqual(await violations(page), []);
  const { standIns } = await stage.desk.api("GET", `/api/v1/schedules/${schedule}`);
  assert.equal(standIns.length, 1);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function keepsHolidays({ stage, admin, schedule, language }: Scene): Promise<void> {
  const visitor = await signedIn(stage, admin);
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${stage.desk.url}/schedules/${schedule}`);
  await page.getByRole("button", { name: t("frame.change") }).click();
  const form = page.getByRole("dialog");
  const place = language === "fr" ? "Canada, Québec" : "Canada, Quebec";
  await form.getByRole("combobox", { name: begins(t("layer.holidays")) }).selectOption({ label: place });
  await form.getByRole("combobox", { name: t("layer.holidays.on") }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await page.getByText(t("layer.holidays.rule.closed", { place })).waitFor();
  /* Of a year that the schedule does not bring along. */
  await page.goto(`${stage.desk.url}/schedules/${schedule}?week=2041-05-20`);
  const name = language === "fr" ? "Journée nationale des patriotes" : "National Patriots' Day";
  await page
    .getByRole("list", { name: t("schedule.holidays") })
    .getByText(name)
    .waitFor();
  assert.ok((await page.locator(".week-grid .day").first().textContent())?.includes(name), "drawn too");
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function covers({ stage, admin, ana, ben, schedule }: Scene): Promise<void> {
  const { data: people } = await stage.desk.api("GET", "/api/v1/people");
  const id = people.find((one: { email: string }) => one.email === ana.email).id;
  const hour = (count: number): string => new Date(Date.now() + count * 3_600_000).toISOString();
  await stage.desk.api("POST", `/api/v1/schedules/${schedule}/overrides`, {
    person: id,
    from: hour(0),
    until: hour(48),
  });
  const asker = await signedIn(stage, ana);
  await asker.page.goto(`${stage.desk.url}/schedules/${schedule}`);
  await asker.page.getByRole("button", { name: asker.words.t("schedule.cover"), exact: true }).click();
  const form = asker.page.getByRole("dialog");
  await form.getByRole("textbox", { name: begins(asker.words.t("schedule.cover.message")) }).fill("Dentist");
  assert.deepEqual(await violations(asker.page), []);
  await form.getByRole("button", { name: begins(asker.words.t("schedule.cover.do")) }).click();
  await form.waitFor({ state: "detached" });
  await asker.page.getByText("Dentist").waitFor();
  const taker = await signedIn(stage, ben, { viewport: phone });
  await taker.page.goto(`${stage.desk.url}/schedules/${schedule}`);
  await taker.page.getByRole("button", { name: taker.words.t("schedule.covers.accept") }).click();
  await taker.page.getByText("Dentist").waitFor({ state: "detached" });
  const { data } = await stage.desk.api("GET", `/api/v1/on-call?at=${hour(1)}`);
  const now = data.find((one: { schedule: { id: string } }) => one.schedule.id === schedule).now;
  assert.equal(now.person, people.find((one: { email: string }) => one.email === ben.email).id);
  assertNoFaults(asker, taker);
  await asker.leave();
  await taker.leave();
  assert.ok(admin);
}

async function proves({ stage, admin, language }: Scene): Promise<void> {
  const visitor = await signedIn(stage, admin);
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${stage.desk.url}/reach`);
  const holes = page.getByRole("region", { name: t("reach.holes.title") });
  await holes
    .getByText(language === "fr" ? "Paie fr" : "Payroll en", { exact: true })
    .first()
    .waitFor();
  await holes
    .getByText(t("reach.reason", { step: 1, target: `Primary ${language}`, reason: t("reach.nobody-on-call") }))
    .first()
    .waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("combobox", { name: t("reach.weeks") }).selectOption("2");
  await page.waitForURL(/weeks=2/);
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}
