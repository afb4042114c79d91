/** A team in the browser: its mandate is written on its page, which says how ready it is; it is activated from the page of an incident,
 *  seen in the cockpit with its quorum, joined, and stood down. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages, teamWords } from "./words.ts";

const told = {
  fr: {
    ...{ team: "Équipe d’intervention", title: "Connexions suspectes", why: "Une intrusion est en cours" },
    ...{ mandate: "Contenir, enquêter, conseiller", other: "Contain, investigate, advise", role: "Responsable" },
    ...{ exercise: "Exercice sur table", down: "Fausse alerte" },
  },
  en: {
    ...{ team: "Response team", title: "Odd logins", why: "Somebody is in" },
    ...{ mandate: "Contain, investigate, advise", other: "Contenir, enquêter, conseiller", role: "Lead" },
    ...{ exercise: "A table-top", down: "A false alarm" },
  },
} as const;

onStage("a team: its mandate, its readiness, and on an incident", async (stage) => {
  for (const language of languages) {
    const names = { fr: ["Élise Tremblay", "Noé Roy"], en: ["Sam Carter", "Ada Moss"] }[language];
    const lead = await stage.desk.person(names[0] ?? "", language, { level: 5 });
    const other = await stage.desk.person(names[1] ?? "", language, { level: 3 });
    await stage.t.test(language, () => teamed(stage, lead, other));
  }
});

async function teamed(stage: Stage, lead: Someone, other: Someone): Promise<void> {
  const { desk } = stage;
  const said = told[lead.language];
  const { id } = await desk.api("POST", "/api/v1/teams", { name: said.team, members: [lead.id, other.id] });
  const visitor = await signedIn(stage, lead);
  await visitor.page.goto(`${desk.url}/teams/${id}`);
  const doing: Doing = { visitor, who: lead, said };
  await writeMandate(doing, other);
  await noteExercise(doing);
  await fits(visitor);
  await onIncident(stage, doing);
  assertNoFaults(visitor);
  await visitor.leave();
}

type Said = (typeof told)[keyof typeof told];
type Doing = { readonly visitor: Visitor; readonly who: Someone; readonly said: Said };

async function fits({ page }: Visitor): Promise<void> {
  assert.deepEqual(await violations(page), []);
  const before = page.viewportSize();
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  assert.ok((await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")) <= 0);
  if (before) await page.setViewportSize(before);
}

async function writeMandate({ visitor: { page }, who: { language }, said }: Doing, deputy: Someone): Promise<void> {
  const say = teamWords[language];
  const panel = page.getByRole("region", { name: say("mandate"), exact: true });
  await panel.getByText(say("mandate.none")).waitFor();
  await panel.getByRole("button", { name: say("mandate.write") }).click();
  const form = page.getByRole("dialog", { name: say("mandate.title") });
  await form.getByLabel(say(`mandate.${language}`)).fill(said.mandate);
  await form.getByLabel(say(language === "fr" ? "mandate.en" : "mandate.fr")).fill(said.other);
  await form.getByRole("button", { name: say("mandate.role.add") }).click();
  const role = form.getByRole("group", { name: say("mandate.role", { number: 1 }) });
  for (const box of await role.getByRole("textbox").all()) await box.fill(said.role);
  await role.getByLabel(say("mandate.role.required")).check();
  await form.getByRole("combobox", { name: begins(say("mandate.deputy")) }).selectOption(deputy.id);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await panel.getByText(said.mandate).waitFor();
}

async function noteExercise({ visitor: { page }, who: { language }, said }: Doing): Promise<void> {
  const say = teamWords[language];
  const ready = page.getByRole("region", { name: say("readiness") });
  await ready.getByText(say("finding.neverExercised")).waitFor();
  const panel = page.getByRole("region", { name: say("exercises") });
  await panel.getByRole("button", { name: say("exercise.note") }).click();
  const form = page.getByRole("dialog", { name: say("exercise.title") });
  await field(form, say("exercise.what")).fill(said.exercise);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await panel.getByText(said.exercise).waitFor();
  await ready.getByText(say("finding.neverExercised")).waitFor({ state: "detached" });
}

async function onIncident({ desk }: Stage, { visitor, who, said }: Doing): Promise<void> {
  const { page } = visitor;
  const { language } = who;
  const say = teamWords[language];
  const { id, number } = await desk.api("POST", "/api/v1/incidents", { title: said.title, language });
  await page.goto(`${desk.url}/incidents/${number}`);
  const panel = page.getByRole("region", { name: say("title") });
  await panel.getByRole("button", { name: say("activate") }).click();
  const form = page.getByRole("dialog", { name: say("activate.title") });
  await form.getByRole("combobox", { name: begins(say("activate.team")) }).selectOption({ label: said.team });
  await field(form, say("activate.reason")).fill(said.why);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await panel.getByText(say("status.waits")).waitFor();
  await fits(visitor);
  await page.goto(`${desk.url}/incidents/${number}/cockpit`);
  const short = page.getByRole("region", { name: say("title") });
  await short.getByRole("button", { name: begins(say("join")) }).click();
  const joining = page.getByRole("dialog", { name: say("join.title", { name: said.team }) });
  await joining.getByRole("combobox").waitFor();
  await page.keyboard.press("Control+Enter");
  await joining.waitFor({ state: "detached" });
  await short.getByText(who.name, { exact: true }).waitFor();
  await fits(visitor);
  const { data } = await desk.api("GET", `/api/v1/incidents/${id}/teams`);
  assert.deepEqual([data[0].quorum.people, data[0].quorum.roles], [1, []]);
  await page.goto(`${desk.url}/incidents/${number}`);
  await panel.getByRole("button", { name: begins(say("stand-down")) }).click();
  const down = page.getByRole("dialog", { name: say("stand-down.title", { name: said.team }) });
  await field(down, say("stand-down.reason")).fill(said.down);
  await page.keyboard.press("Control+Enter");
  await down.waitFor({ state: "detached" });
  await panel.getByText(said.down).waitFor();
}
