/** One audited change of what calls people, by whoever asks for it; the directory is read anew after it. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import type { Envelope } from "../../core/kernel/stamp.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { viewerOf } from "../access/viewer.ts";
import type { ContactKnown } from "./contact-routes.ts";

export type Changed = { readonly id: string; readonly what: string; readonly data: JsonObject };

export async function changeOne(
  known: ContactKnown,
  request: FastifyRequest,
  { kind, id, what, data }: Changed & { readonly kind: string },
  write: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const { actor } = viewerOf(request);
  const envelope: Envelope = { at: known.clock.now(), actor, cause: { kind: "request", id: request.id } };
  await known.change(envelope, async (client) => {
    await write(client);
    return { id, kind, type: `${kind}.${what}`, data, result: null };
  });
  await known.changed();
}
