/** Going round a page with the Tab key, and looking at each stop. What is looked at is settled in the page, when the next key
 *  comes: no question to the page between two keys, and none asked twice. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

/** More stops than any page has before something repeats: a page that never comes round would not end. */
const stopsMax = 200;
const atOnce = 10;

const reachedMax = 120;

/** Tab until this has the focus: whatever cannot be reached so cannot be reached by key. */
export async function reach(page: Page, wanted: Locator, what: string): Promise<void> {
  const held = wanted.and(page.locator(":focus"));
  for (let stops = 0; (await held.count()) === 0; stops += 1) {
    assert.ok(stops < reachedMax, `${what} is reached by Tab`);
    await page.keyboard.press("Tab");
  }
}

export async function press(page: Page, wanted: Locator, what: string): Promise<void> {
  await reach(page, wanted, what);
  await page.keyboard.press("Enter");
}

/** `look`: a function of the focused element, as source; what it answers, one or several, null aside, comes back, each once. */
export async function roundByTab(page: Page, look: string): Promise<string[]> {
  await page.evaluate(`(() => {
    const look = ${look};
    const seen = new Set();
    let last = null;
    const round = { found: new Set(), over: false };
    globalThis.tabRound?.end();
    const onKey = (event) => {
      if (event.key === "Tab" && !round.over) note();
    };
    const note = () => {
      const one = document.activeElement;
      if (!one || one === document.body || one.tagName === "DIALOG") return;
      /* A field of a date has a stop for each of its parts. */
      if (one === last) return;
      last = one;
      if (seen.has(one)) {
        round.over = true;
        return;
      }
      seen.add(one);
      for (const said of [look(one)].flat()) if (said !== null) round.found.add(said);
    };
    round.note = note;
    round.end = () => document.removeEventListener("keydown", onKey, true);
    document.addEventListener("keydown", onKey, true);
    document.activeElement?.blur?.();
    globalThis.tabRound = round;
  })()`);
  for (let pressed = 0; pressed < stopsMax; pressed += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, () => page.keyboard.press("Tab")));
    if (await page.evaluate<boolean>("(globalThis.tabRound.note(), globalThis.tabRound.over)")) break;
  }
  return page.evaluate<string[]>("(globalThis.tabRound.end(), [...globalThis.tabRound.found])");
}
