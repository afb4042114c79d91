/** Monitors over HTTP, and the address at which a sign of life is given. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import type { z } from "zod";
import * as contract from "../../contract/heartbeats.ts";
import { type Directory, isOwn, type OwnKind } from "../../core/desk/directory.ts";
import { dueAt, stateOf } from "../../core/heartbeats/monitor.ts";
import type { Envelope } from "../../core/kernel/stamp.ts";
import { dayMs, hourMs, isoOrNull, secondMs, toIso } from "../../core/kernel/time.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import type { Serve } from "../platform/http.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import {
  type Changing,
  changeKey,
  changeMonitor,
  makeMonitor,
  newKey,
  removeMonitor,
  serviceExists,
} from "./keeping.ts";
import type { Listening } from "./listening.ts";
import { type Monitor, readAll, readOne, type Unit } from "./store.ts";

export type HeartbeatKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly directory: () => Directory;
  readonly listening: Listening;
  readonly ownIntegration: (kind: OwnKind) => Promise<string>;
};

export function heartbeatRoutes(http: FastifyInstance, serve: Serve, known: HeartbeatKnown): void {
  const { pool, listening } = known;
  serve(contract.listHeartbeats, async () => {
    const [all, gap] = await Promise.all([readAll(pool), listening.deaf()]);
    const deaf = gap && { from: toIso(gap.from), until: toIso(gap.until) };
    return { data: all.map((one) => viewOf(known, one)), nextCursor: null, deaf };
  });
  serve(contract.addHeartbeat, async ({ request, body }) => {
    const { key, kept } = newKey();
    const integrationId = await integrationFor(known, body.integration);
    const intervalMs = body.intervalSeconds * secondMs;
    const made = {
      integrationId,
      name: body.name,
      description: body.description ?? null,
      serviceId: body.service ?? null,
      severity: body.severity ?? "error",
      priority: null,
      message: null,
      tags: [],
      unit: unitOf(intervalMs),
      intervalMs,
      graceMs: body.graceSeconds === undefined ? null : body.graceSeconds * secondMs,
      enabled: body.enabled ?? true,
      key: kept,
    };
    const id = await makeMonitor(known, envelopeOf(known, request), made, serviceExists(body.service));
    return { ...(await show(known, id)), key };
  });
  serve(contract.changeHeartbeat, async ({ request, params, body }) => {
    const fields = Object.keys(body);
    if (fields.length > 0) {
      const asked = { id: params.id, change: changingOf(body), fields };
      const named = serviceExists(body.service, params.id);
      const done = await changeMonitor(known, envelopeOf(known, request), asked, named);
      if (!done) throw new HttpProblem(404, "not-found");
    }
    return show(known, params.id);
  });
  serve(contract.removeHeartbeat, async ({ request, params }) => {
    if (!(await removeMonitor(known, envelopeOf(known, request), params.id))) throw new HttpProblem(404, "not-found");
    return {};
  });
  serve(contract.replaceHeartbeatKey, async ({ request, params }) => {
    const { key, kept } = newKey();
    if (!(await changeKey(known, envelopeOf(known, request), params.id, kept))) throw new HttpProblem(404, "not-found");
    return { ...(await show(known, params.id)), key };
  });
  serve(contract.revokeHeartbeatKey, async ({ request, params }) => {
    if (!(await changeKey(known, envelopeOf(known, request), params.id, null))) throw new HttpProblem(404, "not-found");
    return show(known, params.id);
  });
  pingRoutes(http, known);
}

function changingOf(body: z.output<typeof contract.changeHeartbeat.body>): Changing {
  const { intervalSeconds, graceSeconds, service, name, description, severity, enabled } = body;
  const intervalMs = intervalSeconds === undefined ? undefined : intervalSeconds * secondMs;
  const all = {
    name,
    description,
    severity,
    enabled,
    serviceId: service,
    intervalMs,
    unit: intervalMs === undefined ? undefined : unitOf(intervalMs),
    graceMs: graceSeconds === undefined ? undefined : graceSeconds * secondMs,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Changing;
}

const unitOf = (intervalMs: number): Unit =>
  intervalMs % dayMs === 0 ? "days" : intervalMs % hourMs === 0 ? "hours" : "minutes";

const envelopeOf = ({ clock }: HeartbeatKnown, request: FastifyRequest): Envelope => ({
  at: clock.now(),
  actor: viewerOf(request).actor,
  cause: { kind: "request", id: request.id },
});

/** The alerts of one that belongs to no source are the desk's own. */
async function integrationFor(known: HeartbeatKnown, asked: string | undefined): Promise<string> {
  if (asked === undefined) return known.ownIntegration("heartbeat");
  const found = known.directory().integrations.get(asked);
  if (!found || isOwn(found)) throw refused("integration-unknown", { integration: asked });
  return asked;
}

async function show(known: HeartbeatKnown, id: string): Promise<contract.Heartbeat> {
  const found = await readOne(known.pool, id);
  if (!found) throw new HttpProblem(404, "not-found");
  return viewOf(known, found);
}

function viewOf({ directory }: HeartbeatKnown, one: Monitor): contract.Heartbeat {
  const { id, name, description, serviceId, severity, keyEnding, watched } = one;
  const integration = directory().integrations.get(one.integrationId);
  return {
    id,
    name,
    description,
    integration: integration && !isOwn(integration) ? { id: integration.id, name: integration.name } : null,
    service: serviceId,
    severity,
    intervalSeconds: watched.intervalMs / secondMs,
    graceSeconds: watched.graceMs / secondMs,
    enabled: watched.enabled,
    state: stateOf(watched),
    lastPingAt: isoOrNull(watched.lastPingAt),
    dueAt: isoOrNull(dueAt(watched)),
    lateSince: isoOrNull(watched.lateSince),
    keyEnding,
  };
}

/** Whatever a sender sends along is not looked at. */
const bodyMax = 65_536;

function pingRoutes(http: FastifyInstance, { listening }: HeartbeatKnown): void {
  void http.register(async (scope) => {
    scope.addHook("onRequest", (request, _reply, next) => {
      request.headers["content-type"] = "application/octet-stream";
      next();
    });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: bodyMax }, (_request, _body, done) =>
      done(null, null),
    );
    const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const state = await listening.pingByKey((request.params as { key: string }).key);
      void reply.header("cache-control", "no-store").type("application/json");
      if (state === null) return reply.code(404).send('{"status":"error","code":"heartbeat-key-unknown"}');
      return reply.send(`{"status":"ok","state":"${state}"}`);
    };
    scope.get("/heartbeat/:key", answer);
    scope.post("/heartbeat/:key", { bodyLimit: bodyMax }, answer);
  });
}
