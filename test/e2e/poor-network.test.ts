/** In a hand, where the network is poor: slow, nothing is sent twice and what is written shows at once; cut, what is written
 *  stays, is said not to have left, and leaves once the network is back, with all that happened meanwhile. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { field, onStage, phone, type Stage, signIn, type Visitor, visit } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { begins, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const texts = {
  fr: {
    call: "Sonde muette au barrage",
    title: "Portail en panne",
    said: "Constaté sur place.",
    other: "Vu du poste.",
  },
  en: { call: "Probe mute at the dam", title: "Portal is down", said: "Seen on the spot.", other: "Seen from afar." },
} as const;

/** At the edge of coverage: a third of a second to answer, eighty kilobytes a second. */
const edge = { offline: false, latency: 350, downloadThroughput: 80_000, uploadThroughput: 80_000 };

onStage("with a poor network", async (stage) => {
  for (const language of languages) {
    const person = await stage.desk.person(people[language], language);
    const visitor = await visit(stage.browser, language, { viewport: phone, hasTouch: true, isMobile: true });
    await stage.t.test(`slow, ${language}`, () => slow(stage, visitor, person));
    await stage.t.test(`cut and restored, ${language}`, () => cut(stage, visitor, person));
    await stage.t.test(`words that do not arrive, ${language}`, () => withoutWords(stage, visitor, person));
    await visitor.leave();
  }
});

/** What pages besides the first say is fetched apart: without it a page says that it failed, and comes once asked again. */
async function withoutWords(stage: Stage, { page, words: { t } }: Visitor, person: Someone): Promise<void> {
  const apart = "**/assets/pages-*.js";
  await page.route(apart, (route) => route.abort());
  await page.goto(`${stage.desk.url}/schedules`);
  await page.getByRole("heading", { level: 1, name: t("failed.title") }).waitFor();
  await page.unroute(apart);
  await page.getByRole("button", { name: t("failed.again") }).click();
  await page.getByRole("heading", { level: 1, name: t("schedules.title") }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), person.language === "fr" ? "fr" : "en");
}

async function slowDown(page: Page): Promise<() => Promise<void>> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Network.enable");
  await devTools.send("Network.emulateNetworkConditions", edge);
  return () => devTools.detach();
}

/** How many times each address is posted to. */
function posted(page: Page): Map<string, number> {
  const sent = new Map<string, number>();
  page.on("request", (request) => {
    if (request.method() !== "POST") return;
    const path = new URL(request.url()).pathname.replace(/\/[0-9a-f-]{36}\//, "/:id/");
    sent.set(path, (sent.get(path) ?? 0) + 1);
  });
  return sent;
}

async function slow(stage: Stage, visitor: Visitor, person: Someone): Promise<void> {
  const { desk } = stage;
  const { page, words } = visitor;
  const { t } = words;
  const { call, title, said } = texts[person.language];
  const service = await desk.serviceOf([person], `Barrage ${person.language}`, `Dam ${person.language}`);
  const key = await desk.integration("pagerduty", { name: `Watch ${person.language}`, service });
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, `probe-${person.language}`, call));
  const { url } = await desk.ackLink(person.email, call);
  const sent = posted(page);
  const restore = await slowDown(page);

  await page.goto(url);
  await page.getByRole("button", { name: t("ack.take"), exact: true }).dblclick();
  await page.getByRole("status").getByText(t("ack.mine.stopped")).waitFor();

  await signIn(visitor, desk, person);
  await page
    .getByRole("link", { name: begins(t("shell.record")) })
    .filter({ visible: true })
    .first()
    .click();
  const panel = page.getByRole("dialog", { name: t("record.title") });
  await field(panel, t("record.what")).fill(title);
  await panel
    .getByRole("button", { name: begins(t("record.send")) })
    .first()
    .dblclick();
  await panel.waitFor({ state: "detached" });
  const row = page.getByRole("listitem").filter({ hasText: title });
  await row
    .getByRole("button", { name: begins(t("command.accept.do")) })
    .first()
    .dblclick();
  await row
    .getByRole("button", { name: begins(t("command.accept.do")) })
    .first()
    .waitFor({ state: "detached" });
  await page.getByRole("link", { name: title, exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await note(visitor, said);
  await page
    .getByRole("region", { name: t("timeline.title") })
    .getByText(said)
    .waitFor();
  assert.equal(await page.getByRole("status").getByText(t("composer.done")).count(), 0, "shown before it is answered");
  await page.getByRole("status").getByText(t("composer.done")).waitFor();
  for (const path of ["/api/v1/incidents", "/api/v1/incidents/:id/accept", "/api/v1/incidents/:id/add-observation"])
    assert.equal(sent.get(path), 1, `${path} is sent once`);
  await restore();
}

async function note({ page, words: { t } }: Visitor, said: string): Promise<void> {
  await page.getByRole("textbox", { name: t("command.add-observation.do") }).fill(said);
  await page.getByRole("button", { name: begins(t("composer.send")) }).click();
}

async function cut(stage: Stage, visitor: Visitor, person: Someone): Promise<void> {
  const { desk } = stage;
  const { page, words } = visitor;
  const { t } = words;
  const { title, said, other } = texts[person.language];
  const { number } = await desk.api("POST", "/api/v1/incidents", { title: `${title} (2)`, language: person.language });
  await page.goto(`${desk.url}/incidents/${number}`);
  await page.getByRole("heading", { level: 1, name: `${title} (2)` }).waitFor();
  const timeline = page.getByRole("region", { name: t("timeline.title") });
  const stale = page
    .getByRole("status")
    .filter({ visible: true })
    .getByText(begins(t("shell.stale", { hour: "" }).trim()));
  await page.context().setOffline(true);
  await stale.waitFor();
  await note(visitor, said);
  await page.getByRole("alert").getByText(t("failure.network-unreachable")).waitFor();
  const composer = page.getByRole("textbox", { name: t("command.add-observation.do") });
  assert.equal(await composer.inputValue(), said, "what did not leave is still there to be sent");
  await desk.api("POST", `/api/v1/incidents/${number}/add-observation`, { text: other });
  await page.context().setOffline(false);
  await stale.waitFor({ state: "detached" });
  await timeline.getByText(other).waitFor();
  await page.getByRole("button", { name: begins(t("composer.send")) }).click();
  await page.getByRole("status").getByText(t("composer.done")).waitFor();
  const { data } = await desk.api("GET", `/api/v1/incidents/${number}/timeline`);
  const noted = (data as { type: string; data: { text: string } }[]).filter((one) => one.type === "observation.noted");
  assert.deepEqual(
    noted.map((one) => one.data.text),
    [other, said],
    "both, each once",
  );
}
