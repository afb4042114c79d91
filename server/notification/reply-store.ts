/** Answers by mail as rows: who reads the mailbox for now and how far it was read; what was done of each answer. */
import type pg from "pg";
import { dayMs, secondMs } from "../../core/kernel/time.ts";
import type { ReadSoFar } from "./channels/imap.ts";

type Client = Pick<pg.PoolClient, "query">;

/** A dead node's mailbox is taken over after this. */
export const readingLeaseMs = 60 * secondMs;

type Claiming = { readonly mailbox: string; readonly holder: string; readonly now: number };

/** Null: another node reads it, or it is left alone for a moment. */
export async function claimMailbox(client: Client, { mailbox, holder, now }: Claiming): Promise<ReadSoFar | null> {
  const { rows } = await client.query<ReadSoFar>({
    name: "claim-reply-mailbox",
    text: `insert into reply_mailbox as kept (mailbox, holder, lease_until) values ($1, $2, $4::bigint)
on conflict (id) do update set mailbox = $1, holder = $2, lease_until = $4::bigint,
  uid_validity = case when kept.mailbox = $1 then kept.uid_validity end, uid_seen = case when kept.mailbox = $1 then kept.uid_seen else 0 end
where (kept.holder = $2 or kept.lease_until <= $3) and (kept.next_at <= $3 or kept.mailbox <> $1)
returning uid_validity as "uidValidity", uid_seen as "uidSeen"`,
    values: [mailbox, holder, now, now + readingLeaseMs],
  });
  return rows[0] ?? null;
}

export type Progress = { readonly holder: string; readonly now: number } & ReadSoFar;

/** False when another node holds it by now. */
export async function noteProgress(client: Client, { holder, now, uidValidity, uidSeen }: Progress): Promise<boolean> {
  const { rowCount } = await client.query({
    name: "note-reply-progress",
    text: `update reply_mailbox set uid_seen = case when uid_validity = $2 then greatest(uid_seen, $3) else $3 end, uid_validity = $2,
  lease_until = $4::bigint where holder = $1`,
    values: [holder, uidValidity, uidSeen, now + readingLeaseMs],
  });
  return rowCount === 1;
}

export async function noteReading(client: Client, holder: string, now: number): Promise<void> {
  await client.query({
    name: "note-reply-reading",
    text: "update reply_mailbox set read_at = $2, failures = 0, last_error = null where holder = $1",
    values: [holder, now],
  });
}

/** Less and less often, never given up: somebody who answers may be waiting. */
const backOffMs = [5, 15, 30, 60, 120, 300].map((seconds) => seconds * secondMs);

/** How often in a row. */
export async function noteReadingFailure(
  client: Client,
  { holder, error, now }: { readonly holder: string; readonly error: string; readonly now: number },
): Promise<number> {
  const { rows } = await client.query<{ failures: number }>({
    name: "note-reply-reading-failure",
    text: `update reply_mailbox set failures = failures + 1, last_error = $2, lease_until = 0,
  next_at = $3::bigint + ($4::bigint[])[least(failures + 1, cardinality($4::bigint[]))] where holder = $1 returning failures`,
    values: [holder, error, now, backOffMs],
  });
  return rows[0]?.failures ?? 0;
}

export async function releaseMailbox(client: Client, holder: string): Promise<void> {
  await client.query("update reply_mailbox set lease_until = 0 where holder = $1", [holder]);
}

export type Reading = { readonly mailbox: string; readonly readAt: number | null; readonly lastError: string | null };

export async function readReading(client: Client): Promise<Reading | null> {
  const { rows } = await client.query<Reading>(
    `select mailbox, read_at as "readAt", last_error as "lastError" from reply_mailbox`,
  );
  return rows[0] ?? null;
}

export type TakenReply = { readonly attempts: number; readonly actsDone: number; readonly ended: boolean };

export async function takeReply(
  client: Client,
  { hash, outboxId, now }: { readonly hash: string; readonly outboxId: number; readonly now: number },
): Promise<TakenReply> {
  const { rows } = await client.query<TakenReply>({
    name: "take-mail-reply",
    text: `insert into mail_replies as kept (message_hash, outbox_id, taken_at, attempts) values ($1, $2, $3, 1)
on conflict (message_hash) do update set attempts = kept.attempts + 1
returning attempts, acts_done as "actsDone", ended_at is not null as ended`,
    values: [hash, outboxId, now],
  });
  return rows[0] as TakenReply;
}

/** Locked until the act is written, or is not. */
export async function isToDo(client: Client, hash: string, act: number): Promise<boolean> {
  const { rowCount } = await client.query({
    name: "lock-mail-reply",
    text: "select from mail_replies where message_hash = $1 and acts_done <= $2 and ended_at is null for update",
    values: [hash, act],
  });
  return rowCount === 1;
}

/** In the transaction of the act. */
export async function noteDone(client: Client, hash: string, act: number): Promise<void> {
  await client.query({
    name: "note-mail-reply-done",
    text: "update mail_replies set acts_done = $2::int + 1 where message_hash = $1",
    values: [hash, act],
  });
}

/** False: it had ended already. */
export async function endReply(
  client: Client,
  { hash, became, now }: { readonly hash: string; readonly became: string; readonly now: number },
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: "end-mail-reply",
    text: "update mail_replies set ended_at = $2, became = $3 where message_hash = $1 and ended_at is null",
    values: [hash, now, became],
  });
  return rowCount === 1;
}

/** What is older is no longer listed by a mailbox whose UIDs begin anew. */
const repliesKeptMs = 30 * dayMs;

export async function forgetReplies(client: Client, now: number): Promise<void> {
  await client.query("delete from mail_replies where taken_at < $1", [now - repliesKeptMs]);
}
