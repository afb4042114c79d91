/** What is live of each key of a batch, read in one indexed query and never remembered: two nodes must agree, and a
 *  resolution committed a moment ago must be seen. */
import type pg from "pg";
import type { HeldAlert } from "../../core/alerts/decide.ts";

export type ReadHeld = (integrationId: string, keys: readonly string[]) => Promise<ReadonlyMap<string, HeldAlert>>;

type Row = {
  key: string;
  status: HeldAlert["status"];
  starts_at: number | null;
  lease_until: number | null;
  last_at: number;
};

export const createHeldReader =
  (pool: pg.Pool): ReadHeld =>
  async (integrationId, keys) => {
    const { rows } = await pool.query<Row>({
      name: "read-held-alerts",
      text: "select key, status, starts_at, lease_until, last_at from alerts where integration_id = $1 and key = any($2::text[]) and status in ('open', 'quiet')",
      values: [integrationId, keys],
    });
    return new Map(
      rows.map((row) => [
        row.key,
        { status: row.status, startsAt: row.starts_at, leaseUntil: row.lease_until, lastAt: row.last_at },
      ]),
    );
  };
