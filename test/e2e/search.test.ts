/** One field finds incidents by their words, a report, a team and a service; the question is in the address. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "../../contract/endpoints.ts";
import { violations } from "./axe.ts";
import { assertNoFaults, onStage, type Stage, signedIn } from "./browser.ts";
import { type Language, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;

if (endpoints.some(({ path }) => path === "/api/v1/search")) {
  onStage("everything is found from one field", async (stage) => {
    const { desk } = stage;
    for (const number of [1, 2, 3, 4, 5, 6])
      await desk.api("POST", "/api/v1/incidents", { title: `La messagerie est lente ${number}`, language: "fr" });
    await desk.api("POST", "/api/v1/teams", { name: "Messagerie" });
    await desk.api("POST", "/api/v1/services", { nameFr: "Messagerie", nameEn: "Mail" });
    for (const language of languages) await stage.t.test(language, () => finds(stage, language));
  });
} else test("everything is found from one field", { skip: "this desk has no search in its API" }, () => undefined);

async function finds(stage: Stage, language: Language): Promise<void> {
  const visitor = await signedIn(stage, await stage.desk.person(people[language], language));
  const { page } = visitor;
  const { t } = visitor.words;
  await page.goto(`${stage.desk.url}/people`);
  await page.getByRole("heading", { level: 1, name: t("shell.people") }).waitFor();
  await page.keyboard.press("/");
  await page.getByRole("heading", { level: 1, name: t("search.title") }).waitFor();
  const asked = page.getByRole("searchbox", { name: t("search.label") });
  await asked.and(page.locator(":focus")).waitFor();
  await page.keyboard.type("MESSAGERIE", { delay: 60 });
  const kind = (name: "incident" | "team" | "service") => page.getByRole("region", { name: t(`search.kind.${name}`) });
  await kind("incident").getByRole("link", { name: "La messagerie est lente 6" }).waitFor();
  await kind("team").getByRole("link", { name: "Messagerie", exact: true }).waitFor();
  await kind("service")
    .getByRole("link", { name: language === "fr" ? "Messagerie" : "Mail", exact: true })
    .waitFor();
  assert.equal(await asked.inputValue(), "MESSAGERIE", "nothing typed is lost while answers come");
  assert.match(page.url(), /q=MESSAGERIE/);
  assert.deepEqual(await violations(page), []);
  await kind("incident")
    .getByRole("link", { name: t("search.see-all") })
    .click();
  await page.waitForURL(/kind=incident/);
  await page.getByRole("link", { name: "La messagerie est lente 1" }).click();
  await page.getByRole("heading", { level: 1, name: "La messagerie est lente 1" }).waitFor();
  await page.goto(`${stage.desk.url}/search?q=zzzz`);
  await page.getByText(t("search.none", { text: "zzzz" })).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}
