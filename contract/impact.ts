/** What an incident hurts: services that are affected and those that the dependencies propose, the impact on each domain over time,
 *  vital functions that are hit and how long they may be out. One path for each command; each answers with all of it. */
import { z } from "zod";
import {
  affectedStatuses,
  criticalities,
  dependencyKinds,
  harms,
  type ImpactCommandName,
  impactCommands,
  magnitudes,
} from "../core/kernel/impact-words.ts";
import type { RefusalCode } from "../core/kernel/refusal.ts";
import { actBody } from "./acts.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { category, id, impact, instant, stage, text } from "./shapes.ts";

const byIncident = z.strictObject({ id: z.string().max(64) });
const note = text(2_000).nullable().optional();
const numbered = z.int().min(1).max(10_000);

export const impactBodies = {
  /** From `occurredAt` on. `back`: it is affected no longer. */
  "state-affected": actBody({ service: id, status: z.enum(affectedStatuses), note }),
  /** It was proposed, and is not affected. */
  "rule-out-affected": actBody({ service: id, note }),
  /** From `occurredAt` on, until the next of its domain. `people`: how many it touches. */
  "measure-impact": actBody({
    domain: category,
    magnitude: z.enum(magnitudes),
    people: z.int().min(0).max(1_000_000_000).nullable().optional(),
    note,
  }),
  "withdraw-impact": actBody({ reason: text(2_000), number: numbered }),
} satisfies Record<ImpactCommandName, z.ZodType>;

const names = { nameFr: z.string(), nameEn: z.string() };
const named = z.object({ id, ...names });
const said = {
  at: instant,
  recordedAt: instant,
  /** Noted some time after it was so. */
  late: z.boolean(),
  by: z.string(),
  note: z.string().nullable(),
};
const magnitude = z.enum(magnitudes);

const affected = z.object({
  service: named,
  /** The one that the incident is about. */
  main: z.boolean(),
  /** What a restoration makes of it included. */
  status: z.enum(affectedStatuses),
  since: instant,
  statements: z.array(z.object({ ...said, status: z.enum(affectedStatuses) })),
});
const proposed = z.object({
  service: named,
  harm: z.enum(harms),
  /** How many dependencies it is away. */
  depth: z.int(),
  /** What it depends on, and how. */
  through: named,
  kind: z.enum(dependencyKinds),
  /** The affected service where that begins. */
  from: named,
  vital: z.array(named),
});
const observation = z.object({
  ...said,
  number: z.int(),
  magnitude,
  people: z.int().nullable(),
  withdrawn: z.object({ at: instant, by: z.string(), reason: z.string().nullable() }).nullable(),
});
const domain = z.object({
  domain: category,
  ...names,
  now: magnitude,
  peak: magnitude,
  peakAt: instant.nullable(),
  startedAt: instant.nullable(),
  /** Null: it goes on. */
  endedAt: instant.nullable(),
  minutesAt: z.object({
    none: z.int(),
    low: z.int(),
    moderate: z.int(),
    high: z.int(),
    "very-high": z.int(),
  }),
  /** Null: nobody counted. */
  personMinutes: z.int().nullable(),
  steps: z.array(
    z.object({
      from: instant,
      until: instant,
      magnitude,
      people: z.int().nullable(),
      because: z.enum(["observed", "restored", "relapsed"]),
      observation: z.int().nullable(),
    }),
  ),
  observations: z.array(observation),
});
const vital = z.object({
  function: named,
  criticality: z.enum(criticalities),
  tolerableMinutes: z.int().nullable(),
  services: z.array(named),
  /** `hit`: works badly. `out`: stopped. `passed`: for longer than is tolerated. `over`: no longer hit. */
  status: z.enum(["hit", "out", "passed", "over"]),
  since: instant.nullable(),
  endedAt: instant.nullable(),
  dueAt: instant.nullable(),
});

export const impactView = z.object({
  incident: z.object({ id, number: z.string(), title: z.string(), stage }),
  /** Until when what goes on is drawn: now, or when it ended. */
  until: instant,
  noticedAt: instant,
  turns: z.array(z.object({ at: instant, back: z.boolean() })),
  /** The service that it is about, and whether anybody has said how that is, or that it is not affected. */
  main: z.object({ service: named, said: z.boolean() }).nullable(),
  affected: z.array(affected),
  proposed: z.array(proposed),
  ruledOut: z.array(z.object({ service: named, ...said })),
  /** Among those above. */
  dependencies: z.array(z.object({ service: id, on: id, kind: z.enum(dependencyKinds) })),
  domains: z.array(domain),
  functions: z.array(vital),
  /** The least impact that vital functions make of it; `met`: what stands is as severe. */
  floor: z
    .object({
      impact,
      because: z.enum(["passed", "critical-stopped", "hit"]),
      function: named,
      met: z.boolean(),
    })
    .nullable(),
  may: z.array(z.enum(impactCommands)),
  seq: z.int(),
});
export type ImpactView = z.infer<typeof impactView>;

export const readImpact = endpoint({
  id: "readImpact",
  method: "GET",
  path: "/api/v1/incidents/:id/impact",
  tag: "impact",
  access: "member",
  params: byIncident,
  success: 200,
  output: impactView,
  refusals: ["incident-unknown"],
});

const common: readonly RefusalCode[] = [
  ...(["incident-unknown", "level-too-low", "level-missing", "derogation-not-possible", "reason-required"] as const),
  ...(["occurred-in-future", "occurred-too-long-ago", "already-dismissed", "already-merged"] as const),
  "nothing-changes",
];
const ownRefusals: Readonly<Record<ImpactCommandName, readonly RefusalCode[]>> = {
  "state-affected": [
    "service-unknown",
    "service-retired",
    "service-not-affected",
    "impact-before-notice",
    "impact-after-end",
    "impact-full",
  ],
  "rule-out-affected": ["service-unknown", "service-retired", "service-affected"],
  "measure-impact": [
    "domain-unknown",
    "impact-before-notice",
    "impact-after-end",
    "impact-measured-then",
    "impact-full",
  ],
  "withdraw-impact": ["impact-unknown"],
};

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

export const impactEndpoints: readonly Endpoint[] = impactCommands.map((name) =>
  endpoint({
    id: camel(name),
    method: "POST",
    path: `/api/v1/incidents/:id/impact/${name}`,
    tag: "impact",
    access: "member",
    params: byIncident,
    body: impactBodies[name],
    success: 200,
    output: impactView,
    refusals: [...common, ...ownRefusals[name]],
  }),
);
