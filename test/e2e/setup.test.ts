/** From an empty desk to one that reaches somebody, by its first administrator: every step in the browser, every proof by a
 *  real mail and a real alert. Left in the middle and come back to; the command line says the same. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signIn, type Visitor, visit } from "./browser.ts";
import { until } from "./until.ts";
import { setupWords } from "./words.ts";

const t = setupWords.fr;

onStage("the first administrator sets the desk up", async (stage) => {
  const { desk, browser } = stage;
  const visitor = await visit(browser, "fr");
  const { page } = visitor;
  await stage.t.test("is brought to the set-up by an empty desk", async () => {
    await page.goto(`${desk.url}/sign-in`);
    await page.getByLabel(visitor.words.t("signin.email")).fill(desk.admin.email);
    await page.getByLabel(visitor.words.t("signin.password")).fill(desk.admin.password);
    await page.getByRole("button", { name: visitor.words.t("signin.enter") }).click();
    /* The desk speaks the language of its machine until somebody says better. */
    await page.getByRole("heading", { level: 1, name: setupWords.en("setup.title") }).waitFor();
    await page.getByRole("button", { name: "FR, Français" }).click();
    await page.getByRole("heading", { level: 1, name: t("setup.title") }).waitFor();
    await page.getByRole("heading", { name: t("setup.truth") }).waitFor();
    assert.deepEqual(await violations(page), []);
  });
  await stage.t.test("an address that only this machine opens is said to be so, and put off", async () => {
    await page.getByRole("heading", { level: 2, name: t("address.title") }).waitFor();
    await page.getByText(t("address.only-here")).waitFor();
    await page.getByRole("button", { name: t("setup.skip") }).click();
    await page.getByRole("heading", { level: 2, name: t("mail.title") }).waitFor();
  });
  await stage.t.test("mail is proved by its code", () => proveMail(stage, visitor));
  await stage.t.test("language, zone, service, and who is on call", () => makeDirectory(visitor));
  await stage.t.test("left and come back to, on a phone, nothing is asked twice", () => comeBack(stage));
  await stage.t.test("an alert is seen end to end", () => seeAlert(stage, visitor));
  await stage.t.test("all that can be proved here is, and the command line says the same", async () => {
    const { checks } = await desk.api("GET", "/api/v1/doctor");
    const left = (checks as { id: string; state: string }[]).filter((one) => one.state !== "ok").map((one) => one.id);
    assert.deepEqual(left.toSorted(), ["address", "backup", "outgoing-heartbeat", "wakes"]);
  });
  /* The browser says itself that a wrong code was refused. */
  const refused = visitor.faults.filter((one) => one.includes("422"));
  assert.equal(refused.length, 1);
  assertNoFaults({ ...visitor, faults: visitor.faults.filter((one) => !refused.includes(one)) });
  await visitor.leave();
});

async function proveMail({ desk }: Stage, { page }: Visitor): Promise<void> {
  await page.getByRole("button", { name: t("mail.send"), exact: true }).click();
  const letter = await until(
    "the trial mail",
    async () => desk.post.letters.find((one) => /\/proof\//.test(one.text)) ?? false,
  );
  assert.equal(letter.to, desk.admin.email);
  const code = /\b([A-Z2-9]{3}) ([A-Z2-9]{3})\b/.exec(letter.text)?.slice(1).join(" ") ?? "";
  await field(page, t("mail.code")).fill("AAA 222");
  await page.getByRole("button", { name: t("mail.prove") }).click();
  const typed = field(page, t("mail.code"));
  await page.locator('[aria-invalid="true"]').waitFor();
  await typed.fill(code.toLowerCase());
  await page.getByRole("button", { name: t("mail.prove") }).click();
  await page.getByText(/La preuve est gardée/).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: t("setup.next") }).click();
}

async function makeDirectory({ page }: Visitor): Promise<void> {
  await page.getByRole("heading", { level: 2, name: t("organisation.title") }).waitFor();
  await page.getByRole("button", { name: t("organisation.do") }).click();
  await page.getByRole("button", { name: t("setup.next") }).click();

  await page.getByRole("heading", { level: 2, name: t("service.title") }).waitFor();
  await field(page, t("service.name-fr")).fill("Paie");
  await field(page, t("service.team")).fill("Applications");
  await page.getByRole("button", { name: t("service.do") }).click();
  await page.getByText(/Paie/).first().waitFor();
  await page.getByRole("button", { name: t("setup.next") }).click();

  await page.getByRole("heading", { level: 2, name: t("on-call.title") }).waitFor();
  await page.getByText(t("on-call.add"), { exact: true }).click();
  await page.getByRole("textbox", { name: t("on-call.new.name"), exact: true }).fill("Élise Tremblay");
  await field(page, t("on-call.new.email")).fill("elise.tremblay@example.org");
  await page.getByRole("button", { name: t("on-call.new.do") }).click();
  await page.getByRole("button", { name: t("on-call.up", { name: "Élise Tremblay" }) }).click();
  await page.getByText(t("on-call.sentence", { first: "Élise Tremblay", zone: "America/Toronto" })).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: t("on-call.do"), exact: true }).click();
  await page.getByRole("button", { name: t("setup.next") }).click();
  await page.getByRole("heading", { level: 2, name: t("alert.title") }).waitFor();
}

/** The same person elsewhere: what was done is done, and the step after it is open. */
async function comeBack({ desk, browser }: Stage): Promise<void> {
  const visitor = await visit(browser, "fr", { viewport: phone });
  const { page } = visitor;
  await signIn(visitor, desk, desk.admin);
  await page.goto(`${desk.url}/setup`);
  await page.getByRole("heading", { level: 2, name: t("alert.title") }).waitFor();
  assert.equal(await page.getByRole("button", { name: t("service.do") }).count(), 0);
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function seeAlert({ desk }: Stage, { page }: Visitor): Promise<void> {
  await page.getByRole("combobox", { name: t("alert.kind") }).selectOption("generic");
  await page.getByRole("button", { name: t("alert.make") }).click();
  await page.getByRole("heading", { level: 3, name: t("alert.key") }).waitFor();
  await page.getByRole("button", { name: t("alert.send") }).click();
  const { url } = await desk.ackLink("elise.tremblay@example.org", "rien n’est cassé");
  await page.getByText(t("alert.way.take")).waitFor();
  await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "action=accept",
  });
  await page.getByText(t("alert.way.seen")).waitFor();
  assert.deepEqual(await violations(page), []);
}
