/** What calls besides those for the incident itself are held to, and what is said of a team's quorum. */
import { activeTeams, quorumOf } from "../incidents/teams.ts";
import type { KeptCase } from "./memory.ts";
import { factsOf, type OfCase } from "./scene.ts";

/** What these calls are for still waits for somebody: an escalation that nobody answered, a team without its quorum. */
export function stillAsked(incident: KeptCase["incident"], number: number): boolean {
  const team = incident.activations?.find((one) => one.number === number);
  if (team) return team.left === undefined && team.metAt === null;
  return incident.escalations?.find((one) => one.number === number)?.status === "requested";
}

export const quorumSaid: OfCase = ({ incident }) =>
  activeTeams(incident).flatMap((one) => {
    const { met, people } = quorumOf(one);
    if ((one.metAt !== null) === met) return [];
    return [`team ${one.number} has ${people} people, and its quorum is said to be ${met ? "missing" : "met"}`];
  });

export const missedOnce: OfCase = (kept) => {
  const seen = new Set<number>();
  return factsOf(kept).flatMap((fact) => {
    if (fact.type === "team.quorum-met") seen.delete(fact.data.number);
    if (fact.type !== "team.quorum-missed") return [];
    const again = seen.has(fact.data.number);
    seen.add(fact.data.number);
    return again ? [`team ${fact.data.number} is said twice to have missed its quorum`] : [];
  });
};
