/** Where the command line meets the world: arguments, terminal, clock, and the local desk's database, which only this
 *  launcher can hand it (cli/ itself speaks to a desk by its API alone). */
import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { exits } from "../cli/exits.ts";
import { runTocsin } from "../cli/main.ts";

/** A reader that went away (`| head`) is no failure of ours. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? exits.ok : exits.failure);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(exits.interrupted));

process.exitCode = await runTocsin({
  words: process.argv.slice(2),
  environment: process.env,
  directory: process.cwd(),
  terminal: { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true },
  write: (chunk) => void process.stdout.write(chunk),
  say: (chunk) => void process.stderr.write(chunk),
  readInput: () => text(process.stdin),
  now: () => Date.now(),
  newKey: () => randomUUID(),
  makeToken: async (wanted) => (await import("./local-desk.ts")).makeTokenHere(process.env, wanted),
});
