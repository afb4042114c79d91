/** `npm start`: installs what is missing, builds the web once, then starts the server. */
"use strict";
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, readdirSync, readFileSync, writeFileSync, mkdirSync } = require("node:fs");
const { join } = require("node:path");
const { root, node, install, run, fail } = require("./run.cjs");

const dev = process.argv.includes("--dev");

/** What the web is made of; when none of it changed, it is not built again. */
function fingerprint() {
  const hash = createHash("sha256");
  const walk = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name === "dist" || entry.name === "node_modules" || entry.name.endsWith(".test.ts")) continue;
      const path = join(dir, entry.name);
      if (entry.isDirectory()) walk(path);
      else hash.update(path.slice(root.length)).update(readFileSync(path));
    }
  };
  for (const dir of ["web", "core", "contract", "languages"]) walk(join(root, dir));
  hash.update(readFileSync(join(root, "package-lock.json")));
  return hash.digest("hex");
}

function buildWeb() {
  const mark = join(root, "web", "dist", ".built-from");
  const now = fingerprint();
  if (existsSync(mark) && readFileSync(mark, "utf8") === now) return;
  process.stderr.write("Building the web…\n");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const built = spawnSync(node, [vite, "build", "web", "--logLevel", "warn"], {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
  });
  if (built.status !== 0) fail("the web could not be built", 1);
  mkdirSync(join(root, "web", "dist"), { recursive: true });
  writeFileSync(mark, now);
}

install();
if (process.argv.includes("--build-only")) buildWeb();
else {
  if (!dev) buildWeb();
  const args = process.argv.slice(2).filter((one) => one !== "--dev");
  run(join("server", "main.ts"), args, { ipc: true, flags: dev ? ["--watch", "--watch-preserve-output"] : [] });
}
