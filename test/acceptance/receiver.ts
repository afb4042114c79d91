/** The far end of ntfy and of webhooks: a real HTTP server that keeps what it is sent, and does as scripted with each. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { closeAtEnd } from "./cluster.ts";
import type { Json } from "./world.ts";

export type Received = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: Json;
};

/** A status, or: `hang` answers nothing, `cut` takes the whole request and breaks the connection. */
export type Reply = number | "hang" | "cut" | Answering;
type Answering = { readonly status: number; readonly headers: Record<string, string>; readonly body?: string };

export type Receiver = {
  readonly url: string;
  /** Asked for each request: what it is, and how many there were at all. */
  script: (received: Received, attempt: number) => Reply;
  /** All of them, oldest first, whatever was answered. */
  readonly received: Received[];
  readonly close: () => Promise<void>;
};

/** At a port of its own, or where one stood before. */
export async function openReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const one = { path: request.url ?? "", headers: request.headers, raw, body: JSON.parse(raw) };
      received.push(one);
      reply(response, receiver.script(one, received.length));
    });
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    script: () => 200,
    received,
    close: async () => {
      ended();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
  const ended = closeAtEnd(() => receiver.close());
  return receiver;
}

function reply(response: ServerResponse, answer: Reply): void {
  if (answer === "hang") return;
  if (answer === "cut") return void response.destroy();
  const {
    status,
    headers,
    body = "{}",
  }: Answering = typeof answer === "number" ? { status: answer, headers: {} } : answer;
  response.writeHead(status, headers).end(body);
}
