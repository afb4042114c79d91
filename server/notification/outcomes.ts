/** What became of what was sent comes back in: the row and what the desk makes of it, in one transaction. */
import type pg from "pg";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import { endOutbox, retryOutbox } from "../platform/outbox.ts";
import { endNotice, type SenderKnown } from "./effects.ts";

type Known = { readonly pool: pg.Pool; readonly clock: Clock; readonly submit: Submit };

export function createOutcomes({ pool, clock, submit }: Known): Pick<SenderKnown, "report" | "delay"> {
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
      const known = { at: clock.now(), ...(error === null ? {} : { error }) };
      if (kind !== "page" || incidentId === null || pageId === null) return endNotice(pool, claimed, ended, known);
      await submit(
        { kind: "page-outcome", incidentId, pageId, outcome },
        { before: (client) => endOutbox(client, claimed, ended, known) },
      );
    },
  };
}
