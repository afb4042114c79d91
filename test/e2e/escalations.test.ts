/** What people asked of others, on the incident's page: how it stands, and its acts, with why one is not theirs. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, field, onStage, phone, type Stage, signedIn } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, languages } from "./words.ts";

const expected = { fr: "La clé du coffre", en: "The key of the safe" } as const;

onStage("escalations of an incident", async (stage) => {
  const asker = await stage.desk.person("Nadia Benali", "en", { level: 4 });
  const outsider = await stage.desk.person("Noé Roy", "fr", { level: null });
  for (const language of languages) {
    const name = { fr: "Élise Tremblay", en: "Sam Carter" }[language];
    const asked = await stage.desk.person(name, language, { level: 4 });
    await stage.t.test(`${language}: taken, returned with a reason, and ended`, () => taken(stage, asker, asked));
  }
  await stage.t.test("whoever may not is told why", () => barred(stage, asker, outsider));
});

async function escalated({ desk }: Stage, asker: Someone, asked: Someone): Promise<{ path: string; id: string }> {
  const { language } = asked;
  const api = await desk.apiOf(asker);
  const { id, number } = await desk.api("POST", "/api/v1/incidents", { title: "The safe is locked", language: "en" });
  const ask = { kind: "functional", to: asked.id, expected: expected[language], reason: "We have no key" };
  await api("POST", `/api/v1/incidents/${id}/escalate`, ask);
  return { path: `${desk.url}/incidents/${number}`, id };
}

async function taken(stage: Stage, asker: Someone, asked: Someone): Promise<void> {
  const { path, id } = await escalated(stage, asker, asked);
  const api = await stage.desk.apiOf(asker);
  await api("POST", `/api/v1/incidents/${id}/escalate`, {
    kind: "hierarchical",
    to: asked.id,
    expected: "A decision",
    reason: "It costs",
  });
  const visitor = await signedIn(stage, asked);
  const { page, words } = visitor;
  const { t } = words;
  await page.goto(path);
  const list = page.getByRole("region", { name: t("escalations.title") });
  const line = (of: string) => list.getByRole("listitem").filter({ hasText: of });
  const first = line(expected[words.language]);
  await first.getByText(begins(t("escalations.calling", { called: asked.name, next: null }))).waitFor();
  assert.deepEqual(await violations(page), []);
  await first.getByRole("button", { name: begins(t("escalations.acknowledge-escalation")) }).click();
  await first.getByText(t("escalations.taken", { name: asked.name })).waitFor();
  await first.getByRole("button", { name: begins(t("escalations.return-escalation")) }).click();
  const dialog = page.getByRole("dialog", { name: t("command.return-escalation.title") });
  await field(dialog, t("form.reason")).fill("It is in the drawer");
  await dialog.getByRole("button", { name: begins(t("command.return-escalation.do")) }).click();
  await dialog.waitFor({ state: "detached" });
  await first.getByText("It is in the drawer").waitFor();
  assert.equal(await first.getByRole("button").count(), 0, "nothing is left to do about it");
  const second = line("A decision");
  await second.getByRole("button", { name: begins(t("escalations.end-escalation")) }).click();
  const ending = page.getByRole("dialog", { name: t("command.end-escalation.title") });
  await field(ending, t("form.reason")).fill("We pay");
  await ending.getByRole("button", { name: begins(t("command.end-escalation.do")) }).click();
  await ending.waitFor({ state: "detached" });
  await second.getByText("We pay").waitFor();
  await page.setViewportSize(phone);
  assert.deepEqual(await violations(page), []);
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(wide <= 0, `${wide} pixels too wide on a phone`);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function barred(stage: Stage, asker: Someone, outsider: Someone): Promise<void> {
  const { path } = await escalated(stage, asker, asker);
  const visitor = await signedIn(stage, outsider);
  const { page, words } = visitor;
  const { t } = words;
  await page.goto(path);
  const list = page.getByRole("region", { name: t("escalations.title") });
  for (const act of ["acknowledge", "return", "end"] as const) {
    const button = list.getByRole("button", { name: begins(t(`escalations.${act}-escalation`)) });
    assert.equal(await button.getAttribute("aria-disabled"), "true");
    assert.ok(await button.getAttribute("title"), "it says why");
  }
  await stage.desk.api("POST", "/api/v1/incidents", { title: "Nothing was asked" });
  const { data } = await stage.desk.api("GET", "/api/v1/incidents?limit=1");
  await page.goto(`${stage.desk.url}/incidents/${data[0].number}`);
  await page.getByRole("heading", { level: 1, name: "Nothing was asked" }).waitFor();
  await list.getByRole("button", { name: t("command.ask-for-help.do") }).waitFor();
  assert.equal(await list.getByRole("listitem").count(), 0);
  assertNoFaults(visitor);
  await visitor.leave();
}
