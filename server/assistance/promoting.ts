/** A request that is in fact an incident: the incident is opened with its words and the request says so, in one transaction of
 *  the desk's, so that neither is ever there without the other. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import { type ActingOn, decideAssistance } from "../../core/assistance/decide.ts";
import type { AssistanceEvent, IncidentLink } from "../../core/assistance/events.ts";
import type { AssistanceState } from "../../core/assistance/state.ts";
import { caseOf } from "../../core/desk/draft.ts";
import type { NewIncident } from "../../core/desk/opening.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { viewerOf } from "../access/viewer.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import type { AssistanceServed } from "./known.ts";
import { envelopeFor } from "./reading.ts";
import { decidingIn, record } from "./recording.ts";
import { partIn } from "./seeing.ts";
import { type AssistanceRow, findRow, lockRow } from "./store.ts";

export async function promote(known: AssistanceServed, request: FastifyRequest, id: string): Promise<AssistanceRow> {
  const envelope = envelopeFor(known, request);
  const personId = viewerOf(request).person.id;
  const read = await findRow(known.pool, id, 0);
  if (!read) throw refused("assistance-unknown");
  let locked: { readonly row: AssistanceRow; readonly acting: ActingOn } | null = null;
  let written: AssistanceRow | null = null;
  const lock = async (client: pg.PoolClient): Promise<boolean> => {
    const row = await lockRow(client, id);
    if (!row) throw refused("assistance-unknown");
    const { deciding, incident } = await decidingIn(known, client, row.request);
    const acting = { ...deciding, actor: envelope.actor, incident: partIn(envelope.actor, incident), reason: null };
    decidedOn(row.request, acting, { id: "", number: "" });
    locked = { row, acting };
    return true;
  };
  const outcome = await known.submit(
    { kind: "open", incident: incidentFrom(read.request, personId), envelope, promoted: true },
    {
      before: lock,
      after: async (client, opened, draft) => {
        if (opened.kind !== "incident" || locked === null) return;
        const { row, acting } = locked;
        const link = { id: opened.incidentId, number: caseOf(draft, opened.incidentId).incident.number };
        written = await record(known, { client, envelope }, row, decidedOn(row.request, acting, link));
      },
    },
  );
  if (isRefusal(outcome)) throw refusalProblem(outcome);
  if (written === null) throw new HttpProblem(500, "internal");
  return written;
}

function decidedOn(request: AssistanceState, acting: ActingOn, incident: IncidentLink): readonly AssistanceEvent[] {
  const decided = decideAssistance(request, { name: "promote", incident }, acting);
  if (isRefusal(decided)) throw refusalProblem(decided);
  return decided;
}

/** Whoever says so answers for it; whoever asked is named in its words. */
function incidentFrom(request: AssistanceState, personId: string): NewIncident {
  const { number, title, details, language, service, domains, exercise, asker } = request;
  const from = `${number}, ${asker.name}`;
  return {
    title,
    description: details === null ? from : `${details}\n\n${from}`,
    language,
    service,
    categories: [],
    domains,
    impact: null,
    urgency: null,
    severity: null,
    exercise,
    origin: { kind: "person", personId },
  };
}
