/** Recording by hand: in a few interactions, one being a key pressed, a text typed or a file chosen; with what is proposed,
 *  what is known already, templates and files; and taken back. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Locator } from "playwright-core";
import { violations } from "./axe.ts";
import { assertNoFaults, desktop, onStage, phone, type Stage, signedIn, undoLasts, type Visitor } from "./browser.ts";
import type { Json, Someone } from "./desk.ts";
import { begins, type Language, languages } from "./words.ts";

const interactionsMax = 8;
const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const stories = {
  fr: {
    known: "Bureau de Québec: tunnel très lent",
    again: "Le tunnel du bureau de Québec est lent",
    title: "vpnfr bloqué pour tout le monde, rançongiciel?",
    template: "Poste chiffré",
    templateTitle: "Des fichiers sont illisibles sur un poste",
    plain: "La messagerie retarde",
    file: "journal.txt",
    line: "08:02 tunnel coupé",
  },
  en: {
    known: "Halifax office: tunnel very slow",
    again: "The tunnel of the Halifax office crawls",
    title: "vpnen is blocked for everyone, ransomware?",
    template: "Encrypted computer",
    templateTitle: "Files cannot be read on a computer",
    plain: "Mail is late",
    file: "log.txt",
    line: "08:02 tunnel down",
  },
} as const;

type Told = {
  readonly stage: Stage;
  readonly visitor: Visitor;
  readonly person: Someone;
  readonly language: Language;
  readonly service: string;
  readonly team: string;
};

onStage("an incident is recorded in a few interactions", async (stage) => {
  for (const language of languages) {
    await stage.t.test(language, async (t) => {
      const person = await stage.desk.person(people[language], language);
      const { service, team } = await prepare(stage, person);
      const visitor = await signedIn(stage, person);
      await visitor.page.addInitScript(undoLasts);
      await visitor.page.reload();
      await visitor.page.getByRole("heading", { level: 1, name: visitor.words.t("shell.incidents") }).waitFor();
      const told: Told = { stage, visitor, person, language, service, team };
      await t.test("with a title only, by keyboard, and taken back", () => recordAndUndo(told));
      await t.test("with all that is proposed, by one key each", () => acceptProposals(told));
      await t.test("with all that is proposed, and whom it calls, by one key", () => acceptAllAndCall(told));
      await t.test("what was chosen stays", () => choiceStays(told));
      await t.test("what is known already gets what was written", () => attachToKnown(told));
      await t.test("from a template, with a file; an empty one is refused in words", () => templateAndFile(told));
      await t.test("axe finds nothing in the open panel", () => lookAtPanel(told));
      assertNoFaults(visitor);
      await visitor.leave();
    });
  }
});

async function prepare({ desk }: Stage, person: Someone): Promise<{ service: string; team: string }> {
  const { language } = person;
  const team = (await desk.api("POST", "/api/v1/teams", { name: `Réseau ${language}`, members: [person.id] })).id;
  const service = await desk.serviceOf([person], `Accès à distance ${language}`, `Remote access ${language}`);
  const aliases = { fr: [`vpn${language}`], en: [`vpn${language}`] };
  await desk.api("PATCH", `/api/v1/services/${service}`, { team, aliases });
  await desk.api("PATCH", "/api/v1/categories/security", { keywords: { fr: ["rançongiciel"], en: ["ransomware"] } });
  const { template, templateTitle, known } = stories[language];
  const from = { nameFr: template, nameEn: template, title: templateTitle, service, urgency: 2 };
  await desk.api("POST", "/api/v1/templates", from);
  await desk.api("POST", "/api/v1/incidents", { title: known, language });
  return { service, team };
}

/** Counts each key, text and file. */
function handOf(visitor: Visitor) {
  const {
    page,
    words: { t },
  } = visitor;
  let interactions = 0;
  const panel = page.getByRole("dialog", { name: t("record.title") });
  const asked = panel.getByRole("textbox", { name: begins(t("record.what")) });
  const press = async (key: string): Promise<void> => {
    interactions += 1;
    await page.keyboard.press(key);
  };
  return {
    panel,
    press,
    open: async () => {
      await press("c");
      await asked.and(page.locator(":focus")).waitFor();
    },
    type: async (text: string) => {
      interactions += 1;
      await page.keyboard.type(text);
    },
    choose: async (files: readonly { name: string; mimeType: string; buffer: Buffer }[]) => {
      interactions += 1;
      await panel.getByLabel(t("files.choose")).setInputFiles([...files]);
    },
    record: async () => {
      await press("Control+Enter");
      await panel.waitFor({ state: "detached" });
      await toastOf(visitor).waitFor();
    },
    counted: () => assert.ok(interactions <= interactionsMax, `${interactions} interactions`),
  };
}

/** Whatever its number. */
const toastOf = ({ page, words: { t } }: Visitor): Locator =>
  page.getByRole("region", { name: t("record.done", { number: "" }).trim() });

/** `INC-2026-000012` is INC-12 this year. */
const short = (number: string): string => number.replace(/-\d{4}-0*/, "-");

/** As whoever recorded it sees it: what is of security is for those alone who need to know. */
const latest = async ({ stage, person }: Told): Promise<Json> => {
  const api = await stage.desk.apiOf(person);
  return (await api("GET", "/api/v1/incidents")).data[0];
};

async function recordAndUndo(told: Told): Promise<void> {
  const { visitor, language, stage } = told;
  const { page, words } = visitor;
  const hand = handOf(visitor);
  await hand.open();
  await hand.type(stories[language].plain);
  await hand.record();
  const recorded = await latest(told);
  assert.equal(recorded.title, stories[language].plain);
  assert.equal(recorded.language, language);
  const toast = page.getByRole("region", { name: words.t("record.done", { number: short(recorded.number) }) });
  assert.equal(await toast.getByRole("link").getAttribute("href"), `/incidents/${recorded.number}`);
  await hand.press("z");
  hand.counted();
  await page.getByRole("region", { name: words.t("undo.done", { count: 1 }) }).waitFor();
  const { data } = await stage.desk.api("GET", `/api/v1/incidents/${recorded.number}/timeline`);
  const dismissed = (data as Json[]).find((one) => one.type === "incident.dismissed");
  assert.equal(dismissed.reason, words.t("undo.because", { act: words.t("undo.record") }));
}

async function acceptProposals(told: Told): Promise<void> {
  const { visitor, language, service, team } = told;
  const { words } = visitor;
  const hand = handOf(visitor);
  await hand.open();
  await hand.type(stories[language].title);
  const proposed = hand.panel.getByRole("region", { name: begins(words.t("record.proposed")) });
  const takeBack = proposed.getByRole("button", { name: begins(words.t("record.give-back")) });
  for (const [index, key] of ["Alt+1", "Alt+2", "Alt+3", "Alt+4"].entries()) {
    await proposed
      .getByRole("button", { name: new RegExp(`${key.replace("+", " ")}$`) })
      .and(proposed.getByRole("button", { name: begins(words.t("record.accept")) }))
      .waitFor();
    await hand.press(key);
    await takeBack.nth(index).waitFor();
  }
  await hand.record();
  hand.counted();
  const recorded = await latest(told);
  assert.equal(recorded.title, stories[language].title);
  assert.equal(recorded.service.id, service);
  assert.ok([...recorded.categories, ...recorded.proposedCategories].includes("security"));
  assert.equal(recorded.impact, 1);
  assert.equal(recorded.assigned.id, team);
  await closeToast(visitor);
}

async function acceptAllAndCall(told: Told): Promise<void> {
  const { visitor, language, service, team } = told;
  const { words } = visitor;
  const hand = handOf(visitor);
  await hand.open();
  await hand.type(`${stories[language].title} (2)`);
  const name = words.t("record.send-and-call", { name: `Réseau ${language}` });
  await hand.panel.getByRole("button", { name: begins(name) }).waitFor();
  await hand.press("Control+Shift+Enter");
  await hand.panel.waitFor({ state: "detached" });
  hand.counted();
  await toastOf(visitor).waitFor();
  const recorded = await latest(told);
  assert.equal(recorded.title, `${stories[language].title} (2)`);
  assert.equal(recorded.service.id, service);
  assert.equal(recorded.assigned.id, team);
  await closeToast(visitor);
}

async function choiceStays({ visitor, language }: Told): Promise<void> {
  const { page, words } = visitor;
  const hand = handOf(visitor);
  await hand.open();
  await hand.panel.getByRole("radio", { name: words.t("record.impact.4") }).check();
  await hand.panel.getByRole("textbox", { name: begins(words.t("record.what")) }).fill(stories[language].title);
  await hand.panel.getByText(begins(words.t("record.proposed.assignee"))).waitFor();
  await page.keyboard.press("Alt+3");
  assert.equal(await hand.panel.getByRole("radio", { name: words.t("record.impact.4") }).isChecked(), true);
  await hand.panel.getByRole("button", { name: words.t("ui.cancel") }).click();
  await hand.panel.waitFor({ state: "detached" });
}

async function attachToKnown({ stage, visitor, language }: Told): Promise<void> {
  const { page, words } = visitor;
  const story = stories[language];
  const hand = handOf(visitor);
  await hand.open();
  await hand.type(story.again);
  const known = hand.panel.getByRole("region", { name: words.t("record.known") });
  await known.getByText(story.known).waitFor();
  await hand.press("ArrowDown");
  await known.getByRole("button").first().and(page.locator(":focus")).waitFor();
  await hand.press("Enter");
  await page.getByRole("heading", { level: 1, name: story.known }).waitFor();
  hand.counted();
  const number = new URL(page.url()).pathname.split("/").at(-1);
  const { data } = await stage.desk.api("GET", `/api/v1/incidents/${number}/timeline`);
  const noted = (data as Json[]).find((one) => one.type === "observation.noted");
  assert.equal(noted.data.text, words.t("record.attach.text", { title: story.again }));
}

async function templateAndFile(told: Told): Promise<void> {
  const { visitor, language, service } = told;
  const { page, words } = visitor;
  const story = stories[language];
  const content = Buffer.from(story.line);
  const hand = handOf(visitor);
  await hand.open();
  await hand.type(`>${story.template.split(" ")[1]}`);
  await hand.panel.getByRole("button", { name: begins(story.template) }).waitFor();
  await hand.press("Enter");
  await hand.choose([
    { name: story.file, mimeType: "text/plain", buffer: content },
    { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) },
  ]);
  await hand.panel.getByText(words.t("failure.file-empty")).waitFor();
  await hand.record();
  hand.counted();
  const recorded = await latest(told);
  assert.equal(recorded.title, story.templateTitle);
  assert.equal(recorded.service.id, service);
  assert.equal(recorded.urgency, 2);
  await toastOf(visitor).getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: story.templateTitle }).waitFor();
  const files = page.getByRole("region", { name: words.t("files.title") });
  await files.getByText(createHash("sha256").update(content).digest("hex")).waitFor();
  const [saved] = await Promise.all([page.waitForEvent("download"), files.getByRole("link").click()]);
  assert.equal(saved.suggestedFilename(), story.file);
  await files.getByLabel(words.t("files.choose")).setInputFiles({
    name: `2-${story.file}`,
    mimeType: "text/plain",
    buffer: Buffer.from(`${story.line}\n`),
  });
  await files.getByRole("link", { name: new RegExp(`2-${story.file}$`) }).waitFor();
  assert.deepEqual(await violations(page), []);
  await closeToast(visitor);
}

async function closeToast(visitor: Visitor): Promise<void> {
  const toast = toastOf(visitor);
  await toast.getByRole("button", { name: visitor.words.t("ui.close") }).click();
  await toast.waitFor({ state: "detached" });
}

/** As the browser says it when somebody pastes a picture, or lets files fall on the panel. */
const bring = (kind: "paste" | "drop", name: string): string => `{
  const files = new DataTransfer();
  files.items.add(new File(["seen"], ${JSON.stringify(name)}, { type: "image/png" }));
  const event = ${JSON.stringify(kind)} === "paste"
    ? new ClipboardEvent("paste", { clipboardData: files, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
  document.querySelector("dialog [data-first]").dispatchEvent(event);
}`;

async function lookAtPanel({ stage, visitor, language, service }: Told): Promise<void> {
  const { page, words } = visitor;
  const hand = handOf(visitor);
  const found: string[] = [];
  await page.goto(`${stage.desk.url}/?record=true`);
  const { known, title } = stories[language];
  await hand.panel.getByRole("textbox", { name: begins(words.t("record.what")) }).fill(`${known} ${title}`);
  await hand.panel.getByRole("region", { name: words.t("record.known") }).waitFor();
  const recent = hand.panel.locator(`optgroup[label="${words.t("record.service.recent")}"] option`);
  assert.equal(await recent.first().getAttribute("value"), service, "what was reported last stands first");
  for (const kind of ["paste", "drop"] as const) {
    await page.evaluate(bring(kind, `${kind}.png`));
    await hand.panel.getByText(`${kind}.png`, { exact: true }).first().waitFor();
  }
  for (const theme of ["light", "dark"] as const) {
    for (const viewport of [desktop, phone]) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      found.push(...(await violations(page)).map((one) => `${theme} ${viewport.width}: ${one}`));
      const wide = await page.evaluate("document.querySelector('dialog').scrollWidth");
      assert.ok(Number(wide) <= viewport.width, `${theme} ${viewport.width}: ${wide} pixels wide`);
    }
  }
  assert.deepEqual(found, []);
}
