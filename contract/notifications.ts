/** How each person is reached: contact points of one's own, in which turns they are called, and a test of all of them. */
import { z } from "zod";
import { channelKinds } from "../core/directory/types.ts";
import { endpoint, nothing } from "./endpoint.ts";
import { id, instant, list, text } from "./shapes.ts";

export const contactPointsMax = 10;

export const contactPoint = z.object({
  id,
  kind: z.enum(channelKinds),
  name: z.string().nullable(),
  /** Enough to tell which: of an address that is itself a secret, not the whole. */
  address: z.string(),
  /** Only `usable` is called. `paused`: five failures in a row, tried again within a minute. `gone`: its receiver answered
   *  that it wants nothing more. */
  state: z.enum(["usable", "to-verify", "off", "gone", "paused"]),
  codeSentAt: instant.nullable(),
  verifiedAt: instant.nullable(),
  lastError: z.string().nullable(),
});

const name = text(60).nullable().optional();
const httpAddress = z.string().trim().max(2_000);

export const newContactPoint = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("email"), name, address: z.email().max(254) }),
  /** A text message, or a call: to a number with its country. */
  z.strictObject({ kind: z.literal("sms"), name, number: z.string().trim().max(40) }),
  z.strictObject({ kind: z.literal("voice"), name, number: z.string().trim().max(40) }),
  /** A subscription of a browser, as its own `PushSubscription` says it. */
  z.strictObject({
    kind: z.literal("push"),
    name,
    endpoint: httpAddress,
    p256dh: z.string().regex(/^[\w-]{86,88}$/),
    auth: z.string().regex(/^[\w-]{22,24}$/),
  }),
  z.strictObject({
    kind: z.literal("ntfy"),
    name,
    server: httpAddress.default("https://ntfy.sh"),
    topic: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/),
    /** Access token of the ntfy server, when the topic asks for one. */
    token: z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/)
      .nullable()
      .optional(),
  }),
  /** A conversation of the desk's bot: the number that it tells whoever writes to it. */
  z.strictObject({ kind: z.literal("telegram"), name, to: z.string().regex(/^-?\d{1,20}$/) }),
  /** A member or a channel of the workspace, by its identifier. */
  z.strictObject({ kind: z.literal("slack"), name, to: z.string().regex(/^[UWCGD][A-Z0-9]{5,20}$/) }),
  z.strictObject({ kind: z.literal("mattermost"), name, url: httpAddress }),
  /** The address of a workflow that takes an Adaptive Card. */
  z.strictObject({ kind: z.literal("teams"), name, url: httpAddress }),
  z.strictObject({ kind: z.literal("webhook"), name, url: httpAddress }),
]);

const base = { tag: "notifications", access: "member" } as const;
const one = { ...base, params: z.strictObject({ id }) } as const;

/** By which a browser subscribes to this desk and to no other. */
export const readPushKey = endpoint({
  ...base,
  id: "readPushKey",
  method: "GET",
  path: "/api/v1/push-key",
  success: 200,
  output: z.object({ publicKey: z.string() }),
  refusals: [],
});
export const listContactPoints = endpoint({
  ...base,
  id: "listContactPoints",
  method: "GET",
  path: "/api/v1/contact-points",
  success: 200,
  output: list(contactPoint),
  refusals: [],
});
/** A code is sent there at once. `secret`: of a webhook, shown this once. */
export const addContactPoint = endpoint({
  ...base,
  id: "addContactPoint",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/contact-points",
  body: newContactPoint,
  success: 201,
  output: contactPoint.extend({ secret: z.string().nullable() }),
  refusals: ["contact-points-full", "no-provider"],
});
export const changeContactPoint = endpoint({
  ...one,
  id: "changeContactPoint",
  method: "PATCH",
  path: "/api/v1/contact-points/:id",
  body: z.strictObject({ enabled: z.boolean().optional(), name }),
  success: 200,
  output: contactPoint,
  refusals: ["last-contact-point"],
});
export const removeContactPoint = endpoint({
  ...one,
  id: "removeContactPoint",
  method: "DELETE",
  path: "/api/v1/contact-points/:id",
  success: 200,
  output: nothing,
  refusals: ["last-contact-point"],
});
export const sendContactCode = endpoint({
  ...one,
  id: "sendContactCode",
  method: "POST",
  path: "/api/v1/contact-points/:id/code",
  success: 200,
  output: contactPoint,
  refusals: ["already-verified", "code-sent-recently"],
});
export const verifyContactPoint = endpoint({
  ...one,
  id: "verifyContactPoint",
  method: "POST",
  path: "/api/v1/contact-points/:id/verify",
  body: z.strictObject({ code: z.string().max(40) }),
  success: 200,
  output: contactPoint,
  refusals: ["already-verified", "code-wrong", "code-over"],
});
/** The one before signs beside it for a day. */
export const renewWebhookSecret = endpoint({
  ...one,
  id: "renewWebhookSecret",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/contact-points/:id/secret",
  success: 201,
  output: z.object({ secret: z.string(), previousUntil: instant }),
  refusals: ["not-a-webhook"],
});

/** What was learned of one attempt, each step proving more: accepted by whoever carries it, delivered to the device, answered by
 *  somebody, acknowledged by the person. */
const evidence = z.object({
  at: instant,
  provider: z.string().nullable(),
  state: z.enum(["accepted", "refused", "delivered", "answered", "undelivered", "opened", "acknowledged", "declined"]),
  detail: z.string().nullable(),
});

export const delivery = z.object({
  id: z.string(),
  kind: z.string(),
  number: z.string().nullable(),
  status: z.enum(["pending", "sent", "dead", "expired", "withdrawn"]),
  attempts: z.int(),
  at: instant,
  endedAt: instant.nullable(),
  lastError: z.string().nullable(),
  evidence: z.array(evidence),
});
export const listDeliveries = endpoint({
  ...one,
  id: "listDeliveries",
  method: "GET",
  path: "/api/v1/contact-points/:id/deliveries",
  success: 200,
  output: list(delivery),
  refusals: [],
});
/** The same message once more, with its first `webhook-id`: a receiver that has it can tell. */
export const redeliver = endpoint({
  ...base,
  id: "redeliver",
  method: "POST",
  path: "/api/v1/contact-points/:id/deliveries/:delivery/redeliver",
  params: z.strictObject({ id, delivery: z.string().regex(/^\d{1,15}$/) }),
  success: 201,
  output: z.object({ id: z.string() }),
  refusals: ["not-a-webhook", "still-pending"],
});

const rules = z.array(z.strictObject({ contactPoint: id, afterMinutes: z.int().min(0).max(60) })).max(contactPointsMax);
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** `quiet`: hours in which what is not urgent makes no telephone sound; null for none. */
export const preference = z.object({
  high: rules,
  low: rules,
  quiet: z.strictObject({ from: wallTime, to: wallTime }).nullable(),
});
export const readPreference = endpoint({
  ...base,
  id: "readPreference",
  method: "GET",
  path: "/api/v1/notification-preference",
  success: 200,
  output: preference,
  refusals: [],
});
/** An empty list: all at once. */
export const changePreference = endpoint({
  ...base,
  id: "changePreference",
  method: "PATCH",
  path: "/api/v1/notification-preference",
  body: z.strictObject(preference.partial().shape),
  success: 200,
  output: preference,
  refusals: ["contact-point-unknown"],
});

/** What is known of one test on one channel, in steps that prove more and more: `accepted` by a server, which is not yet
 *  delivered; `acknowledged` by whoever received it. Where a channel tells of more, `evidence` has it. */
export const testEvidence = z.object({
  id: z.string(),
  contactPoint: id,
  kind: z.enum(channelKinds),
  name: z.string().nullable(),
  address: z.string(),
  state: z.enum(["pending", "accepted", "failed", "acknowledged"]),
  askedAt: instant,
  acceptedAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  attempts: z.int(),
  lastError: z.string().nullable(),
  evidence: z.array(evidence),
});
export const testPage = endpoint({
  ...base,
  id: "testPage",
  method: "POST",
  path: "/api/v1/test-page",
  success: 201,
  output: list(testEvidence),
  refusals: ["no-contact-point"],
});
export const readTestPage = endpoint({
  ...base,
  id: "readTestPage",
  method: "GET",
  path: "/api/v1/test-page",
  success: 200,
  output: list(testEvidence),
  refusals: [],
});
