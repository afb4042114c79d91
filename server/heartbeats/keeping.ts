/** Makes, changes and removes monitors, whoever asks: an administrator here, or a sender through Opsgenie's API. Each change
 *  leaves its audit entry in the same transaction. */
import type pg from "pg";
import { changed, usualGraceMs, type Watched } from "../../core/heartbeats/monitor.ts";
import { type Envelope, stampOf } from "../../core/kernel/stamp.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { transact } from "../platform/database.ts";
import { appendAudit } from "../platform/event-log.ts";
import { refused } from "../platform/problems.ts";
import { hashSecret, randomWord } from "../platform/secrets.ts";
import type { Listening } from "./listening.ts";
import {
  type Client,
  countOf,
  deleteMonitor,
  insertMonitor,
  type Key,
  lockOne,
  type Monitor,
  type NewMonitor,
  renameMonitor,
  setKey,
  writeWatched,
} from "./store.ts";

export type KeepingKnown = { readonly pool: pg.Pool; readonly listening: Listening };

/** Of one integration: a sender that makes one for each of its hosts is no reason to hold a million. */
export const monitorsMax = 1_000;
const budgetMs = 8_000;
const endingLength = 4;

export function newKey(): { readonly key: string; readonly kept: Key } {
  const key = randomWord(32);
  return { key, kept: { hash: hashSecret(key), ending: key.slice(-endingLength) } };
}

export type Made = Omit<NewMonitor, "keyHash" | "keyEnding" | "at" | "graceMs"> & {
  /** Null: what is usual for its interval. */
  readonly graceMs: number | null;
  readonly key: Key | null;
};

export async function makeMonitor(
  { pool }: KeepingKnown,
  envelope: Envelope,
  { key, graceMs, ...made }: Made,
  check: (client: pg.PoolClient) => Promise<void> = async () => {},
): Promise<string> {
  const id = await audited(pool, envelope, async (client) => {
    await check(client);
    if ((await countOf(client, made.integrationId)) >= monitorsMax)
      throw refused("heartbeats-full", { max: monitorsMax });
    const id = await unlessNamed(() =>
      insertMonitor(client, {
        ...made,
        graceMs: graceMs ?? usualGraceMs(made.intervalMs),
        keyHash: key?.hash ?? null,
        keyEnding: key?.ending ?? null,
        at: envelope.at,
      }),
    );
    const { name, intervalMs } = made;
    return { id, type: "heartbeat.added", data: { name, intervalSeconds: intervalMs / 1_000 }, result: id };
  });
  return id ?? "";
}

export type Changing = Partial<
  Pick<Monitor, "name" | "description" | "serviceId" | "severity" | "unit"> &
    Pick<Watched, "enabled" | "intervalMs" | "graceMs">
>;

/** A silence that is not to be held against it any more ends first: then nothing is left open by what follows. */
export async function changeMonitor(
  { pool, listening }: KeepingKnown,
  envelope: Envelope,
  { id, change, fields }: { readonly id: string; readonly change: Changing; readonly fields: readonly string[] },
  check: (client: pg.PoolClient) => Promise<void> = async () => {},
): Promise<boolean> {
  const { enabled, intervalMs, graceMs, ...named } = change;
  const timing = Object.fromEntries(
    Object.entries({ enabled, intervalMs, graceMs }).filter(([, value]) => value !== undefined),
  ) as Partial<Watched>;
  if (Object.keys(timing).length > 0) await listening.calm(id);
  const done = await audited(pool, envelope, async (client) => {
    await check(client);
    const before = await lockOne(client, id);
    if (before === null) return null;
    await unlessNamed(() => renameMonitor(client, id, named));
    await writeWatched(client, id, changed(before.watched, timing, envelope.at));
    const switched: JsonObject = enabled === undefined ? {} : { enabled };
    return { id, type: "heartbeat.changed", data: { fields: [...fields], ...switched }, result: true };
  });
  listening.forget();
  return done ?? false;
}

export async function removeMonitor(
  { pool, listening }: KeepingKnown,
  envelope: Envelope,
  id: string,
): Promise<boolean> {
  await listening.calm(id);
  const done = await audited(pool, envelope, async (client) => {
    const before = await lockOne(client, id);
    if (before === null) return null;
    await deleteMonitor(client, id);
    return { id, type: "heartbeat.removed", data: { name: before.name }, result: true };
  });
  listening.forget();
  return done ?? false;
}

export async function changeKey(
  { pool, listening }: KeepingKnown,
  envelope: Envelope,
  id: string,
  key: Key | null,
): Promise<boolean> {
  const done = await audited(pool, envelope, async (client) => {
    const before = await lockOne(client, id);
    if (before === null) return null;
    await setKey(client, id, key);
    const data = { former: before.keyEnding };
    return { id, type: key === null ? "heartbeat.key-revoked" : "heartbeat.key-replaced", data, result: true };
  });
  listening.forget();
  return done ?? false;
}

type Written<T> = { readonly id: string; readonly type: string; readonly data: JsonObject; readonly result: T };

/** Null: there was nothing to change. */
async function audited<T>(
  pool: pg.Pool,
  envelope: Envelope,
  write: (client: pg.PoolClient) => Promise<Written<T> | null>,
): Promise<T | null> {
  return transact(pool, budgetMs, async (client) => {
    const written = await write(client);
    if (written === null) return null;
    const { id, type, data, result } = written;
    const stamp = stampOf(envelope, null, false);
    await appendAudit(client, { stream: `heartbeat/${id}`, type, stamp, data });
    return result;
  });
}

async function unlessNamed<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if ((error as { code?: string }).code === "23505") throw refused("name-taken");
    throw error;
  }
}

/** `monitor`: one that may keep the service that it names, though it is retired. */
export const serviceExists =
  (serviceId: string | null | undefined, monitor?: string) =>
  async (client: Client): Promise<void> => {
    if (!serviceId) return;
    const { rows } = await client.query<{ offered: boolean }>(
      "select not retired or exists (select from heartbeats where heartbeats.id = $2 and service_id = $1) as offered from services where id = $1",
      [serviceId, monitor ?? null],
    );
    const [known] = rows;
    if (!known) throw refused("service-unknown", { service: serviceId });
    if (!known.offered) throw refused("service-retired", { service: serviceId });
  };
