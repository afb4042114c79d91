/** All that is said about noise, ready to be asked of an alert. Made once for a version of it; null where nothing is said, so
 *  that a desk without rules pays for none. */
import { type Condition, compile, type Variables } from "../kernel/condition.ts";
import { compileScope, everywhere, type Matches } from "./matching.ts";
import type { GroupingRule, InhibitionRule, NoiseRule, ThresholdRule, WaitRule } from "./rules.ts";
import type { Silence } from "./silences.ts";
import type { MaintenanceWindow } from "./windows.ts";

export type Said = {
  readonly silences: readonly Silence[];
  readonly windows: readonly MaintenanceWindow[];
  readonly rules: readonly NoiseRule[];
};

type Ready<Rule> = { readonly rule: Rule; readonly matches: Matches };

export type Noise = {
  readonly silences: readonly Ready<Silence>[];
  readonly windows: readonly Ready<MaintenanceWindow>[];
  readonly waits: readonly Ready<WaitRule>[];
  readonly thresholds: readonly Ready<ThresholdRule>[];
  readonly groupings: readonly (Ready<GroupingRule> & { readonly expression: Condition | null })[];
  readonly inhibitions: readonly ReadyInhibition[];
  readonly across: readonly AcrossRule[];
};

/** Of what mutes and of what is muted: all that the rule says of each. */
export type ReadyInhibition = {
  readonly rule: InhibitionRule;
  readonly isSource: Matches;
  readonly isTarget: Matches;
};

/** One that is asked of all integrations together: those that it concerns wait for one another. */
export type AcrossRule = {
  readonly id: string;
  readonly mutes: boolean;
  readonly concerns: (integrationId: string) => boolean;
};

/** What an expression of a grouping may ask. */
export const groupingVariables: Variables = {
  key: "string",
  title: "string",
  severity: "string",
  source: "string",
  service: "string",
  labels: "dyn",
  details: "dyn",
};

export function compileNoise({ silences, windows, rules }: Said): Noise | null {
  const standing = rules.filter(({ enabled }) => enabled);
  if (silences.length + windows.length + standing.length === 0) return null;
  const of = <Kind extends NoiseRule["kind"]>(kind: Kind) =>
    standing.filter((one): one is Extract<NoiseRule, { kind: Kind }> => one.kind === kind).map(ready);
  return {
    silences: silences.map(ready),
    windows: windows.map((rule) => ({ rule, matches: matchesWindow(rule) })),
    waits: of("wait"),
    thresholds: of("threshold"),
    groupings: of("grouping").map((one) => ({ ...one, expression: expressionOf(one.rule) })),
    inhibitions: of("inhibition").map(sidesOf),
    across: standing.flatMap(acrossOf),
  };
}

function sidesOf({ rule, matches }: Ready<InhibitionRule>): ReadyInhibition {
  const { source, target, across, sourceIntegration } = rule;
  const isNamed = compileScope({ ...everywhere, matchers: source });
  const isMuted = compileScope({ ...everywhere, matchers: target });
  const isTarget: Matches = (subject) => matches(subject) && isMuted(subject);
  if (!across) return { rule, isTarget, isSource: (subject) => matches(subject) && isNamed(subject) };
  const from = compileScope({ ...everywhere, integrationId: sourceIntegration });
  return { rule, isTarget, isSource: (subject) => from(subject) && isNamed(subject) };
}

function acrossOf(rule: NoiseRule): AcrossRule[] {
  if (rule.kind === "wait" || !rule.across) return [];
  const mutes = rule.kind === "inhibition";
  const named = mutes ? [rule.scope.integrationId, rule.sourceIntegration] : [rule.scope.integrationId];
  return [{ id: rule.id, mutes, concerns: (id) => named.some((one) => one === null || one === id) }];
}

const ready = <Rule extends Pick<Silence, "scope">>(rule: Rule): Ready<Rule> => ({
  rule,
  matches: compileScope(rule.scope),
});

function matchesWindow({ scope, serviceIds }: MaintenanceWindow): Matches {
  const inScope = compileScope(scope);
  if (serviceIds.length === 0) return inScope;
  const services = new Set(serviceIds);
  return (subject) => subject.serviceId !== null && services.has(subject.serviceId) && inScope(subject);
}

/** One that does not compile was refused when it was written. */
function expressionOf({ expression }: GroupingRule): Condition | null {
  if (expression === null) return null;
  const compiled = compile(expression, groupingVariables);
  return "error" in compiled ? null : compiled;
}
