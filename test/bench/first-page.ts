/** What the first page costs on the way: its script with all that it imports at once, and its style, compressed. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

export type FirstPage = { readonly script: number; readonly style: number; readonly files: number };

/** Null when the web is not built. Chunks loaded later (`import()`) do not count, besides the
 *  words of the reader's language. */
export function measureFirstPage(root: string): FirstPage | null {
  const dist = join(root, "web", "dist");
  if (!existsSync(join(dist, "index.html"))) return null;
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const named = (pattern: RegExp): string[] =>
    [...page.matchAll(pattern)].map(([, path = ""]) => join(dist, path)).filter((path) => existsSync(path));
  const scripts = withImports(named(/(?:src|href)="\/?([^"]+\.js)"/g));
  scripts.push(...largerLanguage(dist));
  const styles = [...new Set(named(/href="\/?([^"]+\.css)"/g))];
  return { script: zipped(scripts), style: zipped(styles), files: scripts.length + styles.length };
}

/** One of the two is awaited before anything is shown. */
function largerLanguage(dist: string): string[] {
  const found = globSync("assets/{en,fr}-*.js", { cwd: dist }).map((name) => join(dist, name));
  return found.sort((a, b) => zipped([b]) - zipped([a])).slice(0, 1);
}

function withImports(entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = readFileSync(path, "utf8");
    for (const [, other = ""] of text.matchAll(/(?:\bfrom|\bimport) ?["'](\.{1,2}\/[^"']+\.js)["']/g))
      waiting.push(join(dirname(path), other));
  }
  return [...seen];
}

const zipped = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
