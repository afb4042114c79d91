/** Who owes a sign of life: the page that teaches it, makes one, shows its address once and says who is silent; in both
 *  languages, on a desk and on a phone, in both themes. */
import assert from "node:assert/strict";
import { heartbeats } from "../../languages/heartbeats.ts";
import { createMessages } from "../../languages/messages.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { languages } from "./words.ts";

const sayIn = { fr: createMessages("fr", heartbeats).t, en: createMessages("en", heartbeats).t } as const;
const names = { fr: "Sauvegarde de nuit", en: "Nightly import" } as const;
/** For whoever wants to look. */
const into = process.env.TOCSIN_LOOK;

onStage("heartbeats", async (stage) => {
  const people = {
    fr: await stage.desk.person("Élise Tremblay", "fr", { admin: true }),
    en: await stage.desk.person("Sam Carter", "en", { admin: true }),
  };
  for (const language of languages)
    await stage.t.test(`${language}: an empty page teaches`, () => teaches(stage, people[language]));
  for (const language of languages)
    await stage.t.test(`${language}: one is made, heard, paused and removed`, () => makes(stage, people[language]));
  for (const language of languages)
    await stage.t.test(`${language}: read on a phone, in the dark`, () => isReadOnPhone(stage, people[language]));
});

async function teaches({ desk, browser }: Stage, person: Someone): Promise<void> {
  const visitor = await signedIn({ desk, browser }, person);
  const { page, words } = visitor;
  const say = sayIn[words.language];
  await page.getByRole("link", { name: say("title"), exact: true }).click();
  await page.getByRole("heading", { name: say("empty.title") }).waitFor();
  await page.getByText("Invoke-RestMethod").waitFor();
  assert.deepEqual(await violations(page), []);
  if (into) await page.screenshot({ path: `${into}/empty-${words.language}.png`, fullPage: true });
  assertNoFaults(visitor);
  await visitor.leave();
}

async function makes({ desk, browser }: Stage, person: Someone): Promise<void> {
  const visitor = await signedIn({ desk, browser }, person);
  const { page, words } = visitor;
  const say = sayIn[words.language];
  const name = names[words.language];
  await page.goto(`${desk.url}/heartbeats`);
  await field(page, say("name")).fill(name);
  await page.getByRole("spinbutton", { name: say("interval"), exact: true }).fill("2");
  await page.getByRole("combobox", { name: say("unit") }).selectOption("hours");
  await page.getByRole("button", { name: say("make") }).click();
  const address = (await page.locator(".fresh-key code").first().textContent()) ?? "";
  assert.match(address, /\/heartbeat\/[A-Za-z0-9]{32}$/);
  const line = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
  await line.getByText(say("state.waiting")).waitFor();
  if (into) await page.screenshot({ path: `${into}/made-${words.language}.png`, fullPage: true });
  assert.equal((await fetch(address, { method: "HEAD" })).status, 200);
  await line.getByText(say("state.alive")).waitFor();
  await line.getByRole("button", { name: say("pause") }).click();
  await line.getByText(say("state.paused")).waitFor();
  await line.getByRole("button", { name: say("resume") }).click();
  await line.getByText(say("state.alive")).waitFor();
  assert.deepEqual(await violations(page), []);
  await line.getByRole("button", { name: say("key") }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: say("key") })
    .click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal((await fetch(address)).status, 404);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function isReadOnPhone({ desk, browser }: Stage, person: Someone): Promise<void> {
  const visitor = await signedIn({ desk, browser }, person, { viewport: phone, colorScheme: "dark" });
  const { page, words } = visitor;
  const say = sayIn[words.language];
  await page.goto(`${desk.url}/heartbeats`);
  await page.getByRole("heading", { name: say("title"), level: 1 }).waitFor();
  await page.getByText(say("state.alive")).first().waitFor();
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} px too wide`);
  assert.deepEqual(await violations(page), []);
  if (into) await page.screenshot({ path: `${into}/phone-${words.language}.png`, fullPage: true });
  assertNoFaults(visitor);
  await visitor.leave();
}
