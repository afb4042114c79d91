/** A payroll outage at night, in a browser: level 3 declares it major above their level, with why; the next day the owner of the
 *  service, who has no level, says from a phone whether it works, level 5 says whether that was right, whoever led it closes it,
 *  and somebody else of level 5 returns the closure, then accepts it. */
import assert from "node:assert/strict";
import { send } from "./acting.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone, TestDesk } from "./desk.ts";
import { begins, type Language, languages } from "./words.ts";

const told = {
  fr: {
    title: "La paie ne part pas",
    alone: "Personne de niveau 4 ne répond depuis 2 h 50",
    why: "11 400 payes en attente",
    verdict: "Il fallait agir sans attendre",
    empty: "Les bulletins sont vides",
    missing: "La cause de fond n’est pas écrite",
  },
  en: {
    title: "Pay does not go out",
    alone: "Nobody of level 4 answers since 02:50",
    why: "11,400 payments are waiting",
    verdict: "Waiting would have cost more",
    empty: "The pay slips are empty",
    missing: "The deeper cause is not written down",
  },
} as const;

onStage("a payroll outage at night, and the next day", async (stage) => {
  for (const language of languages) {
    const names = {
      fr: ["Noé Roy", "Élise Tremblay", "Jeanne Bouchard", "Mia Cyr"],
      en: ["Ada Moss", "Sam Carter", "Rosa Diaz", "Kim Wells"],
    };
    const [night = "", day = "", judge = "", keeper = ""] = names[language];
    const cast = {
      night: await stage.desk.person(night, language, { level: 3 }),
      day: await stage.desk.person(day, language, { level: 4 }),
      judge: await stage.desk.person(judge, language, { level: 5 }),
      keeper: await stage.desk.person(keeper, language, { level: null }),
    };
    await stage.t.test(language, () => nightAndDay(stage, language, cast));
  }
});

type Cast = Readonly<Record<"night" | "day" | "judge" | "keeper", Someone>>;

async function nightAndDay(stage: Stage, language: Language, { night, day, judge, keeper }: Cast): Promise<void> {
  const said = told[language];
  const paid = { nameFr: `Paie ${language}`, nameEn: `Payroll ${language}`, owner: keeper.id };
  const service = (await stage.desk.api("POST", "/api/v1/services", paid)).id;
  const made = { title: said.title, language, service, impact: 1, urgency: 1 };
  const { number } = await (await stage.desk.apiOf(night))("POST", "/api/v1/incidents", made);
  const at = await signedIn(stage, night);
  const { t } = at.words;
  await at.page.goto(`${stage.desk.url}/incidents/${number}`);
  await aboveOneself(at, said);
  await at.page.getByRole("region", { name: t("major.declared", { by: night.name }) }).waitFor();
  await closedBy(stage.desk, day, number, () => saysWhetherItWorks(stage, keeper, number, said.empty));

  const after = await signedIn(stage, judge);
  const { page } = after;
  const query = language === "fr" ? "est:à-vérifier" : "is:to-check";
  await page.goto(`${stage.desk.url}/search?q=${encodeURIComponent(query)}`);
  await page.getByRole("link", { name: begins(said.title) }).click();
  const derogations = page.getByRole("region", { name: t("derogations.title") });
  await derogations.getByText(said.alone).waitFor();
  assert.deepEqual(await violations(page), []);
  await send(after, derogations, t("derogations.review"), "review-derogation", async (form) => {
    await form.getByRole("radio", { name: t("form.verdict.justified"), exact: true }).check();
    await field(form, t("form.review-derogation.text")).fill(said.verdict);
  });
  await derogations.getByText(said.verdict).waitFor();
  const strip = page.getByRole("region", { name: t("next.title") });
  await strip.getByText(t("next.check.due")).waitFor();
  await send(after, strip, t("command.return-closure.do"), "return-closure", (form) =>
    field(form, t("form.return-closure.reason")).fill(said.missing),
  );
  await page
    .getByRole("region", { name: t("returned.title") })
    .getByText(said.missing)
    .waitFor();
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  const api = await stage.desk.apiOf(day);
  await api("POST", `/api/v1/incidents/${number}/complete-documentation`, documentation(language));
  await api("POST", `/api/v1/incidents/${number}/close`, {});
  await strip.getByText(t("next.check.due")).waitFor();
  await send(after, strip, t("command.accept-closure.do"), "accept-closure", async () => {});
  await strip.getByText(t("next.check.accepted")).waitFor();
  const record = page.getByRole("region", { name: t("timeline.title") });
  await record.getByText(t("event.closure.returned.kind"), { exact: true }).waitFor();
  assertNoFaults(at, after);
  await at.leave();
  await after.leave();
}

/** Out of the list of acts, where the one that asks more than one's level says how it is done in an emergency. */
async function aboveOneself({ page, words: { t } }: Visitor, said: { alone: string; why: string }): Promise<void> {
  await page
    .getByRole("button", { name: begins(t("acts.open")) })
    .filter({ visible: true })
    .click();
  const acts = page.getByRole("dialog", { name: t("acts.title") });
  const act = acts
    .getByRole("listitem")
    .filter({ has: page.getByRole("button", { name: t("command.declare-major.do") }) });
  await act.getByRole("button", { name: t("acts.derogate") }).click();
  const form = page.getByRole("dialog", { name: t("command.declare-major.title") });
  await field(form, t("form.reason")).first().fill(said.why);
  await field(form, t("form.derogation")).fill(said.alone);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}

const documentation = (language: Language) => ({ language, summary: "Lot / batch", impact: "11 400" });

/** On a phone, first that it does not, then that it does. */
async function saysWhetherItWorks(stage: Stage, keeper: Someone, number: string, empty: string): Promise<void> {
  const at = await signedIn(stage, keeper);
  const { page, words } = at;
  const { t } = words;
  await page.setViewportSize(phone);
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const section = page.getByRole("region", { name: t("restoration.title") });
  await section.getByText(t("restoration.wanted", { by: "owner-or-users" })).waitFor();
  const say = (answer: "yes" | "no", text?: string) =>
    send(at, section, t("command.confirm-restored.do"), "confirm-restored", async (form) => {
      await form.getByRole("radio", { name: t(`form.working.${answer}`), exact: true }).check();
      if (text) await field(form, t("form.confirm-restored.text")).fill(text);
    });
  await say("no", empty);
  await section.getByText(empty).waitFor();
  assert.deepEqual(await violations(page), []);
  await say("yes");
  await section.getByText(t("restoration.yes"), { exact: true }).waitFor();
  await section.getByText(t("restoration.wanted", { by: "owner-or-users" })).waitFor({ state: "detached" });
  assertNoFaults(at);
  await at.leave();
}

type Word = () => Promise<void>;

async function closedBy(desk: TestDesk, person: Someone, number: string, ownerSays: Word): Promise<void> {
  const api = await desk.apiOf(person);
  const act = (command: string, body: object) => api("POST", `/api/v1/incidents/${number}/${command}`, body);
  const settled = { notNeeded: true, reason: "-" };
  await act("accept", {});
  await act("confirm-priority", { impact: 1, urgency: 1 });
  for (const question of ["who-is-hit", "since-when", "workaround-known"]) await act("gather", { question });
  await act("declare-restored", {});
  await act("declare-resolved", { solution: "Lot / batch", causeUnknown: true });
  for (const item of ["backlog", "switch-back-on", "relieve-staff", "follow-up-customers"])
    await act("complete-recovery-item", { item, ...settled });
  await ownerSays();
  await act("confirm-recovery", { text: "-" });
  for (const criterion of ["owner-informed", "management-informed", "review-planned"])
    await act("confirm-criterion", { criterion, ...settled });
  await act("complete-documentation", documentation(person.language));
  await act("close", {});
}
