/** The scope of a silence or a rule as it is typed, and as it is sent. */
import { readMatcher, spelled } from "#core/noise/spelling.ts";
import type { Matcher, Scope } from "./queries.ts";

export type ScopeDraft = {
  readonly integration: string;
  readonly service: string;
  readonly text: string;
  /** One matcher a line. */
  readonly labels: string;
};

export const emptyScope: ScopeDraft = { integration: "", service: "", text: "", labels: "" };

/** `wrong`: the first line that is none. */
export function matchersOf(labels: string): { readonly matchers: Matcher[]; readonly wrong: string | null } {
  const matchers: Matcher[] = [];
  for (const line of labels.split("\n").map((one) => one.trim().replace(/,$/, ""))) {
    if (line === "") continue;
    const matcher = readMatcher(line);
    if (matcher === null) return { matchers, wrong: line };
    matchers.push(matcher);
  }
  return { matchers, wrong: null };
}

/** As it stands, to be changed. */
export const scopeDraftOf = ({ integration, service, text, matchers }: Scope): ScopeDraft => ({
  integration: integration?.id ?? "",
  service: service?.id ?? "",
  text: text ?? "",
  labels: matchers.map(spelled).join("\n"),
});

export type Said = {
  readonly integration: string | null;
  readonly service: string | null;
  readonly text: string | null;
  readonly matchers: Matcher[];
};

export function askedOf({ integration, service, text, labels }: ScopeDraft): Said {
  return {
    integration: integration || null,
    service: service || null,
    text: text.trim() || null,
    matchers: matchersOf(labels).matchers,
  };
}

export const saysSomething = ({ integration, service, text, matchers }: Said): boolean =>
  integration !== null || service !== null || text !== null || matchers.length > 0;

/** In one line, for a list. */
export function scopeWords(
  { integration, service, matchers, text }: Scope,
  say: (id: "scope.everything" | "scope.text.said", values?: { text: string }) => string,
): string {
  const parts = [
    integration?.name,
    service?.name,
    ...matchers.map(spelled),
    text === null ? undefined : say("scope.text.said", { text }),
  ].filter((one) => one !== undefined);
  return parts.length === 0 ? say("scope.everything") : parts.join(" · ");
}
