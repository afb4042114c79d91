/** Rows that follow from what is recorded, in the same transaction: where something was seen, and which files must not go. */
import { createHash } from "node:crypto";
import type pg from "pg";
import type { Draft } from "../../core/desk/draft.ts";
import type { SecurityCommand } from "../../core/security/commands.ts";
import type { Observed } from "../../core/security/observables.ts";

/** A value may be longer than an index takes. */
export const keyOf = ({ kind, value }: Observed): string =>
  createHash("sha256").update(`${kind}\n${value}`).digest("hex");

export function following(incidentId: string, command: SecurityCommand) {
  return async (client: pg.PoolClient, _: unknown, draft: Draft): Promise<void> => {
    const security = draft.cases.get(incidentId)?.incident.security;
    if (!security) return;
    if (command.name === "add-observables") await keepSeen(client, incidentId, security.observables);
    if (command.name !== "hold-evidence" && command.name !== "release-evidence") return;
    const { file } = security.evidence.find(({ number }) => number === command.input.evidence) ?? {};
    if (file) await setHeld(client, file.attachmentId, command.name === "hold-evidence");
  };
}

export async function keepSeen(client: pg.PoolClient, incidentId: string, seen: readonly Observed[]): Promise<void> {
  await client.query(
    "insert into incident_observables (key, incident_id) select key, $2::uuid from unnest($1::text[]) as key on conflict do nothing",
    [seen.map(keyOf), incidentId],
  );
}

async function setHeld(client: pg.PoolClient, attachmentId: string, held: boolean): Promise<void> {
  await client.query("update attachments set held = $2 where id = $1", [attachmentId, held]);
}
