/** What was held back for one contact point, calls and news, leaves together, in one message. Of all that is due there, the row that was asked for
 *  first leads and takes the others with it; whoever claims another puts it back. Decided under the locks of all of them, so that
 *  of several nodes one sends. */
import type pg from "pg";
import { leaseMs } from "../../core/kernel/attempts.ts";
import type { Priority } from "../../core/kernel/vocabulary.ts";
import { urgencyOf } from "../../core/notification/turns.ts";
import { transact } from "../platform/database.ts";
import { type Claimed, putBackOutbox } from "../platform/outbox.ts";
import { type Inspected, inspect } from "./store.ts";

/** In one message; what is beyond leaves in another. */
const togetherMax = 500;
const putBackMs = 1_000;
/** Attempts that failed together come back some milliseconds apart. */
const togetherWithinMs = 5_000;

/** Held for an hour of peace, or because this telephone had sounded too often. */
const isHeldSql =
  "status = 'pending' and (kind = 'page' and (payload ? 'held' or last_error = 'throttled') or kind in ('notice', 'cover', 'holes') and payload ? 'held')";

/** Only such a row may have been held back: nothing is asked of the database for the others. */
export const mayBeHeld = ({ kind, payload, attempts, pointId }: Claimed): boolean =>
  pointId !== null && (payload.held !== undefined || (kind === "page" && attempts > 1));

/** News presses nobody, whatever its incident does. */
export const presses = (kind: string, priority: Priority | null): boolean =>
  kind === "page" && urgencyOf(priority) === "high";

/** Those that leave with this one, none where it is alone; null where another leads, or the lease was lost. What presses by now is not
 *  among them: it leaves by itself. */
export async function takeTogether(pool: pg.Pool, claimed: Claimed, now: number): Promise<readonly Inspected[] | null> {
  return transact(pool, 5_000, async (client) => {
    const { rows } = await client.query<{ id: number; kind: string; fence: number; priority: Priority | null }>({
      name: "lock-held-together",
      text: `select id, kind, fence, (select priority from incidents where incidents.id = incident_id) as priority from outbox
where contact_point_id = $1 and due_at <= $2 and ${isHeldSql} order by id for update`,
      values: [claimed.pointId, now + togetherWithinMs],
    });
    const waiting = rows.filter((row) => !presses(row.kind, row.priority));
    const mine = waiting.find((row) => row.id === claimed.id);
    if (!mine) return isStillOurs(client, claimed);
    if (mine.fence !== claimed.fence) return null;
    const [lead, ...others] = waiting.map((row) => row.id);
    if (lead !== claimed.id) {
      await putBackOutbox(client, claimed, now + putBackMs);
      return null;
    }
    if (others.length === 0) return [];
    const taken = { lead: claimed, others: others.slice(0, togetherMax), now };
    return inspect(client, await takeOver(client, taken));
  });
}

/** It was tried before and never held: it leaves by itself, unless it left with others meanwhile. */
async function isStillOurs(client: pg.PoolClient, { id, fence }: Claimed): Promise<readonly Inspected[] | null> {
  const { rowCount } = await client.query({
    name: "is-outbox-ours",
    text: "select from outbox where id = $1 and fence = $2 and status = 'pending'",
    values: [id, fence],
  });
  return rowCount === 1 ? [] : null;
}

/** They stay together, also where an attempt fails for a reason of its own. */
const marked = `'{"held": "throttled"}'::jsonb || payload`;

type TakingOver = { readonly lead: Claimed; readonly others: readonly number[]; readonly now: number };

async function takeOver(client: pg.PoolClient, { lead, others, now }: TakingOver): Promise<Claimed[]> {
  await client.query({
    name: "lead-held-together",
    text: `update outbox set payload = ${marked} - 'with', lease_until = $2::bigint where id = $1`,
    values: [lead.id, now + leaseMs],
  });
  const { rows } = await client.query<Claimed>({
    name: "take-held-together",
    text: `update outbox o set payload = ${marked} || jsonb_build_object('with', $2::bigint), lease_until = $3::bigint, fence = o.fence + 1,
  attempts = greatest(o.attempts, $5::int), unknown_attempt = true
from (select id, unknown_attempt and lease_until <= $4::bigint as before from outbox where id = any($1::bigint[])) as was where o.id = was.id
returning o.id, o.kind, o.incident_id as "incidentId", o.page_id as "pageId", o.person_id as "personId", o.channel, o.contact_point_id as "pointId",
  o.payload, o.due_at as "dueAt", o.not_after as "notAfter", o.attempts, o.fence, was.before as "possibleDuplicate"`,
    values: [others, lead.id, now + leaseMs, now, lead.attempts],
  });
  return rows.toSorted((a, b) => a.id - b.id);
}

/** Those that left in the same message, for what is learned of it later. */
export async function leftWith(
  client: Pick<pg.Pool, "query">,
  { id, pointId }: Pick<Claimed, "id" | "pointId">,
): Promise<readonly { readonly id: number; readonly incidentId: string; readonly pageId: string }[]> {
  const { rows } = await client.query({
    name: "left-with",
    text: `select id, incident_id as "incidentId", page_id as "pageId" from outbox
where contact_point_id = $1 and id > $2::bigint and kind = 'page' and status = 'sent' and (payload ->> 'with')::bigint = $2::bigint order by id`,
    values: [pointId, id],
  });
  return rows;
}

/** Their hours of peace are others now: what they keep is told when these end, or now. News stays of use as long as it was. */
export async function moveHeld(
  client: Pick<pg.PoolClient, "query">,
  { personId, dueAt, notAfter }: { readonly personId: string; readonly dueAt: number; readonly notAfter: number },
): Promise<void> {
  await client.query(
    `update outbox set due_at = $2, not_after = case kind when 'page' then $3::bigint else not_after end where person_id = $1 and ${isHeldSql} and payload ->> 'held' = 'quiet' and attempts = 0`,
    [personId, dueAt, notAfter],
  );
}
