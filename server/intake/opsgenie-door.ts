/** Opsgenie's Alert API, its heartbeats, and the webhooks of its integrations. Writes are answered 202 with a request whose result can be
 *  asked for, as there; here it is known before the 202 is sent. What is not served answers 404
 *  and says so, never 501: one of these clients sends again, five times in twenty seconds, what gets any 5xx. Always with a
 *  JSON object: some end their process on anything else. */
import { randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type FieldErrors, parseOpsgenieAction, parseOpsgenieAlert } from "../../core/intake/opsgenie.ts";
import { type Identifier, type OpsgenieAct, readOpsgenieAddress } from "../../core/intake/opsgenie-path.ts";
import { readOpsgenieQuery } from "../../core/intake/opsgenie-query.ts";
import { parseOpsgenieWebhook } from "../../core/intake/opsgenie-webhook.ts";
import { bodyLimit, groupBodyLimit } from "../platform/http.ts";
import { randomWord } from "../platform/secrets.ts";
import {
  type Answer,
  bytesOf,
  type Door,
  type Identify,
  type IntakeKnown,
  integrationOf,
  noteRejected,
  parseJson,
  refuse,
  reply,
  submitSignals,
} from "./doors.ts";
import { answerHeartbeats } from "./opsgenie-heartbeat-door.ts";
import {
  besideAction,
  besideHidden,
  besideWebhook,
  findHidden,
  keepResult,
  type OpsgenieRequest,
  type RequestResult,
  readResult,
} from "./opsgenie-store.ts";
import {
  countAlerts,
  findAlert,
  isOpen,
  type isTaken,
  type Looking,
  listAlerts,
  listedView,
  wholeView,
} from "./opsgenie-view.ts";

const door = (path: string, methods: Door["methods"], limit: number, answer: Door["answer"]): Door => ({
  path,
  kind: "opsgenie",
  key: genieKey,
  methods,
  bodyLimit: limit,
  answer,
  form: (request, to, { status, body }) => {
    const message = typeof body === "object" && "message" in body ? String(body.message) : String(body);
    return said(request, to, status, { message });
  },
});

export const opsgenieDoors: readonly Door[] = [
  door("/v2/alerts", ["GET", "POST"], bodyLimit, (known, request, to) =>
    request.method === "GET" ? list(known, request, to) : create(known, request, to),
  ),
  door("/v2/alerts/*", ["DELETE", "GET", "PATCH", "POST", "PUT"], bodyLimit, one),
  ...["/v2/heartbeats", "/v2/heartbeats/*"].map((path) =>
    door(path, ["DELETE", "GET", "PATCH", "POST", "PUT"], bodyLimit, (known, request, to) =>
      answerHeartbeats(known, request, to, say),
    ),
  ),
  door("/v1/json/integrations/webhooks/:type", ["POST"], groupBodyLimit, webhook),
  door("/v1/json/:type", ["POST"], groupBodyLimit, webhook),
];

/** `GenieKey`, which its own clients send; `Bearer`; or a parameter, which its webhooks use. */
function genieKey(request: FastifyRequest): ReturnType<Identify> {
  const [, inHeader] = /^(?:geniekey|bearer) +(\S+) *$/i.exec(request.headers.authorization ?? "") ?? [];
  const { apiKey } = request.query as { readonly apiKey?: unknown };
  const key = inHeader ?? (typeof apiKey === "string" ? apiKey : "");
  const saying = (status: number, message: string): Answer => ({ status, body: { message } });
  if (key === "") return { refused: saying(401, "Could not authenticate: no key was sent") };
  if (!/^[A-Za-z0-9-]{1,100}$/.test(key)) return { refused: saying(422, "Key format is not valid!") };
  return { key, unknown: saying(403, "Could not authenticate: no integration has this key") };
}

/** With what its Go client reads in headers, and warns about where it is missing. */
function said(
  _request: FastifyRequest,
  to: FastifyReply,
  status: number,
  body: object,
  id: string = randomUUID(),
): Answer {
  const took = Math.round(to.elapsedTime) / 1_000;
  void to.headers({
    "x-request-id": id,
    "x-response-time": String(took),
    "x-ratelimit-state": "OK",
    "x-ratelimit-reason": "ACCOUNT",
    "x-ratelimit-period-in-sec": "60",
  });
  return { status, body: { ...body, took, requestId: id } };
}

const say = (request: FastifyRequest, to: FastifyReply, status: number, body: object, id?: string): FastifyReply =>
  reply(to, said(request, to, status, body, id));

/** Every write is answered so, also one of which nothing came: the result says that. */
const willBeProcessed = { result: "Request will be processed" };

function invalid(
  known: IntakeKnown,
  request: FastifyRequest,
  to: FastifyReply,
  errors: FieldErrors | null,
): FastifyReply {
  const integration = integrationOf(request);
  const words = errors === null ? ["body is not valid JSON"] : Object.values(errors);
  noteRejected(known, integration.id, errors === null ? "not-json" : "invalid", words);
  const answer =
    errors === null
      ? said(request, to, 400, { message: "Body is not valid JSON" })
      : said(request, to, 422, {
          message: "Request body is not processable. Please check the errors.",
          errors,
        });
  return refuse(known, to, { kind: integration.kind, reason: "invalid" }, answer);
}

const requestOf = (known: IntakeKnown, request: FastifyRequest, action: string): OpsgenieRequest => ({
  id: randomUUID(),
  integrationId: integrationOf(request).id,
  at: known.now(),
  action,
});

async function create(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const body = parseJson(bytesOf(request));
  if (body === undefined) return invalid(known, request, to, null);
  const parsed = parseOpsgenieAlert(body, { generatedKey: randomWord(32) });
  if (!parsed.ok) return invalid(known, request, to, parsed.errors);
  const asked = requestOf(known, request, "Create");
  const { signal, warnings } = parsed;
  await submitSignals(known, request, integrationOf(request), {
    signals: [signal],
    warnings,
    alongside: besideAction(asked, null),
  });
  return say(request, to, 202, willBeProcessed, asked.id);
}

const lookingOf = (known: IntakeKnown, request: FastifyRequest): Looking => ({
  db: known.db,
  integration: integrationOf(request),
  directory: known.directory(),
});

/** The address as it was sent: the router has decoded it, and a slash of an alias is then a slash like others. */
const underAlerts = /^\/+(?:in\/+[^/]+\/+)?v2\/+alerts\/+/;

async function one(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const [path = ""] = (request.raw.url ?? "").split("?", 1);
  const query = request.query as { readonly identifierType?: unknown };
  const address = readOpsgenieAddress(request.method, path.replace(underAlerts, ""), query.identifierType);
  const looking = lookingOf(known, request);
  switch (address.is) {
    case "count":
      return count(looking, request, to);
    case "request":
      return result(known, request, to, address.id);
    case "alert": {
      const row = await findAlert(looking, address.of);
      if (!row) return say(request, to, 404, { message: "Alert not found" });
      return say(request, to, 200, { data: wholeView(looking, row) });
    }
    case "act":
      return act(known, request, to, address);
    case "unserved":
      return say(request, to, 404, { message: `'${address.what}' is not served here` });
    case "nothing":
      return say(request, to, 404, { message: "Nothing is served at this address" });
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One that is not there never will be: without the header that says "not yet", clients do not ask again. */
async function result(
  known: IntakeKnown,
  request: FastifyRequest,
  to: FastifyReply,
  id: string,
): Promise<FastifyReply> {
  const found = uuid.test(id) ? await readResult(known.pool, integrationOf(request).id, id.toLowerCase()) : null;
  if (found === null) return say(request, to, 404, { message: "Request not found" });
  return say(request, to, 200, { data: found }, id);
}

const names: Readonly<Record<OpsgenieAct, string>> = {
  close: "Close",
  acknowledge: "Acknowledge",
  unacknowledge: "UnAcknowledge",
  notes: "AddNote",
  message: "UpdateMessage",
  description: "UpdateDescription",
  priority: "UpdatePriority",
  "add-tags": "AddTags",
  "remove-tags": "RemoveTags",
  "add-details": "AddDetails",
  "remove-details": "RemoveDetails",
};

type Acting = { readonly act: OpsgenieAct; readonly of: Identifier };

async function act(
  known: IntakeKnown,
  request: FastifyRequest,
  to: FastifyReply,
  acting: Acting,
): Promise<FastifyReply> {
  const bytes = bytesOf(request);
  /* The address says all that closing needs; whatever needs more is refused below. */
  const body = bytes.length === 0 ? {} : parseJson(bytes);
  if (body === undefined) return invalid(known, request, to, null);
  const parsed = parseOpsgenieAction(acting.act, body, request.query as Readonly<Record<string, unknown>>);
  if (!parsed.ok) return invalid(known, request, to, parsed.errors);
  const asked = requestOf(known, request, names[acting.act]);
  const row = await findAlert(lookingOf(known, request), acting.of);
  const wrong = row ? inVain(acting.act, row) : "Alert does not exist";
  const hidden = row ? null : await findHidden(known.pool, asked.integrationId, acting.of);
  if (hidden !== null) {
    const vain: RequestResult = { success: false, status: wrong ?? "", alertId: "", alias: "" };
    const signal = { ...nothingElse, ...parsed.said, ...hidden, groupKey: hidden.key };
    const alongside = besideHidden(asked, vain);
    await submitSignals(known, request, integrationOf(request), { signals: [signal], warnings: [], alongside });
    return say(request, to, 202, willBeProcessed, asked.id);
  }
  if (!row || wrong !== null) {
    const vain: RequestResult = { success: false, status: wrong ?? "", alertId: row?.id ?? "", alias: row?.key ?? "" };
    await keepResult(known.pool, asked, vain);
    noteRejected(known, asked.integrationId, "in-vain", [`${asked.action}: ${wrong}`]);
    return say(request, to, 202, willBeProcessed, asked.id);
  }
  const { key } = row;
  const signal = { ...nothingElse, ...parsed.said, key, groupKey: key, title: row.title };
  const alongside = besideAction(asked, parsed.change);
  await submitSignals(known, request, integrationOf(request), { signals: [signal], warnings: [], alongside });
  return say(request, to, 202, willBeProcessed, asked.id);
}

export const nothingElse = {
  severity: "info",
  source: null,
  stateful: false,
  startsAt: null,
  leaseUntil: null,
  details: null,
} as const;

/** In the words that some clients look for. */
function inVain(name: OpsgenieAct, row: Parameters<typeof isOpen>[0] & Parameters<typeof isTaken>[0]): string | null {
  if (!isOpen(row)) return name === "close" ? "Alert is already closed" : "There is no open alert";
  return name === "acknowledge" && row.acknowledged ? "Alert is already acknowledged" : null;
}

const listQuery = z.object({
  query: z.string().catch(""),
  searchIdentifier: z.string().optional().catch(undefined),
  sort: z.string().catch("createdAt"),
  order: z.enum(["asc", "desc"]).catch("desc"),
  offset: z.coerce.number().int().min(0).catch(0),
  limit: z.coerce.number().int().min(1).max(100).catch(20),
});
/** As far as Opsgenie lets anybody page. */
const offsetMax = 20_000;

async function list(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const asked = listQuery.parse(request.query);
  const read = readOpsgenieQuery(asked.query);
  if (asked.searchIdentifier !== undefined)
    return say(request, to, 404, { message: "'saved-searches' is not served here" });
  if ("error" in read) return say(request, to, 422, { message: read.error, errors: { query: read.error } });
  if (asked.offset + asked.limit > offsetMax)
    return say(request, to, 422, { message: `offset and limit go up to ${offsetMax}`, errors: { offset: "too far" } });
  const looking = lookingOf(known, request);
  const { query } = read;
  const [rows, total] = await Promise.all([
    listAlerts(looking, { ...asked, query, ascending: asked.order === "asc" }),
    countAlerts(looking, query),
  ]);
  const data = rows.map((row) => listedView(looking, row));
  return say(request, to, 200, { data, paging: paging(known, request, asked, total) });
}

function paging(known: IntakeKnown, request: FastifyRequest, asked: z.infer<typeof listQuery>, total: number): object {
  const { offset, limit, query, sort, order } = asked;
  const [path = ""] = request.url.split("?", 1);
  const at = (from: number): string =>
    `${known.url}${path}?${new URLSearchParams({ query, sort, order, offset: String(from), limit: String(limit) })}`;
  return {
    first: at(0),
    ...(offset > 0 && { prev: at(Math.max(0, offset - limit)) }),
    ...(offset + limit < total && { next: at(offset + limit) }),
    last: at(Math.max(0, Math.ceil(total / limit) - 1) * limit),
  };
}

async function count(looking: Looking, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const read = readOpsgenieQuery(listQuery.parse(request.query).query);
  if ("error" in read) return say(request, to, 422, { message: read.error, errors: { query: read.error } });
  return say(request, to, 200, { data: { count: await countAlerts(looking, read.query) } });
}

async function webhook(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const body = parseJson(bytesOf(request));
  if (body === undefined) return invalid(known, request, to, null);
  const { type } = request.params as { readonly type: string };
  const parsed = parseOpsgenieWebhook(type.toLowerCase(), body);
  if (!parsed.ok) return invalid(known, request, to, { body: parsed.errors.join("; ") });
  const alongside = besideWebhook(requestOf(known, request, "Webhook"));
  await submitSignals(known, request, integrationOf(request), { ...parsed, alongside });
  return say(request, to, 200, willBeProcessed);
}
