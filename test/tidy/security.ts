/** docs/security-tests.md says, for each requirement, which tests would fail if it did not hold. A test that is renamed or
 *  removed takes its row with it, and a requirement without a test is no requirement. */
import { absent, namedIn } from "./named-tests.ts";
import { lineAt, type Rule, type Source } from "./source.ts";

const table = "docs/security-tests.md";

/** Those that hold today; a row that is added here needs its tests in the same commit. */
export const requirements: readonly string[] =
  "1 2 4 5 8 9 10 11 12 14 15 16 17 18 25 26 27 30 34 35 36 37 38 44 45 48 49 52 53 56 57 58 60 62"
    .split(" ")
    .map((n) => `S${n}`);

type Row = { readonly id: string; readonly cells: string; readonly offset: number };

const rowsOf = ({ text }: Source): Row[] =>
  [...text.matchAll(/^\| (S\d+) \|(.*)$/gm)].map(({ 1: id = "", 2: cells = "", index }) => ({
    id,
    cells,
    offset: index,
  }));

export const securityTested: Rule = {
  name: "docs/security-tests.md names tests that exist for every security requirement",
  wayOut:
    "give the requirement its row: the test file between backquotes, then the titles of its tests between “ and ”",
  check: (files) => {
    const document = files.find((file) => file.path === table);
    if (!document) return files.some((file) => file.path === "SECURITY.md") ? [`${table} is missing`] : [];
    const rows = rowsOf(document);
    const ids = rows.map(({ id }) => id);
    return [
      ...requirements.filter((id) => !ids.includes(id)).map((id) => `${table} lacks ${id}`),
      ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${table} has ${id} twice`),
      ...rows.flatMap((row) =>
        wrongIn(row, files).map((what) => `${table}:${lineAt(document.text, row.offset)} ${what}`),
      ),
    ];
  },
};

function wrongIn({ id, cells }: Row, files: readonly Source[]): string[] {
  const named = namedIn(cells);
  if (named.length === 0 || named.some(({ titles }) => titles.length === 0)) return [`${id} names no test`];
  return absent(id, named, files);
}
