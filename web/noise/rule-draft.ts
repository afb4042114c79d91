/** A rule as it is typed, and as it is sent. */
import type { Definition, NoiseRule } from "./queries.ts";
import { emptyScope, matchersOf, type ScopeDraft, spelled } from "./scope.ts";

export const ruleKinds = ["wait", "threshold", "grouping", "inhibition"] as const;
export type RuleKind = (typeof ruleKinds)[number];

export type RuleDraft = {
  readonly name: string;
  readonly kind: RuleKind;
  readonly scope: ScopeDraft;
  readonly minutes: string;
  readonly count: string;
  readonly atLatest: string;
  readonly labels: string;
  readonly expression: string;
  readonly within: string;
  readonly onNewKind: "page" | "nothing";
  readonly kindBy: string;
  readonly source: string;
  readonly target: string;
  readonly equal: string;
  readonly grace: string;
};

export const emptyRule: RuleDraft = {
  name: "",
  kind: "wait",
  scope: emptyScope,
  minutes: "5",
  count: "3",
  atLatest: "",
  labels: "",
  expression: "",
  within: "",
  onNewKind: "page",
  kindBy: "",
  source: "",
  target: "",
  equal: "",
  grace: "30",
};

const namesOf = (text: string): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
const numberOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));

export function definitionOf(draft: RuleDraft): Definition {
  switch (draft.kind) {
    case "wait":
      return { kind: "wait", minutes: Number(draft.minutes) };
    case "threshold":
      return {
        kind: "threshold",
        count: Number(draft.count),
        minutes: Number(draft.minutes),
        atLatestMinutes: numberOf(draft.atLatest),
      };
    case "grouping":
      return {
        kind: "grouping",
        labels: namesOf(draft.labels),
        expression: draft.expression.trim() || null,
        withinMinutes: numberOf(draft.within),
        onNewKind: draft.onNewKind,
        kindBy: namesOf(draft.kindBy),
      };
    case "inhibition":
      return {
        kind: "inhibition",
        source: matchersOf(draft.source).matchers,
        target: matchersOf(draft.target).matchers,
        equal: namesOf(draft.equal),
        graceSeconds: Number(draft.grace),
      };
  }
}

type Say = (
  id: "said.wait" | "said.threshold" | "said.grouping" | "said.grouping.time" | "said.inhibition",
  values: Readonly<Record<string, string | number | null>>,
) => string;

/** In one line, for a list. */
export function ruleWords({ definition }: NoiseRule, say: Say, list: (items: readonly string[]) => string): string {
  switch (definition.kind) {
    case "wait":
      return say("said.wait", { minutes: definition.minutes });
    case "threshold":
      return say("said.threshold", { count: definition.count, minutes: definition.minutes });
    case "grouping": {
      const { labels, expression, withinMinutes } = definition;
      const time = withinMinutes === null ? [] : [say("said.grouping.time", { minutes: withinMinutes })];
      return say("said.grouping", { by: list([...labels, ...(expression === null ? [] : [expression]), ...time]) });
    }
    case "inhibition": {
      const { source, target, equal } = definition;
      return say("said.inhibition", {
        source: source.map(spelled).join(", "),
        target: target.map(spelled).join(", "),
        equal: list(equal),
      });
    }
  }
}
