/** Views that people keep. Each sees and changes their own; they are no part of any record. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import * as contract from "../../contract/saved-views.ts";
import { toIso } from "../../core/kernel/time.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import type { Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";

export type SavedViewsKnown = { readonly pool: pg.Pool; readonly clock: Clock };

const columns = "id, name, filter";

export function savedViewRoutes(serve: Serve, { pool, clock }: SavedViewsKnown): void {
  const one = async (text: string, values: readonly unknown[]): Promise<contract.SavedView | undefined> =>
    (await pool.query<contract.SavedView>(text, [...values])).rows[0];
  serve(contract.listSavedViews, async ({ request }) => {
    const { rows } = await pool.query<contract.SavedView>(
      `select ${columns} from saved_views where person_id = $1 order by lower(name) limit $2`,
      [viewerOf(request).person.id, contract.savedViewsMax],
    );
    return { data: rows, nextCursor: null };
  });
  serve(contract.saveView, async ({ request, body }) => {
    const values = [randomUUID(), viewerOf(request).person.id, body.name, JSON.stringify(body.filter)];
    const saved = await unlessTaken(() =>
      one(
        `insert into saved_views (id, person_id, name, filter, made_at) select $1, $2, $3, $4, $5
where (select count(*) from saved_views where person_id = $2) < $6 returning ${columns}`,
        [...values, toIso(clock.now()), contract.savedViewsMax],
      ),
    );
    if (!saved) throw refused("too-many-views", { max: contract.savedViewsMax });
    return saved;
  });
  serve(contract.changeView, async ({ request, params, body }) => {
    const filter = body.filter === undefined ? null : JSON.stringify(body.filter);
    const changed = await unlessTaken(() =>
      one(
        `update saved_views set name = coalesce($3, name), filter = coalesce($4::jsonb, filter)
where id = $1 and person_id = $2 returning ${columns}`,
        [params.id, viewerOf(request).person.id, body.name ?? null, filter],
      ),
    );
    if (!changed) throw refused("view-unknown");
    return changed;
  });
  serve(contract.forgetView, async ({ request, params }) => {
    const { rowCount } = await pool.query("delete from saved_views where id = $1 and person_id = $2", [
      params.id,
      viewerOf(request).person.id,
    ]);
    if (rowCount === 0) throw refused("view-unknown");
    return {};
  });
}

async function unlessTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if ((error as { code?: string }).code === "23505") throw refused("name-taken");
    throw error;
  }
}
