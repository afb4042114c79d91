/** What must be true of the database whatever happened in a test: asked of every world when it ends, after all that is due
 *  was carried out. Each query gives the rows that break its sentence. `I1` and so on are the numbers of the invariants a
 *  pager is held to. */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type pg from "pg";
import { foldOf } from "../../core/drills/facts.ts";
import { leaseMs } from "../../core/kernel/attempts.ts";
import { type SealedEntry, verifyEntries } from "../../core/kernel/record.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Desk } from "../../server/app.ts";
import { firstRound, readRound } from "../../server/desk/watchdog-round-store.ts";

/** Of the step that `s` entered. */
const ofThatStep =
  "e.data ->> 'run' = s.data ->> 'run' and e.data ->> 'cycle' = s.data ->> 'cycle' and e.data ->> 'step' = s.data ->> 'step' and e.data -> 'escalation' is not distinct from s.data -> 'escalation'";

/** After `a` fewer had accepted than were wanted, and `e` is to somebody who had not: others still had to be called. */
const stillWanted = `exists (select 1 from events n where n.stream = e.stream and n.type = 'paging.acknowledged' and not n.data ? 'escalation' and n.seq > a.seq
           and jsonb_array_length(n.data -> 'people') < (n.data ->> 'needed')::int
           and not exists (select 1 from events b where b.stream = e.stream and b.type = 'assignment.accepted' and b.seq > a.seq and b.seq < n.seq))
         and (e.type = 'page.sent' or not exists (select 1 from events n where n.stream = e.stream and n.type = 'paging.acknowledged' and not n.data ? 'escalation'
           and n.seq < e.seq and n.data -> 'people' @> jsonb_build_array(jsonb_build_object('id', e.data ->> 'personId'))
           and not exists (select 1 from events l where l.stream = e.stream and l.type = 'paging.acknowledged' and not l.data ? 'escalation'
             and l.seq > n.seq and l.seq < e.seq)))`;

const invariants: readonly (readonly [string, string])[] = [
  [
    "I1 an alert belongs to an incident that exists",
    "select a.key from alerts a where a.waits is null and not exists (select 1 from incidents i where i.id = a.incident_id)",
  ],
  [
    "I1 what waits says why, and is asked about again",
    `select a.key from alerts a where a.waits is not null and a.status = 'open'
       and (not exists (select 1 from timers t where t.key = 'waiting/' || a.id)
         or not exists (select 1 from alert_decisions d where d.alert_id = a.id and d.became = 'waits'))`,
  ],
  [
    "I1 each alert is counted once by a record, or waits for its storm's next entry",
    `select * from (select (select count(*) from alerts where incident_id is not null) as kept,
       (select coalesce(sum((data ->> 'count')::int), 0) from events where type = 'alert.grouped') as counted,
       (select coalesce(sum((state -> 'storm' -> 'joined' ->> 'count')::int), 0) from desk_states
          where jsonb_typeof(state -> 'storm' -> 'joined') = 'object') as waiting) as n where kept <> counted + waiting`,
  ],
  [
    "I1 an open incident counts its open alerts",
    `select i.number, i.open_alerts from incidents i where is_open
       and open_alerts <> (select count(*) from alerts a where a.incident_id = i.id and a.status = 'open')`,
  ],
  [
    "I2 paging that runs has its timer, and no other paging has one",
    `select i.number, i.paging ->> 'status' as status from incidents i left join timers t on t.key = 'paging/' || i.id
     where (i.paging ->> 'status' = 'running') <> (t.key is not null)`,
  ],
  [
    "I2 a team that waits for its quorum has its timer",
    `select i.number, a ->> 'number' as team from incidents i cross join lateral jsonb_array_elements(i.incident -> 'activations') as a
     where i.is_open and not a ? 'left' and a ->> 'metAt' is null and a ->> 'missedAt' is null
       and not exists (select 1 from timers t where t.key = 'team/' || i.id || '/' || (a ->> 'number'))`,
  ],
  [
    "I2 what a source opened has called somebody, or says why nobody",
    "select number from incidents where incident -> 'origin' ->> 'kind' = 'integration' and paging ->> 'status' = 'idle'",
  ],
  [
    "I2 while the service is down and nobody has it, calls go on, ran out, or were stopped by the source",
    `select number, paging from incidents where is_open and accepted_by is null
       and not incident -> 'milestones' ?| array['restored', 'resolved'] and paging ->> 'status' = 'stopped'
       and paging ->> 'stoppedBecause' <> 'acknowledged-at-source'`,
  ],
  [
    "I4 each step that was entered called somebody",
    `select s.stream, s.data from events s where s.type = 'paging.stepped' and not exists (
       select 1 from events e where e.stream = s.stream and e.type = 'page.requested' and ${ofThatStep})`,
  ],
  [
    "I4 each run that called nobody says whom it could not reach",
    `select s.stream, s.data from events s where s.type = 'paging.started'
       and not exists (select 1 from events e where e.stream = s.stream and e.type = 'paging.stepped' and e.data ->> 'run' = s.data ->> 'run'
         and e.data -> 'escalation' is not distinct from s.data -> 'escalation')
       and not exists (select 1 from events e where e.stream = s.stream and e.seq > s.seq and e.type in ('paging.unreachable', 'paging.skipped', 'paging.posted'))`,
  ],
  [
    "I4 a step that calls in turn calls one person",
    `select s.stream, s.data from events s where s.type = 'paging.stepped' and s.data ? 'inTurnOf' and 1 <> (
       select count(distinct e.data ->> 'personId') from events e where e.stream = s.stream and e.type = 'page.requested' and ${ofThatStep})`,
  ],
  [
    "I5 nobody is called once as many have accepted as are wanted, unless nobody has it any more or they are asked anew; at most what was being sent arrives",
    `select e.stream, e.type, e.data from events e join events a on a.stream = e.stream and a.type = 'assignment.accepted' and a.seq < e.seq
     where not e.data ? 'escalation' and (e.type = 'page.requested'
         or e.type = 'page.sent' and e.recorded_at > a.recorded_at + interval '${leaseMs} milliseconds')
       and not exists (select 1 from events k where k.stream = e.stream and k.seq between a.seq and e.seq and (
         k.type = 'assignment.lapsed' or k.type = 'assignment.declined' and k.data ->> 'gave' = 'incident'
         or k.type = 'alert.kind-joined' and k.data ->> 'asks' is not null))
       and not (${stillWanted})`,
  ],
  [
    "I6 no call is told twice to have left",
    `select stream, data ->> 'pageId' from events where type = 'page.sent' group by 1, 2 having count(*) > 1`,
  ],
  [
    "I6 nobody is called twice in one step by one contact point",
    `select stream, data ->> 'personId' from events where type = 'page.requested'
     group by stream, data ->> 'personId', data ->> 'pointId', data ->> 'run', data ->> 'cycle', data ->> 'step', data ->> 'escalation' having count(*) > 1`,
  ],
  [
    "I7 a call that may be a duplicate was tried more than once",
    `select e.stream, e.data from events e join outbox o on o.page_id::text = e.data ->> 'pageId'
     where e.type = 'page.sent' and (e.data ->> 'possibleDuplicate')::boolean and o.attempts < 2`,
  ],
  [
    "I8 entries of a record are numbered 1 to n",
    "select stream, count(*), max(seq) from events group by stream having count(*) <> max(seq) or min(seq) <> 1",
  ],
  [
    "I8 an incident's row stands at the end of its record",
    `select i.number from incidents i left join events e on e.stream = 'incident/' || i.id and e.seq = i.seq
     where e.hash is distinct from i.head
        or exists (select 1 from events later where later.stream = 'incident/' || i.id and later.seq > i.seq)`,
  ],
  [
    "I9 the application may add to the record and change nothing of it",
    `select name, may from unnest(array['events', 'noted_heads']) as name, unnest(array['update', 'delete', 'truncate']) as may
     where has_table_privilege('tocsin_app', name, may)`,
  ],
  [
    "I11 an effect waits, or has ended at an instant",
    `select id, status, done_at from outbox
     where status not in ('pending', 'sent', 'dead', 'expired', 'withdrawn') or (status = 'pending') <> (done_at is null)`,
  ],
  [
    "I12 each call that was asked for has its row in the outbox, and each row was asked for",
    `select o.page_id, e.data from (select * from outbox where kind in ('page', 'assistance') and page_id is not null) as o
     full join (select * from events where type = 'page.requested') as e on o.page_id::text = e.data ->> 'pageId'
     where o.page_id is null or e.data is null`,
  ],
  [
    "I12 each post that was asked for has its row in the outbox, and each row was asked for",
    `select o.id, e.data from (select * from outbox where kind = 'post') as o
     full join (select * from events where type = 'paging.posted') as e on o.payload ->> 'postId' = e.data ->> 'postId'
     where o.id is null or e.data is null`,
  ],
  [
    "I12 what became of a post is in its row and in the record, or in neither",
    `select o.id, o.status, e.data from (select * from outbox where kind = 'post' and status <> 'pending') as o
     full join (select * from events where type = 'paging.post-ended') as e on o.payload ->> 'postId' = e.data ->> 'postId'
     where o.id is null or e.data is null or e.data ->> 'became' <> case o.status when 'dead' then 'failed' else o.status end`,
  ],
  [
    "I12 what became of a call is in its row and in the record, or in neither",
    `select o.page_id, o.status, e.type from (select * from outbox where kind in ('page', 'assistance') and page_id is not null and status <> 'pending') as o
     full join (select * from events where type in ('page.sent', 'page.failed', 'page.expired')
       or (type = 'page.withdrawn' and data ->> 'because' not in ('declined', 'has-it', 'newer-call'))) as e on o.page_id::text = e.data ->> 'pageId'
     where (o.page_id is null or e.data is null or 'page.' || case o.status when 'dead' then 'failed' else o.status end <> e.type)
       and not (o.status = 'withdrawn' and e.data is null and exists (
         select 1 from events d where d.type = 'page.withdrawn' and d.data ->> 'pageId' = o.page_id::text))`,
  ],
  [
    "I19 what is restored, resolved or ended calls nobody",
    `select number from incidents where paging ->> 'status' = 'running'
       and (not is_open or incident -> 'milestones' ?| array['restored', 'resolved'])`,
  ],
  [
    "I20 paging that runs waits for somebody who may still answer: a call that failed has given way",
    `select number, paging from incidents where paging ->> 'status' = 'running' and not exists (
       select 1 from jsonb_array_elements(paging -> 'pages') as page where page -> 'cycle' = paging -> 'cycle'
         and page -> 'step' = paging -> 'step' and page ->> 'status' in ('requested', 'sent'))`,
  ],
  [
    "numbers have no gap",
    `select c.name, c.value from counters c where c.name ~ '^(INC|EX)-'
       and c.value <> (select count(*) from incidents i where i.number like c.name || '-%')`,
  ],
];

/** All of one instant: the desk may still be at work. */
export async function checkInvariants(owner: pg.Client): Promise<void> {
  await owner.query("begin isolation level repeatable read read only");
  const broken = await brokenInvariants(owner).finally(() => owner.query("rollback"));
  assert.deepEqual(broken, []);
}

export type Broken = { readonly sentence: string; readonly rows: readonly object[] };

export async function brokenInvariants(owner: pg.Client): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const [sentence, text] of invariants) {
    const { rows } = await owner.query<object>(text);
    if (rows.length > 0) broken.push({ sentence, rows });
  }
  return [...broken, ...(await brokenRecords(owner))];
}

/** I3: whatever waits for its time has a timer, of every kind that there is. */
export async function checkTimers({ pools, directory, clock, demonstration }: Desk): Promise<void> {
  const known = { directory: directory.latest(), at: clock.now(), demonstration: demonstration !== null };
  const { missing } = await readRound(pools.engine, firstRound, known);
  assert.deepEqual(missing, [], "what waits for its time has a timer");
}

/** Times come as the process reads them: numbers where the desk runs in it, dates elsewhere. */
type Row = { occurred_at: Date | number; recorded_at: Date | number } & Readonly<Record<string, unknown>>;

/** I10 and I14: every chain verifies, and what is shown of an incident is what its record says and nothing else. */
async function brokenRecords(owner: pg.Client): Promise<Broken[]> {
  const broken: Broken[] = [];
  const { rows } = await owner.query<Row>("select * from events order by stream, seq");
  for (const [stream, entries] of Map.groupBy(rows.map(entryOf), (entry) => entry.stream)) {
    const flaw = verifyEntries({ stream, entries });
    if (flaw !== null) broken.push({ sentence: "I10 a record verifies", rows: [{ stream, ...flaw }] });
    if (!stream.startsWith("incident/")) continue;
    const kept = await owner.query<object>("select incident, paging from incidents where id = $1", [stream.slice(9)]);
    const folded = JSON.parse(JSON.stringify(foldOf(entries)));
    if (!isDeepStrictEqual(kept.rows, [folded]))
      broken.push({ sentence: "I14 what is shown is what the record says", rows: [...kept.rows, folded] });
  }
  return broken;
}

function entryOf(row: Row): SealedEntry {
  const { occurred_at, recorded_at, on_behalf_of, data_hash, position: _position, tx: _tx, ...same } = row;
  const times = { occurredAt: toIso(Number(occurred_at)), recordedAt: toIso(Number(recorded_at)) };
  return { ...same, ...times, onBehalfOf: on_behalf_of, dataHash: data_hash } as unknown as SealedEntry;
}
