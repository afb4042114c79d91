/** `Idempotency-Key`: the same key with the same body gets the same answer for 24 hours; with another body it is refused;
 *  while the first is still running, 409. A first that died without answering is given up after a minute. */
import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import type { Endpoint } from "../../contract/endpoint.ts";
import type { Clock } from "./clock.ts";
import { HttpProblem } from "./http.ts";

/** Their answers or bodies hold a secret that is shown once: nothing of them is kept to be replayed. */
const unkept = new Set(["signIn", "makeToken", "addIntegration", "addIntegrationKey", "report", "addPerson"]);
const keptMs = 86_400_000;
const givenUpMs = 60_000;

type Around = (
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  run: () => Promise<unknown>,
) => Promise<unknown>;

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

export function createIdempotency(pool: pg.Pool, clock: Clock): Around {
  return async (endpoint, request, reply, run) => {
    const key = request.headers["idempotency-key"];
    if (endpoint.method !== "POST" || key === undefined || unkept.has(endpoint.id)) return run();
    if (Array.isArray(key) || key.length < 1 || key.length > 200)
      throw new HttpProblem(422, "invalid-body", {
        errors: [{ pointer: "/headers/idempotency-key", code: "invalid-value", detail: "" }],
      });
    const caller = request.viewer?.person.id ?? request.ip;
    const keyHash = digest(`${caller}\n${request.method}\n${request.url}\n${key}`);
    const bodyHash = digest(JSON.stringify(request.body ?? null));
    const known = await claim(pool, { keyHash, bodyHash, now: clock.now() });
    if (known) {
      void reply.header("idempotent-replayed", "true");
      void reply.code(known.status);
      return known.body;
    }
    try {
      const answer = await run();
      await pool.query("update idempotency set status = $2, body = $3 where key_hash = $1", [
        keyHash,
        endpoint.success,
        JSON.stringify(answer ?? {}),
      ]);
      return answer;
    } catch (error) {
      /* A refusal did nothing: the same key may be tried again. Of anything else nobody knows. */
      if (!(error instanceof HttpProblem) || error.status >= 500) throw error;
      await pool.query("delete from idempotency where key_hash = $1 and status is null", [keyHash]);
      throw error;
    }
  };
}

type Claim = { readonly keyHash: string; readonly bodyHash: string; readonly now: number };

async function claim(
  pool: pg.Pool,
  { keyHash, bodyHash, now }: Claim,
): Promise<{ status: number; body: unknown } | null> {
  await pool.query("delete from idempotency where made_at < $1 or (status is null and made_at < $2)", [
    now - keptMs,
    now - givenUpMs,
  ]);
  const { rowCount } = await pool.query(
    "insert into idempotency (key_hash, body_hash, made_at) values ($1, $2, $3) on conflict do nothing",
    [keyHash, bodyHash, now],
  );
  if (rowCount === 1) return null;
  const { rows } = await pool.query<{ body_hash: string; status: number | null; body: unknown }>(
    "select body_hash, status, body from idempotency where key_hash = $1",
    [keyHash],
  );
  const row = rows[0];
  if (row && row.body_hash !== bodyHash) throw new HttpProblem(422, "idempotency-mismatch");
  if (row?.status === null || row?.status === undefined) throw new HttpProblem(409, "idempotency-in-flight");
  return { status: row.status, body: row.body };
}
