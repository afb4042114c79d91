/** What a page says to somebody who does not see it, besides its title: its tables, its drawings, its times; and help where
 *  it is looked for. */
import type { Visitor } from "../browser.ts";
import { inFrench, type Look } from "../walk.ts";
import { isPage } from "./titles.ts";

const unnamed = `(() => {
  const wrong = [];
  for (const table of document.querySelectorAll("table")) {
    const name = table.caption?.textContent.trim() || table.getAttribute("aria-label") || table.getAttribute("aria-labelledby");
    if (!name) wrong.push("a table without caption: " + table.className);
    if (table.querySelector("th") === null) wrong.push("a table without heads: " + table.className);
    for (const head of table.querySelectorAll("th")) if (!head.scope) wrong.push("a head without scope: " + head.textContent.trim());
  }
  for (const svg of document.querySelectorAll("svg"))
    if (svg.getAttribute("aria-hidden") !== "true" && !svg.getAttribute("aria-label") && !svg.querySelector("title"))
      wrong.push("a drawing that says nothing and is not hidden: " + svg.parentElement.className);
  for (const time of document.querySelectorAll("time"))
    if (!time.dateTime) wrong.push("a time that a machine cannot read: " + time.textContent);
  return [...new Set(wrong)];
})()`;

export const everythingNamed: Look = {
  name: "every table has its caption and heads, every graphic a word or silence",
  sees: (place, language) => isPage(place) && inFrench(place, language),
  look: ({ page }) => page.evaluate<string[]>(unnamed),
};

export function helpInItsPlace(): Look {
  const helpAt = new Set<string>();
  return {
    name: "help and languages are in the same place on every page",
    sees: (place, language) => isPage(place) && !place.bare && inFrench(place, language),
    look: async (visitor) => {
      helpAt.add(await whereHelpIs(visitor));
      return [];
    },
    atTheEnd: () => (helpAt.size === 1 ? [] : [`help is at ${[...helpAt].join(" ")}`]),
  };
}

async function whereHelpIs({ page, words: { t } }: Visitor): Promise<string> {
  const keys = await page.getByRole("button", { name: t("keys.open"), exact: true }).boundingBox();
  const language = await page.getByRole("group", { name: t("shell.language") }).boundingBox();
  return JSON.stringify([keys?.x, language?.x, language && keys && language.y - keys.y]);
}
