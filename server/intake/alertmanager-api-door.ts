/** Alertmanager's API v2, for those who push to one: Prometheus, Grafana, vmalert, rulers; and what `amtool` asks. Answers
 *  are Alertmanager's own, an empty 200 included: https://github.com/prometheus/alertmanager, `api/v2/openapi.yaml`. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { changesNothing } from "../../core/alerts/decide.ts";
import { type Push, type PushedAlert, parseAlertmanagerPush } from "../../core/intake/alertmanager-push.ts";
import { toIso } from "../../core/kernel/time.ts";
import { bodyLimit, groupBodyLimit } from "../platform/http.ts";
import {
  type Answer,
  bytesOf,
  type Door,
  type IntakeKnown,
  integrationOf,
  noteRejected,
  parseJson,
  refuse,
  reply,
  submitSignals,
} from "./doors.ts";
import { groupsOf, readPushedAlerts, receiver } from "./pushed-alerts-view.ts";
import { unsigned } from "./signature.ts";
import { silencesShown } from "./silences-view.ts";

/** The key stands in the path (`path_prefix` of Prometheus), or is a bearer token or the password of Basic. */
const bases = [
  { path: "/api/v2", key: "header" },
  { path: "/alertmanager/:key/api/v2", key: "path" },
] as const;

export const alertmanagerApiDoors: readonly Door[] = bases.flatMap(({ path, key }) => {
  const door = (rest: string, methods: Door["methods"], answer: Door["answer"]): Door => ({
    path: `${path}${rest}`,
    kind: "alertmanager",
    key,
    methods,
    bodyLimit: methods.includes("POST") ? groupBodyLimit : bodyLimit,
    answer,
  });
  return [
    door("/alerts", ["GET", "POST"], alerts),
    door("/alerts/groups", ["GET"], async (known, request, to) => {
      const found = await readPushedAlerts(known.db, integrationOf(request).id, request.query);
      return reply(to, found === null ? badMatcher : { status: 200, body: groupsOf(found) });
    }),
    door("/status", ["GET"], async (known, _request, to) => reply(to, { status: 200, body: statusOf(known) })),
    door("/receivers", ["GET"], async (_known, _request, to) => reply(to, { status: 200, body: [receiver] })),
    door("/silences", ["GET", "POST"], async (known, request, to) => {
      if (request.method === "POST") return reply(to, notByKey);
      const found = silencesShown(known.directory(), integrationOf(request).id, known.now(), request.query);
      return reply(to, found === null ? badMatcher : { status: 200, body: found });
    }),
    door("/silence/:id", ["GET", "DELETE"], async (known, request, to) => {
      if (request.method === "DELETE") return reply(to, notByKey);
      const { id } = request.params as { id: string };
      const found = silencesShown(known.directory(), integrationOf(request).id, known.now(), {})?.find(
        (one) => one.id === id,
      );
      return reply(to, found ? { status: 200, body: found } : noSuchSilence);
    }),
  ];
});

const badMatcher: Answer = { status: 400, body: { code: 400, message: "bad matcher format" } };
/** A silence has an author who answers for it, and the key of a source is nobody. */
const notByKey: Answer = {
  status: 403,
  body: { code: 403, message: "a silence is written by a person, in Tocsin: POST /api/v1/silences" },
};
const noSuchSilence: Answer = { status: 404, body: { code: 404, message: "silence not found" } };

async function alerts(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  if (request.method === "POST") {
    /* None of those who push here signs: a key alone must not be enough where a signature is asked for. */
    if (integrationOf(request).signature) return unsigned(known, request, to);
    return push(known, request, to);
  }
  const found = await readPushedAlerts(known.db, integrationOf(request).id, request.query);
  return reply(to, found === null ? badMatcher : { status: 200, body: found });
}

async function push(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const integration = integrationOf(request);
  const body = parseJson(bytesOf(request));
  const pushed = body === undefined ? null : parseAlertmanagerPush(body, known.now());
  if (pushed === null) {
    noteRejected(known, integration.id, "invalid", ["the body is not a list of alerts"]);
    const answer = { status: 400, body: { code: 400, message: "parsing alerts body failed: not a list of alerts" } };
    return refuse(known, to, { kind: integration.kind, reason: "invalid" }, answer);
  }
  await submitNews(known, request, pushed.alerts);
  if (pushed.errors.length === 0) return to.code(200).send();
  noteRejected(known, integration.id, pushed.alerts.length > 0 ? "partly" : "invalid", pushed.errors);
  return refuse(known, to, { kind: integration.kind, reason: "invalid" }, refusalOf(pushed));
}

/** The good ones are kept all the same; the sender is told in the form that it would read from an Alertmanager: a text. */
function refusalOf(pushed: Push): Answer {
  const words = [...new Set(pushed.errors)].join("; ");
  return pushed.malformed
    ? { status: 400, body: { code: 400, message: `parsing alerts body failed: ${words}` } }
    : { status: 400, body: words };
}

/** How many signals one transaction of the desk is given. */
const chunk = 1_000;

/** Most of what Prometheus sends is known: what changes nothing costs a read, and no transaction. */
async function submitNews(known: IntakeKnown, request: FastifyRequest, pushed: readonly PushedAlert[]): Promise<void> {
  const integration = integrationOf(request);
  const held = await known.held(
    integration.id,
    pushed.map((one) => one.key),
  );
  const news = pushed.filter((one) => !changesNothing(held.get(one.key) ?? null, one)).map((one) => one.read());
  const same = pushed.length - news.length;
  if (same > 0) known.metrics.signals.inc({ kind: integration.kind, became: "unchanged" }, same);
  for (let from = 0; from < news.length; from += chunk) {
    const some = news.slice(from, from + chunk);
    await submitSignals(known, request, integration, {
      signals: some.map((one) => one.signal),
      warnings: some.flatMap((one) => one.warnings),
    });
  }
}

/** What `amtool` and Grafana's data source read before anything else. */
function statusOf(known: IntakeKnown): object {
  const { version, startedAt } = known.build;
  return {
    cluster: { status: "ready", name: "tocsin", peers: [] },
    versionInfo: { version, revision: "", branch: "", buildUser: "", buildDate: "", goVersion: "" },
    config: { original: "# Tocsin: configured through its own API\n" },
    uptime: toIso(startedAt),
  };
}
