/** What calls nobody, and why: silences, maintenance, and rules that wait, count, group or mute. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { inOrder, reversed, spanShape } from "./oncall.ts";
import { id, instant, line, list, text, wallClock, zone } from "./shapes.ts";

export const matcher = z.strictObject({
  label: text(200),
  operator: z.enum(["=", "!=", "=~", "!~"]),
  value: line(1_000),
});
export type Matcher = z.output<typeof matcher>;
const matchers = z.array(matcher).max(50);

/** All that is said must hold. A label that is absent is an empty text; patterns are RE2 and whole. Beside what their sender
 *  calls labels, `key`, `title`, `severity` and `source` are labels of every alert. */
export const scopeFields = {
  integration: id.nullable().default(null),
  service: id.nullable().default(null),
  matchers: matchers.default([]),
  /** Held by the title. */
  text: text(200).nullable().default(null),
};
export const scope = z.object({
  integration: z.object({ id, name: z.string() }).nullable(),
  service: z.object({ id, name: z.string() }).nullable(),
  matchers: z.array(matcher),
  text: z.string().nullable(),
});
export type Scope = z.infer<typeof scope>;

const of = { tag: "noise", access: "member" } as const;
const params = z.strictObject({ id });

export const silence = z.object({
  id,
  version: z.int(),
  reason: z.string(),
  ...scope.shape,
  from: instant,
  until: instant,
  state: z.enum(["planned", "active", "over"]),
  createdBy: z.object({ id, name: z.string() }),
  /** When its author is told that it ends; null: it is too short to be forgotten. */
  remindsAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Alerts that it holds back now. */
  waiting: z.int(),
});
export type Silence = z.infer<typeof silence>;

/** Newest end first: what is over is there too. */
export const listSilences = endpoint({
  ...of,
  id: "listSilences",
  method: "GET",
  path: "/api/v1/silences",
  success: 200,
  output: list(silence),
  refusals: [],
});
export const readSilence = endpoint({
  ...of,
  id: "readSilence",
  method: "GET",
  path: "/api/v1/silences/:id",
  params,
  success: 200,
  output: silence,
  refusals: ["silence-unknown"],
});
/** From now on unless `from` says otherwise. What it holds back is raised when it ends, if it is still firing. */
export const addSilence = endpoint({
  ...of,
  id: "addSilence",
  method: "POST",
  path: "/api/v1/silences",
  body: z.strictObject({ reason: text(1_000), ...scopeFields, from: instant.optional(), until: instant }),
  success: 201,
  output: silence,
  refusals: [
    "noise-level-needed",
    "scope-too-wide",
    "pattern-invalid",
    "silence-too-long",
    "already-over",
    "silences-full",
    "service-unknown",
    "service-retired",
    "integration-unknown",
  ],
});
/** Before its time: what it still holds back is raised at once. */
export const endSilence = endpoint({
  ...of,
  id: "endSilence",
  method: "POST",
  path: "/api/v1/silences/:id/end",
  params,
  success: 200,
  output: silence,
  refusals: ["noise-level-needed", "silence-unknown", "already-over"],
});

export const previewed = z.object({
  id,
  title: z.string(),
  severity: z.string(),
  status: z.string(),
  integration: z.object({ id, name: z.string() }),
  incident: z.object({ id, number: z.string() }).nullable(),
  openedAt: instant,
});
/** What it would have held back, had it always been there, among the latest alerts; and what it says of those open now. */
export const previewSilence = endpoint({
  ...of,
  id: "previewSilence",
  method: "POST",
  path: "/api/v1/silences/preview",
  changesNothing: true,
  body: z.strictObject({ ...scopeFields, days: z.int().min(1).max(31).default(7) }),
  success: 200,
  output: z.object({
    days: z.int(),
    /** How many alerts were looked at; `partly`: there were more, and the oldest were left out. */
    looked: z.int(),
    partly: z.boolean(),
    matched: z.int(),
    open: z.int(),
    /** Open ones first, then the newest: some of them. */
    alerts: z.array(previewed),
  }),
  refusals: ["scope-too-wide", "pattern-invalid"],
});

const again = {
  zone,
  /** First and last dates on which one may begin. */
  startDate: z.iso.date(),
  endDate: z.iso.date().nullable().default(null),
  from: wallClock,
  /** At or before its beginning: of the next day. */
  until: wallClock,
};
/** Once, or again by the wall clocks of a zone: those of its own day, whatever the clocks did before. */
export const plan = z.union([
  z.strictObject({ once: z.strictObject(spanShape).refine(inOrder, reversed) }),
  z.strictObject({
    again: z.discriminatedUnion("every", [
      /** Monday is 1, Sunday 7. */
      z.strictObject({ ...again, every: z.literal("week"), days: z.array(z.int().min(1).max(7)).min(1).max(7) }),
      /** Past the end of a month, its last day. */
      z.strictObject({ ...again, every: z.literal("month"), day: z.int().min(1).max(31) }),
      /** The first to the fourth of the month; 5 is the last. */
      z.strictObject({
        ...again,
        every: z.literal("month-weekday"),
        week: z.int().min(1).max(5),
        weekday: z.int().min(1).max(7),
      }),
    ]),
  }),
]);
export type Plan = z.output<typeof plan>;
const span = z.object(spanShape);

export const maintenanceWindow = z.object({
  id,
  version: z.int(),
  name: z.string(),
  reason: z.string(),
  services: z.array(z.object({ id, name: z.string() })),
  plan,
  state: z.enum(["planned", "active", "over"]),
  /** The one that lasts, or the next. */
  occurrence: span.nullable(),
  createdBy: z.object({ id, name: z.string() }),
  waiting: z.int(),
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>;

export const listMaintenanceWindows = endpoint({
  ...of,
  id: "listMaintenanceWindows",
  method: "GET",
  path: "/api/v1/maintenance-windows",
  success: 200,
  output: list(maintenanceWindow),
  refusals: [],
});
/** While one lasts, what is about these services calls nobody; it is raised at the end, if it is still firing. */
export const addMaintenanceWindow = endpoint({
  ...of,
  id: "addMaintenanceWindow",
  method: "POST",
  path: "/api/v1/maintenance-windows",
  body: z.strictObject({ name: text(200), reason: text(1_000), services: z.array(id).min(1).max(200), plan }),
  success: 201,
  output: maintenanceWindow,
  refusals: ["noise-level-needed", "service-unknown", "service-retired", "already-over"],
});
/** For good, the one that lasts included: what it held back is raised at once. */
export const endMaintenanceWindow = endpoint({
  ...of,
  id: "endMaintenanceWindow",
  method: "POST",
  path: "/api/v1/maintenance-windows/:id/end",
  params,
  success: 200,
  output: nothing,
  refusals: ["noise-level-needed", "window-unknown"],
});
/** The next ten, as they would be. */
export const previewMaintenanceWindow = endpoint({
  ...of,
  id: "previewMaintenanceWindow",
  method: "POST",
  path: "/api/v1/maintenance-windows/preview",
  changesNothing: true,
  body: z.strictObject({ plan }),
  success: 200,
  output: z.object({ occurrences: z.array(span) }),
  refusals: [],
});
