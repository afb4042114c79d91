/** Who is asking: the person behind a session or a token, and what they may do as data. */
import type { FastifyRequest } from "fastify";
import type { Person } from "../../core/directory/types.ts";
import type { Actor, Via } from "../../core/kernel/vocabulary.ts";

export type Viewer = {
  readonly person: Person;
  readonly actor: Actor;
  readonly via: Via;
  readonly scopes: readonly string[];
  /** When the password of this session was given; null for a token. */
  readonly passwordAt: number | null;
  readonly sessionHash: string | null;
};

declare module "fastify" {
  interface FastifyRequest {
    viewer: Viewer | null;
  }
}

/** For handlers behind a gate that has let nobody else in. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new Error("this route was served without a gate");
  return request.viewer;
}
