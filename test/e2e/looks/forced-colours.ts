/** Colours forced by the reader change everything drawn: what was told by a background must be told otherwise. */
import { desktop, phone } from "../browser.ts";
import { everywhere, inFrench, inTheApp, type Look } from "../walk.ts";
import { narrowest } from "./whole.ts";

/** What is drawn of an element without its background. Backgrounds do not count even when they are a system colour. */
const drawn = `const drawn = (one) => {
  const style = getComputedStyle(one);
  const line = (side) =>
    parseFloat(style["border" + side + "Width"]) > 0 && style["border" + side + "Style"] !== "none"
      ? style["border" + side + "Style"] + style["border" + side + "Width"] + style["border" + side + "Color"]
      : "";
  return [
    style.color,
    style.fontWeight,
    style.textDecorationLine,
    style.outlineStyle === "none" ? "" : style.outlineStyle + style.outlineWidth + style.outlineColor,
    ...["Top", "Right", "Bottom", "Left"].map(line),
  ].join(" ");
};
const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 0;
const named = (one) => one.className + " “" + one.textContent.trim().slice(0, 40) + "”";
const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);`;

/** Each state that the app shows, beside the same thing without it: they must differ in more than a background. */
const states = `(() => {
  ${drawn}
  const wrong = [];
  const pairs = [
    [".nav a[aria-current]", ".nav a:not([aria-current])"],
    [".tabbar a[aria-current]", ".tabbar a:not([aria-current])"],
    [".tabs a[aria-current]", ".tabs a:not([aria-current])"],
    ['.seg [aria-pressed="true"]', '.seg [aria-pressed="false"]:not([aria-disabled="true"])'],
    ['.langs [aria-pressed="true"]', '.langs [aria-pressed="false"]'],
    ['.btn[aria-disabled="true"]', '.btn:not([aria-disabled="true"], .primary, .quiet)'],
    [".btn.primary:not([aria-disabled='true'])", '.btn:not([aria-disabled="true"], .primary, .quiet)'],
  ];
  let compared = 0;
  for (const [on, off] of pairs) {
    const [one, other] = [all(on)[0], all(off)[0]];
    if (!one || !other) continue;
    compared += 1;
    if (drawn(one) === drawn(other)) wrong.push(on + " looks like " + off);
  }
  const bordered = (one) => parseFloat(getComputedStyle(one).borderTopWidth) > 0 && getComputedStyle(one).borderTopStyle !== "none";
  for (const one of all(".btn, .prio, .chip, .plate, .input, .field, .composer, dialog:not(.panel), .pill"))
    if (!bordered(one)) wrong.push("no edge is drawn around " + named(one));
  for (const one of all(".prio"))
    if (!one.querySelector("svg") || !/P[1-5]/.test(one.textContent)) wrong.push("no shape or no word in " + named(one));
  for (const one of all(".state"))
    if (one.firstElementChild.textContent.trim() === "") wrong.push("a state without its word");
  for (const one of all(".ticks i.on, .ticks i.now"))
    if (getComputedStyle(one).backgroundColor === getComputedStyle(document.body).backgroundColor)
      wrong.push("a tick that is reached cannot be seen");
  for (const one of all(".rail li"))
    if (getComputedStyle(one, "::before").backgroundColor === getComputedStyle(document.body).backgroundColor)
      wrong.push("a milestone stands nowhere on the rail");
  return { wrong: [...new Set(wrong)], compared };
})()`;

export function inForcedColours(): Look {
  let compared = 0;
  return {
    name: "in forced colours no state is told by a background only",
    sees: (place, language) => inTheApp(place) && inFrench(place, language),
    look: async ({ page }) => {
      const wrong: string[] = [];
      for (const [size, viewport] of Object.entries({ desktop, phone })) {
        await page.setViewportSize(viewport);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ forcedColors: "active", colorScheme });
          const found = await page.evaluate<{ wrong: string[]; compared: number }>(states);
          compared += found.compared;
          wrong.push(...found.wrong.map((one) => `${size}, ${colorScheme}: ${one}`));
        }
      }
      return wrong;
    },
    atTheEnd: () => (compared > 0 ? [] : ["no states were compared"]),
  };
}

/** Words have another colour than what they stand on, whatever the author's colours are replaced by. */
const written = `(() => {
  ${drawn}
  const beneath = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/^rgba\\(.*, 0\\)$|^transparent$/.test(colour)) return colour;
    }
    return "";
  };
  const words = all("h1, h2, p, button, a, label").filter((one) => one.textContent.trim() !== "");
  if (words.length === 0) return ["no word is drawn"];
  const lost = words.filter((one) => getComputedStyle(one).color === beneath(one));
  return [...new Set(lost.map((one) => "cannot be read: " + named(one)))];
})()`;

export const drawnInForcedColours: Look = {
  name: "in forced colours every page is drawn",
  sees: everywhere,
  look: async ({ page }) => {
    await page.setViewportSize(narrowest);
    await page.emulateMedia({ forcedColors: "active" });
    return page.evaluate<string[]>(written);
  },
};
