/** What a team that answers incidents is for. */
import { z } from "zod";
import { quorumMinutesMax, quorumPeopleMax, roleCountMax, teamRolesMax } from "../core/directory/team-charter.ts";
import { category, id, text } from "./shapes.ts";

const bilingual = (max: number) => z.strictObject({ fr: text(max), en: text(max) });

export const charter = z.strictObject({
  mandate: bilingual(1_000),
  /** `count`: how many people fill it. `level`: the lowest that may hold it; null: anybody. `required`: no quorum without it. */
  roles: z
    .array(
      z.strictObject({
        id: category,
        words: bilingual(200),
        count: z.int().min(1).max(roleCountMax).default(1),
        level: z.literal([2, 3, 4, 5]).nullable().default(null),
        required: z.boolean().default(false),
      }),
    )
    .max(teamRolesMax)
    .default([]),
  /** So many people, and each required role, make its quorum. */
  people: z.int().min(1).max(quorumPeopleMax),
  /** By when, counted from its activation. */
  minutes: z.int().min(1).max(quorumMinutesMax),
  /** Who is called first: a schedule, or an escalation policy. Null: all its members at once. */
  rota: z
    .strictObject({ kind: z.enum(["schedule", "policy"]), id })
    .nullable()
    .default(null),
  /** The person who is called when the quorum is missed. */
  deputy: id.nullable().default(null),
  /** A room, a line, a mailbox. */
  contact: text(300).nullable().default(null),
});
export type CharterBody = z.output<typeof charter>;
