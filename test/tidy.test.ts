/** The conventions of docs/architecture.md as tests. A failure names the file and the way out; each rule is shown to fail
 *  on a small project made to break it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { rules } from "./tidy/rules.ts";
import { filesOf } from "./tidy/sample.ts";
import { samples } from "./tidy/samples.ts";
import { repositoryFiles } from "./tidy/source.ts";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const files = repositoryFiles(root);

for (const rule of rules(root)) {
  test(rule.name, () => {
    const wrong = rule.check(files);
    if (wrong.length > 0) assert.fail(`${wrong.map((one) => `- ${one}`).join("\n")}\nWay out: ${rule.wayOut}.`);
  });

  test(`${rule.name}: fails on its bad samples, and only on those`, () => {
    const { bad, good } = samples.get(rule.name) ?? { bad: [], good: [] };
    assert.ok(bad.length > 0 && good.length > 0, "give it samples in test/tidy/samples.ts");
    for (const sample of bad)
      assert.notDeepEqual(rule.check(filesOf(sample)), [], JSON.stringify(sample).slice(0, 300));
    for (const sample of good) assert.deepEqual(rule.check(filesOf(sample)), [], JSON.stringify(sample).slice(0, 300));
  });
}
