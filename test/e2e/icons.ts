/** Makes the icons of the installed application by hand, from web/public/icon.svg: `node bin/run.cjs test/e2e/icons.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser } from "./browser.ts";
import { root } from "./words.ts";

const folder = join(root, "web", "public");
const paths = [...readFileSync(join(folder, "icon.svg"), "utf8").matchAll(/<path d="[^"]+"\/>/g)].join("");

/** `share`: how much of the side the mark takes; what a phone cuts away (maskable) is a fifth on each side. */
const icons = [
  { name: "icon-192", side: 192, share: 0.66, round: true },
  { name: "icon-512", side: 512, share: 0.66, round: true },
  { name: "icon-maskable-512", side: 512, share: 0.5, round: false },
  { name: "apple-touch-icon", side: 180, share: 0.6, round: false },
] as const;

const browser = await openBrowser();
try {
  const page = await browser.newPage();
  for (const { name, side, share, round } of icons) {
    await page.setViewportSize({ width: side, height: side });
    const scale = (side * share) / 24;
    const move = (side - side * share) / 2;
    await page.setContent(
      `<style>body{margin:0}</style><svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" style="display:block">
      <rect width="${side}" height="${side}" rx="${round ? side * 0.19 : 0}" fill="#5d001d"/>
      <g fill="#ffffff" transform="translate(${move} ${move}) scale(${scale})">${paths}</g></svg>`,
    );
    writeFileSync(join(folder, `${name}.png`), await page.screenshot({ omitBackground: true }));
    console.log(name);
  }
} finally {
  await browser.close();
}
