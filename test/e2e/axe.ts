/** What axe finds on a page as it stands, in one line each. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const options: axe.RunOptions = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };

/** axe is put into a document once, however often the same document is looked at: it is as long as the page itself. Nothing
 *  is framed here, so that what a builder would do for frames is not needed. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(source);
  const found = await page.evaluate<axe.Result[]>(
    `axe.run(document, ${JSON.stringify(options)}).then((results) => results.violations)`,
  );
  return found.map(({ id, help, nodes }) => {
    const first = nodes.slice(0, 3).map(({ target, any }) => `${target} ${any.map((one) => one.message).join("; ")}`);
    return `${id} (${help}) at ${nodes.length} places: ${first.join(" | ")}`;
  });
}
