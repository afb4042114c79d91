/** Standing rules about noise: what waits before it calls, how many make a call, what is one incident, what mutes what. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { matcher, previewed, scope, scopeFields } from "./noise.ts";
import { id, list, text } from "./shapes.ts";

const minutes = z.int().min(1).max(1_440);
const labels = z.array(text(200)).max(20);
const matchers = z.array(matcher).min(1).max(50);
/** Asked of all integrations together, and not within each. */
const across = z.boolean().default(false);

export const definition = z.discriminatedUnion("kind", [
  /** What resolves sooner calls nobody. */
  z.strictObject({ kind: z.literal("wait"), minutes }),
  /** Fewer than `count` within `minutes` call nobody; one that lasts `atLatestMinutes` does alone. */
  z.strictObject({
    kind: z.literal("threshold"),
    across,
    count: z.int().min(2).max(1_000),
    minutes,
    atLatestMinutes: minutes.nullable().default(null),
  }),
  /** Those whose labels have the same values, and for which `expression` (CEL) gives the same, join one incident while it is
   *  open; with neither, those that come within `withinMinutes` of one another. A kind of failure that the incident did not
   *  have, told by `kindBy`, asks whoever had accepted it anew. */
  z
    .strictObject({
      kind: z.literal("grouping"),
      across,
      labels: labels.default([]),
      expression: text(2_000).nullable().default(null),
      withinMinutes: z.int().min(1).max(10_080).nullable().default(null),
      onNewKind: z.enum(["page", "nothing"]).default("page"),
      kindBy: labels.default([]),
    })
    .refine((one) => one.labels.length > 0 || one.expression !== null || one.withinMinutes !== null, {
      error: "groups-by-nothing",
      path: ["labels"],
    }),
  /** While an alert that `source` matches fires, those that `target` matches call nobody, where the labels `equal` have equal
   *  values: whichever arrives first, since a target waits `graceSeconds` for its source. `across`: the source may be of another
   *  integration, of `sourceIntegration` where it is named, and the scope is that of the target alone. */
  z
    .strictObject({
      kind: z.literal("inhibition"),
      across,
      sourceIntegration: id.nullable().default(null),
      source: matchers,
      target: matchers,
      equal: labels.default([]),
      graceSeconds: z.int().min(0).max(600).default(30),
    })
    .refine((one) => one.across || one.sourceIntegration === null, {
      error: "only-across",
      path: ["sourceIntegration"],
    }),
]);
export type Definition = z.output<typeof definition>;

export const noiseRule = z.object({
  id,
  version: z.int(),
  name: z.string(),
  enabled: z.boolean(),
  ...scope.shape,
  definition,
  /** Alerts that it holds back now. */
  waiting: z.int(),
});
export type NoiseRule = z.infer<typeof noiseRule>;

const of = { tag: "noise", access: "member" } as const;
const one = { ...of, params: z.strictObject({ id }) } as const;
const body = z.strictObject({ name: text(200), enabled: z.boolean().default(true), ...scopeFields, definition });
const refusals = [
  "noise-level-needed",
  "name-taken",
  "pattern-invalid",
  "expression-invalid",
  "service-unknown",
  "service-retired",
  "integration-unknown",
] as const;

/** In the order in which they are asked: of groupings, the first that is about an alert is the one. */
export const listNoiseRules = endpoint({
  ...of,
  id: "listNoiseRules",
  method: "GET",
  path: "/api/v1/noise-rules",
  success: 200,
  output: list(noiseRule),
  refusals: [],
});
export const addNoiseRule = endpoint({
  ...of,
  id: "addNoiseRule",
  method: "POST",
  path: "/api/v1/noise-rules",
  body,
  success: 201,
  output: noiseRule,
  refusals,
});
/** What it would have made of the latest alerts, had it always stood, of which nothing was ended by hand. */
export const previewNoiseRule = endpoint({
  ...of,
  id: "previewNoiseRule",
  method: "POST",
  path: "/api/v1/noise-rules/preview",
  changesNothing: true,
  body: z.strictObject({ ...scopeFields, definition, days: z.int().min(1).max(31).default(7) }),
  success: 200,
  output: z.object({
    days: z.int(),
    /** How many alerts were looked at; `partly`: there were more, and the oldest were left out. */
    looked: z.int(),
    partly: z.boolean(),
    /** How many it is about. */
    matched: z.int(),
    became: z.object({
      calls: z.int(),
      callsLater: z.int(),
      /** Over before it would have called. */
      neverCalls: z.int(),
      /** It would still. */
      waits: z.int(),
      /** The incident of another. */
      joins: z.int(),
    }),
    /** The newest: some of them. */
    alerts: z.array(
      previewed.extend({
        became: z.enum(["calls", "calls-later", "never-calls", "waits", "joins"]),
        /** The alert that mutes it, that reached the threshold, or whose incident it joins. */
        by: z.object({ id, title: z.string(), integration: z.object({ id, name: z.string() }) }).nullable(),
      }),
    ),
  }),
  refusals: ["pattern-invalid", "expression-invalid", "service-unknown", "service-retired", "integration-unknown"],
});
/** What is left out stays as it is, and so does its kind. What waits because of it is asked about again. Its entity tag is its
 *  version. */
export const changeNoiseRule = endpoint({
  ...one,
  tagged: true,
  id: "changeNoiseRule",
  method: "PATCH",
  path: "/api/v1/noise-rules/:id",
  body: z.strictObject({
    name: text(200).optional(),
    enabled: z.boolean().optional(),
    integration: id.nullable().optional(),
    service: id.nullable().optional(),
    matchers: z.array(matcher).max(50).optional(),
    text: text(200).nullable().optional(),
    definition: definition.optional(),
  }),
  success: 200,
  output: noiseRule,
  refusals: [...refusals, "rule-unknown"],
});
export const removeNoiseRule = endpoint({
  ...one,
  id: "removeNoiseRule",
  method: "DELETE",
  path: "/api/v1/noise-rules/:id",
  success: 200,
  output: nothing,
  refusals: ["noise-level-needed", "rule-unknown"],
});
