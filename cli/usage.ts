/** What the parser refuses, in the caller's language: it says it in English only, with the word at fault in quotes. */
import type { CommanderError } from "commander";
import type { Said } from "./console.ts";

/** Null when the help that was shown says enough. */
export function usageSentence(said: Said, error: CommanderError): string | null {
  const kind = error.code.replace("commander.", "");
  if (kind === "help") return null;
  const word = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  const meant = /\(Did you mean (?:one of )?(.*)\?\)/.exec(error.message)?.[1];
  const sentence = said.find(`usage.${kind}`, { word }) ?? error.message;
  return meant === undefined ? sentence : `${sentence} ${said.t("usage.meant", { meant })}`;
}
