/** Obligations of an incident over HTTP: read, and prepared to be submitted by somebody. Acts on them are commands of the incident. */
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/incident-obligations.ts";
import { daysOfLaws } from "../../core/desk/obligations.ts";
import { legalLegsOf } from "../../core/incidents/legal-clocks.ts";
import { obligationOf } from "../../core/incidents/obligations.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { type Locale, languageOfLocale } from "../../core/kernel/vocabulary.ts";
import { isOverdue } from "../../core/obligations/dues.ts";
import { lawNamed } from "../../core/obligations/laws.ts";
import { noteSeen } from "../access/acting.ts";
import { attachmentsOf } from "../access/visible.ts";
import { localeOf, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { draftOf } from "./obligation-draft.ts";
import { obligationsView } from "./obligation-view.ts";
import { find, type IncidentsKnown, readingOf } from "./routes.ts";

export function obligationRoutesOfIncidents(serve: Serve, known: IncidentsKnown): void {
  serve(contract.readIncidentObligations, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    const incident = row.incident as IncidentState;
    const { directory, language } = readingOf(known, request);
    const files = await filesOf(known, row.id, incident);
    await noteSeen(known, request, row, "page");
    return obligationsView(incident, { directory, language, at: known.clock.now(), files });
  });
  serve(contract.readObligationDraft, async ({ request, params, query: { law, leg, language } }) => {
    const row = await find(known, request, params.id);
    const incident = row.incident as IncidentState;
    if (!lawNamed(law)) throw refused("clock-unknown", { clock: law });
    const obligation = obligationOf(incident, law);
    if (!obligation) throw refused("obligation-not-assessed", { clock: law });
    const { directory } = readingOf(known, request);
    const due = legalLegsOf(obligation, daysOfLaws(directory)(law)).find((one) => one.leg === leg);
    if (!due) throw refused("leg-unknown", { leg });
    const at = known.clock.now();
    const late = due.submitted?.late === true || isOverdue(due, at);
    const locale = localeFor(request, language);
    await noteSeen(known, request, row, "export");
    return draftOf(incident, obligation, leg, { directory, language: languageOfLocale(locale), locale, at, late });
  });
}

/** The reader's own variety of the language that was asked for. */
function localeFor(request: FastifyRequest, language: "fr" | "en" | undefined): Locale {
  const own = localeOf(request);
  return language === undefined || languageOfLocale(own) === language ? own : language;
}

async function filesOf(
  { db }: IncidentsKnown,
  id: string,
  { obligations = [] }: IncidentState,
): Promise<ReadonlyMap<string, string>> {
  const named = obligations.flatMap(({ submissions }) => submissions.flatMap(({ attachment }) => attachment ?? []));
  if (named.length === 0) return new Map();
  const rows = await attachmentsOf(db, id).select(["id", "name"]).where("id", "in", named).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
