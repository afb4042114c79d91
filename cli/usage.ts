/** What the parser refuses, in the caller's language: it says it in English only, with the word at fault in quotes. */
import type { CommanderError } from "commander";
import type { Said } from "./console.ts";

/** Null when the help that was shown says enough. */
export function usageSentence(said: Said, error: CommanderError): string | null {
  const kind = error.code.replace("commander.", "");
  if (kind === "help") return null;
  const word = /(?:for argument |^[^']*)'([^']*)'(?!.*for argument)/.exec(error.message)?.[1] ?? "";
  const meant = /\(Did you mean (?:one of )?(.*)\?\)/.exec(error.message)?.[1];
  /* Our own parsers of values say what is possible, in the caller's language, after the parser's words. */
  const possible = / is invalid(?: for argument '[^']*')?\. (.*)$/s.exec(error.message)?.[1] ?? "";
  const sentence = `${said.find(`usage.${kind}`, { word }) ?? error.message} ${possible}`.trim();
  return meant === undefined ? sentence : `${sentence} ${said.t("usage.meant", { meant })}`;
}
