/** A terminal for tests: what was written, what was said, how it ended. */
import type { Exit } from "./exits.ts";
import { runTocsin } from "./main.ts";
import type { World } from "./world.ts";

export type Tried = { readonly exit: Exit; readonly out: string; readonly said: string };

export async function tocsin(words: readonly string[], world: Partial<World> = {}): Promise<Tried> {
  let out = "";
  let said = "";
  const exit = await runTocsin({
    words,
    environment: { LANG: "en_CA.UTF-8" },
    directory: ".",
    terminal: { out: false, err: false },
    write: (chunk) => {
      out += chunk;
    },
    say: (chunk) => {
      said += chunk;
    },
    readInput: async () => "",
    now: () => 0,
    newKey: () => "key-of-the-trial",
    makeToken: async () => ({ refused: "no-desk", where: "" }),
    ...world,
  });
  return { exit, out, said };
}
