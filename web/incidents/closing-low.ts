/** What is of low impact is brought to its end in one go, many at a time: each step is an act of its own in each record, as if it had
 *  been asked alone. */
import { actInBulk, type BulkAct, type BulkResult } from "#contract/bulk.ts";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { call } from "../client.ts";
import type { CommandBody } from "./queries.ts";

/** Asked once for all of them. */
export type Ending = { readonly solution: string; readonly impact: string };

type Step = { readonly command: IncidentCommandName; readonly body: CommandBody };

/** The next that it still lacks, and at last to be closed. Criteria of its own are not passed over: closing then says so. */
export function nextStep({ milestones, impact: weight, urgency, language }: IncidentView, said: Ending): Step {
  const { solution, impact } = said;
  if (!milestones.registered) return { command: "register", body: {} };
  if (!milestones.prioritised)
    return { command: "confirm-priority", body: { impact: weight ?? 4, urgency: urgency ?? 4 } };
  if (!milestones.accepted) return { command: "accept", body: {} };
  if (!milestones.restored) return { command: "declare-restored", body: { text: solution } };
  if (!milestones.resolved) return { command: "declare-resolved", body: { solution, cause: null, causeUnknown: true } };
  if (!milestones.recovered) return { command: "confirm-recovery", body: { text: solution, notNeeded: true } };
  if (!milestones.documented)
    return {
      command: "complete-documentation",
      body: { language, summary: solution, impact, workaround: null, lessons: null },
    };
  return { command: "close", body: {} };
}

/** More than all of them: one that comes no further is left where it is. */
const roundsMax = 10;

/** Of each incident the last answer: closed, or what it was refused for. */
export async function closeLow(views: readonly IncidentView[], said: Ending): Promise<readonly BulkResult[]> {
  const last = new Map<string, BulkResult>();
  let going = views;
  for (let round = 0; round < roundsMax && going.length > 0; round++) {
    const acts = going.map((view) => ({ incident: view.id, ...nextStep(view, said) }) as BulkAct);
    const { results } = await call(actInBulk, { body: { acts } });
    for (const result of results) last.set(result.incident, result);
    going = results.flatMap(({ after, command }) => (after === null || command === "close" ? [] : [after]));
  }
  return [...last.values()];
}
