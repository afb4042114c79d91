/** What left, as the API tells it. */
import { toIso } from "../../core/kernel/time.ts";
import type { DeliveryRow } from "./delivery-store.ts";
import type { EvidenceRow } from "./provider-store.ts";

export function deliveryView(row: DeliveryRow, evidence: readonly EvidenceRow[]) {
  const { id, kind, number, status, attempts, at, endedAt, lastError } = row;
  return {
    ...{ id: String(id), kind, number, status, attempts, lastError },
    evidence: evidence.map(shownEvidence),
    at: toIso(at),
    endedAt: endedAt === null ? null : toIso(endedAt),
  };
}

export const shownEvidence = ({ at, provider, state, detail }: EvidenceRow) => ({
  at: toIso(at),
  provider,
  state,
  detail,
});
