/** Asks a desk by its API, as the contract describes it; its problems end the command with their own sentence. */
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import type { Endpoint } from "../contract/endpoint.ts";
import type { Problem } from "../contract/shapes.ts";
import type { Console } from "./console.ts";
import { Ended, type Exit, exits } from "./exits.ts";
import { flagOf } from "./fields.ts";

const timeoutMs = 35_000;

export type Asked = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Made when an acting command gives none. */
  readonly idempotencyKey?: string | undefined;
};

export async function ask<E extends Endpoint>(
  console: Console,
  endpoint: E,
  asked: Asked = {},
): Promise<z.infer<E["output"]>> {
  const text = await askText(console, endpoint, asked);
  try {
    return JSON.parse(text) as z.infer<E["output"]>;
  } catch {
    throw notUnderstood(console, console.said.t("api.not-json"));
  }
}

/** The answer to the byte: a record is proved as it was sent. */
export async function askText(console: Console, endpoint: Endpoint, asked: Asked = {}): Promise<string> {
  const url = addressOf(console, endpoint, asked);
  const key = endpoint.method === "POST" ? (asked.idempotencyKey ?? console.world.newKey()) : null;
  const body = endpoint.method === "POST" || endpoint.method === "PATCH" ? JSON.stringify(asked.body ?? {}) : null;
  const headers = {
    ...(await headersOf(console, url)),
    ...(body === null ? {} : { "content-type": "application/json" }),
    ...(key === null ? {} : { "idempotency-key": key }),
  };
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(url, {
      method: endpoint.method,
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await answer.text();
  } catch (error) {
    throw unreachable(console, url, key, error);
  }
  if (answer.ok) return text;
  throw problemOf(console, answer, text, key);
}

function addressOf(console: Console, endpoint: Endpoint, { params = {}, query = {} }: Asked): URL {
  /* A path of dots, or of nothing, would be another one. */
  if (Object.values(params).some((one) => /^\.*$/.test(one)))
    throw new Ended(exits.usage, "id-invalid", console.said.t("api.id-invalid"));
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  let url: URL;
  try {
    url = new URL(baseOf(console).replace(/\/+$/, "") + path);
  } catch {
    throw new Ended(exits.usage, "url-invalid", console.said.t("api.url-invalid"));
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new Ended(exits.usage, "url-invalid", console.said.t("api.url-invalid"));
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) url.searchParams.append(name, String(one));
  return url;
}

/** What was said, else the desk of this machine as its own variables place it. */
export function baseOf({ url, world }: Console): string {
  const { TOCSIN_URL, TOCSIN_PORT, TOCSIN_TLS_CERT } = world.environment;
  return url ?? (TOCSIN_URL || `${TOCSIN_TLS_CERT ? "https" : "http"}://127.0.0.1:${TOCSIN_PORT || "7400"}`);
}

async function headersOf(console: Console, url: URL): Promise<Record<string, string>> {
  const { said, tell } = console;
  const token = await tokenOf(console);
  if (token === null) throw new Ended(exits.auth, "no-token", said.t("api.no-token"));
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && !loopback) tell(said.t("api.in-clear"));
  return {
    authorization: `Bearer ${token}`,
    accept: "application/json",
    "accept-language": said.locale,
  };
}

async function tokenOf({ token, world }: Console): Promise<string | null> {
  const { TOCSIN_TOKEN, XDG_CONFIG_HOME, HOME } = world.environment;
  const given = token ?? TOCSIN_TOKEN;
  if (given) return given.trim();
  const file = join(XDG_CONFIG_HOME || join(HOME || homedir(), ".config"), "tocsin", "token");
  return (await readFile(file, "utf8").catch(() => "")).trim() || null;
}

/** The desk may have acted all the same: the same key makes asking again harmless. */
function unreachable(console: Console, url: URL, key: string | null, error: unknown): Ended {
  const { t } = console.said;
  const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
  return new Ended(
    exits.temporary,
    "unreachable",
    t("api.unreachable", { url: url.origin, cause }),
    again(console, key),
  );
}

const again = ({ said }: Console, key: string | null): string[] => (key === null ? [] : [said.t("api.again", { key })]);

const exitOfStatus: Readonly<Record<number, Exit>> = {
  400: exits.usage,
  401: exits.auth,
  403: exits.auth,
  404: exits.notFound,
  408: exits.temporary,
  409: exits.conflict,
  410: exits.notFound,
  412: exits.conflict,
  422: exits.usage,
  428: exits.conflict,
  429: exits.temporary,
  502: exits.temporary,
  503: exits.temporary,
  504: exits.temporary,
};

function problemOf(console: Console, answer: Response, text: string, key: string | null): Ended {
  const exit = exitOfStatus[answer.status] ?? exits.failure;
  const problem = readProblem(text);
  const more = exit === exits.temporary ? again(console, key) : [];
  if (problem === null) {
    const { message } = notUnderstood(console, String(answer.status));
    return new Ended(exit, `status-${answer.status}`, message, more);
  }
  const fields = (problem.errors ?? []).map(({ pointer, detail }) => `  ${flagOfPointer(pointer)}: ${detail}`);
  return new Ended(exit, problem.code, `${problem.detail} (${problem.code})`, [...fields, ...more]);
}

function readProblem(text: string): Problem | null {
  try {
    const read = JSON.parse(text) as Partial<Problem> | null;
    return typeof read?.code === "string" && typeof read.detail === "string" ? (read as Problem) : null;
  } catch {
    return null;
  }
}

/** `/occurredAt` is what the caller wrote as `--occurred-at`. */
const flagOfPointer = (pointer: string): string => flagOf(pointer.replace(/^\/(query\/)?/, "").split("/")[0] ?? "");

function notUnderstood({ said }: Console, what: string): Ended {
  return new Ended(exits.failure, "answer-not-understood", said.t("api.not-understood", { what }));
}
