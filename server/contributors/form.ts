/** What a form without a script sends: fields, and at most one file. */
import type { Readable } from "node:stream";
import { attachmentBytesMax } from "../../core/incidents/attaching.ts";
import { HttpProblem } from "../platform/problems.ts";

export type Sent = {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: { readonly name: string; readonly content: AsyncIterable<unknown>; readonly bytes: number } | null;
};

/** A file, and what stands around it. */
export const formBytesMax = attachmentBytesMax + 100_000;

/** A file has to be looked at whole; of what is larger, no more is kept than that. */
export async function readForm(body: unknown, contentType: string): Promise<Sent> {
  if (!contentType.startsWith("multipart/form-data"))
    return { fields: (body ?? {}) as Readonly<Record<string, string>>, file: null };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const piece of (body as Readable).iterator({ destroyOnReturn: false })) {
    bytes += (piece as Buffer).length;
    if (bytes > formBytesMax) throw new HttpProblem(413, "body-too-large");
    chunks.push(piece as Buffer);
  }
  const form = await new Response(Buffer.concat(chunks), { headers: { "content-type": contentType } })
    .formData()
    .catch(() => {
      throw new HttpProblem(400, "malformed-request");
    });
  const fields: Record<string, string> = {};
  let file: Sent["file"] = null;
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = value;
    else if (value.name !== "" || value.size > 0)
      file = { name: value.name, content: value.stream(), bytes: value.size };
  }
  return { fields, file };
}
