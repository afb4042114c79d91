/** Categories of incidents, and what each asks on top of the base process; and the domains that incidents touch, which is
 *  another axis. Both are lists that people of level 5 keep. */
import { z } from "zod";
import {
  answerKinds,
  choicesMax,
  confirmers,
  itemsMax,
  notifiedActions,
  pauseMinutesMax,
  supplierWaits,
  targetKinds,
  targetMinutesMax,
} from "../core/directory/category-process.ts";
import { incidentCommands } from "../core/directory/responsibility.ts";
import { flags } from "../core/kernel/vocabulary.ts";
import { categoryLine, domain } from "./category-lines.ts";
import { name, words } from "./directory.ts";
import { endpoint } from "./endpoint.ts";
import { category as categoryId, id, instant, priority, text } from "./shapes.ts";

const bilingual = z.strictObject({ fr: text(300), en: text(300) });
const item = { id: categoryId, words: bilingual };
/** A level that one holds. */
const granted = z.literal([2, 3, 4, 5]);

const some = z.array(id).min(1).max(50).optional();
/** All that is said must hold. */
const entryConditions = z.strictObject({
  priorities: z.array(priority).min(1).max(5).optional(),
  categories: z.array(categoryId).min(1).max(20).optional(),
  services: some,
  domains: z.array(categoryId).min(1).max(20).optional(),
  domainsMin: z.int().min(1).max(20).optional(),
  vital: z.literal(true).optional(),
  alertsMin: z.int().min(1).max(10_000).optional(),
  downMinutes: z.int().min(1).max(targetMinutesMax).optional(),
});

export const processDefinition = z.strictObject({
  /** Of `major` alone: any one of them proposes that an incident be declared major. */
  entry: z
    .array(z.strictObject({ ...item, when: entryConditions }))
    .max(itemsMax)
    .optional(),
  /** Duty functions told when it is declared, stood down, restored and closed. */
  informed: z.array(id).max(20).optional(),
  /** Teams that are activated as soon as an incident is of it; each has a mandate. */
  teams: z.array(id).max(10).optional(),
  /** What must be known for somebody to begin resolving. */
  questions: z
    .array(
      z.strictObject({
        ...item,
        kind: z.enum(answerKinds),
        choices: z.array(z.strictObject(item)).max(choicesMax).optional(),
        required: z.boolean(),
      }),
    )
    .max(itemsMax)
    .default([]),
  /** `level`, null: anybody may hold it. `required`: closing asks that somebody holds it, or has. `function`: of major
   *  incidents, called for it once one is declared. */
  roles: z
    .array(
      z.strictObject({
        ...item,
        duty: bilingual,
        level: granted.nullable(),
        required: z.boolean().optional(),
        function: id.optional(),
      }),
    )
    .max(itemsMax)
    .default([]),
  /** Without priorities, for all of them. `openHours`: counted while the service is open. */
  targets: z
    .array(
      z.strictObject({
        kind: z.enum(targetKinds),
        priorities: z.array(priority).min(1).max(5).optional(),
        minutes: z.int().min(1).max(targetMinutesMax),
        openHours: z.boolean().optional(),
        /** In open hours: by which calendar. Without one, by the service's own. */
        calendar: categoryId.optional(),
      }),
    )
    .max(itemsMax)
    .default([]),
  /** What puts things back once it is resolved. */
  recovery: z.array(z.strictObject(item)).max(itemsMax).default([]),
  /** What must be true before closing, besides the milestones. */
  criteria: z.array(z.strictObject(item)).max(itemsMax).default([]),
  levels: z
    .array(z.strictObject({ command: z.enum(incidentCommands), level: granted }))
    .max(itemsMax)
    .default([]),
  /** What may stop the clocks, each for so many minutes of one incident. Without it, what may usually; empty: nothing. */
  pauses: z
    .array(
      z.strictObject({
        ...item,
        minutes: z.int().min(1).max(pauseMinutesMax),
        /** Begins by itself when a supplier is called on, until they answer or say that it works. */
        onSupplier: z.enum(supplierWaits).optional(),
        /** At which it begins by itself; without it, 3 to 5. */
        priorities: z.array(priority).min(1).max(5).optional(),
      }),
    )
    .max(itemsMax)
    .optional(),
  /** Incidents of this category are for those alone who need to know. */
  restricted: z.boolean().optional(),
  /** Once it is closed, somebody else of level 5 looks at what it left. */
  closureCheck: z.boolean().optional(),
  /** Within how long those concerned are told of an action; whoever coordinates is reminded once. Without it: of none. */
  notices: z
    .array(z.strictObject({ action: z.enum(notifiedActions), minutes: z.int().min(1).max(targetMinutesMax) }))
    .max(notifiedActions.length)
    .optional(),
  /** Who says that it works again before its recovery is confirmed; absent: nobody need. */
  confirmedBy: z.enum(confirmers).optional(),
  /** Any one of them proposes that the incident be held so; without a condition, every incident of the category. */
  flags: z
    .array(z.strictObject({ ...item, flag: z.enum(flags), when: entryConditions }))
    .max(itemsMax)
    .optional(),
});

export const category = z.object({
  ...categoryLine.shape,
  process: processDefinition,
  /** Newest first; the first of a category that is there from the beginning came with the product, and has no date. */
  versions: z.array(z.object({ version: z.int(), at: instant.nullable(), by: z.string().nullable() })),
});
export type Category = z.infer<typeof category>;

const byId = z.strictObject({ id: categoryId });

/** What a criterion or a role names and is not there. */
const unknownNames = [
  "category-unknown",
  "function-unknown",
  "service-unknown",
  "service-retired",
  "domain-unknown",
  "calendar-unknown",
  "team-unknown",
  "team-without-mandate",
] as const;

export const readCategory = endpoint({
  id: "readCategory",
  method: "GET",
  path: "/api/v1/categories/:id",
  tag: "directory",
  access: "member",
  params: byId,
  success: 200,
  output: category,
  refusals: [],
});
/** For level 5, who keep the list, and administrators. It asks nothing until something is published for it. */
export const addCategory = endpoint({
  id: "addCategory",
  method: "POST",
  path: "/api/v1/categories",
  tag: "directory",
  access: "member",
  body: z.strictObject({
    id: categoryId,
    nameFr: name,
    nameEn: name,
    keywords: words.optional(),
    process: processDefinition.optional(),
  }),
  success: 201,
  output: category,
  refusals: ["level-five-needed", "category-taken", "process-faulty", ...unknownNames],
});
export const changeCategory = endpoint({
  id: "changeCategory",
  method: "PATCH",
  path: "/api/v1/categories/:id",
  tag: "directory",
  access: "member",
  params: byId,
  body: z.strictObject({
    nameFr: name.optional(),
    nameEn: name.optional(),
    keywords: words.optional(),
    retired: z.boolean().optional(),
  }),
  success: 200,
  output: category,
  refusals: ["level-five-needed", "category-unknown"],
});
/** Incidents that have pinned an earlier version keep it; those categorised from now on take this one. */
export const publishCategory = endpoint({
  id: "publishCategory",
  method: "POST",
  path: "/api/v1/categories/:id/versions",
  tag: "directory",
  access: "member",
  params: byId,
  body: z.strictObject({
    /** The version that its author read: somebody else's since then makes it nothing. */
    after: z.int().min(0),
    process: processDefinition,
  }),
  success: 201,
  output: category,
  refusals: ["level-five-needed", "category-changed", "process-faulty", ...unknownNames],
});

export const addDomain = endpoint({
  id: "addDomain",
  method: "POST",
  path: "/api/v1/domains",
  tag: "directory",
  access: "member",
  body: z.strictObject({ id: categoryId, nameFr: name, nameEn: name }),
  success: 201,
  output: domain,
  refusals: ["level-five-needed", "domain-taken"],
});
export const changeDomain = endpoint({
  id: "changeDomain",
  method: "PATCH",
  path: "/api/v1/domains/:id",
  tag: "directory",
  access: "member",
  params: byId,
  body: z.strictObject({ nameFr: name.optional(), nameEn: name.optional(), retired: z.boolean().optional() }),
  success: 200,
  output: domain,
  refusals: ["level-five-needed", "domain-unknown"],
});
