/** The guided set-up over HTTP, the rows of the checklist, and the page behind the link of a trial mail. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import * as account from "../../contract/account.ts";
import * as contract from "../../contract/setup.ts";
import { parseIso, toIso } from "../../core/kernel/time.ts";
import { type Viewer, viewerOf } from "../access/viewer.ts";
import { localeOfPage, type Serve, sendHtml } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { type AlertKnown, latestAlert, proveByAlert } from "./alert-trial.ts";
import { type ExamineKnown, examine } from "./examine.ts";
import { findTrial, proveByCode, proveByLink, sendMailTrial, type TrialKnown } from "./mail-trial.ts";
import { type ProofView, renderProofPage } from "./proof-page.ts";
import { keepProof, lastTrial, readProgress, triesMax, writeProgress } from "./store.ts";

export type SetupKnown = ExamineKnown &
  TrialKnown &
  AlertKnown & {
    readonly organise: (request: FastifyRequest, body: z.output<typeof contract.setOrganisation.body>) => Promise<void>;
    readonly addService: (
      request: FastifyRequest,
      body: z.output<typeof contract.addFirstService.body>,
    ) => Promise<void>;
    readonly putOnCall: (request: FastifyRequest, body: z.output<typeof contract.setOnCall.body>) => Promise<void>;
  };

export function setupRoutes(http: FastifyInstance, serve: Serve, known: SetupKnown): void {
  const answer = (request: FastifyRequest): Promise<contract.Setup> => readSetup(known, viewerOf(request));
  serve(account.doctor, async () => ({ checks: await examine(known) }));
  serve(contract.readSetup, async ({ request }) => answer(request));
  serve(contract.changeSetup, async ({ request, body }) => {
    await changeSetup(known, body);
    return answer(request);
  });
  serve(contract.proveAddress, async ({ request, body }) => {
    /* Another origin is no fault: it is what the row says. */
    if (body.origin === known.config.url) await prove(known, request, "address", { url: known.config.url });
    return answer(request);
  });
  serve(contract.sendTrialMail, async ({ request }) => {
    await sendMailTrial(known, viewerOf(request).person);
    return answer(request);
  });
  serve(contract.proveMail, async ({ request, body }) => {
    await proveByCode(known, viewerOf(request).person, body.code);
    return answer(request);
  });
  serve(contract.setOrganisation, async ({ request, body }) => {
    await known.organise(request, body);
    await prove(known, request, "organisation", body);
    return answer(request);
  });
  serve(contract.addFirstService, async ({ request, body }) => {
    await known.addService(request, body);
    return answer(request);
  });
  serve(contract.setOnCall, async ({ request, body }) => {
    await known.putOnCall(request, body);
    return answer(request);
  });
  serve(contract.proveAlert, async ({ request }) => {
    await proveByAlert(known, viewerOf(request));
    return answer(request);
  });
  serve(contract.noteBackup, async ({ request, body }) => {
    const now = known.clock.now();
    const at = parseIso(body.madeAt ?? "") ?? now;
    if (at > now + aheadMaxMs) throw refused("occurred-in-future");
    await prove(known, request, "backup", {}, at);
    return { madeAt: toIso(at) };
  });
  proofPages(http, known);
}

/** Clocks of two machines. */
const aheadMaxMs = 60_000;

type Proving = Parameters<typeof keepProof>[1];

const prove = (
  { pool, clock }: SetupKnown,
  request: FastifyRequest,
  id: Proving["id"],
  facts: Proving["facts"],
  at = clock.now(),
): Promise<void> => keepProof(pool, { id, at, personId: viewerOf(request).person.id, facts });

export async function readSetup(known: SetupKnown, viewer: Viewer): Promise<contract.Setup> {
  const { pool, directory } = known;
  const { administrators, services, integrations } = directory();
  const { skipped, leftAt } = await readProgress(pool);
  const trial = await lastTrial(pool, viewer.person.id);
  const empty = services.size === 0 && integrations.size === 0;
  return {
    lands: administrators[0] === viewer.person.id && empty && leftAt === null,
    leftAt: leftAt === null ? null : toIso(leftAt),
    skipped: [...skipped],
    mail: trial && {
      to: trial.address,
      sentAt: toIso(trial.sentAt),
      refused: trial.refused,
      returnedAt: trial.returnedAt === null ? null : toIso(trial.returnedAt),
      triesLeft: Math.max(0, triesMax - trial.tries),
    },
    alert: await latestAlert(known, viewer),
  };
}

async function changeSetup(
  { pool, clock }: SetupKnown,
  { skip, resume, left }: z.output<typeof contract.changeSetup.body>,
): Promise<void> {
  const before = await readProgress(pool);
  const skipped = contract.setupSteps.filter((one) => one === skip || (before.skipped.includes(one) && one !== resume));
  const leftAt = left === undefined ? before.leftAt : left ? clock.now() : null;
  await writeProgress(pool, { skipped, leftAt });
}

type ProofKind =
  | { readonly kind: "to-prove"; readonly to: string }
  | { readonly kind: "proved"; readonly tookMs: number }
  | { readonly kind: "unknown" };

function proofPages(http: FastifyInstance, known: SetupKnown): void {
  http.get("/proof/:link", async (request, reply) => {
    const trial = await findTrial(known, linkOf(request));
    if (trial === null) return show(known, request, reply, { kind: "unknown" });
    return trial.returnedAt === null
      ? show(known, request, reply, { kind: "to-prove", to: trial.address })
      : show(known, request, reply, { kind: "proved", tookMs: trial.returnedAt - trial.sentAt });
  });
  void http.register(async (scope) => {
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 1_000 },
      (_request, _body, done) => done(null, {}),
    );
    scope.post("/proof/:link", async (request, reply) => {
      const trial = await findTrial(known, linkOf(request));
      if (trial === null) return show(known, request, reply, { kind: "unknown" });
      await proveByLink(known, trial);
      const returnedAt = trial.returnedAt ?? known.clock.now();
      return show(known, request, reply, { kind: "proved", tookMs: returnedAt - trial.sentAt });
    });
  });
}

const linkOf = (request: FastifyRequest): string => (request.params as { link: string }).link;

function show(known: SetupKnown, request: FastifyRequest, reply: FastifyReply, kind: ProofKind): FastifyReply {
  const frame = {
    language: localeOfPage(request, null),
    instance: new URL(known.config.url).host,
    localHour: null,
    insecure: known.config.insecureHttp,
    setupUrl: `${known.config.url}/setup`,
  };
  return sendHtml(reply, kind.kind === "unknown" ? 404 : 200, (nonce) =>
    renderProofPage({ ...frame, ...kind, nonce } as ProofView),
  );
}
