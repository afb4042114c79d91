/** Signs of life and accounts of carriers, as the demonstration tells of them, written by the stores that keep them. */
import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";
import type { Watched } from "../../core/heartbeats/monitor.ts";
import { stampOf, systemActor } from "../../core/kernel/stamp.ts";
import type { JsonObject, Severity } from "../../core/kernel/vocabulary.ts";
import type { Cast } from "../../demo/cast.ts";
import { type Carrier, carriers, heartbeats, silent, silentSinceMs } from "../../demo/watched.ts";
import { appendAudit } from "../platform/event-log.ts";
import type { Secrets } from "../platform/secrets.ts";

/** Of server/heartbeats. */
export type HeartbeatStore = {
  readonly insertMonitor: (client: pg.PoolClient, one: MonitorFields) => Promise<string>;
  readonly writeWatched: (client: pg.PoolClient, id: string, watched: Watched) => Promise<void>;
};

type MonitorFields = {
  readonly id: string;
  readonly integrationId: string;
  readonly name: string;
  readonly description: string;
  readonly serviceId: string;
  readonly severity: Severity;
  readonly priority: null;
  readonly message: null;
  readonly tags: readonly string[];
  readonly unit: "hours" | "days";
  readonly intervalMs: number;
  readonly graceMs: number;
  readonly enabled: boolean;
  readonly keyHash: null;
  readonly keyEnding: null;
  readonly at: number;
};

/** Of server/notification. */
export type CarrierStore = {
  readonly sealAccount: (secrets: Secrets, id: string, account: Account) => string;
  readonly insertProvider: (
    client: pg.PoolClient,
    one: {
      readonly id: string;
      readonly kind: Carrier["kind"];
      readonly name: string | null;
      readonly sealed: string;
      readonly now: number;
    },
  ) => Promise<void>;
  readonly noteProvider: (client: pg.PoolClient, id: string, error: string | null, now: number) => Promise<void>;
};

type Account =
  | { readonly server: string; readonly from: string; readonly accountSid: string; readonly authToken: string }
  | {
      readonly server: string;
      readonly from: string;
      readonly applicationId: string;
      readonly privateKey: string;
      readonly signatureSecret: string;
    }
  | { readonly server: string; readonly botToken: string; readonly signingSecret: string };

type Watching = {
  readonly client: pg.PoolClient;
  readonly cast: Cast;
  /** The end of the story. */
  readonly at: number;
};

export async function foundHeartbeats({ client, cast, at }: Watching, store: HeartbeatStore): Promise<void> {
  for (const { integration, service, agoMs, paused, ...one } of heartbeats) {
    const { id, name, intervalMs, graceMs } = one;
    const made = { priority: null, message: null, tags: [], keyHash: null, keyEnding: null } as const;
    await store.insertMonitor(client, {
      ...one,
      ...made,
      integrationId: cast.integrations[integration],
      serviceId: cast.services[service],
      enabled: !paused,
      at,
    });
    const lastPingAt = agoMs === null ? null : at - agoMs;
    const lateSince = id === silent.id ? at - silentSinceMs : null;
    const watched = { enabled: !paused, intervalMs, graceMs, lastPingAt, countsFrom: lastPingAt, lateSince };
    await store.writeWatched(client, id, watched);
    const data = { name, intervalSeconds: intervalMs / 1_000 };
    await audit(client, at, { stream: `heartbeat/${id}`, type: "heartbeat.added", data });
  }
}

export async function foundCarriers({ client, at }: Watching, store: CarrierStore, secrets: Secrets): Promise<void> {
  for (const one of carriers) {
    const id = randomUUID();
    const sealed = store.sealAccount(secrets, id, accountOf(one));
    await store.insertProvider(client, { id, kind: one.kind, name: one.name, sealed, now: at });
    await store.noteProvider(client, id, one.error, at - one.answeredAgoMs);
    await audit(client, at, { stream: `provider/${id}`, type: "provider.added", data: { kind: one.kind } });
  }
}

const word = (bytes: number): string => randomBytes(bytes).toString("hex");

/** Of the right form, and of nobody: they were given to no one, and open nothing anywhere. */
function accountOf({ kind, server, from = "" }: Carrier): Account {
  if (kind === "twilio") return { server, from, accountSid: `AC${word(16)}`, authToken: word(16) };
  if (kind === "slack") return { server, botToken: `xoxb-${word(12)}`, signingSecret: word(16) };
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { server, from, applicationId: randomUUID(), privateKey, signatureSecret: word(16) };
}

type Entry = { readonly stream: string; readonly type: string; readonly data: JsonObject };

async function audit(client: pg.PoolClient, at: number, entry: Entry): Promise<void> {
  const envelope = { at, actor: systemActor("console"), cause: { kind: "demonstration" } };
  await appendAudit(client, { ...entry, stamp: stampOf(envelope, null, false) });
}
