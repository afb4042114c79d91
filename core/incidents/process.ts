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

/** The built-in process of every incident; its categories lay theirs over it. */
export const baseProcess: Process = {
  id: "base",
  version: "1.1.0",
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
  levels: [],
};

/** Of the time when categories asked nothing of their own: what is the low-impact category's now stood here. */
const beforeCategories: Process = {
  ...baseProcess,
  version: "1.0.0",
  levels: [{ command: "declare-restored", whenCategory: "low-impact", level: 3 }],
};

const published: readonly Process[] = [baseProcess, beforeCategories];

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
