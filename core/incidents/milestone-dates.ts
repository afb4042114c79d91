/** Milestones are dates: set, kept at the first, or taken away again. */
import type { Instant, Milestone } from "../kernel/vocabulary.ts";
import type { IncidentState } from "./state.ts";

export const dated = (state: IncidentState, milestone: Milestone, at: Instant): IncidentState["milestones"] => ({
  ...state.milestones,
  [milestone]: at,
});

/** A milestone reached again keeps its first date. */
export const firstDated = (state: IncidentState, milestone: Milestone, at: Instant): IncidentState["milestones"] =>
  state.milestones[milestone] === undefined ? dated(state, milestone, at) : state.milestones;

export const without = (state: IncidentState, ...names: Milestone[]): IncidentState["milestones"] =>
  Object.fromEntries(Object.entries(state.milestones).filter(([name]) => !names.includes(name as Milestone)));
