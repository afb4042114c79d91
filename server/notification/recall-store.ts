/** What was sent, found again by its number: for whoever says later what became of it. */
import type pg from "pg";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { unadmittedEffects } from "../access/visible.ts";
import type { Claimed } from "../platform/outbox.ts";
import { type ContactRow, readPoints } from "./contact-store.ts";
import type { Loaded } from "./store.ts";

export type Recalled = {
  readonly claimed: Claimed;
  readonly person: string | null;
  readonly point: ContactRow | null;
  readonly loaded: Loaded | null;
};

export async function recall(pool: pg.Pool, id: number): Promise<Recalled | null> {
  const { rows } = await pool.query<{
    id: number;
    kind: string;
    incidentId: string | null;
    pageId: string | null;
    personId: string | null;
    channel: string;
    pointId: string | null;
    payload: JsonObject;
    dueAt: number;
    notAfter: number;
    attempts: number;
    fence: number;
    possibleDuplicate: boolean;
  }>(
    `select id, kind, incident_id as "incidentId", page_id as "pageId", person_id as "personId", channel, contact_point_id as "pointId", payload,
due_at as "dueAt", not_after as "notAfter", attempts, fence, unknown_attempt as "possibleDuplicate" from outbox where id = $1`,
    [id],
  );
  const [claimed] = rows;
  if (!claimed) return null;
  const points = await readPoints(pool, claimed.pointId === null ? [] : [claimed.pointId]);
  const found = claimed.incidentId
    ? await pool.query<Loaded>("select id, incident, paging from incidents where id = $1", [claimed.incidentId])
    : null;
  const outside = await unadmittedEffects(pool, [claimed.id]);
  return {
    claimed,
    person: claimed.personId,
    point: points.get(claimed.pointId ?? "") ?? null,
    loaded: outside.has(claimed.id) ? null : (found?.rows[0] ?? null),
  };
}
