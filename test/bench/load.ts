/** The load generator: raw sockets, requests written from bytes made once, answers read just far enough to know their
 *  status and their end. It shares the machine with what it measures, so it must cost little: an HTTP library here would
 *  take more of the processor than the server does. Runs in a worker. */
import { connect, type Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

/** One request; `holes` are places of `width` digits that make each one distinct. */
export type Template = {
  readonly bytes: Uint8Array;
  readonly holes: readonly number[];
  readonly width: number;
  /** Distinct things in one request. */
  readonly items: number;
};

export type Job = {
  readonly port: number;
  readonly connections: number;
  readonly durationMs: number;
  /** Requests a second; null for as many as the connections carry. */
  readonly rate: number | null;
  /** Never more requests than this. */
  readonly requestsMax: number;
  /** One after the other, again and again. */
  readonly templates: readonly Template[];
  /** Number written into the first hole; each hole of each request gets the next. */
  readonly firstNumber: number;
};

export type Answered = {
  readonly number: number;
  readonly status: number;
  /** Monotonic milliseconds, the same clock in every thread. */
  readonly sentAt: number;
  readonly answeredAt: number;
};

export type Loaded = {
  readonly tookMs: number;
  readonly statuses: Readonly<Record<number, number>>;
  readonly answers: readonly Answered[];
  readonly nextNumber: number;
  readonly firstRefusal: string | null;
};

/** process.hrtime is one clock for the whole machine; performance.now starts anew in each thread. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

type Line = { readonly socket: Socket; number: number; sentAt: number; busy: boolean; received: string };

export async function runJob(job: Job): Promise<Loaded> {
  const lines = await Promise.all(Array.from({ length: job.connections }, () => openLine(job.port)));
  const answers: Answered[] = [];
  let sent = 0;
  let next = job.firstNumber;
  let firstRefusal: string | null = null;
  const began = monotonicMs();
  const end = began + job.durationMs;
  const mayDue = (): number =>
    job.rate === null ? job.requestsMax : Math.floor(((monotonicMs() - began) / 1_000) * job.rate) + 1;
  const send = (line: Line): void => {
    const template = job.templates[sent % job.templates.length];
    if (!template) return;
    line.number = next;
    line.busy = true;
    line.received = "";
    next += template.holes.length;
    sent += 1;
    const bytes = filled(template, line.number);
    line.sentAt = monotonicMs();
    line.socket.write(bytes);
  };
  const open = (): boolean => sent < job.requestsMax && monotonicMs() < end;
  await new Promise<void>((done, failed) => {
    const pace = job.rate === null ? null : setInterval(() => sendDue(), 2);
    const sendDue = (): void => {
      for (const line of lines) if (!line.busy && open() && sent < mayDue()) send(line);
      finish();
    };
    const finish = (): void => {
      if (open() || lines.some((line) => line.busy)) return;
      if (pace) clearInterval(pace);
      done();
    };
    for (const line of lines) {
      line.socket.on("error", failed);
      line.socket.on("close", () => line.busy && failed(new Error("the server closed a connection")));
      line.socket.on("data", (chunk: Buffer) => {
        line.received += chunk.toString("latin1");
        const status = statusOf(line.received);
        if (status === null) return;
        answers.push({ number: line.number, status, sentAt: line.sentAt, answeredAt: monotonicMs() });
        if (status > 299) firstRefusal ??= line.received.slice(0, 2_000);
        line.busy = false;
        if (job.rate === null && open()) send(line);
        finish();
      });
    }
    sendDue();
  });
  for (const line of lines) line.socket.destroy();
  return { tookMs: monotonicMs() - began, statuses: countStatuses(answers), answers, nextNumber: next, firstRefusal };
}

function openLine(port: number): Promise<Line> {
  return new Promise((done, failed) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    socket.once("error", failed);
    socket.once("connect", () => done({ socket, number: 0, sentAt: 0, busy: false, received: "" }));
  });
}

function filled(template: Template, first: number): Buffer {
  const bytes = Buffer.from(template.bytes);
  for (const [index, hole] of template.holes.entries()) {
    bytes.write(String(first + index).padStart(template.width, "0"), hole, "latin1");
  }
  return bytes;
}

/** Null until the whole answer is there. */
function statusOf(received: string): number | null {
  const head = received.indexOf("\r\n\r\n");
  if (head < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, head));
  if (!length) throw new Error(`an answer without a length: ${received.slice(0, 200)}`);
  return received.length >= head + 4 + Number(length[1]) ? Number(received.slice(9, 12)) : null;
}

function countStatuses(answers: readonly Answered[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

if (parentPort) {
  const port = parentPort;
  runJob(workerData as Job).then(
    (loaded) => port.postMessage(loaded),
    (error: unknown) => {
      throw error;
    },
  );
}
