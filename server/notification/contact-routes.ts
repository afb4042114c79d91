/** One's own contact points over HTTP. Nobody sees or changes another's: an id that is not one's own is answered like one that
 *  does not exist. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/notifications.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { Envelope } from "../../core/kernel/stamp.ts";
import { dayMs, isoOrNull, toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import { everything, type Serve } from "../platform/http.ts";
import { insertOutbox } from "../platform/outbox.ts";
import type { Outgoing } from "../platform/outgoing.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import type { Secrets } from "../platform/secrets.ts";
import { changeOne } from "./changing.ts";
import { makeSigningSecret, type WebhookTarget } from "./channels/webhook.ts";
import { codeLastsMs, codeTriesMax, codeWaitMs, isCode } from "./contact-code.ts";
import {
  type ContactRow,
  insertPoint,
  lockPoint,
  mayBeCalled,
  openTarget,
  pointsOf,
  sealTarget,
} from "./contact-store.ts";
import { newPoint } from "./new-point.ts";
import { readPushKeys } from "./push-keys-store.ts";

type Written<T> = {
  readonly id: string;
  readonly type: string;
  readonly kind: string;
  readonly data: JsonObject;
  readonly result: T;
};
export type ChangeContact = <T>(
  envelope: Envelope,
  write: (client: pg.PoolClient) => Promise<Written<T>>,
) => Promise<T>;

export type ContactKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
  readonly directory: () => Directory;
  /** One audited change of the directory. */
  readonly change: ChangeContact;
  readonly changed: () => Promise<void>;
  /** Something waits to leave. */
  readonly wake: () => void;
};

export function contactRoutes(serve: Serve, known: ContactKnown): void {
  const { pool } = known;
  serve(contract.listContactPoints, async ({ request }) => {
    const rows = await pointsOf(pool, viewerOf(request).person.id);
    return everything(rows.map((row) => viewOf(row, known.clock.now())));
  });
  serve(contract.readPushKey, async () => ({ publicKey: (await readPushKeys(known)).publicKey }));
  serve(contract.addContactPoint, async ({ request, body }) => {
    const { row, secret } = await newPoint(known, viewerOf(request).person.id, body);
    await changePoint(known, request, "added", row, async (client) => {
      const mine = await pointsOf(client, row.personId);
      if (mine.length >= contract.contactPointsMax) throw refused("contact-points-full");
      await insertPoint(client, row);
      await queueCode(client, row, row.now);
    });
    known.wake();
    return { ...(await readPoint(known, row.personId, row.id)), secret };
  });
  serve(contract.changeContactPoint, async ({ request, params, body }) => {
    const person = viewerOf(request).person.id;
    await changePoint(known, request, "changed", { id: params.id, ...body }, async (client) => {
      const row = await mineOf(client, params.id, person);
      if (body.enabled === false) await refuseLast(client, row);
      await client.query(
        `update contact_points set enabled = coalesce($2, enabled), name = case when $3::boolean then $4 else name end,
  disabled_because = case when $2 then null else disabled_because end, failures = case when $2 then 0 else failures end,
  paused_until = case when $2 then null else paused_until end where id = $1`,
        [row.id, body.enabled ?? null, body.name !== undefined, body.name ?? null],
      );
    });
    return readPoint(known, person, params.id);
  });
  serve(contract.removeContactPoint, async ({ request, params }) => {
    const person = viewerOf(request).person.id;
    await changePoint(known, request, "removed", { id: params.id }, async (client) => {
      const row = await mineOf(client, params.id, person);
      await refuseLast(client, row);
      await client.query("delete from contact_points where id = $1", [row.id]);
    });
    return {};
  });
  provingRoutes(serve, known);
}

function provingRoutes(serve: Serve, known: ContactKnown): void {
  serve(contract.sendContactCode, async ({ request, params }) => {
    const person = viewerOf(request).person.id;
    const now = known.clock.now();
    await changePoint(known, request, "code-sent", { id: params.id }, async (client) => {
      const row = await mineOf(client, params.id, person);
      if (row.verifiedAt !== null) throw refused("already-verified");
      if (row.codeSentAt !== null && now < row.codeSentAt + codeWaitMs) throw refused("code-sent-recently");
      await client.query("update contact_points set code_sent_at = $2, code_tries = 0 where id = $1", [row.id, now]);
      await queueCode(client, row, now);
    });
    known.wake();
    return readPoint(known, person, params.id);
  });
  serve(contract.verifyContactPoint, async ({ request, params, body }) => {
    const person = viewerOf(request).person.id;
    await spendTry(known, params.id, person);
    await changePoint(known, request, "verified", { id: params.id }, async (client) => {
      const row = await mineOf(client, params.id, person);
      const point = { id: row.id, sentAt: row.codeSentAt ?? 0 };
      if (!isCode(known.secrets, point, body.code)) {
        throw refused("code-wrong", { left: Math.max(0, codeTriesMax - row.codeTries) });
      }
      await client.query("update contact_points set verified_at = $2, code_sent_at = null where id = $1", [
        row.id,
        toIso(known.clock.now()),
      ]);
    });
    return readPoint(known, person, params.id);
  });
  serve(contract.renewWebhookSecret, async ({ request, params }) => {
    const person = viewerOf(request).person.id;
    const secret = makeSigningSecret();
    const until = known.clock.now() + dayMs;
    await changePoint(known, request, "secret-renewed", { id: params.id }, async (client) => {
      const row = await mineOf(client, params.id, person);
      if (row.kind !== "webhook") throw refused("not-a-webhook");
      const target = openTarget<WebhookTarget>(known.secrets, row);
      const last = target.secrets.find((one) => one.until === null);
      const secrets = [{ secret, until: null }, ...(last ? [{ secret: last.secret, until }] : [])];
      const sealed = sealTarget(known.secrets, row.id, { ...target, secrets });
      await client.query("update contact_points set sealed = $2 where id = $1", [row.id, sealed]);
    });
    return { secret, previousUntil: toIso(until) };
  });
}

/** Counted in a transaction of its own: a wrong code rolls nothing of it back. */
async function spendTry(known: ContactKnown, id: string, person: string): Promise<void> {
  const now = known.clock.now();
  const { rows } = await known.pool.query<{ verified: boolean; spent: boolean }>(
    `with point as (select id, verified_at is not null as verified, code_sent_at, code_tries from contact_points where id = $1 and person_id = $2 for update),
  tried as (update contact_points c set code_tries = c.code_tries + 1 from point p
    where c.id = p.id and not p.verified and p.code_tries < $3 and p.code_sent_at > $4 returning c.id)
select verified, exists (select 1 from tried) as spent from point`,
    [id, person, codeTriesMax, now - codeLastsMs],
  );
  const [row] = rows;
  if (!row) throw new HttpProblem(404, "not-found");
  if (row.verified) throw refused("already-verified");
  if (!row.spent) throw refused("code-over");
}

async function queueCode(
  client: pg.PoolClient,
  row: Pick<ContactRow, "id" | "personId" | "kind">,
  now: number,
): Promise<void> {
  await insertOutbox(client, {
    key: `code/${row.id}/${now}`,
    kind: "code",
    personId: row.personId,
    channel: row.kind,
    pointId: row.id,
    payload: {},
    now,
    notAfter: now + codeLastsMs,
  });
}

export async function mineOf(client: pg.PoolClient, id: string, person: string): Promise<ContactRow> {
  const row = await lockPoint(client, id, person);
  if (!row) throw new HttpProblem(404, "not-found");
  return row;
}

/** Somebody who could not be reached any more would be found out in the middle of a call. Their person is locked first, so that
 *  two requests do not each count on the other. */
async function refuseLast(client: pg.PoolClient, row: ContactRow): Promise<void> {
  if (!mayBeCalled(row)) return;
  await client.query("select 1 from people where id = $1 for update", [row.personId]);
  const others = (await pointsOf(client, row.personId)).filter((one) => one.id !== row.id && mayBeCalled(one));
  if (others.length === 0) throw refused("last-contact-point");
}

type ChangedPoint = { readonly id: string; readonly kind?: string; readonly enabled?: boolean | undefined };

function changePoint(
  known: ContactKnown,
  request: FastifyRequest,
  what: string,
  { id, kind, enabled }: ChangedPoint,
  write: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const data = { ...(kind === undefined ? {} : { kind }), ...(enabled === undefined ? {} : { enabled }) };
  return changeOne(known, request, { id, what, data, kind: "contact-point" }, write);
}

async function readPoint(known: ContactKnown, personId: string, id: string) {
  const row = (await pointsOf(known.pool, personId)).find((one) => one.id === id);
  if (!row) throw new HttpProblem(404, "not-found");
  return viewOf(row, known.clock.now());
}

function viewOf(row: ContactRow, now: number) {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    address: row.address,
    state: stateOf(row, now),
    codeSentAt: isoOrNull(row.codeSentAt),
    verifiedAt: isoOrNull(row.verifiedAt),
    lastError: row.lastError,
  };
}

function stateOf(row: ContactRow, now: number): "usable" | "to-verify" | "off" | "gone" | "paused" {
  if (row.disabledBecause === "gone") return "gone";
  if (!row.enabled) return "off";
  if (row.verifiedAt === null) return "to-verify";
  return row.pausedUntil !== null && row.pausedUntil > now ? "paused" : "usable";
}
