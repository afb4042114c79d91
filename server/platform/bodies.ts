/** A bound on what all bodies being read or handled hold in memory together. Each door bounds its own body; without this,
 *  enough of them at once would still end the process. Bytes count as they arrive, so that a sender who only announces
 *  much takes nobody's room; what is announced is looked at first, so that a body which cannot fit is not carried half
 *  way. Small bodies are never refused: an acknowledgement gets through whatever floods in beside it. */
import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HttpProblem } from "./problems.ts";

export type BodyBounds = {
  readonly allBytes: number;
  /** Of each body, not counted: about what its connection costs anyway. */
  readonly freeBytes: number;
};

const bounds: BodyBounds = { allBytes: 128 * 1024 * 1024, freeBytes: 64 * 1024 };

/** Registered before any route; gives what is held now. */
export function boundBodies(app: FastifyInstance, { allBytes, freeBytes }: BodyBounds = bounds): () => number {
  let held = 0;
  const full = (more: number): boolean => held + more > allBytes;

  const count = (payload: Readable, reply: FastifyReply): void => {
    let mine = 0;
    let arrived = 0;
    const release = (): void => {
      payload.off("data", arrives);
      held -= mine;
      mine = 0;
    };
    const arrives = (chunk: Buffer): void => {
      arrived += chunk.length;
      const more = Math.max(0, arrived - freeBytes) - mine;
      if (more <= 0) return;
      if (full(more)) {
        release();
        /* Whoever reads the body hears of it and answers; the rest of it is let past unkept. */
        payload.emit("error", new HttpProblem(503, "overloaded"));
        return;
      }
      mine += more;
      held += more;
    };
    reply.raw.once("close", release);
    /* Paused until its reader is there too: the first bytes are for both. */
    payload.pause();
    payload.on("data", arrives);
  };

  app.addHook("preParsing", (request, reply, payload, next) => {
    if (request.routeOptions.config.streamed) return next();
    const announced = announcedBytes(request);
    const pieces = announced === Number.POSITIVE_INFINITY;
    /* One that is larger than its door reads is refused unread. */
    if (announced <= freeBytes || (!pieces && announced > request.routeOptions.bodyLimit)) return next();
    if (!pieces && full(announced - freeBytes)) return next(new HttpProblem(503, "overloaded"));
    count(payload as Readable, reply);
    next();
  });
  return () => held;
}

/** Infinite when it is sent in pieces, whose end nobody knows; 0 without a body. */
function announcedBytes({ headers }: FastifyRequest): number {
  if (headers["transfer-encoding"] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers["content-length"] ?? 0);
}
