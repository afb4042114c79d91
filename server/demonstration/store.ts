/** Whether this desk holds the demonstration, and whether it is empty enough to be given it. */
import type pg from "pg";

type Client = Pick<pg.PoolClient, "query">;

export type Demonstration = { readonly seed: string; readonly from: number; readonly loadedAt: number };

const key = "demonstration";

/** Written in the transaction that loads it, and never taken away: data once made up stays so. */
export async function readDemonstration(client: Client): Promise<Demonstration | null> {
  const { rows } = await client.query<{ state: Demonstration }>("select state from desk_states where key = $1", [key]);
  return rows[0]?.state ?? null;
}

export async function markDemonstration(client: Client, loaded: Demonstration): Promise<void> {
  await client.query("insert into desk_states (key, state) values ($1, $2)", [key, JSON.stringify(loaded)]);
}

export type Found = Readonly<Record<"people" | "services" | "integrations" | "incidents" | "other", number>>;

/** What somebody has put into this desk besides its first administrator. */
export async function whatIsThere(client: Client): Promise<Found | null> {
  const { rows } = await client.query<Found>(
    `select (select count(*) from people) - 1 as people, (select count(*) from services) as services,
  (select count(*) from integrations) as integrations, (select count(*) from incidents) as incidents,
  (select count(*) from teams) + (select count(*) from functions) + (select count(*) from schedules)
    + (select count(*) from escalation_policies) + (select count(*) from vital_functions) + (select count(*) from reports) as other`,
  );
  const found = rows[0];
  return found && Object.values(found).some((count) => count > 0) ? found : null;
}

/** Rows that the desk locks before it decides, made at first need in life. */
export async function makeDeskStates(client: Client, integrations: readonly string[]): Promise<void> {
  await client.query("insert into desk_states (key, state) select unnest($1::text[]), 'null' on conflict do nothing", [
    ["report-gate", ...integrations.map((id) => `storm/${id}`)],
  ]);
}

export type Carried = { readonly key: string; readonly status: string; readonly at: number };

/** Pages and notices of the past: carried out by the demonstration, and marked so. Nothing of them ever left. */
export async function endEffects(client: Client, carried: readonly Carried[]): Promise<void> {
  await client.query(
    `update outbox set status = c.status, made_at = due_at, done_at = c.at, attempts = 1, payload = payload || '{"demonstration": true}',
  last_error = case when c.status = 'dead' then 'refused by the channel' end
from unnest($1::text[], $2::text[], $3::bigint[]) as c(key, status, at) where outbox.key = c.key`,
    [carried.map((one) => one.key), carried.map((one) => one.status), carried.map((one) => one.at)],
  );
}

export type Noted = { readonly integrationId: string; readonly at: number; readonly detail: object };

export async function keepNoted(client: Client, noted: readonly Noted[]): Promise<void> {
  await client.query(
    "insert into intake_log (integration_id, at, outcome, detail) select id, at, 'accepted', detail from unnest($1::uuid[], $2::bigint[], $3::jsonb[]) as n(id, at, detail)",
    [noted.map((one) => one.integrationId), noted.map((one) => one.at), noted.map((one) => JSON.stringify(one.detail))],
  );
}

/** The numbers as the desk gave them. */
export async function readNumbers(client: Client): Promise<readonly (readonly [id: string, number: string])[]> {
  const { rows } = await client.query<{ id: string; number: string }>("select id, number from incidents");
  return rows.map(({ id, number }) => [id, number] as const);
}

export async function readAdministrator(
  client: Client,
): Promise<{ readonly id: string; readonly email: string } | null> {
  const { rows } = await client.query<{ id: string; email: string }>(
    "select id, email from people where admin and active order by made_at, id limit 1",
  );
  return rows[0] ?? null;
}
