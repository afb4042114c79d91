/** JSON lines through pino, so that no written text can forge a line. No message bodies, no secrets: what could carry one
 *  is cut by path. */
import pino from "pino";

export type Log = pino.Logger;

export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["req.headers.authorization", "req.headers.cookie", "*.password", "*.token", "*.key", "*.secret"],
      censor: "[cut]",
    },
  });
}

/** Keys that some clients can only send in the path or the query never reach a log or a metric. */
export function maskUrl(url: string): string {
  return url
    .replace(/\?.*$/, "?…")
    .replace(/^\/(in\/[^/]+\/)?(alertmanager|events|ack|c)\/[^/?]+/, "/$1$2/…")
    .replace(/^\/api\/v1\/reports\/[^/?]+/, "/api/v1/reports/…");
}
