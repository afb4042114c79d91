/** Runs a TypeScript file under the Node that the project brings, whatever Node was called: `node bin/run.cjs FILE …`.
 *  CommonJS without a dependency, because it must run on Node 20 before anything is installed. */
"use strict";
const { spawn } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { oneAtATime } = require("./one-at-a-time.cjs");

const root = join(__dirname, "..");
const node = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
const orphanCheckMs = 1_000;
const stamp = join(root, "node_modules", ".tocsin-lock");

const lockHash = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
const isInstalled = () => existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash() && existsSync(node);

/** Installs what the lockfile names, unless that very lockfile is installed already. No install script is run. */
async function install() {
  if (isInstalled()) return;
  const why = await oneAtATime(async (start) => {
    if (isInstalled()) return null;
    process.stderr.write("Installing…\n");
    /* Killed from here on, the next command installs again. */
    rmSync(stamp, { force: true });
    const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
    const words = ["ci", "--ignore-scripts", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
    const { status, why: reason } = await start(npm[0], [...npm.slice(1), ...words, "--loglevel=error"], {
      cwd: root,
      stdio: ["ignore", process.stderr, process.stderr],
    });
    if (status !== 0) return `npm ci failed${reason ? ` (${reason})` : ""}`;
    if (!existsSync(node)) return "no Node 26 for this platform was installed";
    writeFileSync(stamp, lockHash());
    return null;
  });
  if (why !== null) fail(why, 1);
}

function fail(message, status) {
  process.stderr.write(`${message}\n`);
  process.exit(status || 1);
}

/** New objects get 8 MB a half: more is faster by little, and is never given back. */
const nodeFlags = ["--disable-proto=delete", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=8"];

/** Two arenas of the C library instead of eight for each core: what buffers leave behind is found again by the next, and some
 *  70 MB less stay taken under load. */
const nodeEnvironment = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX || "2" };

/** Starts a file and becomes it as far as anybody can see: signals go through, its exit code is ours. */
function run(file, args, options = {}) {
  const cache = join(root, ".cache", "compile");
  mkdirSync(cache, { recursive: true });
  const flags = [...nodeFlags, ...(options.flags || [])];
  const child = spawn(node, [...flags, join(root, file), ...args], {
    cwd: options.cwd || process.cwd(),
    stdio: options.ipc ? ["inherit", "inherit", "inherit", "ipc"] : "inherit",
    env: {
      ...process.env,
      ...nodeEnvironment,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || cache,
      ...options.env,
    },
  });
  let asked = false;
  const pass = (signal) => {
    asked = true;
    child.kill(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, pass);
  /* npm killed leaves its script behind; nobody would know what still holds the port. */
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event)
    setInterval(() => process.ppid === parent || child.kill("SIGTERM"), orphanCheckMs).unref();
  child.on("exit", (code, signal) => {
    if (code !== null) process.exit(code);
    /* Stopped before it could listen for signals: nothing had begun. */
    process.exit(options.stops && asked && signal !== "SIGKILL" ? 0 : signal === "SIGKILL" ? 137 : 1);
  });
  child.on("error", (error) => fail(error.message, 1));
  return child;
}

module.exports = { root, node, nodeFlags, install, run, fail };

if (require.main === module) {
  install().then(() => run(process.argv[2], process.argv.slice(3)));
}
