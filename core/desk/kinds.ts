/** A new kind of failure in a group that somebody has already: it is said in the record, and they are asked anew, or told, as
 *  the rule has it. Without this a group would hide what nobody has looked at. */
import type { Grouped } from "../noise/grouping.ts";
import type { Case } from "./draft.ts";
import { type Handling, state } from "./handling.ts";
import { noteGroup } from "./waiting.ts";

/** Past so many, an incident is about everything, and one more kind tells nothing. */
export const kindsMax = 50;

export function noteKind(
  handling: Handling,
  on: Case,
  { grouped, key, alertId }: { readonly grouped: Grouped; readonly key: string; readonly alertId: string },
): void {
  const { rule, kind } = grouped;
  const kinds = on.incident.kinds ?? [];
  if (kinds.includes(kind) || kinds.length >= kindsMax) return;
  const first = kinds.length === 0;
  const asks = !first && rule.onNewKind === "page" ? (on.incident.acceptedBy?.id ?? null) : null;
  const of = { id: rule.id, version: rule.version, name: rule.name };
  state(handling, on, [{ type: "alert.kind-joined", data: { kind, key, rule: of, asks } }]);
  if (!first) noteGroup(handling.draft, alertId, "new-kind", { rule, values: { kind, asks: asks !== null } });
}
