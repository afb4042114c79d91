/** What calls nobody, and why: silences, maintenance, and rules that wait, count, group or mute. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id, instant, line, list, text } from "./shapes.ts";

export const matcher = z.strictObject({
  label: text(200),
  operator: z.enum(["=", "!=", "=~", "!~"]),
  value: line(1_000),
});
export type Matcher = z.output<typeof matcher>;
const matchers = z.array(matcher).max(50);

/** All that is said must hold. A label that is absent is an empty text; patterns are RE2 and whole. Beside what their sender
 *  calls labels, `key`, `title`, `severity` and `source` are labels of every alert. */
const scopeFields = {
  integration: id.nullable().default(null),
  service: id.nullable().default(null),
  matchers: matchers.default([]),
  /** Held by the title. */
  text: text(200).nullable().default(null),
};
const scope = z.object({
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

const previewed = z.object({
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
