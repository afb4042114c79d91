/** What each command of an incident may be refused for. */
import type { IncidentCommandName } from "../core/directory/responsibility.ts";
import type { RefusalCode } from "../core/kernel/refusal.ts";

const common: readonly RefusalCode[] = [
  "incident-unknown",
  "level-too-low",
  "level-missing",
  "already-closed",
  "already-dismissed",
  "already-merged",
  "occurred-in-future",
  "occurred-too-long-ago",
  "derogation-not-possible",
];
const named: readonly RefusalCode[] = ["target-required", "person-unknown", "team-unknown", "function-unknown"];
const outOfOrder: RefusalCode = "occurred-out-of-order";

const ownRefusals: Partial<Record<IncidentCommandName, readonly RefusalCode[]>> = {
  register: ["already-registered"],
  merge: ["merge-into-itself", "merge-target-ended", "merge-exercise-mix", "merge-restricted"],
  categorise: ["category-unknown", "category-retired", "category-required", "major-stands"],
  "propose-major": ["major-already"],
  "declare-major": ["major-already"],
  "stand-down-major": ["not-major"],
  "set-domains": ["domain-unknown", "domain-retired"],
  gather: ["nothing-asked", "question-unknown", "answer-does-not-fit"],
  "complete-recovery-item": ["nothing-asked", "recovery-item-unknown"],
  "confirm-recovery": ["recovery-items-open"],
  "confirm-criterion": ["nothing-asked", "criterion-unknown"],
  assign: ["target-required", "target-ambiguous", "person-unknown", "team-unknown", "function-unknown"],
  accept: ["not-asked", "already-accepted"],
  decline: ["not-asked"],
  "offer-coordination": [
    "person-unknown",
    "person-inactive",
    "coordinated-by-another",
    "coordination-offered",
    "already-coordinates",
    "holder-level",
  ],
  "accept-coordination": ["not-asked", "coordinated-by-another", "already-coordinates", "holder-level"],
  "decline-coordination": ["not-asked", "coordination-not-offered"],
  "withdraw-coordination": ["coordination-not-offered", "coordinated-by-another"],
  "fill-role": [
    "nothing-asked",
    "role-unknown",
    "role-is-coordination",
    "holder-required",
    "role-held",
    "holder-level",
    "person-unknown",
    "person-inactive",
  ],
  "release-role": ["role-is-coordination", "role-not-held"],
  "add-task": ["person-unknown", "person-inactive", "tasks-full"],
  "assign-task": ["person-unknown", "person-inactive", "task-unknown", "task-over", "nothing-changes"],
  "complete-task": ["task-unknown", "task-over", "task-not-yours"],
  "cancel-task": ["task-unknown", "task-over"],
  "advise-persons": ["person-unknown", "not-admitted"],
  escalate: ["escalation-target-unknown", "service-without-owner"],
  "acknowledge-escalation": ["not-asked", "escalation-unknown", "escalation-answered"],
  "return-escalation": ["not-asked", "escalation-unknown", "escalation-answered"],
  "end-escalation": ["escalation-unknown", "escalation-answered"],
  "declare-relapse": ["not-restored", outOfOrder],
  "declare-resolved": ["cause-or-unknown", "still-firing"],
  "pause-clock": [
    "no-clock-runs",
    "already-paused",
    "priority-never-pauses",
    "pause-used-up",
    "pause-unknown",
    "pause-until-impossible",
    outOfOrder,
  ],
  "resume-clock": ["not-paused", outOfOrder],
  restrict: ["already-restricted"],
  "lift-restriction": ["not-restricted"],
  "grant-access": ["not-restricted", "already-admitted", "members-full", ...named],
  "revoke-access": ["not-restricted", "not-admitted", "admitted-by-work", "last-admitted", ...named],
  close: ["milestones-missing", "still-firing", outOfOrder],
  reopen: ["not-closed", outOfOrder],
};

export const refusalsOf = (name: IncidentCommandName): readonly RefusalCode[] => [
  ...common,
  ...(ownRefusals[name] ?? []),
];
