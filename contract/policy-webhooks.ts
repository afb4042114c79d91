/** Addresses that steps of escalation policies post to: kept once, named by policies. They wake nobody. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { delivery } from "./notifications.ts";
import { id, instant, list, text } from "./shapes.ts";

export const policyWebhooksMax = 50;

const policyWebhook = z.object({
  id,
  name: z.string(),
  /** What may be shown of its address. */
  host: z.string(),
  /** When something was last asked of it, and what went wrong then. */
  askedAt: instant.nullable(),
  lastError: z.string().nullable(),
});
const url = z.string().trim().min(1).max(2_000);
const name = text(100);

const base = { tag: "directory", access: "administrator" } as const;
const one = { ...base, params: z.strictObject({ id }) } as const;

export const listPolicyWebhooks = endpoint({
  tag: "directory",
  access: "member",
  id: "listPolicyWebhooks",
  method: "GET",
  path: "/api/v1/policy-webhooks",
  success: 200,
  output: list(policyWebhook),
  refusals: [],
});
/** The secret that signs what it is posted is shown here, and never again. */
export const addPolicyWebhook = endpoint({
  ...base,
  id: "addPolicyWebhook",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/policy-webhooks",
  body: z.strictObject({ name, url }),
  success: 201,
  output: policyWebhook.extend({ secret: z.string() }),
  refusals: ["name-taken", "policy-webhooks-full", "not-administrator"],
});
/** With another address it keeps its secret. */
export const changePolicyWebhook = endpoint({
  ...one,
  id: "changePolicyWebhook",
  holdsSecret: true,
  method: "PATCH",
  path: "/api/v1/policy-webhooks/:id",
  body: z.strictObject({ name: name.optional(), url: url.optional() }),
  success: 200,
  output: policyWebhook,
  refusals: ["name-taken", "not-administrator"],
});
/** Refused while a policy names it. */
export const removePolicyWebhook = endpoint({
  ...one,
  id: "removePolicyWebhook",
  method: "DELETE",
  path: "/api/v1/policy-webhooks/:id",
  success: 200,
  output: nothing,
  refusals: ["policy-webhook-in-use", "not-administrator"],
});
/** The one before signs beside it for a day. */
export const renewPolicyWebhookSecret = endpoint({
  ...one,
  id: "renewPolicyWebhookSecret",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/policy-webhooks/:id/secret",
  success: 201,
  output: z.object({ secret: z.string(), previousUntil: instant }),
  refusals: ["not-administrator"],
});
/** Posts a test at once, signed like the rest, and says what was answered. */
export const testPolicyWebhook = endpoint({
  ...one,
  id: "testPolicyWebhook",
  method: "POST",
  path: "/api/v1/policy-webhooks/:id/test",
  success: 200,
  output: policyWebhook,
  refusals: ["not-administrator"],
});
export const listPolicyWebhookDeliveries = endpoint({
  ...one,
  id: "listPolicyWebhookDeliveries",
  method: "GET",
  path: "/api/v1/policy-webhooks/:id/deliveries",
  success: 200,
  output: list(delivery),
  refusals: ["not-administrator"],
});
