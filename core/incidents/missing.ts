/** What closing still requires: the milestones of the pinned process without a date, in the order they are asked for. */
import type { Milestone } from "../kernel/vocabulary.ts";
import { pinnedProcess } from "./process.ts";
import type { IncidentState } from "./state.ts";

export function missingToClose(state: IncidentState): readonly Milestone[] {
  if (state.process === "") return [];
  return pinnedProcess(state.process).requiredToClose.filter((name) => state.milestones[name] === undefined);
}
