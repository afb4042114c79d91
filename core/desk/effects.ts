/** What the desk asks of the world, as data. Written in the transaction of the events that caused it; carried out after.
 *  Each is idempotent by its key. */
import type { ChannelKind } from "../directory/types.ts";
import type { HeldBecause, Posting } from "../escalation/events.ts";
import type { Instant, JsonObject } from "../kernel/vocabulary.ts";

export type TimerPayload =
  | {
      readonly kind: "paging";
      readonly incidentId: string;
      readonly run: number;
      readonly cycle: number;
      readonly step: number;
      /** Of the calls for one of its escalations. */
      readonly escalation?: number;
    }
  /** Has whoever accepted done anything? */
  | { readonly kind: "acceptance"; readonly incidentId: string }
  /** A criterion of major incidents that waits for its time. */
  | { readonly kind: "major"; readonly incidentId: string }
  /** Has whoever coordination is offered to answered? */
  | { readonly kind: "offer"; readonly incidentId: string }
  /** Is anything heard of a task that is late? */
  | { readonly kind: "task"; readonly incidentId: string; readonly number: number }
  /** Have enough people of a team come? */
  | { readonly kind: "team"; readonly incidentId: string; readonly number: number }
  /** Is anything heard of a workstream, or an offer of one answered? */
  | { readonly kind: "workstream"; readonly incidentId: string; readonly number: number }
  /** Is a contributor reminded, or their time over? */
  | { readonly kind: "contribution"; readonly incidentId: string; readonly number: number }
  /** Is anything to be said of what a supplier was asked? */
  | { readonly kind: "engagement"; readonly incidentId: string; readonly number: number }
  /** Is the time of somebody over who broke the glass? */
  | { readonly kind: "access"; readonly incidentId: string }
  /** Is anything to be said of its targets? */
  | { readonly kind: "clock"; readonly incidentId: string }
  | { readonly kind: "storm"; readonly integrationId: string }
  | {
      readonly kind: "lease" | "waiting";
      readonly integrationId: string;
      readonly key: string;
      readonly groupKey: string;
    }
  | { readonly kind: "silence"; readonly silenceId: string };

export type NoticeCode =
  | "sources-cleared"
  | "relapsed"
  | "reopened"
  | "coordinator-wanted"
  | "advised"
  | "contribution-barred"
  | "escalated"
  | "escalation-taken"
  | "escalation-returned"
  | "escalation-unanswered"
  | "target-warned"
  | "target-missed"
  | "outage-warned"
  | "outage-passed"
  | "obligation-warned"
  | "obligation-missed"
  | "coordination-offered"
  | "coordination-taken"
  | "coordination-declined"
  | "coordination-withdrawn"
  | "coordination-expired"
  | "closure-to-check"
  | "restoration-contested"
  | "flag-proposed"
  | "investigation-taken"
  | "closure-returned"
  | "access-forced"
  | "evidence-handed"
  | "role-given"
  | "task-given"
  | "task-stale"
  | "task-carried"
  | "task-ended"
  | "period-ended"
  | "notice-overdue"
  | `workstream-${"offered" | "taken" | "declined" | "withdrawn" | "expired" | "stale" | "free"}`
  | "assigned"
  | `team-${"quorum-met" | "quorum-missed" | "stood-down"}`
  | `contribution-${"answered" | "declined" | "forwarded" | "failed" | "unanswered" | "expired"}`
  | `supplier-${"warned" | "missed" | "next"}`
  | "major-proposed"
  | "major-declared"
  | "major-stood-down"
  | "major-restored"
  | "major-closed";

export type Effect =
  | { readonly kind: "set-timer"; readonly key: string; readonly timer: TimerPayload; readonly dueAt: Instant }
  | { readonly kind: "cancel-timer"; readonly key: string }
  | {
      readonly kind: "page";
      readonly key: string;
      readonly incidentId: string;
      readonly pageId: string;
      readonly personId: string;
      readonly channel: ChannelKind;
      readonly pointId: string;
      readonly dueAt: Instant;
      readonly notAfter: Instant;
      readonly held?: HeldBecause;
    }
  /** All alerts of an integration, or of any, that wait on one thing are asked about again. */
  | { readonly kind: "recheck"; readonly integrationId: string | null; readonly on: string; readonly dueAt: Instant }
  /** To somebody, about what they set up and not about an incident. */
  | {
      readonly kind: "reminder";
      readonly key: string;
      readonly personId: string;
      readonly channel: ChannelKind;
      readonly pointId: string | null;
      readonly reminder: "silence-ending";
      readonly values: JsonObject;
      readonly dueAt: Instant;
      readonly notAfter: Instant;
    }
  /** What a step tells an address. */
  | {
      readonly kind: "post";
      readonly key: string;
      readonly incidentId: string;
      readonly post: Posting;
      /** Of the calls for one of its escalations. */
      readonly escalation?: number;
      readonly dueAt: Instant;
      readonly notAfter: Instant;
    }
  /** A letter with a link to somebody who may have no account. */
  | {
      readonly kind: "invite";
      readonly key: string;
      readonly incidentId: string;
      readonly number: number;
      /** `answered`: a copy of what they said. */
      readonly why: "asked" | "reminded" | "answered";
      readonly dueAt: Instant;
      readonly notAfter: Instant;
    }
  /** A page that waits for its turn, or was held back, leaves now. */
  | { readonly kind: "hasten"; readonly key: string; readonly dueAt: Instant }
  | {
      readonly kind: "notice";
      readonly key: string;
      readonly incidentId: string;
      readonly personId: string;
      readonly channel: ChannelKind;
      /** Null: this person cannot be reached, and the outbox will say so. */
      readonly pointId: string | null;
      readonly notice: NoticeCode;
      readonly values: JsonObject;
      readonly dueAt: Instant;
      readonly notAfter: Instant;
      readonly held?: HeldBecause;
    };

export const pagingTimerKey = (incidentId: string, escalation?: number): string =>
  escalation === undefined ? `paging/${incidentId}` : `paging/${incidentId}/${escalation}`;
export const acceptanceTimerKey = (incidentId: string): string => `acceptance/${incidentId}`;
export const accessTimerKey = (incidentId: string): string => `access/${incidentId}`;
export const majorTimerKey = (incidentId: string): string => `major/${incidentId}`;
export const offerTimerKey = (incidentId: string): string => `offer/${incidentId}`;
export const taskTimerKey = (incidentId: string, number: number): string => `task/${incidentId}/${number}`;
export const teamTimerKey = (incidentId: string, number: number): string => `team/${incidentId}/${number}`;
export const workstreamTimerKey = (incidentId: string, number: number): string => `workstream/${incidentId}/${number}`;
export const contributionTimerKey = (incidentId: string, number: number): string =>
  `contribution/${incidentId}/${number}`;
export const engagementTimerKey = (incidentId: string, number: number): string => `engagement/${incidentId}/${number}`;
export const clockTimerKey = (incidentId: string): string => `clock/${incidentId}`;
export const leaseTimerKey = (alertId: string): string => `lease/${alertId}`;
export const waitingTimerKey = (alertId: string): string => `waiting/${alertId}`;
export const silenceTimerKey = (silenceId: string): string => `silence/${silenceId}`;
export const stormTimerKey = (integrationId: string): string => `storm/${integrationId}`;
