/** Whether a rule could be asked as it is written. */
import { compile } from "../../core/kernel/condition.ts";
import { groupingVariables } from "../../core/noise/compiled.ts";
import { refused } from "../platform/problems.ts";
import { type NoiseKnown, refuseStrangers, refuseWrong } from "./known.ts";
import type { RuleRow } from "./rule-store.ts";

/** `before`: as it stands. */
export function refuseUnusable({ directory }: NoiseKnown, { scope, definition }: RuleRow, before?: RuleRow): void {
  const held = before?.scope.serviceId;
  refuseStrangers(directory(), scope, held);
  if (definition.kind === "inhibition") {
    refuseWrong([...definition.source, ...definition.target]);
    refuseStrangers(directory(), { ...scope, integrationId: definition.sourceIntegration }, held);
  }
  if (definition.kind !== "grouping" || definition.expression === null) return;
  const compiled = compile(definition.expression, groupingVariables);
  if ("error" in compiled) throw refused("expression-invalid", { error: compiled.error });
}
