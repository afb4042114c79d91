/** An endpoint of the HTTP API as data: the server serves it, the browser and the command line call it, OpenAPI is made
 *  from it, and the permission matrix is tested against it. */
import { z } from "zod";
import type { RefusalCode } from "../core/kernel/refusal.ts";

/** Who may call: nobody in particular, a signed-in person or token, an administrator; `fresh`: a session whose password
 *  was given lately, never a token. */
export type Access = "public" | "member" | "administrator" | "fresh";

/** What a token must be allowed to do; a session has both. */
export type Scope = "read" | "write";

export type Endpoint = {
  readonly id: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Fastify's form: `/api/v1/incidents/:id`. */
  readonly path: string;
  readonly tag: string;
  readonly access: Access;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body, or the answer, is the bytes of a file. */
  readonly binary?: "body" | "answer";
  /** Of the body, where it is more than the API's usual. */
  readonly bytesMax?: number;
  readonly success: number;
  readonly output: z.ZodType;
  readonly refusals: readonly RefusalCode[];
  /** Its body or its answer holds a secret that is shown once: nothing of it is kept to be replayed. */
  readonly holdsSecret?: true;
  /** A POST only for its body: it changes nothing, and asked again it is computed again. Nothing of it is kept to be replayed:
   *  what is asked at each pause in typing would stay, half-written, for a day. */
  readonly changesNothing?: true;
  /** The answer carries an entity tag; an act may be made to depend on it by `If-Match`. */
  readonly tagged?: true;
};

export function endpoint<const E extends Endpoint>(value: E): E {
  return value;
}

export const scopeOf = (one: Endpoint): Scope => (one.method === "GET" ? "read" : "write");

/** Whether `Idempotency-Key` means anything to it. A file is known by its own content: attached again, it is the same. */
export const isReplayable = (one: Endpoint): boolean =>
  one.method === "POST" && one.holdsSecret !== true && one.changesNothing !== true && one.binary !== "body";

export const nothing = z.object({});
