/** What people ask of those who may decide it: help, by key, without any level; sent on by whoever coordinates; and that what is closed be opened again. What a solution asks for
 *  beyond proposes to escalate, with why and what is expected written already; whoever joined leaves again; a finding
 *  says where it comes from, and the incident why it is one. */
import assert from "node:assert/strict";
import { send } from "./acting.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { begins, type Language, languages } from "./words.ts";

const closing = [
  ["accept", {}],
  ["categorise", { categories: ["low-impact"] }],
  ["confirm-priority", { impact: 3, urgency: 3 }],
  ["declare-restored", {}],
  ["declare-resolved", { solution: "A new seal.", cause: "A seal." }],
  ["confirm-recovery", { text: "Dry." }],
  ["complete-documentation", { language: "en", summary: "A seal.", impact: "None." }],
  ["close", {}],
] as const;

const told = {
  fr: { title: "La pompe fuit", want: "Quelqu’un qui connaît la pompe", why: "Elle fuit de plus en plus" },
  en: { title: "The pump leaks", want: "Somebody who knows the pump", why: "It leaks more and more" },
} as const;

onStage("asking", async (stage) => {
  for (const language of languages) {
    const [one = "", four = ""] = { fr: ["Noé Lavoie", "Élise Roy"], en: ["Ada Moss", "Sam Carter"] }[language];
    const anybody = await stage.desk.person(one, language, { level: null });
    const lead = await stage.desk.person(four, language, { level: 4 });
    const third = await stage.desk.person(`${one} 3`, language, { level: 3 });
    await stage.t.test(`${language}: reopening`, () => reopened(stage, language, third, lead));
    await stage.t.test(`${language}: beyond`, () => beyond(stage, language, lead));
    await stage.t.test(`${language}: joined`, () => joined(stage, language, lead, third));
    await stage.t.test(`${language}: help`, () => helped(stage, language, anybody, lead));
  }
});

async function helped(stage: Stage, language: Language, anybody: Someone, lead: Someone): Promise<void> {
  const { title, want, why } = told[language];
  const { number } = await (await stage.desk.apiOf(lead))("POST", "/api/v1/incidents", { title, language });
  const at = await signedIn(stage, anybody);
  const { t } = at.words;
  await at.page.setViewportSize(phone);
  await at.page.goto(`${stage.desk.url}/incidents/${number}`);
  await at.page.getByRole("button", { name: t("command.ask-for-help.do") }).waitFor();
  await at.page.keyboard.press("e");
  const form = at.page.getByRole("dialog", { name: t("command.ask-for-help.title") });
  await form.getByRole("textbox").nth(0).fill(want);
  await form.getByRole("textbox").nth(1).fill(why);
  assert.deepEqual(await violations(at.page), []);
  await at.page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  const asked = at.page.getByRole("region", { name: t("escalations.title") });
  await asked.getByText(want).waitFor();
  await asked.getByText(why).waitFor();
  assert.deepEqual(await violations(at.page), []);
  await at.leave();

  const judge = await signedIn(stage, lead);
  await judge.page.goto(`${stage.desk.url}/incidents/${number}`);
  const section = judge.page.getByRole("region", { name: t("escalations.title") });
  await section.getByText(want).waitFor();
  const sendOn = { fr: "Transmettre", en: "Send on" }[language];
  await send(judge, section, sendOn, "confirm-help", async (dialog) => {
    await dialog.getByRole("combobox", { name: begins(t("form.to")) }).selectOption({ label: lead.name });
  });
  await section.getByText(t("escalations.expected")).waitFor();
  assert.deepEqual(await violations(judge.page), []);
  assertNoFaults(at, judge);
  await judge.leave();
}

async function reopened(stage: Stage, language: Language, third: Someone, lead: Someone): Promise<void> {
  const { title, why } = told[language];
  const api = await stage.desk.apiOf(lead);
  const { number, id } = await api("POST", "/api/v1/incidents", { title, language });
  for (const [command, body] of closing) await api("POST", `/api/v1/incidents/${id}/${command}`, body);
  const at = await signedIn(stage, third);
  const { t } = at.words;
  await at.page.goto(`${stage.desk.url}/incidents/${number}`);
  const next = at.page.getByRole("region", { name: t("next.title") });
  await send(at, next, t("command.request-reopen.do"), "request-reopen", async (form) => {
    await field(form, t("form.reason")).fill(why);
  });
  await next.getByText(why).waitFor();
  await at.page.setViewportSize(phone);
  assert.deepEqual(await violations(at.page), []);
  await at.leave();
  const judge = await signedIn(stage, lead);
  await judge.page.goto(`${stage.desk.url}/my-work`);
  await judge.page.getByText(why).first().waitFor();
  await judge.page.goto(`${stage.desk.url}/incidents/${number}`);
  const over = judge.page.getByRole("region", { name: t("next.title") });
  await over.getByText(why).waitFor();
  await send(judge, over, t("command.decline-reopen.do"), "decline-reopen", async (form) => {
    await field(form, t("form.reason")).fill(title);
  });
  await over.getByRole("button", { name: t("command.decline-reopen.do") }).waitFor({ state: "detached" });
  assert.deepEqual(await violations(judge.page), []);
  assertNoFaults(at, judge);
  await judge.leave();
}

async function beyond(stage: Stage, language: Language, lead: Someone): Promise<void> {
  const { title, want } = told[language];
  const { number, id } = await (await stage.desk.apiOf(lead))("POST", "/api/v1/incidents", { title, language });
  const at = await signedIn(stage, lead);
  const { page, words } = at;
  const { t } = words;
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const diagnosis = page.getByRole("region", { name: t("diagnosis.title") });
  const cost = { fr: "Une dépense à faire approuver", en: "Money that somebody must approve" }[language];
  const why = { fr: "coûte plus", en: "costs more" }[language];
  await send(at, diagnosis, t("diagnosis.choose"), "select-solution", async (form) => {
    await field(form, t("form.select-solution.text")).fill(want);
    await form.getByRole("radio", { name: cost }).check();
  });
  const finding = { fr: "Pourquoi: le joint cède", en: "Why: the seal gives way" }[language];
  const log = { fr: "un système", en: "a system" }[language];
  await send(at, diagnosis, t("diagnosis.open"), "open-hypothesis", (form) =>
    field(form, t("form.open-hypothesis.text")).fill(want),
  );
  await send(at, diagnosis, t("diagnosis.add-evidence"), "add-evidence", async (form) => {
    await field(form, t("form.add-evidence.text")).fill(finding);
    await form.getByRole("radio", { name: begins(log) }).check();
    assert.deepEqual(await violations(page), []);
  });
  await diagnosis.getByRole("listitem").filter({ hasText: finding }).getByText(log).first().waitFor();
  const detected = { fr: "un service est interrompu ou dégradé", en: "a service is interrupted or degraded" }[language];
  await page.getByText(detected, { exact: true }).waitFor();
  const clocks = page.getByRole("region", { name: t("clocks.title") });
  await clocks.getByText(why).waitFor();
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  await send(at, clocks, t("command.set-aside-escalation.do"), "set-aside-escalation", (form) =>
    field(form, t("form.reason")).fill(title),
  );
  await clocks.getByText(title).waitFor();
  assert.equal(await clocks.getByRole("button", { name: t("command.escalate.do") }).count(), 0);
  assert.deepEqual(await violations(page), []);
  /* Another that costs as much newly asks for it. */
  const act = await stage.desk.apiOf(lead);
  await act("POST", `/api/v1/incidents/${id}/select-solution`, { text: want, exceeds: "cost" });
  await clocks.getByRole("button", { name: t("command.escalate.do"), exact: true }).waitFor();
  await send(at, clocks, t("command.escalate.do"), "escalate", async (form) => {
    await form.getByRole("combobox", { name: begins(t("form.to")) }).selectOption({ label: lead.name });
  });
  await clocks.getByText(why).waitFor({ state: "detached" });
  await page
    .getByRole("region", { name: t("escalations.title") })
    .getByText(why)
    .waitFor();
  assertNoFaults(at);
  await at.leave();
}

async function joined(stage: Stage, language: Language, lead: Someone, third: Someone): Promise<void> {
  const { title, why } = told[language];
  const targets = [lead, third].map(({ id }) => ({ kind: "person", id }));
  const steps = [{ targets, timeoutMinutes: 30, acknowledgements: 2 }];
  const policy = (await stage.desk.api("POST", "/api/v1/escalation-policies", { name: title, steps })).id;
  const keeping = { nameFr: title, nameEn: title, policy };
  const service = (await stage.desk.api("POST", "/api/v1/services", keeping)).id;
  const key = await stage.desk.integration("pagerduty", { name: `PagerDuty ${language}`, service });
  await stage.desk.knock("/v2/enqueue", pagerDutyEvent(key, language, title));
  const found = await stage.desk.api("GET", "/api/v1/incidents?limit=1");
  const { number, id } = found.data[0];
  for (const one of [lead, third]) await (await stage.desk.apiOf(one))("POST", `/api/v1/incidents/${id}/accept`, {});
  const at = await signedIn(stage, third);
  const { page, words } = at;
  await page.setViewportSize(phone);
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const roles = page.getByRole("region", { name: words.t("roles.title") });
  const leave = { fr: "Quitter", en: "Leave" }[language];
  await send(at, roles, leave, "leave", (form) => field(form, words.t("form.reason")).fill(why));
  await roles.getByText(third.name).waitFor({ state: "detached" });
  await page
    .getByRole("region", { name: words.t("timeline.title") })
    .getByText(why)
    .first()
    .waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(at);
  await at.leave();
}
