/** Reads and writes suppliers, each whole. */
import type pg from "pg";
import { type Supplier, suppliersMax } from "../../core/directory/suppliers.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import { refused } from "../platform/problems.ts";

type RowsOf = <Row extends object>(text: string) => Promise<Row[]>;

export const readSuppliers = (rowsOf: RowsOf): Promise<Supplier[]> =>
  rowsOf<Supplier>(
    "select id, name, kind, language, contract, services, calendar, targets, contacts, note, retired from suppliers order by retired, lower(name), id",
  );

/** Written one after the other, so that no more of them are kept than may be. */
export async function insertSupplier(client: pg.PoolClient, supplier: Supplier, at: Instant): Promise<void> {
  const { rows } = await client.query<{ many: number }>(
    "select count(*)::int as many from suppliers where not retired",
  );
  if ((rows[0]?.many ?? 0) >= suppliersMax) throw refused("suppliers-full", { max: suppliersMax });
  await client.query(
    `insert into suppliers (id, name, kind, language, contract, services, calendar, targets, contacts, note, retired, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [...valuesOf(supplier), at],
  );
}

export async function lockSupplier(client: pg.PoolClient, id: string): Promise<Supplier> {
  const { rows } = await client.query<Supplier>(
    "select id, name, kind, language, contract, services, calendar, targets, contacts, note, retired from suppliers where id = $1 for update",
    [id],
  );
  const [found] = rows;
  if (!found) throw refused("supplier-unknown", { supplier: id });
  return found;
}

export async function updateSupplier(client: pg.PoolClient, supplier: Supplier): Promise<void> {
  await client.query(
    `update suppliers set name = $2, kind = $3, language = $4, contract = $5, services = $6, calendar = $7, targets = $8, contacts = $9,
  note = $10, retired = $11 where id = $1`,
    valuesOf(supplier),
  );
}

function valuesOf({ id, name, kind, language, contract, calendar, note, retired, ...lists }: Supplier): unknown[] {
  const [services, targets, contacts] = [lists.services, lists.targets, lists.contacts].map((one) =>
    JSON.stringify(one),
  );
  return [id, name, kind, language, contract, services, calendar, targets, contacts, note, retired];
}
