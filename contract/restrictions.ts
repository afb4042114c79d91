/** Restricted incidents: breaking the glass, and who has opened one. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id, incident, instant, list, text } from "./shapes.ts";

/** By whoever may not open it and must: with a reason, told to all whom it admits, and for a time. Whether there is such an
 *  incident is not said to anybody who has not the level. */
export const breakGlass = endpoint({
  id: "breakGlass",
  method: "POST",
  path: "/api/v1/break-glass",
  tag: "incidents",
  access: "member",
  body: z.strictObject({
    /** Its id or its number. */
    incident: z.string().min(1).max(64),
    reason: text(2_000),
  }),
  success: 200,
  output: incident,
  refusals: ["level-missing", "level-too-low", "incident-unknown", "glass-not-needed", "reason-required"],
});

export const openedHow = ["page", "export", "file"] as const;

/** Newest first. For members of level 4 and more. */
export const listOpened = endpoint({
  id: "listOpened",
  method: "GET",
  path: "/api/v1/incidents/:id/opened",
  tag: "incidents",
  access: "member",
  params: z.strictObject({ id: z.string().max(64) }),
  success: 200,
  output: list(
    z.object({ person: z.object({ id, name: z.string() }), at: instant, via: z.string(), what: z.enum(openedHow) }),
  ),
  refusals: ["incident-unknown", "level-missing", "level-too-low"],
});
