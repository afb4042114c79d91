/** With a keyboard and nothing else, in both languages: the main story from the mail to the closure, the board in its three
 *  looks, many at once, files without dragging, steps of a policy moved. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import type { IncidentCommandName } from "../../core/directory/responsibility.ts";
import { assertNoFaults, field, onStage, type Stage, undoLasts, type Visitor, visit } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { press, reach } from "./tabbing.ts";
import { begins, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const texts = {
  fr: { alert: "Sonde muette au barrage", one: "Portail en panne", two: "Badge refusé", said: "Constaté sur place." },
  en: { alert: "Probe mute at the dam", one: "Portal is down", two: "Badge refused", said: "Seen on the spot." },
} as const;
const file = { name: "photo.png", mimeType: "image/png", buffer: Buffer.from("seen") };

onStage("with a keyboard only", async (stage) => {
  for (const language of languages) {
    const person = await stage.desk.person(people[language], language, { admin: true });
    await stage.t.test(`from the mail to the closure, ${language}`, () => wholeStory(stage, person));
    await stage.t.test(`steps of a policy are moved by buttons, ${language}`, () => stepsMoved(stage, person));
  }
});

/** Nobody finds the keyboard back at the top of the page. */
async function isSomewhere(page: Page, after: string): Promise<void> {
  assert.notEqual(
    await page.evaluate("document.activeElement.tagName"),
    "BODY",
    `the focus is somewhere after ${after}`,
  );
}

async function wholeStory(stage: Stage, person: Someone): Promise<void> {
  const { desk } = stage;
  const { language } = person;
  const text = texts[language];
  const service = await desk.serviceOf([person], `Barrage ${language}`, `Dam ${language}`);
  const key = await desk.integration("pagerduty", { name: `Watch ${language}`, service });
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, `probe-${language}`, text.alert));
  await takeByMail(stage, person, text.alert);

  const visitor = await visit(stage.browser, language);
  const { page } = visitor;
  await page.addInitScript(undoLasts);
  /* Whichever field opens it, from the first key on. */
  page.on("filechooser", (chooser) => void chooser.setFiles([file]));
  await enter(visitor, desk.url, person);
  await recordByKey(visitor, text.one, true);
  await recordByKey(visitor, text.two, false);
  await threeLooks(visitor, text.one);
  await manyAtOnce(stage, visitor, [text.one, text.two]);
  await row(page, text.alert).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: text.alert }).waitFor();
  await isSomewhere(page, "another page");
  await bringToItsEnd(visitor, text.said);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function takeByMail({ desk, browser }: Stage, person: Someone, title: string): Promise<void> {
  const { url } = await desk.ackLink(person.email, title);
  const { page, words, leave } = await visit(browser, person.language);
  await page.goto(url);
  await press(page, page.getByRole("button", { name: words.t("ack.take"), exact: true }), "taking charge");
  await page.getByRole("status").getByText(words.t("ack.mine.stopped")).waitFor();
  await leave();
}

async function enter({ page, words: { t } }: Visitor, url: string, person: Someone): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByRole("heading", { level: 1, name: t("signin.title") }).waitFor();
  await reach(page, page.getByLabel(t("signin.email")), "the address");
  await page.keyboard.type(person.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: t("shell.incidents") }).waitFor();
}

async function recordByKey({ page, words: { t } }: Visitor, title: string, withFile: boolean): Promise<void> {
  await page.keyboard.press("c");
  const panel = page.getByRole("dialog", { name: t("record.title") });
  await field(panel, t("record.what")).and(page.locator(":focus")).waitFor();
  await page.keyboard.type(title);
  if (withFile) await chooseFile(page, panel, t("files.choose"));
  await page.keyboard.press("Control+Enter");
  await panel.waitFor({ state: "detached" });
  await row(page, title).waitFor();
}

/** What can be dropped can be chosen. */
async function chooseFile(page: Page, place: Locator, label: string): Promise<void> {
  await reach(page, place.getByLabel(label), "the choice of files");
  await page.keyboard.press("Space");
  await place.getByText(file.name).first().waitFor();
}

const row = (page: Page, title: string): Locator => page.locator("[data-row]").filter({ hasText: title });

/** The same key goes from row to row in a list, from card to card across columns, from line to line on the scale. */
async function threeLooks({ page }: Visitor, title: string): Promise<void> {
  for (const [key, look, place] of [
    ["b", /look=board/, ".stages"],
    ["t", /look=timeline/, ".chart"],
    ["l", /\/$/, ".queue"],
  ] as const) {
    await page.keyboard.press(key);
    await page.waitForURL(look);
    /* The address is there at once; the rows of the look before it leave a moment later. */
    await page.locator(place).getByText(title).first().waitFor();
    await walkTo(page, title);
  }
}

async function walkTo(page: Page, title: string): Promise<void> {
  const there = row(page, title).and(page.locator(":focus"));
  const rows = await page.locator("[data-row]").count();
  for (let up = 0; up < rows; up += 1) await page.keyboard.press("k");
  for (let steps = 0; (await there.count()) === 0; steps += 1) {
    assert.ok(steps <= rows, `${title} is reached by j`);
    await page.keyboard.press("j");
  }
}

async function manyAtOnce({ desk }: Stage, visitor: Visitor, titles: readonly string[]): Promise<void> {
  const { page } = visitor;
  const { t } = visitor.words;
  for (const title of titles) {
    await walkTo(page, title);
    await page.keyboard.press("x");
  }
  const bar = page.getByRole("region", { name: t("bulk.title") });
  await bar.getByText(t("bulk.count", { count: 2 })).waitFor();
  await press(page, bar.getByRole("button", { name: t("bulk.dismiss.do") }), "an act on many");
  const dialog = page.getByRole("dialog", { name: t("bulk.dismiss.title", { count: 2 }) });
  await reach(page, field(dialog, t("form.reason")), "the reason");
  await page.keyboard.type(titles.join(" "));
  await press(page, dialog.getByRole("button", { name: begins(t("command.dismiss.do")) }), "sending");
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("region", { name: t("bulk.done", { count: 2, command: t("command.dismiss.do") }) }).waitFor();
  await bar.waitFor({ state: "detached" });
  await isSomewhere(page, "an act on many");
  await page.keyboard.press("z");
  await page.getByRole("region", { name: t("undo.done", { count: 2 }) }).waitFor();
  await row(page, titles[0] ?? "").waitFor();
  await walkTo(page, titles[0] ?? "");
  await page.keyboard.press("a");
  await page
    .getByRole("status")
    .getByText(t("command.done", { command: t("command.accept.do") }))
    .waitFor();
  await isSomewhere(page, "taking charge");
  const { data } = await desk.api("GET", "/api/v1/incidents");
  const taken = (data as { title: string; acceptedBy: object | null }[]).filter((one) => one.acceptedBy !== null);
  assert.ok(taken.some((one) => one.title === titles[0]));
}

async function bringToItsEnd(visitor: Visitor, said: string): Promise<void> {
  const { page } = visitor;
  const { t } = visitor.words;
  await page.keyboard.press("o");
  await page.keyboard.type(said);
  await page.keyboard.press("Control+Enter");
  await page
    .getByRole("region", { name: t("timeline.title") })
    .getByText(said)
    .waitFor();
  await page.keyboard.press("Escape");
  await chooseFile(page, page.getByRole("region", { name: t("files.title") }), t("files.choose"));
  const act = (name: IncidentCommandName, fill: (form: Locator) => Promise<unknown>) => actByKey(visitor, name, fill);
  const write = async (form: Locator, ...labels: readonly string[]): Promise<void> => {
    for (const label of labels) {
      await reach(page, field(form, label), label);
      await page.keyboard.type(said);
    }
  };
  await act("categorise", async (form) => {
    await reach(page, form.getByRole("checkbox", { name: t("category.low-impact") }), "a category");
    await page.keyboard.press("Space");
  });
  await act("confirm-priority", async (form) => {
    await reach(page, form.getByRole("combobox", { name: t("form.urgency") }), "the urgency");
    await page.keyboard.press("ArrowUp");
  });
  await act("declare-restored", (form) => write(form, t("form.declare-restored.text")));
  await act("declare-resolved", (form) => write(form, t("form.solution"), t("form.cause")));
  await act("confirm-recovery", (form) => write(form, t("form.confirm-recovery.text")));
  await act("complete-documentation", (form) =>
    write(form, t("form.summary"), t("form.complete-documentation.impact")),
  );
  await act("close", (form) => form.getByText(t("form.close.ready")).waitFor());
  await page
    .getByRole("region", { name: t("next.title") })
    .getByText(t("next.over.closed"))
    .waitFor();
}

/** Out of the list of acts, filled in, and sent by the key that its button shows. */
async function actByKey(
  { page, words: { t } }: Visitor,
  name: IncidentCommandName,
  fill: (form: Locator) => Promise<unknown>,
): Promise<void> {
  await page.keyboard.press("g");
  const acts = page.getByRole("dialog", { name: t("acts.title") });
  await acts.waitFor();
  await press(page, acts.getByRole("button", { name: t(`command.${name}.do`), exact: true }), name);
  const form = page.getByRole("dialog", { name: t(`command.${name}.title`) });
  await form.waitFor();
  await fill(form);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await isSomewhere(page, name);
}

async function stepsMoved(stage: Stage, person: Someone): Promise<void> {
  const { desk } = stage;
  const visitor = await visit(stage.browser, person.language);
  const { page } = visitor;
  const { t } = visitor.words;
  const name = `Nuit ${person.language}`;
  const target = { targets: [{ kind: "person", id: person.id }] };
  const steps = [5, 20].map((timeoutMinutes) => ({ ...target, timeoutMinutes }));
  const { id } = await desk.api("POST", "/api/v1/escalation-policies", { name, steps });
  await enter(visitor, desk.url, person);
  await page.goto(`${desk.url}/escalation-policies/${id}`);
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await press(page, page.getByRole("button", { name: t("frame.change") }), "changing the policy");
  const form = page.getByRole("dialog");
  const down = form.getByRole("button", { name: t("moves.down", { name: t("policy.step", { number: 1 }) }) });
  await press(page, down, "moving a step down");
  await page
    .getByRole("status")
    .getByText(t("moves.now", { name: t("policy.step", { number: 1 }), place: 2, count: 2 }))
    .waitFor();
  await isSomewhere(page, "moving a step");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  const after = await desk.api("GET", `/api/v1/escalation-policies/${id}`);
  assert.deepEqual(
    (after.steps as { timeoutMinutes: number }[]).map((one) => one.timeoutMinutes),
    [20, 5],
  );
  assert.equal(await page.locator("[draggable=true]").count(), 0, "nothing has to be dragged");
  assertNoFaults(visitor);
  await visitor.leave();
}
