/** Whether a rule could be asked as it is written. */
import { compile } from "../../core/kernel/condition.ts";
import { groupingVariables } from "../../core/noise/compiled.ts";
import { refused } from "../platform/problems.ts";
import { type NoiseKnown, refuseStrangers, refuseWrong } from "./known.ts";
import type { RuleRow } from "./rule-store.ts";

export function refuseUnusable({ directory }: NoiseKnown, { scope, definition }: RuleRow): void {
  refuseStrangers(directory(), scope);
  if (definition.kind === "inhibition") {
    refuseWrong([...definition.source, ...definition.target]);
    refuseStrangers(directory(), { ...scope, integrationId: definition.sourceIntegration });
  }
  if (definition.kind !== "grouping" || definition.expression === null) return;
  const compiled = compile(definition.expression, groupingVariables);
  if ("error" in compiled) throw refused("expression-invalid", { error: compiled.error });
}
