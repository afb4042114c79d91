/** What was sent to a contact point, and what became of it. */
import type pg from "pg";
import type { ChannelKind } from "../../core/directory/types.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";

type Client = Pick<pg.PoolClient, "query">;

export type Status = "pending" | "sent" | "dead" | "expired" | "withdrawn";

export type DeliveryRow = {
  readonly id: number;
  readonly kind: string;
  readonly incidentId: string | null;
  readonly pageId: string | null;
  readonly number: string | null;
  readonly payload: JsonObject;
  readonly status: Status;
  readonly attempts: number;
  readonly at: number;
  readonly endedAt: number | null;
  readonly lastError: string | null;
};

const shownMax = 20;

const select = `select o.id, o.kind, o.incident_id as "incidentId", o.page_id as "pageId", i.number, o.payload, o.status, o.attempts, o.made_at as at,
o.done_at as "endedAt", o.last_error as "lastError" from outbox o left join incidents i on i.id = o.incident_id`;

export async function deliveriesOf(client: Client, pointId: string): Promise<DeliveryRow[]> {
  const { rows } = await client.query<DeliveryRow>(
    `${select} where o.contact_point_id = $1 order by o.id desc limit ${shownMax}`,
    [pointId],
  );
  return rows;
}

export async function findDelivery(client: Client, pointId: string, id: number): Promise<DeliveryRow | undefined> {
  const { rows } = await client.query<DeliveryRow>(`${select} where o.contact_point_id = $1 and o.id = $2`, [
    pointId,
    id,
  ]);
  return rows[0];
}

export type TestRow = {
  readonly id: number;
  readonly personId: string;
  readonly pointId: string;
  readonly kind: ChannelKind;
  readonly name: string | null;
  readonly address: string;
  readonly status: Status;
  readonly askedAt: number;
  readonly endedAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly attempts: number;
  readonly lastError: string | null;
};

const selectTest = `select o.id, o.person_id as "personId", o.contact_point_id as "pointId", c.kind, c.name, c.address, o.status, o.made_at as "askedAt",
o.done_at as "endedAt", o.acknowledged_at as "acknowledgedAt", o.attempts, o.last_error as "lastError"
from outbox o join contact_points c on c.id = o.contact_point_id`;

/** The latest test of a person, a row for each contact point that took part. */
export async function latestTest(client: Client, personId: string): Promise<TestRow[]> {
  const { rows } = await client.query<TestRow>(
    `${selectTest} where c.person_id = $1 and o.kind = 'test' and o.made_at = (
  select max(t.made_at) from outbox t join contact_points p on p.id = t.contact_point_id where p.person_id = $1 and t.kind = 'test') order by o.id`,
    [personId],
  );
  return rows;
}

export async function findTest(client: Client, id: number): Promise<TestRow | undefined> {
  const { rows } = await client.query<TestRow>(`${selectTest} where o.id = $1 and o.kind = 'test'`, [id]);
  return rows[0];
}

/** The first time counts. */
export async function acknowledgeTest(client: Client, id: number, at: number): Promise<void> {
  await client.query(
    "update outbox set acknowledged_at = $2 where id = $1 and kind = 'test' and acknowledged_at is null",
    [id, at],
  );
}

/** When the last calls left for a contact point, newest first; those that left with another count as that one. */
export async function lastSentAt(client: Client, pointId: string, since: number): Promise<number[]> {
  const { rows } = await client.query<{ at: number }>({
    name: "last-calls-of-contact-point",
    text: `select done_at as at from outbox where contact_point_id = $1 and kind = 'page' and status = 'sent' and done_at > $2 and not payload ? 'with'
order by done_at desc limit ${shownMax}`,
    values: [pointId, since],
  });
  return rows.map((row) => row.at);
}
