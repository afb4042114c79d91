/** What is recorded of the workstreams of an incident. */
import type { WorkstreamOutcome } from "../kernel/vocabulary.ts";

type Someone = { readonly id: string; readonly name: string };
type About = { number: number; personId: string; name: string };

export type WorkstreamEvent =
  /** Whoever opens it leads it until somebody else accepts to. */
  | {
      type: "workstream.opened";
      data: About & { title: string; purpose: string; team: string | null; due: string | null };
    }
  | { type: "workstream.offered"; data: About & { from: Someone; until: string; minutes: number } }
  /** `taken`: from somebody who did not offer it, with a reason. */
  | { type: "workstream.handed-over"; data: About & { from: Someone; how: "offered" | "taken" } }
  /** `over`: the workstream is; `taken`: somebody else leads it now. */
  | {
      type: "workstream.offer-ended";
      data: About & { because: "declined" | "replaced" | "expired" | "taken" | "over" };
    }
  /** `on`: the workstream that it waits for. `due`: another date, or none any more. */
  | {
      type: "workstream.updated";
      data: { number: number; status: "under-way" | "blocked"; text: string; on: number | null; due?: string | null };
    }
  | { type: "workstream.finished"; data: { number: number; outcome: WorkstreamOutcome; text: string } }
  /** Silent for so many minutes: who is told. */
  | { type: "workstream.stale"; data: { number: number; minutes: number; told: string | null } };
