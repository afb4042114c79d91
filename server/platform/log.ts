/** JSON lines through pino, so that no written text can forge a line. No message bodies, no secrets: what could carry one
 *  is cut by path. */
import pino from "pino";

export type Log = pino.Logger;

export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: plainError },
    redact: {
      paths: ["req.headers.authorization", "req.headers.cookie", "*.password", "*.token", "*.key", "*.secret"],
      censor: "[cut]",
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Of an error only its words: a driver hangs its whole connection on it. */
function plainError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: String(error).slice(0, 1_000) };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    type: name,
    message,
    ...(typeof code === "string" ? { code } : {}),
    stack,
    ...(cause !== undefined && depth < 3 ? { cause: plainError(cause, depth + 1) } : {}),
  };
}

/** Keys that some clients can only send in the path or the query never reach a log or a metric. */
export function maskUrl(url: string): string {
  return url
    .replace(/\?.*$/, "?…")
    .replace(/^\/(in\/[^/]+\/)?(alertmanager|events|ack|test|c|report)\/[^/?]+/, "/$1$2/…")
    .replace(/^\/report\/[^/?]+/, "/report/…")
    .replace(/^\/api\/v1\/reports\/[^/?]+/, "/api/v1/reports/…");
}
