/** Beside each door, for administrators: what came in and what became of it, and a trial. */
import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/integrations.ts";
import type { Integration } from "../../core/desk/directory.ts";
import { isTrialKind } from "../../core/intake/trial.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Serve } from "../platform/http.ts";
import { HttpProblem } from "../platform/problems.ts";
import { type IntakeKnown, integrationById } from "./doors.ts";
import { readNoted, receivedViews } from "./received-view.ts";
import { sendTrial } from "./trial.ts";

export type TryingKnown = IntakeKnown & {
  readonly trialTitle: (integration: Integration, locale: Locale) => string;
  /** Kept with who asked for it. */
  readonly auditTrial: (request: FastifyRequest, integrationId: string, ends: boolean) => Promise<void>;
};

export function integrationEventRoutes(serve: Serve, known: TryingKnown): void {
  serve(contract.readIntegrationLog, async ({ request, params }) => {
    await find(known, params.id);
    const rows = await readNoted(known.db, params.id);
    return { data: await receivedViews(known.db, viewerOf(request), rows), nextCursor: null };
  });
  serve(contract.tryIntegration, async ({ request, params, body }) => {
    const integration = await find(known, params.id);
    const { kind } = integration;
    if (!isTrialKind(kind)) throw new HttpProblem(404, "not-found");
    const viewer = viewerOf(request);
    const { language, locale = language } = viewer.person;
    const ends = body.ends !== undefined;
    const key = body.ends ?? `tocsin-trial-${randomUUID()}`;
    const trial = { key, title: known.trialTitle(integration, locale), at: toIso(known.now()), ends };
    await known.auditTrial(request, integration.id, ends);
    const noted = await sendTrial(known, request, { integration, kind, trial });
    const [view] = await receivedViews(known.db, viewer, [noted]);
    return { ...view, key };
  });
}

async function find(known: IntakeKnown, id: string): Promise<Integration> {
  const found = await integrationById(known, id);
  if (!found) throw new HttpProblem(404, "not-found");
  return found;
}
