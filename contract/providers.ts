/** Accounts with those who carry text messages and calls, for administrators. What opens an account comes in, and never out. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { id, instant, list, text } from "./shapes.ts";

export const providersMax = 6;

const name = text(60).nullable().optional();
const phone = z
  .string()
  .trim()
  .regex(/^[+\d\s().-]{1,40}$/);
const server = z.string().trim().max(300);
const secret = (max: number) => z.string().trim().min(8).max(max);

export const newProvider = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("twilio"),
    name,
    server: server.default("https://api.twilio.com"),
    accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/),
    authToken: secret(200),
    /** A number of the account, with its country. */
    from: phone,
  }),
  z.strictObject({
    kind: z.literal("vonage"),
    name,
    server: server.default("https://api.nexmo.com"),
    applicationId: z.uuid(),
    /** Of the application, in PEM. */
    privateKey: z.string().max(5_000),
    signatureSecret: secret(200),
    from: phone,
  }),
  z.strictObject({
    kind: z.literal("telegram"),
    name,
    server: server.default("https://api.telegram.org"),
    botToken: z.string().regex(/^\d{3,20}:[\w-]{20,100}$/),
  }),
  z.strictObject({
    kind: z.literal("slack"),
    name,
    server: server.default("https://slack.com"),
    /** Of a bot that may write to people and rooms. */
    botToken: z.string().regex(/^xoxb-[\w-]{8,300}$/),
    signingSecret: secret(200),
  }),
]);

export const provider = z.object({
  id,
  kind: z.enum(["twilio", "vonage", "telegram", "slack"]),
  name: z.string().nullable(),
  server: z.string(),
  /** The account or application, which is no secret. */
  account: z.string(),
  /** The number that calls, of those who carry text messages and calls. */
  from: z.string().nullable(),
  /** `paused`: three failures in a row, passed over for a minute. */
  state: z.enum(["usable", "off", "paused"]),
  triedAt: instant.nullable(),
  lastError: z.string().nullable(),
  /** To be given to the provider, as the address of what comes back: text messages, buttons. Null where trying it tells them. */
  returnUrl: z.string().nullable(),
});

const base = { tag: "notifications", access: "administrator" } as const;
const one = { ...base, params: z.strictObject({ id }) } as const;

/** In the order in which they are asked. */
export const listProviders = endpoint({
  ...base,
  id: "listProviders",
  method: "GET",
  path: "/api/v1/providers",
  success: 200,
  output: list(provider),
  refusals: ["not-administrator"],
});
export const addProvider = endpoint({
  ...base,
  id: "addProvider",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/providers",
  body: newProvider,
  success: 201,
  output: provider,
  refusals: ["providers-full", "not-administrator"],
});
export const changeProvider = endpoint({
  ...one,
  id: "changeProvider",
  method: "PATCH",
  path: "/api/v1/providers/:id",
  /** `first`: asked before all others from now on. */
  body: z.strictObject({ name, enabled: z.boolean().optional(), first: z.literal(true).optional() }),
  success: 200,
  output: provider,
  refusals: ["not-administrator"],
});
export const removeProvider = endpoint({
  ...one,
  id: "removeProvider",
  method: "DELETE",
  path: "/api/v1/providers/:id",
  success: 200,
  output: nothing,
  refusals: ["not-administrator"],
});
/** A real request to the provider that costs nothing: it answers only a good account. */
export const tryProvider = endpoint({
  ...one,
  id: "tryProvider",
  method: "POST",
  path: "/api/v1/providers/:id/try",
  success: 200,
  output: provider,
  refusals: ["not-administrator"],
});
