/** What happens to a request without anybody acting: time that runs out, calls that nobody answers, calls that do not leave. */
import type pg from "pg";
import { tick } from "../../core/assistance/decide.ts";
import type { AssistanceEvent } from "../../core/assistance/events.ts";
import type { PageOutcome } from "../../core/desk/inputs.ts";
import type { PagingInput } from "../../core/escalation/workflow.ts";
import { systemActor } from "../../core/kernel/stamp.ts";
import { toIso } from "../../core/kernel/time.ts";
import { transact } from "../platform/database.ts";
import { type Claimed, type DueTimer, endTimer } from "../platform/outbox.ts";
import type { AssistanceKnown } from "./known.ts";
import { decidingIn, record, recordCall } from "./recording.ts";
import { lockRow } from "./store.ts";

/** The clock of whoever is asked: states what fell due, and is set anew or not. */
export async function fireAssistance(known: AssistanceKnown, timer: DueTimer<unknown>): Promise<void> {
  const { id } = timer.payload as { readonly id: string };
  await transact(known.pool, 8_000, async (client) => {
    /* Before its timer, as where people act: whoever locks in one order never waits for each other. */
    const before = await lockRow(client, id);
    if (!(await endTimer(client, timer)) || !before) return;
    const { deciding } = await decidingIn(known, client, before.request);
    const envelope = { at: deciding.at, actor: systemActor("timer"), cause: { kind: "timer", id: timer.key } };
    await record(known, { client, envelope }, before, tick(before.request, deciding));
  });
}

type CallTimer = { readonly id: string; readonly run: number; readonly cycle: number; readonly step: number };

/** Nobody whom a step called has answered. */
export async function fireAssistanceCall(known: AssistanceKnown, timer: DueTimer<unknown>): Promise<void> {
  const { id, run, cycle, step } = timer.payload as CallTimer;
  await transact(known.pool, 8_000, async (client) => {
    const before = await lockRow(client, id);
    if (!(await endTimer(client, timer)) || !before) return;
    const envelope = { at: known.clock.now(), actor: systemActor("timer"), cause: { kind: "timer", id: timer.key } };
    await recordCall(known, { client, envelope }, before, { input: { kind: "timed-out", run, cycle, step } });
  });
}

/** What became of a call, in the transaction that ends its row. */
export async function endAssistanceCall(
  known: AssistanceKnown,
  claimed: Claimed,
  { outcome, end }: { readonly outcome: PageOutcome; readonly end: (client: pg.PoolClient) => Promise<boolean> },
): Promise<void> {
  const { pageId, payload } = claimed;
  const at = known.clock.now();
  await transact(known.pool, 8_000, async (client) => {
    const before = await lockRow(client, String(payload.assistance));
    const done = await end(client);
    if (!done || !before || pageId === null) return;
    const envelope = { at, actor: systemActor("channel"), cause: { kind: "page", id: pageId } };
    const told = toldBy(pageId, outcome);
    if (told) await recordCall(known, { client, envelope }, before, told);
  });
}

type Told = { readonly events: readonly AssistanceEvent[]; readonly input: PagingInput | null };

function toldBy(pageId: string, outcome: PageOutcome): Told | null {
  const undeliverable = { kind: "undeliverable", pageId } as const;
  switch (outcome.kind) {
    case "sent": {
      const { possibleDuplicate } = outcome;
      return { events: [{ type: "page.sent", data: { pageId, possibleDuplicate } }], input: null };
    }
    case "failed":
      return { events: [{ type: "page.failed", data: { pageId, error: outcome.error } }], input: undeliverable };
    case "expired":
      return {
        events: [{ type: "page.expired", data: { pageId, notAfter: toIso(outcome.notAfter) } }],
        input: undeliverable,
      };
    default:
      return null;
  }
}
