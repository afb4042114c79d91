/** The last days run again under a changed rule about noise, before it is saved. */
import { z } from "zod";
import { incidentChangeKinds } from "../core/kernel/vocabulary.ts";
import { endpoint } from "./endpoint.ts";
import { scopeFields } from "./noise.ts";
import { definition } from "./noise-rules.ts";
import { replayDaysMax, replayPart } from "./reach.ts";
import { id, instant } from "./shapes.ts";

const both = z.object({ before: z.int(), after: z.int() });
const alert = z.object({ id, title: z.string() });
const incident = z.object({ id, number: z.string() });

export const noiseReplayPart = replayPart.omit({ differences: true }).extend({
  /** There were more alerts, and the oldest were left out. */
  partly: z.boolean(),
  /** Incidents that alerts opened: under the rules as they are, and with the change. */
  opened: both,
  changes: z.array(
    z.object({
      kind: z.enum(incidentChangeKinds),
      /** The one that opens it. */
      alert,
      /** Null: no incident was opened by it then. */
      incident: incident.nullable(),
      before: instant.nullable(),
      after: instant.nullable(),
      /** By which alert the incident is opened that it joins, or, of one that is opened, that it was in. */
      into: alert.extend({ incident: incident.nullable() }).nullable(),
      /** What holds it back, or did. */
      rule: z.object({ id, name: z.string() }).nullable(),
    }),
  ),
  differences: z.array(
    replayPart.shape.differences.element.extend({
      /** Null: of an incident that was not opened then. */
      incident: incident.nullable(),
      /** By which alert it would be. */
      alert: alert.nullable(),
    }),
  ),
});

const refusals = [
  "rule-unknown",
  "pattern-invalid",
  "expression-invalid",
  "service-unknown",
  "service-retired",
  "integration-unknown",
] as const;

/** Alerts of the last days as they came, under the rules as they are and as they would be; and who is called for what they open.
 *  A part at a time, from the oldest, as a replay of a changed schedule. */
export const replayNoise = endpoint({
  tag: "noise",
  access: "member",
  id: "replayNoise",
  method: "POST",
  path: "/api/v1/noise-rules/replay",
  changesNothing: true,
  body: z.strictObject({
    days: z.int().min(1).max(replayDaysMax).default(replayDaysMax),
    change: z.strictObject({
      /** One that stands, as if it were changed; without its id, another after them. */
      rule: z
        .strictObject({ id: id.optional(), enabled: z.boolean().default(true), ...scopeFields, definition })
        .optional(),
      /** One that stands, as if it were removed. */
      without: id.optional(),
      /** As if it had lasted all the time. */
      silence: z.strictObject(scopeFields).optional(),
    }),
    cursor: z.string().max(400_000).optional(),
  }),
  success: 200,
  output: noiseReplayPart,
  refusals: [...refusals, "scope-too-wide"],
});
