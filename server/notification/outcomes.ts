/** What became of what was sent comes back in: the row and what the desk makes of it, in one transaction. */
import type pg from "pg";
import type { PageOutcome } from "../../core/desk/step.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import { type Claimed, type Ended, endOutbox, retryOutbox } from "../platform/outbox.ts";
import { endNotice, type SenderKnown } from "./effects.ts";

type Known = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly submit: Submit;
  /** A call for a request for assistance, which has a record of its own. */
  readonly ofAssistance: (claimed: Claimed, became: Became) => Promise<void>;
};
type Became = { readonly outcome: PageOutcome; readonly ended: Ended; readonly error: string | null };

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
    report: async (claimed, outcome, ended, error) => {
      const { kind, incidentId, pageId } = claimed;
      if (kind === "assistance" && pageId !== null) return ofAssistance(claimed, { outcome, ended, error });
      const known = { at: clock.now(), ...(error === null ? {} : { error }) };
      if (kind !== "page" || incidentId === null || pageId === null) return endNotice(pool, claimed, ended, known);
      await submit(
        { kind: "page-outcome", incidentId, pageId, outcome },
        { before: (client) => endOutbox(client, claimed, ended, known) },
      );
    },
  };
}
