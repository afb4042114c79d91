/** What an incident hurts, in the browser, mostly by keyboard: a service stated, another that the dependencies propose confirmed, a
 *  domain measured twice and drawn, a vital function that is counted down; on a phone too. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { violations } from "./axe.ts";
import { assertNoFaults, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { until } from "./until.ts";
import { impactWords, type Language, languages } from "./words.ts";

const told = {
  fr: { title: "Stockage plein", base: "Stockage", above: "Dossiers en ligne" },
  en: { title: "Storage is full", base: "Storage", above: "Online files" },
} as const;

onStage("what an incident hurts", async (stage) => {
  for (const language of languages) {
    const lead = await stage.desk.person({ fr: "Élise Roy", en: "Sam Moss" }[language], language, { level: 4 });
    await stage.t.test(language, () => hurts(stage, lead));
  }
});

async function send({ page }: Visitor, open: string | Locator, fill: (form: Locator) => Promise<unknown>) {
  if (typeof open === "string") await page.keyboard.press(open);
  else await open.click();
  const form = page.getByRole("dialog");
  await form.waitFor();
  await fill(form);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}

async function hurts(stage: Stage, lead: Someone): Promise<void> {
  const { desk } = stage;
  const { language } = lead;
  const say = impactWords[language];
  const { title, base, above } = told[language];
  const named = (name: string) => ({ nameFr: name, nameEn: name });
  const made = async (path: string, body: object): Promise<string> =>
    (await desk.api("POST", `/api/v1/${path}`, body)).id;
  const vital = await made("vital-functions", { ...named(`${base} vital`), tolerableMinutes: 120 });
  const service = await made("services", { ...named(base), vital: [vital] });
  await made("services", { ...named(above), dependsOn: [{ on: service, kind: "needs" }] });
  const api = await desk.apiOf(lead);
  const { number } = await api("POST", "/api/v1/incidents", { title, language, service });
  const visitor = await signedIn(stage, lead);
  const { page } = visitor;
  await page.goto(`${desk.url}/incidents/${number}/impact`);
  await page.getByText(say("curve.none.text")).waitFor();
  assert.deepEqual(await violations(page), []);
  await send(visitor, "s", (form) =>
    form.getByRole("combobox", { name: say("field.service") }).selectOption({ label: base }),
  );
  const affected = page.getByRole("region", { name: say("affected"), exact: true });
  await affected.getByRole("link", { name: base }).waitFor();
  await page
    .getByRole("region", { name: say("functions") })
    .getByText(`${base} vital`)
    .first()
    .waitFor();
  await send(visitor, page.getByRole("button", { name: `${say("act.confirm")} ${above}` }), async () => {});
  await affected.getByRole("link", { name: above }).waitFor();
  await measured(visitor, language);
  assert.deepEqual(await violations(page), []);
  await page.goto(`${desk.url}/services/${service}`);
  await page
    .getByRole("region", { name: say("deps"), exact: true })
    .getByRole("link", { name: above })
    .waitFor();
  await onPhone(stage, lead, number, service);
  assertNoFaults(visitor);
}

async function measured(visitor: Visitor, language: "fr" | "en"): Promise<void> {
  const { page } = visitor;
  const say = impactWords[language];
  await send(visitor, "m", async (form) => {
    await form.getByRole("combobox", { name: say("field.domain") }).selectOption({ index: 1 });
    await form.getByRole("radio", { name: say("magnitude.high"), exact: true }).check();
    await form.getByRole("spinbutton", { name: say("field.people") }).fill("120");
  });
  const curve = page.getByRole("region", { name: say("curve"), exact: true }).first();
  await curve.getByRole("img").first().waitFor();
  await curve.getByText(say("curve.table"), { exact: true }).click();
  await curve.getByRole("cell", { name: say("magnitude.high"), exact: true }).waitFor();
  assert.equal(await curve.getByRole("cell", { name: "120", exact: true }).count(), 1, "the table says what is drawn");
}

/** Nothing is wider than the screen. */
async function onPhone(stage: Stage, lead: Someone, number: string, service: string): Promise<void> {
  const { page } = await signedIn(stage, lead, { viewport: phone });
  await page.goto(`${stage.desk.url}/incidents/${number}/impact`);
  await page.getByRole("heading", { name: impactWords[lead.language]("curve") }).waitFor();
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} px too wide`);
  assert.deepEqual(await violations(page), []);
  await page.goto(`${stage.desk.url}/services/${service}`);
  await goesOn(page, impactWords[lead.language]);
}

/** A drawing wider than the screen shows that it goes on, and is moved by a button or by key. */
async function goesOn(page: Page, say: (typeof impactWords)[Language]): Promise<void> {
  const [left, right] = (["left", "right"] as const).map((side) =>
    page.getByRole("button", { name: say(`graph.${side}`) }),
  ) as [Locator, Locator];
  const isOff = (button: Locator) => button.getAttribute("aria-disabled");
  await right.waitFor();
  assert.deepEqual([await isOff(left), await isOff(right)], ["true", "false"]);
  assert.deepEqual(await violations(page), []);
  await right.click();
  await until("its end is seen", async () => (await isOff(right)) === "true");
  assert.equal(await isOff(left), "false");
  await page.locator(".layers").focus();
  await until("its beginning is seen", async () => {
    await page.keyboard.press("ArrowLeft");
    return (await isOff(left)) === "true";
  });
}
