/** The columns of the board: the stages of an open incident, those put together that ask for the same kind of work. An
 *  incident is in one because of what has happened to it; it is moved by acting, not by being carried over. */
import type { IncidentView } from "#contract/shapes.ts";

export const stageColumns = ["sort", "assigned", "diagnosing", "resolving", "restored", "closing"] as const;
export type StageColumn = (typeof stageColumns)[number];

const columnOfStage: Readonly<Record<IncidentView["stage"], StageColumn | null>> = {
  reported: "sort",
  registered: "sort",
  categorised: "sort",
  assigned: "assigned",
  investigating: "diagnosing",
  diagnosing: "diagnosing",
  resolving: "resolving",
  restored: "restored",
  resolved: "closing",
  recovering: "closing",
  closed: null,
  dismissed: null,
  merged: null,
};

export const columnOf = ({ stage }: IncidentView): StageColumn | null => columnOfStage[stage];
