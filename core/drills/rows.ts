/** Timers and the outbox of a drill, as the server keeps them in its tables: claimed under a lease and a fence, so that
 *  whoever lost the lease can no longer say what came of it. `server/platform/outbox.ts` says the same in SQL. */
import type { Draft } from "../desk/draft.ts";
import type { Effect, TimerPayload } from "../desk/effects.ts";
import { leaseMs } from "../kernel/attempts.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { type Memory, waitingOn } from "./memory.ts";

type Row = { readonly key: string; readonly dueAt: Instant; readonly leaseUntil: Instant } & {
  readonly fence: number;
  readonly attempts: number;
};

export type TimerRow = Row & { readonly timer: TimerPayload };

export type PageEffect = Extract<Effect, { kind: "page" }>;
export type NoticeEffect = Extract<Effect, { kind: "notice" }>;
export type PostEffect = Extract<Effect, { kind: "post" }>;
export type Ended = "sent" | "dead" | "expired" | "withdrawn";

export type OutboxRow = Row & {
  readonly effect: PageEffect | NoticeEffect | PostEffect;
  readonly status: "pending" | Ended;
  /** An attempt is out, or ended without our knowing how. */
  readonly unknown: boolean;
  readonly doneAt: Instant | null;
};

export type Rows = {
  readonly timers: Map<string, TimerRow>;
  readonly outbox: Map<string, OutboxRow>;
  /** Keys of the outbox that still wait. */
  readonly pending: Set<string>;
};

export const emptyRows = (): Rows => ({ timers: new Map(), outbox: new Map(), pending: new Set() });

export const claimableAt = ({ dueAt, leaseUntil }: Row): Instant => Math.max(dueAt, leaseUntil);

export function claimTimer(rows: Rows, row: TimerRow, now: Instant): TimerRow {
  const claimed = { ...row, leaseUntil: now + leaseMs, fence: row.fence + 1, attempts: row.attempts + 1 };
  rows.timers.set(row.key, claimed);
  return claimed;
}

/** One that was deleted and made again counts its fence from the start: it is told apart by when it is due. */
export function holdsTimer(rows: Rows, { key, fence, dueAt }: TimerRow): boolean {
  const row = rows.timers.get(key);
  return row?.fence === fence && row.dueAt === dueAt;
}

export type Claimed = OutboxRow & { readonly possibleDuplicate: boolean };

export function claimOutbox(rows: Rows, row: OutboxRow, now: Instant): Claimed {
  const lease = { leaseUntil: now + leaseMs, fence: row.fence + 1, attempts: row.attempts + 1 };
  const claimed = { ...row, ...lease, unknown: true };
  rows.outbox.set(row.key, claimed);
  return { ...claimed, possibleDuplicate: row.unknown };
}

export function holdsOutbox(rows: Rows, { key, fence }: Claimed): boolean {
  const row = rows.outbox.get(key);
  return row?.fence === fence && row.status === "pending";
}

export function endOutbox(rows: Rows, { key }: Claimed, status: Ended, at: Instant): void {
  const row = rows.outbox.get(key);
  if (row) rows.outbox.set(key, { ...row, status, doneAt: at, unknown: false });
  rows.pending.delete(key);
}

export function retryOutbox(
  rows: Rows,
  { key, possibleDuplicate }: Claimed,
  again: { readonly at: Instant; readonly unknown: boolean },
): void {
  const row = rows.outbox.get(key);
  if (row)
    rows.outbox.set(key, { ...row, dueAt: again.at, leaseUntil: 0, unknown: again.unknown || possibleDuplicate });
}

/** Claimed and not tried: as it was, a moment later. */
export function putBackOutbox(rows: Rows, { key, possibleDuplicate }: Claimed, until: Instant): void {
  const row = rows.outbox.get(key);
  if (row) rows.outbox.set(key, { ...row, leaseUntil: until, attempts: row.attempts - 1, unknown: possibleDuplicate });
}

/** It leaves with another that leads; whoever had claimed it lets go. */
export function takeOverOutbox(
  rows: Rows,
  row: OutboxRow,
  { now, attempts }: { readonly now: Instant; readonly attempts: number },
): Claimed {
  const lease = { leaseUntil: now + leaseMs, fence: row.fence + 1, attempts: Math.max(row.attempts, attempts) };
  const taken = { ...row, ...lease, unknown: true };
  rows.outbox.set(row.key, taken);
  return { ...taken, possibleDuplicate: row.unknown && row.leaseUntil <= now };
}

/** Of several timers under one key, the last holds; an effect asked for twice is done once; what was tried already waits
 *  for its next attempt. */
export function writeEffects(rows: Rows, { effects }: Draft, memory: Memory): void {
  for (const effect of effects) {
    if (effect.kind === "recheck") continue;
    /* What leaves for no person of the desk is not rehearsed on nodes. */
    if (effect.kind === "reminder" || effect.kind === "invite") continue;
    const { key } = effect;
    if (effect.kind === "cancel-timer") rows.timers.delete(key);
    else if (effect.kind === "set-timer") {
      const known = rows.timers.get(key);
      const fence = known ? known.fence + 1 : 0;
      rows.timers.set(key, { key, timer: effect.timer, dueAt: effect.dueAt, leaseUntil: 0, fence, attempts: 0 });
    } else if (effect.kind === "hasten") {
      const row = rows.outbox.get(key);
      if (row?.status === "pending" && row.attempts === 0)
        rows.outbox.set(key, { ...row, dueAt: Math.min(row.dueAt, effect.dueAt) });
    } else if (!rows.outbox.has(key)) {
      const fresh = { leaseUntil: 0, fence: 0, attempts: 0, unknown: false, doneAt: null } as const;
      rows.outbox.set(key, { key, effect, dueAt: effect.dueAt, status: "pending", ...fresh });
      rows.pending.add(key);
    }
  }
  for (const effect of effects) if (effect.kind === "recheck") recheck(rows, effect, memory);
}

/** Once all timers are set: what is asked about again may wait since this very draft. */
function recheck(rows: Rows, { integrationId, on, dueAt }: Extract<Effect, { kind: "recheck" }>, memory: Memory): void {
  for (const key of waitingOn(memory, integrationId, on)) {
    const row = rows.timers.get(key);
    if (row && row.dueAt > dueAt) rows.timers.set(key, { ...row, dueAt, leaseUntil: 0, fence: row.fence + 1 });
  }
}
