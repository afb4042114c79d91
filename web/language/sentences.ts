/** The one funnel from a failure or a refusal to a sentence. */
import type { Refusal } from "#core/kernel/refusal.ts";
import type { Values } from "#languages/messages.ts";
import { RequestFailed } from "../client.ts";
import type { Words } from "./words.tsx";

export function failureSentence(words: Words, error: unknown): string {
  if (!(error instanceof RequestFailed)) return words.t("internal.detail");
  const { code, detail, missing, errors, requestId } = error.problem;
  if (code === "milestones-missing" && missing) return refusalSentence(words, { refused: code, missing });
  const fields = (errors ?? []).map((one) => one.detail).filter(Boolean);
  /* Our own sentence reads in the language of this page. Where it needs values that a problem does not carry, the
     server's, asked for in that language too, has them. */
  const ours = needsValues(words, code) ? undefined : words.find(`${code}.detail`);
  const sentence = words.find(`failure.${code}`) ?? ours ?? (detail || code);
  if (code === "internal" && requestId) return `${sentence} ${requestId}`;
  return fields.length > 0 ? `${sentence} ${fields.join(" ")}` : sentence;
}

/** A message that changes with its values has a place for them. */
function needsValues(words: Words, code: string): boolean {
  const anything = new Proxy({}, { has: () => true, get: () => 7 }) as Values;
  return words.find(`${code}.detail`, anything) !== words.find(`${code}.detail`);
}

/** Why a button is disabled, from the same rule the server applies. */
export function refusalSentence(words: Words, refusal: Refusal): string {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(refusal.values ?? {})) {
    if (typeof value === "string" || typeof value === "number") values[name] = value;
    else if (Array.isArray(value)) values[name] = value.join(", ");
  }
  const { command } = values;
  if (typeof command === "string") values.command = words.find(`command.${command}.do`) ?? command;
  if (refusal.missing) values.missing = missingList(words, refusal.missing);
  return words.find(`${refusal.refused}.detail`, values) ?? refusal.refused;
}

/** What categories ask on top is named where their words are at hand, and counted where they are not. */
export function missingList(words: Words, missing: readonly string[], criteria: readonly Criterion[] = []): string {
  const said = missing.map(
    (name) =>
      words.find(`milestone.missing.${name}`) ??
      nameOf(
        words,
        criteria.find(({ id }) => id === name),
      ),
  );
  const named = said.filter((one) => one !== undefined);
  const count = said.length - named.length;
  return words.list([...named, ...(count > 0 ? [words.t("milestone.missing.criteria", { count })] : [])]);
}
type Criterion = { readonly id: string; readonly name: string; readonly stream?: true };

const nameOf = ({ t }: Words, one: Criterion | undefined): string | undefined =>
  one?.stream ? t("milestone.missing.workstream", { title: one.name }) : one?.name;
