/** What every door shares: the integration whose key a client sent, the way to the desk, and answers in JSON whatever
 *  happens, since real clients crash on anything else. */
import type { FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import type pg from "pg";
import type { RejectedBecause } from "../../contract/integrations.ts";
import type { Directory, Integration } from "../../core/desk/directory.ts";
import type { SignalsOutcome } from "../../core/desk/handling.ts";
import type { DeskOutcome } from "../../core/desk/inputs.ts";
import type { Parsed } from "../../core/intake/parsed.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import type { Alongside, Submit } from "../desk/commit.ts";
import type { Db } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import type { ReadHeld } from "./held-store.ts";
import type { IntakeLog } from "./intake-log.ts";
import type { KeyRing } from "./keys.ts";
import type { KeepHeartbeats } from "./opsgenie-heartbeat-door.ts";
import { oversizedSignal } from "./oversized.ts";

export type IntakeKnown = {
  readonly submit: Submit;
  readonly keys: KeyRing;
  readonly journal: IntakeLog;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly directory: () => Directory;
  readonly changed: () => Promise<void>;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly held: ReadHeld;
  readonly heartbeats: KeepHeartbeats;
  readonly now: () => Instant;
  readonly build: { readonly version: string; readonly startedAt: Instant };
  /** Public base address. */
  readonly url: string;
  /** The secret that a signing sender shares with us. */
  readonly openSecret: (integrationId: string, sealed: string) => string;
  /** The title of the alert raised about an integration that sends more than is read. */
  readonly oversizedTitle: (integration: Integration) => string;
};

declare module "fastify" {
  interface FastifyRequest {
    /** Whose key the path has. */
    integration: Integration | null;
  }
  interface FastifyContextConfig {
    door?: Door;
  }
}

export type Door = {
  readonly path: string;
  readonly kind: Integration["kind"];
  /** Where the client puts its key; in the body, the door finds it there itself. A door whose clients have their own way,
   *  and their own words for a key that is none, says how. */
  readonly key: "path" | "header" | "body" | Identify;
  readonly methods: readonly HTTPMethods[];
  readonly bodyLimit: number;
  readonly answer: (known: IntakeKnown, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
  /** Puts what we would say in the form that these clients read. */
  readonly form?: (request: FastifyRequest, reply: FastifyReply, answer: Answer) => Answer;
};

/** The key that was sent, or why not. */
export type Identify = (
  request: FastifyRequest,
) => { readonly key: string; readonly unknown: Answer } | { readonly refused: Answer };

export type Answer = { readonly status: number; readonly body: object | string };

export function reply(to: FastifyReply, { status, body }: Answer): FastifyReply {
  if (status === 503) void to.header("retry-after", "2");
  return to.code(status).type("application/json").send(JSON.stringify(body));
}

/** Our own doors, and what no client has a form for: scripts read `code`, as everywhere. */
export const plain = (status: number, code: string, message = code): Answer => ({
  status,
  body: { status: "error", code, message, errors: [message] },
});

export const notJson: Rejection["parsed"] = { ok: false, errors: ["body is not valid JSON"] };
export const invalid = (parsed: Rejection["parsed"]): Answer =>
  plain(400, parsed === notJson ? "malformed-json" : "invalid-body", parsed.errors.join("; "));

export const bytesOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);

/** An empty body is not an event: some clients re-send one after an error, and a 2xx would lose the page. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

export async function integrationFor(
  known: IntakeKnown,
  key: string,
  kind: Integration["kind"],
): Promise<Integration | undefined> {
  const id = await known.keys.integrationOf(key);
  if (id === null) return undefined;
  const integration = await integrationById(known, id);
  return integration?.kind === kind ? integration : undefined;
}

/** Made a moment ago elsewhere, it may not be known here yet. */
export async function integrationById(
  known: Pick<IntakeKnown, "directory" | "changed">,
  id: string,
): Promise<Integration | undefined> {
  if (!known.directory().integrations.has(id)) await known.changed();
  return known.directory().integrations.get(id);
}

export async function submitSignals(
  known: Pick<IntakeKnown, "submit" | "metrics" | "journal">,
  request: Pick<FastifyRequest, "id">,
  integration: Integration,
  parsed: Submitted,
): Promise<SignalsOutcome> {
  const { signals, warnings, alongside, trial } = parsed;
  const causeId = request.id;
  const outcome =
    signals.length === 0
      ? nothingSent
      : await known.submit({ kind: "signals", integrationId: integration.id, signals, causeId }, alongside);
  if (isRefusal(outcome) || outcome.kind !== "signals") throw new Error("signals were not handled");
  for (const one of outcome.signals) known.metrics.signals.inc({ kind: integration.kind, became: one.became });
  known.journal.note(integration.id, "accepted", {
    results: outcome.signals.slice(0, notedMax),
    count: outcome.signals.length,
    warnings: warnings.slice(0, notedMax),
    ...(trial && { trial }),
  });
  return outcome.signals;
}

export type Submitted = Pick<Extract<Parsed, { ok: true }>, "signals" | "warnings"> & {
  readonly alongside?: Alongside;
  /** Sent by an administrator from here. */
  readonly trial?: true;
};

/** Of each call, what is shown beside the integration. */
export const notedMax = 5;

/** A source may say that there is nothing: it shows beside the integration, since who waits for an alert looks there. */
const nothingSent: DeskOutcome = { kind: "signals", signals: [] };

export function refuse(
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

export function rejected(
  known: IntakeKnown,
  to: FastifyReply,
  { integration, parsed, answer }: Rejection,
): FastifyReply {
  const because = parsed === notJson ? "not-json" : "invalid";
  noteRejected(known, integration.id, because, parsed.errors);
  return refuse(known, to, { kind: integration.kind, reason: "invalid" }, answer);
}

/** Shown beside the integration: why in our words, and the errors as the sender was told them. */
export function noteRejected(
  known: Pick<IntakeKnown, "journal">,
  integrationId: string,
  because: RejectedBecause,
  errors: readonly string[],
): void {
  known.journal.note(integrationId, "rejected", { because, errors: errors.slice(0, notedMax) });
}

/** For handlers behind that question. */
export function integrationOf({ integration }: FastifyRequest): Integration {
  if (!integration) throw new Error("this door was served without its key being asked");
  return integration;
}

type Oversized = {
  readonly integration: Integration | undefined;
  readonly kind: Integration["kind"];
  readonly bytes: number;
  readonly form?: (answer: Answer) => Answer;
};

export async function oversized(known: IntakeKnown, to: FastifyReply, seen: Oversized): Promise<FastifyReply> {
  if (seen.integration) await raiseOversized(known, seen.integration, seen.bytes);
  const answer = plain(413, "body-too-large", "body too large");
  return refuse(known, to, { kind: seen.kind, reason: "too-large" }, seen.form?.(answer) ?? answer);
}

async function raiseOversized(known: IntakeKnown, integration: Integration, bytes: number): Promise<void> {
  const signals = [oversizedSignal(integration, known.oversizedTitle(integration), bytes)];
  await known.submit({ kind: "signals", integrationId: integration.id, signals, causeId: "oversized-body" });
  noteRejected(known, integration.id, "too-large", [`body too large: ${bytes} bytes`]);
}
