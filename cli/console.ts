/** What every command has at hand: words in the caller's language, a place for data and one for talk, and how the caller
 *  wants them. */
import { resolve } from "node:path";
import { type Locale, locales } from "../core/kernel/vocabulary.ts";
import { cli } from "../languages/cli.ts";
import { contacts } from "../languages/contacts.ts";
import { labels } from "../languages/labels.ts";
import { localeOfTag } from "../languages/locale.ts";
import { createMessages } from "../languages/messages.ts";
import type { Exit } from "./exits.ts";
import { exits } from "./exits.ts";
import type { World } from "./world.ts";

const messagesIn = (locale: Locale) => createMessages(locale, cli, contacts, labels);
export type Said = ReturnType<typeof messagesIn>;

export type Console = {
  readonly world: World;
  readonly locale: Locale;
  readonly said: Said;
  /** Set once the words were parsed. */
  json: boolean;
  url: string | null;
  token: string | null;
  exit: Exit;
  readonly print: (line: string) => void;
  readonly printJson: (value: unknown) => void;
  readonly tell: (line: string) => void;
};

export function createConsole(world: World): Console {
  const locale = localeOf(world);
  return {
    world,
    locale,
    said: messagesIn(locale),
    json: false,
    url: null,
    token: null,
    exit: exits.ok,
    print: (line) => world.write(`${line}\n`),
    printJson: (value) => world.write(`${JSON.stringify(value, null, 2)}\n`),
    tell: (line) => world.say(`${line}\n`),
  };
}

/** Looked for before parsing: help and errors of parsing are said in this language too. A wrong `--lang` is refused later. */
function localeOf({ words, environment }: World): Locale {
  const at = words.findIndex((word) => word === "--lang" || word.startsWith("--lang="));
  const asked = words[at]?.split("=")[1] ?? (at < 0 ? undefined : words[at + 1]);
  if (locales.some((one) => one === asked)) return asked as Locale;
  const system = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  return localeOfTag(system.split(".")[0] ?? "") ?? "en";
}

/** Where the caller stands. `npm run` moves to the package and says where it came from; when something else was run by
 *  npm, and runs us in its turn, that is not our caller's place. */
export function fromHere({ environment, directory }: World, path: string): string {
  const byNpm = environment.npm_lifecycle_event === "tocsin" && environment.npm_package_name === "tocsin";
  return resolve((byNpm ? environment.INIT_CWD : undefined) ?? directory, path);
}
