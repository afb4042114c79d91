/** Suppliers on an incident over HTTP: called on, answered for, called again; and what each of them was asked and kept. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/suppliers.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { EngagementAsk } from "../../core/desk/engaging.ts";
import { sumEngagements } from "../../core/incidents/engagement-counts.ts";
import { engagementOf } from "../../core/incidents/engagement-state.ts";
import { engagementLevels, whyNotEngage } from "../../core/incidents/engaging.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { toIso } from "../../core/kernel/time.ts";
import { languageOfLocale } from "../../core/kernel/vocabulary.ts";
import { noteSeen } from "../access/acting.ts";
import { type Viewer, viewerOf } from "../access/viewer.ts";
import { engagedCounts, engagedOn } from "../access/visible.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import { localeOf, type Serve } from "../platform/http.ts";
import type { Log } from "../platform/log.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import { engagementView, ownView, type Reading } from "./views.ts";

export type EngagingKnown = {
  readonly pool: pg.Pool;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly submit: Submit;
  readonly directory: () => Directory;
  readonly changed: () => Promise<void>;
  /** The incident's id, for whoever may see it. */
  readonly incidentOf: (viewer: Viewer, idOrNumber: string) => Promise<string | undefined>;
  readonly readIncident: (pool: pg.Pool, id: string) => Promise<IncidentState | undefined>;
  readonly titleOf: (incident: IncidentState, request: FastifyRequest) => string;
};

/** Beyond it, a supplier is read incident by incident; all are counted. */
const shownMax = 200;

export function engagingRoutes(serve: Serve, known: EngagingKnown): void {
  serve(contract.listEngagements, async ({ request, params }) => {
    const id = await find(known, request, params.id);
    await noteSeen(known, request, { id }, "page");
    return listed(known, request, id);
  });
  serve(contract.callOnSupplier, ({ request, params, body: { context = null, ...same } }) =>
    act(known, request, params.id, { do: "engage", context, ...same }),
  );
  serve(contract.recordSupplierAnswer, ({ request, params, body }) => {
    const { engagement: number, became, ticket = null, text = null } = body;
    return act(known, request, params.id, { do: "tell", number, became, ticket, text });
  });
  serve(contract.recordSupplierTicket, ({ request, params, body: { engagement: number, ticket } }) =>
    act(known, request, params.id, { do: "ticket", number, ticket }),
  );
  serve(contract.callSupplierContact, ({ request, params, body: { engagement: number, how, text = null } }) =>
    act(known, request, params.id, { do: "call", number, how, text }),
  );
  serve(contract.closeEngagement, ({ request, params, body: { engagement: number, text = null } }) =>
    act(known, request, params.id, { do: "close", number, text }),
  );
  serve(contract.listSupplierEngagements, async ({ request, params }) => {
    if (!known.directory().suppliers.has(params.id)) await known.changed();
    if (!known.directory().suppliers.has(params.id)) throw new HttpProblem(404, "not-found");
    return report(known, request, params.id);
  });
}

async function find({ incidentOf }: EngagingKnown, request: FastifyRequest, idOrNumber: string): Promise<string> {
  const id = await incidentOf(viewerOf(request), idOrNumber);
  if (id === undefined) throw refused("incident-unknown");
  return id;
}

async function act(
  known: EngagingKnown,
  request: FastifyRequest,
  idOrNumber: string,
  engaging: EngagementAsk,
): Promise<contract.Engagements> {
  const incidentId = await find(known, request, idOrNumber);
  const { actor } = viewerOf(request);
  const envelope = { at: known.clock.now(), actor, cause: { kind: "request", id: request.id } };
  const outcome = await known.submit({ kind: "engagement", incidentId, act: engaging, envelope });
  if (isRefusal(outcome)) throw refusalProblem(outcome);
  if (outcome.kind !== "incident") throw new HttpProblem(500, "internal");
  known.log.info({ event: `supplier-${engaging.do}`, incident: incidentId, person: actor.id }, "suppliers");
  return listed(known, request, incidentId);
}

const readingOf = ({ directory, clock }: EngagingKnown, request: FastifyRequest): Reading => ({
  directory: directory(),
  language: languageOfLocale(localeOf(request)),
  at: clock.now(),
});

/** What a request gave that did its work and could not say so. */
export async function listed(
  known: EngagingKnown,
  request: FastifyRequest,
  incidentId: string,
): Promise<contract.Engagements> {
  const incident = await known.readIncident(known.pool, incidentId);
  if (!incident) throw refused("incident-unknown");
  const reading = readingOf(known, request);
  const { actor } = viewerOf(request);
  const may = Object.fromEntries(
    Object.keys(engagementLevels).map((what) => [
      what,
      whyNotEngage(incident, what as keyof typeof engagementLevels, actor) === null,
    ]),
  ) as contract.Engagements["may"];
  return {
    data: (incident.engagements ?? []).toReversed().map((one) => engagementView(incident, one, reading)),
    nextCursor: null,
    at: toIso(reading.at),
    may,
  };
}

async function report(
  known: EngagingKnown,
  request: FastifyRequest,
  supplierId: string,
): Promise<contract.SupplierReport> {
  const rows = await engagedOn(known.db, viewerOf(request), supplierId)
    .select(["incidents.id", "incidents.incident", "incident_engagements.number"])
    .limit(shownMax)
    .execute();
  const all = rows.flatMap(({ id, incident, number }) => {
    const state = incident as IncidentState;
    const engagement = engagementOf(state, number);
    return engagement ? [{ id, state, engagement }] : [];
  });
  const reading = readingOf(known, request);
  return {
    data: all.map(({ id, state, engagement }) => ({
      ...ownView(state, engagement, reading),
      incident: {
        ...{ id, number: state.number, title: known.titleOf(state, request), priority: state.priority },
        ...{ ended: state.ended !== null, exercise: state.exercise },
      },
    })),
    nextCursor: null,
    counts: sumEngagements(await engagedCounts(known.db, viewerOf(request), supplierId).execute()),
  };
}
