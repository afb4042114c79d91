/** What every page owes its reader: its language, its name, one heading, a way past the menu, and no scrolling sideways on
 *  the narrowest screen. */
import { everywhere, inTheApp, type Look } from "../walk.ts";

export const narrowest = { width: 320, height: 640 };

type Facts = { readonly lang: string; readonly headings: number; readonly wide: number; readonly room: number };

const read = `({
  lang: document.documentElement.lang,
  headings: document.querySelectorAll("h1").length,
  wide: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
  room: document.documentElement.clientWidth,
})`;

export const whole: Look = {
  name: "every page is whole",
  sees: everywhere,
  look: async ({ page }, place, language) => {
    await page.setViewportSize(narrowest);
    const { lang, headings, wide, room } = await page.evaluate<Facts>(read);
    const title = await page.title();
    return [
      ...(lang.split("-")[0] === language ? [] : [`is said to be in ${lang}`]),
      ...(headings === 1 ? [] : [`has ${headings} h1`]),
      ...(wide <= room ? [] : [`scrolls sideways: ${wide} in ${room}`]),
      ...(title.includes(place.inTitle ?? "Tocsin") ? [] : [`is titled “${title}”`]),
    ];
  },
};

/** It presses keys: it comes after those that look at a page as it opened. */
export const skips: Look = {
  name: "the first stop of Tab leads past the menu",
  sees: (place) => inTheApp(place) && !place.bare && !place.path.includes("record=true"),
  look: async ({ page, words: { t } }) => {
    await page.setViewportSize(narrowest);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: t("shell.skip") });
    if ((await skip.and(page.locator(":focus")).count()) !== 1) return ["begins with no way past the menu"];
    const hidden = (await skip.isVisible()) ? [] : ["hides its skip link while it has the focus"];
    await page.keyboard.press("Enter");
    const reached = await page.getByRole("main").and(page.locator(":focus")).count();
    return reached === 1 ? hidden : [...hidden, "skips to nowhere"];
  },
};
