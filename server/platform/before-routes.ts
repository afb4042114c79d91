/** What is answered before any route is found: requests that are not HTTP, that do not say which host they are for, or whose
 *  address cannot be read. Each gets the headers and the form of every other answer: some clients crash on an empty body. */
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";

const fixedHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "cache-control": "no-store",
} as const;

/** On every answer; over TLS a browser is told to come back by TLS only. */
export const securityHeaders = (url: string): Readonly<Record<string, string>> =>
  url.startsWith("https:") ? { ...fixedHeaders, "strict-transport-security": "max-age=31536000" } : fixedHeaders;

const bodyOf = (status: number, title: string): string =>
  JSON.stringify({
    type: "/api/docs#malformed-request",
    title,
    status,
    detail: "The request is not valid HTTP.",
    code: "malformed-request",
  });

type ParserError = NodeJS.ErrnoException & { bytesParsed?: number };

/** For what the HTTP parser refuses there is no request, hence no language and no door: it is said in English, in the type
 *  that other people's clients read (some crash on any but `application/json`). */
export function answerParserError(url: string) {
  return (error: ParserError, socket: Socket): void => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    const [status, title] =
      error.code === "HPE_HEADER_OVERFLOW"
        ? ([431, "Request Header Fields Too Large"] as const)
        : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
          ? ([408, "Request Timeout"] as const)
          : ([400, "Bad Request"] as const);
    const body = bodyOf(status, title);
    const headers = {
      ...securityHeaders(url),
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      connection: "close",
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join("")}\r\n${body}`);
  };
}

/** Node answers what a client expects and we do not know with nothing at all. */
export function answerExpectations(app: FastifyInstance, url: string): void {
  app.server.on("checkExpectation", (_request, response) => {
    response.writeHead(417, { ...securityHeaders(url), "content-type": "application/json" });
    response.end(bodyOf(417, "Expectation Failed"));
  });
}

/** RFC 9112 §3.2: one host, said once. A proxy in front may have believed the other one. */
export function namesOneHost({ raw }: FastifyRequest): boolean {
  let hosts = 0;
  for (let index = 0; index < raw.rawHeaders.length; index += 2)
    if (raw.rawHeaders[index]?.length === 4 && raw.rawHeaders[index]?.toLowerCase() === "host") hosts++;
  return hosts === 1 || (hosts === 0 && raw.httpVersionMinor === 0);
}
