/** A water main bursts in an office, and there is no IT in it: whoever coordinates works in French, and the supplier answers in English
 *  by a link, on a telephone, without an account. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn, type Visitor, visit } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { until } from "./until.ts";
import { begins, contributorPageWords, contributorWords } from "./words.ts";

const title = "Conduite d’eau rompue au 3e étage";
const question = "When can you be here?";
const choice = "Within the hour";
const said = "Two people are on their way.";
const supplier = { name: "Kate Benson", email: "kate@waterworks.example" };

onStage("a burst water main, and a supplier who answers by a link", async (stage) => {
  const lead = await stage.desk.person("Élise Tremblay", "fr", { level: 4 });
  await stage.t.test("recorded, asked, answered, restored", () => fromBurstToWater(stage, lead));
});

async function fromBurstToWater(stage: Stage, lead: Someone): Promise<void> {
  const visitor = await signedIn(stage, lead);
  const { page, words } = visitor;
  const { t } = words;
  const number = await recorded(visitor);
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  await askedInEnglish(visitor);
  await answeredInEnglish(stage);
  const section = page.getByRole("region", { name: contributorWords.fr("title") });
  await section.getByText(choice, { exact: true }).waitFor();
  await section.getByText(said).waitFor();
  assert.deepEqual(await violations(page), []);
  const record = page.getByRole("region", { name: t("timeline.title") });
  await record.getByText(said).first().waitFor();
  const api = await stage.desk.apiOf(lead);
  const touched = await api("POST", `/api/v1/incidents/${number}/set-domains`, { domains: ["employees"] });
  assert.deepEqual([touched.service, touched.domains], [null, ["employees"]], "no service, and what suffers is said");
  await api("POST", `/api/v1/incidents/${number}/declare-restored`, { text: "L’eau est revenue" });
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.getByText(t("stage.restored"), { exact: false }).first().waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

async function recorded({ page, words: { t } }: Visitor): Promise<string> {
  await page.keyboard.press("c");
  const panel = page.getByRole("dialog", { name: t("record.title") });
  await field(panel, t("record.what")).and(page.locator(":focus")).waitFor();
  await page.keyboard.type(title);
  await page.keyboard.press("Control+Enter");
  await panel.waitFor({ state: "detached" });
  const row = page.getByRole("listitem").filter({ hasText: title });
  await row.waitFor();
  return /INC-\d+/.exec((await row.textContent()) ?? "")?.[0] ?? "";
}

async function askedInEnglish({ page }: Visitor): Promise<void> {
  const say = contributorWords.fr;
  await page
    .getByRole("region", { name: say("title") })
    .getByRole("button", { name: say("ask") })
    .click();
  const panel = page.getByRole("dialog", { name: say("ask.title") });
  await field(panel, say("text.question")).fill(question);
  await field(panel, say("choices")).fill(`${choice}\nThis afternoon`);
  await field(panel, say("name")).fill(supplier.name);
  await field(panel, say("email")).fill(supplier.email);
  await panel.getByRole("radio", { name: say("language.en") }).check();
  await panel.getByRole("button", { name: say("ask.send") }).click();
  await panel.waitFor({ state: "detached" });
}

async function answeredInEnglish(stage: Stage): Promise<void> {
  const letter = await until(
    "the letter to the supplier",
    async () => stage.desk.post.letters.find(({ to }) => to === supplier.email) ?? false,
  );
  assert.match(letter.text, /When can you be here\?/);
  const link = /https?:\/\/\S+\/c\/\w+/.exec(letter.text)?.[0] ?? "";
  const say = contributorPageWords.en;
  const guest = await visit(stage.browser, "en", { viewport: phone, javaScriptEnabled: false });
  const { page } = guest;
  await page.goto(link);
  assert.equal(await page.getByText(title).count(), 0, "only what was shared is shown");
  await page.getByRole("button", { name: say("ask.door.open") }).click();
  await page.getByRole("heading", { level: 1, name: question }).waitFor();
  await page.getByRole("radio", { name: choice }).check();
  await page.getByRole("textbox").first().fill(said);
  await page.getByRole("button", { name: begins(say("ask.continue")) }).click();
  await page.getByRole("button", { name: begins(say("ask.send")) }).click();
  await page.getByRole("heading", { level: 1, name: say("ask.thanks") }).waitFor();
  await guest.leave();
}
