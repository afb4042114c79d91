/** One request for assistance as its reader may see it, and in whose name it is acted upon. */
import type { FastifyRequest } from "fastify";
import { maySee } from "../../core/assistance/permission.ts";
import type { Envelope } from "../../core/kernel/stamp.ts";
import { yearOf } from "../../core/kernel/time.ts";
import { viewerOf } from "../access/viewer.ts";
import { languageOf } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import type { AssistanceServed } from "./known.ts";
import { incidentsSeen } from "./seeing.ts";
import { type AssistanceRow, findRow, readSettings } from "./store.ts";
import { type Showing, standingIn } from "./views.ts";

export function envelopeFor(known: AssistanceServed, request: FastifyRequest, reason?: string): Envelope {
  return {
    at: known.clock.now(),
    actor: viewerOf(request).actor,
    cause: { kind: "request", id: request.id },
    reason,
  };
}

export async function showingFor(
  known: AssistanceServed,
  request: FastifyRequest,
  rows: readonly AssistanceRow[],
): Promise<Showing> {
  const viewer = viewerOf(request);
  const ids = rows.flatMap((row) => (row.request.incident === null ? [] : [row.request.incident.id]));
  return {
    viewer,
    directory: known.directory(),
    settings: (await readSettings(known.pool)).settings,
    language: languageOf(request),
    incidents: await incidentsSeen(known.db, viewer, [...new Set(ids)]),
    titleOf: known.titleOf,
  };
}

/** What may not be seen is not there. */
export async function find(
  known: AssistanceServed,
  request: FastifyRequest,
  idOrNumber: string,
): Promise<{ readonly showing: Showing; readonly row: AssistanceRow }> {
  const row = await findRow(known.pool, idOrNumber, yearOf(known.clock.now(), known.directory().zone));
  if (!row) throw refused("assistance-unknown");
  const showing = await showingFor(known, request, [row]);
  if (isOfHidden(showing, row) || !maySee(standingIn(showing, row))) throw refused("assistance-unknown");
  return { showing, row };
}

/** It belongs to an incident that this reader may not see: neither then may they see what is asked for it. */
export const isOfHidden = ({ incidents }: Showing, { request }: AssistanceRow): boolean =>
  request.incident !== null && !incidents.has(request.incident.id);
