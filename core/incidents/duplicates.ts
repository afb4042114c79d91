/** Which known incidents the one being written probably is. Where the candidates come from is the caller's matter (the
 *  server's indexes, the board in hand); what makes one likely, and why, is decided here. Open ones come first: somebody
 *  works on them. */
import type { Instant, JsonObject } from "../kernel/vocabulary.ts";
import { fingerprintOf, stemOf, tellingWords, wordsOf } from "../kernel/words.ts";

export const duplicateReasons = ["same-title", "similar-title", "shared-words"] as const;
export type DuplicateReason = { readonly code: (typeof duplicateReasons)[number]; readonly values: JsonObject };

export type Candidate = {
  readonly id: string;
  readonly title: string;
  readonly service: string | null;
  readonly open: boolean;
  /** When it was reported, or when it ended. */
  readonly at: Instant;
  /** Of its title with what was typed, from 0 to 1; null when nobody measured it. */
  readonly similarity: number | null;
  /** Words typed that stand somewhere in its record, besides those of its title. */
  readonly inRecord?: readonly string[];
};

export type LikelyDuplicate = { readonly id: string; readonly reasons: readonly DuplicateReason[] };

/** Names that a service goes by, in every language. Any incident of a service may have them in its title: they say where,
 *  and not what. */
export type ServiceNames = (serviceId: string) => readonly string[];

export const duplicatesMax = 5;
/** Below, titles are alike by chance. */
export const similarityMin = 0.45;

export function likelyDuplicates(
  typed: { readonly title: string; readonly service: string | null },
  candidates: readonly Candidate[],
  namesOf: ServiceNames,
): LikelyDuplicate[] {
  const print = fingerprintOf(typed.title);
  const words = tellingWords(typed.title);
  const scored = candidates.map((candidate) => {
    const reasons = reasonsFor(candidate, { words, print, names: candidate.service ? namesOf(candidate.service) : [] });
    return {
      candidate,
      reasons,
      score: scoreOf(reasons, typed.service !== null && candidate.service === typed.service),
    };
  });
  return scored
    .filter(({ reasons }) => reasons.length > 0)
    .sort(
      (a, b) =>
        Number(b.candidate.open) - Number(a.candidate.open) || b.score - a.score || b.candidate.at - a.candidate.at,
    )
    .slice(0, duplicatesMax)
    .map(({ candidate, reasons }) => ({ id: candidate.id, reasons }));
}

type Typed = {
  readonly words: ReturnType<typeof tellingWords>;
  readonly print: string | null;
  readonly names: readonly string[];
};

function reasonsFor(candidate: Candidate, { words, print, names }: Typed): DuplicateReason[] {
  const where = new Set(tellingWords(names.join(" ")).map(({ stem }) => stem));
  const telling = words.filter(({ stem }) => !where.has(stem));
  /* A title that is only the name of a service says nothing yet. */
  if (words.length > 0 && telling.length === 0) return [];
  if (print !== null && fingerprintOf(candidate.title) === print) return [{ code: "same-title", values: {} }];
  const titled = new Set(wordsOf(candidate.title).map(stemOf));
  const shared = telling
    .filter(({ word, stem }) => titled.has(stem) || candidate.inRecord?.includes(word))
    .map(({ word }) => word);
  /* One word is enough when it is the only one. */
  const enough = shared.length >= Math.min(2, telling.length) && shared.length > 0;
  const reasons: DuplicateReason[] = [];
  const similarity = candidate.similarity ?? 0;
  if (similarity >= similarityMin && shared.length > 0)
    reasons.push({ code: "similar-title", values: { percent: Math.round(similarity * 100) } });
  if (enough) reasons.push({ code: "shared-words", values: { words: shared } });
  return reasons;
}

function scoreOf(reasons: readonly DuplicateReason[], sameService: boolean): number {
  let score = sameService ? 15 : 0;
  for (const { code, values } of reasons) {
    if (code === "same-title") score += 200;
    if (code === "similar-title") score += Number(values.percent);
    if (code === "shared-words") score += 20 * (values.words as readonly string[]).length;
  }
  return score;
}
