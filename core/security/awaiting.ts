/** What of the response to a security incident awaits one person: evidence that is handed to them, and what is to be handed to third
 *  parties, which somebody else prepared. */
import type { Awaited } from "../incidents/awaiting.ts";
import { noSecurity, openHandOver } from "../incidents/security-state.ts";
import type { IncidentState } from "../incidents/state.ts";
import { isRefusal } from "../kernel/refusal.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import { grant } from "./permission.ts";

const plain = { until: null, target: null } as const;

export function awaitedOfResponse(state: IncidentState, actor: Actor): Awaited[] {
  const { evidence, disclosures } = state.security ?? noSecurity;
  const may = (name: "receive-evidence" | "approve-disclosure"): boolean => !isRefusal(grant(state, name, actor));
  if (actor.id === null || !may("receive-evidence")) return [];
  const handed = evidence
    .filter((one) => openHandOver(one)?.to.id === actor.id)
    .map(
      ({ number, description }): Awaited => ({
        ...plain,
        command: "receive-evidence",
        why: "yours",
        number,
        about: description,
      }),
    );
  if (!may("approve-disclosure")) return handed;
  const prepared = disclosures
    .filter(({ status, by }) => status === "prepared" && by.id !== actor.id)
    .map(({ number, to }): Awaited => ({ ...plain, command: "approve-disclosure", why: "level", number, about: to }));
  return [...handed, ...prepared];
}
