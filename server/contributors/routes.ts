/** What contributors are asked, over HTTP: asked, listed, reminded, taken back; and a link to be carried another way. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/contributors.ts";
import {
  type Contribution,
  type ContributionAct,
  isBarred,
  isPersonal,
  whyNotAsk,
} from "../../core/incidents/contributing.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { isoOrNull, toIso } from "../../core/kernel/time.ts";
import { noteSeen } from "../access/acting.ts";
import { type Viewer, viewerOf } from "../access/viewer.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import type { Log } from "../platform/log.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import { makeLink, readIncident } from "./store.ts";

export type AskingKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly submit: Submit;
  readonly url: string;
  /** The incident's id, for whoever may see it. */
  readonly incidentOf: (viewer: Viewer, idOrNumber: string) => Promise<string | undefined>;
};

export const contributorUrl = (url: string, token: string): string => `${url}/c/${token}`;

export function askingRoutes(serve: Serve, known: AskingKnown): void {
  serve(contract.listContributions, async ({ request, params }) => {
    const id = await find(known, request, params.id);
    await noteSeen(known, request, { id }, "page");
    return listed(known, request, id);
  });
  serve(contract.askContributor, async ({ request, params, body }) => {
    const {
      person,
      name = "",
      email = "",
      language,
      context = null,
      hours,
      remindEveryHours,
      engagement,
      ...same
    } = body;
    const to = { name, address: email, language: language ?? languageOf(request), ...(person && { personId: person }) };
    const of = engagement === undefined ? {} : { engagement };
    const ask = { ...same, ...of, context, to, hours, everyHours: remindEveryHours };
    return act(known, request, params.id, { do: "ask", ask });
  });
  serve(contract.remindContributor, ({ request, params, body }) =>
    act(known, request, params.id, { do: "remind", number: body.contribution }),
  );
  serve(contract.revokeContribution, ({ request, params, body }) =>
    act(known, request, params.id, { do: "revoke", number: body.contribution }),
  );
  serve(contract.linkContribution, async ({ request, params, body }) => {
    const { contribution: number } = body;
    const incidentId = await find(known, request, params.id);
    await submit(known, request, incidentId, { do: "link", number });
    const token = await makeLink(known.pool, { incidentId, number }, known.clock.now());
    return { url: contributorUrl(known.url, token) };
  });
}

async function find({ incidentOf }: AskingKnown, request: FastifyRequest, idOrNumber: string): Promise<string> {
  const id = await incidentOf(viewerOf(request), idOrNumber);
  if (id === undefined) throw refused("incident-unknown");
  return id;
}

async function act(
  known: AskingKnown,
  request: FastifyRequest,
  idOrNumber: string,
  act: ContributionAct,
): Promise<contract.Contributions> {
  const id = await find(known, request, idOrNumber);
  await submit(known, request, id, act);
  return listed(known, request, id);
}

async function submit(
  { submit: take, clock, log }: AskingKnown,
  request: FastifyRequest,
  incidentId: string,
  act: ContributionAct,
): Promise<void> {
  const { actor } = viewerOf(request);
  const envelope = { at: clock.now(), actor, cause: { kind: "request", id: request.id } };
  const outcome = await take({ kind: "contribution", incidentId, act, envelope });
  if (isRefusal(outcome)) throw refusalProblem(outcome);
  if (outcome.kind !== "incident") throw new HttpProblem(500, "internal");
  log.info({ event: `contributor-${act.do}`, incident: incidentId, person: actor.id }, "contributors");
}

/** What a request gave that did its work and could not say so. */
export async function listed(
  { pool }: Pick<AskingKnown, "pool">,
  request: FastifyRequest,
  incidentId: string,
): Promise<contract.Contributions> {
  const incident = await readIncident(pool, incidentId);
  if (!incident) throw refused("incident-unknown");
  return {
    data: (incident.contributions ?? []).toReversed().map((one) => viewOf(one, incident)),
    nextCursor: null,
    may: whyNotAsk(incident, viewerOf(request).actor) === null,
  };
}

function viewOf(one: Contribution, incident: Pick<IncidentState, "tlp">): contract.ContributionView {
  const { to, answer, everyHours, failed, from, forwardedTo, leftText } = one;
  return {
    number: one.number,
    kind: one.kind,
    text: one.text,
    context: one.context,
    choices: [...one.choices],
    to: { id: to.personId ?? null, name: to.name, email: to.address, language: to.language },
    by: one.by,
    at: toIso(one.at),
    until: toIso(one.until),
    forwardable: one.forwardable,
    remindEveryHours: everyHours,
    reminders: one.reminders,
    reminded: one.reminded,
    status: one.status,
    sentAt: isoOrNull(one.sentAt ?? null),
    failed: failed ?? null,
    personal: isPersonal(one),
    barred: one.status === "asked" && isBarred(incident, one),
    openedAt: isoOrNull(one.openedAt ?? null),
    remindedAt: isoOrNull(one.remindedAt ?? null),
    unansweredAt: isoOrNull(one.unansweredAt ?? null),
    answer: answer
      ? {
          choice: answer.choice,
          text: answer.text,
          file: answer.attachmentId === null ? null : { id: answer.attachmentId, name: answer.file ?? "" },
          at: toIso(answer.at),
        }
      : null,
    leftAt: isoOrNull(one.leftAt ?? null),
    leftText: leftText ?? null,
    from: from ?? null,
    forwardedTo: forwardedTo ?? null,
    engagement: one.engagement ?? null,
  };
}
