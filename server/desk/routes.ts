/** The desk about itself: alive, ready, figures, what waits to be sent, what is still missing to receive a real page, the
 *  live stream, and the description of the API. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import * as contract from "../../contract/account.ts";
import { openApi } from "../../contract/openapi.ts";
import { toIso } from "../../core/kernel/time.ts";
import { type Viewer, viewerOf } from "../access/viewer.ts";
import { mayHear, visibleEffects } from "../access/visible.ts";
import type { Config } from "../config.ts";
import { localeOf, type Serve, sendHtml } from "../platform/http.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import type { LiveStream } from "../platform/stream.ts";
import { renderApiPage } from "./api-page.ts";
import { type GaugesKnown, measure } from "./gauges.ts";
import type { Reason } from "./readiness.ts";

export type DeskKnown = GaugesKnown & {
  readonly config: Config;
  /** Why not; coarse on purpose, since it is public. */
  readonly ready: () => Promise<readonly Reason[]>;
  readonly stream: LiveStream;
  readonly recognise: (request: FastifyRequest) => Promise<Viewer | null>;
};

export function deskRoutes(http: FastifyInstance, serve: Serve, known: DeskKnown): void {
  http.get("/livez", (_request, reply) => reply.type("application/json").send('{"status":"ok"}'));
  http.get("/readyz", async (_request, reply) => {
    const reasons = await known.ready();
    return reply
      .code(reasons.length === 0 ? 200 : 503)
      .send({ status: reasons.length === 0 ? "ok" : "not-ready", reasons });
  });
  http.get("/api/openapi.json", (_request, reply) => reply.type("application/json").send(JSON.stringify(openApi())));
  http.get("/metrics", async (request, reply) => {
    await admit(known, request);
    await measure(known);
    return reply.type(known.metrics.registry.contentType).send(await known.metrics.registry.metrics());
  });
  http.get("/api/docs", async (request, reply) => {
    await admit(known, request);
    const page = { language: localeOf(request), insecure: known.config.insecureHttp };
    return sendHtml(reply, 200, (nonce) => renderApiPage({ ...page, nonce }));
  });
  http.get("/api/v1/stream", async (request, reply) => {
    await admit(known, request);
    return openStream(known, request, reply);
  });
  effectsRoutes(serve, known);
}

async function admit(known: DeskKnown, request: FastifyRequest): Promise<void> {
  request.viewer = await known.recognise(request);
  if (!request.viewer) throw new HttpProblem(401, "not-signed-in");
  if (!request.viewer.scopes.includes("read")) throw refused("scope-missing", { scope: "read" });
}

/** Sign-out, a disabled account or a changed right end an open stream at its next beat. */
async function openStream(known: DeskKnown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  let allowed = true;
  const recheck = setInterval(() => {
    known.recognise(request).then(
      (viewer) => {
        allowed = viewer !== null;
      },
      () => {},
    );
  }, 5_000);
  recheck.unref();
  reply.hijack();
  const { raw } = reply;
  if (raw.destroyed) return clearInterval(recheck);
  raw.on("close", () => clearInterval(recheck));
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  /* The header of who comes back is newer than the address, which stays as it was at first. */
  const last = request.headers["last-event-id"] ?? (request.query as { after?: unknown }).after;
  const reader = { allowed: () => allowed, hears: mayHear(viewerOf(request)) };
  await known.stream.open(raw, typeof last === "string" ? last : null, reader);
}

const outboxShown = 200;

/** The address of a contributor, whom the directory may not know. */
const askedAt = sql<string | null>`case when outbox.kind = 'invite' then (
  select asked -> 'to' ->> 'address' from jsonb_array_elements(seen.incident -> 'contributions') as asked
  where asked ->> 'number' = outbox.payload ->> 'number') end`;

function effectsRoutes(serve: Serve, known: DeskKnown): void {
  serve(contract.listOutbox, async ({ request }) => {
    const rows = await visibleEffects(known.db, viewerOf(request))
      .leftJoin("people", "people.id", "outbox.person_id")
      .select(["outbox.id", "outbox.kind", "outbox.channel", "people.email as address"])
      .select(["outbox.incident_id", "seen.number", askedAt.as("asked")])
      .select(["outbox.status", "outbox.attempts", "outbox.due_at", "outbox.last_error"])
      .orderBy("outbox.id", "desc")
      .limit(outboxShown)
      .execute();
    const data = rows.map((row) => ({
      id: String(row.id),
      kind: row.kind,
      channel: row.channel,
      to: row.address ?? row.asked,
      incident: row.incident_id,
      number: row.number,
      status: row.status,
      attempts: row.attempts,
      dueAt: toIso(row.due_at),
      lastError: row.last_error,
    }));
    return { data, nextCursor: null };
  });
}
