/** What sending reads, inside the transaction that claims: the incident of each effect, and whether a page is still due. */
import type pg from "pg";
import { type PagingState, pageStillDue } from "../../core/escalation/workflow.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import type { Claimed } from "../platform/outbox.ts";

export type Loaded = { readonly id: string; readonly incident: IncidentState; readonly paging: PagingState };

export type Inspected = {
  readonly claimed: Claimed;
  readonly loaded: Loaded | null;
  readonly withdrawn: string | null;
};

export async function inspect(client: pg.PoolClient, claimed: readonly Claimed[]): Promise<Inspected[]> {
  const ids = [...new Set(claimed.flatMap((one) => (one.incidentId ? [one.incidentId] : [])))];
  const { rows } = ids.length
    ? await client.query<Loaded>("select id, incident, paging from incidents where id = any($1)", [ids])
    : { rows: [] };
  const byId = new Map(rows.map((row) => [row.id, row]));
  return claimed.map((one) => {
    const loaded = byId.get(one.incidentId ?? "") ?? null;
    if (one.kind !== "page" || loaded === null) return { claimed: one, loaded, withdrawn: null };
    const still = pageStillDue(loaded.paging, one.pageId ?? "");
    return { claimed: one, loaded, withdrawn: still.due ? null : still.because };
  });
}
