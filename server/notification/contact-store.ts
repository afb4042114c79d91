/** Contact points as rows: what their owner may see, and, sealed to the row, what only the channel reads. */
import type pg from "pg";
import type { ChannelKind } from "../../core/directory/types.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { NtfyTarget } from "./channels/ntfy.ts";
import type { RoomTarget } from "./channels/rooms.ts";
import type { PushTarget } from "./channels/web-push.ts";
import type { WebhookTarget } from "./channels/webhook.ts";

export type ContactRow = {
  readonly id: string;
  readonly personId: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly name: string | null;
  readonly sealed: string | null;
  /** Switched on by its owner; whether it may be called also takes a proof. */
  readonly enabled: boolean;
  readonly verifiedAt: number | null;
  readonly codeSentAt: number | null;
  readonly codeTries: number;
  readonly disabledBecause: string | null;
  readonly failures: number;
  readonly pausedUntil: number | null;
  readonly lastError: string | null;
  readonly madeAt: number;
};

type Client = Pick<pg.PoolClient, "query">;

const columns = `id, person_id as "personId", kind, address, name, sealed, enabled, verified_at as "verifiedAt", code_sent_at as "codeSentAt",
code_tries as "codeTries", disabled_because as "disabledBecause", failures, paused_until as "pausedUntil", last_error as "lastError", made_at as "madeAt"`;

const byId = `select ${columns} from contact_points where id = any($1::uuid[])`;
const byPerson = `select ${columns} from contact_points where person_id = $1 order by made_at, id`;
const lockMine = `select ${columns} from contact_points where id = $1 and person_id = $2 for update`;

/** What may be called by this row. */
export const mayBeCalled = (row: ContactRow): boolean => row.enabled && row.verifiedAt !== null;

export async function readPoints(client: Client, ids: readonly string[]): Promise<Map<string, ContactRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<ContactRow>({
    name: "read-contact-points",
    text: byId,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export async function pointsOf(client: Client, personId: string): Promise<ContactRow[]> {
  const { rows } = await client.query<ContactRow>(byPerson, [personId]);
  return rows;
}

/** Locked: a code is tried, or a secret renewed, one at a time. Undefined for somebody else's. */
export async function lockPoint(client: Client, id: string, personId: string): Promise<ContactRow | undefined> {
  const { rows } = await client.query<ContactRow>(lockMine, [id, personId]);
  return rows[0];
}

/** What a channel alone may read: where it sends, and what opens that. */
export type Target = NtfyTarget | WebhookTarget | RoomTarget | PushTarget | { readonly providerId: string };

const placeOf = (id: string): string => `contact_points/${id}`;

export const sealTarget = (secrets: Secrets, id: string, target: Target): string =>
  secrets.seal(placeOf(id), JSON.stringify(target));

export function openTarget<T extends Target>(secrets: Secrets, row: ContactRow): T {
  if (row.sealed === null) throw new Error(`contact point ${row.id} keeps no target`);
  return JSON.parse(secrets.open(placeOf(row.id), row.sealed)) as T;
}

export async function insertPoint(
  client: Client,
  one: Pick<ContactRow, "id" | "personId" | "kind" | "address" | "name" | "sealed"> & { readonly now: number },
): Promise<void> {
  await client.query(
    "insert into contact_points (id, person_id, kind, address, name, sealed, made_at, code_sent_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    [one.id, one.personId, one.kind, one.address, one.name, one.sealed, new Date(one.now).toISOString(), one.now],
  );
}

/** Five failures in a row open the circuit: for a minute nothing is asked of it, then the next page tries whether it answers. */
const failuresBeforePause = 5;
const pauseMs = 60_000;

export async function noteFailure(client: Client, id: string, error: string, now: number): Promise<void> {
  await client.query({
    name: "note-contact-failure",
    text: `update contact_points set failures = failures + 1, last_error = $2,
  paused_until = case when failures + 1 >= ${failuresBeforePause} and kind <> 'email' then $3::bigint + ${pauseMs} else paused_until end where id = $1`,
    values: [id, error, now],
  });
}

export async function noteSuccess(client: Client, id: string): Promise<void> {
  await client.query({
    name: "note-contact-success",
    text: "update contact_points set failures = 0, paused_until = null, last_error = null where id = $1 and (failures > 0 or last_error is not null)",
    values: [id],
  });
}
