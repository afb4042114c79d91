/** Beside the integrations themselves: their keys, a trial, and what became of what came in. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { id, instant, list } from "./shapes.ts";

const of = { tag: "integrations", access: "administrator", params: z.strictObject({ id }) } as const;

/** Those that open the door, newest first: two at most. */
export const integrationKey = z.object({
  id,
  /** Its last four characters: it is not shown again. Null for one made before they were kept. */
  ending: z.string().nullable(),
  madeAt: instant,
  /** To the minute. */
  usedAt: instant.nullable(),
});
export const listIntegrationKeys = endpoint({
  ...of,
  id: "listIntegrationKeys",
  method: "GET",
  path: "/api/v1/integrations/:id/keys",
  success: 200,
  output: list(integrationKey),
  refusals: ["not-administrator"],
});
/** Every node refuses it within seconds. The last one may be revoked too: nothing comes in until there is another. */
export const revokeIntegrationKey = endpoint({
  ...of,
  id: "revokeIntegrationKey",
  method: "DELETE",
  path: "/api/v1/integrations/:id/keys/:key",
  params: z.strictObject({ id, key: id }),
  success: 200,
  output: nothing,
  refusals: ["not-administrator"],
});

/** Why nothing was made of what came: `partly` when the rest of it was. */
export const rejectedBecause = ["invalid", "partly", "not-json", "signature", "too-large", "in-vain"] as const;
export type RejectedBecause = (typeof rejectedBecause)[number];

export const received = z.object({
  at: instant,
  outcome: z.enum(["accepted", "rejected"]),
  /** Sent from here, not by the source. */
  trial: z.boolean(),
  because: z.enum(rejectedBecause).nullable(),
  /** As the sender was told them, in English. */
  errors: z.array(z.string()),
  warnings: z.array(z.string()),
  /** Of each alert that it told of, the first few of `count`. */
  results: z.array(
    z.object({
      key: z.string(),
      became: z.string(),
      because: z.string().nullable(),
      /** Null where the alert, or its incident, is not there to be seen. */
      alert: z.object({ id, title: z.string() }).nullable(),
      incident: z.object({ id, number: z.string() }).nullable(),
    }),
  ),
  count: z.int(),
});
export type Received = z.infer<typeof received>;

export const readIntegrationLog = endpoint({
  ...of,
  id: "readIntegrationLog",
  method: "GET",
  path: "/api/v1/integrations/:id/events",
  success: 200,
  output: list(received),
  refusals: ["not-administrator"],
});

/** A trial event through the translation and the desk that a real one of that kind goes through: it opens an incident and
 *  calls whoever a real alert would. `ends` is the `key` of a trial made before: the source says that it is over. */
export const tryIntegration = endpoint({
  ...of,
  id: "tryIntegration",
  method: "POST",
  path: "/api/v1/integrations/:id/trial",
  body: z.strictObject({
    ends: z
      .string()
      .regex(/^tocsin-trial-[\w-]{1,64}$/)
      .optional(),
  }),
  success: 200,
  output: received.extend({ key: z.string() }),
  refusals: ["not-administrator"],
});
