/** A real desk in a process of its own, on a data directory that is thrown away, with a real mail server at the other end:
 *  what every story in a browser is told on. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ackPath, type Letter, openPostOffice, type PostOffice } from "../acceptance/mail.ts";
import { freePort } from "../bench/desk-process.ts";
import { until } from "./until.ts";
import { type Language, root } from "./words.ts";

// biome-ignore lint/suspicious/noExplicitAny: an answer is looked into by the story that asked for it.
export type Json = any;

export type Someone = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly language: Language;
};

export type TestDesk = {
  readonly url: string;
  readonly post: PostOffice;
  readonly admin: Credentials;
  /** By the administrator's token; throws on a refusal. */
  readonly api: (method: string, path: string, body?: object) => Promise<Json>;
  /** The same in somebody's own name. */
  readonly apiOf: (person: Someone) => Promise<TestDesk["api"]>;
  /** Somebody of level 4 unless said otherwise, who signs in with a password. */
  readonly person: (name: string, language: Language, more?: object) => Promise<Someone>;
  /** A service whose alerts call these people. */
  readonly serviceOf: (called: readonly Someone[], nameFr: string, nameEn: string) => Promise<string>;
  readonly integration: (kind: string, more?: object) => Promise<string>;
  /** Posts to a door of the intake, as a machine does. */
  readonly knock: (path: string, body: object) => Promise<void>;
  /** The address in the call that this person got about a title. */
  readonly ackLink: (email: string, title: string) => Promise<{ readonly url: string; readonly letter: Letter }>;
  readonly stopServer: () => Promise<void>;
  readonly startServer: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const password = "a-password-for-tests-only";
const admin = { email: "camille.roy@example.org", password };

/** `environment`: what differs from an ordinary desk. `words`: what is written after the command. */
export async function startTestDesk(environment: Environment = {}, words: readonly string[] = []): Promise<TestDesk> {
  assert.ok(
    existsSync(join(root, "web", "dist", "index.html")),
    "the web is not built: node bin/start.cjs --build-only builds it",
  );
  const dataDir = mkdtempSync(join(tmpdir(), "tocsin-e2e-"));
  const post = await openPostOffice();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const place: Place = { dataDir, port, url, smtpUrl: post.url, environment, words };
  let server: ChildProcess | null = null;
  const stopServer = async (): Promise<void> => {
    if (server) await stop(server);
    server = null;
  };
  const close = async (): Promise<void> => {
    await stopServer();
    await post.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    server = await start(place);
    const api = apiOf(url, await tokenOf(url, admin));
    const apis = new Map<string, TestDesk["api"]>();
    return {
      url,
      post,
      admin,
      api,
      apiOf: async (person) => {
        const known = apis.get(person.id) ?? apiOf(url, await tokenOf(url, person));
        apis.set(person.id, known);
        return known;
      },
      ...directoryOf(api),
      knock: async (path, body) => void (await ask(`${url}${path}`, "POST", {}, body)),
      ackLink: (email, title) => ackLink(post, email, title),
      stopServer,
      startServer: async () => {
        server = await start(place);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Environment = Readonly<Record<string, string>>;
type Place = {
  readonly dataDir: string;
  readonly port: number;
  readonly url: string;
  readonly smtpUrl: string;
  readonly environment: Environment;
  readonly words: readonly string[];
};

async function start({ dataDir, port, url, smtpUrl, environment, words }: Place): Promise<ChildProcess> {
  const node = join(root, "node_modules", ".bin", "node");
  const flags = ["--disable-proto=delete", "--disable-warning=ExperimentalWarning"];
  const child = spawn(node, [...flags, join(root, "server", "main.ts"), ...words], {
    cwd: dataDir,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      LC_ALL: "C.UTF-8",
      NODE_TEST_CONTEXT: undefined,
      NODE_COMPILE_CACHE: join(root, ".cache", "compile"),
      TOCSIN_TEST_FAST_DATABASE: "1",
      DATABASE_URL: "",
      TOCSIN_DATA_DIR: dataDir,
      TOCSIN_PORT: String(port),
      TOCSIN_URL: url,
      TOCSIN_ADMIN_EMAIL: admin.email,
      TOCSIN_ADMIN_PASSWORD: admin.password,
      TOCSIN_SMTP_URL: smtpUrl,
      TOCSIN_MAIL_FROM: "tocsin@example.org",
      TOCSIN_LOG: "error",
      ...environment,
    },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4_000);
  });
  const isReady = async (): Promise<boolean> => {
    assert.equal(child.exitCode, null, `the server stopped at once: ${said}`);
    return fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  };
  await until("the server is ready", isReady, words.length > 0 ? loadingMs : undefined);
  return child;
}

/** Months of history are written before the first answer. */
const loadingMs = 180_000;

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  await gone;
  assert.equal(child.exitCode, 0, "the server stops cleanly");
}

async function ask(
  address: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<Response> {
  const answer = await fetch(address, {
    method,
    headers: { ...(body && { "content-type": "application/json" }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${await answer.text()}`);
  return answer;
}

type Credentials = { readonly email: string; readonly password: string };

async function tokenOf(url: string, { email, password: word }: Credentials): Promise<string> {
  const signedIn = await ask(`${url}/api/v1/session`, "POST", {}, { email, password: word });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const made = await ask(`${url}/api/v1/tokens`, "POST", { cookie, origin: url }, { name: "stories" });
  return ((await made.json()) as { token: string }).token;
}

const apiOf =
  (url: string, token: string): TestDesk["api"] =>
  async (method, path, body) =>
    (await ask(`${url}${path}`, method, { authorization: `Bearer ${token}` }, body)).json();

function directoryOf(api: TestDesk["api"]): Pick<TestDesk, "person" | "serviceOf" | "integration"> {
  return {
    person: async (name, language, more = {}) => {
      const plain = name.normalize("NFD").replaceAll(/\p{M}/gu, "");
      const email = `${plain.toLowerCase().replaceAll(" ", ".")}@example.org`;
      const made = await api("POST", "/api/v1/people", { name, email, language, level: 4, password, ...more });
      return { id: made.id, name, email, password, language };
    },
    serviceOf: async (called, nameFr, nameEn) => {
      const steps = [{ targets: called.map(({ id }) => ({ kind: "person", id })), timeoutMinutes: 30 }];
      const policy = await api("POST", "/api/v1/escalation-policies", { name: nameEn, steps, repeat: 1 });
      return (await api("POST", "/api/v1/services", { nameFr, nameEn, policy: policy.id })).id;
    },
    integration: async (kind, more = {}) =>
      (await api("POST", "/api/v1/integrations", { kind, name: kind, ...more })).key,
  };
}

async function ackLink(post: PostOffice, email: string, title: string) {
  const found = () =>
    post.letters.find((letter) => letter.to === email && letter.text.includes(title) && ackPath(letter) !== undefined);
  const letter = await until(`a call for ${email} about ${title}`, async () => found() ?? false);
  const url = /https?:\/\/\S+\/ack\/[\w.-]+/.exec(letter.text)?.[0] ?? "";
  return { url, letter };
}

/** An event as clients of PagerDuty send it. */
export const pagerDutyEvent = (key: string, dedupKey: string, summary: string): object => ({
  routing_key: key,
  event_action: "trigger",
  dedup_key: dedupKey,
  payload: { summary, source: dedupKey, severity: "critical" },
});

/** Pages made by the server are dark at night whatever the browser asks: their light theme needs a day. */
export function whereItIsNoon(): string {
  const behind = new Date().getUTCHours() - 12;
  return `Etc/GMT${behind >= 0 ? "+" : ""}${behind}`;
}
