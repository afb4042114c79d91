/** `npm run check`: what every commit passes. Fast: types, lint, tidy, core. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);

export type Step = { readonly name: string; readonly command: readonly string[] };

const typeScript = (project: string): Step => ({ name: `types ${project}`, command: [bin("tsc"), "-p", project] });

export const checks: readonly Step[] = [
  typeScript("tsconfig.json"),
  typeScript("core/tsconfig.json"),
  typeScript("web/tsconfig.json"),
  { name: "lint", command: [bin("biome"), "check", "--error-on-warnings", "."] },
  testStep("tidy", ["test/tidy.test.ts"]),
  testStep("core", globSync("{core,demo,languages,contract,cli,web,server}/**/*.test.ts", { cwd: root }).sort()),
];

export function testStep(name: string, files: readonly string[], options: readonly string[] = []): Step {
  return { name, command: [process.execPath, "--disable-proto=delete", "--test", ...options, ...files] };
}

/** What a step printed is shown when it failed. */
export function runStep(step: Step): { readonly ok: boolean; readonly output: string } {
  const [command = "", ...args] = step.command;
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, FORCE_COLOR: "0" },
  });
  const output = `${done.stdout ?? ""}${done.stderr ?? ""}`;
  const ok = done.status === 0;
  console.log(`${ok ? "ok  " : "FAIL"} ${step.name}`);
  if (!ok) console.log(output);
  return { ok, output };
}

if (import.meta.main) {
  const failed = checks.filter((step) => !runStep(step).ok);
  process.exit(failed.length === 0 ? 0 : 1);
}
