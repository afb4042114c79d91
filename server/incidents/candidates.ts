/** Known incidents that the one being written may be: by the same title, then by titles alike within its service, then by
 *  words of the whole record. Work is bounded whatever is typed: of the open ones and of those that ended, the latest are
 *  compared one by one, and indexes of words answer for the rest. That of all words is asked only when the words have shown
 *  themselves rare among the latest. Somebody types meanwhile: a statement for the words, one for all steps. */
import { type RawBuilder, sql } from "kysely";
import { dayMs } from "../../core/kernel/time.ts";
import { fingerprintOf, type TellingWord, tellingWords, wordsOf } from "../../core/kernel/words.ts";
import type { Viewer } from "../access/viewer.ts";
import { searchWords, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import { isTimeOut } from "./finding.ts";

/** One that ended longer ago is another incident, whatever its title. */
export const recentMs = 30 * dayMs;
const keptMax = 12;
/** Titles compared letter by letter, each about ten microseconds. */
const openCompared = 150;
const endedCompared = 100;
/** Records asked for words one by one, each about one. */
const latestOfAll = 1_000;
/** The longest say most; pairs of more would cost more than they find. */
const wordsMax = 5;
/** Words that found so many among the latest are not rare. */
const enough = 3;

/** `withinMs`: of those that ended, the last so long ago; absent: `recentMs`. */
export type Typed = {
  readonly title: string;
  readonly service: string | null;
  readonly exercise: boolean;
  readonly withinMs?: number;
};

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
  readonly viewer: Viewer;
  readonly typed: Typed;
  readonly folded: string;
  readonly print: string;
  readonly words: readonly Word[];
  readonly since: string;
};

/** A word, as the database asks for it: `'paiements' | 'paiement'`. */
type Word = { readonly word: string; readonly asked: string };

export type Candidates = { readonly rows: readonly CandidateRow[]; readonly complete: boolean };

/** `db`: a pool whose statements are ended after a moment, and whose plans never read a table whole. */
export async function findCandidates(db: Db, viewer: Viewer, typed: Typed, now: number): Promise<Candidates> {
  const telling = tellingWords(typed.title);
  if (telling.length === 0) return { rows: [], complete: true };
  const unfinished = /[\p{L}\p{N}]$/u.test(typed.title) ? (telling.at(-1)?.word ?? null) : null;
  const longest = telling.toSorted((a, b) => b.word.length - a.word.length).slice(0, wordsMax);
  const words = await inTime(() => askedFor(db, longest, unfinished));
  if (words === null) return { rows: [], complete: false };
  const looking: Looking = {
    db,
    viewer,
    typed,
    folded: wordsOf(typed.title).join(" ").slice(0, 300),
    print: fingerprintOf(typed.title) ?? "",
    words,
    since: new Date(now - (typed.withinMs ?? recentMs)).toISOString(),
  };
  const titles = [...byFingerprint(looking), ...byTitle(looking)];
  const rows = await inTime(() => readCandidates(looking, [...titles, ...byWords(looking)]));
  if (rows === null) return { rows: (await inTime(() => readCandidates(looking, titles))) ?? [], complete: false };
  const found = rows.filter(({ words }) => words.length >= Math.min(2, looking.words.length));
  if (found.length >= enough) return { rows, complete: true };
  const rare = await inTime(() => readRare(looking));
  const known = new Set(rows.map(({ id }) => id));
  return { rows: [...rows, ...(rare ?? []).filter(({ id }) => !known.has(id))], complete: rare !== null };
}

/** By the stems of both languages, and by how the last begins; parsed by the database once and not by each step. */
async function askedFor(db: Db, words: readonly TellingWord[], unfinished: string | null): Promise<Word[]> {
  const all = words.map(({ word }) => sql`search_word(${word}, ${word === unfinished})::text`);
  const { rows } = await sql<{ asked: string[] }>`select array[${sql.join(all)}] as asked`.execute(db);
  return words.map(({ word }, index) => ({ word, asked: `(${rows[0]?.asked[index] ?? ""})` }));
}

/** Words that are rare are found at once; others, not worth more waiting. */
const rareMs = 25;

function readRare(looking: Looking): Promise<CandidateRow[]> {
  return looking.db.transaction().execute(async (db) => {
    await sql`select set_config('statement_timeout', ${String(rareMs)}, true)`.execute(db);
    return readCandidates({ ...looking, db }, [byRareWords(looking)]);
  });
}

/** Null when it was cut short. */
async function inTime<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isTimeOut(error)) return null;
    throw error;
  }
}

/** Ids and how alike their titles are, as a part of the one statement. */
type Part = RawBuilder<{ readonly incident_id: string; readonly likeness: number | null }>;

/** Two runs of one index, each of a few rows. */
function byFingerprint({ db, print, since }: Looking): Part[] {
  const same = searchWords(db)
    .select(["incident_id", sql<number | null>`null::float8`.as("likeness")])
    .where("fingerprint", "=", print)
    .orderBy("reported_at", "desc")
    .limit(keptMax);
  const ended = same.where(sql<boolean>`is_open = false and reported_at > ${since}::timestamptz`);
  return [sql`(${same.where(sql<boolean>`is_open = true`)})`, sql`(${ended})`];
}

/** A few words are looked for inside titles, more are compared with the whole. */
const partMax = 2;

function byTitle({ db, folded, words, typed, since }: Looking): Part[] {
  const [alike, likeness] =
    words.length <= partMax
      ? [sql<boolean>`${folded} <% title`, sql<number>`word_similarity(${folded}, title)`]
      : [sql<boolean>`title % ${folded}`, sql<number>`similarity(title, ${folded})`];
  const titles = searchWords(db).select(["incident_id", "title"]);
  const ranked = (latest: typeof titles): Part =>
    sql`(select incident_id, ${likeness}::float8 as likeness from (${latest}) as latest where ${alike} order by likeness desc limit ${keptMax})`;
  const open = titles.where(sql<boolean>`is_open`).orderBy("reported_at", "desc").limit(openCompared);
  if (typed.service === null) return [ranked(open)];
  const ended = titles
    .where(sql<boolean>`not is_open and ended_at > ${since}::timestamptz`)
    .where("service_id", "=", typed.service)
    .orderBy("ended_at", "desc")
    .limit(endedCompared);
  return [ranked(open.where("service_id", "=", typed.service)), ranked(ended)];
}

/** Any so many of the words, or all of fewer. */
function anyOf(words: readonly Word[], count: number): string {
  const some = (from: number, left: number): string[] =>
    left === 0
      ? [""]
      : words
          .slice(from)
          .flatMap(({ asked }, index) =>
            some(from + index + 1, left - 1).map((rest) => (rest === "" ? asked : `${asked} & ${rest}`)),
          );
  return some(0, Math.min(count, words.length))
    .map((one) => `(${one})`)
    .join(" | ");
}

function byWords({ db, words }: Looking): Part[] {
  const asked = sql`${anyOf(words, 2)}::tsquery`;
  const open = searchWords(db)
    .select("incident_id")
    .where(sql<boolean>`is_open and document @@ ${asked}`)
    .limit(keptMax * 2);
  const latest = searchWords(db)
    .select(["incident_id", "document"])
    .where(sql<boolean>`not is_open`)
    .orderBy("ended_at", "desc")
    .limit(latestOfAll);
  return [
    sql`(select incident_id, null::float8 from (${open}) as open)`,
    sql`(select incident_id, null::float8 from (${latest}) as latest where document @@ ${asked} limit ${keptMax})`,
  ];
}

/** From four words on, three are asked for: the index then starts from the rarer ones, and what two frequent words have in
 *  common costs nothing. OFFSET 0 keeps the order out of the plan: walking the table by date in search of a rare word is
 *  the slow way. */
function byRareWords({ db, words }: Looking): Part {
  const rare = searchWords(db)
    .select(["incident_id", "reported_at"])
    .where(sql<boolean>`document @@ ${anyOf(words, words.length > 3 ? 3 : 2)}::tsquery`)
    .offset(0);
  return sql`(select incident_id, null::float8 as likeness from (${rare}) as rare order by reported_at desc limit ${keptMax * 2})`;
}

/** Whatever was found by ids and words alone is read here, as far as this viewer may see it. */
async function readCandidates(looking: Looking, parts: readonly Part[]): Promise<CandidateRow[]> {
  const { db, viewer, typed, words } = looking;
  const has = words.map(({ asked }) => sql`document @@ ${asked}::tsquery`);
  const found = sql<{ incident_id: string; likeness: number | null }>`(select incident_id, max(likeness) as likeness
    from (${sql.join(parts, sql` union all `)}) as parts group by incident_id)`;
  const rows = await visibleIncidents(db, viewer)
    .innerJoin(found.as<"found">(sql`found`), "found.incident_id", "incidents.id")
    .innerJoin(searchWords(db).selectAll().as("known"), "known.incident_id", "incidents.id")
    .select(["id", "number", "incident", "incidents.is_open", "incidents.reported_at", "known.ended_at"])
    .select(["found.likeness", sql<boolean[]>`array[${sql.join(has)}]`.as("has")])
    .where("exercise", "=", typed.exercise)
    .execute();
  return rows.map(({ has: hasWords, likeness, ...row }) => ({
    ...row,
    similarity: likeness,
    words: words.filter((_, index) => hasWords[index]).map(({ word }) => word),
  }));
}
