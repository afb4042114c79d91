/** docs/paging-pitfalls.md says of each way in which calls are known to have failed elsewhere which tests keep it away. */
import { testedTable } from "./named-tests.ts";

export const pitfalls: readonly string[] = Array.from({ length: 11 }, (_, index) => `P${index + 1}`);

export const pitfallsTested = testedTable({
  name: "docs/paging-pitfalls.md names tests that exist for every known way of failing to call somebody",
  wayOut: "give the pitfall its row: the test file between backquotes, then the titles of its tests between “ and ”",
  table: "docs/paging-pitfalls.md",
  where: "docs/architecture.md",
  ids: pitfalls,
});
