/** A rule as it is typed, and as it is sent. */
import { spelled } from "#core/noise/spelling.ts";
import type { Definition, Matcher, NoiseRule } from "./queries.ts";
import { emptyScope, matchersOf, type ScopeDraft, scopeDraftOf } from "./scope.ts";

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
  readonly across: boolean;
  /** Whose alerts mute; empty: any. */
  readonly sourceIntegration: string;
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
  across: false,
  sourceIntegration: "",
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
        across: draft.across,
        count: Number(draft.count),
        minutes: Number(draft.minutes),
        atLatestMinutes: numberOf(draft.atLatest),
      };
    case "grouping":
      return {
        kind: "grouping",
        across: draft.across,
        labels: namesOf(draft.labels),
        expression: draft.expression.trim() || null,
        withinMinutes: numberOf(draft.within),
        onNewKind: draft.onNewKind,
        kindBy: namesOf(draft.kindBy),
      };
    case "inhibition":
      return {
        kind: "inhibition",
        across: draft.across,
        sourceIntegration: (draft.across && draft.sourceIntegration) || null,
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
      const { across, count, minutes, atLatestMinutes } = definition;
      return { ...draft, across, count: String(count), minutes: String(minutes), atLatest: numbered(atLatestMinutes) };
    }
    case "grouping": {
      const { across, labels, expression, withinMinutes, onNewKind, kindBy } = definition;
      return {
        ...draft,
        across,
        labels: labels.join(", "),
        expression: expression ?? "",
        within: numbered(withinMinutes),
        onNewKind,
        kindBy: kindBy.join(", "),
      };
    }
    case "inhibition": {
      const { across, source, target, equal, graceSeconds } = definition;
      const lines = (matchers: readonly Matcher[]): string => matchers.map(spelled).join("\n");
      const sides = { source: lines(source), target: lines(target), equal: equal.join(", ") };
      const sourceIntegration = definition.sourceIntegration ?? "";
      return { ...draft, ...sides, across, sourceIntegration, grace: String(graceSeconds) };
    }
  }
}

type Say = (
  id: "said.wait" | "said.threshold" | "said.grouping" | "said.grouping.time" | "said.inhibition" | "said.across",
  values: Readonly<Record<string, string | number | null>>,
) => string;

/** In one line, for a list. */
export function ruleWords({ definition }: NoiseRule, say: Say, list: (items: readonly string[]) => string): string {
  const what = definitionWords(definition, say, list);
  return definition.kind !== "wait" && definition.across ? say("said.across", { what }) : what;
}

function definitionWords(definition: Definition, say: Say, list: (items: readonly string[]) => string): string {
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
