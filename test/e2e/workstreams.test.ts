/** A complex incident with three workstreams, on its page and by hand: opened, accepted, blocked, told of, handed over, split off as an
 *  incident of its own, and asked for before closing; what it is linked to. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages, streamWords, words } from "./words.ts";

const told = {
  fr: {
    title: "Central d’appels coupé",
    streams: ["Liaison", "Énergie", "Information"],
    purpose: "Deux chemins de fibre",
    wait: "Pas de courant dans l’armoire",
    part: "Fibre coupée rue Nord",
    result: "La génératrice tourne",
    other: "Travaux rue Nord",
    reason: "Une pelle a coupé la fibre",
  },
  en: {
    title: "Call centre cut off",
    streams: ["Link", "Power", "Telling people"],
    purpose: "Two ways for the fibre",
    wait: "No power in the cabinet",
    part: "Fibre cut in North Street",
    result: "The generator runs",
    other: "Works in North Street",
    reason: "A digger cut the fibre",
  },
} as const;

onStage("workstreams of a complex incident", async (stage) => {
  for (const language of languages) {
    const [mine, other] = { fr: ["Élise Tremblay", "Noé Roy"], en: ["Sam Carter", "Ada Moss"] }[language];
    const holder = await stage.desk.person(mine ?? "", language, { level: 4 });
    const lead = await stage.desk.person(other ?? "", language, { level: 4 });
    await stage.t.test(`${language}: three workstreams and one hand-over`, () => shared(stage, holder, lead));
  }
});

async function shared(stage: Stage, holder: Someone, lead: Someone): Promise<void> {
  const { desk } = stage;
  const said = told[holder.language];
  const api = await desk.apiOf(holder);
  const made = { title: said.title, language: holder.language, categories: ["complex"], impact: 2, urgency: 2 };
  const { id, number } = await api("POST", "/api/v1/incidents", made);
  const works = await api("POST", "/api/v1/incidents", { title: said.other, language: holder.language });
  await api("POST", `/api/v1/incidents/${id}/accept`, {});
  await api("POST", `/api/v1/incidents/${id}/confirm-priority`, { impact: 2, urgency: 2 });
  const first = await signedIn(stage, holder);
  await first.page.goto(`${desk.url}/incidents/${number}`);
  await opens(first, said, lead);
  for (const title of said.streams.slice(1))
    await api("POST", `/api/v1/incidents/${id}/open-workstream`, { title, purpose: title });
  const second = await signedIn(stage, lead);
  await second.page.setViewportSize(phone);
  await second.page.goto(`${desk.url}/incidents/${number}`);
  await accepts(second, said, lead);
  await blocks(second, said);
  await fits(second);
  await second.page.setViewportSize({ width: 1440, height: 900 });
  await handsOver(first, second, said, lead);
  await links(second, works.number, said);
  await takesTheLead(second, said, lead);
  await splitsOff(second, said);
  await asksBeforeClosing(second, said);
  await second.page.goto(`${desk.url}/incidents/${number}/cockpit`);
  await section(second).getByText(said.streams[2]).waitFor();
  assert.deepEqual(await violations(second.page), []);
  assertNoFaults(first, second);
  await first.leave();
  await second.leave();
}

type Said = (typeof told)["fr" | "en"];

const own = ({ words: { t } }: Visitor) => streamWords[t("tasks.title") === words.fr.t("tasks.title") ? "fr" : "en"];
const section = (visitor: Visitor) =>
  visitor.page.getByRole("region", { name: own(visitor)("workstreams.title"), exact: true });
const line = (visitor: Visitor, title: string) => section(visitor).getByRole("listitem").filter({ hasText: title });
const linked = (visitor: Visitor) => visitor.page.getByRole("region", { name: own(visitor)("links.title") });

async function fits({ page }: Visitor): Promise<void> {
  assert.deepEqual(await violations(page), []);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide`);
}

async function opens(visitor: Visitor, said: Said, lead: Someone): Promise<void> {
  const { page, words } = visitor;
  const say = own(visitor);
  await section(visitor)
    .getByRole("button", { name: say("workstreams.open") })
    .click();
  const form = page.getByRole("dialog", { name: words.t("command.open-workstream.title") });
  await field(form, say("form.open-workstream.title")).fill(said.streams[0]);
  await field(form, say("form.purpose")).fill(said.purpose);
  await form.getByRole("combobox", { name: begins(say("form.open-workstream.person")) }).selectOption(lead.id);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await line(visitor, said.streams[0]).getByText(lead.name).waitFor();
}

/** Led by whoever opened it, until the one who is asked says yes. */
async function accepts(visitor: Visitor, said: Said, lead: Someone): Promise<void> {
  const say = own(visitor);
  const here = line(visitor, said.streams[0]);
  await here.getByRole("button", { name: begins(say("workstreams.accept")) }).click();
  await here.getByText(say("workstreams.led", { name: lead.name })).waitFor();
}

async function blocks(visitor: Visitor, said: Said): Promise<void> {
  const { page, words } = visitor;
  const say = own(visitor);
  await line(visitor, said.streams[0])
    .getByRole("button", { name: begins(say("workstreams.update")) })
    .click();
  const form = page.getByRole("dialog", { name: words.t("command.update-workstream.title") });
  await form.getByRole("radio", { name: say("workstreams.status.blocked") }).check();
  await field(form, say("form.update-workstream.text")).fill(said.wait);
  await form.getByRole("combobox", { name: begins(say("form.on")) }).selectOption("2");
  await form.getByRole("button", { name: begins(words.t("command.update-workstream.do")) }).click();
  await form.waitFor({ state: "detached" });
  const here = line(visitor, said.streams[0]);
  await here.getByText(said.wait).waitFor();
  await here.getByText(say("workstreams.waits", { number: 2, title: said.streams[1] })).waitFor();
}

async function handsOver(first: Visitor, second: Visitor, said: Said, lead: Someone): Promise<void> {
  const { page, words } = first;
  await page.keyboard.press("h");
  const form = page.getByRole("dialog", { name: words.t("command.offer-coordination.title") });
  await form.getByRole("combobox", { name: words.t("form.offer-coordination.person") }).selectOption(lead.id);
  await field(form, words.t("form.reason")).fill(said.reason);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  const roles = second.page.getByRole("region", { name: second.words.t("roles.title") });
  await roles.locator("details").getByText(said.wait).waitFor();
  await roles.getByRole("button", { name: second.words.t("roles.answer-yes") }).click();
  await roles.getByRole("button", { name: second.words.t("roles.answer-yes") }).waitFor({ state: "detached" });
}

async function links(visitor: Visitor, number: string, said: Said): Promise<void> {
  const { page, words } = visitor;
  const say = own(visitor);
  const form = page.getByRole("dialog", { name: words.t("command.link.title") });
  const opens = () =>
    linked(visitor)
      .getByRole("button", { name: say("links.add") })
      .first()
      .click();
  await opens();
  await form.getByRole("combobox", { name: begins(say("form.incident")) }).fill(number);
  await form.getByRole("button", { name: begins(words.t("command.link.do")) }).click();
  await form.waitFor({ state: "detached" });
  await linked(visitor).getByRole("link", { name: said.other }).waitFor();
  await page
    .getByRole("region", { name: words.t("command.done", { command: words.t("command.link.do") }) })
    .getByRole("button", { name: begins(words.t("undo.do")) })
    .click();
  await linked(visitor).getByText(say("links.none")).waitFor();
  await opens();
  const why = field(form, words.t("form.reason"));
  assert.equal(await why.getAttribute("required"), null);
  await form.getByText(words.t("ui.optional")).first().waitFor();
  await form.getByRole("radio", { name: say("form.link.as.caused-by") }).check();
  assert.equal(await why.getAttribute("required"), "");
  await form.getByRole("combobox", { name: begins(say("form.incident")) }).fill(number);
  await why.fill(said.reason);
  await form.getByRole("button", { name: begins(words.t("command.link.do")) }).click();
  await form.waitFor({ state: "detached" });
  await linked(visitor).getByRole("link", { name: said.other }).waitFor();
  await linked(visitor).getByText(say("links.kind.caused-by")).waitFor();
}

/** Of what somebody else leads, and with a reason. */
async function takesTheLead(visitor: Visitor, said: Said, lead: Someone): Promise<void> {
  const { page, words } = visitor;
  const say = own(visitor);
  const here = line(visitor, said.streams[2]);
  await here.getByRole("button", { name: begins(say("workstreams.take")) }).click();
  const form = page.getByRole("dialog", { name: words.t("command.accept-workstream.title") });
  const why = field(form, words.t("form.reason"));
  assert.equal(await why.getAttribute("required"), "");
  assert.deepEqual(await violations(page), []);
  await why.fill(said.reason);
  await form.getByRole("button", { name: begins(words.t("command.accept-workstream.do")) }).click();
  await form.waitFor({ state: "detached" });
  await here.getByText(say("workstreams.led", { name: lead.name })).waitFor();
  await here.getByRole("button", { name: begins(say("workstreams.take")) }).waitFor({ state: "detached" });
}

async function splitsOff(visitor: Visitor, said: Said): Promise<void> {
  const { page, words } = visitor;
  const say = own(visitor);
  await line(visitor, said.streams[0])
    .getByRole("button", { name: begins(say("links.split")) })
    .click();
  const form = page.getByRole("dialog", { name: words.t("command.split.title") });
  await field(form, say("form.split.title")).fill(said.part);
  assert.deepEqual(await violations(page), []);
  await form.getByRole("button", { name: begins(words.t("command.split.do")) }).click();
  await form.waitFor({ state: "detached" });
  await linked(visitor).getByRole("link", { name: said.part }).waitFor();
  assert.deepEqual(await violations(page), []);
  await linked(visitor).getByRole("link", { name: said.part }).click();
  await page.getByRole("heading", { level: 1, name: said.part }).waitFor();
  await linked(visitor).getByRole("link", { name: said.title }).click();
  await page.getByRole("heading", { level: 1, name: said.title }).waitFor();
}

/** What is left to be done before closing leads to what does it. */
async function asksBeforeClosing(visitor: Visitor, said: Said): Promise<void> {
  const { page, words } = visitor;
  const say = own(visitor);
  const missing = page.getByRole("region", { name: words.t("missing-to-close.title") });
  await missing
    .getByRole("button", { name: words.t("milestone.missing.workstream", { title: said.streams[1] }) })
    .click();
  const form = page.getByRole("dialog", { name: words.t("command.finish-workstream.title") });
  await field(form, say("form.finish-workstream.text")).fill(said.result);
  await form.getByRole("button", { name: begins(words.t("command.finish-workstream.do")) }).click();
  await form.waitFor({ state: "detached" });
  await missing.getByText(said.streams[1]).waitFor({ state: "detached" });
  await missing.getByText(said.streams[2]).waitFor();
  /* Where it was scrolled to, what stays above may cover the edge of something. */
  await page.evaluate("scrollTo(0, 0)");
  assert.deepEqual(await violations(page), []);
}
