/** Runs the whole acceptance suite, or the files named, on Debian's PostgreSQL 15 instead of the embedded one. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { noFifteen, startFifteen } from "./fifteen.ts";

const root = join(import.meta.dirname, "..", "..");

if (noFifteen !== false) {
  console.log(`﹣ acceptance on PostgreSQL 15 # ${noFifteen}\nℹ tests 1\nℹ skipped 1`);
  process.exit(0);
}
const server = await startFifteen();
const named = process.argv.slice(2);
const files = named.length > 0 ? named : globSync("test/acceptance/*.test.ts", { cwd: root }).sort();
const { status } = spawnSync(process.execPath, ["--disable-proto=delete", "--test", "--test-concurrency=2", ...files], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, TOCSIN_TEST_DATABASE_URL: server.url },
});
await server.stop();
process.exit(status ?? 1);
