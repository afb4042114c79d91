/** Working through a board: three looks of one queue, choosing by key, acting on many at once, undoing, and coming back to
 *  a view by its name. */
import assert from "node:assert/strict";
import { assertNoFaults, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { until } from "./until.ts";
import { begins, type Language, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const titles = {
  fr: ["Imprimante du 3e en panne", "Badges refusés à l’entrée", "Courriels en double"],
  en: ["Printer of floor 3 jams", "Badges are refused at the door", "Mail comes twice"],
} as const;

onStage("a board is worked through", async (stage) => {
  for (const language of languages) {
    const me = await stage.desk.person(people[language], language);
    await stage.t.test(`looks and filters are in the address, ${language}`, () => looks(stage, me, language));
    await stage.t.test(`many are dismissed at once, and it is undone, ${language}`, () =>
      dismissed(stage, me, language),
    );
    await stage.t.test(`what is refused is said, ${language}`, () => refused(stage, me, language));
    await stage.t.test(`a view is kept under a name, ${language}`, () => kept(stage, me));
    await stage.t.test(`on a phone, ${language}`, () => onPhone(stage, me, language));
  }
  await stage.t.test("what is new waits behind a button, and keys can be switched off", () => still(stage));
});

async function recorded({ desk }: Stage, language: Language): Promise<string[]> {
  const numbers: string[] = [];
  for (const title of titles[language])
    numbers.push((await desk.api("POST", "/api/v1/incidents", { title, language, impact: 3, urgency: 3 })).number);
  return numbers;
}

const looksOf = ({ page, words: { t } }: Visitor) => page.getByRole("navigation", { name: t("look.choose") });
const box = ({ page, words: { t } }: Visitor, number: string) =>
  page.getByRole("checkbox", { name: t("bulk.choose", { number: short(number) }) });
const bar = ({ page, words: { t } }: Visitor) => page.getByRole("region", { name: t("bulk.title") });

/** `INC-2026-000012` is INC-12 this year. */
const short = (number: string): string => number.replace(/-\d{4}-0*/, "-");

async function looks(stage: Stage, me: Someone, language: Language): Promise<void> {
  await recorded(stage, language);
  const visitor = await signedIn(stage, me);
  const { page, words } = visitor;
  const { t } = words;
  const [, , title] = titles[language];
  await page.keyboard.press("b");
  await page.waitForURL(/look=board/);
  const column = page.getByRole("region", { name: begins(t("column.sort")) });
  await column.getByRole("link", { name: title }).first().waitFor();
  await page.keyboard.press("t");
  await page.waitForURL(/look=timeline/);
  await page
    .getByRole("region", { name: t("look.timeline") })
    .getByRole("link", { name: title })
    .first()
    .waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type(title.slice(0, 9));
  await page.waitForURL(/q=/);
  await page.reload();
  const chart = page.getByRole("region", { name: t("look.timeline") });
  await chart.getByRole("link", { name: title }).first().waitFor();
  assert.equal(
    await chart.getByRole("link", { name: titles[language][0] }).count(),
    0,
    "the filter holds after a reload",
  );
  assert.equal(await looksOf(visitor).locator("[aria-current]").count(), 1);
  await looksOf(visitor)
    .getByRole("link", { name: t("look.list") })
    .click();
  await page.waitForURL((url) => !url.searchParams.has("look") && url.searchParams.has("q"));
  await page.getByRole("searchbox").fill("zzz");
  await page
    .getByText(t("none.filter", { of: (await stage.desk.api("GET", "/api/v1/board")).counts.open, text: "zzz" }))
    .waitFor();
  await page.getByRole("link", { name: t("none.clear") }).click();
  await page.getByRole("link", { name: title }).first().waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

async function dismissed(stage: Stage, me: Someone, language: Language): Promise<void> {
  const [one = "", two = ""] = await recorded(stage, language);
  const visitor = await signedIn(stage, me);
  const { page, words } = visitor;
  const { t } = words;
  /* By key: to a row, choose it. */
  await page.getByRole("link", { name: titles[language][0] }).first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await bar(visitor)
    .getByText(t("bulk.count", { count: 1 }))
    .waitFor();
  await page.keyboard.press("x");
  await bar(visitor).waitFor({ state: "detached" });
  await box(visitor, one).check();
  await box(visitor, two).check();
  await bar(visitor)
    .getByText(t("bulk.count", { count: 2 }))
    .waitFor();
  await bar(visitor)
    .getByRole("button", { name: t("bulk.dismiss.do") })
    .click();
  const dialog = page.getByRole("dialog", { name: t("bulk.dismiss.title", { count: 2 }) });
  await dialog.getByRole("textbox", { name: begins(t("form.reason")) }).fill("A trial.");
  await dialog.getByRole("button", { name: t("bulk.send", { command: t("command.dismiss.do"), count: 2 }) }).click();
  await dialog.waitFor({ state: "detached" });
  const stageNow = async (number: string) => (await stage.desk.api("GET", `/api/v1/incidents/${number}`)).stage;
  assert.deepEqual([await stageNow(one), await stageNow(two)], ["dismissed", "dismissed"]);
  const told = t("bulk.done", { count: 2, command: t("command.dismiss.do") });
  await page
    .getByRole("region", { name: told })
    .getByRole("button", { name: begins(t("undo.do")) })
    .click();
  await page.getByRole("region", { name: t("undo.done", { count: 2 }) }).waitFor();
  assert.deepEqual([await stageNow(one), await stageNow(two)], ["registered", "registered"]);
  const { data } = await stage.desk.api("GET", `/api/v1/incidents/${one}/timeline`);
  const [out, back] = data.slice(-2);
  assert.deepEqual([out.type, back.type, back.actor.name], ["incident.dismissed", "incident.reopened", me.name]);
  assert.equal(back.reason, t("undo.because", { act: t("command.dismiss.do") }), "the record says what it was");
  assertNoFaults(visitor);
  await visitor.leave();
}

async function refused(stage: Stage, me: Someone, language: Language): Promise<void> {
  const [one = "", two = ""] = await recorded(stage, language);
  const mine = await stage.desk.apiOf(me);
  await mine("POST", `/api/v1/incidents/${one}/accept`, {});
  const visitor = await signedIn(stage, me);
  const { page, words } = visitor;
  const { t } = words;
  await box(visitor, one).check();
  await box(visitor, two).check();
  const close = bar(visitor).getByRole("button", { name: t("bulk.close.do") });
  assert.equal(await close.getAttribute("aria-disabled"), "true", "nothing is ready to be closed");
  const why = (await close.getAttribute("title")) ?? assert.fail("and it says why");
  await close.click({ force: true });
  await page.getByRole("region", { name: why }).getByText(why).waitFor();
  const word = t("bulk.some", { word: t("bulk.accept.do"), may: 1, count: 2 });
  await bar(visitor).getByRole("button", { name: word }).click();
  const told = page.getByRole("region", { name: t("bulk.done", { count: 1, command: t("command.accept.do") }) });
  await told
    .getByRole("listitem")
    .filter({ hasText: short(one) })
    .waitFor();
  await bar(visitor)
    .getByText(t("bulk.count", { count: 1 }))
    .waitFor();
  assert.ok(await box(visitor, one).isChecked(), "what was refused stays chosen");
  assert.equal((await stage.desk.api("GET", `/api/v1/incidents/${two}`)).acceptedBy.name, me.name);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function kept(stage: Stage, me: Someone): Promise<void> {
  const visitor = await signedIn(stage, me);
  const { page, words } = visitor;
  const { t } = words;
  await page.goto(`${stage.desk.url}/?view=mine&look=board`);
  const menu = page.getByText(t("views.open"), { exact: true });
  await menu.click();
  await page.getByLabel(t("views.name")).fill("Lundi");
  await page.getByRole("button", { name: t("views.save"), exact: true }).click();
  await page.getByRole("link", { name: "Lundi" }).waitFor();
  await page.goto(`${stage.desk.url}/`);
  await menu.click();
  await page.getByRole("link", { name: "Lundi" }).click();
  await page.waitForURL((url) => url.searchParams.get("view") === "mine" && url.searchParams.get("look") === "board");
  await menu.click();
  await page.getByRole("button", { name: begins(t("views.forget")) }).click();
  await page.getByText(t("views.none")).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

async function onPhone(stage: Stage, me: Someone, language: Language): Promise<void> {
  const [one = ""] = await recorded(stage, language);
  const visitor = await signedIn(stage, me, { viewport: phone, hasTouch: true });
  const { page, words } = visitor;
  for (const look of ["list", "board", "timeline"] as const) {
    await looksOf(visitor)
      .getByRole("link", { name: words.t(`look.${look}`) })
      .click();
    await box(visitor, one).check();
    await bar(visitor).waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    assert.equal(wide, false, `${look}: nothing is wider than the phone`);
    await box(visitor, one).uncheck();
  }
  await page.goto(`${stage.desk.url}/incidents/${one}`);
  const parts = page.getByRole("navigation", { name: words.t("in-page.title") });
  for (const part of ["timeline", "roles"] as const) {
    await parts.getByRole("link", { name: words.t(`${part}.title`) }).click();
    const heading = page.getByRole("heading", { name: words.t(`${part}.title`), exact: true });
    await until(`${part} is in sight`, async () => {
      const { y = -1 } = (await heading.boundingBox()) ?? {};
      return y >= 0 && y < phone.height / 2;
    });
    await page.evaluate("scrollTo(0, 0)");
  }
  assertNoFaults(visitor);
  await visitor.leave();
}

async function still(stage: Stage): Promise<void> {
  const { desk } = stage;
  const me = await desk.person("Kim Lee", "en");
  const visitor = await signedIn(stage, me);
  const { page, words } = visitor;
  const { t } = words;
  const rows = page.locator("[data-row]");
  for (const look of ["list", "board", "timeline"] as const) {
    await looksOf(visitor)
      .getByRole("link", { name: t(`look.${look}`) })
      .click();
    await rows.first().waitFor();
    await rows.first().hover();
    const before = await rows.allInnerTexts();
    const key = await desk.integration("pagerduty", { name: `Watch ${look}` });
    await desk.knock("/v2/enqueue", pagerDutyEvent(key, look, `Disk full, seen on the ${look}`));
    const pill = page.getByRole("button", { name: t("board.fresh", { count: 1 }) });
    await pill.waitFor();
    assert.deepEqual(await rows.allInnerTexts(), before, `${look}: nothing moves under the pointer`);
    await pill.click();
    await until(`the new one is on the ${look}`, async () =>
      (await rows.allInnerTexts()).some((text) => text.includes(`seen on the ${look}`)),
    );
    await page.mouse.move(0, 0);
  }
  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: t("keys.on") }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  await page.keyboard.press("x");
  assert.ok(!page.url().includes("look=board"), "switched off, a key does nothing");
  assertNoFaults(visitor);
  await visitor.leave();
}
