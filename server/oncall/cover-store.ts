/** Rows of requests to be covered. */
import type pg from "pg";

export type NewCover = {
  readonly id: string;
  readonly schedule_id: string;
  readonly person_id: string;
  readonly from_at: number;
  readonly until_at: number;
  readonly asked_person: string | null;
  readonly return_from: number | null;
  readonly return_until: number | null;
  readonly message: string | null;
  readonly made_at: number;
};

export async function insertCover(client: pg.PoolClient, row: NewCover): Promise<void> {
  await client.query(
    "insert into cover_requests (id, schedule_id, person_id, from_at, until_at, asked_person, return_from, return_until, message, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    [
      row.id,
      row.schedule_id,
      row.person_id,
      row.from_at,
      row.until_at,
      row.asked_person,
      row.return_from,
      row.return_until,
      row.message,
      row.made_at,
    ],
  );
}
