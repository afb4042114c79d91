/** What sending reads, inside the transaction that claims: the incident of each effect, whether a page is still due, and the
 *  contact point as it is now. */
import type pg from "pg";
import { type PagingState, pageStillDue } from "../../core/escalation/paging-state.ts";
import { isRestricted } from "../../core/incidents/restricting.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { unadmittedEffects } from "../access/visible.ts";
import type { Claimed } from "../platform/outbox.ts";
import { type ContactRow, readPoints } from "./contact-store.ts";

export type Loaded = { readonly id: string; readonly incident: IncidentState; readonly paging: PagingState };

export type Inspected = {
  readonly claimed: Claimed;
  readonly loaded: Loaded | null;
  readonly point: ContactRow | null;
  readonly withdrawn: string | null;
};

const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

export async function inspect(client: Pick<pg.PoolClient, "query">, claimed: readonly Claimed[]): Promise<Inspected[]> {
  const ids = distinct(claimed.map((one) => one.incidentId));
  const { rows } = ids.length
    ? await client.query<Loaded>("select id, incident, paging from incidents where id = any($1)", [ids])
    : { rows: [] };
  const byId = new Map(rows.map((row) => [row.id, row]));
  const points = await readPoints(client, distinct(claimed.map((one) => one.pointId)));
  const outside = await notFor(client, claimed, rows);
  return claimed.map((one) => {
    if (outside.has(one.id)) return { claimed: one, loaded: null, point: null, withdrawn: notAdmitted };
    const loaded = byId.get(one.incidentId ?? "") ?? null;
    const point = points.get(one.pointId ?? "") ?? null;
    if (one.kind !== "page" || loaded === null) return { claimed: one, loaded, point, withdrawn: null };
    const still = pageStillDue(loaded.paging, one.pageId ?? "");
    return { claimed: one, loaded, point, withdrawn: still.due ? null : still.because };
  });
}

/** Nothing of such an incident is at hand where something is made for them. */
export const notAdmitted = "not-admitted";

/** Asked only where one of them is restricted, or may be. */
async function notFor(
  client: Pick<pg.PoolClient, "query">,
  claimed: readonly Claimed[],
  loaded: readonly Loaded[],
): Promise<ReadonlySet<number>> {
  const restricted = new Set(loaded.filter(({ incident }) => isRestricted(incident)).map(({ id }) => id));
  /* A contributor is asked by somebody whom it admits, and is shown what that one wrote and nothing of it. */
  const doubtful = claimed.filter(
    (one) => one.kind !== "invite" && (one.kind === "assistance" || restricted.has(one.incidentId ?? "")),
  );
  return unadmittedEffects(
    client,
    doubtful.map(({ id }) => id),
  );
}
