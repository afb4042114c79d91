/** Timers and the outbox are our own rows: simulated, audited, cancelled by key. A worker claims what is due with SKIP
 *  LOCKED under a lease and a fencing token: whoever lost its lease can no longer write the outcome. Woken by NOTIFY and,
 *  since a notice may be lost, by a periodic sweep; both go the same way. `greatest(due_at, lease_until)` is the index. */
import type pg from "pg";
import { leaseMs, waitAfterAttempt } from "../../core/kernel/attempts.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { transact } from "./database.ts";

const claimMax = 100;

export type DueTimer<Payload> = {
  readonly key: string;
  readonly payload: Payload;
  readonly fence: number;
  readonly dueAt: number;
  /** How often it was tried, this time included. */
  readonly attempts: number;
};

const claimTimersSql = `update timers set lease_until = $1::bigint + ${leaseMs}, fence = fence + 1, attempts = attempts + 1
where key in (select key from timers where greatest(due_at, lease_until) <= $1::bigint order by greatest(due_at, lease_until) limit ${claimMax} for update skip locked)
returning key, payload, fence, due_at, attempts`;

export async function claimTimers<Payload>(pool: pg.Pool, now: number): Promise<DueTimer<Payload>[]> {
  const { rows } = await pool.query<{
    key: string;
    payload: Payload;
    fence: number;
    due_at: number;
    attempts: number;
  }>({
    name: "claim-timers",
    text: claimTimersSql,
    values: [now],
  });
  return rows.map(({ due_at, ...row }) => ({ ...row, dueAt: due_at }));
}

/** When the first falls due, if it is by then. */
export async function nextTimerAt(pool: pg.Pool, by: number): Promise<number | null> {
  const { rows } = await pool.query<{ at: number }>({
    name: "next-timer",
    text: "select greatest(due_at, lease_until) as at from timers where greatest(due_at, lease_until) <= $1::bigint order by greatest(due_at, lease_until) limit 1",
    values: [by],
  });
  return rows[0]?.at ?? null;
}

/** One that fails again and again is tried less and less often, so that it costs the others nothing; it is never given up,
 *  since somebody may be waiting for the page behind it. */
export const failingAfter = 5;
const failingWaitMs = 300_000;

export async function postponeTimer(
  pool: pg.Pool,
  { key, fence, attempts, dueAt }: DueTimer<unknown>,
  now: number,
): Promise<void> {
  const until = now + (attempts < failingAfter ? 1_000 * 2 ** attempts : failingWaitMs);
  await pool.query({
    name: "postpone-timer",
    text: "update timers set lease_until = $3 where key = $1 and fence = $2 and due_at = $4::bigint",
    values: [key, fence, until, dueAt],
  });
}

/** In the transaction of what the timer caused. False: another took it, or it was cancelled or set anew. A row that was
 *  deleted and made again counts its fence from the start: it is told apart by when it is due. */
export async function endTimer(
  client: pg.PoolClient,
  timer: { readonly key: string; readonly fence: number; readonly dueAt: number },
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: "end-timer",
    text: "delete from timers where key = $1 and fence = $2 and due_at = $3::bigint",
    values: [timer.key, timer.fence, timer.dueAt],
  });
  return rowCount === 1;
}

export type Claimed = {
  readonly id: number;
  readonly kind: string;
  readonly incidentId: string | null;
  readonly pageId: string | null;
  readonly personId: string | null;
  readonly channel: string;
  readonly pointId: string | null;
  readonly payload: JsonObject;
  readonly dueAt: number;
  readonly notAfter: number;
  readonly attempts: number;
  readonly fence: number;
  /** An earlier attempt ended without our knowing how: it may have arrived. */
  readonly possibleDuplicate: boolean;
};

/** `unknown_attempt` is true while an attempt is out: still true at the next claim, its outcome was never written. */
const claimOutboxSql = `update outbox o set lease_until = $1::bigint + ${leaseMs}, fence = o.fence + 1, attempts = o.attempts + 1, unknown_attempt = true
from (select id, unknown_attempt as before from outbox where status = 'pending' and channel = $3 and greatest(due_at, lease_until) <= $1::bigint
  order by greatest(due_at, lease_until) limit $2 for update skip locked) as due
where o.id = due.id
returning o.id, o.kind, o.incident_id, o.page_id, o.person_id, o.channel, o.contact_point_id, o.payload, o.due_at, o.not_after, o.attempts, o.fence, due.before`;

/** Asked before a claim, which is a transaction and writes: most of the time there is nothing, on most channels. */
export async function dueChannels(
  pool: pg.Pool,
  channels: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ channel: string }>({
    name: "due-channels",
    text: `select asked.channel from unnest($2::text[]) as asked (channel) cross join lateral (
  select from outbox where status = 'pending' and channel = asked.channel and greatest(due_at, lease_until) <= $1::bigint limit 1) as due`,
    values: [now, channels],
  });
  return new Set(rows.map(({ channel }) => channel));
}

/** `inspect` runs inside the claiming transaction: what is no longer wanted is seen there, and not when it was queued. */
export async function claimOutbox<Seen>(
  pool: pg.Pool,
  asked: { readonly now: number; readonly limit: number; readonly channel: string },
  inspect: (client: pg.PoolClient, claimed: readonly Claimed[]) => Promise<Seen>,
): Promise<Seen> {
  return transact(pool, 5_000, async (client) => {
    const { rows } = await client.query<{
      id: number;
      kind: string;
      incident_id: string | null;
      page_id: string | null;
      person_id: string | null;
      channel: string;
      contact_point_id: string | null;
      payload: JsonObject;
      due_at: number;
      not_after: number;
      attempts: number;
      fence: number;
      before: boolean;
    }>({ name: "claim-outbox", text: claimOutboxSql, values: [asked.now, asked.limit, asked.channel] });
    const claimed = rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      incidentId: row.incident_id,
      pageId: row.page_id,
      personId: row.person_id,
      channel: row.channel,
      pointId: row.contact_point_id,
      payload: row.payload,
      dueAt: row.due_at,
      notAfter: row.not_after,
      attempts: row.attempts,
      fence: row.fence,
      possibleDuplicate: row.before,
    }));
    return inspect(client, claimed);
  });
}

export type Ended = "sent" | "dead" | "expired" | "withdrawn";

/** Writes an outcome, unless the lease was lost meanwhile. */
export async function endOutbox(
  client: pg.PoolClient,
  claimed: Pick<Claimed, "id" | "fence">,
  status: Ended,
  known: { readonly at: number; readonly error?: string },
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: "end-outbox",
    text: "update outbox set status = $3, last_error = $4, done_at = $5, unknown_attempt = false where id = $1 and fence = $2 and status = 'pending'",
    values: [claimed.id, claimed.fence, status, known.error ?? null, known.at],
  });
  return rowCount === 1;
}

/** `unknown`: the attempt may have arrived, so that the next ones say so. `waitMs`: what the receiver asked for. */
export type Why = {
  readonly error: string;
  readonly now: number;
  readonly unknown: boolean;
  readonly waitMs?: number | null;
};

type Asking = Pick<pg.PoolClient, "query">;

/** False when the lease was lost meanwhile. */
export async function retryOutbox(client: Asking, claimed: Claimed, why: Why): Promise<boolean> {
  const wait = waitAfterAttempt(claimed.attempts, why.waitMs ?? 0);
  const { rowCount } = await client.query({
    name: "retry-outbox",
    text: "update outbox set due_at = $3, lease_until = 0, last_error = $4, unknown_attempt = $5 where id = $1 and fence = $2 and status = 'pending'",
    values: [claimed.id, claimed.fence, why.now + wait, why.error, why.unknown || claimed.possibleDuplicate],
  });
  return rowCount === 1;
}

/** Claimed and not tried: as it was, a moment later. */
export async function putBackOutbox(client: Asking, claimed: Claimed, until: number): Promise<void> {
  await client.query({
    name: "put-back-outbox",
    text: "update outbox set lease_until = $3, attempts = attempts - 1, unknown_attempt = $4 where id = $1 and fence = $2 and status = 'pending'",
    values: [claimed.id, claimed.fence, until, claimed.possibleDuplicate],
  });
}

export type ToSend = {
  readonly key: string;
  readonly kind: string;
  readonly personId: string;
  readonly channel: string;
  readonly pointId: string;
  readonly incidentId?: string | null;
  readonly pageId?: string | null;
  readonly payload: JsonObject;
  readonly now: number;
  /** Without it, now. */
  readonly dueAt?: number;
  readonly notAfter: number;
};

/** What is no consequence of a fact, such as a test: its id. */
export async function insertOutbox(client: Asking, one: ToSend): Promise<number> {
  const { rows } = await client.query<{ id: number }>({
    name: "insert-one-outbox",
    text: `insert into outbox (key, kind, incident_id, page_id, person_id, channel, contact_point_id, payload, due_at, not_after, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $11, $10, $9) returning id`,
    values: [
      one.key,
      one.kind,
      one.incidentId ?? null,
      one.pageId ?? null,
      one.personId,
      one.channel,
      one.pointId,
      JSON.stringify(one.payload),
      one.now,
      one.notAfter,
      one.dueAt ?? one.now,
    ],
  });
  return rows[0]?.id ?? 0;
}
