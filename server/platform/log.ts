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
  return pino(options, plainLines(destination ?? pino.destination(1)));
}

/** JSON escapes the controls below U+0020 only; a terminal that shows the log obeys those of C1 too (CSI is U+009B). */
function plainLines(destination: pino.DestinationStream): pino.DestinationStream {
  const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return {
    write: (line) => destination.write(line.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escaped)),
  };
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

/** Keys that some clients can only send in the path or the query never reach a log or a metric. A path may be written in
 *  many ways and still find its route (`//ack/…`, `/%61ck/…`), or miss it and hold a key all the same: what could be one is
 *  cut wherever it stands. */
export function maskUrl(url: string): string {
  const [path = "", query] = url.split(/[?#]/, 2);
  const parts = path.split("/").map((part) => (isPlain(part) ? part : "…"));
  return parts.join("/") + (query === undefined ? "" : "?…");
}

const idShape = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:inc|ex)-[\d-]{1,20})$/i;
/** Words of routes and names of files: no upper case, and a digit only where it is short. */
const wordShape = /^(?:[a-z-]{0,30}|[a-z0-9.-]{0,12})$/;

const isPlain = (part: string): boolean => idShape.test(part) || wordShape.test(part);
