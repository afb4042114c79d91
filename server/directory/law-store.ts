/** Writes which laws are one's own. */
import type pg from "pg";
import type { Instant } from "../../core/kernel/vocabulary.ts";

export type NewBoundLaw = {
  readonly law: string;
  readonly traits: readonly string[];
  readonly targets: Readonly<Record<string, number>>;
  readonly zone: string | null;
  readonly place: string | null;
};

export async function writeLaw(
  client: pg.PoolClient,
  { law, traits, targets, zone, place }: NewBoundLaw,
  { by, at }: { readonly by: string | null; readonly at: Instant },
): Promise<void> {
  await client.query(
    `insert into bound_laws (law, traits, targets, zone, place, made_by, at) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (law) do update set traits = excluded.traits, targets = excluded.targets, zone = excluded.zone, place = excluded.place, made_by = excluded.made_by, at = excluded.at`,
    [law, traits, JSON.stringify(targets), zone, place, by, at],
  );
}

export async function deleteLaw(client: pg.PoolClient, law: string): Promise<void> {
  await client.query("delete from bound_laws where law = $1", [law]);
}

/** Each incident of which this law was assessed is looked at again: what is due moves with the days on which its place works. */
export async function lookAtLegalClocks(client: pg.PoolClient, law: string, at: Instant): Promise<void> {
  await client.query(
    `insert into timers (key, payload, due_at)
select 'clock/' || incident_id, jsonb_build_object('kind', 'clock', 'incidentId', incident_id), $2::bigint from incident_obligations where law = $1 order by incident_id
on conflict (key) do update set due_at = least(timers.due_at, excluded.due_at), attempts = 0, lease_until = 0, fence = timers.fence + 1`,
    [law, at],
  );
}
