/** Requests for assistance as lists: what awaits somebody, what they asked, what they may see. */
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import type { listAssistance } from "../../contract/assistance.ts";
import { maySee } from "../../core/assistance/permission.ts";
import { viewerOf } from "../access/viewer.ts";
import { visibleRequests } from "../access/visible.ts";
import { HttpProblem } from "../platform/problems.ts";
import type { AssistanceServed } from "./known.ts";
import { isOfHidden, showingFor } from "./reading.ts";
import { awaiting, seenBy } from "./seeing.ts";
import type { AssistanceRow } from "./store.ts";
import { standingIn, viewOf } from "./views.ts";

const pageDefault = 50;
type Query = z.output<typeof listAssistance.query>;

export async function listing(known: AssistanceServed, request: FastifyRequest, query: Query) {
  const limit = query.limit ?? pageDefault;
  const found = await findPage(known, request, query, limit + 1);
  const rows = found.slice(0, limit);
  const showing = await showingFor(known, request, rows);
  const last = rows.at(-1);
  return {
    /* The database and the core say the same; where one erred, nothing is shown. */
    data: rows
      .filter((row) => !isOfHidden(showing, row) && maySee(standingIn(showing, row)))
      .map((row) => viewOf(showing, row)),
    nextCursor: found.length > limit && last ? writeCursor(last) : null,
    counts: await countFor(known, request),
  };
}

async function findPage(known: AssistanceServed, request: FastifyRequest, query: Query, limit: number) {
  const viewer = viewerOf(request);
  let asked = visibleRequests(known.db, viewer)
    .select(["id", "seq", "head", "request"])
    .where(seenBy(known.db, viewer));
  if (query.scope === "awaiting") asked = asked.where(awaiting(viewer));
  if (query.scope === "asked") asked = asked.where("asker_id", "=", viewer.person.id);
  if (query.open !== undefined) asked = asked.where("is_open", "=", query.open === "true");
  if (query.incident !== undefined) {
    const id = await known.incidentOf(viewer, query.incident);
    if (id === undefined) return [];
    asked = asked.where("incident_id", "=", id);
  }
  const after = readCursor(query.cursor);
  if (after !== null)
    asked = asked.where((where) =>
      where.or([
        where("asked_at", "<", after.at),
        where.and([where("asked_at", "=", after.at), where("id", "<", after.id)]),
      ]),
    );
  const rows = await asked.orderBy("asked_at", "desc").orderBy("id", "desc").limit(limit).execute();
  return rows as unknown as AssistanceRow[];
}

async function countFor({ db }: AssistanceServed, request: FastifyRequest) {
  const viewer = viewerOf(request);
  const { countAll } = db.fn;
  const [awaits, asked] = await Promise.all([
    visibleRequests(db, viewer)
      .select(countAll<number>().as("count"))
      .where("is_open", "=", true)
      .where(awaiting(viewer))
      .executeTakeFirst(),
    visibleRequests(db, viewer)
      .select(countAll<number>().as("count"))
      .where("is_open", "=", true)
      .where("asker_id", "=", viewer.person.id)
      .executeTakeFirst(),
  ]);
  return { awaiting: Number(awaits?.count ?? 0), asked: Number(asked?.count ?? 0) };
}

const writeCursor = ({ id, request }: AssistanceRow): string =>
  Buffer.from(`${request.askedAt} ${id}`).toString("base64url");

/** As we write it, and nothing else. */
function readCursor(cursor: string | undefined): { readonly at: number; readonly id: string } | null {
  if (cursor === undefined) return null;
  const [, at, id] =
    /^(\d{1,14}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(Buffer.from(cursor, "base64url").toString()) ??
    [];
  if (at === undefined || id === undefined)
    throw new HttpProblem(422, "invalid-body", {
      errors: [{ pointer: "/query/cursor", code: "invalid-value", detail: "" }],
    });
  return { at: Number(at), id };
}
