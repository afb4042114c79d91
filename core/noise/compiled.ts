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
};

export type ReadyInhibition = Ready<InhibitionRule> & { readonly isSource: Matches; readonly isTarget: Matches };

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
    inhibitions: of("inhibition").map((one) => ({
      ...one,
      isSource: compileScope({ ...everywhere, matchers: one.rule.source }),
      isTarget: compileScope({ ...everywhere, matchers: one.rule.target }),
    })),
  };
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
