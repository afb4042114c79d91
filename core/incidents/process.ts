/** The shape of the process an incident obeys. Its version is pinned when the incident is made and never changes under
 *  it, so every published version stays readable here. */
import type { LevelOverride } from "../access/can.ts";
import type { Milestone } from "../kernel/vocabulary.ts";

export type Process = {
  readonly id: string;
  readonly version: string;
  /** Milestones that closing requires, in the order they are asked for. */
  readonly requiredToClose: readonly Milestone[];
  readonly levels: readonly LevelOverride[];
};

/** The built-in process of every incident without a category of its own. First-line restoration at level 3 is allowed
 *  for low-impact incidents only, as the seed gives level 3 the investigation and not the resolution. */
export const baseProcess: Process = {
  id: "base",
  version: "1.0.0",
  requiredToClose: [
    "registered",
    "categorised",
    "prioritised",
    "accepted",
    "restored",
    "resolved",
    "recovered",
    "documented",
  ],
  levels: [{ command: "declare-restored", whenCategory: "low-impact", level: 3 }],
};

const published: readonly Process[] = [baseProcess];

export type PinnedProcess = string;

export function pin(process: Process): PinnedProcess {
  return `${process.id}@${process.version}`;
}

/** Throws on a version that was never published: a record that names one has been tampered with. */
export function pinnedProcess(pinned: PinnedProcess): Process {
  const process = published.find((one) => pin(one) === pinned);
  if (!process) throw new Error(`process ${pinned} was never published`);
  return process;
}

/** Categories known out of the box; an organisation adds its own. */
export const defaultCategories = ["major", "security", "complex", "low-impact"] as const;
