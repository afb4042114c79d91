/** A desk that was told to listen beyond this machine without TLS says so on every page, to whoever reads it. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { onStage, signedIn, visit } from "./browser.ts";
import { setScene } from "./scene.ts";
import { languages } from "./words.ts";

/** Where axe looks: the sentence is the same on all. */
const looked = ["/sign-in", "/"];
const narrowest = { width: 320, height: 640 };

onStage(
  "plain HTTP beyond this machine is said on every page",
  async (stage) => {
    const scene = await setScene(stage.desk);
    const wrong: string[] = [];
    for (const language of languages) {
      const inside = await signedIn(stage, scene.people[language], { viewport: narrowest });
      const outside = await visit(stage.browser, language, { viewport: narrowest });
      const { t } = inside.words;
      const missing = { name: "missing", path: "/incidents/x/y", signedIn: false, heading: t("missing.title") };
      for (const place of [...scene.places(language), missing]) {
        const { page } = place.signedIn ? inside : outside;
        await page.goto(`${stage.desk.url}${place.path}`);
        await page.getByRole("heading", { level: 1, name: place.heading, includeHidden: true }).waitFor();
        const said = page.getByText(t("shell.plain-http")).or(page.getByText(t("page.insecure"), { exact: true }));
        if ((await said.count()) !== 1) wrong.push(`${place.name}, ${language}: says it ${await said.count()} times`);
        const wide = await page.evaluate<boolean>("document.documentElement.scrollWidth > innerWidth");
        if (wide) wrong.push(`${place.name}, ${language}: scrolls sideways`);
        if (!looked.includes(place.path)) continue;
        for (const one of await violations(page)) wrong.push(`${place.name}, ${language}: ${one}`);
      }
      await Promise.all([inside.leave(), outside.leave()]);
    }
    assert.deepEqual(wrong, []);
  },
  { TOCSIN_HOST: "0.0.0.0", TOCSIN_INSECURE_HTTP: "1" },
);
