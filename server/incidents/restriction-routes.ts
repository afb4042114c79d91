/** Restricted incidents over HTTP: breaking the glass, and who has opened one. */
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/restrictions.ts";
import { belowLevel } from "../../core/access/can.ts";
import { whyNotBreakGlass } from "../../core/desk/restricting.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { toIso, yearOf } from "../../core/kernel/time.ts";
import { readOpened } from "../access/opened-store.ts";
import { viewerOf } from "../access/viewer.ts";
import { anyIncident } from "../access/visible.ts";
import type { Serve } from "../platform/http.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import { answer, find, type IncidentsKnown } from "./routes.ts";
import { byIdOrNumber } from "./views.ts";

/** From this level on, members read who has opened it: whoever lets people in. */
const readsFrom = 4;

export function restrictionRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(contract.breakGlass, async ({ request, reply, body }) => {
    const { actor } = viewerOf(request);
    /* Before anything is looked for: to whoever has not the level, every number answers alike. */
    const low = whyNotBreakGlass(actor.level);
    if (low) throw refusalProblem(low);
    const incidentId = await known.db.transaction().execute((db) => anyIdOf(known, db, body.incident));
    const outcome = await known.submit({
      kind: "break-glass",
      incidentId,
      envelope: {
        at: known.clock.now(),
        actor,
        cause: { kind: "request", id: request.id },
        reason: body.reason,
        derogation: { reason: body.reason },
      },
    });
    if (isRefusal(outcome)) throw refusalProblem(outcome);
    if (outcome.kind !== "incident") throw new HttpProblem(500, "internal");
    known.log.warn(
      { event: "glass-broken", person: actor.id, incident: incidentId },
      "a restricted incident was opened",
    );
    return answer(known, request, reply, incidentId);
  });
  serve(contract.listOpened, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    refuseBelow(request);
    const rows = await readOpened(known.db, row.id);
    const data = rows.map(({ id, name, at, via, what }) => ({
      person: { id, name },
      at: toIso(at),
      via,
      what: what as (typeof contract.openedHow)[number],
    }));
    return { data, nextCursor: null };
  });
}

async function anyIdOf({ directory, clock }: IncidentsKnown, db: IncidentsKnown["db"], named: string): Promise<string> {
  const found = byIdOrNumber(named, yearOf(clock.now(), directory().zone));
  const row = found && (await anyIncident(db).select("id").where(found.by, "=", found.value).executeTakeFirst());
  if (!row) throw refused("incident-unknown");
  return row.id;
}

function refuseBelow(request: FastifyRequest): void {
  const { level } = viewerOf(request).actor;
  if ((level ?? 0) < readsFrom) throw refusalProblem(belowLevel("read-opened", readsFrom, level, true));
}
