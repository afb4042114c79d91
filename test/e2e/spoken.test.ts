/** What a page says aloud, read where a screen reader reads it: a call to the reader at once and once; what comes into a list or
 *  a record seldom, together, politely; and after each act, that it is done (WCAG 4.1.3). Under a reader nothing moves. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertNoFaults, field, onStage, type Stage, signedIn, type Visitor } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { until } from "./until.ts";
import { begins, type Language, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const texts = {
  fr: { call: "Sonde muette au barrage", one: "Portail en panne", two: "Badge refusé", said: "Constaté sur place." },
  en: { call: "Probe mute at the dam", one: "Portal is down", two: "Badge refused", said: "Seen on the spot." },
} as const;

/** Notes all that a live region comes to say, and whether it interrupts. The pause between two announcements of what keeps
 *  coming lasts until the story lets it end. */
const listen = `
  globalThis.heard = [];
  const regions = "[aria-live], [role=status], [role=alert]";
  const waysOf = (one) => one.getAttribute("role") === "alert" || one.getAttribute("aria-live") === "assertive" ? "assertive" : "polite";
  const note = (node) => {
    const one = node instanceof Element ? node : node.parentElement;
    const region = one?.closest(regions);
    const text = (node.textContent ?? "").replaceAll(/\\s+/g, " ").trim();
    if (region && text) globalThis.heard.push({ way: waysOf(region), text });
    else if (one === node) for (const inner of one.querySelectorAll(regions)) if (inner.textContent.trim())
      globalThis.heard.push({ way: waysOf(inner), text: inner.textContent.replaceAll(/\\s+/g, " ").trim() });
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "characterData") note(target);
      for (const node of addedNodes) note(node);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
  const later = globalThis.setTimeout;
  const pauses = [];
  globalThis.setTimeout = (act, ms, ...more) => ms === 10_000 ? pauses.push(act) : later(act, ms, ...more);
  globalThis.endPauses = () => { for (const act of pauses.splice(0)) act(); };
`;

type Heard = { readonly way: "assertive" | "polite"; readonly text: string };
const heard = (page: Page): Promise<Heard[]> => page.evaluate("globalThis.heard");
const forget = (page: Page): Promise<void> => page.evaluate("globalThis.heard = []");
const spaced = (text: string): string => text.replaceAll(/\s+/g, " ");

onStage("what is said aloud", async (stage) => {
  for (const language of languages) {
    const person = await stage.desk.person(people[language], language, { admin: true });
    const visitor = await signedIn(stage, person);
    await visitor.page.addInitScript(listen);
    await stage.t.test(`a call interrupts, once, on any page, ${language}`, () => calls(stage, visitor, person));
    await stage.t.test(`a storm is said seldom and politely, ${language}`, () => storm(stage, visitor));
    /* The words are the only difference between languages: those of the other are heard above. */
    if (language === "fr") {
      await stage.t.test("what others add to a record is said", () => additions(stage, visitor));
      await stage.t.test("each act says that it is done", () => eachAct(stage, visitor, person));
      await stage.t.test("under a reader the board keeps still", () => still(stage, visitor));
    }
    assertNoFaults(visitor);
    await visitor.leave();
  }
});

async function open({ page }: Visitor, address: string, heading: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

const record = async ({ desk }: Stage, title: string, language: Language): Promise<string> =>
  (await desk.api("POST", "/api/v1/incidents", { title, language })).number;

/** `INC-2026-000012` is INC-12 this year. */
const short = (number: string): string => number.replace(/-\d{4}-0*/, "-");

async function calls(stage: Stage, visitor: Visitor, person: Someone): Promise<void> {
  const { desk } = stage;
  const { page, words } = visitor;
  const { call, one } = texts[person.language];
  const service = await desk.serviceOf([person], `Barrage ${person.language}`, `Dam ${person.language}`);
  const key = await desk.integration("pagerduty", { name: `Watch ${person.language}`, service });
  await open(visitor, `${desk.url}/people`, words.t("shell.people"));
  await page.getByRole("status").getByText(words.t("shell.live"), { exact: true }).first().waitFor();
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, `probe-${person.language}`, call));
  const interrupted = async () => (await heard(page)).filter(({ way }) => way === "assertive");
  await until("the call is heard", async () => (await interrupted()).length > 0);
  const { data } = await desk.api("GET", "/api/v1/incidents");
  const { number } = (data as { title: string; number: string }[]).find((each) => each.title === call) ?? {
    number: "",
  };
  const [said] = await interrupted();
  assert.ok(said?.text.includes(call) && said.text.includes(short(number)), `“${said?.text}” says which and what`);
  /* It goes on waiting, and other things happen: neither is another call. */
  await desk.api("POST", `/api/v1/incidents/${number}/add-observation`, { text: one });
  await record(stage, one, person.language);
  const count = page.getByRole("link", { name: begins(words.t("shell.incidents")) }).first();
  const { counts } = await desk.api("GET", "/api/v1/board");
  await count.getByText(String(counts.open), { exact: true }).waitFor();
  assert.equal((await interrupted()).length, 1, "said once");
  await desk.api("POST", `/api/v1/incidents/${number}/dismiss`, { reason: one });
}

/** What was said politely since, and by how many at each time. */
async function counted(page: Page, sentence: (count: number) => string): Promise<number[]> {
  const said = (await heard(page)).filter(({ way }) => way === "polite").map(({ text }) => text);
  return said.flatMap((text) => [1, 2, 3, 4, 5, 6].filter((count) => spaced(sentence(count)) === text));
}

async function storm(stage: Stage, visitor: Visitor): Promise<void> {
  const { desk } = stage;
  const { page, words } = visitor;
  const { language } = words;
  await open(visitor, desk.url, words.t("shell.incidents"));
  await page.getByRole("status").getByText(words.t("shell.live"), { exact: true }).first().waitFor();
  for (let n = 1; n <= 4; n += 1) {
    const title = `${texts[language].two} ${n}`;
    await record(stage, title, language);
    await page.getByRole("link", { name: title, exact: true }).waitFor();
  }
  const sentence = (count: number) => words.t("board.fresh.spoken", { count });
  assert.deepEqual(await counted(page, sentence), [1], "the first at once, the others not yet");
  await page.evaluate("globalThis.endPauses()");
  await until("the others are said together", async () => (await counted(page, sentence)).length === 2);
  assert.deepEqual(await counted(page, sentence), [1, 3]);
  assert.ok(
    (await heard(page)).every(({ way }) => way === "polite"),
    "nothing of it interrupts",
  );
}

async function additions(stage: Stage, visitor: Visitor): Promise<void> {
  const { page, words } = visitor;
  const { language } = words;
  const { one, said } = texts[language];
  const number = await record(stage, one, language);
  await open(visitor, `${stage.desk.url}/incidents/${number}`, one);
  const timeline = page.getByRole("region", { name: words.t("timeline.title") });
  for (let n = 1; n <= 3; n += 1) {
    await stage.desk.api("POST", `/api/v1/incidents/${number}/add-observation`, { text: `${said} ${n}` });
    await timeline.getByText(`${said} ${n}`).waitFor();
  }
  const sentence = (count: number) => words.t("timeline.fresh", { count });
  assert.deepEqual(await counted(page, sentence), [1]);
  await page.evaluate("globalThis.endPauses()");
  await until("the others are said together", async () => (await counted(page, sentence)).length === 2);
  assert.deepEqual(await counted(page, sentence), [1, 2]);
  await page.evaluate("globalThis.endPauses()");
  await forget(page);
  await page.getByRole("textbox", { name: words.t("command.add-observation.do") }).fill(said);
  await page.keyboard.press("Control+Enter");
  await isSaid(page, words.t("composer.done"));
  assert.deepEqual(await counted(page, sentence), [], "one's own is not news");
}

async function isSaid(page: Page, sentence: string): Promise<void> {
  await until(`“${sentence}” is said`, async () =>
    (await heard(page)).some(({ text }) => text.includes(spaced(sentence))),
  );
  await forget(page);
}

/** One of each kind of act, on the page where it is done most. */
async function eachAct(stage: Stage, visitor: Visitor, person: Someone): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const next = page.getByRole("region", { name: t("next.title") });
  await next.getByRole("button", { name: t("command.accept.do") }).click();
  await isSaid(page, t("command.done", { command: t("command.accept.do") }));
  await next.getByRole("button", { name: t("command.confirm-priority.do") }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: begins(t("command.confirm-priority.do")) })
    .click();
  await isSaid(page, t("command.done", { command: t("command.confirm-priority.do") }));
  await page.getByText(t("copy.open"), { exact: true }).first().click();
  await page.getByRole("button", { name: t("copy.link"), exact: true }).click();
  await isSaid(page, t("copy.done"));
  await onBoard(stage, visitor);
  await settingsSay(stage, visitor, person);
  await open(visitor, `${stage.desk.url}/teams`, t("teams.title"));
  await page.getByRole("button", { name: t("team.add") }).click();
  const team = `Relève ${person.language}`;
  await field(page.getByRole("dialog"), t("team.name")).fill(team);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { level: 1, name: team }).waitFor();
  /* Two things at once, and neither takes the other's place. */
  for (const said of [t("frame.saved"), await page.title()])
    await page.getByRole("status").getByText(said, { exact: true }).waitFor();
}

async function onBoard(stage: Stage, visitor: Visitor): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  const { two } = texts[words.language];
  await open(visitor, stage.desk.url, t("shell.incidents"));
  for (const n of [1, 2])
    await page
      .getByRole("listitem")
      .filter({ hasText: `${two} ${n}` })
      .last()
      .locator("[data-choose]")
      .check();
  await page
    .getByRole("region", { name: t("bulk.title") })
    .getByRole("button", { name: t("bulk.accept.do") })
    .click();
  await isSaid(page, t("bulk.done", { count: 2, command: t("command.accept.do") }));
  await page.getByText(t("views.open"), { exact: true }).click();
  await page.getByLabel(t("views.name")).fill("Lundi");
  await page.getByRole("button", { name: t("views.save"), exact: true }).click();
  await isSaid(page, t("views.saved", { name: "Lundi" }));
  await page.getByRole("button", { name: begins(t("views.forget")) }).click();
  await isSaid(page, t("views.forgotten", { name: "Lundi" }));
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  const panel = page.getByRole("dialog", { name: t("record.title") });
  await field(panel, t("record.what")).fill(`${two} 5`);
  await page.keyboard.press("Control+Enter");
  await isSaid(page, t("record.done", { number: "" }).trim());
}

async function settingsSay(stage: Stage, visitor: Visitor, person: Someone): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  await open(visitor, `${stage.desk.url}/tokens`, t("shell.tokens"));
  await field(page, t("tokens.new")).fill(person.name);
  await page.getByRole("button", { name: t("tokens.make") }).click();
  await isSaid(page, t("tokens.once"));
  await page
    .getByRole("button", { name: begins(t("tokens.revoke")) })
    .first()
    .click();
  await isSaid(page, t("tokens.revoked", { name: person.name }));
  await open(visitor, `${stage.desk.url}/notifications`, t("shell.notifications"));
  const name = `Relève ${person.language}`;
  await page.getByLabel(t("contact.kind"), { exact: true }).selectOption("email");
  await field(page, t("contact.address")).fill(`releve-${person.email}`);
  await field(page, t("contact.name")).fill(name);
  await page.getByRole("button", { name: t("contact.add.do") }).click();
  await isSaid(page, t("contact.added"));
  const way = page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name }) });
  for (const [act, said] of [
    ["contact.switch-off", "contact.switched-off"],
    ["contact.switch-on", "contact.switched-on"],
    ["contact.remove", "contact.removed"],
  ] as const) {
    await way.getByRole("button", { name: begins(t(act)) }).click();
    await isSaid(page, t(said, { name }));
  }
}

/** By the keyboard as under a pointer: what is new waits behind its button, and is said all the same. */
async function still(stage: Stage, visitor: Visitor): Promise<void> {
  const { page, words } = visitor;
  const { t } = words;
  const { language } = words;
  const { two } = texts[language];
  await open(visitor, stage.desk.url, t("shell.incidents"));
  const rows = page.locator("[data-row]");
  await rows.first().waitFor();
  await page.getByRole("status").getByText(t("shell.live"), { exact: true }).first().waitFor();
  await page.mouse.move(0, 0);
  await page.keyboard.press("j");
  const before = await rows.allInnerTexts();
  await record(stage, `${two} 6`, language);
  await isSaid(page, t("board.fresh.spoken", { count: 1 }));
  const pill = page.getByRole("button", { name: t("board.fresh", { count: 1 }) });
  await pill.waitFor();
  assert.deepEqual(await rows.allInnerTexts(), before, "no row has moved, come or gone");
  assert.equal(await rows.first().and(page.locator(":focus")).count(), 1, "and the focus is where it was");
}
