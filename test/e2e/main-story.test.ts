/** The main story by hand, on a desk and in a hand: somebody records an incident, somebody else is called and takes it from a
 *  mail, and it is brought to its end by buttons and forms. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import type { IncidentCommandName } from "../../core/directory/responsibility.ts";
import { type ExportedRecord, verifyRecord } from "../../core/kernel/record.ts";
import {
  assertNoFaults,
  desktop,
  field,
  onStage,
  phone,
  type Stage,
  signedIn,
  type Visitor,
  visit,
} from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, type Language, languages, type Words } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const witnesses = { fr: "Noé Roy", en: "Kim Lee" } as const;
/** Where, and which machine it happens to: its name is what the service is recognised by. */
const places = {
  "on a desk": { options: { viewport: desktop }, machine: "db1" },
  "in a hand": { options: { viewport: phone, hasTouch: true, isMobile: true }, machine: "db3" },
} as const;
type Place = keyof typeof places;
const stories = {
  fr: {
    title: "Disque presque plein sur",
    observation: "Le volume des journaux grossit de 2 Go à l’heure.",
    restored: "Journaux déplacés sur le second volume.",
    solution: "La rotation est réparée.",
    cause: "Une rotation qui ne partait jamais.",
    recovery: "Tout tourne comme avant.",
    confirmedBy: "La commis à la facturation, à son poste",
    summary: "Un disque était plein.",
    impact: "La facturation est restée arrêtée 20 minutes.",
  },
  en: {
    title: "Disk almost full on",
    observation: "The log volume grows by 2 GB an hour.",
    restored: "Logs moved to the second volume.",
    solution: "The rotation is repaired.",
    cause: "A rotation that never ran.",
    recovery: "Everything runs as before.",
    confirmedBy: "The billing clerk, at her desk",
    summary: "A disk was full.",
    impact: "Billing stood still for 20 minutes.",
  },
} as const;

onStage("the main story by hand", async (stage) => {
  for (const language of languages) {
    const person = await stage.desk.person(people[language], language);
    const witness = await stage.desk.person(witnesses[language], language);
    for (const place of Object.keys(places) as Place[])
      await stage.t.test(`${language}, ${place}`, () => tell(stage, place, person, witness));
  }
});

async function tell(stage: Stage, place: Place, person: Someone, witness: Someone): Promise<void> {
  const { desk } = stage;
  const { options, machine } = places[place];
  const name = `${machine}-${person.language}`;
  const story = { ...stories[person.language], title: `${stories[person.language].title} ${name}` };
  const team = await desk.api("POST", "/api/v1/teams", { name: `Exploitation ${name}`, members: [person.id] });
  const service = await desk.serviceOf([person], `Facturation ${name}`, `Billing ${name}`);
  await desk.api("PATCH", `/api/v1/services/${service}`, { team: team.id, aliases: { fr: [name], en: [name] } });

  const visitor = await signedIn(stage, person, options);
  const { page, words } = visitor;
  await page.getByRole("heading", { name: words.t("empty.title") }).waitFor();
  await recordByHand(stage, witness, options, story.title);
  const row = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: story.title, exact: true }) });
  await row.first().waitFor();

  await takeCharge(stage, person, story.title);

  /* Taken elsewhere, it asks here for nobody any more. */
  await row
    .getByRole("button", { name: begins(words.t("command.accept.do")) })
    .first()
    .waitFor({ state: "detached" });
  await row.getByRole("link", { name: story.title, exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: story.title }).waitFor();
  await cannotCloseYet(visitor);
  await bringToItsEnd(visitor, story);
  await recordShows(page, words, story);

  const number = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  const answer = await page.request.get(`${desk.url}/api/v1/incidents/${number}/export`);
  assert.equal(answer.status(), 200);
  const record = (await answer.json()) as ExportedRecord;
  assert.equal(verifyRecord(record).whole, true);
  const kept = JSON.stringify(record.entries.map((entry) => entry.data));
  for (const text of Object.values(story)) assert.ok(kept.includes(text), `the export keeps “${text}”`);

  await page
    .getByRole("link", { name: begins(words.t("shell.incidents")) })
    .filter({ visible: true })
    .first()
    .click();
  await page.getByRole("heading", { name: words.t("empty.title") }).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

/** By buttons; what is proposed is taken with it, and so calls. */
async function recordByHand(stage: Stage, witness: Someone, options: object, title: string): Promise<void> {
  const visitor = await signedIn(stage, witness, options);
  const { page } = visitor;
  const { t } = visitor.words;
  await page
    .getByRole("link", { name: begins(t("shell.record")) })
    .filter({ visible: true })
    .first()
    .click();
  const panel = page.getByRole("dialog", { name: t("record.title") });
  await field(panel, t("record.what")).fill(title);
  const call = t("record.send-and-call", { name: "" }).trim();
  await panel.getByRole("button", { name: begins(call) }).click();
  await panel.waitFor({ state: "detached" });
  assertNoFaults(visitor);
  await visitor.leave();
}

/** On a phone, half asleep, without a session. */
async function takeCharge({ browser, desk }: Stage, person: Someone, title: string): Promise<void> {
  const { url, letter } = await desk.ackLink(person.email, title);
  assert.match(letter.subject, new RegExp(title));
  const night = await visit(browser, person.language, { viewport: phone, hasTouch: true, isMobile: true });
  const { page, words } = night;
  await page.goto(url);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.getByRole("button", { name: words.t("ack.take"), exact: true }).tap();
  await page.getByRole("status").getByText(words.t("ack.mine.stopped")).waitFor();
  assert.deepEqual(await page.context().cookies(), [], "no session is created");
  assertNoFaults(night);
  await night.leave();
}

async function cannotCloseYet({ page, words: { t } }: Visitor): Promise<void> {
  await page.getByRole("button", { name: begins(t("acts.open")) }).click();
  const acts = page.getByRole("dialog", { name: t("acts.title") });
  const close = acts.getByRole("button", { name: t("command.close.do"), exact: true });
  assert.equal(await close.getAttribute("aria-disabled"), "true");
  const described = await close.getAttribute("aria-describedby");
  const why = await page.evaluate<string>(`document.getElementById(${JSON.stringify(described)}).textContent`);
  for (const name of ["categorised", "prioritised", "restored", "resolved", "recovered", "documented"] as const) {
    assert.ok(why.includes(t(`milestone.missing.${name}`)), `“${why}” names ${name}`);
  }
  await close.click({ force: true });
  assert.equal(
    await page.getByRole("dialog", { name: t("command.close.title") }).count(),
    0,
    "pressing it does nothing",
  );
  await acts.getByRole("button", { name: t("ui.close"), exact: true }).click();
  await acts.waitFor({ state: "detached" });
}

type Story = Readonly<Record<keyof (typeof stories)[Language], string>>;

async function bringToItsEnd({ page, words: { t } }: Visitor, story: Story): Promise<void> {
  await field(page, t("command.add-observation.do")).fill(story.observation);
  await page.getByRole("button", { name: begins(t("composer.send")) }).click();
  await timeline(page, t("timeline.title")).getByText(story.observation).waitFor();

  const next = page.getByRole("region", { name: t("next.title") });
  const act = async (command: IncidentCommandName, fill: (form: Locator) => Promise<unknown>): Promise<void> => {
    const start = next.getByRole("button", { name: t(`command.${command}.do`) });
    if ((await start.count()) > 0) await start.click();
    else {
      await page.getByRole("button", { name: begins(t("acts.open")) }).click();
      const acts = page.getByRole("dialog", { name: t("acts.title") });
      await acts.getByRole("button", { name: t(`command.${command}.do`), exact: true }).click();
    }
    const form = page.getByRole("dialog", { name: t(`command.${command}.title`) });
    await fill(form);
    await form.getByRole("button", { name: begins(t(`command.${command}.do`)) }).click();
    await form.waitFor({ state: "detached" });
  };
  await act("categorise", (form) => form.getByRole("checkbox", { name: t("category.security") }).check());
  await act("confirm-priority", async (form) => {
    await form.getByRole("combobox", { name: t("form.impact") }).selectOption("2");
    await form.getByRole("combobox", { name: t("form.urgency") }).selectOption("2");
  });
  await act("declare-restored", (form) => field(form, t("form.declare-restored.text")).fill(story.restored));
  await act("declare-resolved", async (form) => {
    await field(form, t("form.solution")).fill(story.solution);
    await field(form, t("form.cause")).fill(story.cause);
  });
  for (const item of ["renew-secrets", "restore-access", "watch-closely"])
    await act("complete-recovery-item", (form) =>
      form.getByRole("combobox", { name: t("form.item") }).selectOption(item),
    );
  await act("confirm-recovery", async (form) => {
    await field(form, t("form.confirm-recovery.text")).fill(story.recovery);
    await field(form, t("form.confirmedBy")).fill(story.confirmedBy);
  });
  await act("complete-documentation", async (form) => {
    await field(form, t("form.summary")).fill(story.summary);
    await field(form, t("form.complete-documentation.impact")).fill(story.impact);
  });
  for (const criterion of ["contained", "eradicated", "evidence-listed", "obligations-settled"])
    await act("confirm-criterion", (form) =>
      form.getByRole("combobox", { name: t("form.criterion") }).selectOption(criterion),
    );
  await act("close", (form) => form.getByText(t("form.close.ready")).waitFor());
  await next.getByText(t("next.check.due")).waitFor();
}

const timeline = (page: Page, title: string): Locator => page.getByRole("region", { name: title });

const acts = [
  "assignment.accepted",
  "observation.noted",
  "incident.categorised",
  "priority.confirmed",
  "service.restored",
  "incident.resolved",
  "recovery.item-completed",
  "recovery.confirmed",
  "documentation.completed",
  "criterion.confirmed",
  "incident.closed",
] as const;

async function recordShows(page: Page, { t }: Words, story: Story): Promise<void> {
  const entries = timeline(page, t("timeline.title")).getByRole("listitem");
  await entries
    .filter({ hasText: t("event.incident.closed.kind") })
    .first()
    .waitFor();
  const told = (await entries.allInnerTexts()).join("\n").toLowerCase();
  for (const type of acts) assert.ok(told.includes(t(`event.${type}.kind`).toLowerCase()), `the record tells ${type}`);
  for (const text of [story.observation, story.restored, story.solution, story.recovery, story.summary]) {
    assert.ok(told.includes(text.toLowerCase()), `the record says “${text}”`);
  }
}
