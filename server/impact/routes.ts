/** What an incident hurts over HTTP: read, and told. Every command goes to the desk. */
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/impact.ts";
import type { ImpactCommand } from "../../core/impact/commands.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { type ImpactCommandName, impactCommands } from "../../core/kernel/impact-words.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { noteOpened } from "../access/opened-store.ts";
import { viewerOf } from "../access/viewer.ts";
import { visibleIncidents } from "../access/visible.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import type { ImpactKnown } from "./known.ts";
import { type ImpactRow, viewOf } from "./views.ts";

export function impactRoutes(serve: Serve, known: ImpactKnown): void {
  serve(contract.readImpact, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    const { person, via } = viewerOf(request);
    if (row.restricted)
      await noteOpened(known.pool, {
        incidentId: row.id,
        personId: person.id,
        via,
        what: "page",
        at: known.clock.now(),
      });
    return shown(known, request, row);
  });
  for (const [index, endpoint] of contract.impactEndpoints.entries()) {
    const name = impactCommands[index];
    if (!name) continue;
    serve(endpoint, async ({ request, params, body }) => {
      const row = await find(known, request, (params as { id: string }).id);
      await act(known, request, { row, name, body: body as Body });
      return shown(known, request, await find(known, request, row.id));
    });
  }
}

async function find(known: ImpactKnown, request: FastifyRequest, named: string): Promise<ImpactRow> {
  const viewer = viewerOf(request);
  const id = await known.incidentOf(viewer, named);
  const row =
    id === undefined
      ? undefined
      : await visibleIncidents(known.db, viewer)
          .select(["id", "number", "seq", "restricted", "incident"])
          .where("id", "=", id)
          .executeTakeFirst();
  if (!row) throw refused("incident-unknown");
  return { ...row, incident: row.incident as unknown as IncidentState };
}

const shown = (known: ImpactKnown, request: FastifyRequest, row: ImpactRow) =>
  viewOf(known, { actor: viewerOf(request).actor, language: languageOf(request) }, row);

type Body = {
  readonly reason?: string;
  readonly occurredAt?: string;
  readonly derogation?: { readonly reason: string };
};
type Acting = { readonly row: ImpactRow; readonly name: ImpactCommandName; readonly body: Body };

async function act(known: ImpactKnown, request: FastifyRequest, { row, name, body }: Acting): Promise<void> {
  const { actor, person } = viewerOf(request);
  const { reason, occurredAt, derogation, ...input } = body;
  const envelope = {
    at: known.clock.now(),
    actor,
    cause: { kind: "request", id: request.id },
    occurredAt: occurredAt === undefined ? undefined : Date.parse(occurredAt),
    reason,
    derogation,
  };
  const command = { name, input } as unknown as ImpactCommand;
  const outcome = await known.submit({ kind: "impact", incidentId: row.id, command, envelope });
  if (isRefusal(outcome)) {
    known.log.info(
      { event: "refused", code: outcome.refused, command: name, person: person.id, incident: row.id },
      "command refused",
    );
    throw refusalProblem(outcome);
  }
  if (outcome.kind !== "incident") throw new HttpProblem(500, "internal");
}
