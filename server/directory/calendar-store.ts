/** Writes business calendars, and the versions of their hours, which are never written again. */
import type pg from "pg";
import { toIso } from "../../core/kernel/time.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import type { OpeningHoursDefinition } from "../../core/oncall/holidays.ts";
import { refused } from "../platform/problems.ts";
import type { Some } from "./catalogue-store.ts";

type Names = { readonly nameFr: string; readonly nameEn: string };

export async function insertCalendar(
  client: pg.PoolClient,
  { id, nameFr, nameEn }: Names & { readonly id: string },
  at: Instant,
): Promise<void> {
  const { rowCount } = await client.query(
    "insert into business_calendars (id, name_fr, name_en, made_at) values ($1, $2, $3, $4) on conflict do nothing",
    [id, nameFr, nameEn, toIso(at)],
  );
  if (rowCount === 0) throw refused("calendar-taken", { calendar: id });
}

export async function updateCalendar(
  client: pg.PoolClient,
  id: string,
  { nameFr, nameEn, retired }: Some<Names & { readonly retired: boolean }>,
): Promise<void> {
  const { rowCount } = await client.query(
    "update business_calendars set name_fr = coalesce($2, name_fr), name_en = coalesce($3, name_en), retired = coalesce($4, retired) where id = $1",
    [id, nameFr ?? null, nameEn ?? null, retired ?? null],
  );
  if (rowCount === 0) throw refused("calendar-unknown", { calendar: id });
}

export type NewHours = {
  readonly calendar: string;
  readonly version: number;
  readonly hours: OpeningHoursDefinition;
  readonly from: Instant;
  readonly by: string | null;
};

export async function insertHours(
  client: pg.PoolClient,
  { calendar, version, hours, from, by }: NewHours,
): Promise<void> {
  const { rowCount } = await client.query(
    "insert into business_calendar_versions (calendar, version, hours, from_at, made_by) values ($1, $2, $3, $4, $5) on conflict do nothing",
    [calendar, version, JSON.stringify(hours), from, by],
  );
  if (rowCount === 0) throw refused("calendar-changed", { calendar });
}

/** Every open incident of which something may be asked in time is looked at again: what is due moves with its hours. */
export async function lookAgain(client: pg.PoolClient, at: Instant): Promise<void> {
  await client.query(
    `insert into timers (key, payload, due_at)
select 'clock/' || id, jsonb_build_object('kind', 'clock', 'incidentId', id), $1::bigint from incidents where is_open and categories <> '{}' order by id
on conflict (key) do update set due_at = least(timers.due_at, excluded.due_at), attempts = 0, lease_until = 0, fence = timers.fence + 1`,
    [at],
  );
  await client.query(
    "update timers set due_at = least(due_at, $1), attempts = 0, lease_until = 0, fence = fence + 1 where key like 'engagement/%'",
    [at],
  );
}
