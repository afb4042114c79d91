/** The orders of a board, and the place of a row in each, so that the next page begins where the last ended. */
import { type RawBuilder, sql } from "kysely";
import { parseIso, toIso } from "../../core/kernel/time.ts";

/** `attention`: priority, then newest. `due`: what is due first; what has no target at the end. */
export type BoardOrdering = { readonly by: "attention" | "due"; readonly after: BoardPlace | null };
export type BoardColumns = {
  readonly id: string;
  readonly priority: number | null;
  readonly reported_at: number;
  readonly due_at: number | null;
};
type BoardPlace = { readonly priority: number; readonly at: number; readonly id: string };

type Ordering = readonly (readonly [RawBuilder<unknown>, "asc" | "desc"])[];

const never = sql`coalesce(due_at, 'infinity'::timestamptz)`;
export const orderings: Readonly<Record<BoardOrdering["by"], Ordering>> = {
  attention: [
    [sql`coalesce(priority, 3)`, "asc"],
    [sql`reported_at`, "desc"],
    [sql`id`, "desc"],
  ],
  due: [
    [never, "asc"],
    [sql`coalesce(priority, 3)`, "asc"],
    [sql`id`, "desc"],
  ],
};

/** As long as nothing is due. */
const farAt = 253_402_300_799_000;

export function behind({ by, after }: BoardOrdering): RawBuilder<boolean> {
  if (after === null) return sql<boolean>`true`;
  const { priority, id } = after;
  const at = toIso(after.at);
  if (by === "attention")
    return sql<boolean>`(coalesce(priority, 3) > ${priority} or (coalesce(priority, 3) = ${priority} and (reported_at, id) < (${at}::timestamptz, ${id}::uuid)))`;
  const due = after.at === farAt ? sql`'infinity'::timestamptz` : sql`${at}::timestamptz`;
  return sql<boolean>`(${never} > ${due} or (${never} = ${due} and (coalesce(priority, 3) > ${priority} or (coalesce(priority, 3) = ${priority} and id < ${id}::uuid))))`;
}

export function writePlace(row: BoardColumns, by: BoardOrdering["by"]): string {
  const at = by === "due" ? (row.due_at ?? farAt) : row.reported_at;
  return Buffer.from(`${letterOf[by]}${row.priority ?? 3} ${toIso(at)} ${row.id}`).toString("base64url");
}

/** As we write it, and nothing else: what a caller makes up reaches no query. A place of another order is none of this one. */
const placeShape = /^([pd])([1-5]) ([1-9]\d{3}-\S{19}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const letterOf = { attention: "p", due: "d" } as const;

export function placeIn(cursor: string, by: BoardOrdering["by"]): BoardPlace | undefined {
  const [, letter, priority, at, id] = placeShape.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  const time = at === undefined ? undefined : parseIso(at);
  if (time === undefined || id === undefined || letter !== letterOf[by]) return undefined;
  return { priority: Number(priority), at: time, id };
}
