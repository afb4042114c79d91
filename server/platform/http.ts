/** HTTP around the contract: parses at the door, asks who calls, answers with problems (RFC 9457), and puts the same
 *  headers on everything. The core's refusals become statuses here and nowhere else. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from "fastify";
import type { z } from "zod";
import type { Access, Endpoint } from "../../contract/endpoint.ts";
import { type Language, type Locale, languageOfLocale } from "../../core/kernel/vocabulary.ts";
import { inLanguage, preferredLocale } from "../../languages/locale.ts";
import { answerExpectations, answerParserError, namesOneHost, securityHeaders } from "./before-routes.ts";
import { isConnectionFault, Unavailable } from "./database.ts";
import { closeGently } from "./http-stop.ts";
import { type Log, maskUrl } from "./log.ts";
import { notedMethods } from "./methods.ts";
import { fieldErrors, HttpProblem, problemFor } from "./problems.ts";
import { someBytes } from "./secrets.ts";

/** A list that has no other page. */
export const everything = <T>(data: readonly T[]) => ({ data, nextCursor: null });

/** 512 KB for the API and PagerDuty; an Alertmanager group comes whole in one body. */
export const bodyLimit = 512 * 1024;
export const groupBodyLimit = 16 * 1024 * 1024;

export type HttpSettings = {
  readonly url: string;
  readonly tls: { readonly cert: string | Buffer; readonly key: string | Buffer } | null;
  /** Null when no forwarding header is believed. */
  readonly trustedProxies: object | null;
  readonly trustedProxyText: readonly string[];
};

/** What a browser is shown where nothing is; null where there is no page to show. */
export type LostPage = (reply: FastifyReply) => Promise<FastifyReply> | null;

export function createHttp(config: HttpSettings, log: Log, lostPage: LostPage = () => null): FastifyInstance {
  const answersHost = { requireHostHeader: false };
  const server = config.tls
    ? { https: { cert: config.tls.cert, key: config.tls.key, ...answersHost } }
    : { http: answersHost };
  const headers = securityHeaders(config.url);
  const app = Fastify({
    ...(server as object),
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestIdHeader: false,
    /* Each line we write names its request itself; a logger for each request would cost more than most routes do. */
    childLoggerFactory: (logger) => logger,
    genReqId: () => someBytes(9).toString("base64url"),
    trustProxy: config.trustedProxies ? [...config.trustedProxyText] : false,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 500 },
    forceCloseConnections: false,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    return503OnClosing: false,
    clientErrorHandler: answerParserError(config.url),
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers(headers).header("x-request-id", request.id);
      return answerError(log, error, request, reply);
    },
  }) as unknown as FastifyInstance;
  answerExpectations(app, config.url);
  closeGently(app, () => new HttpProblem(503, "overloaded"));
  const methodsOf = notedMethods(app);
  /* JSON only: a form of another site can send text/plain without asking. */
  app.removeContentTypeParser("text/plain");
  app.addHook("onRequest", (request, reply, next) => {
    void reply.headers(headers).header("x-request-id", request.id);
    next(namesOneHost(request) ? undefined : new HttpProblem(400, "malformed-request"));
  });
  app.addHook("onResponse", (request, reply, done) => {
    if (reply.statusCode >= 500 || log.isLevelEnabled("debug")) {
      log.info(
        {
          reqId: request.id,
          method: request.method,
          url: maskUrl(request.url),
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
        },
        "request",
      );
    }
    done();
  });
  app.setErrorHandler((error, request, reply) => answerError(log, error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url);
    const page = methods.length === 0 && isRead(request) ? lostPage(reply.code(404)) : null;
    return page ?? answerNotFound(methods, request, reply);
  });
  return app;
}

/** Somebody has mistyped an address in a browser. Programs never ask for HTML, and are answered with a problem. */
const isRead = ({ method, url, headers }: FastifyRequest): boolean =>
  method === "GET" && !url.startsWith("/api/") && (headers.accept ?? "").includes("text/html");

function answerNotFound(methods: readonly string[], request: FastifyRequest, reply: FastifyReply): FastifyReply {
  /* One that answers this very method was missed for what stands in it: longer than any id. */
  if (methods.length === 0 || methods.includes(request.method))
    return sendProblem(request, reply, new HttpProblem(404, "not-found"));
  void reply.header("allow", methods.join(", "));
  return sendProblem(request, reply, new HttpProblem(405, "method-not-allowed"));
}

/** A page of the server's own: its one style block is admitted by a nonce. */
export function sendHtml(reply: FastifyReply, status: number, render: (nonce: string) => string): FastifyReply {
  const nonce = someBytes(12).toString("base64url");
  return reply
    .code(status)
    .header(
      "content-security-policy",
      `default-src 'none'; style-src 'nonce-${nonce}'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`,
    )
    .type("text/html; charset=utf-8")
    .send(render(nonce));
}

function answerError(log: Log, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, asProblem(log, error, request));
}

export function asProblem(log: Log, error: unknown, request: FastifyRequest): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const known = error as { code?: string; statusCode?: number; message?: string };
  if (known.code === "FST_ERR_CTP_BODY_TOO_LARGE") return new HttpProblem(413, "body-too-large");
  if (known.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return new HttpProblem(415, "unsupported-media-type");
  if (known.code === "FST_ERR_BAD_URL") return new HttpProblem(400, "malformed-request");
  if (known.code === "FST_ERR_MAX_PARAM_LENGTH") return new HttpProblem(404, "not-found");
  if (known.statusCode === 400) return new HttpProblem(400, "malformed-json");
  if (known.statusCode !== undefined && known.statusCode < 500)
    return new HttpProblem(known.statusCode, "malformed-request");
  if (error instanceof Unavailable || (error instanceof Error && isConnectionFault(error))) {
    log.warn({ err: error, reqId: request.id }, "the database is not available");
    return new HttpProblem(503, "overloaded");
  }
  log.error({ err: error, reqId: request.id, url: maskUrl(request.url) }, "a request failed");
  return new HttpProblem(500, "internal");
}

/** Seconds: a desk that is busy for a moment; limits are counted over ten minutes. */
const retryAfter: Readonly<Record<number, string>> = { 503: "2", 429: "600" };

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: HttpProblem): FastifyReply {
  const wait = retryAfter[problem.status];
  if (wait !== undefined) void reply.header("retry-after", wait);
  const body = problemFor(localeOf(request), problem, request.id, request.viewer?.person.zone);
  return reply.code(problem.status).type("application/problem+json").send(JSON.stringify(body));
}

/** The caller's language: what it asks for, else its person's, else English. */
export const languageOf = (request: FastifyRequest): Language => languageOfLocale(localeOf(request));

/** The same, for sentences. Who asks for a language in general has said of which place to us, perhaps. */
export function localeOf(request: FastifyRequest): Locale {
  const asked = preferredLocale(request.headers["accept-language"]);
  const known = localeOfPerson(request.viewer?.person);
  if (asked === null) return known ?? "en";
  return asked === languageOfLocale(asked) ? inLanguage(asked, known) : asked;
}

export const localeOfPerson = (
  person: { readonly language: Language; readonly locale?: Locale } | null | undefined,
): Locale | null => person?.locale ?? person?.language ?? null;

/** Of a page that the server makes: `?lang=` as its own links say, in the variety already known; else the reader's. */
export function localeOfPage(request: FastifyRequest, person: Parameters<typeof localeOfPerson>[0]): Locale {
  const asked = (request.query as { lang?: string }).lang;
  const known = localeOfPerson(person) ?? preferredLocale(request.headers["accept-language"]);
  if (asked === "fr" || asked === "en") return inLanguage(asked, known);
  return known ?? "en";
}

type Parsed<S> = S extends z.ZodType ? z.infer<S> : undefined;
export type Call<E extends Endpoint> = {
  readonly params: Parsed<E["params"]>;
  readonly query: Parsed<E["query"]>;
  readonly body: Parsed<E["body"]>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

export type Gate = (access: Access, endpoint: Endpoint, request: FastifyRequest) => Promise<void>;

declare module "fastify" {
  interface FastifyContextConfig {
    /** Its body is never held as a whole: whoever reads it passes it on piece by piece. */
    streamed?: boolean;
  }
}

/** Lets bodies through as they come, whatever they say they are: for routes registered in this scope only. */
export function takeBytes(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
}

/** Serves an endpoint of the contract. The permission is asked before anything of the request is looked at. */
export type Serve = <E extends Endpoint>(endpoint: E, handler: (call: Call<E>) => Promise<unknown>) => void;

export function createServe(
  app: FastifyInstance,
  gate: Gate,
  around: (
    endpoint: Endpoint,
    request: FastifyRequest,
    reply: FastifyReply,
    run: () => Promise<unknown>,
  ) => Promise<unknown>,
): Serve {
  return (endpoint, handler) => {
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      ...(endpoint.bytesMax === undefined ? {} : { bodyLimit: endpoint.bytesMax }),
      config: { streamed: endpoint.binary === "body" },
      onRequest: async (request) => gate(endpoint.access, endpoint, request),
      handler: async (request, reply) => {
        const params = parsePart(endpoint.params, request.params, "params");
        const query = parsePart(endpoint.query, request.query, "query");
        const body = parsePart(endpoint.body, request.body ?? (endpoint.body ? {} : undefined), "body");
        const run = (): Promise<unknown> =>
          handler({ params, query, body, request, reply } as unknown as Call<typeof endpoint>);
        const answer = await around(endpoint, request, reply, run);
        if (reply.sent) return reply;
        if (endpoint.binary === "answer") return reply.send(answer);
        if (reply.statusCode === 200) void reply.code(endpoint.success);
        pointToNext(request, reply, answer);
        return reply.type("application/json").send(JSON.stringify(answer ?? {}));
      },
    });
  };
}

/** A list that goes on says where in its head too (RFC 8288): clients that know nothing of us follow it. */
function pointToNext(request: FastifyRequest, reply: FastifyReply, answer: unknown): void {
  const cursor = (answer as { readonly nextCursor?: unknown } | undefined)?.nextCursor;
  if (typeof cursor !== "string") return;
  const next = new URL(request.url, "http://localhost");
  next.searchParams.set("cursor", cursor);
  void reply.header("link", `<${next.pathname}${next.search}>; rel="next"`);
}

function parsePart(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HttpProblem(where === "params" ? 404 : 422, where === "params" ? "not-found" : "invalid-body", {
    errors: fieldErrors(parsed.error, where),
  });
}
