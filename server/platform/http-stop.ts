/** Stops serving without resetting anybody. Fastify knows two ways: to cut every connection, which loses the answers to
 *  what is already committed, or to wait until every client leaves, which a silent connection makes last for ever. Here
 *  every request being handled is answered, later ones are told to come back, streams end, and the silent are let go. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

type Answer = ServerResponse<IncomingMessage>;

/** A client that has just been answered may have written its next request already. */
const quietMs = 250;
/** Who has not said all, or not read all, after this is not waited for. */
const patienceMs = 5_000;
const sweepMs = 20;

/** Makes `close()` wait for what is being handled; `busy` is what later requests are told. */
export function closeGently(app: FastifyInstance, busy: () => Error): void {
  const answers = new Set<Answer>();
  const sockets = new Set<Socket>();
  let closing = false;
  function left(this: Answer): void {
    answers.delete(this);
  }
  /* With TLS a connection is a raw one first; both end with the same close. */
  app.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  app.addHook("onRequest", (request, reply, next) => {
    answers.add(reply.raw);
    reply.raw.once("close", left);
    if (!closing) return next();
    /* Read to its end first: closing on unread bytes would reset the connection before the answer is seen. */
    request.raw.once("end", () => next(busy()));
    request.raw.resume();
  });
  app.addHook("preClose", async () => {
    closing = true;
    for (const answer of lastOfEach(answers)) if (!answer.headersSent) answer.setHeader("connection", "close");
    if (!app.server.listening) return;
    /* Just after a poll has taken every connection that waited: those left in the queue of a closed port are reset. */
    await new Promise((polled) => setImmediate(polled));
    Server.prototype.close.call(app.server);
    await untilGone(answers, sockets);
  });
}

async function untilGone(answers: ReadonlySet<Answer>, sockets: ReadonlySet<Socket>): Promise<void> {
  const began = performance.now();
  while (sockets.size > 0) {
    const waited = performance.now() - began;
    for (const answer of answers) {
      if (isStream(answer)) answer.end();
      else if (waited > patienceMs && (answer.headersSent || !answer.req.complete)) answer.destroy();
    }
    if (waited > quietMs) {
      const busy = new Set([...answers].map((answer) => connectionOf(answer.req.socket)));
      for (const socket of sockets) if (!busy.has(connectionOf(socket))) socket.destroy();
    }
    await sleep(sweepMs);
  }
}

/** Of requests sent one upon the other, only the last answer ends the connection. */
const lastOfEach = (answers: ReadonlySet<Answer>): Iterable<Answer> =>
  new Map([...answers].map((answer) => [answer.req.socket, answer])).values();

const isStream = (answer: Answer): boolean =>
  answer.headersSent && String(answer.getHeader("content-type")).startsWith("text/event-stream");

/** The two ends of a connection name it, whether it is seen raw or through TLS. */
const connectionOf = (socket: Socket): string => `${socket.remoteAddress} ${socket.remotePort} ${socket.localPort}`;
