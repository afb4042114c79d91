/** What each command of an incident takes: parsed into exactly what its decider reads. */
import { z } from "zod";
import type { IncidentCommandName } from "../core/directory/responsibility.ts";
import {
  derogationVerdicts,
  detectionReasons,
  escalationReasons,
  evidenceSides,
  findingSources,
  flags,
  tlps,
} from "../core/kernel/vocabulary.ts";
import { actBody } from "./acts.ts";
import { assessed, dated, described, submitted, withheld } from "./obligation-bodies.ts";
import {
  category,
  id,
  impact,
  instant,
  language,
  oneLine,
  plannedPeriod,
  priority,
  revisedPeriod,
  text,
} from "./shapes.ts";
import { finishedStream, linked, ofStream, openedStream, splitOut, unlinked, updatedStream } from "./workstreams.ts";

/** Its number; without it, the newest that waits. */
const ofEscalation = { escalation: z.int().min(1).max(10_000).optional() };
/** Its number; without it, the newest that fits. */
const ofActivation = { activation: z.int().min(1).max(10_000).optional() };
/** Not needed: for the reason given. */
const settled = { text: text(5_000).nullable().default(null), notNeeded: z.boolean().default(false) };
const needsReason = { reason: text(2_000) };
const party = { person: id.optional(), team: id.optional(), function: id.optional() };
const taskNumber = z.int().min(1).max(10_000);
const hypothesisNumber = z.int().min(1).max(1_000);

/** Where a finding comes from, and which one that is: who said it, which log. */
const from = { source: z.enum(findingSources).optional(), sourceName: text(200).optional() };

export const commandBodies = {
  /** `detectedAs`: why it is found to be an incident; without it, that a service is interrupted or degraded. */
  register: actBody({ detectedAs: z.enum(detectionReasons).optional() }),
  dismiss: actBody(needsReason),
  merge: actBody({ into: z.string().max(64) }),
  categorise: actBody({ categories: z.array(category).max(10) }),
  /** What suffers, all of it: one that is left out is taken away. */
  "propose-major": actBody(needsReason),
  /** A reason, unless its criteria or somebody have proposed it. */
  "declare-major": actBody({}),
  "stand-down-major": actBody(needsReason),
  "propose-flag": actBody({ ...needsReason, flag: z.enum(flags) }),
  /** A reason, unless its rules or somebody have proposed it. */
  "raise-flag": actBody({ flag: z.enum(flags) }),
  "lower-flag": actBody({ ...needsReason, flag: z.enum(flags) }),
  "take-investigation": actBody({}),
  "set-domains": actBody({ domains: z.array(category).max(20) }),
  /** Null: nobody knows. A time as RFC 3339; `yes` or `no`; the id of a choice. */
  gather: actBody({ question: category, answer: text(5_000).nullable().default(null) }),
  "set-impact-urgency": actBody({ impact, urgency: impact }),
  "confirm-priority": actBody({ impact, urgency: impact }),
  "override-priority": actBody({ ...needsReason, priority }),
  assign: actBody(party),
  accept: actBody({}),
  ...{ decline: actBody(needsReason), leave: actBody(needsReason) },
  "offer-coordination": actBody({ ...needsReason, person: id }),
  /** Answers an offer, takes what nobody holds, or, from level 4 and with a reason, what somebody else does. */
  "accept-coordination": actBody({}),
  "decline-coordination": actBody(needsReason),
  "withdraw-coordination": actBody({}),
  /** `name`: of somebody without an account, for a role that anybody may hold. */
  "fill-role": actBody({ role: category, person: id.optional(), name: oneLine(200).optional() }),
  "release-role": actBody({ role: category }),
  /** `period`: for which of its operational periods; without it, the one in force. */
  "add-task": actBody({
    text: text(500),
    person: id.optional(),
    due: instant.nullable().optional(),
    period: taskNumber.optional(),
    workstream: taskNumber.optional(),
  }),
  /** To somebody else, for another date, into another workstream; null takes it out of the one it is in. */
  "assign-task": actBody({
    task: taskNumber,
    person: id.optional(),
    due: instant.nullable().optional(),
    workstream: taskNumber.nullable().optional(),
  }),
  "complete-task": actBody({ task: taskNumber, text: text(2_000).nullable().default(null) }),
  "cancel-task": actBody({ ...needsReason, task: taskNumber }),
  link: actBody(linked),
  unlink: actBody({ ...needsReason, ...unlinked }),
  split: actBody(splitOut),
  "open-workstream": actBody(openedStream),
  "offer-workstream": actBody({ ...needsReason, ...ofStream, person: id }),
  /** Answers an offer, or takes from level 4 and with a reason what somebody else leads. */
  "accept-workstream": actBody(ofStream),
  "decline-workstream": actBody({ ...needsReason, ...ofStream }),
  "update-workstream": actBody(updatedStream),
  "finish-workstream": actBody(finishedStream),
  "plan-period": actBody(plannedPeriod),
  "revise-period": actBody(revisedPeriod),
  "advise-persons": actBody({ persons: z.array(id).max(50).default([]), text: text(5_000) }),
  "add-observation": actBody({ text: text(), ...from }),
  /** `decidedBy`: by whom, where somebody else writes it down. */
  decide: actBody({
    text: text(),
    options: z.array(text(500)).max(10).default([]),
    why: text(5_000).nullable().optional(),
    decidedBy: text(200).nullable().optional(),
  }),
  escalate: actBody({
    ...needsReason,
    kind: z.enum(["functional", "hierarchical"]),
    /** The id of a person, a team, a function or an escalation policy; or `owner`, whoever keeps the service. */
    to: text(200),
    expected: text(2_000),
  }),
  "acknowledge-escalation": actBody(ofEscalation),
  "return-escalation": actBody({ ...needsReason, ...ofEscalation }),
  "end-escalation": actBody({ ...needsReason, ...ofEscalation }),
  /** `because`: as it was read; refused when that is not what is proposed any more. */
  "set-aside-escalation": actBody({ ...needsReason, because: z.enum(escalationReasons).optional() }),
  /** What is wanted, and the reason why. */
  "ask-for-help": actBody({ ...needsReason, text: text(2_000) }),
  /** To whom it is sent on as an escalation, as for `escalate`; what is expected is what was asked for. */
  "confirm-help": actBody({
    ...needsReason,
    number: taskNumber,
    kind: z.enum(["functional", "hierarchical"]),
    to: text(200),
  }),
  "dismiss-help": actBody({ ...needsReason, number: taskNumber }),
  "activate-team": actBody({ ...needsReason, team: id }),
  /** `role`: of its mandate; without it, the first that is free and that one may hold. */
  "join-team": actBody({ ...ofActivation, role: category.optional() }),
  "leave-team": actBody({ ...needsReason, ...ofActivation }),
  "stand-down-team": actBody({ ...needsReason, ...ofActivation }),
  "open-hypothesis": actBody({ text: text(2_000) }),
  "add-evidence": actBody({ hypothesis: hypothesisNumber, side: z.enum(evidenceSides), text: text(2_000), ...from }),
  "confirm-hypothesis": actBody({ hypothesis: hypothesisNumber, text: text(2_000) }),
  "rule-out-hypothesis": actBody({ hypothesis: hypothesisNumber, text: text(2_000) }),
  /** `ruledOut`: it does not show it after all, and the reason says why. */
  "link-known-error": actBody({ knownError: id, ruledOut: z.boolean().optional() }),
  "record-cause": actBody({ text: text() }),
  /** `considered`: weighed, and set aside. */
  "select-solution": actBody({
    text: text(),
    considered: z.array(text(500)).max(10).default([]),
    why: text(5_000).nullable().optional(),
    /** It costs more than one may spend, or asks for what one may not decide: somebody with authority is proposed. */
    exceeds: z.enum(["cost", "authority"]).nullable().optional(),
  }),
  "declare-restored": actBody({ text: text().nullable().default(null) }),
  "declare-relapse": actBody({ text: text() }),
  "declare-resolved": actBody({
    solution: text(),
    cause: text().nullable().default(null),
    causeUnknown: z.boolean().default(false),
  }),
  "open-recovery": actBody({}),
  "complete-recovery-item": actBody({ item: category, ...settled }),
  /** `text`: what does not work, where it does not. */
  "confirm-restored": actBody({ working: z.boolean(), text: text(2_000).nullable().default(null) }),
  /** `confirmedBy`: who said that it works again, and how, where they did not say so here. */
  "confirm-recovery": actBody({
    text: text(),
    notNeeded: z.boolean().default(false),
    confirmedBy: text(500).nullable().optional(),
  }),
  "complete-documentation": actBody({
    language,
    summary: text(),
    impact: text(),
    workaround: text().nullable().default(null),
    lessons: text().nullable().default(null),
    detectedAs: z.enum(detectionReasons).optional(),
  }),
  "confirm-criterion": actBody({ criterion: category, ...settled }),
  /** `pause`: one of those that its categories allow. Without an end, as long as that one may last. */
  "pause-clock": actBody({ ...needsReason, pause: category, until: instant.nullable().optional() }),
  "resume-clock": actBody({}),
  ...{ restrict: actBody(needsReason), "lift-restriction": actBody(needsReason) },
  ...{ "grant-access": actBody({ ...needsReason, ...party }), "revoke-access": actBody({ ...needsReason, ...party }) },
  mark: actBody({ tlp: z.enum(tlps).nullable() }),
  ...{
    "assess-obligation": actBody(assessed),
    "date-obligation": actBody(dated),
    "describe-obligation": actBody(described),
  },
  ...{ "record-submission": actBody(submitted), "withhold-notice": actBody({ ...needsReason, ...withheld }) },
  close: actBody({}),
  "accept-closure": actBody({ text: text(5_000).nullable().default(null) }),
  "return-closure": actBody(needsReason),
  "review-derogation": actBody({
    number: taskNumber,
    verdict: z.enum(derogationVerdicts),
    text: text(5_000).nullable().default(null),
  }),
  reopen: actBody(needsReason),
  /** That it be opened again, by whoever may; answered by `reopen`, or declined with a reason. */
  ...{ "request-reopen": actBody(needsReason), "decline-reopen": actBody(needsReason) },
} satisfies Record<IncidentCommandName, z.ZodType>;
