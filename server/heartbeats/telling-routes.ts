/** Whom this desk tells that it works, for administrators. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/heartbeats.ts";
import { stampOf } from "../../core/kernel/stamp.ts";
import { secondMs, toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import { appendAudit } from "../platform/event-log.ts";
import type { Serve } from "../platform/http.ts";
import type { Outgoing } from "../platform/outgoing.ts";
import { HttpProblem } from "../platform/problems.ts";
import type { Secrets } from "../platform/secrets.ts";
import { readTold, type Setting, tellingPlace, writeTelling } from "./telling.ts";

export type TellingRoutesKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
};

export function tellingRoutes(serve: Serve, known: TellingRoutesKnown): void {
  serve(contract.readOutgoingHeartbeat, async () => ({ outgoing: await view(known) }));
  serve(contract.setOutgoingHeartbeat, async ({ request, body }) => {
    const because = known.outgoing.judge(body.url);
    if (because !== null) {
      const errors = [{ pointer: "/url", code: "invalid-value", detail: because }];
      throw new HttpProblem(422, "invalid-body", { errors });
    }
    const { host } = new URL(body.url);
    const intervalMs = body.intervalSeconds * secondMs;
    const setting = { sealed: known.secrets.seal(tellingPlace, body.url), host, intervalMs, at: known.clock.now() };
    await write(known, request, setting, { host, intervalSeconds: body.intervalSeconds });
    return { outgoing: await view(known) };
  });
  serve(contract.removeOutgoingHeartbeat, async ({ request }) => {
    await write(known, request, null, {});
    return {};
  });
}

async function write(
  { pool, clock }: TellingRoutesKnown,
  request: FastifyRequest,
  setting: Setting | null,
  data: JsonObject,
): Promise<void> {
  const envelope = { at: clock.now(), actor: viewerOf(request).actor, cause: { kind: "request", id: request.id } };
  await transact(pool, 8_000, async (client) => {
    await writeTelling(client, setting);
    const type = setting === null ? "outgoing-heartbeat.removed" : "outgoing-heartbeat.set";
    await appendAudit(client, { stream: "settings/desk", type, stamp: stampOf(envelope, null, false), data });
  });
}

async function view({ pool }: TellingRoutesKnown) {
  const told = await readTold(pool);
  const iso = (at: number | null): string | null => (at === null ? null : toIso(at));
  return (
    told && {
      host: told.host,
      intervalSeconds: told.intervalMs / secondMs,
      toldAt: iso(told.toldAt),
      failedAt: iso(told.failedAt),
      lastError: told.lastError,
    }
  );
}
