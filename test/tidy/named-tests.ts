/** Documents that say where something is tested: `path`: “title”, “title”. A test that is renamed takes its row with it. */
import { isTest, lineAt, type Rule, type Source } from "./source.ts";

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

export type TestedTable = Pick<Rule, "name" | "wayOut"> & {
  readonly table: string;
  /** A project with this file has the table. */
  readonly where: string;
  /** Each has a row of its own, and no row another. */
  readonly ids: readonly string[];
  /** What may stand instead of a test. */
  readonly instead?: RegExp;
};

/** A document of one table: `| id | what must hold | tests |`. */
export const testedTable = ({ name, wayOut, table, where, ids, instead }: TestedTable): Rule => ({
  name,
  wayOut,
  check: (files) => {
    const document = files.find((file) => file.path === table);
    if (!document) return files.some((file) => file.path === where) ? [`${table} is missing`] : [];
    const rows = [...document.text.matchAll(/^\| ([A-Z]?\d+) \|(.*)$/gm)];
    const found = rows.map(([, id = ""]) => id);
    const wrongIn = (id: string, cells: string): string[] => {
      const named = namedIn(cells);
      if (named.some(({ titles }) => titles.length === 0)) return [`${id} names a file without a test`];
      if (named.length === 0 && !instead?.test(cells)) return [`${id} names no test`];
      return absent(id, named, files);
    };
    return [
      ...ids.filter((id) => !found.includes(id)).map((id) => `${table} lacks ${id}`),
      ...found.filter((id, index) => found.indexOf(id) !== index).map((id) => `${table} has ${id} twice`),
      ...rows.flatMap(({ 1: id = "", 2: cells = "", index }) =>
        wrongIn(id, cells).map((what) => `${table}:${lineAt(document.text, index)} ${what}`),
      ),
    ];
  },
});

/** As the argument of a test, or as the name of a rule. */
const hasTitle = (text: string, title: string): boolean =>
  ["test(", "t.test(", "name:", "onStage("].some((before) =>
    ['"', "`"].some((quote) =>
      text.replace(/\(\s+/g, "(").includes(`${before}${before.endsWith(":") ? " " : ""}${quote}${title}${quote}`),
    ),
  );
