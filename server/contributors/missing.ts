/** What an answer still lacks before it may be sent. */
import type { Contribution } from "../../core/incidents/contributing.ts";
import type { Wrong } from "./page.ts";
import type { ContributorDraft } from "./store.ts";

export function whatIsMissing(
  { choices, kind, answer }: Contribution,
  { choice, words, file }: ContributorDraft,
): Wrong | null {
  if (kind === "file") return file === null && !answer?.attachmentId ? "file" : null;
  if (choices.length > 0 && kind !== "question") return choice === null ? "choice" : null;
  return choice === null && words === null ? "empty" : null;
}
