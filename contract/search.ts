/** One question over everything: incidents by their title and record, reports, alerts, people, teams, services. */
import { z } from "zod";
import { cleanText } from "../core/intake/text.ts";
import { endpoint } from "./endpoint.ts";
import { queryProblems } from "./incidents.ts";
import { id, incidentLine, instant, language, page } from "./shapes.ts";

export const searchKinds = ["incident", "report", "alert", "person", "team", "service"] as const;
export type SearchKind = (typeof searchKinds)[number];

const of = z.object({ id, number: z.string() });
export const found = z.discriminatedUnion("kind", [
  incidentLine.extend({
    kind: z.literal("incident"),
    /** Where the words stand: in the title, or elsewhere in the record. */
    in: z.enum(["title", "record"]),
  }),
  z.object({
    kind: z.literal("report"),
    id,
    title: z.string(),
    language,
    incident: of,
    madeAt: instant,
  }),
  z.object({
    kind: z.literal("alert"),
    id,
    title: z.string(),
    severity: z.string(),
    status: z.string(),
    source: z.string().nullable(),
    /** None while it waits, nor when it was over before it was raised. */
    incident: of.nullable(),
    openedAt: instant,
  }),
  z.object({ kind: z.literal("person"), id, name: z.string(), email: z.string() }),
  z.object({ kind: z.literal("team"), id, name: z.string() }),
  z.object({ kind: z.literal("service"), id, nameFr: z.string(), nameEn: z.string() }),
]);
export type Found = z.infer<typeof found>;

/** Without `kind`, the first few of each; with it, that kind by pages. */
export const search = endpoint({
  id: "search",
  method: "GET",
  path: "/api/v1/search",
  tag: "search",
  access: "member",
  query: z.strictObject({
    q: z
      .string()
      .max(400)
      .transform((raw) => cleanText(raw).text)
      .pipe(z.string().min(1)),
    kind: z.enum(searchKinds).optional(),
    ...page,
  }),
  success: 200,
  output: z.object({ data: z.array(found), nextCursor: z.string().nullable(), problems: queryProblems }),
  refusals: [],
});
