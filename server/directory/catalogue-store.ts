/** Writes what helps to record: other words for services, templates. Values that are not given stay as they are. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Dependency } from "../../core/directory/dependencies.ts";
import type { WordsByLanguage } from "../../core/directory/types.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Impact, Urgency } from "../../core/kernel/vocabulary.ts";
import { refused } from "../platform/problems.ts";
import { linkFunctions, linkServices } from "./vital-store.ts";

export type Some<T> = { readonly [Field in keyof T]?: T[Field] | undefined };

export type ServiceChange = Some<{
  readonly nameFr: string;
  readonly nameEn: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly policy: string | null;
  readonly vital: readonly string[];
  readonly dependsOn: readonly Dependency[];
  readonly calendar: string | null;
  readonly aliases: WordsByLanguage;
  readonly retired: boolean;
}>;

export async function updateService(client: pg.PoolClient, id: string, fields: ServiceChange): Promise<void> {
  const { owner, team, policy, aliases, vital, calendar, dependsOn } = fields;
  const { rowCount } = await client.query(
    `update services set name_fr = coalesce($2, name_fr), name_en = coalesce($3, name_en),
  owner_id = case when $4::boolean then $5::uuid else owner_id end, team_id = case when $6::boolean then $7::uuid else team_id end,
  policy_id = case when $8::boolean then $9::uuid else policy_id end,
  aliases_fr = coalesce($10::text[], aliases_fr), aliases_en = coalesce($11::text[], aliases_en),
  calendar_id = case when $12::boolean then $13::text else calendar_id end, retired = coalesce($14::boolean, retired)
where id = $1`,
    [
      id,
      fields.nameFr ?? null,
      fields.nameEn ?? null,
      owner !== undefined,
      owner ?? null,
      team !== undefined,
      team ?? null,
      policy !== undefined,
      policy ?? null,
      aliases?.fr ?? null,
      aliases?.en ?? null,
      calendar !== undefined,
      calendar ?? null,
      fields.retired ?? null,
    ],
  );
  if (rowCount === 0) throw refused("service-unknown", { service: id });
  if (vital !== undefined) await linkFunctions(client, id, vital);
  if (dependsOn !== undefined) await linkServices(client, id, dependsOn);
}

export type TemplateFields = {
  readonly nameFr: string;
  readonly nameEn: string;
  readonly title: string;
  readonly description: string | null;
  readonly service: string | null;
  readonly categories: readonly string[];
  readonly impact: Impact | null;
  readonly urgency: Urgency | null;
};
export type Template = TemplateFields & { readonly id: string };

const templateColumns = `id, name_fr as "nameFr", name_en as "nameEn", title, description, service_id as service, categories, impact, urgency`;
export const templatesMax = 200;

export async function readTemplates(client: Pick<pg.PoolClient, "query">): Promise<Template[]> {
  const { rows } = await client.query<Template>(
    `select ${templateColumns} from incident_templates order by name_fr, id limit ${templatesMax}`,
  );
  return rows;
}

/** Locked, so that two who change it at once do so one after the other. */
export async function lockTemplate(client: pg.PoolClient, id: string): Promise<Template> {
  const { rows } = await client.query<Template>(
    `select ${templateColumns} from incident_templates where id = $1 for update`,
    [id],
  );
  if (!rows[0]) throw refused("template-unknown");
  return rows[0];
}

const valuesOf = (fields: TemplateFields): unknown[] => [
  fields.nameFr,
  fields.nameEn,
  fields.title,
  fields.description,
  fields.service,
  fields.categories,
  fields.impact,
  fields.urgency,
];

export async function insertTemplate(client: pg.PoolClient, fields: TemplateFields, at: number): Promise<string> {
  const id = randomUUID();
  await client.query(
    "insert into incident_templates (id, name_fr, name_en, title, description, service_id, categories, impact, urgency, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    [id, ...valuesOf(fields), toIso(at)],
  );
  return id;
}

export async function updateTemplate(client: pg.PoolClient, id: string, fields: TemplateFields): Promise<void> {
  await client.query(
    "update incident_templates set name_fr = $2, name_en = $3, title = $4, description = $5, service_id = $6, categories = $7, impact = $8, urgency = $9 where id = $1",
    [id, ...valuesOf(fields)],
  );
}

export async function deleteTemplate(client: pg.PoolClient, id: string): Promise<void> {
  const { rowCount } = await client.query("delete from incident_templates where id = $1", [id]);
  if (rowCount === 0) throw refused("template-unknown");
}
