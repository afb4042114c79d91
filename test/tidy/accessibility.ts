/** docs/accessibility.md says of each check where it is made: by which tests, by hand and why, or not yet because there is
 *  nothing to check. */
import { absent, namedIn } from "./named-tests.ts";
import { lineAt, type Rule, type Source } from "./source.ts";

const table = "docs/accessibility.md";
export const checkCount = 37;

const byWords = /By hand: |Nothing here yet: /;

export const accessibilityChecked: Rule = {
  name: "docs/accessibility.md says of every check by which test it is made, or why by none",
  wayOut:
    "give the check its row: the test file between backquotes, then the titles of its tests between “ and ”; or “By hand: ” or “Nothing here yet: ” and why",
  check: (files) => {
    const document = files.find((file) => file.path === table);
    if (!document) return files.some((file) => file.path === "README.md") ? [`${table} is missing`] : [];
    const rows = [...document.text.matchAll(/^\| (\d+) \|(.*)$/gm)];
    const numbers = rows.map(([, number]) => Number(number));
    const wanted = Array.from({ length: checkCount }, (_, index) => index + 1);
    return [
      ...wanted.filter((one) => !numbers.includes(one)).map((one) => `${table} lacks ${one}`),
      ...numbers.filter((one, index) => numbers.indexOf(one) !== index).map((one) => `${table} has ${one} twice`),
      ...rows.flatMap(({ 1: number = "", 2: cells = "", index }) =>
        wrongIn(number, cells, files).map((what) => `${table}:${lineAt(document.text, index)} ${what}`),
      ),
    ];
  },
};

function wrongIn(number: string, cells: string, files: readonly Source[]): string[] {
  const named = namedIn(cells);
  if (named.some(({ titles }) => titles.length === 0)) return [`${number} names a file without a test`];
  if (named.length === 0 && !byWords.test(cells)) return [`${number} names no test, and does not say why`];
  return absent(number, named, files);
}
