/** docs/security-tests.md says, for each requirement, which tests would fail if it did not hold. A test that is renamed or
 *  removed takes its row with it, and a requirement without a test is no requirement. */
import { testedTable } from "./named-tests.ts";

/** Those that hold today; a row that is added here needs its tests in the same commit. */
export const requirements: readonly string[] =
  "1 2 4 5 8 9 10 11 12 14 15 16 17 18 25 26 27 30 34 35 36 37 38 44 45 48 49 52 53 56 57 58 60 62"
    .split(" ")
    .map((n) => `S${n}`);

export const securityTested = testedTable({
  name: "docs/security-tests.md names tests that exist for every security requirement",
  wayOut:
    "give the requirement its row: the test file between backquotes, then the titles of its tests between “ and ”",
  table: "docs/security-tests.md",
  where: "SECURITY.md",
  ids: requirements,
});
