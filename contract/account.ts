/** Sign-in, tokens, integrations, reports, and the desk's own state. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { id, instant, language, level, line, list, locale, text, title } from "./shapes.ts";

export const me = z.object({
  id,
  name: z.string(),
  email: z.string(),
  language: locale,
  zone: z.string(),
  level,
  admin: z.boolean(),
  teams: z.array(id),
  functions: z.array(id),
  /** How far the live stream had come: whoever follows it `after` this misses nothing that is read later. */
  streamedTo: z.string(),
});
export type Me = z.infer<typeof me>;

export const signIn = endpoint({
  id: "signIn",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/session",
  tag: "account",
  access: "public",
  body: z.strictObject({ email: line(254), password: z.string().max(256) }),
  success: 200,
  output: me,
  refusals: [],
});
export const readMe = endpoint({
  id: "readMe",
  method: "GET",
  path: "/api/v1/session",
  tag: "account",
  access: "member",
  success: 200,
  output: me,
  refusals: [],
});
export const signOut = endpoint({
  id: "signOut",
  method: "DELETE",
  path: "/api/v1/session",
  tag: "account",
  access: "member",
  success: 200,
  output: nothing,
  refusals: [],
});
export const changeMe = endpoint({
  id: "changeMe",
  method: "PATCH",
  path: "/api/v1/session",
  tag: "account",
  access: "member",
  body: z.strictObject({ language: locale.optional() }),
  success: 200,
  output: me,
  refusals: [],
});

export const token = z.object({
  id,
  name: z.string(),
  scopes: z.array(z.enum(["read", "write"])),
  madeAt: instant,
  expiresAt: instant,
  usedAt: instant.nullable(),
});
export const makeToken = endpoint({
  id: "makeToken",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/tokens",
  tag: "account",
  access: "fresh",
  body: z.strictObject({
    name: text(200),
    scopes: z
      .array(z.enum(["read", "write"]))
      .min(1)
      .optional(),
    expiresAt: instant.optional(),
  }),
  success: 201,
  output: token.omit({ usedAt: true }).extend({ token: z.string() }),
  refusals: ["fresh-sign-in-needed", "token-makes-no-token"],
});
export const listTokens = endpoint({
  id: "listTokens",
  method: "GET",
  path: "/api/v1/tokens",
  tag: "account",
  access: "member",
  success: 200,
  output: list(token),
  refusals: [],
});
export const revokeToken = endpoint({
  id: "revokeToken",
  method: "DELETE",
  path: "/api/v1/tokens/:id",
  tag: "account",
  access: "member",
  params: z.strictObject({ id }),
  success: 200,
  output: nothing,
  refusals: [],
});

export const integrationKinds = z.enum(["pagerduty", "opsgenie", "alertmanager", "generic", "email"]);
const headerName = z.string().regex(/^[A-Za-z0-9-]{1,100}$/);
/** For a sender that signs what it sends (Grafana). The secret is never shown again. */
export const signing = z.strictObject({
  secret: z.string().min(8).max(500),
  header: headerName.default("X-Grafana-Alerting-Signature"),
  /** Set where the sender is told to send the time too: what was sent once cannot then be sent again later. */
  timestampHeader: headerName.nullable().default(null),
});
/** An expression in CEL for each field. */
const mapping = z.record(z.string().max(40), z.string().max(2_000));
export const integration = z.object({
  id,
  kind: integrationKinds,
  name: z.string(),
  service: id.nullable(),
  mapping: z.record(z.string(), z.string()).nullable(),
  signature: z.object({ header: z.string(), timestampHeader: z.string().nullable() }).nullable(),
});
export const addIntegration = endpoint({
  id: "addIntegration",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/integrations",
  tag: "integrations",
  access: "administrator",
  body: z.strictObject({
    kind: integrationKinds,
    name: text(200),
    service: id.nullable().optional(),
    mapping: mapping.nullable().optional(),
    signature: signing.nullable().optional(),
  }),
  success: 201,
  output: integration.extend({ key: z.string() }),
  refusals: ["service-unknown", "service-retired", "mapping-invalid", "not-administrator"],
});
export const listIntegrations = endpoint({
  id: "listIntegrations",
  method: "GET",
  path: "/api/v1/integrations",
  tag: "integrations",
  access: "administrator",
  success: 200,
  output: list(
    integration.extend({
      /** What it sent last, and whether it was taken. */
      lastEvent: z.object({ at: instant, outcome: z.string() }).nullable(),
    }),
  ),
  refusals: ["not-administrator"],
});
/** With `signature` its sender must sign from now on, or need not any more (null). What is left out stays as it is. */
export const changeIntegration = endpoint({
  id: "changeIntegration",
  method: "PATCH",
  path: "/api/v1/integrations/:id",
  tag: "integrations",
  access: "administrator",
  params: z.strictObject({ id }),
  body: z.strictObject({
    name: text(200).optional(),
    service: id.nullable().optional(),
    mapping: mapping.nullable().optional(),
    signature: signing.nullable().optional(),
  }),
  success: 200,
  output: integration,
  refusals: ["service-unknown", "service-retired", "mapping-invalid", "not-administrator"],
});
/** A second key, valid beside the first until that one is revoked. */
export const addIntegrationKey = endpoint({
  id: "addIntegrationKey",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/integrations/:id/keys",
  tag: "integrations",
  access: "administrator",
  params: z.strictObject({ id }),
  success: 201,
  output: z.object({ key: z.string() }),
  refusals: ["not-administrator"],
});
export const report = endpoint({
  id: "report",
  holdsSecret: true,
  method: "POST",
  path: "/api/v1/reports",
  tag: "reports",
  access: "public",
  body: z.strictObject({
    title,
    description: text(10_000).nullable().optional(),
    language: language.optional(),
    service: id.nullable().optional(),
    name: text(200).nullable().optional(),
    contact: text(200).nullable().optional(),
  }),
  success: 201,
  output: z.object({ receipt: z.string() }),
  refusals: ["service-unknown", "service-retired"],
});
export const readReceipt = endpoint({
  id: "readReceipt",
  method: "GET",
  path: "/api/v1/reports/:receipt",
  tag: "reports",
  access: "public",
  params: z.strictObject({ receipt: z.string().max(100) }),
  success: 200,
  output: z.object({ state: z.string(), language }),
  refusals: [],
});

export const outboxItem = z.object({
  id: z.string(),
  kind: z.string(),
  channel: z.string(),
  to: z.string().nullable(),
  incident: z.string().nullable(),
  number: z.string().nullable(),
  status: z.enum(["pending", "sent", "dead", "expired", "withdrawn"]),
  attempts: z.int(),
  dueAt: instant,
  lastError: z.string().nullable(),
});
export const listOutbox = endpoint({
  id: "listOutbox",
  method: "GET",
  path: "/api/v1/outbox",
  tag: "desk",
  access: "administrator",
  success: 200,
  output: list(outboxItem),
  refusals: ["not-administrator"],
});

export const check = z.object({
  id: z.string(),
  /** `limit`: what this version cannot do, whoever sets it up. */
  state: z.enum(["ok", "warning", "missing", "limit"]),
  detail: z.string(),
  /** Which of its reasons, where it has several. */
  because: z.string().nullable(),
  /** What its sentences name; times are RFC 3339. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  provedAt: instant.nullable(),
});
export type Check = z.infer<typeof check>;
export const doctor = endpoint({
  id: "doctor",
  method: "GET",
  path: "/api/v1/doctor",
  tag: "desk",
  access: "administrator",
  success: 200,
  output: z.object({ checks: z.array(check) }),
  refusals: ["not-administrator"],
});
