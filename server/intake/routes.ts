/** Doors that other people's clients knock at, with the very paths and answers those clients expect. Bodies are read as
 *  bytes whatever their declared type, since real clients declare the wrong one; every answer, errors included, is JSON,
 *  since real clients crash on anything else. Answered 2xx means committed. */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { asProblem } from "../platform/http.ts";
import { alertmanagerApiDoors } from "./alertmanager-api-door.ts";
import { alertmanagerDoors } from "./alertmanager-door.ts";
import { type Answer, type Door, type IntakeKnown, integrationFor, oversized, plain, refuse, reply } from "./doors.ts";
import { genericDoors } from "./generic-door.ts";
import { opsgenieDoors } from "./opsgenie-door.ts";
import { sniffKeyOf } from "./oversized.ts";
import { pagerdutyDoors } from "./pagerduty-door.ts";

const doors: readonly Door[] = [
  ...pagerdutyDoors,
  ...opsgenieDoors,
  ...alertmanagerDoors,
  ...alertmanagerApiDoors,
  ...genericDoors,
];
const every: readonly HTTPMethods[] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
/** Of other people's clients too: what is not served there is told in the form that they read. */
const besides = ["/v1/*", "/v2/*", "/api/v2/*", "/generic/*", "/alertmanager/*", "/events/*"];

/** Registered at the root, and again under `/in/{segment}` for clients that want a base path. */
export function intakeRoutes(app: FastifyInstance, known: IntakeKnown): void {
  void app.register(async (scope) => {
    /* Some clients name a type that is no type. */
    scope.addHook("onRequest", (request, _reply, next) => {
      request.headers["content-type"] = "application/octet-stream";
      next();
    });
    scope.decorateRequest("integration", null);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, request, reply) => answerFault(known, error, request, reply));
    for (const prefix of ["", "/in/:segment"]) {
      for (const door of doors) openDoor(scope, known, prefix, door);
      for (const path of ["/-/healthy", "/-/ready"]) {
        scope.get(`${prefix}${path}`, (_request, reply) => reply.type("text/plain").send("OK"));
      }
    }
    for (const url of [...besides, "/in/:segment/*"]) {
      const absent = plain(404, "not-found", "nothing is served at this address");
      refuseUnread(scope, url, every, (to) => reply(to, absent));
    }
  });
}

function openDoor(scope: FastifyInstance, known: IntakeKnown, prefix: string, door: Door): void {
  const url = `${prefix}${door.path}`;
  scope.route({
    method: [...door.methods],
    url,
    bodyLimit: door.bodyLimit,
    config: { door },
    ...(door.key !== "body" && { onRequest: (request, to) => knownKeyOnly(known, request, to, door) }),
    handler: (request, to) => door.answer(known, request, to),
  });
  const allow = door.methods.join(", ");
  const wrong = plain(405, "method-not-allowed", `this address answers ${allow}`);
  /* Whoever answers GET answers HEAD. */
  const served = door.methods.includes("GET") ? [...door.methods, "HEAD"] : door.methods;
  const others = every.filter((method) => !served.includes(method));
  refuseUnread(scope, url, others, (to) => {
    const answer = door.form?.(to.request, to, wrong) ?? wrong;
    return reply(to.header("allow", allow), answer);
  });
}

/** Asked before the body is read: nobody makes us hold one without a key. */
async function knownKeyOnly(
  known: IntakeKnown,
  request: FastifyRequest,
  to: FastifyReply,
  door: Door,
): Promise<FastifyReply | undefined> {
  const { kind } = door;
  if (typeof door.key === "function") {
    const found = door.key(request);
    if ("key" in found) request.integration = (await integrationFor(known, found.key, kind)) ?? null;
    if (request.integration) return undefined;
    const said = "key" in found ? found.unknown : found.refused;
    return refuse(known, to, { kind, reason: "key-unknown" }, door.form?.(request, to, said) ?? said);
  }
  const key = door.key === "path" ? (request.params as { key: string }).key : keyInHeader(request);
  request.integration = (await integrationFor(known, key, kind)) ?? null;
  if (request.integration) return undefined;
  if (door.key === "header") void to.header("www-authenticate", 'Basic realm="Tocsin", charset="UTF-8"');
  const status = door.key === "path" ? 404 : 401;
  const answer = plain(status, "integration-key-unknown", "no integration has this key");
  return refuse(known, to, { kind, reason: "key-unknown" }, answer);
}

/** A bearer token, or the password of Basic whatever its user. */
function keyInHeader(request: FastifyRequest): string {
  const [, scheme = "", value = ""] = /^(bearer|basic) +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (scheme.toLowerCase() !== "basic") return value;
  const pair = Buffer.from(value, "base64").toString("utf8");
  return pair.slice(pair.indexOf(":") + 1);
}

/** Answered before the body: what is refused whatever it holds is not read. */
function refuseUnread(
  scope: FastifyInstance,
  url: string,
  methods: readonly HTTPMethods[],
  answer: (to: FastifyReply) => FastifyReply,
): void {
  scope.route({
    method: [...methods],
    url,
    onRequest: async (_request, to) => answer(to),
    handler: async (_request, to) => answer(to),
  });
}

async function answerFault(
  known: IntakeKnown,
  error: unknown,
  request: FastifyRequest,
  to: FastifyReply,
): Promise<FastifyReply> {
  const problem = asProblem(known.log, error, request);
  const door = request.routeOptions.config.door;
  const form = (answer: Answer): Answer => door?.form?.(request, to, answer) ?? answer;
  if (problem.status === 413) {
    const keyInBody = request.integration === null && Number(request.headers["content-length"] ?? 0) > 0;
    const integration = keyInBody
      ? await integrationFor(known, await sniffKeyOf(request.raw), "pagerduty")
      : (request.integration ?? undefined);
    const bytes = Number(request.headers["content-length"] ?? 0);
    return oversized(known, to, { integration, kind: integration?.kind ?? "pagerduty", bytes, form });
  }
  return reply(to, form(plain(problem.status >= 500 ? 503 : problem.status, problem.code)));
}
