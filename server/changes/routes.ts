/** Changes that other tools told of, for whoever wonders what was changed before something broke. */
import type { FastifyRequest } from "fastify";
import type { RawBuilder } from "kysely";
import { sql } from "kysely";
import * as contract from "../../contract/changes.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { dayMs, toIso } from "../../core/kernel/time.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import type { Db } from "../platform/database.ts";
import type { Serve } from "../platform/http.ts";
import { HttpProblem } from "../platform/problems.ts";

/** What of an incident says which changes are beside it. */
export type Period = { readonly service: string | null; readonly from: Instant; readonly until: Instant };

export type ChangesKnown = {
  readonly db: Db;
  readonly directory: () => Directory;
  /** Refused for an incident that the caller may not see. */
  readonly periodOf: (request: FastifyRequest, idOrNumber: string) => Promise<Period>;
};

const pageDefault = 50;
/** How long before it was reported the cause of an incident is looked for. */
const beforeMs = dayMs;

export function changeRoutes(serve: Serve, known: ChangesKnown): void {
  serve(contract.listChanges, async ({ query }) => {
    const of = query.service === undefined ? sql<boolean>`true` : sql<boolean>`service_id = ${query.service}`;
    return read(known, of, query);
  });
  serve(contract.readIncidentChanges, async ({ request, params, query }) => {
    const { service, from, until } = await known.periodOf(request, params.id);
    /* Where nobody has said which service, whatever says none may be why. */
    const of = sql<boolean>`service_id is not distinct from ${service}::uuid and at between ${from - beforeMs} and ${until}`;
    return read(known, of, query);
  });
}

type Paging = { readonly limit?: number | undefined; readonly cursor?: string | undefined };

async function read({ db, directory }: ChangesKnown, of: RawBuilder<boolean>, paging: Paging) {
  const limit = paging.limit ?? pageDefault;
  let query = db.selectFrom("changes").selectAll().where(of);
  if (paging.cursor !== undefined) {
    const { at, id } = readCursor(paging.cursor);
    query = query.where(sql<boolean>`(at, id) < (${at}::bigint, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const { integrations } = directory();
  const data = rows.slice(0, limit).map((row) => ({
    id: row.id,
    at: toIso(row.at),
    recordedAt: toIso(row.recorded_at),
    summary: row.summary,
    source: row.source,
    service: row.service_id,
    integration: {
      id: row.integration_id,
      name: integrations.get(row.integration_id)?.name ?? row.integration_id,
    },
    links: row.links as { readonly href: string; readonly text: string | null }[],
    details: row.details,
  }));
  const last = rows[limit - 1];
  return { data, nextCursor: rows.length > limit && last ? writeCursor(last) : null };
}

const writeCursor = ({ at, id }: { readonly at: number; readonly id: string }): string =>
  Buffer.from(`${at} ${id}`).toString("base64url");

function readCursor(cursor: string): { readonly at: number; readonly id: string } {
  const text = Buffer.from(cursor, "base64url").toString();
  const [, at = "", id = ""] = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(text) ?? [];
  if (id !== "") return { at: Number(at), id };
  const errors = [{ pointer: "/query/cursor", code: "invalid-value", detail: "" }];
  throw new HttpProblem(422, "invalid-body", { errors });
}
