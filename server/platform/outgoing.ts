/** The one door by which this server asks anything of an address that somebody typed. The address is judged twice: its
 *  form, and its host when that is a number, before anything is asked, because a custom lookup is never called for
 *  numbers; then every address that its name resolves to, inside the lookup that the socket itself uses, so that a name
 *  cannot answer one thing when it is checked and another when it is connected to. A redirection is an answer like any other,
 *  never followed; certificates are verified; no proxy of the environment stands in between. What is answered is reduced to
 *  its status, but where a service says in its body what became of a request: nobody reads a foreign body through this desk. */
import { lookup as systemLookup } from "node:dns/promises";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { type AddressGuard, createAddressGuard, type Forbidden, judgeAddress, judgeUrl } from "./address-guard.ts";

export type Asking = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly method?: "GET" | "POST";
  /** The body of the answer is wanted too, for this desk alone. */
  readonly reads?: true;
  /** Less than the usual: where another is asked next, and both must fit into one lease. */
  readonly totalTimeoutMs?: number;
};

export type Answered =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfter: string | null;
      /** Where it was wanted: null when it broke off, or was longer than anybody would write. */
      readonly body?: string | null;
    }
  /** Never asked. */
  | { readonly kind: "forbidden"; readonly because: Forbidden }
  /** `arrived`: the request may have come through all the same. */
  | { readonly kind: "unanswered"; readonly error: string; readonly arrived: boolean };

export type Outgoing = {
  readonly post: (asking: Asking) => Promise<Answered>;
  /** Why an address can never be asked; null when only asking will tell. */
  readonly judge: (url: string) => Forbidden | null;
};

export type Resolved = { readonly address: string; readonly family: number };

export type OutgoingKnown = {
  /** Private addresses that an administrator opened, as CIDR ranges. */
  readonly listed: () => readonly string[];
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>;
  readonly connectTimeoutMs?: number;
  readonly totalTimeoutMs?: number;
};

const connectTimeoutMs = 5_000;
/** Within the lease of a claimed effect (15 s). */
const totalTimeoutMs = 10_000;
export const answerBytesMax = 65_536;

const resolveAll = (host: string): Promise<readonly Resolved[]> => systemLookup(host, { all: true, verbatim: true });

class Refused extends Error {
  override name = "Refused";
  readonly because: Forbidden;
  constructor(because: Forbidden) {
    super(because);
    this.because = because;
  }
}

export function createOutgoing(known: OutgoingKnown): Outgoing {
  const judge = (text: string): Forbidden | null => {
    const url = URL.parse(text);
    return url === null ? "not-http" : judgeUrl(url, createAddressGuard(known.listed()));
  };
  return {
    judge,
    post: (asking) => {
      const url = URL.parse(asking.url);
      const guard = createAddressGuard(known.listed());
      const because = url === null ? "not-http" : judgeUrl(url, guard);
      return url === null || because !== null
        ? Promise.resolve({ kind: "forbidden", because: because ?? "not-http" })
        : ask(known, url, guard, asking);
    },
  };
}

function ask(known: OutgoingKnown, url: URL, guard: AddressGuard, asking: Asking): Promise<Answered> {
  const { headers, body, method = "POST", reads = false } = asking;
  const secure = url.protocol === "https:";
  let connected = false;
  return new Promise((done) => {
    const request = (secure ? secureRequest : plainRequest)(url, {
      method,
      headers: { "user-agent": "Tocsin", ...headers, "content-length": String(Buffer.byteLength(body)) },
      agent: false,
      lookup: guardedLookup(url, guard, known.resolve ?? resolveAll),
    });
    const giveUp = (after: number, what: string): NodeJS.Timeout =>
      setTimeout(() => request.destroy(new Error(`${what} in ${after} ms`)), after);
    const connecting = giveUp(known.connectTimeoutMs ?? connectTimeoutMs, "no connection");
    const answering = giveUp(asking.totalTimeoutMs ?? known.totalTimeoutMs ?? totalTimeoutMs, "no answer");
    const end = (answered: Answered): void => {
      clearTimeout(connecting);
      done(answered);
    };
    request.once("socket", (socket) =>
      socket.once(secure ? "secureConnect" : "connect", () => {
        connected = true;
        clearTimeout(connecting);
      }),
    );
    request.on("response", (response) => {
      const answered = {
        kind: "answered",
        status: response.statusCode ?? 0,
        retryAfter: response.headers["retry-after"]?.slice(0, 100) ?? null,
      } as const;
      if (reads) return readWhole(response, (text) => end({ ...answered, body: text }));
      drain(response);
      end(answered);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(answering);
      if (error instanceof Refused) return end({ kind: "forbidden", because: error.because });
      end({ kind: "unanswered", error: wordsOf(error), arrived: connected });
    });
    request.on("close", () => clearTimeout(answering));
    request.end(body);
  });
}

const wordsOf = ({ code, message }: NodeJS.ErrnoException): string =>
  (code === undefined || message.includes(code) ? message : `${code} ${message}`.trim()).slice(0, 300);

/** Read to its end out of courtesy, and no further than anybody would write: then the connection is cut. */
function drain(response: IncomingMessage): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > answerBytesMax) response.destroy();
  });
  response.on("error", () => {});
}

function readWhole(response: IncomingMessage, done: (text: string | null) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes > answerBytesMax) response.destroy();
  });
  response.on("error", () => {});
  response.on("close", () => done(response.complete ? Buffer.concat(chunks).toString("utf8") : null));
}

/** One address that is forbidden refuses the name as a whole: whoever mixes them means no good. */
function guardedLookup(
  url: URL,
  guard: AddressGuard,
  resolve: (host: string) => Promise<readonly Resolved[]>,
): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (found) => {
        const because = found.map((one) => judgeAddress(url, one.address, guard)).find((one) => one !== null);
        const [first] = found;
        if (because) return callback(new Refused(because), "", 4);
        if (first === undefined) return callback(new Error(`no address for ${host}`), "", 4);
        if (options.all) return callback(null, [...found]);
        callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", 4),
    );
  };
}
