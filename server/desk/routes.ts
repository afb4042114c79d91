/** The desk about itself: alive, ready, figures, what waits to be sent, what is still missing to receive a real page, the
 *  live stream, and the description of the API. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/account.ts";
import { openApi } from "../../contract/openapi.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { toIso } from "../../core/kernel/time.ts";
import { type Viewer, viewerOf } from "../access/viewer.ts";
import { mayHear, visibleEffects } from "../access/visible.ts";
import type { Config } from "../config.ts";
import { isLoopback } from "../platform/addresses.ts";
import type { Clock } from "../platform/clock.ts";
import { skewAlarmMs } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import { localeOf, type Serve, sendHtml } from "../platform/http.ts";
import type { Metrics } from "../platform/metrics.ts";
import { failingAfter } from "../platform/outbox.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import type { LiveStream } from "../platform/stream.ts";
import { renderApiPage } from "./api-page.ts";
import type { Reason } from "./readiness.ts";

export type DeskKnown = {
  readonly config: Config;
  readonly pool: pg.Pool;
  readonly db: Db;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly directory: () => Directory;
  /** Asks the mail server whether it would take a message; null when none is set. */
  readonly verifyMail: (() => Promise<{ readonly kind: string; readonly error?: string }>) | null;
  /** It holds made-up data, and opens no channel. */
  readonly demonstration: boolean;
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
  const last = request.headers["last-event-id"];
  const reader = { allowed: () => allowed, hears: mayHear(viewerOf(request)) };
  await known.stream.open(raw, typeof last === "string" ? last : null, reader);
}

async function countFailingTimers(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ failing: number }>(
    "select count(*) as failing from timers where attempts >= $1",
    [failingAfter],
  );
  return rows[0]?.failing ?? 0;
}

/** Out of order by what their receivers did, and not by their owners' wish. */
async function countBrokenContacts(pool: pg.Pool, now: number): Promise<number> {
  const { rows } = await pool.query<{ broken: number }>(
    "select count(*) as broken from contact_points c join people p on p.id = c.person_id where p.active and (c.disabled_because is not null or (c.enabled and c.paused_until > $1))",
    [now],
  );
  return rows[0]?.broken ?? 0;
}

async function measure({ pool, clock, metrics }: DeskKnown): Promise<void> {
  const { rows } = await pool.query<{ oldest: number | null; dead: number }>(
    "select min(due_at) filter (where status = 'pending') as oldest, count(*) filter (where status = 'dead' and kind in ('page', 'notice')) as dead from outbox where status in ('pending', 'dead')",
  );
  const oldest = rows[0]?.oldest;
  metrics.queueOldest.set(oldest ? Math.max(0, clock.now() - oldest) / 1_000 : 0);
  metrics.deadLetters.set(rows[0]?.dead ?? 0);
  metrics.failingTimers.set(await countFailingTimers(pool));
}

const outboxShown = 200;

function effectsRoutes(serve: Serve, known: DeskKnown): void {
  serve(contract.listOutbox, async ({ request }) => {
    const rows = await visibleEffects(known.db, viewerOf(request))
      .leftJoin("people", "people.id", "outbox.person_id")
      .select(["outbox.id", "outbox.kind", "outbox.channel", "people.email as address"])
      .select(["outbox.incident_id", "seen.number"])
      .select(["outbox.status", "outbox.attempts", "outbox.due_at", "outbox.last_error"])
      .orderBy("outbox.id", "desc")
      .limit(outboxShown)
      .execute();
    const data = rows.map((row) => ({
      id: String(row.id),
      kind: row.kind,
      channel: row.channel,
      to: row.address,
      incident: row.incident_id,
      number: row.number,
      status: row.status,
      attempts: row.attempts,
      dueAt: toIso(row.due_at),
      lastError: row.last_error,
    }));
    return { data, nextCursor: null };
  });
  serve(contract.doctor, async () => ({ checks: await examine(known) }));
}

type Check = {
  readonly id: string;
  readonly state: "ok" | "warning" | "missing" | "limit";
  readonly detail: string;
  readonly provedAt: string | null;
};

/** What stands between this desk and a real page, each with when it was last proved. */
async function examine(known: DeskKnown): Promise<Check[]> {
  const { config, pool, clock, directory, verifyMail, demonstration } = known;
  const now = toIso(clock.now());
  const mail = verifyMail === null ? null : await verifyMail();
  const { rows } = await pool.query<{ dead: number; sent: number | null }>(
    "select count(*) filter (where status = 'dead') as dead, max(done_at) filter (where status = 'sent' and not payload ? 'demonstration') as sent from outbox where kind in ('page', 'notice')",
  );
  const broken = await countBrokenContacts(pool, clock.now());
  const skew = clock.skewMs();
  const failing = await countFailingTimers(pool);
  const check = (
    id: string,
    state: Check["state"],
    detail: string,
    provedAt: string | null = state === "ok" ? now : null,
  ): Check => ({ id, state, detail, provedAt });
  const secure = config.url.startsWith("https:") || isLoopback(config.host);
  return [
    check("database", "ok", ""),
    check("address", secure ? "ok" : "warning", config.url),
    check("clock", skew > skewAlarmMs ? "warning" : "ok", `${skew} ms`),
    demonstration
      ? check("demonstration", "missing", "")
      : check("mail", mail === null ? "missing" : mail.kind === "accepted" ? "ok" : "warning", mail?.error ?? ""),
    check("page-sent", rows[0]?.sent ? "ok" : "missing", "", rows[0]?.sent ? toIso(rows[0].sent) : null),
    check(
      "administrator",
      directory().administrators.length > 0 ? "ok" : "missing",
      String(directory().administrators.length),
    ),
    check("on-call", directory().schedules.size > 0 ? "ok" : "warning", String(directory().schedules.size)),
    check("contact-points", broken > 0 ? "warning" : "ok", String(broken)),
    check("timers", failing > 0 ? "warning" : "ok", String(failing)),
    check("dead-letters", (rows[0]?.dead ?? 0) > 0 ? "warning" : "ok", String(rows[0]?.dead ?? 0)),
    check("wakes", "limit", ""),
  ];
}
