/** What is to be hit is large enough. */
import { phone } from "../browser.ts";
import { inFrench, type Look } from "../walk.ts";

/** Links inside a sentence are excepted, as are those of a list whose whole row is theirs. */
export const small = `(() => {
  const wrong = [];
  for (const one of document.querySelectorAll("button, .btn, .input, select, summary, .tabbar a, .nav a, input[type=radio], input[type=checkbox]")) {
    if (!one.checkVisibility() || one.closest(".vh, [hidden]")) continue;
    const held = one.closest("label") ?? one;
    const { width, height } = held.getBoundingClientRect();
    if (height < 44 - 0.5 || width < 24) wrong.push((one.className || one.tagName) + " " + Math.round(width) + "×" + Math.round(height) + " “" + one.textContent.trim().slice(0, 30) + "”");
  }
  return [...new Set(wrong)];
})()`;

export const largeEnough: Look = {
  name: "on a phone a thumb finds 44 points",
  sees: (place, language) => inFrench(place, language) && !place.path.startsWith("/api/"),
  look: async ({ page }) => {
    await page.setViewportSize(phone);
    return page.evaluate<string[]>(small);
  },
};
