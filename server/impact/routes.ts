/** What an incident hurts over HTTP: read, and told. Every command goes to the desk. */
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/impact.ts";
import type { ImpactCommand } from "../../core/impact/commands.ts";
import { type ImpactCommandName, impactCommands } from "../../core/kernel/impact-words.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { type ActBody, actEnvelope, actRefused, type IncidentSeen, noteSeen, seeIncident } from "../access/acting.ts";
import { viewerOf } from "../access/viewer.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem } from "../platform/problems.ts";
import type { ImpactKnown } from "./known.ts";
import { viewOf } from "./views.ts";

export function impactRoutes(serve: Serve, known: ImpactKnown): void {
  serve(contract.readImpact, async ({ request, params }) => {
    const row = await seeIncident(known, request, params.id);
    await noteSeen(known, request, row, "page");
    return shown(known, request, row);
  });
  for (const [index, endpoint] of contract.impactEndpoints.entries()) {
    const name = impactCommands[index];
    if (!name) continue;
    serve(endpoint, async ({ request, params, body }) => {
      const row = await seeIncident(known, request, (params as { id: string }).id);
      await act(known, request, { row, name, body: body as ActBody });
      return shown(known, request, await seeIncident(known, request, row.id));
    });
  }
}

const shown = (known: ImpactKnown, request: FastifyRequest, row: IncidentSeen) =>
  viewOf(known, { actor: viewerOf(request).actor, language: languageOf(request) }, row);

type Acting = { readonly row: IncidentSeen; readonly name: ImpactCommandName; readonly body: ActBody };

async function act(known: ImpactKnown, request: FastifyRequest, { row, name, body }: Acting): Promise<void> {
  const { reason: _reason, occurredAt: _occurredAt, derogation: _derogation, ...input } = body;
  const envelope = actEnvelope(known.clock, request, body);
  const command = { name, input } as unknown as ImpactCommand;
  const outcome = await known.submit({ kind: "impact", incidentId: row.id, command, envelope });
  if (isRefusal(outcome)) throw actRefused(known.log, request, outcome, { name, incident: row.id });
  if (outcome.kind !== "incident") throw new HttpProblem(500, "internal");
}
