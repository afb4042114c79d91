/** Several acts in one request. Each is what it would be alone: its own question to the desk, its own place in the record,
 *  its own answer. What was done stays done when a later one is refused. */
import type { FastifyRequest } from "fastify";
import { actInBulk, type BulkAct, type BulkResult } from "../../contract/bulk.ts";
import type { IncidentView } from "../../contract/shapes.ts";
import { viewerOf } from "../access/viewer.ts";
import { visibleEntries } from "../access/visible.ts";
import { asProblem, languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem, problemFor } from "../platform/problems.ts";
import { act, type CommandBody, find, type IncidentsKnown, viewFor } from "./routes.ts";

/** Less than a request may take: what is not begun by then is answered, not left hanging. */
const budgetMs = 20_000;

type Answered = { readonly results: BulkResult[]; readonly done: number; readonly refused: number };

export function bulkRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(actInBulk, async ({ request, body }) => {
    const end = known.clock.now() + budgetMs;
    const results: BulkResult[] = [];
    let halted = false;
    for (const one of body.acts) {
      const result: BulkResult =
        halted || known.clock.now() > end ? notDone(request, one, notAttempted()) : await doOne(known, request, one);
      /* The desk is in no state to go on: asking it ninety times more helps nobody. */
      halted ||= result.status >= 500;
      results.push(result);
    }
    return counted(results);
  });
}

async function doOne(known: IncidentsKnown, request: FastifyRequest, one: BulkAct): Promise<BulkResult> {
  const { incident, command, body, ifSeq = null } = one;
  try {
    const id = await act(known, { request, name: command, id: incident, body: body as CommandBody, ifSeq });
    return await doneAs(known, request, one, id);
  } catch (error) {
    return notDone(request, one, asProblem(known.log, error, request));
  }
}

async function doneAs(known: IncidentsKnown, request: FastifyRequest, one: BulkAct, id: string): Promise<BulkResult> {
  const after = await viewNow(known, request, id);
  return { incident: one.incident, command: one.command, status: 200, after, problem: null };
}

async function viewNow(known: IncidentsKnown, request: FastifyRequest, id: string): Promise<IncidentView> {
  return viewFor(known, request, await find(known, request, id));
}

const notAttempted = (): HttpProblem => new HttpProblem(503, "not-attempted");

function notDone(request: FastifyRequest, { incident, command }: BulkAct, fault: HttpProblem): BulkResult {
  const problem = problemFor(languageOf(request), fault, request.id, viewerOf(request).person.zone);
  return { incident, command, status: fault.status, after: null, problem };
}

function counted(results: BulkResult[]): Answered {
  const done = results.filter((one) => one.after !== null).length;
  return { results, done, refused: results.length - done };
}

/** For a request whose answer was lost: what it did stands in the records, whose entries name it. Of the others nothing was
 *  written, for whatever reason. */
export async function bulkAgain(known: IncidentsKnown, request: FastifyRequest, requestId: string): Promise<Answered> {
  const { acts } = actInBulk.body.parse(request.body);
  const results: BulkResult[] = [];
  for (const one of acts) {
    const id = await find(known, request, one.incident).then(
      (row) => row.id,
      () => null,
    );
    const did = id !== null && (await wrote(known, request, id, requestId));
    results.push(did ? await doneAs(known, request, one, id) : notDone(request, one, notAttempted()));
  }
  return counted(results);
}

async function wrote(known: IncidentsKnown, request: FastifyRequest, id: string, requestId: string): Promise<boolean> {
  const entries = await visibleEntries(known.db, viewerOf(request), id)
    .select("cause")
    .orderBy("seq", "desc")
    .limit(lookedBackMax)
    .execute();
  return entries.some(({ cause }) => cause.id === requestId);
}

/** An answer is asked for again within minutes. */
const lookedBackMax = 200;
