/** Anyone reports, without an account: by the API or by the public form. A report opens an incident that waits to be
 *  registered, and pages by itself at most once in five minutes (core/desk). An administrator may switch all that off; a
 *  receipt given before still shows what became of its report. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/account.ts";
import { anonymous } from "../../core/desk/actor.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { networkOf } from "../access/network.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem, refusalProblem } from "../platform/problems.ts";
import {
  dropReport,
  type KeptReport,
  keepUnlessTooMany,
  keptWhen,
  linkIncident,
  newReceipt,
  newReportId,
  readReceiptState,
  tooMany,
} from "./store.ts";

export type ReportsKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly submit: Submit;
  readonly directory: () => Directory;
};

export function reportRoutes(serve: Serve, known: ReportsKnown): void {
  serve(contract.report, async ({ request, body }) => {
    const language = body.language ?? languageOf(request);
    const service = body.service ?? null;
    const named = known.directory().services.get(service ?? "");
    if (service !== null && !named) throw wrongService("service-unknown", service);
    if (service !== null && named?.retired) throw wrongService("service-retired", service);
    const receipt = await keepReport(known, request, {
      title: body.title,
      description: body.description ?? null,
      language,
      service,
      name: body.name ?? null,
      contact: body.contact ?? null,
    });
    return { receipt };
  });
  serve(contract.readReceipt, async ({ params }) => {
    const state = await readReceiptState(known.pool, params.receipt);
    if (!state) throw new HttpProblem(404, "not-found");
    return state;
  });
}

const wrongService = (code: "service-unknown" | "service-retired", service: string): HttpProblem =>
  new HttpProblem(422, code, { errors: [{ pointer: "/service", code, detail: "" }] }, { service });

/** `asked`: the receipt of a form that may be sent twice. */
export async function keepReport(
  known: ReportsKnown,
  request: FastifyRequest,
  said: Omit<KeptReport, "network">,
  asked: string | null = null,
): Promise<string> {
  refuseWhenOff(known);
  const network = networkOf(request);
  const at = known.clock.now();
  const kept = asked === null ? "never" : await keptWhen(known.pool, asked, at);
  if (asked !== null && kept === "now") return asked;
  if (await tooMany(known.pool, network, at)) throw new HttpProblem(429, "too-many-requests");
  const id = newReportId();
  const receipt = asked !== null && kept === "never" ? asked : newReceipt();
  const keep = keepUnlessTooMany({ ...said, id, receipt, network, at });
  const outcome = await known.submit(
    {
      kind: "open",
      envelope: { at, actor: anonymous, cause: { kind: "report", id } },
      incident: {
        title: said.title,
        description: said.description,
        language: said.language,
        service: said.service,
        categories: [],
        impact: null,
        urgency: null,
        severity: null,
        exercise: false,
        origin: { kind: "report", reportId: id, name: said.name },
      },
    },
    { before: async (client) => known.directory().publicReports && keep(client), after: linkIncident(id) },
  );
  if (isRefusal(outcome)) {
    await dropReport(known.pool, id);
    throw refusalProblem(outcome);
  }
  if (outcome.kind === "nothing") {
    refuseWhenOff(known);
    /* The other press of the same button came first. */
    if ((await keptWhen(known.pool, receipt, at)) === "now") return receipt;
    throw new HttpProblem(429, "too-many-requests");
  }
  return receipt;
}

function refuseWhenOff({ directory }: ReportsKnown): void {
  if (!directory().publicReports) throw new HttpProblem(403, "reports-off");
}
