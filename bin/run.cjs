/** Runs a TypeScript file under the Node that the project brings, whatever Node was called: `node bin/run.cjs FILE …`.
 *  CommonJS without a dependency, because it must run on Node 20 before anything is installed. */
"use strict";
const { spawn, spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const node = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
const stamp = join(root, "node_modules", ".tocsin-lock");

/** Installs what the lockfile names, unless that very lockfile is installed already. No install script is run. */
function install() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock && existsSync(node)) return;
  process.stderr.write("Installing…\n");
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const done = spawnSync(
    npm[0],
    [
      ...npm.slice(1),
      "ci",
      "--ignore-scripts",
      "--include=dev",
      "--include=optional",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ],
    {
      cwd: root,
      stdio: ["ignore", process.stderr, process.stderr],
    },
  );
  if (done.status !== 0) fail("npm ci failed", done.status);
  if (!existsSync(node)) fail("no Node 26 for this platform was installed", 1);
  writeFileSync(stamp, lock);
}

function fail(message, status) {
  process.stderr.write(`${message}\n`);
  process.exit(status || 1);
}

/** Starts a file and becomes it as far as anybody can see: signals go through, its exit code is ours. */
function run(file, args, options = {}) {
  const cache = join(root, ".cache", "compile");
  mkdirSync(cache, { recursive: true });
  const flags = ["--disable-proto=delete", "--disable-warning=ExperimentalWarning", ...(options.flags || [])];
  const child = spawn(node, [...flags, join(root, file), ...args], {
    cwd: options.cwd || process.cwd(),
    stdio: options.ipc ? ["inherit", "inherit", "inherit", "ipc"] : "inherit",
    env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || cache, ...options.env },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code === null ? (signal === "SIGKILL" ? 137 : 1) : code));
  child.on("error", (error) => fail(error.message, 1));
  return child;
}

module.exports = { root, node, install, run, fail };

if (require.main === module) {
  install();
  run(process.argv[2], process.argv.slice(3));
}
