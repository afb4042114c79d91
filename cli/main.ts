/** `tocsin <noun> <verb>`: parses, runs, and turns whatever went wrong into one sentence and an exit code. */
import { CommanderError } from "commander";
import { type Console, createConsole } from "./console.ts";
import { Ended, type Exit, exits } from "./exits.ts";
import { createProgram } from "./program.ts";
import { usageSentence } from "./usage.ts";
import type { World } from "./world.ts";

export async function runTocsin(world: World): Promise<Exit> {
  const console = createConsole(world);
  try {
    await createProgram(console).parseAsync([...world.words], { from: "user" });
    return console.exit;
  } catch (error) {
    return explain(console, error);
  }
}

function explain(console: Console, error: unknown): Exit {
  const { said, tell } = console;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exits.ok;
    const sentence = usageSentence(said, error);
    if (sentence !== null) tell(`${sentence}\n${said.t("usage.see-help")}`);
    return exits.usage;
  }
  const ended =
    error instanceof Ended
      ? error
      : new Ended(exits.failure, "internal", error instanceof Error ? error.message : String(error));
  const { code, message: detail, more, exit } = ended;
  if (console.json) tell(JSON.stringify({ error: { code, detail, more, exit } }));
  else for (const line of [detail, ...more]) tell(line);
  return exit;
}
