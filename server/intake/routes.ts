/** Doors that other people's clients knock at, with the very paths and answers those clients expect. Bodies are read as
 *  bytes whatever their declared type, since real clients declare the wrong one; every answer, errors included, is JSON,
 *  since real clients crash on anything else. Answered 2xx means committed. */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import type { Signal } from "../../core/alerts/decide.ts";
import type { Directory, Integration } from "../../core/desk/directory.ts";
import type { SignalsOutcome } from "../../core/desk/signals.ts";
import type { DeskOutcome } from "../../core/desk/step.ts";
import { parseAlertmanagerWebhook } from "../../core/intake/alertmanager.ts";
import { type CompiledMapping, compileMapping, parseGeneric } from "../../core/intake/generic.ts";
import { parsePagerDutyEvent, routingKeyOf } from "../../core/intake/pagerduty.ts";
import type { Parsed } from "../../core/intake/parsed.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import type { Submit } from "../desk/commit.ts";
import { asProblem, bodyLimit, groupBodyLimit } from "../platform/http.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import { randomWord } from "../platform/secrets.ts";
import type { IntakeLog } from "./intake-log.ts";
import type { KeyRing } from "./keys.ts";

export type IntakeKnown = {
  readonly submit: Submit;
  readonly keys: KeyRing;
  readonly journal: IntakeLog;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly directory: () => Directory;
  readonly changed: () => Promise<void>;
  /** The title of the alert raised about an integration that sends more than is read. */
  readonly oversizedTitle: (integration: Integration) => string;
};

declare module "fastify" {
  interface FastifyRequest {
    /** Whose key the path has. */
    integration: Integration | null;
  }
}

type Door = {
  readonly path: string;
  readonly kind: Integration["kind"];
  readonly methods: readonly HTTPMethods[];
  readonly bodyLimit: number;
  readonly answer: (known: IntakeKnown, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
};

const doors: readonly Door[] = [
  { path: "/v2/enqueue", kind: "pagerduty", methods: ["POST"], bodyLimit: 2 * bodyLimit, answer: pagerduty },
  {
    path: "/alertmanager/:key/webhook",
    kind: "alertmanager",
    methods: ["POST"],
    bodyLimit: groupBodyLimit,
    answer: alertmanager,
  },
  { path: "/events/:key", kind: "generic", methods: ["POST", "PUT"], bodyLimit: 2 * bodyLimit, answer: generic },
];
const every: readonly HTTPMethods[] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
/** Of other people's clients too: what is not served there is told in the form that they read. */
const besides = ["/v1/*", "/v2/*", "/api/v2/*", "/generic/*", "/alertmanager/*", "/events/*"];

/** Registered at the root, and again under `/in/{segment}` for clients that want a base path. */
export function intakeRoutes(app: FastifyInstance, known: IntakeKnown): void {
  void app.register(async (scope) => {
    /* Some clients name a type that is no type. */
    scope.addHook("onRequest", (request, _reply, next) => {
      request.headers["content-type"] = "application/octet-stream";
      next();
    });
    scope.decorateRequest("integration", null);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, request, reply) => answerFault(known, error, request, reply));
    for (const prefix of ["", "/in/:segment"]) {
      for (const door of doors) openDoor(scope, known, prefix, door);
      for (const path of ["/-/healthy", "/-/ready"]) {
        scope.get(`${prefix}${path}`, (_request, reply) => reply.type("text/plain").send("OK"));
      }
    }
    for (const url of [...besides, "/in/:segment/*"]) {
      const absent = plain(404, "not-found", "nothing is served at this address");
      refuseUnread(scope, url, every, (to) => reply(to, absent));
    }
  });
}

function openDoor(scope: FastifyInstance, known: IntakeKnown, prefix: string, door: Door): void {
  const url = `${prefix}${door.path}`;
  scope.route({
    method: [...door.methods],
    url,
    bodyLimit: door.bodyLimit,
    ...(door.path.includes(":key") && { onRequest: (request, to) => knownKeyOnly(known, request, to, door.kind) }),
    handler: (request, to) => door.answer(known, request, to),
  });
  const allow = door.methods.join(", ");
  const wrong = plain(405, "method-not-allowed", `this address answers ${allow}`);
  const others = every.filter((method) => !door.methods.includes(method));
  refuseUnread(scope, url, others, (to) => reply(to.header("allow", allow), wrong));
}

/** Asked before the body is read: nobody makes us hold one without a key. */
async function knownKeyOnly(
  known: IntakeKnown,
  request: FastifyRequest,
  to: FastifyReply,
  kind: Integration["kind"],
): Promise<FastifyReply | undefined> {
  const { key } = request.params as { key: string };
  request.integration = (await integrationFor(known, key, kind)) ?? null;
  if (request.integration) return undefined;
  const answer = plain(404, "integration-key-unknown", "no integration has this key");
  return refuse(known, to, { kind, reason: "key-unknown" }, answer);
}

/** For handlers behind that question. */
function integrationOf({ integration }: FastifyRequest): Integration {
  if (!integration) throw new Error("this door was served without its key being asked");
  return integration;
}

/** Answered before the body: what is refused whatever it holds is not read. */
function refuseUnread(
  scope: FastifyInstance,
  url: string,
  methods: readonly HTTPMethods[],
  answer: (to: FastifyReply) => FastifyReply,
): void {
  scope.route({
    method: [...methods],
    url,
    onRequest: async (_request, to) => answer(to),
    handler: async (_request, to) => answer(to),
  });
}

type Answer = { readonly status: number; readonly body: object };

function reply(to: FastifyReply, { status, body }: Answer): FastifyReply {
  if (status === 503) void to.header("retry-after", "2");
  return to.code(status).type("application/json").send(JSON.stringify(body));
}

const badEvent = (...errors: string[]): Answer => ({
  status: 400,
  body: { status: "invalid event", message: "Event object is invalid", errors },
});
/** Our own doors, and what no client has a form for: scripts read `code`, as everywhere. */
const plain = (status: number, code: string, message = code): Answer => ({
  status,
  body: { status: "error", code, message, errors: [message] },
});

async function pagerduty(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const bytes = bytesOf(request);
  if (bytes.length > bodyLimit)
    return oversized(known, to, {
      integration: await integrationFor(known, sniffKey(bytes), "pagerduty"),
      kind: "pagerduty",
      bytes: bytes.length,
    });
  const body = parseJson(bytes);
  if (body === undefined) return reply(to, badEvent("Body is not valid JSON"));
  const key = routingKeyOf(body);
  if (key === null)
    return refuse(known, to, { kind: "pagerduty", reason: "no-key" }, badEvent("'routing_key' is missing"));
  const integration = await integrationFor(known, key, "pagerduty");
  if (!integration)
    return refuse(known, to, { kind: "pagerduty", reason: "key-unknown" }, badEvent("Invalid routing key"));
  const parsed = parsePagerDutyEvent(body, { generatedKey: randomWord(32) });
  if (!parsed.ok) return rejected(known, to, { integration, parsed, answer: badEvent(...parsed.errors) });
  await submitSignals(known, request, integration, parsed);
  return reply(to, {
    status: 202,
    body: { status: "success", message: "Event processed", dedup_key: parsed.reply?.dedupKey ?? null },
  });
}

async function alertmanager(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const integration = integrationOf(request);
  const body = parseJson(bytesOf(request));
  const parsed: Parsed = body === undefined ? notJson : parseAlertmanagerWebhook(body);
  if (!parsed.ok) return rejected(known, to, { integration, parsed, answer: invalid(parsed) });
  const outcome = await submitSignals(known, request, integration, parsed);
  return reply(to, { status: 200, body: { status: "success", alerts: outcome.length, warnings: parsed.warnings } });
}

const notJson: Rejection["parsed"] = { ok: false, errors: ["body is not valid JSON"] };
const invalid = (parsed: Rejection["parsed"]): Answer =>
  plain(400, parsed === notJson ? "malformed-json" : "invalid-body", parsed.errors.join("; "));

const compiled = new WeakMap<object, CompiledMapping>();

/** Compiled once for each version of the directory. */
function mappingOf(integration: Integration): CompiledMapping {
  if (integration.mapping === null) return {};
  const known = compiled.get(integration.mapping);
  if (known) return known;
  const made = compileMapping(integration.mapping);
  const mapping = made.ok ? made.mapping : {};
  compiled.set(integration.mapping, mapping);
  return mapping;
}

async function generic(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const bytes = bytesOf(request);
  const integration = integrationOf(request);
  if (bytes.length > bodyLimit) return oversized(known, to, { integration, kind: "generic", bytes: bytes.length });
  const body = parseJson(bytes);
  const parsed: Parsed = body === undefined ? notJson : parseGeneric(body, mappingOf(integration));
  if (!parsed.ok) return rejected(known, to, { integration, parsed, answer: invalid(parsed) });
  const outcome = await submitSignals(known, request, integration, parsed);
  return reply(to, {
    status: 202,
    body: { status: "success", events: outcome.map(({ key: one, became }) => ({ key: one, became })) },
  });
}

const bytesOf = (request: FastifyRequest): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));

/** An empty body is not an event: some clients re-send one after an error, and a 2xx would lose the page. */
function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

async function integrationFor(
  known: IntakeKnown,
  key: string,
  kind: Integration["kind"],
): Promise<Integration | undefined> {
  const id = await known.keys.integrationOf(key);
  if (id === null) return undefined;
  if (!known.directory().integrations.has(id)) await known.changed();
  const integration = known.directory().integrations.get(id);
  return integration?.kind === kind ? integration : undefined;
}

async function submitSignals(
  known: IntakeKnown,
  request: FastifyRequest,
  integration: Integration,
  parsed: Extract<Parsed, { ok: true }>,
): Promise<SignalsOutcome> {
  const { signals, warnings } = parsed;
  const causeId = request.id;
  const outcome =
    signals.length === 0
      ? nothingSent
      : await known.submit({ kind: "signals", integrationId: integration.id, signals, causeId });
  if (isRefusal(outcome) || outcome.kind !== "signals") throw new Error("signals were not handled");
  for (const one of outcome.signals) known.metrics.signals.inc({ kind: integration.kind, became: one.became });
  known.journal.note(integration.id, "accepted", {
    results: outcome.signals.slice(0, 5),
    count: outcome.signals.length,
    warnings: warnings.slice(0, 5),
  });
  return outcome.signals;
}

/** A source may say that there is nothing: it shows beside the integration, since who waits for an alert looks there. */
const nothingSent: DeskOutcome = { kind: "signals", signals: [] };

function refuse(
  known: IntakeKnown,
  to: FastifyReply,
  why: { readonly kind: string; readonly reason: string },
  answer: Answer,
): FastifyReply {
  known.metrics.refused.inc(why);
  return reply(to, answer);
}

type Rejection = {
  readonly integration: Integration;
  readonly parsed: Extract<Parsed, { ok: false }>;
  readonly answer: Answer;
};

function rejected(known: IntakeKnown, to: FastifyReply, { integration, parsed, answer }: Rejection): FastifyReply {
  known.journal.note(integration.id, "rejected", { errors: parsed.errors.slice(0, 5) });
  return refuse(known, to, { kind: integration.kind, reason: "invalid" }, answer);
}

type Oversized = {
  readonly integration: Integration | undefined;
  readonly kind: Integration["kind"];
  readonly bytes: number;
};

/** More than is read is refused, and raises an alert about that integration: a lost page must not be lost silently. */
async function oversized(known: IntakeKnown, to: FastifyReply, seen: Oversized): Promise<FastifyReply> {
  if (seen.integration) await raiseOversized(known, seen.integration, seen.bytes);
  const answer = plain(413, "body-too-large", "body too large");
  return refuse(known, to, { kind: seen.kind, reason: "too-large" }, answer);
}

async function raiseOversized(known: IntakeKnown, integration: Integration, bytes: number): Promise<void> {
  const signal: Signal = {
    key: "tocsin/oversized-body",
    groupKey: "tocsin/oversized-body",
    action: "trigger",
    title: known.oversizedTitle(integration),
    severity: "error",
    source: integration.name,
    stateful: false,
    startsAt: null,
    by: null,
    details: { bytes },
  };
  await known.submit({ kind: "signals", integrationId: integration.id, signals: [signal], causeId: "oversized-body" });
  known.journal.note(integration.id, "rejected", { errors: ["body too large"], bytes });
}

/** The key of a body too large to be parsed, found by its spelling. */
const sniffKey = (bytes: Buffer): string =>
  /"routing_key"\s*:\s*"([A-Za-z0-9]{16,64})"/.exec(bytes.toString("latin1"))?.[1] ?? "";

async function answerFault(
  known: IntakeKnown,
  error: unknown,
  request: FastifyRequest,
  to: FastifyReply,
): Promise<FastifyReply> {
  const problem = asProblem(known.log, error, request);
  if (problem.status === 413) {
    const integration = request.integration ?? undefined;
    const bytes = Number(request.headers["content-length"] ?? 0);
    return oversized(known, to, { integration, kind: integration?.kind ?? "pagerduty", bytes });
  }
  return reply(to, plain(problem.status >= 500 ? 503 : problem.status, problem.code));
}
