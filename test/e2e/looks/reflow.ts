/** Larger, wider apart, on its side or on a wall: whatever a reader does to the page, nothing is cut and nothing scrolls in
 *  two directions (WCAG 1.4.4, 1.4.10, 1.4.12, 1.3.4). */
import type { Page } from "playwright-core";
import { inFrench, type Look } from "../walk.ts";

/** Zoom leaves half the points of a window, as many pixels: 200 % of 1280 by 800. */
const rooms = {
  "zoomed to 200 %": { width: 640, height: 400 },
  "on the narrowest phone": { width: 320, height: 640 },
  "on a small phone": { width: 360, height: 740 },
  "on its side": { width: 740, height: 360 },
  "on a wall": { width: 2560, height: 1440 },
} as const;

const sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

export const everyRoom: Look = {
  name: "no room makes it scroll sideways",
  sees: inFrench,
  look: async ({ page }) => {
    const wrong: string[] = [];
    for (const [name, room] of Object.entries(rooms)) {
      await page.setViewportSize(room);
      const over = await page.evaluate<number>(sideways);
      if (over > 0) wrong.push(`${name}: ${over} px too wide`);
    }
    return wrong;
  },
};

/** The four measures of WCAG 1.4.12, by a style sheet of the reader's own. */
const spacing = `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}");
  document.adoptedStyleSheets = [sheet];
})()`;

/** Words in a box that is smaller than they are, and that neither scrolls nor says the rest elsewhere. */
const cut = `(() => {
  const hides = (one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX) || ["hidden", "clip"].includes(getComputedStyle(one).overflowY);
  const wrong = [];
  for (const one of document.querySelectorAll("body *")) {
    if (!one.checkVisibility() || one.closest(".vh, [aria-hidden=true], svg, select, [title], textarea, input")) continue;
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!own) continue;
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      if (at.matches(".vh")) break;
      if (!hides(at)) continue;
      if (at.scrollWidth > at.clientWidth + 1 || at.scrollHeight > at.clientHeight + 1)
        wrong.push((at.className || at.tagName) + " “" + one.textContent.trim().slice(0, 40) + "”");
      break;
    }
  }
  return [...new Set(wrong)];
})()`;

export const spacedOut: Look = {
  name: "text spaced out is neither cut nor covered",
  sees: inFrench,
  look: async ({ page }) => {
    const wrong: string[] = [];
    for (const room of [{ width: 1280, height: 800 }, rooms["on a small phone"]]) {
      await page.setViewportSize(room);
      await page.evaluate(spacing);
      const found = await page.evaluate<string[]>(cut);
      wrong.push(...found.map((one) => `${room.width}: cuts ${one}`));
      const over = await page.evaluate<number>(sideways);
      if (over > 0) wrong.push(`${room.width}: ${over} px too wide`);
    }
    await unspaced(page);
    return wrong;
  },
};

const unspaced = (page: Page): Promise<void> => page.evaluate("document.adoptedStyleSheets = []");
