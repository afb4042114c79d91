/** The security of an incident in the browser, mostly by keyboard: observables pasted, a thing handed from one person to another, a
 *  legal hold, a disclosure that somebody else approves, a threat declared contained that proves false; on a phone too. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { createMessages } from "../../languages/messages.ts";
import { security } from "../../languages/security.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { languages } from "./words.ts";

const told = {
  fr: { title: "Boîte lue par un tiers", other: "Courriel douteux", cut: "Sessions coupées", thing: "Disque RH-117" },
  en: { title: "Mailbox read by a stranger", other: "Odd message", cut: "Sessions cut", thing: "Disk HR-117" },
} as const;

onStage("the security of an incident", async (stage) => {
  for (const language of languages) {
    const names = { fr: ["Élise Tremblay", "Noé Roy"], en: ["Sam Carter", "Ada Moss"] }[language];
    const lead = await stage.desk.person(names[0] ?? "", language, { level: 4 });
    const five = await stage.desk.person(names[1] ?? "", language, { level: 5 });
    await stage.t.test(language, () => secured(stage, lead, five));
  }
});

type Say = ReturnType<typeof sayIn>;
const sayIn = ({ language }: Someone) => createMessages(language, security).t;
const part = ({ page }: Visitor, name: string) => page.getByRole("region", { name });

/** Opens a form by a key or a button, fills it and sends it. */
async function send({ page }: Visitor, open: string | Locator, fill: (form: Locator) => Promise<void>): Promise<void> {
  if (typeof open === "string") await page.keyboard.press(open);
  else await open.click();
  const form = page.getByRole("dialog");
  await form.waitFor();
  await fill(form);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}

async function secured(stage: Stage, lead: Someone, five: Someone): Promise<void> {
  const { desk } = stage;
  const say = sayIn(lead);
  const { title, other, cut, thing } = told[lead.language];
  const api = await desk.apiOf(lead);
  const made = async (name: string): Promise<string> =>
    (await api("POST", "/api/v1/incidents", { title: name, language: lead.language })).number;
  const [number, elsewhere] = [await made(title), await made(other)];
  const domain = `${lead.language}.bad.example`;
  await api("POST", `/api/v1/incidents/${elsewhere}/security/add-observables`, { values: [domain] });
  const visitor = await signedIn(stage, lead);
  const { page } = visitor;
  await page.goto(`${desk.url}/incidents/${number}/security`);
  await page.getByText(say("observables.none.text")).waitFor();
  assert.deepEqual(await violations(page), []);
  await observed(visitor, say, { domain, elsewhere });
  await threatened(visitor, say, cut);
  await kept(visitor, say, { thing, to: five.name });
  await send(visitor, "d", async (form) => {
    await field(form, say("field.recipient")).fill("Police");
    await field(form, say("field.purpose")).fill("12");
    await form
      .getByRole("checkbox", { name: new RegExp(thing) })
      .first()
      .check();
    assert.equal(await form.getByText("direction.rh").count(), 0, "what is red is not offered");
  });
  await part(visitor, say("disclosures")).getByText(say("disclosure.prepared")).waitFor();
  assert.equal(await page.getByRole("button", { name: say("act.approve-disclosure"), exact: true }).count(), 0);
  await approved(stage, five, { number, thing });
  await page.getByRole("button", { name: say("disclosure.manifest") }).waitFor();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: say("disclosure.manifest") }).click();
  assert.equal((await saved).suggestedFilename(), `${number}-1.json`);
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  assert.ok((await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")) <= 0);
  await page.goto(`${desk.url}/incidents/${number}`);
  await part(visitor, say("title")).getByText(say("threat.contained"), { exact: false }).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

type Seen = { readonly domain: string; readonly elsewhere: string };

async function observed(visitor: Visitor, say: Say, { domain, elsewhere }: Seen): Promise<void> {
  const { page } = visitor;
  const here = part(visitor, say("observables"));
  await send(visitor, "o", async (form) => {
    await field(form, say("field.values")).fill(`hxxps://${domain.replaceAll(".", "[.]")}/a\n${domain}`);
    await form.getByText(say("kind.url"), { exact: false }).first().waitFor();
    assert.deepEqual(await violations(page), []);
  });
  const line = here
    .getByRole("listitem")
    .filter({ has: page.getByText(domain.replaceAll(".", "[.]"), { exact: true }) });
  await line.getByRole("link", { name: new RegExp(elsewhere) }).waitFor();
  await send(visitor, line.getByRole("button", { name: new RegExp(`^${say("observable.change")}`) }), async (form) => {
    await form.getByRole("radio", { name: say("status.confirmed") }).check();
  });
  await line.getByText(say("status.confirmed"), { exact: true }).waitFor();
  await send(visitor, "o", async (form) => {
    await field(form, say("field.values")).fill("direction.rh");
    await form.getByLabel(say("field.kind")).selectOption("account");
    await form.getByLabel(say("field.tlp")).selectOption("red");
  });
  await here.getByText(say("left-out", { count: 1 })).waitFor();
  await here.getByRole("button", { name: new RegExp(`^${say("status.confirmed")}`) }).click();
  assert.equal(await here.getByText("direction.rh").count(), 0, "only those that are confirmed");
  await here.getByRole("button", { name: new RegExp(`^${say("observables.all")}`) }).click();
}

async function threatened(visitor: Visitor, say: Say, cut: string): Promise<void> {
  const { page } = visitor;
  const here = part(visitor, say("threat"));
  const declare = () => here.getByRole("button", { name: say("act.declare-contained") });
  const write = async (form: Locator) => field(form, say("field.done")).fill(cut);
  await send(visitor, declare(), write);
  await here.getByText(cut).waitFor();
  await send(visitor, here.getByRole("button", { name: say("act.withdraw-contained") }), async (form) =>
    field(form, say("field.reason.false")).fill("22:41"),
  );
  await here.getByText(say("threat.reopened", { count: 1 })).waitFor();
  await send(visitor, declare(), write);
  await here.getByText(say("threat.held"), { exact: false }).waitFor();
  assert.deepEqual(await violations(page), []);
}

type Kept = { readonly thing: string; readonly to: string };

async function kept(visitor: Visitor, say: Say, { thing, to }: Kept): Promise<void> {
  const { page } = visitor;
  await send(visitor, "e", async (form) => {
    await form.getByRole("radio", { name: say("field.what.thing") }).check();
    await field(form, say("field.description")).fill(thing);
    await field(form, say("field.place")).fill("S-2");
    assert.deepEqual(await violations(page), []);
  });
  const here = part(visitor, say("evidence"));
  await here.getByRole("heading", { name: new RegExp(thing) }).waitFor();
  await send(
    visitor,
    here.getByRole("button", { name: new RegExp(`^${say("act.hand-over-evidence")}`) }),
    async (form) => {
      await form.getByLabel(say("field.to")).selectOption({ label: to });
      await field(form, say("field.why")).fill("x");
    },
  );
  await here.getByText(say("evidence.waiting", { name: to })).waitFor();
}

async function approved(
  stage: Stage,
  five: Someone,
  { number, thing }: { number: string; thing: string },
): Promise<void> {
  const say = sayIn(five);
  const visitor = await signedIn(stage, five);
  const { page } = visitor;
  await page.goto(`${stage.desk.url}/incidents/${number}/security`);
  const here = part(visitor, say("evidence"));
  await send(
    visitor,
    here.getByRole("button", { name: new RegExp(`^${say("act.receive-evidence")}`) }),
    async () => {},
  );
  await here.getByText(say("evidence.with", { name: five.name })).waitFor();
  await send(visitor, here.getByRole("button", { name: new RegExp(`^${say("act.hold-evidence")}`) }), async (form) =>
    field(form, say("field.reason")).fill("x"),
  );
  await here
    .getByRole("heading", { name: new RegExp(thing) })
    .getByText(say("evidence.held"))
    .waitFor();
  await page.getByRole("button", { name: say("act.approve-disclosure"), exact: true }).click();
  await part(visitor, say("disclosures")).getByText(say("disclosure.approved"), { exact: true }).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}
