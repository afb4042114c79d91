/** Finds incidents by words and conditions. The work is bounded whatever is asked: first the newest rows are looked through
 *  in their order, which finds frequent words at once; only when that does not fill the page are the words rare enough
 *  for their index, which finds those at once. A frequent word sorted by date through its index would read them all. */
import { type Expression, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Condition } from "../../core/incidents/conditions.ts";
import type { Query } from "../../core/incidents/query.ts";
import { endedStages, openStages } from "../../core/kernel/vocabulary.ts";
import type { Viewer } from "../access/viewer.ts";
import { searchWords, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import { HttpProblem } from "../platform/problems.ts";

/** A search that takes longer is ended, and says that it is too broad. */
export const searchMsMax = 2_000;
const newestMax = 5_000;

export type Cursor = { readonly at: number; readonly id: string };
export type Finding = {
  readonly query: Query;
  readonly conditions: readonly Condition[];
  /** The number asked for, in full; null when none is, `false` when there can be no such number. */
  readonly number: string | null | false;
  readonly limit: number;
  readonly cursor: Cursor | null;
};

/** Ids and times of what is found, newest first. */
export type FoundId = { readonly id: string; readonly reported_at: number };

/** Runs reads that may turn out to be too much, under their own time-out. */
export async function bounded<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  try {
    return await db.transaction().execute(async (inside) => {
      await sql`select set_config('statement_timeout', ${String(searchMsMax)}, true), set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true)`.execute(
        inside,
      );
      return work(inside);
    });
  } catch (error) {
    if (isTimeOut(error)) throw new HttpProblem(422, "search-too-broad");
    throw error;
  }
}

export const isTimeOut = (error: unknown): boolean => (error as { code?: string }).code === "57014";

export async function findIds(db: Db, viewer: Viewer, finding: Finding): Promise<FoundId[]> {
  const { query, number } = finding;
  if (number === false) return [];
  if (query.words.length === 0 || number !== null) return byConditions(db, viewer, finding);
  if (asksOpen(finding.conditions)) return byWords(db, viewer, finding);
  const newest = await amongNewest(db, viewer, finding);
  return newest.length >= finding.limit ? newest : byWords(db, viewer, finding);
}

const asksOpen = (conditions: readonly Condition[]): boolean =>
  conditions.some(
    (one) => one.kind === "stage" && !one.negated && one.stages.every((stage) => !endedStages.includes(stage)),
  );

/** All words, the last perhaps unfinished. Letters and digits only, cleaned by the parser; parameters all the same. */
function wordsQuery({ words, prefix }: Query): RawBuilder<unknown> {
  const parts = words.map((word, index) => {
    const unfinished = prefix && index === words.length - 1 && word.length > 1;
    return sql`search_word(${word}, ${unfinished})`;
  });
  return sql.join(parts, sql` && `);
}

function notAny(words: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    words.map((word) => sql`search_word(${word}, false)`),
    sql` || `,
  );
}

function before(at: string, id: string, cursor: Cursor): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(at)}, ${sql.ref(id)}) < (${new Date(cursor.at).toISOString()}::timestamptz, ${cursor.id}::uuid)`;
}

/** Without words: the lists' own indexes. */
async function byConditions(db: Db, viewer: Viewer, finding: Finding): Promise<FoundId[]> {
  let rows = visibleIncidents(db, viewer).select(["incidents.id", "incidents.reported_at"]);
  if (finding.number) rows = rows.where("number", "=", finding.number);
  if (finding.query.without.length > 0) {
    const unwanted = searchWords(db)
      .select("incident_id")
      .where(sql<boolean>`incident_id = incidents.id and document @@ (${notAny(finding.query.without)})`);
    rows = rows.where(sql<boolean>`not exists (${unwanted})`);
  }
  for (const condition of finding.conditions) rows = rows.where(meets(condition));
  if (finding.cursor) rows = rows.where(before("incidents.reported_at", "incidents.id", finding.cursor));
  return rows.orderBy("incidents.reported_at", "desc").orderBy("incidents.id", "desc").limit(finding.limit).execute();
}

async function amongNewest(db: Db, viewer: Viewer, finding: Finding): Promise<FoundId[]> {
  const { query, cursor } = finding;
  let newest = searchWords(db).select(["incident_id", "document"]);
  if (cursor) newest = newest.where(before("reported_at", "incident_id", cursor));
  const some = newest.orderBy("reported_at", "desc").orderBy("incident_id", "desc").limit(newestMax);
  let rows = visibleIncidents(db, viewer)
    .innerJoin(some.as("newest"), "newest.incident_id", "incidents.id")
    .where(sql<boolean>`newest.document @@ (${wordsQuery(query)})`);
  if (query.without.length > 0) rows = rows.where(sql<boolean>`not newest.document @@ (${notAny(query.without)})`);
  for (const condition of finding.conditions) rows = rows.where(meets(condition));
  return rows
    .select(["incidents.id", "incidents.reported_at"])
    .orderBy("incidents.reported_at", "desc")
    .orderBy("incidents.id", "desc")
    .limit(finding.limit)
    .execute();
}

/** By the index of words; that of the open ones, a small one, when only those are asked for. */
async function byWords(db: Db, viewer: Viewer, finding: Finding): Promise<FoundId[]> {
  const { query, cursor, conditions } = finding;
  let words = searchWords(db)
    .select(["incident_id", "reported_at"])
    .where(sql<boolean>`document @@ (${wordsQuery(query)})`);
  if (query.without.length > 0) words = words.where(sql<boolean>`not document @@ (${notAny(query.without)})`);
  if (asksOpen(conditions)) words = words.where(sql<boolean>`is_open`);
  if (cursor) words = words.where(before("reported_at", "incident_id", cursor));
  /* OFFSET 0 keeps the order out of the plan: walking the table by date in search of a rare word is the slow way. */
  let rows = visibleIncidents(db, viewer)
    .innerJoin(words.offset(0).as("found"), "found.incident_id", "incidents.id")
    .select(["incidents.id", "incidents.reported_at"]);
  for (const condition of conditions) rows = rows.where(meets(condition));
  return rows.orderBy("found.reported_at", "desc").orderBy("found.incident_id", "desc").limit(finding.limit).execute();
}

/** What a query asks of incidents that are listed in another order: the board. */
export function narrowing(
  db: Db,
  { query, conditions, number }: Pick<Finding, "query" | "conditions" | "number">,
): Expression<SqlBool>[] {
  const wanted: Expression<SqlBool>[] = conditions.map(meets);
  if (number !== null) wanted.push(sql<SqlBool>`incidents.number = ${number || ""}`);
  const having = (tsquery: RawBuilder<unknown>): Expression<SqlBool> => {
    const found = searchWords(db).select("incident_id").where(sql<boolean>`is_open and document @@ (${tsquery})`);
    return sql<SqlBool>`incidents.id in (${found})`;
  };
  if (query.words.length > 0) wanted.push(having(wordsQuery(query)));
  if (query.without.length > 0) wanted.push(sql<SqlBool>`not (${having(notAny(query.without))})`);
  return wanted;
}

const sameStages = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((stage) => other.includes(stage));

/** A condition on `incidents`; what is unknown in a row does not meet it, and meets its contrary. */
export function meets(condition: Condition): RawBuilder<boolean> {
  const { negated } = condition;
  if (condition.kind === "stage") {
    /* In the words of the partial index. */
    if (sameStages(condition.stages, openStages)) return negated ? sql`not incidents.is_open` : sql`incidents.is_open`;
    if (sameStages(condition.stages, endedStages)) return negated ? sql`incidents.is_open` : sql`not incidents.is_open`;
  }
  const holds = holding(condition);
  return negated ? sql<boolean>`(${holds}) is not true` : holds;
}

function holding(condition: Condition): RawBuilder<boolean> {
  switch (condition.kind) {
    case "stage":
      return sql`incidents.stage = any(${[...condition.stages]}::text[])`;
    case "accepted":
      return sql`incidents.accepted_by is not null`;
    case "to-check":
      return sql`incidents.to_check`;
    case "exercise":
      return sql`incidents.exercise`;
    case "unassigned":
      return sql`incidents.assigned_person is null and incidents.assigned_team is null and incidents.assigned_function is null and incidents.accepted_by is null`;
    case "service":
      return sql`incidents.service_id = any(${[...condition.ids]}::uuid[])`;
    case "team":
      return sql`incidents.assigned_team = any(${[...condition.ids]}::uuid[])`;
    case "function":
      return sql`incidents.assigned_function = any(${[...condition.ids]}::uuid[])`;
    case "person":
      return sql`(incidents.assigned_person = any(${[...condition.ids]}::uuid[]) or incidents.accepted_by = any(${[...condition.ids]}::uuid[]))`;
    case "category":
      return sql`(incidents.categories <> '{}' and incidents.categories && ${[...condition.ids]}::text[])`;
    case "priority":
      return sql`incidents.priority = any(${[...condition.priorities]}::smallint[])`;
    case "due":
      return sql`incidents.due_at is not null and incidents.due_at <= ${edge(condition.by, "-infinity")}::timestamptz`;
    case "unescalated":
      return sql`incidents.due_at is not null and incidents.due_at <= ${edge(condition.by, "-infinity")}::timestamptz and not incidents.incident ? 'escalations'`;
    case "reported":
      return sql`incidents.reported_at >= ${edge(condition.from, "-infinity")}::timestamptz and incidents.reported_at < ${edge(condition.until, "infinity")}::timestamptz`;
  }
}

/** Beyond what either side can write, it is without end. */
const instantMax = 8.64e15;
function edge(at: number | null, open: "-infinity" | "infinity"): string {
  if (at === null) return open;
  if (Math.abs(at) > instantMax) return at < 0 ? "-infinity" : "infinity";
  return new Date(at).toISOString();
}
