/** The addresses that steps of policies post to, as rows: what may be shown, and, sealed to the row, what only posting reads. */
import type pg from "pg";
import { unadmittedEffects } from "../access/visible.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { WebhookTarget } from "./channels/webhook.ts";
import type { DeliveryRow } from "./delivery-store.ts";

/** Their channel in the outbox. */
export const postChannel = "policy-webhook";

export type PolicyWebhookRow = {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly sealed: string;
  readonly askedAt: number | null;
  readonly lastError: string | null;
};

type Client = Pick<pg.PoolClient, "query">;

const select = `select id, name, host, sealed, asked_at as "askedAt", last_error as "lastError" from policy_webhooks`;

export async function readPolicyWebhooks(client: Client): Promise<PolicyWebhookRow[]> {
  return (await client.query<PolicyWebhookRow>(`${select} order by name, id`)).rows;
}

export async function findPolicyWebhook(client: Client, id: string): Promise<PolicyWebhookRow | undefined> {
  return (await client.query<PolicyWebhookRow>(`${select} where id = $1`, [id])).rows[0];
}

/** Locked: two changes of its secret are made one after the other. */
export async function lockPolicyWebhook(client: Client, id: string): Promise<PolicyWebhookRow | undefined> {
  return (await client.query<PolicyWebhookRow>(`${select} where id = $1 for update`, [id])).rows[0];
}

export async function insertPolicyWebhook(
  client: Client,
  one: Pick<PolicyWebhookRow, "id" | "name" | "host" | "sealed"> & { readonly now: number },
): Promise<void> {
  await client.query("insert into policy_webhooks (id, name, host, sealed, made_at) values ($1, $2, $3, $4, $5)", [
    one.id,
    one.name,
    one.host,
    one.sealed,
    one.now,
  ]);
}

export async function updatePolicyWebhook(
  client: Client,
  { id, name, host, sealed }: Pick<PolicyWebhookRow, "id" | "name" | "host" | "sealed">,
): Promise<void> {
  await client.query("update policy_webhooks set name = $2, host = $3, sealed = $4 where id = $1", [
    id,
    name,
    host,
    sealed,
  ]);
}

/** Whether a step of a policy posts to it. */
export async function isNamedByPolicy(client: Client, id: string): Promise<boolean> {
  const { rows } = await client.query<{ named: boolean }>(
    `select exists (select from escalation_policies where steps @> jsonb_build_array(jsonb_build_object('targets',
  jsonb_build_array(jsonb_build_object('kind', 'webhook', 'id', $1::text))))) as named`,
    [id],
  );
  return rows[0]?.named ?? false;
}

export async function notePost(client: Client, id: string, error: string | null, now: number): Promise<void> {
  await client.query({
    name: "note-policy-webhook",
    text: "update policy_webhooks set asked_at = $3, last_error = $2 where id = $1",
    values: [id, error, now],
  });
}

const shownMax = 20;

/** Without the number of an incident that its reader may not be allowed to see. */
export async function postsOf(client: Client, id: string): Promise<DeliveryRow[]> {
  const { rows } = await client.query<DeliveryRow>(
    `select id, kind, null as "incidentId", null as "pageId", null as number, payload, status, attempts, made_at as at,
done_at as "endedAt", last_error as "lastError" from outbox where channel = '${postChannel}' and payload ->> 'webhook' = $1 order by id desc limit ${shownMax}`,
    [id],
  );
  const outside = await unadmittedEffects(
    client,
    rows.map((row) => row.id),
  );
  return rows.filter((row) => !outside.has(row.id));
}

const placeOf = (id: string): string => `policy_webhooks/${id}`;

export const sealWebhook = (secrets: Secrets, id: string, target: WebhookTarget): string =>
  secrets.seal(placeOf(id), JSON.stringify(target));

export const openWebhook = (secrets: Secrets, { id, sealed }: Pick<PolicyWebhookRow, "id" | "sealed">): WebhookTarget =>
  JSON.parse(secrets.open(placeOf(id), sealed)) as WebhookTarget;
