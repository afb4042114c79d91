/** What axe finds on a page as it stands, in one line each. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const options: axe.RunOptions = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };

/** axe reads the words of a colour anew for each element, and again for each below it: a quarter of its time. The same words
 *  are the same colour. */
const remembering = `(() => {
  const { Color } = axe.commons.color;
  const read = Color.prototype.parseString;
  const known = new Map();
  Color.prototype.parseString = function (text) {
    const colour = known.get(text);
    if (colour) return Object.assign(this, colour);
    read.call(this, text);
    known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
    return this;
  };
})()`;

/** axe is put into a document once, however often the same document is looked at: it is as long as the page itself. Nothing
 *  is framed here, so that what a builder would do for frames is not needed. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(`${source};${remembering}`);
  /* What is half under a bar that stays is reached by scrolling: it is looked at as a page opens. */
  await page.evaluate("document.querySelector('dialog[open]') ?? scrollTo(0, 0)");
  const found = await page.evaluate<axe.Result[]>(
    `axe.run(document, ${JSON.stringify(options)}).then((results) => results.violations)`,
  );
  return found.map(({ id, help, nodes }) => {
    const first = nodes.slice(0, 3).map(({ target, any }) => `${target} ${any.map((one) => one.message).join("; ")}`);
    return `${id} (${help}) at ${nodes.length} places: ${first.join(" | ")}`;
  });
}
