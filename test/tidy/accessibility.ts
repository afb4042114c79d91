/** docs/accessibility.md says of each check where it is made: by which tests, by hand and why, or not yet because there is
 *  nothing to check. */
import { testedTable } from "./named-tests.ts";

export const checkCount = 37;

export const accessibilityChecked = testedTable({
  name: "docs/accessibility.md says of every check by which test it is made, or why by none",
  wayOut:
    "give the check its row: the test file between backquotes, then the titles of its tests between “ and ”; or “By hand: ” or “Nothing here yet: ” and why",
  table: "docs/accessibility.md",
  where: "README.md",
  ids: Array.from({ length: checkCount }, (_, index) => String(index + 1)),
  instead: /By hand: |Nothing here yet: /,
});
