/** `Idempotency-Key`: the same key with the same body gets the same answer for 24 hours; with another body it is refused;
 *  while the first is still running, 409. Of a first that ended without an answer, the record says whether it did what was
 *  asked: its entries name the request that caused them. Only when there is none is it run again. */
import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import { type Endpoint, isReplayable } from "../../contract/endpoint.ts";
import type { Clock } from "./clock.ts";
import { streamWrittenBy } from "./event-log.ts";
import { HttpProblem } from "./problems.ts";

const keptMs = 86_400_000;
/** Longer than any request runs. */
const givenUpMs = 60_000;

type Around = (
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  run: () => Promise<unknown>,
) => Promise<unknown>;

/** Answers for a request that did its work and could not say so, from the stream it wrote to (`incident/<id>`); the first of
 *  them, when it wrote to several: their entries all name `requestId`. */
export type AnswerAgain = (
  stream: string,
  request: FastifyRequest,
  reply: FastifyReply,
  requestId: string,
) => Promise<unknown>;

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

type Known = { readonly pool: pg.Pool; readonly clock: Clock; readonly answerAgain: AnswerAgain };

export function createIdempotency(known: Known): Around {
  const { pool, clock } = known;
  return async (endpoint, request, reply, run) => {
    const key = request.headers["idempotency-key"];
    if (!isReplayable(endpoint) || key === undefined) return run();
    if (Array.isArray(key) || key.length < 1 || key.length > 200)
      throw new HttpProblem(422, "invalid-body", {
        errors: [{ pointer: "/headers/idempotency-key", code: "invalid-value", detail: "" }],
      });
    const caller = request.viewer?.person.id ?? request.ip;
    const claim: Claim = {
      keyHash: digest(`${caller}\n${request.method}\n${request.url}\n${key}`),
      bodyHash: digest(JSON.stringify(request.body ?? null)),
      requestId: request.id,
      now: clock.now(),
    };
    const keep = (answer: unknown): Promise<unknown> =>
      pool.query("update idempotency set status = $2, body = $3, etag = $4 where key_hash = $1", [
        claim.keyHash,
        endpoint.success,
        JSON.stringify(answer ?? {}),
        reply.getHeader("etag") ?? null,
      ]);
    const first = await take(pool, claim);
    if (first.kind === "run") {
      try {
        const answer = await run();
        await keep(answer);
        return answer;
      } catch (error) {
        /* A refusal did nothing: the same key may be tried again. Of anything else nobody knows. */
        if (!(error instanceof HttpProblem) || error.status >= 500) throw error;
        await pool.query("delete from idempotency where key_hash = $1 and status is null", [claim.keyHash]);
        throw error;
      }
    }
    void reply.header("idempotent-replayed", "true").code(first.kind === "answered" ? first.status : endpoint.success);
    if (first.kind === "answered") {
      if (first.etag !== null) void reply.header("etag", first.etag);
      return first.body;
    }
    const answer = await known.answerAgain(first.stream, request, reply, first.requestId);
    await keep(answer);
    return answer;
  };
}

type Claim = { readonly keyHash: string; readonly bodyHash: string; readonly requestId: string; readonly now: number };

type Taken =
  | { readonly kind: "run" }
  | { readonly kind: "answered"; readonly status: number; readonly body: unknown; readonly etag: string | null }
  /** Done, and never answered. */
  | { readonly kind: "done"; readonly stream: string; readonly requestId: string };

type Row = {
  body_hash: string;
  request_id: string;
  status: number | null;
  body: unknown;
  etag: string | null;
  made_at: number;
};

async function take(pool: pg.Pool, claim: Claim): Promise<Taken> {
  await pool.query("delete from idempotency where made_at < $1", [claim.now - keptMs]);
  const { rowCount } = await pool.query(
    "insert into idempotency (key_hash, body_hash, request_id, made_at) values ($1, $2, $3, $4) on conflict do nothing",
    [claim.keyHash, claim.bodyHash, claim.requestId, claim.now],
  );
  if (rowCount === 1) return { kind: "run" };
  const { rows } = await pool.query<Row>(
    "select body_hash, request_id, status, body, etag, made_at from idempotency where key_hash = $1",
    [claim.keyHash],
  );
  const row = rows[0];
  if (row && row.body_hash !== claim.bodyHash) throw new HttpProblem(422, "idempotency-mismatch");
  if (row && row.status !== null) return { kind: "answered", status: row.status, body: row.body, etag: row.etag };
  if (!row || row.made_at > claim.now - givenUpMs) throw new HttpProblem(409, "idempotency-in-flight");
  const stream = await streamWrittenBy(pool, {
    requestId: row.request_id,
    from: row.made_at,
    until: row.made_at + givenUpMs,
  });
  if (stream !== null) return { kind: "done", stream, requestId: row.request_id };
  const again = await pool.query(
    "update idempotency set request_id = $2, made_at = $3 where key_hash = $1 and request_id = $4 and status is null",
    [claim.keyHash, claim.requestId, claim.now, row.request_id],
  );
  if (again.rowCount !== 1) throw new HttpProblem(409, "idempotency-in-flight");
  return { kind: "run" };
}
