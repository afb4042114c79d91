/** While an incident is written: what is proposed and why, what it may be a duplicate of, and templates to begin from. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { category, id, impact, incidentLine, list, priority, text, title } from "./shapes.ts";

/** A code, whose sentence stands in the catalogues of both languages, and its values. */
const reason = z.object({ code: z.string(), values: z.record(z.string(), z.unknown()) });
const proposal = <T extends z.ZodType>(value: T) => z.object({ value, reasons: z.array(reason) });

export const proposals = z.object({
  service: proposal(id).nullable(),
  otherServices: z.array(proposal(id)),
  categories: z.array(proposal(z.string())),
  impact: proposal(impact),
  urgency: proposal(impact),
  priority,
  assignee: proposal(z.object({ kind: z.enum(["team", "function"]), id })).nullable(),
});

export const duplicate = incidentLine.extend({ reasons: z.array(reason) });

/** One call for each pause in typing; nothing is kept of it. */
export const proposeIncident = endpoint({
  id: "proposeIncident",
  changesNothing: true,
  method: "POST",
  path: "/api/v1/incidents/proposals",
  tag: "incidents",
  access: "member",
  body: z.strictObject({
    title,
    description: text().nullable().optional(),
    service: id.nullable().optional(),
    categories: z.array(category).max(10).optional(),
    impact: impact.nullable().optional(),
    urgency: impact.nullable().optional(),
    exercise: z.boolean().optional(),
  }),
  success: 200,
  output: z.object({
    proposals,
    duplicates: z.array(duplicate),
    /** False when looking for duplicates took too long and was cut short. */
    complete: z.boolean(),
  }),
  refusals: ["service-unknown"],
});

/** Known incidents that resemble one, with why, and how those that were resolved were: open ones first. */
export const readSimilar = endpoint({
  id: "readSimilar",
  method: "GET",
  path: "/api/v1/incidents/:id/similar",
  tag: "incidents",
  access: "member",
  params: z.strictObject({ id: z.string().max(64) }),
  success: 200,
  output: z.object({
    data: z.array(duplicate.extend({ solution: z.string().nullable(), cause: z.string().nullable() })),
    complete: z.boolean(),
  }),
  refusals: ["incident-unknown"],
});

const fields = {
  nameFr: text(200),
  nameEn: text(200),
  title,
  description: text().nullable().default(null),
  service: id.nullable().default(null),
  categories: z.array(category).max(10).default([]),
  impact: impact.nullable().default(null),
  urgency: impact.nullable().default(null),
};
export const newTemplate = z.strictObject(fields);
export const template = z.object({
  id,
  nameFr: z.string(),
  nameEn: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  service: id.nullable(),
  categories: z.array(category),
  impact: impact.nullable(),
  urgency: impact.nullable(),
});

const byId = z.strictObject({ id });

export const listTemplates = endpoint({
  id: "listTemplates",
  method: "GET",
  path: "/api/v1/templates",
  tag: "incidents",
  access: "member",
  success: 200,
  output: list(template),
  refusals: [],
});
/** For level 5, who keep them, and administrators. */
export const addTemplate = endpoint({
  id: "addTemplate",
  method: "POST",
  path: "/api/v1/templates",
  tag: "incidents",
  access: "member",
  body: newTemplate,
  success: 201,
  output: template,
  refusals: ["level-five-needed", "service-unknown", "service-retired", "category-unknown"],
});
export const changeTemplate = endpoint({
  id: "changeTemplate",
  method: "PATCH",
  path: "/api/v1/templates/:id",
  tag: "incidents",
  access: "member",
  params: byId,
  body: z.strictObject({
    nameFr: text(200).optional(),
    nameEn: text(200).optional(),
    title: title.optional(),
    description: text().nullable().optional(),
    service: id.nullable().optional(),
    categories: z.array(category).max(10).optional(),
    impact: impact.nullable().optional(),
    urgency: impact.nullable().optional(),
  }),
  success: 200,
  output: template,
  refusals: ["level-five-needed", "template-unknown", "service-unknown", "service-retired", "category-unknown"],
});
export const removeTemplate = endpoint({
  id: "removeTemplate",
  method: "DELETE",
  path: "/api/v1/templates/:id",
  tag: "incidents",
  access: "member",
  params: byId,
  success: 200,
  output: nothing,
  refusals: ["level-five-needed", "template-unknown"],
});
