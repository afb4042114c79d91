/** Under which heading of a person's work a line stands. */
import type { AwaitedView } from "#contract/my-work.ts";
import { dayMs, hourMs } from "#core/kernel/time.ts";
import { hasEnded } from "../incidents/arrangement.ts";

export const groups = ["now", "today", "later", "undated", "holds", "afterwards"] as const;
export type Group = (typeof groups)[number];

/** What is over can wait until what goes on has been looked at; what one holds stands apart until something of it is late. */
export function groupOf(
  { command, until, incident }: Pick<AwaitedView, "command" | "until" | "incident">,
  at: number,
): Group {
  const left = until === null ? null : Date.parse(until) - at;
  if (command === null) return left !== null && left < 0 ? "now" : "holds";
  if (left === null) return hasEnded(incident) ? "afterwards" : "undated";
  if (left <= hourMs) return "now";
  return left <= dayMs ? "today" : "later";
}
