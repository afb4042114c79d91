/** Which of the periods of a plan is in force now, which is next, and which was the last. */
import type { IncidentView } from "#contract/shapes.ts";
import { periodStatus } from "#core/incidents/periods.ts";

type Period = IncidentView["plan"][number];

export type Standing = { readonly running: Period | null; readonly ahead: Period | null; readonly over: Period | null };

export const statusOf = ({ from, until }: Period, at: number) =>
  periodStatus({ from: Date.parse(from), until: Date.parse(until) }, at);

/** `beat`: a clock of the page, which may be behind what has just been recorded. */
export function standingOf({ plan, updatedAt }: Pick<IncidentView, "plan" | "updatedAt">, beat: number): Standing {
  const at = Math.max(beat, Date.parse(updatedAt));
  const last = (wanted: ReturnType<typeof statusOf>) => plan.findLast((one) => statusOf(one, at) === wanted) ?? null;
  return { running: last("running"), ahead: last("ahead"), over: last("over") };
}
