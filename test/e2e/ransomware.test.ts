/** Ransomware in a browser: restricted from its first entry, evidence in hand, three laws each with its limit, contained and eradicated,
 *  in the registers of those whom it admits; for anybody else it is not there. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { createMessages } from "../../languages/messages.ts";
import { security } from "../../languages/security.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { languages, obligationWords } from "./words.ts";

const told = {
  fr: { title: "Fichiers chiffrés à la comptabilité", thing: "Poste CPT-117", place: "Coffre 2", cut: "Réseau coupé" },
  en: { title: "Files are encrypted in accounting", thing: "Computer ACC-117", place: "Safe 2", cut: "Network cut" },
} as const;
const laws = ["gdpr33", "qc-l25", "dora"] as const;

onStage("ransomware", async (stage) => {
  for (const law of laws)
    await stage.desk.api("POST", "/api/v1/obligations/laws", { law, place: "FR", zone: "Europe/Paris" });
  for (const language of languages) {
    const [lead = "", other = ""] = { fr: ["Élise Tremblay", "Noé Roy"], en: ["Sam Carter", "Ada Moss"] }[language];
    const cast = {
      lead: await stage.desk.person(lead, language, { level: 4 }),
      outsider: await stage.desk.person(other, language, { level: 5 }),
    };
    await stage.t.test(language, () => fromRansomToRegister(stage, cast));
  }
});

type Cast = { readonly lead: Someone; readonly outsider: Someone };

async function fromRansomToRegister(stage: Stage, { lead, outsider }: Cast): Promise<void> {
  const { desk } = stage;
  const said = told[lead.language];
  const api = await desk.apiOf(lead);
  const made = { title: said.title, language: lead.language, categories: ["security"], impact: 1, urgency: 1 };
  const { number } = await api("POST", "/api/v1/incidents", made);
  const visitor = await signedIn(stage, lead);
  const { page } = visitor;
  await page.goto(`${desk.url}/incidents/${number}/security`);
  await keptAndContained(visitor, lead, said);
  await assessed(api, number);
  await page.goto(`${desk.url}/incidents/${number}/obligations`);
  for (const law of [/^DORA/, /^(RGPD|GDPR)/, /^Québec/])
    await page.getByRole("region", { name: law }).getByText(said.cut).first().waitFor();
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  await page.goto(`${desk.url}/registers`);
  await page.getByRole("link", { name: number }).first().waitFor();
  await notThere(stage, outsider, { number, title: said.title });
  assertNoFaults(visitor);
  await visitor.leave();
}

async function keptAndContained(
  { page }: Visitor,
  { language }: Someone,
  said: { thing: string; place: string; cut: string },
): Promise<void> {
  const say = createMessages(language, security).t;
  const send = async (open: Locator | string, fill: (form: Locator) => Promise<void>): Promise<void> => {
    await (typeof open === "string" ? page.keyboard.press(open) : open.click());
    const form = page.getByRole("dialog");
    await form.waitFor();
    await fill(form);
    await page.keyboard.press("Control+Enter");
    await form.waitFor({ state: "detached" });
  };
  await page.getByText(say("observables.none.text")).waitFor();
  await send("e", async (form) => {
    await form.getByRole("radio", { name: say("field.what.thing") }).check();
    await field(form, say("field.description")).fill(said.thing);
    await field(form, say("field.place")).fill(said.place);
  });
  await page.getByText(said.thing).first().waitFor();
  const threat = page.getByRole("region", { name: say("threat") });
  for (const act of ["act.declare-contained", "act.declare-eradicated"] as const)
    await send(threat.getByRole("button", { name: say(act) }), (form) => field(form, say("field.done")).fill(said.cut));
  await threat.getByText(say("threat.eradicated"), { exact: false }).first().waitFor();
}

async function assessed(api: (method: string, path: string, body?: object) => Promise<unknown>, number: string) {
  const at = new Date().toISOString();
  const facts = { gdpr33: "aware", "qc-l25": "reasons-to-believe", dora: "classified" } as const;
  const said = Object.values(told).map(({ cut }) => cut);
  for (const law of laws) {
    await api("POST", `/api/v1/incidents/${number}/assess-obligation`, {
      law,
      outcome: "owed",
      text: said.join(" / "),
    });
    await api("POST", `/api/v1/incidents/${number}/date-obligation`, { law, fact: facts[law], at });
  }
}

/** Level 5, and not admitted: neither the page, nor the search, nor a register. */
async function notThere(stage: Stage, outsider: Someone, { number, title }: { number: string; title: string }) {
  const visitor = await signedIn(stage, outsider);
  const { page, words } = visitor;
  for (const path of ["", "/security", "/obligations"]) {
    await page.goto(`${stage.desk.url}/incidents/${number}${path}`);
    await page.getByRole("heading", { name: words.t("missing.title") }).waitFor();
    assert.equal(await page.getByText(title).count(), 0);
  }
  await page.goto(`${stage.desk.url}/registers`);
  await page.getByRole("heading", { level: 1, name: obligationWords[outsider.language]("registers.title") }).waitFor();
  assert.equal(await page.getByRole("link", { name: number }).count(), 0);
  await visitor.leave();
}
