/** People, teams, duty functions, services, and who is on call. */
import { z } from "zod";
import { criticalities, dependenciesMax, dependencyKinds } from "../core/kernel/impact-words.ts";
import { conditionCategoriesMax } from "../core/kernel/vocabulary.ts";
import { endpoint } from "./endpoint.ts";
import { openingHours } from "./oncall.ts";
import { category as categoryId, id, level, list, locale, priority, text, zone } from "./shapes.ts";

const email = z.email().max(254);
export const name = text(200);

export const person = z.object({
  id,
  name: z.string(),
  email: z.string(),
  language: locale,
  zone: z.string(),
  level,
  admin: z.boolean(),
  active: z.boolean(),
});
export const newPerson = z.strictObject({
  name,
  email,
  language: locale.optional(),
  zone: zone.optional(),
  level: level.optional(),
  admin: z.boolean().optional(),
  password: z.string().min(12).max(256).optional(),
});

const madeTeam = z.object({ id, name: z.string(), members: z.array(id) });
/** `mandated`: it may be activated on incidents. One that was just made is not. */
export const team = madeTeam.extend({ mandated: z.boolean() });
export const dutyFunction = z.object({ id, nameFr: z.string(), nameEn: z.string(), members: z.array(id) });
const criticality = z.enum(criticalities);
/** Up to a year. */
const tolerableMinutes = z.int().min(1).max(527_040).nullable();
export const vitalFunction = z.object({
  id,
  nameFr: z.string(),
  nameEn: z.string(),
  owner: id.nullable(),
  criticality,
  /** How long it may be out before the harm is not borne; null: nobody has said. */
  tolerableMinutes: z.int().nullable(),
  /** No longer counted upon. */
  retired: z.boolean(),
});
/** `on`: the service that is needed. `needs`: without it, it stops. */
const dependency = z.strictObject({ on: id, kind: z.enum(dependencyKinds) });
export const service = z.object({
  id,
  nameFr: z.string(),
  nameEn: z.string(),
  owner: id.nullable(),
  team: id.nullable(),
  policy: id.nullable(),
  vital: z.array(id),
  /** What it needs of other services. */
  dependsOn: z.array(dependency),
  /** By which targets in open hours are counted; null: as everywhere. */
  calendar: categoryId.nullable(),
  /** It is over, and no longer offered; what names it keeps it. */
  retired: z.boolean(),
  /** Other words that people use for it, in each language: they are searched in both. */
  aliases: z.object({ fr: z.array(z.string()), en: z.array(z.string()) }),
});
/** Several words may be one: a product, a former name. */
const spoken = z.array(text(80)).max(50);
export const words = z.strictObject({ fr: spoken.default([]), en: spoken.default([]) });
const target = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("schedule"), id }),
  z.strictObject({ kind: z.literal("person"), id }),
  z.strictObject({ kind: z.literal("team"), id }),
  z.strictObject({ kind: z.literal("function"), id }),
  /** Is posted to when the step begins, and wakes nobody: a step that names nothing else gives way at once. */
  z.strictObject({ kind: z.literal("webhook"), id }),
  z.strictObject({ kind: z.literal("administrators"), first: z.boolean().default(false) }),
]);
/** What must hold when the step begins: all that is said. */
const conditions = z.strictObject({
  priorities: z.array(priority).min(1).max(5).optional(),
  /** One of them is enough. */
  categories: z.array(categoryId).min(1).max(conditionCategoriesMax).optional(),
  services: z.array(id).min(1).max(100).optional(),
  /** By the clocks of the policy's zone. */
  hours: z
    .strictObject({
      openings: openingHours.shape.openings.min(1),
      closedOn: openingHours.shape.closedOn,
      /** Only while these hours are closed. */
      outside: z.boolean().default(false),
    })
    .optional(),
});
const policyStep = z
  .strictObject({
    targets: z.array(target).min(1).max(20),
    timeoutMinutes: z.int().min(1).max(1_440),
    /** How many people must accept before calls stop; without it, one. */
    acknowledgements: z.int().min(1).max(20).optional(),
    /** Of all whom its targets reach, only one is called: the one whom this policy called in turn longest ago. */
    inTurn: z.boolean().optional(),
    when: conditions
      .refine((one) => Object.values(one).some((each) => each !== undefined), { error: "no-condition" })
      .optional(),
  })
  .refine(({ inTurn, acknowledgements = 1 }) => !inTurn || acknowledgements === 1, {
    error: "one-in-turn",
    path: ["acknowledgements"],
  });
export const policySteps = z
  .array(policyStep)
  .min(1)
  .max(10)
  .refine((steps) => new Set(steps.flatMap(({ when }) => when?.categories ?? [])).size <= conditionCategoriesMax, {
    error: "too-many-categories",
  });
export const policy = z.object({
  id,
  name: z.string(),
  steps: policySteps,
  repeat: z.int(),
  zone: z.string(),
  actWithinMinutes: z.int().nullable(),
  default: z.boolean(),
});

export const listing = <const Id extends string, const Path extends string, T extends z.ZodType>(
  ident: Id,
  path: Path,
  item: T,
) =>
  endpoint({
    id: ident,
    method: "GET",
    path,
    tag: "directory",
    access: "member",
    success: 200,
    output: list(item),
    refusals: [],
  });

export const listPeople = listing("listPeople", "/api/v1/people", person);
export const listTeams = listing("listTeams", "/api/v1/teams", team);
export const listFunctions = listing("listFunctions", "/api/v1/functions", dutyFunction);
export const listVitalFunctions = listing("listVitalFunctions", "/api/v1/vital-functions", vitalFunction);
export const listServices = listing("listServices", "/api/v1/services", service);
export const listPolicies = listing("listPolicies", "/api/v1/escalation-policies", policy);

export const newTeam = z.strictObject({ name, members: z.array(id).max(500).default([]) });
export const newPolicy = z.strictObject({
  name,
  steps: policySteps,
  repeat: z.int().min(0).max(9).default(2),
  /** In which hours are read; without it, that of the desk. */
  zone: zone.optional(),
  /** Whoever accepts and does nothing for so long is taken not to have it, and calls begin again; null: never. */
  actWithinMinutes: z.int().min(1).max(1_440).nullable().optional(),
  default: z.boolean().default(false),
});

const making = { method: "POST", tag: "directory", access: "administrator", success: 201 } as const;

export const addPerson = endpoint({
  id: "addPerson",
  holdsSecret: true,
  path: "/api/v1/people",
  ...making,
  body: newPerson,
  output: person,
  refusals: ["level-not-granted", "email-taken", "not-administrator"],
});
export const changePerson = endpoint({
  id: "changePerson",
  method: "PATCH",
  path: "/api/v1/people/:id",
  tag: "directory",
  access: "administrator",
  params: z.strictObject({ id }),
  body: newPerson.partial().extend({ active: z.boolean().optional() }),
  success: 200,
  output: person,
  refusals: ["level-not-granted", "email-taken", "not-administrator", "person-unknown", "last-administrator"],
});
export const addTeam = endpoint({
  id: "addTeam",
  path: "/api/v1/teams",
  ...making,
  body: newTeam,
  output: madeTeam,
  refusals: ["name-taken", "person-unknown", "not-administrator"],
});
export const addFunction = endpoint({
  id: "addFunction",
  path: "/api/v1/functions",
  ...making,
  body: z.strictObject({ nameFr: name, nameEn: name, members: z.array(id).max(500).default([]) }),
  output: dutyFunction,
  refusals: ["person-unknown", "not-administrator"],
});
export const addVitalFunction = endpoint({
  id: "addVitalFunction",
  path: "/api/v1/vital-functions",
  ...making,
  body: z.strictObject({
    nameFr: name,
    nameEn: name,
    owner: id.nullable().default(null),
    criticality: criticality.default("high"),
    tolerableMinutes: tolerableMinutes.default(null),
  }),
  output: vitalFunction,
  refusals: ["person-unknown", "not-administrator"],
});
export const changeVitalFunction = endpoint({
  id: "changeVitalFunction",
  method: "PATCH",
  path: "/api/v1/vital-functions/:id",
  tag: "directory",
  access: "administrator",
  params: z.strictObject({ id }),
  body: z.strictObject({
    nameFr: name.optional(),
    nameEn: name.optional(),
    owner: id.nullable().optional(),
    criticality: criticality.optional(),
    tolerableMinutes: tolerableMinutes.optional(),
    retired: z.boolean().optional(),
  }),
  success: 200,
  output: vitalFunction,
  refusals: ["vital-function-unknown", "person-unknown", "not-administrator"],
});
const linked = [
  "service-unknown",
  "service-retired",
  "depends-on-itself",
  "depends-twice",
  "vital-function-retired",
] as const;
export const addService = endpoint({
  id: "addService",
  path: "/api/v1/services",
  ...making,
  body: z.strictObject({
    nameFr: name,
    nameEn: name,
    owner: id.nullable().default(null),
    team: id.nullable().default(null),
    policy: id.nullable().default(null),
    vital: z.array(id).max(50).default([]),
    dependsOn: z.array(dependency).max(dependenciesMax).default([]),
    calendar: categoryId.nullable().default(null),
    aliases: words.default({ fr: [], en: [] }),
  }),
  output: service,
  refusals: [
    ...linked,
    "person-unknown",
    "team-unknown",
    "policy-unknown",
    "vital-function-unknown",
    "calendar-unknown",
    "not-administrator",
  ],
});
export const changeService = endpoint({
  id: "changeService",
  method: "PATCH",
  path: "/api/v1/services/:id",
  tag: "directory",
  access: "administrator",
  params: z.strictObject({ id }),
  body: z.strictObject({
    nameFr: name.optional(),
    nameEn: name.optional(),
    owner: id.nullable().optional(),
    team: id.nullable().optional(),
    policy: id.nullable().optional(),
    vital: z.array(id).max(50).optional(),
    dependsOn: z.array(dependency).max(dependenciesMax).optional(),
    calendar: categoryId.nullable().optional(),
    aliases: words.optional(),
    /** Brought back by false. */
    retired: z.boolean().optional(),
  }),
  success: 200,
  output: service,
  refusals: [
    ...linked,
    "person-unknown",
    "team-unknown",
    "policy-unknown",
    "vital-function-unknown",
    "calendar-unknown",
    "not-administrator",
  ],
});
export const addPolicy = endpoint({
  id: "addPolicy",
  path: "/api/v1/escalation-policies",
  ...making,
  body: newPolicy,
  output: policy,
  refusals: [
    "person-unknown",
    "team-unknown",
    "function-unknown",
    "schedule-unknown",
    "webhook-unknown",
    "category-unknown",
    "service-unknown",
    "service-retired",
    "not-administrator",
  ],
});
export const settings = z.object({
  /** Of what the desk says in its own name, and of whoever has said nothing. */
  language: locale,
  zone,
  /** Whom to page for a service that has no policy of its own; null: the administrators. */
  defaultPolicy: id.nullable(),
  /** Whether anybody may report without an account. */
  publicReports: z.boolean(),
  /** Private networks that notifications may reach, as CIDR ranges; none unless an administrator says so. */
  privateAddresses: z.array(z.union([z.cidrv4(), z.cidrv6()])).max(20),
});
export const readSettings = endpoint({
  id: "readSettings",
  method: "GET",
  path: "/api/v1/settings",
  tag: "desk",
  access: "member",
  success: 200,
  output: settings,
  refusals: [],
});
export const changeSettings = endpoint({
  id: "changeSettings",
  method: "PATCH",
  path: "/api/v1/settings",
  tag: "desk",
  access: "administrator",
  body: z.strictObject(settings.partial().shape),
  success: 200,
  output: settings,
  refusals: ["policy-unknown", "not-administrator"],
});
