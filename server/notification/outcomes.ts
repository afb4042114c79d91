/** What became of what was sent comes back in: the row, its evidence and what the desk makes of it, in one transaction. */
import type pg from "pg";
import type { PageOutcome } from "../../core/desk/inputs.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import { type Claimed, endOutbox, retryOutbox } from "../platform/outbox.ts";
import type { Became, SenderKnown } from "./effects.ts";
import { insertEvidence } from "./provider-store.ts";

type Known = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly submit: Submit;
  /** A call for a request for assistance, which has a record of its own. `end`: in the transaction that states it. */
  readonly ofAssistance: (claimed: Claimed, outcome: PageOutcome, end: End) => Promise<void>;
};
type End = (client: pg.PoolClient) => Promise<boolean>;

export function createOutcomes({ pool, clock, submit, ofAssistance }: Known): Pick<SenderKnown, "report" | "delay"> {
  return {
    delay: async (claimed, why) => {
      const { incidentId, pageId } = claimed;
      if (incidentId === null || pageId === null) return void (await retryOutbox(pool, claimed, why));
      const outcome = { kind: "delayed", error: why.error } as const;
      await submit(
        { kind: "page-outcome", incidentId, pageId, outcome },
        { before: (client) => retryOutbox(client, claimed, why) },
      );
    },
    report: async (claimed, outcome, became) => {
      const { kind, incidentId, pageId } = claimed;
      const at = clock.now();
      const before: End = (client) => end(client, claimed, became, at);
      if (kind === "assistance" && pageId !== null) return ofAssistance(claimed, outcome, before);
      /* Notices have no place in the paging workflow: only their row changes. */
      if (kind !== "page" || incidentId === null || pageId === null) return void (await transact(pool, 5_000, before));
      await submit({ kind: "page-outcome", incidentId, pageId, outcome }, { before });
    },
  };
}

/** What has left is kept as evidence also where another took the row over meanwhile. */
async function end(client: pg.PoolClient, claimed: Claimed, became: Became, at: number): Promise<boolean> {
  const { ended, error, evidence } = became;
  const [ours] = await Promise.all([
    endOutbox(client, claimed, ended, { at, ...(error !== undefined && { error }) }),
    evidence && insertEvidence(client, evidence),
  ]);
  return ours;
}
