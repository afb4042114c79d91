/** Reads and writes known errors, each whole. */
import type pg from "pg";
import { type KnownError, knownErrorsMax } from "../../core/directory/known-errors.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import { refused } from "../platform/problems.ts";

type RowsOf = <Row extends object>(text: string) => Promise<Row[]>;

export const readKnownErrors = (rowsOf: RowsOf): Promise<KnownError[]> =>
  rowsOf<KnownError>(
    `select id, name_fr as "nameFr", name_en as "nameEn", workaround_fr as "workaroundFr", workaround_en as "workaroundEn", services, retired
from known_errors order by retired, name_fr, id`,
  );

/** Written one after the other, so that no more of them are kept than may be. */
export async function refuseFull(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ many: number }>(
    "select count(*)::int as many from known_errors where not retired",
  );
  if ((rows[0]?.many ?? 0) >= knownErrorsMax) throw refused("known-errors-full", { max: knownErrorsMax });
}

export async function insertKnownError(client: pg.PoolClient, error: KnownError, at: Instant): Promise<void> {
  await client.query(
    `insert into known_errors (id, name_fr, name_en, workaround_fr, workaround_en, services, retired, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [...valuesOf(error), at],
  );
}

export async function lockKnownError(client: pg.PoolClient, id: string): Promise<KnownError> {
  const { rows } = await client.query<KnownError>(
    `select id, name_fr as "nameFr", name_en as "nameEn", workaround_fr as "workaroundFr", workaround_en as "workaroundEn", services, retired
from known_errors where id = $1 for update`,
    [id],
  );
  const [found] = rows;
  if (!found) throw refused("known-error-unknown", { knownError: id });
  return found;
}

export async function updateKnownError(client: pg.PoolClient, error: KnownError): Promise<void> {
  await client.query(
    `update known_errors set name_fr = $2, name_en = $3, workaround_fr = $4, workaround_en = $5, services = $6, retired = $7
where id = $1`,
    valuesOf(error),
  );
}

const valuesOf = ({ id, nameFr, nameEn, workaroundFr, workaroundEn, services, retired }: KnownError): unknown[] => [
  ...[id, nameFr, nameEn, workaroundFr, workaroundEn],
  JSON.stringify(services),
  retired,
];
