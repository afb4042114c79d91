/** What follows where an incident is proposed as serious or not routine, held so, and investigated. */
import type { Bilingual } from "../directory/category-process.ts";
import { usualLevel } from "../directory/responsibility.ts";
import { toOwner } from "../incidents/escalations.ts";
import { flagsRaised } from "../incidents/flags.ts";
import { nextCall } from "../incidents/teams.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { appendCaused, dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { addressee } from "./targets.ts";
import { onceOf, tellSoon } from "./telling.ts";

export const flaggingReactions: ReactionTable = {
  "flag.proposed": [tellProposed],
  "flag.raised": [askOwner],
  "flag.lowered": [restOwner],
  "investigation.taken": [tellTaken],
};

/** What is expected of whoever keeps the service. */
const acknowledged: Bilingual = {
  fr: "Prendre acte, et dire ce que le service décide",
  en: "Acknowledge, and say what the service decides",
};

const level = usualLevel("raise-flag");

/** Whoever may say so among those who have it or keep the service; all who may, when none of them can. */
function tellProposed(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const { criteria } = dataOf(reacting, "flag.proposed");
  const { coordinator, acceptedBy, service } = on.incident;
  const owner = draft.directory.services.get(service ?? "")?.ownerId;
  const able = [...draft.directory.people.values()].filter((one) => one.active && (one.level ?? 0) >= level);
  const near = able.filter(({ id }) => [coordinator?.id, acceptedBy?.id, owner].includes(id));
  const { actor, reason } = fact.stamp;
  for (const { id, language } of near.length > 0 ? near : able) {
    if (id === actor.id) continue;
    const quote = reason?.trim() || criteria.map(({ words }) => words[language]).join("; ");
    tellSoon(reacting, id, "flag-proposed", onceOf(reacting), { by: actor.kind === "person" ? actor.name : "", quote });
  }
}

/** Called as by any escalation, which they acknowledge, return or see ended. Who is asked already, holds it so themselves, or keeps
 *  nothing, is not asked. */
function askOwner(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const { escalations = [], service } = on.incident;
  const owner = addressee(draft.directory, service, toOwner);
  const asked = escalations.some(
    ({ to, status }) => to === toOwner && (status === "requested" || status === "acknowledged"),
  );
  if (asked || isRefusal(owner) || ("id" in owner && owner.id === fact.stamp.actor.id)) return;
  const number = nextCall(on.incident);
  const expected = acknowledged[draft.directory.language];
  appendCaused(reacting, [
    { type: "escalation.requested", data: { kind: "hierarchical", to: toOwner, expected, number } },
  ]);
}

/** Nobody is called to acknowledge what is held so no longer. What they took, they end or return themselves. */
function restOwner(reacting: Reacting): void {
  const { incident } = reacting.on;
  if (flagsRaised(incident).length > 0) return;
  for (const { number, to, expected, status } of incident.escalations ?? [])
    if (to === toOwner && status === "requested" && Object.values(acknowledged).includes(expected))
      appendCaused(reacting, [{ type: "escalation.ended", data: { number, personId: null, name: "" } }]);
}

function tellTaken(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const { coordinator, acceptedBy, service } = on.incident;
  const owner = draft.directory.services.get(service ?? "")?.ownerId;
  for (const id of new Set([coordinator?.id, acceptedBy?.id, owner]))
    if (id && id !== fact.stamp.actor.id)
      tellSoon(reacting, id, "investigation-taken", onceOf(reacting), { by: fact.stamp.actor.name, quote: "" });
}
