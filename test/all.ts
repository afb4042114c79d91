/** Every test that belongs in CI, in the order in which a failure says most: checks, acceptance on real PostgreSQL,
 *  clients of other people, drills, faults, a real browser. Counts come from the test runner's own summaries. */
import { globSync } from "node:fs";
import { join } from "node:path";
import { checks, root, runStep, type Step, testStep } from "./check.ts";

const files = (pattern: string): string[] => globSync(pattern, { cwd: root }).sort();

const acceptance = files("test/acceptance/*.test.ts");
/* Real clients of other people, from Debian and from npm, unchanged. */
const foreign = files("test/foreign/*.test.ts");
const slow: readonly (readonly [string, string[]])[] = [
  ["drills", files("test/drills/*.test.ts")],
  ["faults", files("test/faults/*.test.ts")],
  ["e2e", files("test/e2e/*.test.ts")],
];

const two = ["--test-concurrency=2"];
const onFifteen = (name: string, list: readonly string[]): Step => ({
  name,
  command: [process.execPath, join(root, "test/acceptance/on-postgres-15.ts"), ...list],
});
const steps: readonly Step[] = [
  ...checks,
  testStep("acceptance", acceptance, two),
  testStep("foreign clients", foreign, two),
  onFifteen("acceptance on PostgreSQL 15", []),
  ...slow.map(([name, list]) => testStep(name, list, two)),
];

/* What waits for a browser or another process may fail because the machine is busy: such a file is run once more, alone. One that
 * fails again has failed; one that then passes is named at the end, for whoever mends it. Where many fail, nothing is unsteady. */
const unsteadyMax = 2;
const unsteady: string[] = [];

function again({ name }: Step, output: string): boolean {
  const found = [...new Set([...output.matchAll(/^test at (\S+\.test\.ts):/gm)].map(([, file = ""]) => file))];
  if (found.length === 0 || found.length > unsteadyMax) return false;
  const one = /PostgreSQL 15$/.test(name) ? onFifteen : testStep;
  const steady = found.every((file) => runStep(one(`${name}, ${file} alone`, [file])).ok);
  if (steady) unsteady.push(...found);
  return steady;
}

let passed = 0;
let failed = 0;
let skipped = 0;
for (const step of steps) {
  const first = runStep(step);
  const { output } = first;
  const ok = first.ok || again(step, output);
  const count = (word: string): number => Number(new RegExp(`^[#ℹ] ${word} (\\d+)$`, "m").exec(output)?.[1] ?? 0);
  const tests = count("tests");
  passed += tests === 0 ? Number(ok) : count("pass") + (ok ? count("fail") : 0);
  failed += tests === 0 ? Number(!ok) : ok ? 0 : count("fail") + count("cancelled");
  skipped += count("skipped");
  if (!ok && tests > 0 && count("fail") + count("cancelled") === 0) failed += 1;
  for (const [line] of output.matchAll(/^\s*﹣ .*$/gm)) console.log(`  ${line.trim()}`);
}
/* What a test cannot find is skipped, and said; where it must be there, that is a failure. */
if (skipped > 0 && !["", "0", "false"].includes(process.env.CI ?? "")) failed += skipped;
for (const file of unsteady) console.log(`unsteady: ${file} failed among the others, and passed alone`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? ` (${skipped} skipped)` : ""}`);
process.exit(failed === 0 ? 0 : 1);
