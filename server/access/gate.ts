/** The gate before every endpoint of the contract: who calls, from where, and with which right. */
import type { FastifyRequest } from "fastify";
import { type Endpoint, scopeOf } from "../../contract/endpoint.ts";
import type { Gate } from "../platform/http.ts";
import type { Log } from "../platform/log.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import { networkOf } from "./network.ts";
import { type Access, freshMs, recognise } from "./sessions.ts";

export function createGate(access: Access, log: Log): Gate {
  const decide = decider(access);
  return async (needed, endpoint, request) => {
    try {
      await decide(needed, endpoint, request);
    } catch (error) {
      if (error instanceof HttpProblem) noteDenied(log, error, endpoint, request);
      throw error;
    }
  };
}

/** Somebody known, or another site in somebody's name: worth a line. Whoever shows nothing at all is only not signed in. */
function noteDenied(log: Log, { code }: HttpProblem, endpoint: Endpoint, request: FastifyRequest): void {
  const person = request.viewer?.person.id ?? null;
  const level = person === null && request.headers.authorization === undefined ? "debug" : "warn";
  log[level]({ event: "denied", code, endpoint: endpoint.id, person, network: networkOf(request) }, "denied");
}

function decider(access: Access): Gate {
  return async (needed, endpoint, request) => {
    request.viewer = await recognise(access, request);
    if (needed === "public") return refuseForeignOrigin(access, endpoint, request);
    const { viewer } = request;
    if (!viewer) throw new HttpProblem(401, "not-signed-in");
    refuseForeignOrigin(access, endpoint, request);
    const scope = scopeOf(endpoint);
    if (!viewer.scopes.includes(scope)) throw refused("scope-missing", { scope });
    if (needed === "administrator" && !viewer.actor.admin) throw refused("not-administrator");
    if (needed === "fresh") {
      if (viewer.passwordAt === null) throw refused("token-makes-no-token");
      if (access.clock.now() > viewer.passwordAt + freshMs) throw refused("fresh-sign-in-needed");
    }
  };
}

/** A cookie is sent by the browser whatever page asks: what changes state must come from our own pages. A token is not,
 *  so a request that carries one needs no origin. */
export function refuseForeignOrigin(access: Access, endpoint: Pick<Endpoint, "method">, request: FastifyRequest): void {
  if (endpoint.method === "GET") return;
  const { origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") throw new HttpProblem(403, "forbidden-origin");
  if (origin !== undefined && !isOwn(access, request, origin)) throw new HttpProblem(403, "forbidden-origin");
  if (origin === undefined && request.viewer?.via === "session" && site !== "same-origin") {
    throw new HttpProblem(403, "forbidden-origin");
  }
}

/** The configured address, or the very host the request was made to over the same scheme: never a header of a proxy that
 *  is not trusted. */
function isOwn(access: Access, request: FastifyRequest, origin: string): boolean {
  return origin === access.config.url || origin === `${request.protocol}://${request.host}`;
}
