/** What has the focus is seen, with and without forced colours, and nothing lies over it. These go round a page with the Tab
 *  key, and leave the focus somewhere: they come after those that look at a page as it opened. */
import { phone } from "../browser.ts";
import { roundByTab } from "../tabbing.ts";
import { inFrench, inTheApp, type Look } from "../walk.ts";

/** The focused element or something around it has an outline; whoever reads must be able to see it. */
const outlined = `(one) => {
  const has = (one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
      style.outlineColor !== getComputedStyle(document.body).backgroundColor;
  };
  for (let at = one; at && at !== document.body; at = at.parentElement) if (has(at)) return null;
  return "no outline on " + (one.className || one.tagName) + " “" + one.textContent.trim().slice(0, 40) + "”";
}`;

/** Of five points of the box, one at least is its own: WCAG 2.4.11 asks that it be not entirely hidden. */
const covered = `(one) => {
  const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
  if (width === 0 || height === 0) return null;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const points = [[x, y], [left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]];
  const seen = points.some(([a, b]) => {
    const there = document.elementFromPoint(a, b);
    return there !== null && (one.contains(there) || there.contains(one) && there.closest("label") !== null);
  });
  return seen ? null : "covered is " + (one.className || one.tagName) + " “" + (one.textContent || one.ariaLabel || "").trim().slice(0, 40) + "”";
}`;

const both = `(one) => [(${outlined})(one), (${covered})(one)]`;

/** Two of them, that go round a desk together: to press the key is most of the work. */
export function lookAtFocus(): { readonly isSeen: Look; readonly isUncovered: Look } {
  let onDesk: readonly string[] = [];
  const sees: Look["sees"] = (place, language) => inTheApp(place) && inFrench(place, language);
  return {
    isSeen: {
      name: "in forced colours the focus is seen wherever it goes",
      sees,
      look: async ({ page }) => {
        onDesk = [];
        await page.emulateMedia({ forcedColors: "active" });
        const forced = await roundByTab(page, outlined);
        await page.emulateMedia({ forcedColors: "none" });
        const found = await roundByTab(page, both);
        const unseen = found.filter((one) => one.startsWith("no outline"));
        onDesk = found.filter((one) => !unseen.includes(one));
        return [...forced.map((one) => `forced colours: ${one}`), ...unseen];
      },
    },
    isUncovered: {
      name: "what has the focus is not covered",
      sees,
      look: async ({ page }) => {
        await page.setViewportSize(phone);
        const inHand = await roundByTab(page, covered);
        return [...onDesk.map((one) => `desktop: ${one}`), ...inHand.map((one) => `phone: ${one}`)];
      },
    },
  };
}
