/** Accounts with those who carry calls and text messages, in the order in which they are asked; and what was learned of each
 *  thing that was sent. */
import type pg from "pg";
import type { Secrets } from "../platform/secrets.ts";
import type { SlackAccount } from "./channels/slack.ts";
import type { TelegramAccount } from "./channels/telegram.ts";
import type { TwilioAccount } from "./channels/twilio.ts";
import type { VonageAccount } from "./channels/vonage.ts";

export type Accounts = {
  readonly twilio: TwilioAccount;
  readonly vonage: VonageAccount;
  readonly telegram: TelegramAccount;
  readonly slack: SlackAccount;
};
export type ProviderKind = keyof Accounts;
/** Those who carry text messages and calls, any of them for any other. */
export type PhoneKind = "twilio" | "vonage";

export const isPhoneKind = (kind: string): kind is PhoneKind => kind === "twilio" || kind === "vonage";

const names: Readonly<Record<ProviderKind, string>> = {
  twilio: "Twilio",
  vonage: "Vonage",
  telegram: "Telegram",
  slack: "Slack",
};

export const providerName = ({ kind, name }: Pick<ProviderRow, "kind" | "name">): string => name ?? names[kind];

export type ProviderRow = {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string | null;
  readonly sealed: string;
  readonly enabled: boolean;
  readonly failures: number;
  readonly pausedUntil: number | null;
  readonly lastError: string | null;
  readonly triedAt: number | null;
};

type Client = Pick<pg.PoolClient, "query">;

const columns = `id, kind, name, sealed, enabled, failures, paused_until as "pausedUntil", last_error as "lastError", tried_at as "triedAt"`;

export async function readProviders(client: Client): Promise<ProviderRow[]> {
  const { rows } = await client.query<ProviderRow>({
    name: "read-channel-providers",
    text: `select ${columns} from channel_providers order by position, made_at, id`,
  });
  return rows;
}

export async function findProvider(client: Client, id: string): Promise<ProviderRow | undefined> {
  const { rows } = await client.query<ProviderRow>(`select ${columns} from channel_providers where id = $1`, [id]);
  return rows[0];
}

const placeOf = (id: string): string => `channel_providers/${id}`;

export const sealAccount = (secrets: Secrets, id: string, account: Accounts[ProviderKind]): string =>
  secrets.seal(placeOf(id), JSON.stringify(account));

export const openAccount = <Account>(secrets: Secrets, row: Pick<ProviderRow, "id" | "sealed">): Account =>
  JSON.parse(secrets.open(placeOf(row.id), row.sealed)) as Account;

export async function insertProvider(
  client: Client,
  one: Pick<ProviderRow, "id" | "kind" | "name" | "sealed"> & { readonly now: number },
): Promise<void> {
  await client.query(
    `insert into channel_providers (id, kind, name, position, sealed, made_at)
values ($1, $2, $3, (select coalesce(max(position), 0) + 1 from channel_providers), $4, $5)`,
    [one.id, one.kind, one.name, one.sealed, new Date(one.now).toISOString()],
  );
}

export async function updateProvider(
  client: Client,
  id: string,
  fields: {
    readonly name?: string | null | undefined;
    readonly enabled?: boolean | undefined;
    readonly first?: boolean | undefined;
  },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update channel_providers set enabled = coalesce($2, enabled), name = case when $3::boolean then $4 else name end,
  position = case when $5::boolean then (select min(position) - 1 from channel_providers) else position end,
  failures = case when $2 then 0 else failures end, paused_until = case when $2 then null else paused_until end where id = $1`,
    [id, fields.enabled ?? null, fields.name !== undefined, fields.name ?? null, fields.first === true],
  );
  return rowCount === 1;
}

/** Three failures in a row open the circuit: for a minute the others are asked, then it is tried again. */
const failuresBeforePause = 3;
const pauseMs = 60_000;

export async function noteProvider(client: Client, id: string, error: string | null, now: number): Promise<void> {
  await client.query({
    name: "note-channel-provider",
    text: `update channel_providers set failures = case when $2::text is null then 0 else failures + 1 end, last_error = $2, tried_at = $3,
  paused_until = case when $2::text is null then null when failures + 1 >= ${failuresBeforePause} then $3::bigint + ${pauseMs} else paused_until end where id = $1`,
    values: [id, error, now],
  });
}

export type EvidenceState =
  | "accepted"
  | "refused"
  | "delivered"
  | "answered"
  | "undelivered"
  | "opened"
  | "acknowledged"
  | "declined";

export type Evidence = {
  readonly outboxId: number;
  readonly at: number;
  readonly providerId: string | null;
  readonly provider: string | null;
  readonly state: EvidenceState;
  readonly detail: string | null;
};

/** False for what was known already: a provider tells the same thing twice. */
export async function insertEvidence(client: Client, one: Evidence): Promise<boolean> {
  const { rowCount } = await client.query({
    name: "insert-delivery-evidence",
    text: "insert into delivery_evidence (outbox_id, at, provider_id, provider, state, detail) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    values: [one.outboxId, one.at, one.providerId, one.provider, one.state, one.detail?.slice(0, 300) ?? null],
  });
  return rowCount === 1;
}

export type OpenedMessage = {
  readonly outboxId: number;
  readonly incidentId: string;
  readonly personId: string;
  readonly at: number;
};

/** The first time counts, and only of a message that left, about that incident and to that person. */
export async function insertOpened(
  client: Client,
  { outboxId, incidentId, personId, at }: OpenedMessage,
): Promise<void> {
  await client.query({
    name: "insert-opened",
    text: `insert into delivery_evidence (outbox_id, at, state) select id, $4, 'opened' from outbox
where id = $1 and incident_id = $2 and person_id = $3 and status = 'sent'
and not exists (select from delivery_evidence where outbox_id = $1 and state = 'opened')`,
    values: [outboxId, incidentId, personId, at],
  });
}

export type EvidenceRow = Pick<Evidence, "outboxId" | "at" | "provider" | "state" | "detail">;

export async function readEvidence(client: Client, outboxIds: readonly number[]): Promise<Map<number, EvidenceRow[]>> {
  if (outboxIds.length === 0) return new Map();
  const { rows } = await client.query<EvidenceRow>(
    `select outbox_id as "outboxId", at, provider, state, detail from delivery_evidence where outbox_id = any($1) order by id`,
    [outboxIds],
  );
  return Map.groupBy(rows, (row) => row.outboxId);
}
