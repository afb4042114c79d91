/** What must be true of the database whatever happened in a test: asked of every world when it ends. Each query gives the
 *  rows that break its sentence. */
import assert from "node:assert/strict";
import type pg from "pg";

const invariants: readonly (readonly [string, string])[] = [
  [
    "entries of a record are numbered 1 to n",
    "select stream, count(*), max(seq) from events group by stream having count(*) <> max(seq) or min(seq) <> 1",
  ],
  [
    "an incident's row stands at the end of its record",
    `select i.number from incidents i left join events e on e.stream = 'incident/' || i.id and e.seq = i.seq
     where e.hash is distinct from i.head
        or exists (select 1 from events later where later.stream = 'incident/' || i.id and later.seq > i.seq)`,
  ],
  [
    "paging that runs has its timer, and no other paging has one",
    `select i.number, i.paging ->> 'status' as status from incidents i left join timers t on t.key = 'paging/' || i.id
     where (i.paging ->> 'status' = 'running') <> (t.key is not null)`,
  ],
  [
    "an incident that has ended calls nobody",
    "select number from incidents where not is_open and paging ->> 'status' = 'running'",
  ],
  [
    "each call that was asked for has its row in the outbox",
    `select e.stream, e.data from events e where e.type = 'page.requested'
       and not exists (select 1 from outbox o where o.page_id::text = e.data ->> 'pageId')`,
  ],
  [
    "no call is told twice to have left",
    `select stream, data ->> 'pageId' from events where type = 'page.sent' group by 1, 2 having count(*) > 1`,
  ],
  [
    "nobody is called twice in one step by one contact point",
    `select stream, data ->> 'personId' from events where type = 'page.requested'
     group by stream, data ->> 'personId', data ->> 'pointId', data ->> 'run', data ->> 'cycle', data ->> 'step' having count(*) > 1`,
  ],
  [
    "an open incident counts its open alerts",
    `select i.number, i.open_alerts from incidents i where is_open
       and open_alerts <> (select count(*) from alerts a where a.incident_id = i.id and a.status = 'open')`,
  ],
  [
    "numbers have no gap",
    `select c.name, c.value from counters c where c.name ~ '^(INC|EX)-'
       and c.value <> (select count(*) from incidents i where i.number like c.name || '-%')`,
  ],
  [
    "an alert belongs to an incident that exists",
    "select a.key from alerts a where not exists (select 1 from incidents i where i.id = a.incident_id)",
  ],
];

export async function checkInvariants(owner: pg.Client): Promise<void> {
  for (const [sentence, text] of invariants) {
    const { rows } = await owner.query(text);
    assert.deepEqual(rows, [], sentence);
  }
}
