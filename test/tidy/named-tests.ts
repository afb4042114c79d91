/** Documents that say where something is tested: `path`: “title”, “title”. A test that is renamed takes its row with it. */
import { isTest, type Source } from "./source.ts";

type Named = { readonly path: string; readonly titles: readonly string[] };

/** A file between backquotes, and the titles of tests or rules in it. */
export const namedIn = (cells: string): Named[] =>
  [...cells.matchAll(/`([\w./-]+\.ts)`((?:[^`|]*?“[^”]+”)*)/g)].map(([, path = "", rest = ""]) => ({
    path,
    titles: [...rest.matchAll(/“([^”]+)”/g)].map(([, title = ""]) => title),
  }));

/** What of these is no test. */
export function absent(id: string, named: readonly Named[], files: readonly Source[]): string[] {
  return named.flatMap(({ path, titles }) => {
    const file = files.find((one) => one.path === path);
    if (!file || !isTest(path)) return [`${id}: ${path} is no test`];
    return titles
      .filter((title) => !hasTitle(file.text, title))
      .map((title) => `${id}: ${path} has no test “${title}”`);
  });
}

/** As the argument of a test, or as the name of a rule. */
const hasTitle = (text: string, title: string): boolean =>
  ["test(", "t.test(", "name:", "onStage("].some((before) =>
    ['"', "`"].some((quote) =>
      text.replace(/\(\s+/g, "(").includes(`${before}${before.endsWith(":") ? " " : ""}${quote}${title}${quote}`),
    ),
  );
