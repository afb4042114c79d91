/** Recording an incident with a title only, by keyboard alone, in a few interactions: one is a key pressed or a text
 *  typed. */
import assert from "node:assert/strict";
import { assertNoFaults, onStage, signedIn } from "./browser.ts";
import { begins, languages } from "./words.ts";

const interactionsMax = 8;
const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const titles = { fr: "La messagerie est lente", en: "Mail is slow" } as const;

onStage("an incident is recorded by keyboard alone", async (stage) => {
  for (const language of languages) {
    await stage.t.test(language, async () => {
      const visitor = await signedIn(stage, await stage.desk.person(people[language], language));
      const { page, words } = visitor;
      const title = titles[language];
      let interactions = 0;
      const press = async (key: string): Promise<void> => {
        interactions += 1;
        await page.keyboard.press(key);
      };
      await press("c");
      const panel = page.getByRole("dialog", { name: words.t("record.title") });
      const asked = panel.getByRole("textbox", { name: begins(words.t("record.what")) });
      await asked.and(page.locator(":focus")).waitFor();
      interactions += 1;
      await page.keyboard.type(title);
      await press("Control+Enter");
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      await panel.waitFor({ state: "detached" });
      assert.ok(interactions <= interactionsMax, `${interactions} interactions`);

      const recorded = (await stage.desk.api("GET", "/api/v1/incidents")).data[0];
      assert.equal(recorded.title, title);
      assert.equal(recorded.language, language);
      assertNoFaults(visitor);
      await visitor.leave();
    });
  }
});
