/** What is recorded of how incidents hang together, and of what was taken out of one. */
import type { LinkKind } from "../kernel/vocabulary.ts";

export type LinkEvent =
  /** `kind`: what this one is of the other. */
  | { type: "incident.linked"; data: { incident: string; number: string; kind: LinkKind } }
  /** `alone`: the other, which may not speak of this one any more, goes on saying that they are linked, and is not believed. */
  | { type: "incident.unlinked"; data: { incident: string; number: string; kind: LinkKind; alone?: true } }
  /** Taken out of it: a workstream, tasks by their numbers here, so many alerts. */
  | {
      type: "incident.split";
      data: {
        into: string;
        /** Allotted by the committer, as that of the new incident is. */
        intoNumber: string;
        title: string;
        workstream: number | null;
        tasks: number[];
        alerts: number;
      };
    }
  /** `workstream`: the title that it had there. */
  | {
      type: "incident.split-off";
      data: { from: string; fromNumber: string; workstream: string | null; tasks: number; alerts: number };
    };
