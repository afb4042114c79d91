/** What PostgreSQL alone gives on this machine in this run: the same rows, into tables of the same shape and with the same
 *  indexes, from a plain client without HTTP, parsing or deciding. Twice: each row with its own commit, as a program
 *  without group commit would, and in flushes of the size that ours have. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** More connections than this only queue for two cores. */
const connections = 16;
const flushers = 2;

export async function preparePlain(connection: pg.ClientConfig): Promise<void> {
  await withClients(connection, 1, async ([client]) => {
    await client?.query("create schema bench");
    await client?.query("create table bench.alerts (like public.alerts including all)");
    await client?.query("create table bench.events (like public.events including all)");
    await client?.query("create table bench.incidents (like public.incidents including all)");
  });
}

export async function endPlain(connection: pg.ClientConfig): Promise<void> {
  await withClients(connection, 1, async ([client]) => {
    await client?.query("drop schema bench cascade");
  });
}

export type Plain = { readonly each: number; readonly flushed: number };

export const plainAlerts = (connection: pg.ClientConfig, ms: number, flush: number): Promise<Plain> =>
  both(connection, ms, flush, insertAlerts);
export const plainIncidents = (connection: pg.ClientConfig, ms: number, flush: number): Promise<Plain> =>
  both(connection, ms, flush, insertIncidents);

/** Alerts that are there already, read by their key: one at a time, and as many together as a request brings. */
export async function plainReads(connection: pg.ClientConfig, ms: number, together: number): Promise<Plain> {
  const keys = await withClients(connection, 1, async ([client]) => {
    const found = await client?.query<{ id: string; key: string }>(
      "select integration_id as id, key from alerts where lease_until is not null limit 10000",
    );
    return found?.rows ?? [];
  });
  let next = 0;
  const read: Insert = (client, rows) => {
    next += rows;
    const from = next % Math.max(1, keys.length - rows);
    const some = keys.slice(from, from + rows);
    return client.query({
      name: "plain-reads",
      text: "select key, status, starts_at, lease_until, last_at from alerts where integration_id = $1 and key = any($2::text[]) and status in ('open', 'quiet')",
      values: [some[0]?.id, some.map((one) => one.key)],
    });
  };
  return both(connection, ms, together, read);
}

type Insert = (client: pg.Client, rows: number) => Promise<unknown>;

/** Things a second. */
async function both(connection: pg.ClientConfig, ms: number, flush: number, insert: Insert): Promise<Plain> {
  const each = await rate(connection, ms / 2, { connections, rows: 1, insert });
  const flushed = await rate(connection, ms / 2, { connections: flushers, rows: flush, insert });
  return { each, flushed };
}

type How = { readonly connections: number; readonly rows: number; readonly insert: Insert };

function rate(connection: pg.ClientConfig, ms: number, how: How): Promise<number> {
  return withClients(connection, how.connections, async (clients) => {
    const began = performance.now();
    let done = 0;
    await Promise.all(
      clients.map(async (client) => {
        while (performance.now() - began < ms) {
          await how.insert(client, how.rows);
          done += how.rows;
        }
      }),
    );
    return done / ((performance.now() - began) / 1_000);
  });
}

async function withClients<T>(
  connection: pg.ClientConfig,
  count: number,
  work: (clients: pg.Client[]) => Promise<T>,
): Promise<T> {
  const clients = Array.from({ length: count }, () => new pg.Client(connection));
  await Promise.all(clients.map((client) => client.connect()));
  return work(clients).finally(() => Promise.all(clients.map((client) => client.end())));
}

const integration = randomUUID();
const incident = randomUUID();
const details = JSON.stringify({
  timestamp: "2026-10-15T07:41:00.000Z",
  component: "postgresql",
  group: "storage",
  class: "disk",
  custom_details: { mount: "/var/lib/postgresql", used_percent: 91.4, region: "ca-central-1", host_group: "databases" },
  client: "monitoring",
  client_url: "https://monitoring.example.org/alerts/17",
});

const alertsSql = `insert into bench.alerts (id, integration_id, key, status, incident_id, title, severity, source, stateful, opened_at, last_at, count, details)
select u.id, $2, u.key, 'open', $3, 'Disk usage above 90 % on /var/lib/postgresql, growing 2 % an hour', 'critical', 'db-17.internal.example.org', false, $4, $4, 1, $5
from unnest($1::uuid[], $6::text[]) as u(id, key)
on conflict (integration_id, key) where status in ('open', 'quiet') do update set count = alerts.count + 1, last_at = excluded.last_at`;

function insertAlerts(client: pg.Client, rows: number): Promise<unknown> {
  const ids = Array.from({ length: rows }, () => randomUUID());
  const at = 1_792_000_000_000;
  return client.query({
    name: "plain-alerts",
    text: alertsSql,
    values: [ids, integration, incident, at, details, ids.map((id) => `single-${id}`)],
  });
}

/** As many entries as recording an incident by the API makes. */
const entriesEach = 4;
const stateText = JSON.stringify({ title: { text: "The booking page answers slowly" }, milestones: {}, asked: [] });
const hash = "0".repeat(64);

const incidentsSql = `insert into bench.incidents (id, number, seq, head, exercise, title, stage, is_open, categories, open_alerts, firing_alerts, incident, paging, reported_at, updated_at)
select u.id, u.id::text, 4, $2, false, 'The booking page answers slowly', 'registered', true, '{}', 0, 0, $3, $3, $4, $4
from unnest($1::uuid[]) as u(id)`;
const entriesSql = `insert into bench.events (stream, seq, type, version, occurred_at, recorded_at, actor, process, exercise, cause, data, salt, data_hash, hash)
select 'incident/' || u.id, n, 'incident.reported', 1, $2, $2, $3, 'base@1', false, $3, $3, $4, $4, $4
from unnest($1::uuid[]) as u(id), generate_series(1, ${entriesEach}) as n`;

async function insertIncidents(client: pg.Client, rows: number): Promise<void> {
  const ids = Array.from({ length: rows }, () => randomUUID());
  const at = "2026-10-15T07:41:00.000Z";
  await client.query("begin");
  await client.query({ name: "plain-incidents", text: incidentsSql, values: [ids, hash, stateText, at] });
  await client.query({ name: "plain-entries", text: entriesSql, values: [ids, at, stateText, hash] });
  await client.query("commit");
}

/** Latencies of two commits in a row, as an event and the mail it causes need them, at the pace of the events; from the
 *  moment each is due, so that a wait for a connection counts. What `skipped` says of the first ones is not counted. */
export function plainCommits(
  connection: pg.ClientConfig,
  paced: { readonly count: number; readonly skipped: number; readonly aSecond: number },
): Promise<number[]> {
  return withClients(connection, connections, async (clients) => {
    const took: number[] = [];
    const began = performance.now();
    let next = 0;
    const work = async (client: pg.Client): Promise<void> => {
      for (let n = next++; n < paced.count + paced.skipped; n = next++) {
        const due = began + (n / paced.aSecond) * 1_000;
        const wait = due - performance.now();
        if (wait > 0) await sleep(wait);
        await insertIncidents(client, 1);
        await insertAlerts(client, 1);
        if (n >= paced.skipped) took.push(performance.now() - due);
      }
    };
    await Promise.all(clients.map(work));
    return took;
  });
}

const boardSql =
  "select id, number, seq, head, incident, paging, open_alerts, firing_alerts, updated_at from incidents where is_open order by coalesce(priority, 3), reported_at desc, id desc limit 201";
const countSql =
  "select count(*) as open, count(*) filter (where accepted_by is null) as unaccepted from incidents where is_open";

/** The two reads that the board makes, and its answer as JSON. */
export function plainBoard(connection: pg.ClientConfig, times: number): Promise<number[]> {
  return withClients(connection, 2, async ([rows, counts]) => {
    const took: number[] = [];
    for (let n = 0; n < times; n++) {
      const began = performance.now();
      const [found] = await Promise.all([
        rows?.query({ name: "plain-board", text: boardSql }),
        counts?.query({ name: "plain-counts", text: countSql }),
      ]);
      JSON.stringify(found?.rows);
      took.push(performance.now() - began);
    }
    return took;
  });
}
