/** axe, in both themes, on a desk and in a hand. A change of theme or of size needs no new page: that is part of what is
 *  looked at. */
import type { Page } from "playwright-core";
import { violations } from "../axe.ts";
import { desktop, phone } from "../browser.ts";
import { everywhere, type Look } from "../walk.ts";

const themes = ["light", "dark"] as const;
const sizes = { desktop, phone } as const;

export const axeFindsNothing: Look = {
  name: "axe finds nothing",
  sees: everywhere,
  look: ({ page }) => inEveryLight(page),
};

/** Wrong in one theme or size, or in all. */
export async function inEveryLight(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      wrong.push(...(await violations(page)).map((one) => `${theme}, ${size}: ${one}`));
    }
  }
  return wrong;
}
