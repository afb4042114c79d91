/** The only door to the server, besides that of files (`web/upload.ts`). Typed from the contract, which also parses what
 *  comes back; every failure becomes one kind of error, so that one funnel can turn it into a sentence. */
import { z } from "zod";
import type { Endpoint } from "#contract/endpoint.ts";
import { type Problem, problem } from "#contract/shapes.ts";
import { followServerClock } from "./ui/now.ts";
import { readLocale } from "./ui/preferences.ts";

export class RequestFailed extends Error {
  override name = "RequestFailed";
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail || problem.title || problem.code);
    this.problem = problem;
  }
}

type Output<E extends Endpoint> = z.output<E["output"]>;
type Input<E extends Endpoint> = (E["params"] extends z.ZodType
  ? { params: z.input<E["params"]> }
  : { params?: never }) &
  (E["query"] extends z.ZodType ? { query?: z.input<E["query"]> } : { query?: never }) &
  (E["body"] extends z.ZodType ? { body: z.input<E["body"]> } : { body?: never });

/** `ifMatch`: the version that was read; changed meanwhile, nothing is done. */
type Sending = { signal?: AbortSignal | undefined; ifMatch?: number | undefined };
type Given = { params?: unknown; query?: unknown; body?: unknown } & Sending;

export async function call<E extends Endpoint>(endpoint: E, input: Input<E> & Sending): Promise<Output<E>> {
  const given: Given = input;
  const response = await ask(endpoint, given);
  followServerClock(response.headers.get("date"));
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new RequestFailed(problemOf(answer, response.status));
  const parsed = endpoint.output.safeParse(answer ?? {});
  if (!parsed.success) throw new RequestFailed(localProblem("answer-not-understood", response.status, parsed.error));
  return parsed.data as Output<E>;
}

async function ask(endpoint: Endpoint, input: Given): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json", "accept-language": readLocale() };
  if (endpoint.method === "POST") headers["idempotency-key"] = crypto.randomUUID();
  if (input.ifMatch !== undefined) headers["if-match"] = `"${input.ifMatch}"`;
  const init: RequestInit = { method: endpoint.method, headers, credentials: "same-origin" };
  if (input.signal) init.signal = input.signal;
  if (endpoint.body) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(input.body ?? {});
  }
  try {
    return await fetch(addressOf(endpoint.path, input), init);
  } catch (cause) {
    if (input.signal?.aborted) throw cause;
    throw new RequestFailed(localProblem("network-unreachable", 0, cause));
  }
}

export function addressOf(path: string, input: Pick<Given, "params" | "query">): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const filled = path.replace(/:([a-z]+)/gi, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, String(one));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

function problemOf(answer: unknown, status: number): Problem {
  const parsed = problem.safeParse(answer);
  return parsed.success ? parsed.data : localProblem("answer-not-understood", status);
}

/** A failure that never reached the server, or came back as something else than a problem. */
function localProblem(code: string, status: number, cause?: unknown): Problem {
  const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : "";
  return { type: "about:blank", title: "", status, detail, code };
}

export const failureFrom = (answer: unknown, status: number): RequestFailed =>
  new RequestFailed(problemOf(answer, status));
export const localFailure = (code: string): RequestFailed => new RequestFailed(localProblem(code, 0));

export const isSignedOut = (error: unknown): boolean => error instanceof RequestFailed && error.problem.status === 401;
