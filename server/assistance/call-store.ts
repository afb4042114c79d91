/** Rows of the calls for a request: what is sent, what is wanted no longer, and when silence goes on. */
import type pg from "pg";
import type { Calls } from "../../core/assistance/calling.ts";
import { askedNow } from "../../core/assistance/state.ts";
import type { PageRequested } from "../../core/escalation/events.ts";
import { parseIso } from "../../core/kernel/time.ts";
import { effectsChannel } from "../platform/event-log.ts";
import { insertOutbox } from "../platform/outbox.ts";
import type { AssistanceRow } from "./store.ts";

export const callTimerKey = (id: string): string => `assistance-call/${id}`;
const pageKey = (id: string, { run, cycle, step, personId, channel, pointId }: PageRequested): string =>
  `assistance-call/${id}/${run}.${cycle}.${step}/${personId}/${channel}/${pointId}`;

type Writing = { readonly calls: readonly Calls[]; readonly at: number };

export async function writeCalls(client: pg.PoolClient, row: AssistanceRow, { calls, at }: Writing) {
  for (const { events, pages, hastened, timer } of calls) {
    await withdrawCalls(client, events, at);
    for (const page of pages) await insertCall(client, row, page, at);
    if (hastened.length > 0)
      await client.query(
        "update outbox set due_at = least(due_at, $2::bigint) where key = any($1::text[]) and status = 'pending' and attempts = 0",
        [hastened.map((page) => pageKey(row.id, page)), at],
      );
    if (timer !== undefined) await setTimer(client, row.id, timer);
  }
  if (calls.some(({ pages, hastened }) => pages.length + hastened.length > 0))
    await client.query(`notify ${effectsChannel}`);
}

/** What has not left is not sent any more. */
async function withdrawCalls(client: pg.PoolClient, events: Calls["events"], at: number): Promise<void> {
  const ids = events.flatMap((event) => (event.type === "page.withdrawn" ? [event.data.pageId] : []));
  if (ids.length === 0) return;
  await client.query(
    "update outbox set status = 'withdrawn', done_at = $2, unknown_attempt = false where page_id = any($1::uuid[]) and kind = 'assistance' and status = 'pending'",
    [ids, at],
  );
}

async function insertCall(client: pg.PoolClient, { id, request }: AssistanceRow, page: PageRequested, at: number) {
  const to = askedNow(request);
  await insertOutbox(client, {
    key: pageKey(id, page),
    kind: "assistance",
    personId: page.personId,
    channel: page.channel,
    pointId: page.pointId,
    pageId: page.pageId,
    payload: {
      news: "asked",
      assistance: id,
      number: request.number,
      title: request.title,
      details: request.details,
      urgent: request.urgent,
      asker: request.asker.name,
      by: request.asker.name,
      reason: null,
      to: to && { fr: to.fr, en: to.en },
      answerBy: request.answerBy,
      incident: request.incident?.number ?? null,
      outcome: null,
      exercise: request.exercise,
    },
    now: parseIso(page.dueAt) ?? at,
    notAfter: parseIso(page.notAfter) ?? at,
  });
}

async function setTimer(client: pg.PoolClient, id: string, timer: Calls["timer"]): Promise<void> {
  if (!timer) {
    await client.query("delete from timers where key = $1", [callTimerKey(id)]);
    return;
  }
  const { at, ...step } = timer;
  await client.query(
    `insert into timers (key, payload, due_at) values ($1, $2, $3)
on conflict (key) do update set payload = excluded.payload, due_at = excluded.due_at, attempts = 0, lease_until = 0, fence = timers.fence + 1`,
    [callTimerKey(id), JSON.stringify({ kind: "assistance-call", id, ...step }), at],
  );
}
