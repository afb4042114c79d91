/** `npm start`: installs what is missing, builds the web once, then starts the server. */
"use strict";
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { oneAtATime } = require("./one-at-a-time.cjs");
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

const mark = join(root, "web", "dist", ".built-from");
const isBuilt = (from) => existsSync(mark) && readFileSync(mark, "utf8") === from;

async function buildWeb() {
  const now = fingerprint();
  if (isBuilt(now)) return;
  const why = await oneAtATime(async (start) => {
    if (isBuilt(now)) return null;
    process.stderr.write("Building the web…\n");
    rmSync(mark, { force: true });
    const vite = join(root, "node_modules", "vite", "bin", "vite.js");
    const { status } = await start(node, [vite, "build", "web", "--logLevel", "warn"], {
      cwd: root,
      stdio: ["ignore", process.stderr, process.stderr],
    });
    if (status !== 0) return "the web could not be built";
    mkdirSync(join(root, "web", "dist"), { recursive: true });
    writeFileSync(mark, now);
    return null;
  });
  if (why !== null) fail(why, 1);
}

async function start() {
  await install();
  const buildOnly = process.argv.includes("--build-only");
  if (buildOnly || !dev) await buildWeb();
  if (buildOnly) return;
  const args = process.argv.slice(2).filter((one) => one !== "--dev");
  run(join("server", "main.ts"), args, { ipc: true, flags: dev ? ["--watch", "--watch-preserve-output"] : [] });
}

start();
