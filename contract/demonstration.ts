/** Whether this desk holds made-up data: asked by every page, signed in or not. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { instant } from "./shapes.ts";

export const readDemonstration = endpoint({
  id: "readDemonstration",
  method: "GET",
  path: "/api/v1/demonstration",
  tag: "desk",
  access: "public",
  success: 200,
  output: z.object({
    demonstration: z.object({ from: instant, loadedAt: instant }).nullable(),
  }),
  refusals: [],
});
