/** `npm start`: installs what is missing, builds the web once, then starts the server. `npm run dev`: the same without the
 *  build, server and web from source, each reloaded on save. */
"use strict";
const { spawn } = require("node:child_process");
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

const vite = join(root, "node_modules", "vite", "bin", "vite.js");
const mark = join(root, "web", "dist", ".built-from");
const isBuilt = (from) => existsSync(mark) && readFileSync(mark, "utf8") === from;

async function buildWeb() {
  const now = fingerprint();
  if (isBuilt(now)) return;
  const why = await oneAtATime(async (start) => {
    if (isBuilt(now)) return null;
    process.stderr.write("Building the web…\n");
    rmSync(mark, { force: true });
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

/** The web from source, on the port after the server's: it reloads the browser, and passes the rest to the server. What is
 *  printed and mailed then leads there. */
function serveWeb() {
  const port = Number(process.env.TOCSIN_PORT) || 7400;
  const words = ["web", "--host", "127.0.0.1", "--port", String(port + 1), "--strictPort", "--logLevel", "warn"];
  const env = { ...process.env, TOCSIN_DEV_SERVER: `http://127.0.0.1:${port}` };
  /* It ends with its input: killed with us or without a word, it does not stay behind. */
  const child = spawn(node, [vite, ...words], { cwd: root, stdio: ["pipe", "inherit", "inherit"], env });
  process.on("exit", () => child.kill());
  return `http://127.0.0.1:${port + 1}`;
}

async function start() {
  await install();
  const buildOnly = process.argv.includes("--build-only");
  if (buildOnly || !dev) await buildWeb();
  if (buildOnly) return;
  const args = process.argv.slice(2).filter((one) => one !== "--dev");
  const main = join("server", "main.ts");
  if (!dev) return run(main, args, { ipc: true, stops: true });
  const flags = ["--watch", "--watch-preserve-output"];
  run(main, args, { ipc: true, stops: true, flags, env: { TOCSIN_URL: process.env.TOCSIN_URL || serveWeb() } });
}

start();
