/** Files attached to an incident. The body of the request is the file itself; its name stands in the query. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id, instant, list } from "./shapes.ts";

/** 25 MB, as `core/incidents/attaching.ts` has it; a test holds the two together. */
export const attachmentBytes = 25 * 1024 * 1024;

export const attachment = z.object({
  id,
  name: z.string(),
  /** Found from the bytes, never taken from whoever sent them; what is not known is `application/octet-stream`. */
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  /** `id` null: by a contributor, who has no account. */
  addedBy: z.object({ id: id.nullable(), name: z.string() }),
  addedAt: instant,
});

const byIncident = z.strictObject({ id: z.string().max(64) });
const byAttachment = z.strictObject({ id: z.string().max(64), attachment: id });

export const addAttachment = endpoint({
  id: "addAttachment",
  method: "POST",
  path: "/api/v1/incidents/:id/attachments",
  tag: "attachments",
  access: "member",
  params: byIncident,
  query: z.strictObject({ name: z.string().min(1).max(1_000) }),
  binary: "body",
  bytesMax: attachmentBytes,
  success: 201,
  output: attachment,
  refusals: ["incident-unknown", "attachment-empty", "attachment-name-unusable", "attachments-full"],
});
export const listAttachments = endpoint({
  id: "listAttachments",
  method: "GET",
  path: "/api/v1/incidents/:id/attachments",
  tag: "attachments",
  access: "member",
  params: byIncident,
  success: 200,
  output: list(attachment),
  refusals: ["incident-unknown"],
});
/** Always to be saved, never to be shown by the browser inside the desk. */
export const readAttachment = endpoint({
  id: "readAttachment",
  method: "GET",
  path: "/api/v1/incidents/:id/attachments/:attachment",
  tag: "attachments",
  access: "member",
  params: byAttachment,
  binary: "answer",
  success: 200,
  output: z.unknown(),
  refusals: ["incident-unknown", "attachment-unknown"],
});
