/** Why an act may not be done now, by the rules of the core and by the duties to notify that the server found unsettled: the browser
 *  knows no law. */
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { whyNot } from "#core/incidents/decide.ts";
import { settlingCriterion } from "#core/incidents/unsettled.ts";
import { type Refusal, refuse } from "#core/kernel/refusal.ts";
import type { Actor } from "#core/kernel/vocabulary.ts";
import { stateFromView } from "./state-from-view.ts";

type About = { readonly number?: number | undefined; readonly criterion?: unknown };

export const whyNotIn = (
  view: IncidentView,
  command: IncidentCommandName,
  actor: Actor,
  { number, criterion }: About = {},
): Refusal | null => whyNot(stateFromView(view), command, actor, number) ?? unsettledIn(view, command, criterion);

export function unsettledIn(
  { asks }: Pick<IncidentView, "asks">,
  command: IncidentCommandName,
  criterion?: unknown,
): Refusal | null {
  if (command !== "close" && !(command === "confirm-criterion" && criterion === settlingCriterion)) return null;
  const unsettled = asks.criteria.find(({ id }) => id === settlingCriterion)?.unsettled ?? [];
  return unsettled.length === 0 ? null : refuse("obligations-unsettled", { unsettled });
}
