/** What is looked at afterwards by somebody else: who hears that a closure waits for them, whoever closed it that it came back, and
 *  whoever holds the incident that it does not work, by the word of those who need it. */
import { usualLevel } from "../directory/responsibility.ts";
import { followTasks } from "./coordinating.ts";
import { dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { onceOf, tellSoon } from "./telling.ts";

export const checkingReactions: ReactionTable = {
  "restoration.contested": [tellContested],
  "contribution.answered": [tellContestedByLink],
  "incident.closed": [askForCheck],
  /* What is still to be done is late again. */
  "closure.returned": [tellReturned, followTasks],
};

/** All who may, since it belongs to none of them more than to another. */
function askForCheck(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { closure } = on.incident;
  if (closure?.check !== "due") return;
  const level = usualLevel("accept-closure");
  for (const person of draft.directory.people.values())
    if ((person.level ?? 0) >= level && person.id !== closure.by.id)
      tellSoon(reacting, person.id, "closure-to-check", onceOf(reacting), { by: closure.by.name, quote: "" });
}

function tellContested(reacting: Reacting): void {
  const { id, name } = reacting.fact.stamp.actor;
  tellHolders(reacting, dataOf(reacting, "restoration.contested").text, { id, name });
}

/** Whoever asked hears of every answer. */
function tellContestedByLink(reacting: Reacting): void {
  const { number, kind, choice, text, name } = dataOf(reacting, "contribution.answered");
  const { contributions = [], milestones } = reacting.on.incident;
  const asker = contributions.find((one) => one.number === number)?.by.id ?? null;
  if (kind === "working" && choice !== "yes" && milestones.restored !== undefined)
    tellHolders(reacting, text, { id: asker, name });
}

/** All but whoever knows already. */
function tellHolders(
  reacting: Reacting,
  text: string | null,
  { id: knows, name }: { readonly id: string | null; readonly name: string },
): void {
  const { coordinator, acceptedBy, tlp } = reacting.on.incident;
  /* What is marked red is for those who read it here. */
  const quote = tlp === "red" ? "" : (text ?? "");
  for (const id of new Set([coordinator?.id, acceptedBy?.id]))
    if (id && id !== knows) tellSoon(reacting, id, "restoration-contested", onceOf(reacting), { by: name, quote });
}

/** Whoever closed it, and whoever coordinates: they have it again. */
function tellReturned(reacting: Reacting): void {
  const { on, fact } = reacting;
  const { actor, reason } = fact.stamp;
  const { closure, coordinator, acceptedBy } = on.incident;
  for (const id of new Set([closure?.by.id, coordinator?.id, acceptedBy?.id]))
    if (id && id !== actor.id)
      tellSoon(reacting, id, "closure-returned", onceOf(reacting), { by: actor.name, quote: reason ?? "" });
}
