/** What each command of an incident takes: parsed into exactly what its decider reads. */
import { z } from "zod";
import type { IncidentCommandName } from "../core/directory/responsibility.ts";
import { derogationVerdicts, evidenceSides, flags, tlps } from "../core/kernel/vocabulary.ts";
import { assessed, dated, described, submitted, withheld } from "./obligation-bodies.ts";
import { category, id, impact, instant, language, plannedPeriod, priority, revisedPeriod, text } from "./shapes.ts";

/** Any command takes these. */
const envelope = {
  reason: text(2_000).optional(),
  occurredAt: instant.optional(),
  derogation: z.strictObject({ reason: text(2_000) }).optional(),
};
const body = <T extends z.ZodRawShape>(shape: T) => z.strictObject({ ...envelope, ...shape });
/** Its number; without it, the newest that waits. */
const ofEscalation = { escalation: z.int().min(1).max(10_000).optional() };
/** Not needed: for the reason given. */
const settled = { text: text(5_000).nullable().default(null), notNeeded: z.boolean().default(false) };
const needsReason = { reason: text(2_000) };
const party = { person: id.optional(), team: id.optional(), function: id.optional() };
const taskNumber = z.int().min(1).max(10_000);
const hypothesisNumber = z.int().min(1).max(1_000);

export const commandBodies = {
  register: body({}),
  dismiss: body(needsReason),
  merge: body({ into: z.string().max(64) }),
  categorise: body({ categories: z.array(category).max(10) }),
  /** What suffers, all of it: one that is left out is taken away. */
  "propose-major": body(needsReason),
  /** A reason, unless its criteria or somebody have proposed it. */
  "declare-major": body({}),
  "stand-down-major": body(needsReason),
  "propose-flag": body({ ...needsReason, flag: z.enum(flags) }),
  /** A reason, unless its rules or somebody have proposed it. */
  "raise-flag": body({ flag: z.enum(flags) }),
  "lower-flag": body({ ...needsReason, flag: z.enum(flags) }),
  "take-investigation": body({}),
  "set-domains": body({ domains: z.array(category).max(20) }),
  /** Null: nobody knows. A time as RFC 3339; `yes` or `no`; the id of a choice. */
  gather: body({ question: category, answer: text(5_000).nullable().default(null) }),
  "set-impact-urgency": body({ impact, urgency: impact }),
  "confirm-priority": body({ impact, urgency: impact }),
  "override-priority": body({ ...needsReason, priority }),
  assign: body(party),
  accept: body({}),
  decline: body(needsReason),
  "offer-coordination": body({ ...needsReason, person: id }),
  /** Answers an offer, takes what nobody holds, or, from level 4 and with a reason, what somebody else does. */
  "accept-coordination": body({}),
  "decline-coordination": body(needsReason),
  "withdraw-coordination": body({}),
  /** `name`: of somebody without an account, for a role that anybody may hold. */
  "fill-role": body({ role: category, person: id.optional(), name: text(200).optional() }),
  "release-role": body({ role: category }),
  /** `period`: for which of its operational periods; without it, the one in force. */
  "add-task": body({
    text: text(500),
    person: id.optional(),
    due: instant.nullable().optional(),
    period: taskNumber.optional(),
  }),
  /** To somebody else, for another date, or both. */
  "assign-task": body({ task: taskNumber, person: id.optional(), due: instant.nullable().optional() }),
  "complete-task": body({ task: taskNumber, text: text(2_000).nullable().default(null) }),
  "cancel-task": body({ ...needsReason, task: taskNumber }),
  "plan-period": body(plannedPeriod),
  "revise-period": body(revisedPeriod),
  "advise-persons": body({ persons: z.array(id).max(50).default([]), text: text(5_000) }),
  "add-observation": body({ text: text() }),
  /** `decidedBy`: by whom, where somebody else writes it down. */
  decide: body({
    text: text(),
    options: z.array(text(500)).max(10).default([]),
    why: text(5_000).nullable().optional(),
    decidedBy: text(200).nullable().optional(),
  }),
  escalate: body({
    ...needsReason,
    kind: z.enum(["functional", "hierarchical"]),
    /** The id of a person, a team, a function or an escalation policy; or `owner`, whoever keeps the service. */
    to: text(200),
    expected: text(2_000),
  }),
  "acknowledge-escalation": body(ofEscalation),
  "return-escalation": body({ ...needsReason, ...ofEscalation }),
  "end-escalation": body({ ...needsReason, ...ofEscalation }),
  "open-hypothesis": body({ text: text(2_000) }),
  "add-evidence": body({ hypothesis: hypothesisNumber, side: z.enum(evidenceSides), text: text(2_000) }),
  "confirm-hypothesis": body({ hypothesis: hypothesisNumber, text: text(2_000) }),
  "rule-out-hypothesis": body({ hypothesis: hypothesisNumber, text: text(2_000) }),
  "record-cause": body({ text: text() }),
  /** `considered`: weighed, and set aside. */
  "select-solution": body({
    text: text(),
    considered: z.array(text(500)).max(10).default([]),
    why: text(5_000).nullable().optional(),
  }),
  "declare-restored": body({ text: text().nullable().default(null) }),
  "declare-relapse": body({ text: text() }),
  "declare-resolved": body({
    solution: text(),
    cause: text().nullable().default(null),
    causeUnknown: z.boolean().default(false),
  }),
  "open-recovery": body({}),
  "complete-recovery-item": body({ item: category, ...settled }),
  "confirm-recovery": body({ text: text(), notNeeded: z.boolean().default(false) }),
  "complete-documentation": body({
    language,
    summary: text(),
    impact: text(),
    workaround: text().nullable().default(null),
    lessons: text().nullable().default(null),
  }),
  "confirm-criterion": body({ criterion: category, ...settled }),
  /** `pause`: one of those that its categories allow. Without an end, as long as that one may last. */
  "pause-clock": body({ ...needsReason, pause: category, until: instant.nullable().optional() }),
  "resume-clock": body({}),
  ...{ restrict: body(needsReason), "lift-restriction": body(needsReason) },
  ...{ "grant-access": body({ ...needsReason, ...party }), "revoke-access": body({ ...needsReason, ...party }) },
  mark: body({ tlp: z.enum(tlps).nullable() }),
  ...{ "assess-obligation": body(assessed), "date-obligation": body(dated), "describe-obligation": body(described) },
  ...{ "record-submission": body(submitted), "withhold-notice": body({ ...needsReason, ...withheld }) },
  close: body({}),
  "accept-closure": body({ text: text(5_000).nullable().default(null) }),
  "return-closure": body(needsReason),
  "review-derogation": body({
    number: taskNumber,
    verdict: z.enum(derogationVerdicts),
    text: text(5_000).nullable().default(null),
  }),
  reopen: body(needsReason),
} satisfies Record<IncidentCommandName, z.ZodType>;
