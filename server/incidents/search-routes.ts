/** One question over everything. Incidents, reports and alerts are asked of the database under one time-out; people, teams
 *  and services are in memory. */
import { type RawBuilder, sql } from "kysely";
import { type Found, type SearchKind, search, searchKinds } from "../../contract/search.ts";
import { begins } from "../../core/incidents/conditions.ts";
import { namesOf } from "../../core/incidents/proposals.ts";
import type { Query } from "../../core/incidents/query.ts";
import { type IncidentState, stageOf } from "../../core/incidents/state.ts";
import { toIso } from "../../core/kernel/time.ts";
import { stemOf, wordsOf } from "../../core/kernel/words.ts";
import { viewerOf } from "../access/viewer.ts";
import { visibleAlerts, visibleIncidents, visibleReports } from "../access/visible.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { type Asked, readCursor, readQuery, writeCursor } from "./asking.ts";
import { bounded, type Cursor, findIds } from "./finding.ts";
import { type Reading, serviceOf, titleOf } from "./views.ts";

/** Of each kind, when all are asked for. */
const fewOfEach = 5;
const pageDefault = 50;
/** Alerts come by thousands a second and keep no index of words: the latest are looked through. */
const alertsMax = 20_000;

type Known = { readonly db: Db; readonly clock: Clock; readonly directory: () => Reading["directory"] };

export function searchRoutes(serve: Serve, known: Known): void {
  serve(search, async ({ request, query }) => {
    const reading: Reading = {
      db: known.db,
      viewer: viewerOf(request),
      directory: known.directory(),
      language: languageOf(request),
    };
    const asked = readQuery(query.q, { ...reading, now: known.clock.now() });
    const kinds = query.kind === undefined ? searchKinds : [query.kind];
    const limit = query.limit ?? (query.kind === undefined ? fewOfEach : pageDefault);
    const page = { limit, cursor: query.kind === undefined ? null : readCursor(query.cursor) };
    const pages = await bounded(known.db, async (db) => {
      const all: Page[] = [];
      for (const kind of kinds) all.push(await pageOf({ ...reading, db }, asked, kind, page));
      return all;
    });
    const [only] = pages;
    return {
      data: pages.flatMap(({ data }) => data),
      nextCursor: query.kind === undefined ? null : (only?.nextCursor ?? null),
      problems: asked.problems,
    };
  });
}

type Page = { readonly data: readonly Found[]; readonly nextCursor: string | null };
type Wanted = { readonly limit: number; readonly cursor: Cursor | null };
type Dated = { readonly found: Found; readonly at: number };

const none: Page = { data: [], nextCursor: null };

async function pageOf(reading: Reading, asked: Asked, kind: SearchKind, wanted: Wanted): Promise<Page> {
  if (kind === "incident") return cut(await foundIncidents(reading, asked, wanted), wanted);
  /* Filters and numbers speak of incidents. */
  const { query, number, conditions } = asked;
  if (query.words.length === 0 || number !== null || conditions.length > 0) return none;
  if (kind === "report") return cut(await foundReports(reading, query, wanted), wanted);
  if (kind === "alert") return cut(await foundAlerts(reading, query, wanted), wanted);
  const all = named(reading, query, kind);
  const from = wanted.cursor?.at ?? 0;
  const data = all.slice(from, from + wanted.limit);
  const more = from + wanted.limit < all.length && data.at(-1);
  return { data, nextCursor: more ? writeCursor(from + wanted.limit, more.id) : null };
}

function cut(rows: readonly Dated[], { limit }: Wanted): Page {
  const last = rows[limit - 1];
  return {
    data: rows.slice(0, limit).map(({ found }) => found),
    nextCursor: rows.length > limit && last ? writeCursor(last.at, last.found.id) : null,
  };
}

async function foundIncidents(reading: Reading, asked: Asked, { limit, cursor }: Wanted): Promise<Dated[]> {
  const { db, viewer, directory, language } = reading;
  const ids = await findIds(db, viewer, { ...asked, limit: limit + 1, cursor });
  if (ids.length === 0) return [];
  const rows = await visibleIncidents(db, viewer)
    .select(["id", "number", "incident", "is_open", "reported_at"])
    .where(
      "id",
      "in",
      ids.map(({ id }) => id),
    )
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }): Dated[] => {
    const row = byId.get(id);
    if (!row) return [];
    const incident = row.incident as IncidentState;
    const title = titleOf(incident.title, language);
    const found: Found = {
      kind: "incident",
      id,
      number: row.number,
      title,
      language: incident.language,
      stage: stageOf(incident),
      open: row.is_open,
      priority: incident.priority,
      service: serviceOf(incident.service, directory, language),
      reportedAt: toIso(row.reported_at),
      in: inTitle(title, asked.query) ? "title" : "record",
    };
    return [{ found, at: row.reported_at }];
  });
}

function inTitle(title: string, { words }: Query): boolean {
  const own = wordsOf(title);
  return words.every((word) => own.some((one) => one.startsWith(word) || stemOf(one) === stemOf(word)));
}

async function foundReports({ db, viewer }: Reading, query: Query, { limit, cursor }: Wanted): Promise<Dated[]> {
  let rows = visibleReports(db, viewer)
    .innerJoin(visibleIncidents(db, viewer).select(["id", "number"]).as("of"), "of.id", "reports.incident_id")
    .where(sql<boolean>`reports.document @@ (${everyWord(query)})`);
  if (cursor) rows = rows.where(sql<boolean>`(reports.made_at, reports.id) < (${cursor.at}, ${cursor.id}::uuid)`);
  const found = await rows
    .select(["reports.id", "reports.title", "reports.language", "reports.made_at", "of.number"])
    .select("of.id as incident_id")
    .orderBy("reports.made_at", "desc")
    .orderBy("reports.id", "desc")
    .limit(limit + 1)
    .execute();
  return found.map((row) => ({
    at: row.made_at,
    found: {
      kind: "report",
      id: row.id,
      title: row.title,
      language: row.language as "fr" | "en",
      incident: { id: row.incident_id, number: row.number },
      madeAt: toIso(row.made_at),
    },
  }));
}

const everyWord = ({ words, prefix }: Query): RawBuilder<unknown> =>
  sql.join(
    words.map((word, index) => sql`search_word(${word}, ${prefix && index === words.length - 1 && word.length > 1})`),
    sql` && `,
  );

/** Their ids are made in the order of time. */
async function foundAlerts({ db, viewer }: Reading, { words }: Query, { limit, cursor }: Wanted): Promise<Dated[]> {
  let latest = visibleAlerts(db, viewer).selectAll("alerts");
  if (cursor) latest = latest.where("alerts.id", "<", cursor.id);
  let rows = db
    .selectFrom(latest.orderBy("alerts.id", "desc").limit(alertsMax).as("latest"))
    .leftJoin(visibleIncidents(db, viewer).select(["id", "number"]).as("of"), "of.id", "latest.incident_id");
  for (const word of words)
    rows = rows.where(
      sql<boolean>`lower(unaccent(concat_ws(' ', latest.title, latest.source, latest.key))) like ${`%${word}%`}`,
    );
  const found = await rows
    .select(["latest.id", "latest.title", "latest.severity", "latest.status", "latest.source", "latest.opened_at"])
    .select(["of.number", "latest.incident_id"])
    .orderBy("latest.id", "desc")
    .limit(limit + 1)
    .execute();
  return found.map((row) => ({
    at: row.opened_at,
    found: {
      kind: "alert",
      id: row.id,
      title: row.title,
      severity: row.severity,
      status: row.status,
      source: row.source,
      incident: row.incident_id === null || row.number === null ? null : { id: row.incident_id, number: row.number },
      openedAt: toIso(row.opened_at),
    },
  }));
}

function named({ directory }: Reading, { words }: Query, kind: SearchKind): Found[] {
  const called = (...names: string[]): boolean => names.some((name) => begins(name, words));
  if (kind === "person")
    return [...directory.people.values()]
      .filter(({ active, name, email }) => active && called(name, email))
      .map(({ id, name, email }) => ({ kind, id, name, email }));
  if (kind === "team")
    return [...directory.teams.values()].filter(({ name }) => called(name)).map(({ id, name }) => ({ kind, id, name }));
  return [...directory.services.values()]
    .filter((one) => called(...namesOf(one)))
    .map(({ id, nameFr, nameEn }) => ({ kind: "service", id, nameFr, nameEn }));
}
