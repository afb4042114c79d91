/** Rows of schedules, of what is put over them, and of who is away. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { parseIso, toIso } from "../../core/kernel/time.ts";
import type { LayerDefinition } from "../../core/oncall/definition.ts";
import { refused } from "../platform/problems.ts";

type SpelledSpan = { readonly from: string; readonly until: string };
export type NewLayer = Omit<LayerDefinition, "id"> & { readonly id?: string | undefined };
export type ScheduleFields = {
  readonly name: string;
  readonly layers: readonly NewLayer[];
  readonly declaredGaps: readonly SpelledSpan[];
  readonly standsIn?: StandsInFields | null;
};
export type StandsInFields = SpelledSpan & { readonly for: string };
type ScheduleChanges = { readonly [Name in keyof ScheduleFields]?: ScheduleFields[Name] | undefined };

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
const withIds = (layers: readonly NewLayer[] | undefined) =>
  layers?.map((layer) => ({ ...layer, id: layer.id ?? randomUUID() }));

export async function insertSchedule(
  client: pg.PoolClient,
  { name, layers, declaredGaps, standsIn = null }: ScheduleFields,
  at: number,
  id: string = randomUUID(),
): Promise<string> {
  await client.query("insert into schedules (id, name, layers, declared_gaps, made_at) values ($1, $2, $3, $4, $5)", [
    id,
    name,
    json(withIds(layers)),
    json(declaredGaps),
    toIso(at),
  ]);
  if (standsIn !== null) await putInPlace(client, id, standsIn);
  return id;
}

/** Null: it is a schedule like the others again. */
async function putInPlace(client: pg.PoolClient, id: string, standsIn: StandsInFields | null): Promise<void> {
  const span = standsIn && stretchOf(standsIn);
  await client.query("update schedules set stands_in_for = $2, stands_from = $3, stands_until = $4 where id = $1", [
    id,
    standsIn?.for ?? null,
    span?.from ?? null,
    span?.until ?? null,
  ]);
}

export async function updateSchedule(client: pg.PoolClient, id: string, fields: ScheduleChanges): Promise<void> {
  const { rowCount } = await client.query(
    "update schedules set name = coalesce($2, name), layers = coalesce($3, layers), declared_gaps = coalesce($4, declared_gaps) where id = $1",
    [id, fields.name ?? null, json(withIds(fields.layers)), json(fields.declaredGaps)],
  );
  if (rowCount === 0) throw refused("schedule-unknown", { schedule: id });
  if (fields.standsIn !== undefined) await putInPlace(client, id, fields.standsIn);
}

export type Stretch = { readonly from: number; readonly until: number };
export type By = { readonly at: number; readonly by: string };

export const stretchOf = ({ from, until }: SpelledSpan): Stretch => ({
  from: parseIso(from) ?? 0,
  until: parseIso(until) ?? 0,
});

export async function insertOverride(
  client: pg.PoolClient,
  { scheduleId, personId, from, until }: Stretch & { readonly scheduleId: string; readonly personId: string },
  { at, by }: By,
): Promise<string> {
  const id = randomUUID();
  await client.query(
    "insert into schedule_overrides (id, schedule_id, person_id, from_at, until_at, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7)",
    [id, scheduleId, personId, from, until, at, by],
  );
  return id;
}

export async function insertAbsence(
  client: pg.PoolClient,
  { personId, from, until }: Stretch & { readonly personId: string },
  { at, by }: By,
): Promise<string> {
  const id = randomUUID();
  await client.query(
    "insert into absences (id, person_id, from_at, until_at, made_at, made_by) values ($1, $2, $3, $4, $5, $6)",
    [id, personId, from, until, at, by],
  );
  return id;
}

type Ended = { readonly person_id: string; readonly until_at: number };

export const findOverride = async (client: pg.PoolClient, scheduleId: string, id: string): Promise<Ended | undefined> =>
  (
    await client.query<Ended>(
      "select person_id, until_at from schedule_overrides where id = $1 and schedule_id = $2 for update",
      [id, scheduleId],
    )
  ).rows[0];
export const findAbsence = async (client: pg.PoolClient, id: string): Promise<Ended | undefined> =>
  (await client.query<Ended>("select person_id, until_at from absences where id = $1 for update", [id])).rows[0];

const ending = {
  schedule_overrides: {
    end: "update schedule_overrides set until_at = $2 where id = $1 and from_at < $2",
    remove: "delete from schedule_overrides where id = $1 and from_at >= $2",
  },
  absences: {
    end: "update absences set until_at = $2 where id = $1 and from_at < $2",
    remove: "delete from absences where id = $1 and from_at >= $2",
  },
} as const;

/** What has begun ends now, so that what was held stays as it was; what has not was never there. */
export async function endRow(client: pg.PoolClient, table: keyof typeof ending, id: string, at: number): Promise<void> {
  const { end, remove } = ending[table];
  await client.query(end, [id, at]);
  await client.query(remove, [id, at]);
}
