/** Requests for assistance over HTTP: asked, listed, read, acted upon. */
import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import * as contract from "../../contract/assistance.ts";
import { type AssistanceCommand, ask, decideAssistance } from "../../core/assistance/decide.ts";
import type { IncidentLink } from "../../core/assistance/events.ts";
import { mayAskFor } from "../../core/assistance/permission.ts";
import { initialAssistance } from "../../core/assistance/state.ts";
import { unknownTargets } from "../../core/desk/targets.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { viewerOf } from "../access/viewer.ts";
import { transact } from "../platform/database.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import type { AssistanceServed } from "./known.ts";
import { listing } from "./listing.ts";
import { promote } from "./promoting.ts";
import { envelopeFor, find, showingFor } from "./reading.ts";
import { decidingIn, record } from "./recording.ts";
import { incidentsSeen, partIn, type SeenIncident } from "./seeing.ts";
import { type AssistanceRow, countAsked, lockRow, newRow, readEntries, readRecord } from "./store.ts";
import { timelineOf, viewOf } from "./views.ts";

export function assistanceRoutes(serve: Serve, known: AssistanceServed): void {
  serve(contract.listAssistance, ({ request, query }) => listing(known, request, query));
  serve(contract.readAssistance, async ({ request, params }) => {
    const { showing, row } = await find(known, request, params.id);
    return viewOf(showing, row);
  });
  serve(contract.readAssistanceTimeline, async ({ request, params, query }) => {
    const { row } = await find(known, request, params.id);
    const entries = await readEntries(known.pool, row.id, { after: query.after ?? 0, limit: query.limit ?? 1_000 });
    return { data: entries.map(timelineOf) };
  });
  serve(contract.exportAssistance, async ({ request, params }) => {
    const { row } = await find(known, request, params.id);
    return readRecord(known.pool, row, known.clock.now());
  });
  serve(contract.askForAssistance, async ({ request, body }) =>
    answer(known, request, await asked(known, request, body)),
  );
  actRoutes(serve, known);
}

function actRoutes(serve: Serve, known: AssistanceServed): void {
  const acting = async (request: FastifyRequest, id: string, command: AssistanceCommand, reason?: string) =>
    answer(known, request, await act(known, { request, id, command, reason }));
  serve(contract.acceptAssistance, ({ request, params }) => acting(request, params.id, { name: "accept" }));
  serve(contract.confirmAssistance, ({ request, params }) => acting(request, params.id, { name: "confirm" }));
  serve(contract.declineAssistance, ({ request, params, body }) =>
    acting(request, params.id, { name: "decline" }, body.reason),
  );
  serve(contract.reopenAssistance, ({ request, params, body }) =>
    acting(request, params.id, { name: "reopen" }, body.reason),
  );
  serve(contract.withdrawAssistance, ({ request, params, body }) =>
    acting(request, params.id, { name: "withdraw" }, body.reason),
  );
  serve(contract.routeAssistance, ({ request, params, body }) =>
    acting(request, params.id, { name: "route", to: body.to }, body.reason),
  );
  serve(contract.endAssistance, ({ request, params, body }) => acting(request, params.id, { name: "end", ...body }));
  serve(contract.attachAssistance, async ({ request, params, body }) => {
    await find(known, request, params.id);
    const { id, number } = await incidentNamed(known, request, body.incident);
    return acting(request, params.id, { name: "attach", incident: { id, number } });
  });
  serve(contract.promoteAssistance, async ({ request, params }) => {
    const { row } = await find(known, request, params.id);
    return answer(known, request, await promote(known, request, row.id));
  });
}

/** As it is now; whoever acted on it may see it, also where they had it no longer. */
export async function answer(known: AssistanceServed, request: FastifyRequest, row: AssistanceRow) {
  return viewOf(await showingFor(known, request, [row]), row);
}

async function incidentNamed(
  known: AssistanceServed,
  request: FastifyRequest,
  idOrNumber: string,
): Promise<SeenIncident> {
  const viewer = viewerOf(request);
  const id = await known.incidentOf(viewer, idOrNumber);
  const seen = id === undefined ? undefined : (await incidentsSeen(known.db, viewer, [id])).get(id);
  if (!seen) throw refused("incident-unknown");
  return seen;
}

/** By one person, in ten minutes: what presses wakes people, and anybody may ask. */
const askedMax = 20;
const askedWindowMs = 600_000;

type AskBody = z.output<typeof contract.askForAssistance.body>;

async function asked(known: AssistanceServed, request: FastifyRequest, body: AskBody): Promise<AssistanceRow> {
  const viewer = viewerOf(request);
  const { incident: named, to, language, ...wanted } = body;
  const seen = named === null ? null : await incidentNamed(known, request, named);
  if (seen && !mayAskFor(viewer.actor.level, partIn(viewer.actor, seen.incident)))
    throw refused("assistance-not-yours", { act: "ask" });
  const link: IncidentLink | null = seen && { id: seen.id, number: seen.number };
  const envelope = envelopeFor(known, request);
  const since = envelope.at - askedWindowMs;
  return transact(known.pool, 8_000, async (client) => {
    if ((await countAsked(client, viewer.person.id, since)) >= askedMax)
      throw new HttpProblem(429, "too-many-requests");
    const before = newRow(randomUUID(), { ...initialAssistance, incident: link });
    const { deciding } = await decidingIn(known, client, before.request);
    const unknown = unknownTargets(await known.readDirectory(client), wanted);
    if (unknown) throw refusalProblem(unknown);
    const decided = ask(
      {
        ...wanted,
        direction: seen === null ? "inbound" : "outbound",
        language: language ?? languageOf(request),
        incident: link,
        exercise: seen?.incident.exercise ?? false,
      },
      to,
      deciding,
    );
    if (isRefusal(decided)) throw refusalProblem(decided);
    return record(known, { client, envelope }, before, decided);
  });
}

type Acting = {
  readonly request: FastifyRequest;
  readonly id: string;
  readonly command: AssistanceCommand;
  readonly reason: string | undefined;
};

async function act(known: AssistanceServed, { request, id, command, reason }: Acting): Promise<AssistanceRow> {
  const { row } = await find(known, request, id);
  const envelope = envelopeFor(known, request, reason);
  return transact(known.pool, 8_000, async (client) => {
    const before = await lockRow(client, row.id);
    if (!before) throw refused("assistance-unknown");
    const { deciding, incident } = await decidingIn(known, client, before.request);
    const part = partIn(envelope.actor, incident);
    const decided = decideAssistance(before.request, command, {
      ...deciding,
      actor: envelope.actor,
      incident: part,
      reason: reason ?? null,
    });
    if (isRefusal(decided)) throw refusalProblem(decided);
    return record(known, { client, envelope }, before, decided);
  });
}
