/** Serves every capability: hands each what it needs of the others. */
import fastifyCookie from "@fastify/cookie";
import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { actInBulk } from "../contract/bulk.ts";
import { actorOf } from "../core/desk/actor.ts";
import { api } from "../languages/api.ts";
import { inEachLocale } from "../languages/messages.ts";
import { createGate } from "./access/gate.ts";
import { accessRoutes } from "./access/routes.ts";
import { recognise } from "./access/sessions.ts";
import { type Viewer, viewerOf } from "./access/viewer.ts";
import { alertRoutes } from "./alerts/routes.ts";
import { answeringBack, titleIn } from "./answering-back.ts";
import { serveAttachments } from "./attachments/routes.ts";
import { changeRoutes } from "./changes/routes.ts";
import type { Config } from "./config.ts";
import { listed } from "./contributors/routes.ts";
import { demonstrationRoutes } from "./demonstration/routes.ts";
import type { Demonstration } from "./demonstration/store.ts";
import type { Committer } from "./desk/commit.ts";
import { countFailingTimers } from "./desk/gauges.ts";
import { isReadable, type Readiness } from "./desk/readiness.ts";
import { deskRoutes } from "./desk/routes.ts";
import type { WatchdogKnown } from "./desk/watchdog.ts";
import { serveDirectory } from "./directory/all-routes.ts";
import { createFirstSteps } from "./directory/first-steps.ts";
import { auditTrial } from "./directory/integration-routes.ts";
import type { DirectoryCache } from "./directory/load.ts";
import { createOwnIntegrations, type OwnIntegration } from "./directory/own-integrations.ts";
import { refuseUnknown } from "./directory/references.ts";
import { changeBy, type DirectoryKnown } from "./directory/routes.ts";
import { secretPlace } from "./directory/signing.ts";
import { change } from "./directory/store.ts";
import { findAckRow } from "./escalation/ack-row.ts";
import type { HoleNoticesKnown } from "./escalation/hole-notices.ts";
import { noiseReplayRoutes } from "./escalation/noise-replay-routes.ts";
import { reachProofRoutes } from "./escalation/reach-routes.ts";
import { replayRoutes } from "./escalation/replay-routes.ts";
import { ackRoutes } from "./escalation/routes.ts";
import type { Listening, ListeningKnown } from "./heartbeats/listening.ts";
import { heartbeatsOfSource } from "./heartbeats/of-source.ts";
import { heartbeatRoutes } from "./heartbeats/routes.ts";
import { readTold, type TellingKnown } from "./heartbeats/telling.ts";
import { tellingRoutes } from "./heartbeats/telling-routes.ts";
import { bulkAgain, bulkRoutes } from "./incidents/bulk-routes.ts";
import { clockRoutes } from "./incidents/clock-routes.ts";
import { coordinationRoutes } from "./incidents/coordination-routes.ts";
import { linkRoutes } from "./incidents/link-routes.ts";
import { myWorkRoutes } from "./incidents/my-work-routes.ts";
import { obligationRoutesOfIncidents } from "./incidents/obligation-routes.ts";
import { proposalRoutes } from "./incidents/proposal-routes.ts";
import { registerRoutes } from "./incidents/register-routes.ts";
import { restrictionRoutes } from "./incidents/restriction-routes.ts";
import { answer, type IncidentsKnown, idSeenBy, incidentRoutes, periodOf } from "./incidents/routes.ts";
import { savedViewRoutes } from "./incidents/saved-view-routes.ts";
import { searchRoutes } from "./incidents/search-routes.ts";
import { similarRoutes } from "./incidents/similar-routes.ts";
import { incidentTeamRoutes } from "./incidents/team-routes.ts";
import { titleOf } from "./incidents/views.ts";
import { createHeldReader } from "./intake/held-store.ts";
import type { IntakeLog } from "./intake/intake-log.ts";
import { integrationEventRoutes, type TryingKnown } from "./intake/integration-routes.ts";
import { createKeyRing } from "./intake/keys.ts";
import { intakeRoutes } from "./intake/routes.ts";
import { noisesOf } from "./noise/changed-noise.ts";
import { noiseRoutes } from "./noise/routes.ts";
import type { EmailChannel } from "./notification/channels/email.ts";
import { chatDoor } from "./notification/chat-door.ts";
import { nextStepOf, shortNumber } from "./notification/compose.ts";
import { type ContactKnown, contactRoutes } from "./notification/contact-routes.ts";
import { createCoverNews } from "./notification/cover-news.ts";
import { createHoleNews } from "./notification/hole-news.ts";
import { policyWebhookRoutes } from "./notification/policy-webhook-routes.ts";
import { providerDoor } from "./notification/provider-door.ts";
import { providerRoutes } from "./notification/provider-routes.ts";
import { insertOpened } from "./notification/provider-store.ts";
import { reachRoutes } from "./notification/reach-routes.ts";
import { readReplies } from "./notification/reply-reader.ts";
import { type TestPageKnown, testPageRoutes } from "./notification/test-page.ts";
import { createTrialMail } from "./notification/trial-mail.ts";
import { obligationRoutes } from "./obligations/routes.ts";
import { absenceRoutes } from "./oncall/absence-routes.ts";
import { calendarRoutes } from "./oncall/calendar-routes.ts";
import { coverRoutes } from "./oncall/cover-routes.ts";
import { holidayRoutes } from "./oncall/holiday-routes.ts";
import type { OnCallKnown } from "./oncall/known.ts";
import { previewRoutes } from "./oncall/preview-routes.ts";
import { scheduleRoutes } from "./oncall/schedule-routes.ts";
import { insertSchedule } from "./oncall/schedule-store.ts";
import { installableRoutes } from "./pages/installable.ts";
import { boundBodies } from "./platform/bodies.ts";
import { version } from "./platform/build.ts";
import type { Clock } from "./platform/clock.ts";
import type { Pools } from "./platform/database.ts";
import { createServe, type Serve } from "./platform/http.ts";
import { type AnswerAgain, createIdempotency } from "./platform/idempotency.ts";
import type { Log } from "./platform/log.ts";
import type { Metrics } from "./platform/metrics.ts";
import type { Secrets } from "./platform/secrets.ts";
import type { LiveStream } from "./platform/stream.ts";
import { formRoutes } from "./reports/form-routes.ts";
import { reportRoutes } from "./reports/routes.ts";
import { serveAssistance } from "./serve-assistance.ts";
import { serveContributors } from "./serve-contributors.ts";
import { serveImpact } from "./serve-impact.ts";
import { serveSecurity } from "./serve-security.ts";
import { engagingKnown } from "./serve-suppliers.ts";
import { readSetup, type SetupKnown, setupRoutes } from "./setup/routes.ts";
import { type EngagingKnown, engagingRoutes, listed as listedEngagements } from "./suppliers/routes.ts";

export type Starting = { readonly config: Config; readonly connection: pg.PoolConfig; readonly log: Log };

export type Parts = Starting & {
  readonly pools: Pools;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly directory: DirectoryCache;
  readonly metrics: Metrics;
  readonly committer: Committer;
  readonly demonstration: Demonstration | null;
};

export type Edges = {
  readonly stream: LiveStream;
  readonly journal: IntakeLog;
  readonly email: EmailChannel | null;
  readonly readiness: Readiness;
  readonly contacts: ContactKnown;
  readonly heartbeats: Listening;
};

export const mailHostOf = (config: Config): string => config.mailFrom.split("@")[1] ?? "localhost";

export async function serveAll(http: FastifyInstance, parts: Parts, edges: Edges): Promise<void> {
  const { config, pools, clock, log, metrics, directory, committer, secrets, demonstration } = parts;
  boundBodies(http);
  await http.register(fastifyCookie);
  http.decorateRequest("viewer", null);
  const access = { pool: pools.reading, clock, config, directory: directory.latest };
  const { submit } = committer;
  const incidents = { db: pools.db, pool: pools.reading, clock, log, submit, directory: directory.latest };
  const setup = setupOf(parts, edges.email);
  const changed = async (): Promise<void> => void (await directory.inside(pools.reading));
  const organisation = { pool: pools.reading, clock, directory: directory.latest, changed, seal: secrets.seal };
  const incidentOf = (viewer: Viewer, idOrNumber: string) => idSeenBy(incidents, viewer, idOrNumber);
  const engaged = engagingKnown(parts, { incidentOf, organisation });
  const answerAgain = answering(incidents, setup, engaged);
  const gate = createGate(access, log);
  const around = createIdempotency({ pool: pools.reading, clock, answerAgain });
  const serve = createServe(http, gate, around);
  accessRoutes(serve, { ...access, log, changed, streamedTo: edges.stream.toldTo });
  serveDirectory(serve, { ...organisation, db: pools.db, submit });
  serveOnCall(http, serve, { ...parts, wake: edges.contacts.wake }, organisation);
  alertRoutes(serve, { ...incidents, titleOf: titleIn, incidentOf });
  serveAssistance(serve, parts, { incidentOf, organisation });
  for (const served of [serveSecurity, serveImpact]) served(serve, parts, incidentOf);
  engagingRoutes(serve, engaged);
  for (const routes of [bulkRoutes, incidentRoutes, coordinationRoutes, restrictionRoutes, clockRoutes, searchRoutes])
    routes(serve, incidents);
  for (const routes of [obligationRoutesOfIncidents, registerRoutes, incidentTeamRoutes, linkRoutes, myWorkRoutes])
    routes(serve, incidents);
  savedViewRoutes(serve, { pool: pools.reading, clock });
  for (const routes of [proposalRoutes, similarRoutes]) routes(serve, { ...incidents, typing: pools.typing });
  changeRoutes(serve, {
    db: pools.db,
    directory: directory.latest,
    periodOf: (request, id) => periodOf(incidents, request, id),
  });
  await serveAttachments(http, serve, (scope) => createServe(scope, gate, around), {
    ...incidents,
    pool: pools.reading,
    incidentOf,
  });
  const warned = { insecure: config.insecureHttp, demonstration: demonstration !== null };
  serveContributors(http, serve, parts, { incidentOf, ...warned });
  setupRoutes(http, serve, setup);
  const reports = { pool: pools.reading, clock, submit, directory: directory.latest };
  reportRoutes(serve, reports);
  formRoutes(http, { ...reports, url: config.url, ...warned });
  demonstrationRoutes(serve, demonstration);
  const intake = intakeKnown(parts, edges, organisation);
  intakeRoutes(http, intake);
  integrationEventRoutes(serve, intake);
  heartbeatRoutes(http, serve, { ...organisation, listening: edges.heartbeats, ownIntegration: ownOf(parts, changed) });
  tellingRoutes(serve, { pool: pools.reading, clock, secrets, outgoing: edges.contacts.outgoing });
  serveReaching(http, serve, { ...edges.contacts, url: config.url, ...warned });
  const door = answeringBack(parts, edges.contacts);
  providerDoor(http, door);
  chatDoor(http, door);
  serveAck(http, parts, warned);
  installableRoutes(http, { url: config.url, insecure: config.insecureHttp });
  deskRoutes(http, serve, {
    config,
    pool: pools.reading,
    db: pools.db,
    clock,
    metrics,
    directory: directory.latest,
    ready: edges.readiness.reasons,
    stream: edges.stream,
    recognise: (request) => recognise(access, request),
  });
}

const inApi = inEachLocale(api);

export const holeNoticesKnown = ({ pools, clock, directory }: Parts): HoleNoticesKnown => ({
  pool: pools.engine,
  clock,
  directory: directory.latest,
  tell: createHoleNews({ clock, directory: directory.latest }),
});

export const listeningKnown = ({ pools, committer, directory, ...parts }: Parts): ListeningKnown => ({
  ...parts,
  pool: pools.reading,
  submit: committer.submit,
  directory: directory.latest,
  titleOf: (name, language) => inApi[language].t("heartbeat.late.title", { name }),
});

export const watchdogKnown = (parts: Parts, ways: readonly { readonly channel: string }[]): WatchdogKnown => {
  const { pools, committer, directory, ...same } = parts;
  return {
    ...same,
    ...{ pool: pools.engine, submit: committer.submit, directory: directory.latest },
    channels: ways.map(({ channel }) => channel),
    demonstration: parts.demonstration !== null,
    ownIntegration: ownOf(parts, async () => void (await directory.inside(pools.reading))),
    titleOf: (kind, number) => inApi[directory.latest().language].t(`watchdog.${kind}.title`, { number }),
  };
};

/** How long ago timers and the outbox may have been swept for a cycle to be full. */
const fullCycleMs = 5_000;

type Cycle = { readonly readiness: Readiness; readonly sweeping: readonly { readonly sweptMs: () => number }[] };

export const tellingKnown = (
  parts: Parts,
  { outgoing }: ContactKnown,
  { readiness, sweeping }: Cycle,
): TellingKnown => ({
  ...parts,
  pool: parts.pools.reading,
  outgoing,
  isWell: async () => {
    if (sweeping.some((one) => one.sweptMs() > fullCycleMs)) return false;
    return (await readiness.reasons()).length === 0 && isReadable(parts.pools.reading);
  },
});

const ownOf = ({ pools, clock, directory }: Parts, changed: () => Promise<void>): OwnIntegration =>
  createOwnIntegrations({
    pool: pools.reading,
    now: clock.now,
    directory: directory.latest,
    changed,
    nameOf: (kind, language) => inApi[language].t(`own.${kind}`),
  });

type Warned = { readonly insecure: boolean; readonly demonstration: boolean };

function serveAck(http: FastifyInstance, parts: Parts, warned: Warned): void {
  const { config, pools, clock, log, directory, committer, secrets } = parts;
  const actor = (person: Parameters<typeof actorOf>[0]) => actorOf(person, directory.latest(), "ack-link");
  ackRoutes(http, {
    db: pools.db,
    clock,
    log,
    secrets,
    url: config.url,
    ...warned,
    submit: committer.submit,
    directory: directory.latest,
    actorOf: actor,
    opened: (message) => insertOpened(pools.reading, message),
    findRow: (incidentId, person) => findAckRow(pools.db, actor(person), incidentId),
    titleOf: titleIn,
    nextStepOf: (row) => nextStepOf(row, directory.latest()),
    shortNumber,
  });
}

function serveReaching(http: FastifyInstance, serve: Serve, known: ContactKnown & TestPageKnown): void {
  contactRoutes(serve, known);
  reachRoutes(serve, known);
  policyWebhookRoutes(serve, known);
  providerRoutes(serve, known);
  testPageRoutes(http, known);
}

function intakeKnown(parts: Parts, { journal, heartbeats }: Edges, organisation: DirectoryKnown): TryingKnown {
  const { config, pools, clock, log, metrics, directory, committer, secrets } = parts;
  const said = inEachLocale(api);
  return {
    submit: committer.submit,
    keys: createKeyRing(pools.reading, clock),
    journal,
    log,
    metrics,
    ...organisation,
    db: pools.db,
    url: config.url,
    openSecret: (integrationId, sealed) => secrets.open(secretPlace(integrationId), sealed),
    held: createHeldReader(pools.reading),
    heartbeats: heartbeatsOfSource({ pool: pools.reading, clock, listening: heartbeats }),
    now: clock.now,
    build: { version, startedAt: clock.now() },
    oversizedTitle: (integration) =>
      said[directory.latest().language].t("intake.oversized.title", { integration: integration.name }),
    trialTitle: (integration, locale) => said[locale].t("intake.trial.title", { integration: integration.name }),
    auditTrial: auditTrial(organisation),
  };
}

function serveOnCall(
  http: FastifyInstance,
  serve: Serve,
  { config, pools, clock, directory, wake }: Parts & Pick<ContactKnown, "wake">,
  organisation: DirectoryKnown,
): void {
  const known: OnCallKnown = {
    pool: pools.reading,
    clock,
    directory: directory.latest,
    changed: organisation.changed,
    readDirectory: directory.inside,
    change: async (request, write) => {
      const result = await change(changeBy(organisation, request), write);
      await organisation.changed();
      wake();
      return result;
    },
    tellOfCover: createCoverNews({ clock, directory: directory.latest }),
    refuseUnknownPeople: (client, named) =>
      refuseUnknown(
        client,
        named.map((one) => ({ kind: "person", ...one })),
      ),
  };
  scheduleRoutes(serve, known);
  const noise = { ...known, db: pools.db };
  noiseRoutes(serve, noise);
  absenceRoutes(serve, known);
  coverRoutes(serve, known);
  const said = inEachLocale(api);
  calendarRoutes(http, serve, { ...known, url: config.url, said: (locale) => said[locale] });
  holidayRoutes(serve);
  previewRoutes(serve);
  obligationRoutes(serve);
  reachProofRoutes(serve, known);
  replayRoutes(serve, { ...known, db: pools.db });
  noiseReplayRoutes(serve, { ...noise, noisesOf: (change) => noisesOf(noise, change) });
}

function setupOf(parts: Parts, email: EmailChannel | null): SetupKnown {
  const { config, pools, clock, directory } = parts;
  const changed = async (): Promise<void> => void (await directory.inside(pools.reading));
  const steps = createFirstSteps({
    pool: pools.reading,
    clock,
    directory: directory.latest,
    changed,
    insertSchedule,
  });
  return {
    ...steps,
    config,
    pool: pools.reading,
    db: pools.db,
    clock,
    directory: directory.latest,
    titleOf: (incident, language) => titleOf(incident.title, language),
    readTold: () => readTold(pools.reading),
    readReplies: () => (config.imapUrl === null ? null : readReplies(pools.reading, config.imapUrl)),
    failingTimers: () => countFailingTimers(pools.reading),
    demonstration: parts.demonstration !== null,
    mailServer: config.smtpUrl === null ? null : `${new URL(config.smtpUrl).host} ${config.mailFrom}`,
    verifyMail: email?.verify ?? null,
    sendTrial: email && createTrialMail({ email, url: config.url, mailHost: mailHostOf(config) }),
  };
}

/** What is done about a supplier of one incident. */
const ofSuppliers = /\/incidents\/[^/]+\/[a-z-]*supplier/;

/** An incident is answered as it is now, several each as they are, the guided set-up with where it stands; whatever else is
 *  added answers with its id and what was said of it. */
const answering =
  (incidents: IncidentsKnown, setup: SetupKnown, engaged: EngagingKnown): AnswerAgain =>
  async (stream, request, reply, requestId) => {
    if (request.routeOptions.url === actInBulk.path) return bulkAgain(incidents, request, requestId);
    if (ofSuppliers.test(request.url)) return listedEngagements(engaged, request, stream.split("/")[1] ?? "");
    if (request.url.includes("-contribut")) return listed(incidents, request, stream.split("/")[1] ?? "");
    if (request.url.startsWith("/api/v1/setup")) return readSetup(setup, viewerOf(request));
    const [kind = "", id = ""] = stream.split("/");
    return kind === "incident" ? answer(incidents, request, reply, id) : { id, ...(request.body as object) };
  };
