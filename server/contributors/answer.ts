/** An answer as it is being written. */
import type { Contribution } from "../../core/incidents/contributing.ts";
import { ticketMax } from "../../core/incidents/engaging.ts";
import { cleanText, cleanTitle } from "../../core/intake/text.ts";
import type { Sent } from "./form.ts";
import type { Wrong } from "./page.ts";
import type { ContributorDraft } from "./store.ts";

const wordsMax = 5_000;

export const wordsOf = ({ fields }: Sent): string | null => cleanText(fields.words ?? "", wordsMax).text.trim() || null;

export const nothingYet: ContributorDraft = { choice: null, words: null, file: null, keptAt: 0 };

/** What it still lacks before it may be sent. */
export function whatIsMissing(
  { choices, kind, answer }: Contribution,
  { choice, words, file }: ContributorDraft,
): Wrong | null {
  if (kind === "file") return file === null && !answer?.attachmentId ? "file" : null;
  if (choices.length > 0 && kind !== "question") return choice === null ? "choice" : null;
  return choice === null && words === null ? "empty" : null;
}

/** A ticket number on a line of its own, then what they say: one text, as everything that is answered. */
export function wordsFor({ kind }: Contribution, sent: Sent): string | null {
  const words = wordsOf(sent);
  if (kind !== "ticket") return words;
  const ticket = cleanTitle(sent.fields.ticket ?? "", ticketMax).text.trim();
  return ticket === "" && words === null ? null : `${ticket}\n${words ?? ""}`.trimEnd();
}

/** Their number, and the rest. */
export function inParts({ kind }: Pick<Contribution, "kind">, text: string | null): readonly [string, string] {
  if (kind !== "ticket" || text === null) return ["", text ?? ""];
  const [first = "", ...rest] = text.split("\n");
  return [first, rest.join("\n")];
}
