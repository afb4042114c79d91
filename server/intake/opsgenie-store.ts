/** What Opsgenie's clients may ask for later, written in the transaction of the very signal it is about: what became of a
 *  request is known when its 202 is sent, and any node answers alike. */
import type pg from "pg";
import type { SignalResult } from "../../core/desk/handling.ts";
import { changeDetails, type OpsgenieChange, withoutAlias } from "../../core/intake/opsgenie.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Instant, JsonObject } from "../../core/kernel/vocabulary.ts";
import type { Alongside } from "../desk/commit.ts";

export type OpsgenieRequest = {
  readonly id: string;
  readonly integrationId: string;
  readonly at: Instant;
  /** In Opsgenie's words: `Create`, `Close`. */
  readonly action: string;
};

type Client = Pick<pg.PoolClient, "query">;

export type RequestResult = {
  readonly success: boolean;
  /** Read by some clients when it is no success: "There is no open alert", "Alert is already". */
  readonly status: string;
  readonly alertId: string;
  readonly alias: string;
};

/** An alert that was given no alias has its own id for one. */
export const aliasOf = (key: string, id: string): string => (key.startsWith(withoutAlias) ? id : key);

/** For one signal of the API; `change` is made of an alert that is still open. */
export function besideAction(request: OpsgenieRequest, change: OpsgenieChange | null): Alongside {
  return {
    after: async (client, outcome) => {
      const [result] = outcome.kind === "signals" ? outcome.signals : [];
      if (result === undefined) return;
      const { alertId } = result;
      if (result.became === "updated" && change !== null && alertId !== null)
        await changeAlert(client, alertId, change);
      await Promise.all([note(client, request, result), keepResult(client, request, resultOf(result))]);
    },
  };
}

/** For one signal about an alert that its sender may not read any more: carried out all the same, and answered as of one that is
 *  not there. */
export function besideHidden(request: OpsgenieRequest, vain: RequestResult): Alongside {
  return {
    after: async (client, outcome) => {
      const [result] = outcome.kind === "signals" ? outcome.signals : [];
      if (result !== undefined) await note(client, request, result);
      await keepResult(client, request, vain);
    },
  };
}

/** Of a restricted incident, which reads do not find: what stops at the source must stop here. */
export async function findHidden(
  client: Client,
  integrationId: string,
  { value }: { readonly value: string },
): Promise<{ readonly key: string; readonly title: string } | null> {
  const { rows } = await client.query<{ key: string; title: string }>(
    `select a.key, a.title from alerts a join incidents i on i.id = a.incident_id and i.restricted
left join opsgenie_alerts k on k.alert_id = a.id and k.integration_id = a.integration_id
where a.integration_id = $1 and a.status in ('open', 'quiet') and (a.key = $2 or a.id::text = lower($2) or k.tiny_id::text = $2) limit 1`,
    [integrationId, value],
  );
  return rows[0] ?? null;
}

/** For a webhook: its alerts are found by the API too. */
export function besideWebhook(request: OpsgenieRequest): Alongside {
  return {
    after: async (client, outcome) => {
      if (outcome.kind !== "signals") return;
      await Promise.all(outcome.signals.map((result) => note(client, request, result)));
    },
  };
}

/** The alert as the API knows it. */
async function note(client: Client, { integrationId, at }: OpsgenieRequest, result: SignalResult): Promise<void> {
  const { alertId, became } = result;
  if (alertId === null || became === "ignored" || became === "unchanged") return;
  await client.query({
    name: "note-opsgenie-alert",
    text: `insert into opsgenie_alerts as known (alert_id, integration_id, acknowledged, updated_at) values ($1, $2, coalesce($3, false), $4)
on conflict (alert_id) do update set acknowledged = coalesce($3, known.acknowledged), updated_at = excluded.updated_at`,
    values: [alertId, integrationId, became === "acknowledged" ? true : became === "unacknowledged" ? false : null, at],
  });
}

/** The desk decides everything of an alert but what its sender says it is about; the lock of its integration is held. */
async function changeAlert(client: Client, alertId: string, change: OpsgenieChange): Promise<void> {
  const { rows } = await client.query<{ details: unknown }>({
    name: "read-alert-details",
    text: "select details from alerts where id = $1",
    values: [alertId],
  });
  const changed = changeDetails(rows[0]?.details, change);
  await client.query({
    name: "change-alert-details",
    text: "update alerts set title = coalesce($2, title), severity = coalesce($3, severity), details = $4 where id = $1",
    values: [alertId, changed.title, changed.severity, JSON.stringify(changed.details)],
  });
}

const statuses: Readonly<Record<SignalResult["became"], string>> = {
  opened: "Created alert",
  joined: "Created alert",
  "joined-storm": "Created alert",
  waits: "Created alert",
  repeated: "Created alert",
  unchanged: "Created alert",
  resolved: "Closed alert",
  acknowledged: "Acknowledged alert",
  unacknowledged: "UnAcknowledged alert",
  updated: "Updated alert",
  ignored: "There is no open alert",
};

function resultOf({ became, alertId, key }: SignalResult): RequestResult {
  const success = became !== "ignored";
  return { success, status: statuses[became], alertId: alertId ?? "", alias: aliasOf(key, alertId ?? "") };
}

export async function keepResult(client: Client, request: OpsgenieRequest, result: RequestResult): Promise<void> {
  const { id, integrationId, at, action } = request;
  const { success, ...rest } = result;
  const kept = { success, isSuccess: success, action, processedAt: toIso(at), integrationId, ...rest };
  await client.query({
    name: "keep-opsgenie-request",
    text: "insert into opsgenie_requests (id, integration_id, at, result) values ($1, $2, $3, $4)",
    values: [id, integrationId, at, JSON.stringify(kept)],
  });
}

export async function readResult(client: Client, integrationId: string, id: string): Promise<JsonObject | null> {
  const { rows } = await client.query<{ result: JsonObject }>({
    name: "read-opsgenie-request",
    text: "select result from opsgenie_requests where id = $1 and integration_id = $2",
    values: [id, integrationId],
  });
  return rows[0]?.result ?? null;
}
