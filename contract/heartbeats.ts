/** Signs of life that others owe us: who expects what, and its address. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { id, instant, text } from "./shapes.ts";

export const heartbeatSeverities = ["critical", "error", "warning", "info"] as const;
const severity = z.enum(heartbeatSeverities);
export const intervalSecondsMin = 10;
export const intervalSecondsMax = 366 * 86_400;

export const heartbeat = z.object({
  id,
  name: z.string(),
  description: z.string().nullable(),
  /** Whose alerts it raises; null: it belongs to no source. */
  integration: z.object({ id, name: z.string() }).nullable(),
  /** What it is about, where that is not what its source is about. */
  service: id.nullable(),
  severity,
  intervalSeconds: z.int(),
  graceSeconds: z.int(),
  enabled: z.boolean(),
  /** `waiting`: for its first sign; until then nothing is said. */
  state: z.enum(["waiting", "alive", "late", "paused"]),
  lastPingAt: instant.nullable(),
  /** When it will be late, unless a sign comes. */
  dueAt: instant.nullable(),
  lateSince: instant.nullable(),
  /** The last four characters of its key; null when it has none. */
  keyEnding: z.string().nullable(),
});
export type Heartbeat = z.infer<typeof heartbeat>;

const fields = {
  name: text(200),
  description: text(10_000).nullable().optional(),
  service: id.nullable().optional(),
  severity: severity.optional(),
  intervalSeconds: z.int().min(intervalSecondsMin).max(intervalSecondsMax),
  graceSeconds: z.int().min(0).max(intervalSecondsMax).optional(),
  enabled: z.boolean().optional(),
};

const of = { tag: "heartbeats", access: "administrator" } as const;
const one = { ...of, params: z.strictObject({ id }) } as const;

export const listHeartbeats = endpoint({
  ...of,
  id: "listHeartbeats",
  method: "GET",
  path: "/api/v1/heartbeats",
  access: "member",
  success: 200,
  output: z.object({
    data: z.array(heartbeat),
    nextCursor: z.string().nullable(),
    /** When this desk last heard nobody: every interval began anew after it. */
    deaf: z.object({ from: instant, until: instant }).nullable(),
  }),
  refusals: [],
});
/** With `key`, shown this once: whoever asks for `/heartbeat/KEY` (GET, HEAD or POST) gives its sign of life. */
export const addHeartbeat = endpoint({
  ...of,
  id: "addHeartbeat",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/heartbeats",
  body: z.strictObject({ ...fields, integration: id.optional() }),
  success: 201,
  output: heartbeat.extend({ key: z.string() }),
  refusals: [
    "not-administrator",
    "name-taken",
    "service-unknown",
    "service-retired",
    "integration-unknown",
    "heartbeats-full",
  ],
});
/** What is left out stays as it is. A changed interval, and a pause that ends, begin anew. */
export const changeHeartbeat = endpoint({
  ...one,
  id: "changeHeartbeat",
  method: "PATCH",
  path: "/api/v1/heartbeats/:id",
  body: z.strictObject({
    ...fields,
    name: fields.name.optional(),
    intervalSeconds: fields.intervalSeconds.optional(),
  }),
  success: 200,
  output: heartbeat,
  refusals: ["not-administrator", "name-taken", "service-unknown", "service-retired"],
});
/** Its alert, if one is open, is over. */
export const removeHeartbeat = endpoint({
  ...one,
  id: "removeHeartbeat",
  method: "DELETE",
  path: "/api/v1/heartbeats/:id",
  success: 200,
  output: nothing,
  refusals: ["not-administrator"],
});
/** Another key, shown this once; the former one opens nothing from now on. */
export const replaceHeartbeatKey = endpoint({
  ...one,
  id: "replaceHeartbeatKey",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/heartbeats/:id/key",
  success: 201,
  output: heartbeat.extend({ key: z.string() }),
  refusals: ["not-administrator"],
});
/** Its address answers nobody any more. */
export const revokeHeartbeatKey = endpoint({
  ...one,
  id: "revokeHeartbeatKey",
  method: "DELETE",
  path: "/api/v1/heartbeats/:id/key",
  success: 200,
  output: heartbeat,
  refusals: ["not-administrator"],
});

/** Whom this desk tells, after each full cycle that was successful, that it works. Of its address, a secret, only the host is
 *  shown again. */
const outgoing = z.object({
  outgoing: z
    .object({
      host: z.string(),
      intervalSeconds: z.int(),
      toldAt: instant.nullable(),
      failedAt: instant.nullable(),
      lastError: z.string().nullable(),
    })
    .nullable(),
});
export const readOutgoingHeartbeat = endpoint({
  ...of,
  id: "readOutgoingHeartbeat",
  method: "GET",
  path: "/api/v1/outgoing-heartbeat",
  success: 200,
  output: outgoing,
  refusals: ["not-administrator"],
});
/** In place of the one before. It is asked by POST, with no body. */
export const setOutgoingHeartbeat = endpoint({
  ...of,
  id: "setOutgoingHeartbeat",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/outgoing-heartbeat",
  body: z.strictObject({
    url: z.url().max(2_000),
    intervalSeconds: z.int().min(intervalSecondsMin).max(86_400),
  }),
  success: 200,
  output: outgoing,
  refusals: ["not-administrator"],
});
export const removeOutgoingHeartbeat = endpoint({
  ...of,
  id: "removeOutgoingHeartbeat",
  method: "DELETE",
  path: "/api/v1/outgoing-heartbeat",
  success: 200,
  output: nothing,
  refusals: ["not-administrator"],
});
