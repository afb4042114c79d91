#!/usr/bin/env node
/** `tocsin …`: the command line, under the Node that the project brings. CommonJS, because it must run on Node 20 before
 *  anything is installed. */
"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { root, node, install, run } = require("./run.cjs");

const modules = join(root, "node_modules");
const waitMs = 90_000;
const everyMs = 500;

/** npm writes its own lockfile there last. */
const isWhole = () => existsSync(join(modules, ".package-lock.json")) && existsSync(node);

/* Only what is missing altogether: a command line beside a desk at work never replaces what that desk runs from. What is
   there in part is being installed by another: two at once would undo each other's work. */
const pause = new Int32Array(new SharedArrayBuffer(4));
for (let waited = 0; existsSync(modules) && !isWhole() && waited < waitMs; waited += everyMs) {
  if (waited === 0) process.stderr.write("Waiting for an installation to finish…\n");
  Atomics.wait(pause, 0, 0, everyMs);
}
if (!isWhole()) install();
run(join("bin", "tocsin.ts"), process.argv.slice(2));
