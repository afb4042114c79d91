/** `npm test`: all set-up, then every test that belongs in CI. The last line says how many passed and failed. */
"use strict";
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");
const { root, node, install, run } = require("./run.cjs");

install().then(() => {
  const built = spawnSync(node, [join(root, "bin", "start.cjs"), "--build-only"], { cwd: root, stdio: "inherit" });
  if (built.status !== 0) process.exit(1);
  run(join("test", "all.ts"), process.argv.slice(2), { cwd: root });
});
