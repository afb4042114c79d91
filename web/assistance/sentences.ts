/** What is said of a request: where it stands, why it went where it went, and why it is shown. */
import type { Words } from "../language/words.tsx";
import type { AssistanceView } from "./queries.ts";
import type { Say } from "./words.ts";

type Leg = AssistanceView["path"][number];

/** Why whoever is asked is asked. */
export function becauseWords(
  because: Leg["because"],
  { say, list, by }: { readonly say: Say; readonly list: Words["list"]; readonly by: string | null },
): string {
  if (because.code !== "rule") return say(`because.${because.code}`, { by });
  const matched = because.by.map(({ what, name }) => say(`by.${what}`, { name }));
  return say("because.rule", { rule: because.rule, by: list(matched) });
}

export function passedWords(passed: Leg["passed"], say: Say, list: Words["list"]): string | null {
  if (passed.length === 0) return null;
  const each = passed.map(({ to, because }) => say(`passed.${because}`, { to: to.name }));
  return say("passed", { list: list(each) });
}

export function statusWords({ status, holder }: AssistanceView, say: Say): string {
  return say(`status.${status}`, { name: holder?.name });
}

export const legNow = ({ path }: AssistanceView): Leg | undefined => path.findLast(({ left }) => left === null);

/** Whoever is asked; of one that is over, whoever was last. */
export const partyShown = (view: AssistanceView): AssistanceView["to"] => view.to ?? legNow(view)?.to ?? null;

export function whyWords({ why, to, incident }: AssistanceView, say: Say): string {
  return say(`why.${why}`, { to: to?.name, number: incident?.number });
}

export function raisedWords({ raised }: AssistanceView, say: Say, list: Words["list"]): string | null {
  if (raised === null) return null;
  if (raised.to === "fallback") return say("raised.fallback");
  return say(`raised.${raised.because}`, { people: list(raised.people.map(({ name }) => name)) });
}
