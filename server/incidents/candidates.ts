/** Known incidents that the one being written may be: by the same title, then by titles alike within its service, then by
 *  words of the whole record. Work is bounded at each step whatever is typed: open ones have small indexes of their own,
 *  and of those that ended only the latest are compared one by one. The index of all words is asked last, when the words
 *  have shown themselves rare among the latest; each step has a time-out, and one that is cut short leaves what the steps
 *  before it found. */
import { type RawBuilder, sql } from "kysely";
import { dayMs } from "../../core/kernel/time.ts";
import { fingerprintOf, type TellingWord, tellingWords, wordsOf } from "../../core/kernel/words.ts";
import type { Viewer } from "../access/viewer.ts";
import { searchWords, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import { isTimeOut } from "./finding.ts";

/** Of each step. */
const stepMsMax = 120;
/** One that ended longer ago is another incident, whatever its title. */
export const recentMs = 30 * dayMs;
const alikeMax = 200;
const keptMax = 12;
const latestOfService = 300;
const latestOfAll = 2_000;
/** The longest say most; pairs of more would cost more than they find. */
const wordsMax = 5;
/** Words that found so many among the latest are not rare. */
const enough = 3;

export type Typed = { readonly title: string; readonly service: string | null; readonly exercise: boolean };

export type CandidateRow = {
  readonly id: string;
  readonly number: string;
  readonly incident: unknown;
  readonly is_open: boolean;
  readonly reported_at: number;
  readonly ended_at: number | null;
  readonly similarity: number | null;
  /** Words typed that its record has. */
  readonly words: readonly string[];
};

type Looking = {
  readonly db: Db;
  readonly typed: Typed;
  readonly folded: string;
  readonly print: string;
  readonly words: readonly TellingWord[];
  /** Of the word still being typed. */
  readonly unfinished: string | null;
  readonly since: string;
  readonly similar: Map<string, number>;
  readonly ids: Set<string>;
};

export type Candidates = { readonly rows: readonly CandidateRow[]; readonly complete: boolean };

export function findCandidates(db: Db, viewer: Viewer, typed: Typed, now: number): Promise<Candidates> {
  const telling = tellingWords(typed.title);
  const last = /[\p{L}\p{N}]$/u.test(typed.title) ? (telling.at(-1)?.word ?? null) : null;
  return db.transaction().execute(async (inside) => {
    const looking: Looking = {
      db: inside,
      typed,
      folded: wordsOf(typed.title).join(" ").slice(0, 300),
      print: fingerprintOf(typed.title) ?? "",
      words: telling.toSorted((a, b) => b.word.length - a.word.length).slice(0, wordsMax),
      unfinished: last,
      since: new Date(now - recentMs).toISOString(),
      similar: new Map(),
      ids: new Set(),
    };
    let complete = true;
    await sql`select set_config('statement_timeout', ${String(stepMsMax)}, true)`.execute(inside);
    for (const step of telling.length === 0 ? [] : steps) complete = (await inTime(looking, step)) && complete;
    return { rows: await readCandidates(looking, viewer), complete };
  });
}

type Step = (looking: Looking) => Promise<void>;

/** False when it was cut short. */
async function inTime(looking: Looking, step: Step): Promise<boolean> {
  await sql`savepoint step`.execute(looking.db);
  try {
    await step(looking);
    return true;
  } catch (error) {
    if (!isTimeOut(error)) throw error;
    await sql`rollback to savepoint step`.execute(looking.db);
    return false;
  }
}

const keep = (looking: Looking, rows: readonly { readonly incident_id: string }[]): void => {
  for (const { incident_id } of rows) looking.ids.add(incident_id);
};

/** Two runs of one index, each of a few rows. */
async function byFingerprint(looking: Looking): Promise<void> {
  const same = searchWords(looking.db).select("incident_id").where("fingerprint", "=", looking.print);
  const open = same.where(sql<boolean>`is_open = true`).orderBy("reported_at", "desc").limit(keptMax);
  const ended = same
    .where(sql<boolean>`is_open = false`)
    .where(sql<boolean>`reported_at > ${looking.since}::timestamptz`)
    .orderBy("reported_at", "desc")
    .limit(keptMax);
  keep(looking, await open.execute());
  keep(looking, await ended.execute());
}

/** Alike as a whole, or as far as it is typed. */
const alike = (folded: string): RawBuilder<boolean> => sql<boolean>`(title % ${folded} or ${folded} <% title)`;
const likeness = (folded: string): RawBuilder<number> =>
  sql<number>`greatest(similarity(title, ${folded}), word_similarity(${folded}, title))::float8`;

async function byTitle(looking: Looking): Promise<void> {
  const { db, folded, typed, similar, since } = looking;
  let open = searchWords(db).select(["incident_id", "title"]).where(sql<boolean>`is_open`).where(alike(folded));
  if (typed.service) open = open.where("service_id", "=", typed.service);
  const rank = async (some: ReturnType<typeof latestIn>) => {
    const rows = await db
      .selectFrom(some.as("some"))
      .select(["incident_id", likeness(folded).as("likeness")])
      .where(alike(folded))
      .orderBy("likeness", "desc")
      .limit(keptMax)
      .execute();
    for (const row of rows) similar.set(row.incident_id, row.likeness);
    keep(looking, rows);
  };
  await rank(open.limit(alikeMax));
  if (typed.service) await rank(latestIn(db, typed.service, since));
}

const latestIn = (db: Db, service: string, since: string) =>
  searchWords(db)
    .select(["incident_id", "title"])
    .where(sql<boolean>`not is_open`)
    .where("service_id", "=", service)
    .where(sql<boolean>`ended_at > ${since}::timestamptz`)
    .orderBy("ended_at", "desc")
    .limit(latestOfService);

/** Any two of the words; the one of a single word. */
function pairs({ words, unfinished }: Looking): RawBuilder<unknown> {
  const asked = words.map(({ word }) => sql`search_word(${word}, ${word === unfinished})`);
  const [only] = asked;
  if (only && asked.length === 1) return only;
  const both = asked.flatMap((one, index) => asked.slice(index + 1).map((other) => sql`(${one} && ${other})`));
  return sql.join(both, sql` || `);
}

async function byWords(looking: Looking): Promise<void> {
  const { db } = looking;
  const asked = pairs(looking);
  const open = searchWords(db)
    .select("incident_id")
    .where(sql<boolean>`is_open and document @@ (${asked})`)
    .limit(keptMax * 2);
  keep(looking, await open.execute());
  const latest = searchWords(db)
    .select(["incident_id", "document"])
    .where(sql<boolean>`not is_open`)
    .orderBy("ended_at", "desc")
    .limit(latestOfAll);
  const ended = await db
    .selectFrom(latest.as("latest"))
    .select("incident_id")
    .where(sql<boolean>`document @@ (${asked})`)
    .limit(keptMax)
    .execute();
  keep(looking, ended);
  if (ended.length >= enough) return;
  const rare = await searchWords(db)
    .select("incident_id")
    .where(sql<boolean>`document @@ (${asked})`)
    .limit(keptMax * 2)
    .execute();
  keep(looking, rare);
}

const steps: readonly Step[] = [byFingerprint, byTitle, byWords];

/** Whatever was found by ids and words alone is read here, as far as this viewer may see it. */
async function readCandidates(looking: Looking, viewer: Viewer): Promise<CandidateRow[]> {
  const { db, ids, typed, words, unfinished, similar } = looking;
  if (ids.size === 0) return [];
  const has = words.map(({ word }) => sql`document @@ search_word(${word}, ${word === unfinished})`);
  const rows = await visibleIncidents(db, viewer)
    .innerJoin(
      searchWords(db)
        .select(["incident_id", "ended_at", sql<boolean[]>`array[${sql.join(has)}]`.as("has")])
        .where("incident_id", "in", [...ids])
        .as("found"),
      "found.incident_id",
      "incidents.id",
    )
    .select(["id", "number", "incident", "is_open", "incidents.reported_at", "found.ended_at", "found.has"])
    .where("exercise", "=", typed.exercise)
    .execute();
  return rows.map(({ has: hasWords, ...row }) => ({
    ...row,
    similarity: similar.get(row.id) ?? null,
    words: words.filter((_, index) => hasWords[index]).map(({ word }) => word),
  }));
}
