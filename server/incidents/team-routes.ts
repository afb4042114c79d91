/** The teams that were activated on an incident, over HTTP. */
import * as contract from "../../contract/teams.ts";
import type { PagingState } from "../../core/escalation/paging-state.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { noteSeen } from "../access/acting.ts";
import { everything, type Serve } from "../platform/http.ts";
import { activationView } from "./activation-view.ts";
import { find, type IncidentsKnown, readingOf } from "./routes.ts";

export function incidentTeamRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(contract.listIncidentTeams, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    await noteSeen(known, request, row, "page");
    const { activations = [] } = row.incident as IncidentState;
    const reading = readingOf(known, request);
    return everything(activations.map((one) => activationView(one, row.paging as PagingState, reading)));
  });
}
