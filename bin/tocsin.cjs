#!/usr/bin/env node
/** `tocsin …`: the command line, under the Node that the project brings. CommonJS, because it must run on Node 20 before
 *  anything is installed. */
"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { root, node, install, run } = require("./run.cjs");

/* Only what is missing altogether: a command line beside a desk at work never replaces what that desk runs from. */
if (!existsSync(node) || !existsSync(join(root, "node_modules", "commander", "package.json"))) install();
run(join("bin", "tocsin.ts"), process.argv.slice(2));
