/** What acting on one incident by a request takes, whichever capability it is about: the row as its reader may see it, the envelope of
 *  the act, and what is said of a refusal. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import type { IncidentState } from "../../core/incidents/state.ts";
import type { Refusal } from "../../core/kernel/refusal.ts";
import type { Envelope } from "../../core/kernel/stamp.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import { type HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import { noteOpened, type Opened } from "./opened-store.ts";
import { type Viewer, viewerOf } from "./viewer.ts";
import { visibleIncidents } from "./visible.ts";

export type IncidentSeen = {
  readonly id: string;
  readonly number: string;
  readonly seq: number;
  readonly restricted: boolean;
  readonly incident: IncidentState;
};

type Seeing = {
  readonly db: Db;
  readonly incidentOf: (viewer: Viewer, idOrNumber: string) => Promise<string | undefined>;
};

export async function seeIncident(known: Seeing, request: FastifyRequest, named: string): Promise<IncidentSeen> {
  const viewer = viewerOf(request);
  const id = await known.incidentOf(viewer, named);
  const row =
    id === undefined
      ? undefined
      : await visibleIncidents(known.db, viewer)
          .select(["id", "number", "seq", "restricted", "incident"])
          .where("id", "=", id)
          .executeTakeFirst();
  if (!row) throw refused("incident-unknown");
  return { ...row, incident: row.incident as unknown as IncidentState };
}

type Noting = { readonly pool: pg.Pool; readonly clock: Clock };

/** Of what is restricted, who opened it is kept; whether it is, is asked with it where only its id is known. */
export async function noteSeen(
  { pool, clock }: Noting,
  request: FastifyRequest,
  { id, restricted = true }: { readonly id: string; readonly restricted?: boolean },
  what: Opened["what"],
): Promise<void> {
  if (!restricted) return;
  const { person, via } = viewerOf(request);
  await noteOpened(pool, { incidentId: id, personId: person.id, via, what, at: clock.now() });
}

export type ActBody = {
  readonly reason?: string | undefined;
  readonly occurredAt?: string | undefined;
  readonly derogation?: { readonly reason: string } | undefined;
};

export const actEnvelope = (clock: Clock, request: FastifyRequest, body: ActBody): Envelope => ({
  at: clock.now(),
  actor: viewerOf(request).actor,
  cause: { kind: "request", id: request.id },
  occurredAt: body.occurredAt === undefined ? undefined : Date.parse(body.occurredAt),
  reason: body.reason,
  derogation: body.derogation,
});

/** To be thrown. */
export function actRefused(
  log: Log,
  request: FastifyRequest,
  refusal: Refusal,
  { name, incident }: { readonly name: string; readonly incident: string },
): HttpProblem {
  log.info(
    { event: "refused", code: refusal.refused, command: name, person: viewerOf(request).person.id, incident },
    "command refused",
  );
  return refusalProblem(refusal);
}
