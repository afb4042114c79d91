/** One command at a time prepares the working copy: a second one that starts meanwhile waits, and says so. Whoever holds
 *  the place stands in a file, with the program it started; killed with it in the middle, that program may go on alone, and
 *  is waited for too. CommonJS without a dependency, because it must run on Node 20 before anything is installed. */
"use strict";
const { spawn, spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");

const folder = join(__dirname, "..", ".cache");
const file = join(folder, "preparing");
const everyMs = 200;
/** Between its making and its first words a file is empty. */
const emptyTurnsMax = 5;

/** Runs `work` alone; it is given `start(command, args)`, which tells how that program ended. */
async function oneAtATime(work) {
  await takePlace();
  const mine = { us: nameOf(process.pid) };
  let child = null;
  const leave = () => rmSync(file, { force: true });
  const passOn = (signal) => {
    if (child) child.kill(signal);
    else process.exit(1);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, passOn);
  process.on("exit", leave);
  const start = (command, args, options) =>
    new Promise((done) => {
      child = spawn(command, args, options);
      writeFileSync(file, JSON.stringify({ ...mine, theirs: nameOf(child.pid) }));
      child.on("error", (error) => done({ status: 1, why: error.message }));
      child.on("exit", (status, signal) => {
        child = null;
        done({ status: status === null ? 1 : status, why: signal });
      });
    });
  try {
    return await work(start);
  } finally {
    leave();
    process.removeListener("exit", leave);
    for (const signal of signals) process.removeListener(signal, passOn);
  }
}

async function takePlace() {
  mkdirSync(folder, { recursive: true });
  let said = false;
  let empty = 0;
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify({ us: nameOf(process.pid) }), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const text = read(file);
    empty = text === "" ? empty + 1 : 0;
    const holder = text === null || (text === "" && empty < emptyTurnsMax) ? "?" : holderOf(text);
    if (holder === null) remove(text);
    else {
      if (!said && holder !== "?") process.stderr.write(`Waiting for process ${holder}, which prepares this copy…\n`);
      said = said || holder !== "?";
      await sleep(everyMs);
    }
  }
}

/** The process that still works for whoever stands there; null when none does. */
function holderOf(text) {
  try {
    const { us, theirs } = JSON.parse(text);
    const at = [us, theirs].find((one) => one && nameOf(one.pid).since === one.since && one.since !== null);
    return at ? at.pid : null;
  } catch {
    return null;
  }
}

/** Moved first: of two that find it stale, one moves it, and sees whether it is the one it has read. */
function remove(text) {
  const moved = `${file}.${process.pid}`;
  try {
    renameSync(file, moved);
  } catch {
    return;
  }
  if (read(moved) !== text && !existsSync(file)) renameSync(moved, file);
  else rmSync(moved, { force: true });
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** A number alone may have been given to another program since; null for one that is gone. */
function nameOf(pid) {
  return { pid, since: sinceOf(pid) };
}

function sinceOf(pid) {
  if (existsSync("/proc/self/stat")) {
    const stat = read(`/proc/${pid}/stat`);
    if (stat === null) return null;
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : `${read("/proc/sys/kernel/random/boot_id")} ${fields[19]}`;
  }
  if (process.platform !== "win32") {
    return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim() || null;
  }
  try {
    process.kill(pid, 0);
    return "there";
  } catch {
    return null;
  }
}

/** Whether somebody prepares the copy now. */
const isTaken = () => {
  const text = read(file);
  return text !== null && holderOf(text) !== null;
};

module.exports = { oneAtATime, isTaken };
