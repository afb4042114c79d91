/** What somebody looks at often, under a name of their own. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { id, line, list, text } from "./shapes.ts";

export const savedViewsMax = 50;

/** As the board's address has it; what is absent is the usual. */
export const boardFilter = z.strictObject({
  view: z.enum(["mine", "major", "ended"]).optional(),
  q: line(400).optional(),
  look: z.enum(["board", "timeline"]).optional(),
  by: z.enum(["due"]).optional(),
});
export type BoardFilter = z.infer<typeof boardFilter>;

export const savedView = z.object({ id, name: z.string(), filter: boardFilter });
export type SavedView = z.infer<typeof savedView>;

export const listSavedViews = endpoint({
  id: "listSavedViews",
  method: "GET",
  path: "/api/v1/views",
  tag: "account",
  access: "member",
  success: 200,
  output: list(savedView),
  refusals: [],
});
export const saveView = endpoint({
  id: "saveView",
  method: "POST",
  path: "/api/v1/views",
  tag: "account",
  access: "member",
  body: z.strictObject({ name: text(60), filter: boardFilter }),
  success: 201,
  output: savedView,
  refusals: ["name-taken", "too-many-views"],
});
export const changeView = endpoint({
  id: "changeView",
  method: "PATCH",
  path: "/api/v1/views/:id",
  tag: "account",
  access: "member",
  params: z.strictObject({ id }),
  body: z.strictObject({ name: text(60).optional(), filter: boardFilter.optional() }),
  success: 200,
  output: savedView,
  refusals: ["view-unknown", "name-taken"],
});
export const forgetView = endpoint({
  id: "forgetView",
  method: "DELETE",
  path: "/api/v1/views/:id",
  tag: "account",
  access: "member",
  params: z.strictObject({ id }),
  success: 200,
  output: nothing,
  refusals: ["view-unknown"],
});
