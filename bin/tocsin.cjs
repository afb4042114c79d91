#!/usr/bin/env node
/** `tocsin …`: the command line, under the Node that the project brings. CommonJS, because it must run on Node 20 before
 *  anything is installed. */
"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { oneAtATime, isTaken } = require("./one-at-a-time.cjs");
const { root, node, install, run } = require("./run.cjs");

const modules = join(root, "node_modules");

/** npm writes its own lockfile there last. */
const isWhole = () => existsSync(join(modules, ".package-lock.json")) && existsSync(node);

/* Only what is missing altogether: a command line beside a desk at work never replaces what that desk runs from. */
async function start() {
  if (isTaken()) await oneAtATime(() => null);
  if (!isWhole()) await install();
  run(join("bin", "tocsin.ts"), process.argv.slice(2));
}

start();
