/** A rule as it is typed, and as it is sent. */
import type { Definition, Matcher, NoiseRule } from "./queries.ts";
import { emptyScope, matchersOf, type ScopeDraft, scopeDraftOf, spelled } from "./scope.ts";

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

/** As it stands, to be changed. */
export function draftOf(rule: NoiseRule): RuleDraft {
  const { definition } = rule;
  const draft: RuleDraft = { ...emptyRule, name: rule.name, kind: definition.kind, scope: scopeDraftOf(rule) };
  const numbered = (value: number | null): string => (value === null ? "" : String(value));
  switch (definition.kind) {
    case "wait":
      return { ...draft, minutes: String(definition.minutes) };
    case "threshold": {
      const { count, minutes, atLatestMinutes } = definition;
      return { ...draft, count: String(count), minutes: String(minutes), atLatest: numbered(atLatestMinutes) };
    }
    case "grouping": {
      const { labels, expression, withinMinutes, onNewKind, kindBy } = definition;
      return {
        ...draft,
        labels: labels.join(", "),
        expression: expression ?? "",
        within: numbered(withinMinutes),
        onNewKind,
        kindBy: kindBy.join(", "),
      };
    }
    case "inhibition": {
      const { source, target, equal, graceSeconds } = definition;
      const lines = (matchers: readonly Matcher[]): string => matchers.map(spelled).join("\n");
      const grace = String(graceSeconds);
      return { ...draft, source: lines(source), target: lines(target), equal: equal.join(", "), grace };
    }
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
