/** Files as rows: chunks first, each in a statement of its own, so that no transaction waits for a slow sender; the file is
 *  there once the record says so, in that very transaction. What never got so far is swept away. */
import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type pg from "pg";
import { type Attached, incidentAttachmentsMax, incidentBytesMax } from "../../core/incidents/attaching.ts";
import { hourMs, toIso } from "../../core/kernel/time.ts";

/** One row of the table, one piece in memory. */
export const chunkBytes = 256 * 1024;

export type Arriving = {
  readonly incidentId: string;
  readonly name: string;
  readonly personId: string | null;
  /** Whoever sent it by a link. */
  readonly contributor?: string;
  readonly at: number;
};

/** `at`: when it began; what is kept for somebody who has not sent it yet begins when they must have. */
export async function beginAttachment(pool: pg.Pool, arriving: Arriving): Promise<string> {
  const { incidentId, name, personId, contributor, at } = arriving;
  const id = randomUUID();
  await pool.query(
    "insert into attachments (id, incident_id, name, media_type, bytes, sha256, added_by, begun_at, contributor) values ($1, $2, $3, '', 0, '', $4, $5, $6)",
    [id, incidentId, name, personId, toIso(at), contributor ?? null],
  );
  return id;
}

export async function keepChunk(pool: pg.Pool, id: string, n: number, content: Buffer): Promise<void> {
  await pool.query({
    name: "keep-chunk",
    text: "insert into attachment_chunks (attachment_id, n, content) values ($1, $2, $3)",
    values: [id, n, content],
  });
}

export async function dropAttachment(pool: pg.Pool, id: string): Promise<void> {
  await pool.query("delete from attachments where id = $1 and kept_at is null", [id]);
}

/** Whether so many bytes more fit. Asked before a file is read, of what is kept and of what others are sending. */
export async function hasRoom(pool: pg.Pool, incidentId: string, bytes: number): Promise<boolean> {
  const { rows } = await pool.query<{ files: number; bytes: number }>(
    "select count(*)::int as files, coalesce(sum(bytes), 0)::bigint as bytes from attachments where incident_id = $1 and kept_at is not null",
    [incidentId],
  );
  const [{ files, bytes: kept } = { files: 0, bytes: 0 }] = rows;
  return files < incidentAttachmentsMax && kept + bytes <= incidentBytesMax;
}

/** In the transaction that records it, which holds the incident: no two are counted as if alone. False when it is full. */
export function keepUnlessFull(incidentId: string, { attachmentId, mediaType, bytes, sha256 }: Attached, at: number) {
  return async (client: pg.PoolClient): Promise<boolean> => {
    const { rowCount } = await client.query(
      `update attachments set media_type = $3, bytes = $4::bigint, sha256 = $5, kept_at = $6
where id = $1 and kept_at is null
  and (select count(*) from attachments where incident_id = $2 and kept_at is not null) < $7
  and (select coalesce(sum(bytes), 0) from attachments where incident_id = $2 and kept_at is not null) + $4::bigint <= $8`,
      [attachmentId, incidentId, mediaType, bytes, sha256, toIso(at), incidentAttachmentsMax, incidentBytesMax],
    );
    return rowCount === 1;
  };
}

/** Piece by piece, as fast as the reader takes them. */
export function readContent(pool: pg.Pool, id: string): Readable {
  return Readable.from(chunksOf(pool, id), { objectMode: false, highWaterMark: chunkBytes });
}

async function* chunksOf(pool: pg.Pool, id: string): AsyncGenerator<Buffer> {
  for (let n = 0; ; n++) {
    const { rows } = await pool.query<{ content: Buffer }>({
      name: "read-chunk",
      text: "select content from attachment_chunks where attachment_id = $1 and n = $2",
      values: [id, n],
    });
    const [row] = rows;
    if (!row) return;
    yield row.content;
  }
}

/** As they are now, read again: what they were on arrival stands in the record. */
export async function hashContent(pool: pg.Pool, id: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of chunksOf(pool, id)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}

const givenUpMs = hourMs;

/** Files whose sender went away. */
export const forgetUnkept = (pool: pg.Pool, now: number): Promise<unknown> =>
  pool.query("delete from attachments where kept_at is null and begun_at < $1", [toIso(now - givenUpMs)]);
