/** A refusal is the domain saying no: a value, never thrown, with a stable code that docs/errors.md explains. */
import type { JsonObject, Milestone } from "./vocabulary.ts";

/** Each code with the kind of no it is. The edge maps the kind to a status; the core knows no HTTP. */
export const refusalCodes = {
  "level-too-low": "permission",
  "level-missing": "permission",
  "not-asked": "permission",
  "noise-level-needed": "permission",
  "not-administrator": "permission",
  "level-five-needed": "permission",
  "scope-missing": "permission",
  "fresh-sign-in-needed": "permission",
  "token-makes-no-token": "permission",
  "derogation-not-possible": "permission",
  "incident-unknown": "absent",
  "view-unknown": "absent",
  "already-closed": "state",
  "already-dismissed": "state",
  "already-merged": "state",
  "already-registered": "state",
  "already-accepted": "state",
  "escalation-answered": "state",
  "not-closed": "state",
  "not-restored": "state",
  "milestones-missing": "state",
  "still-firing": "state",
  "alert-not-waiting": "state",
  "reason-required": "content",
  "target-required": "content",
  "target-ambiguous": "content",
  "person-unknown": "content",
  "team-unknown": "content",
  "function-unknown": "content",
  "service-unknown": "content",
  "policy-unknown": "content",
  "schedule-unknown": "content",
  "escalation-unknown": "content",
  "escalation-target-unknown": "content",
  "service-without-owner": "content",
  "person-inactive": "content",
  "place-unknown": "content",
  "clock-unknown": "content",
  "leg-unknown": "content",
  "fact-unknown": "content",
  "trait-unknown": "content",
  "leg-not-withheld": "content",
  "cannot-stand-in": "state",
  "override-unknown": "absent",
  "absence-unknown": "absent",
  "cover-request-unknown": "absent",
  "feed-unknown": "absent",
  "too-many-feeds": "state",
  "calendar-unreadable": "content",
  "already-over": "state",
  "cover-settled": "state",
  "own-request": "state",
  "not-asked-for": "permission",
  "asked-of-everybody": "state",
  "not-on-call-then": "state",
  "nothing-in-return": "state",
  "vital-function-unknown": "content",
  "category-unknown": "content",
  "category-required": "content",
  "merge-into-itself": "content",
  "merge-target-ended": "state",
  "merge-exercise-mix": "content",
  "occurred-in-future": "content",
  "occurred-too-long-ago": "content",
  "occurred-out-of-order": "content",
  "cause-or-unknown": "content",
  "level-not-granted": "content",
  "mapping-invalid": "content",
  "email-taken": "state",
  "name-taken": "state",
  "heartbeats-full": "state",
  "silence-unknown": "absent",
  "window-unknown": "absent",
  "rule-unknown": "absent",
  "silences-full": "state",
  "scope-too-wide": "content",
  "pattern-invalid": "content",
  "silence-too-long": "content",
  "expression-invalid": "content",
  "integration-unknown": "content",
  "last-administrator": "state",
  "contact-points-full": "state",
  "last-contact-point": "state",
  "no-contact-point": "state",
  "contact-point-unknown": "content",
  "already-verified": "state",
  "code-sent-recently": "state",
  "code-wrong": "content",
  "code-over": "state",
  "not-a-webhook": "state",
  "still-pending": "state",
  "no-provider": "state",
  "providers-full": "state",
  "template-unknown": "absent",
  "attachment-unknown": "absent",
  "attachment-empty": "content",
  "attachment-name-unusable": "content",
  "attachments-full": "state",
  "too-many-views": "state",
  "no-mail-server": "state",
  "mail-not-taken": "state",
  "proof-code-over": "state",
  "proof-code-wrong": "content",
} as const;

export type RefusalCode = keyof typeof refusalCodes;
export type RefusalKind = (typeof refusalCodes)[RefusalCode];

export type Refusal = {
  readonly refused: RefusalCode;
  /** Values for the sentence that explains it. */
  readonly values?: JsonObject;
  /** What closing still requires. */
  readonly missing?: readonly Milestone[];
};

export function refuse(refused: RefusalCode, values?: JsonObject): Refusal {
  return values ? { refused, values } : { refused };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value;
}
