/** Files of an incident over HTTP: taken piece by piece, hashed and typed on the way, recorded by the desk, and given back
 *  to be saved, never to be shown inside the desk. */
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/attachments.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { type Attached, attachmentBytesMax, fileNameOf } from "../../core/incidents/attaching.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { toIso } from "../../core/kernel/time.ts";
import { noteSeen } from "../access/acting.ts";
import { type Viewer, viewerOf } from "../access/viewer.ts";
import { attachmentsOf } from "../access/visible.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import { type Serve, takeBytes } from "../platform/http.ts";
import type { Log } from "../platform/log.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import { mediaTypeOf, sampleBytes } from "./media-type.ts";
import {
  beginAttachment,
  chunkBytes,
  dropAttachment,
  hasRoom,
  keepChunk,
  keepUnlessFull,
  readContent,
} from "./store.ts";

export type AttachmentsKnown = {
  readonly pool: pg.Pool;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly submit: Submit;
  readonly directory: () => Directory;
  /** The incident's id, for whoever may see it. */
  readonly incidentOf: (viewer: Viewer, idOrNumber: string) => Promise<string | undefined>;
};

/** Being read at once in this process: each takes a connection now and then, and people read too. */
const arrivingMax = 8;

/** `serve` takes JSON, `serveBytes` whatever comes. */
export function attachmentRoutes(serve: Serve, serveBytes: Serve, known: AttachmentsKnown): void {
  let arriving = 0;
  serveBytes(contract.addAttachment, async ({ request, params, query }) => {
    const incidentId = await find(known, request, params.id);
    const name = fileNameOf(query.name);
    if (name === null) throw refused("attachment-name-unusable");
    if (arriving >= arrivingMax) throw new HttpProblem(503, "overloaded");
    arriving += 1;
    try {
      return await take(known, request, { incidentId, name });
    } finally {
      arriving -= 1;
    }
  });
  serve(contract.listAttachments, async ({ request, params }) => {
    const rows = await filesOf(known, await find(known, request, params.id)).execute();
    return { data: rows.map((row) => viewOf(row, known.directory())), nextCursor: null };
  });
  serve(contract.readAttachment, async ({ request, reply, params }) => {
    const incidentId = await find(known, request, params.id);
    const row = await filesOf(known, incidentId).where("id", "=", params.attachment).executeTakeFirst();
    if (!row) throw refused("attachment-unknown");
    await noteSeen(known, request, { id: incidentId }, "file");
    known.log.info(
      { event: "attachment-read", person: viewerOf(request).person.id, incident: incidentId, attachment: row.id },
      "an attachment was read",
    );
    void reply.headers({
      "content-type": row.media_type,
      "content-length": row.bytes,
      "content-disposition": dispositionOf(row.name),
      "content-security-policy":
        "sandbox; default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
      etag: `"${row.sha256}"`,
    });
    return readContent(known.pool, row.id);
  });
}

async function find({ incidentOf }: AttachmentsKnown, request: FastifyRequest, idOrNumber: string): Promise<string> {
  const id = await incidentOf(viewerOf(request), idOrNumber);
  if (id === undefined) throw refused("incident-unknown");
  return id;
}

const filesOf = ({ db }: AttachmentsKnown, incidentId: string) =>
  attachmentsOf(db, incidentId)
    .select(["id", "name", "media_type", "bytes", "sha256", "added_by", "contributor", "kept_at"])
    .orderBy("kept_at")
    .orderBy("id");

type FileRow = Awaited<ReturnType<ReturnType<typeof filesOf>["execute"]>>[number];

const viewOf = (row: FileRow, directory: Directory) => ({
  id: row.id,
  name: row.name,
  mediaType: row.media_type,
  bytes: Number(row.bytes),
  sha256: row.sha256,
  addedBy: { id: row.added_by, name: row.contributor ?? directory.people.get(row.added_by ?? "")?.name ?? "" },
  addedAt: toIso(row.kept_at ?? 0),
});

type Destination = { readonly incidentId: string; readonly name: string };

async function take(known: AttachmentsKnown, request: FastifyRequest, to: Destination): Promise<unknown> {
  const { pool, clock } = known;
  const { person } = viewerOf(request);
  const announced = Number(request.headers["content-length"] ?? 0);
  if (!(await hasRoom(pool, to.incidentId, announced))) throw refused("attachments-full");
  const id = await beginAttachment(pool, { ...to, personId: person.id, at: clock.now() });
  try {
    const content = await keepBytes(pool, id, request.body as Readable | null | undefined);
    if (content.bytes === 0) throw refused("attachment-empty");
    return await record(known, request, to, { attachmentId: id, name: to.name, ...content });
  } catch (error) {
    await dropAttachment(pool, id).catch(() => {});
    throw error;
  }
}

type Content = Pick<Attached, "mediaType" | "bytes" | "sha256">;

/** In chunks of one size; the next piece is asked for when the last one is written. */
async function keepBytes(pool: pg.Pool, id: string, body: AsyncIterable<unknown> | null | undefined): Promise<Content> {
  const hash = createHash("sha256");
  let bytes = 0;
  let sample = Buffer.alloc(0);
  let waiting: Buffer[] = [];
  let held = 0;
  let n = 0;
  const flush = async (): Promise<void> => {
    if (held === 0) return;
    await keepChunk(pool, id, n, Buffer.concat(waiting));
    n += 1;
    waiting = [];
    held = 0;
  };
  for await (const piece of body ?? []) {
    const chunk = piece as Buffer;
    bytes += chunk.length;
    if (bytes > attachmentBytesMax) throw new HttpProblem(413, "body-too-large");
    hash.update(chunk);
    if (sample.length < sampleBytes) sample = Buffer.concat([sample, chunk]).subarray(0, sampleBytes);
    waiting.push(chunk);
    held += chunk.length;
    if (held >= chunkBytes) await flush();
  }
  await flush();
  return { mediaType: await mediaTypeOf(sample), bytes, sha256: hash.digest("hex") };
}

export type SentByLink = {
  readonly incidentId: string;
  readonly name: string;
  readonly contributor: string;
  readonly content: AsyncIterable<unknown>;
  /** Kept so long for whoever has not sent their answer yet. */
  readonly until: number;
};

/** The same limits and the same look at its bytes; what the record says of it comes with the answer. */
export async function keepFromLink(pool: pg.Pool, sent: SentByLink): Promise<Attached> {
  const { incidentId, name, contributor, content, until } = sent;
  if (!(await hasRoom(pool, incidentId, 0))) throw refused("attachments-full");
  const id = await beginAttachment(pool, { incidentId, name, personId: null, contributor, at: until });
  try {
    const kept = await keepBytes(pool, id, content);
    if (kept.bytes === 0) throw refused("attachment-empty");
    return { attachmentId: id, name, ...kept };
  } catch (error) {
    await dropAttachment(pool, id).catch(() => {});
    throw error;
  }
}

async function record(
  known: AttachmentsKnown,
  request: FastifyRequest,
  { incidentId }: Destination,
  attachment: Attached,
): Promise<unknown> {
  const { pool, clock, submit, directory } = known;
  const same = await filesOf(known, incidentId)
    .where("sha256", "=", attachment.sha256)
    .where("name", "=", attachment.name)
    .executeTakeFirst();
  if (same) {
    /* Sent again, because the first answer was lost or by mistake: one file, one entry. */
    await dropAttachment(pool, attachment.attachmentId);
    return viewOf(same, directory());
  }
  const at = clock.now();
  const { actor } = viewerOf(request);
  const envelope = { at, actor, cause: { kind: "request", id: request.id } };
  const outcome = await submit(
    { kind: "attach", incidentId, attachment, envelope },
    { before: keepUnlessFull(incidentId, attachment, at) },
  );
  if (isRefusal(outcome)) throw refusalProblem(outcome);
  if (outcome.kind === "nothing") throw refused("attachments-full");
  const row = await filesOf(known, incidentId).where("id", "=", attachment.attachmentId).executeTakeFirstOrThrow();
  return viewOf(row, directory());
}

/** RFC 6266: an ASCII name for old readers, the whole one as RFC 8187. */
export function dispositionOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** Bodies that are files are taken as bytes in a scope of their own; everywhere else only JSON is. */
export async function serveAttachments(
  http: FastifyInstance,
  serve: Serve,
  serveIn: (scope: FastifyInstance) => Serve,
  known: AttachmentsKnown,
): Promise<void> {
  await http.register(async (scope) => {
    takeBytes(scope);
    attachmentRoutes(serve, serveIn(scope), known);
  });
}
