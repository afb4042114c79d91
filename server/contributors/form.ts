/** What a form without a script sends: fields, and at most one file. */
import type { Readable } from "node:stream";
import { HttpProblem } from "../platform/problems.ts";

export type Sent = {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: { readonly name: string; readonly content: AsyncIterable<unknown>; readonly bytes: number } | null;
};

export async function readForm(body: unknown, contentType: string): Promise<Sent> {
  if (!contentType.startsWith("multipart/form-data"))
    return { fields: (body ?? {}) as Readonly<Record<string, string>>, file: null };
  const chunks: Buffer[] = [];
  for await (const piece of body as Readable) chunks.push(piece as Buffer);
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
