/** How soon 200 people who look at one incident see what one of them does: from the act being sent until the last of them has the
 *  incident anew. Each holds the live stream and reads the incident when it speaks of it, as a page does. All of them share this
 *  process, so that their own work is in the figure too. */
import { Agent, type IncomingMessage, request } from "node:http";
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "./measures.ts";
import { type Figure, ms, quantile } from "./table.ts";

const viewers = 200;
const actsInRound = 10;
/** Between acts: longer than a page waits before it reads again after a flood. */
const apartMs = 700;
const patienceMs = 10_000;

type Seen = { readonly told: number[]; readonly read: number[] };

export async function measureCockpit(bench: Bench): Promise<Figure> {
  const agent = new Agent({ keepAlive: true, maxSockets: viewers + 8 });
  const ask = asking(bench, agent);
  const { id } = await ask("POST", "/api/v1/incidents", { title: "Pay does not go out", impact: 1, urgency: 1 });
  const act = (text: string) => ask("POST", `/api/v1/incidents/${id}/add-observation`, { text });
  const seen: Seen = { told: [], read: [] };
  let sentAt = 0;
  let waiting = 0;
  let done = () => {};
  const onTold = () => {
    if (waiting === 0) return;
    seen.told.push(performance.now() - sentAt);
    void ask("GET", `/api/v1/incidents/${id}`).then(() => {
      seen.read.push(performance.now() - sentAt);
      waiting -= 1;
      if (waiting === 0) done();
    });
  };
  const streams = await Promise.all(Array.from({ length: viewers }, () => open(bench, onTold)));
  await act("All are here.");
  await sleep(apartMs);
  const acts = actsInRound * bench.rounds;
  for (let n = 0; n < acts; n += 1) {
    const all = new Promise<void>((over) => {
      done = over;
    });
    waiting = viewers;
    sentAt = performance.now();
    await act(`More than ${n + 1} hundred transfers wait.`);
    await Promise.race([
      all,
      sleep(patienceMs).then(() => Promise.reject(new Error(`${waiting} viewers saw nothing`))),
    ]);
    await sleep(apartMs);
  }
  for (const stream of streams) stream.destroy();
  agent.destroy();
  return {
    what: `A cockpit update seen by ${viewers} viewers, p99`,
    measured: ms(quantile(seen.read, 0.99)),
    target: "300 ms",
    plain: "–",
    ratio: null,
    remark: `${acts} acts; p50 ${ms(quantile(seen.read, 0.5))}; told p50 ${ms(quantile(seen.told, 0.5))}, p99 ${ms(quantile(seen.told, 0.99))}; load ${loadavg()[0]?.toFixed(1)}`,
  };
}

type Ask = (method: "GET" | "POST", path: string, body?: object) => Promise<{ readonly id: string }>;

function asking({ desk: { port }, token }: Bench, agent: Agent): Ask {
  return async (method, path, body) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = { authorization: `Bearer ${token}`, ...(payload && { "content-type": "application/json" }) };
    const answer = await new Promise<IncomingMessage>((done, failed) => {
      request({ port, path, method, agent, headers }, done).on("error", failed).end(payload);
    });
    let text = "";
    for await (const part of answer.setEncoding("utf8")) text += part;
    if (!String(answer.statusCode).startsWith("2")) throw new Error(`${path}: ${answer.statusCode} ${text}`);
    return JSON.parse(text);
  };
}

async function open({ desk: { port }, token }: Bench, onTold: () => void): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}`, accept: "text/event-stream" };
  const stream = await new Promise<IncomingMessage>((done, failed) => {
    request({ port, path: "/api/v1/stream", headers, agent: false }, done).on("error", failed).end();
  });
  if (stream.statusCode !== 200) throw new Error(`the stream answered ${stream.statusCode}`);
  stream.on("data", (part: Buffer) => part.includes('"incident"') && onTold());
  stream.on("error", () => {});
  return stream;
}
