/** From a reason of the server, a code with values, to its sentence. */

import { foldText } from "#core/kernel/words.ts";
import type { Words } from "../language/words.tsx";
import { shortNumber } from "./arrangement.ts";
import type { Reason } from "./record-draft.ts";

/** The server compares words without their accents; they are shown as they were typed. */
function asTyped(typed: string): (word: string) => string {
  const written = new Map(typed.split(/[^\p{L}\p{N}]+/u).map((word) => [foldText(word), word.toLowerCase()]));
  return (word) => written.get(word) ?? word;
}

type Kind = "proposal" | "duplicate";

export function reasonsSentence(words: Words, kind: Kind, reasons: readonly Reason[], typed = ""): string {
  const written = asTyped(typed);
  const shown = (value: unknown): string => shortNumber(written(String(value)), words.year());
  const sentences = reasons.map(({ code, values }) => {
    const said: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === "string" || typeof value === "number") said[name] = value;
      if (Array.isArray(value)) said[name] = words.list(value.map(shown));
    }
    return words.find(`reason.${kind}.${code}`, said) ?? code;
  });
  return [...new Set(sentences)].join(words.t("ui.semicolon"));
}
