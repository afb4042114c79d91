/** Categories with what they ask now, every version that was ever published, and domains. */
import type pg from "pg";
import { type CategoryProcess, type ProcessDefinition, processName } from "../../core/directory/category-process.ts";
import { defaultProcesses, firstProcess } from "../../core/directory/default-processes.ts";
import type { Category, Domain } from "../../core/directory/types.ts";

type RowsOf = <Row extends pg.QueryResultRow>(text: string) => Promise<Row[]>;

export type Catalogue = {
  readonly categories: ReadonlyMap<string, Category>;
  readonly processes: ReadonlyMap<string, CategoryProcess>;
  readonly domains: ReadonlyMap<string, Domain>;
};

type PublishedRow = { readonly category: string; readonly version: number; readonly definition: ProcessDefinition };

export async function readCatalogue(rowsOf: RowsOf): Promise<Catalogue> {
  const published = await rowsOf<PublishedRow>(
    "select category, version, definition from category_processes order by category, version",
  );
  const categories = await rowsOf<Omit<Category, "process">>(
    `select id, name_fr as "nameFr", name_en as "nameEn", jsonb_build_object('fr', keywords_fr, 'en', keywords_en) as keywords, retired from categories order by made_at, id`,
  );
  const domains = await rowsOf<Domain>(
    `select id, name_fr as "nameFr", name_en as "nameEn", retired from domains order by made_at, id`,
  );
  const own = published.map(({ definition, ...one }): CategoryProcess => ({ ...one, ...definition }));
  const all = [...defaultProcesses, ...own];
  const newest = new Map(own.map((one) => [one.category, one]));
  return {
    categories: new Map(
      categories.map((one) => [one.id, { ...one, process: newest.get(one.id) ?? firstProcess(one.id) }]),
    ),
    processes: new Map(all.map((one) => [processName(one), one])),
    domains: new Map(domains.map((one) => [one.id, one])),
  };
}
