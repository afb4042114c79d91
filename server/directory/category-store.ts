/** Writes categories, the versions of what they ask, and the domains that incidents touch. Values that are not given stay as
 *  they are; a version that was published is never written again. */
import type pg from "pg";
import type { ProcessDefinition } from "../../core/directory/category-process.ts";
import type { WordsByLanguage } from "../../core/directory/types.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { CategoryId, Instant } from "../../core/kernel/vocabulary.ts";
import { refused } from "../platform/problems.ts";
import type { Some } from "./catalogue-store.ts";

type Names = { readonly nameFr: string; readonly nameEn: string };
export type NewCategory = Names & { readonly id: CategoryId; readonly keywords: WordsByLanguage };
export type CategoryChange = Some<Names & { readonly keywords: WordsByLanguage; readonly retired: boolean }>;

export async function insertCategory(client: pg.PoolClient, category: NewCategory, at: Instant): Promise<void> {
  const { id, nameFr, nameEn, keywords } = category;
  const { rowCount } = await client.query(
    "insert into categories (id, name_fr, name_en, keywords_fr, keywords_en, made_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    [id, nameFr, nameEn, keywords.fr, keywords.en, toIso(at)],
  );
  if (rowCount === 0) throw refused("category-taken", { category: id });
}

export async function updateCategory(client: pg.PoolClient, id: CategoryId, fields: CategoryChange): Promise<void> {
  const { rowCount } = await client.query(
    `update categories set name_fr = coalesce($2, name_fr), name_en = coalesce($3, name_en), keywords_fr = coalesce($4::text[], keywords_fr),
  keywords_en = coalesce($5::text[], keywords_en), retired = coalesce($6, retired) where id = $1`,
    [
      id,
      fields.nameFr ?? null,
      fields.nameEn ?? null,
      fields.keywords?.fr ?? null,
      fields.keywords?.en ?? null,
      fields.retired ?? null,
    ],
  );
  if (rowCount === 0) throw refused("category-unknown", { category: id });
}

type Publishing = {
  readonly category: CategoryId;
  readonly version: number;
  readonly definition: ProcessDefinition;
  readonly at: Instant;
  readonly by: string | null;
};

export async function insertProcess(client: pg.PoolClient, publishing: Publishing): Promise<void> {
  const { category, version, definition, at, by } = publishing;
  const { rowCount } = await client.query(
    "insert into category_processes (category, version, definition, made_at, made_by) values ($1, $2, $3, $4, $5) on conflict do nothing",
    [category, version, JSON.stringify(definition), at, by],
  );
  if (rowCount === 0) throw refused("category-changed", { category });
}

export type PublishedVersion = { readonly version: number; readonly at: Instant; readonly by: string | null };

/** Newest first. */
export async function readVersions(pool: Pick<pg.Pool, "query">, category: CategoryId): Promise<PublishedVersion[]> {
  const { rows } = await pool.query<PublishedVersion>(
    `select c.version, c.made_at as at, p.name as by from category_processes c left join people p on p.id = c.made_by
where c.category = $1 order by c.version desc limit 200`,
    [category],
  );
  return rows;
}

export async function insertDomain(client: pg.PoolClient, domain: Names & { id: string }, at: Instant): Promise<void> {
  const { rowCount } = await client.query(
    "insert into domains (id, name_fr, name_en, made_at) values ($1, $2, $3, $4) on conflict do nothing",
    [domain.id, domain.nameFr, domain.nameEn, toIso(at)],
  );
  if (rowCount === 0) throw refused("domain-taken", { domain: domain.id });
}

export async function updateDomain(
  client: pg.PoolClient,
  id: string,
  { nameFr, nameEn, retired }: Some<Names & { readonly retired: boolean }>,
): Promise<void> {
  const { rowCount } = await client.query(
    "update domains set name_fr = coalesce($2, name_fr), name_en = coalesce($3, name_en), retired = coalesce($4, retired) where id = $1",
    [id, nameFr ?? null, nameEn ?? null, retired ?? null],
  );
  if (rowCount === 0) throw refused("domain-unknown", { domain: id });
}
