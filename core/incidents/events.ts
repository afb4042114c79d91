/** Facts of an incident's record. Names are past tense and dotted; what each carries is below. */

import type { Waiting } from "../alerts/decide.ts";
import type { CategoryProcess, Item, NotifiedAction, SupplierWait, TargetKind } from "../directory/category-process.ts";
import type { PagingEvent } from "../escalation/events.ts";
import type { Stamped } from "../kernel/stamp.ts";
import type {
  Capacity,
  CategoryId,
  DerogationVerdict,
  DetectionReason,
  EvidenceSide,
  FindingOrigin,
  Flag,
  Impact,
  Language,
  Priority,
  Severity,
  Tlp,
  Urgency,
} from "../kernel/vocabulary.ts";
import type { Answers, Outcome } from "../obligations/assessment.ts";
import type { Leg } from "../obligations/clock.ts";
import type { Law } from "../obligations/law.ts";
import type { Brief } from "./brief.ts";
import type { ContributionEvent } from "./contribution-events.ts";
import type { Exceeding } from "./diagnosis.ts";
import type { EngagementEvent } from "./engagement-events.ts";
import type { Standing } from "./escalation-proposals.ts";
import type { EscalationKind } from "./escalations.ts";
import type { ImpactEvent } from "./impact-events.ts";
import type { LinkEvent } from "./link-events.ts";
import type { Party } from "./restricting.ts";
import type { SecurityEvent } from "./security-events.ts";
import type { TeamEvent } from "./team-events.ts";
import type { LeftToTell } from "./unsettled.ts";
import type { WorkstreamEvent } from "./workstream-events.ts";

/** Text written by someone, or a code with values that each reader sees in their own language. */
export type Title =
  | { readonly text: string }
  | { readonly code: "storm"; readonly values: { readonly integration: string; readonly count: number } };

export type Origin =
  | { readonly kind: "person"; readonly personId: string }
  /** The name that was given stands in the data, where a purge reaches it, and not among who acted, which stays. */
  | { readonly kind: "report"; readonly reportId: string; readonly name: string | null }
  | { readonly kind: "integration"; readonly integrationId: string; readonly groupKey: string | null };

export type Assignee = { readonly person?: string; readonly team?: string; readonly function?: string };

type Someone = { readonly id: string; readonly name: string };

/** `over`: nothing of it is left to be waited for. `supplier`: whoever it waited for has acted. */
export const resumedBecause = ["asked", "until-reached", "priority", "over", "supplier"] as const;
export type ResumedBecause = (typeof resumedBecause)[number];

/** `until`: how long the rule waits for them. `priorities`: at which it lasts. */
export type PausedFor = {
  readonly engagement: number;
  readonly name: string;
  readonly until: SupplierWait;
  readonly priorities: readonly Priority[];
};

export type IncidentEvent =
  | {
      type: "incident.reported";
      data: {
        /** Allotted by the committer, last in the transaction. */
        number: string;
        title: Title;
        description: string | null;
        language: Language;
        service: string | null;
        severity: Severity | null;
        origin: Origin;
        process: string;
        exercise: boolean;
      };
    }
  | { type: "incident.identified"; data: { as: DetectionReason } }
  | { type: "incident.registered"; data: { underRuleOf: string | null } }
  | { type: "incident.dismissed"; data: Record<string, never> }
  /** `tasks`: that go on there, where there are any. */
  | { type: "incident.merged"; data: { into: string; intoNumber: string; tasks?: number[] } }
  /** `tasks`: as they are numbered here. */
  | { type: "incident.absorbed"; data: { from: string; fromNumber: string; alerts: number; tasks?: number[] } }
  | { type: "incident.retitled"; data: { title: Title } }
  | { type: "category.proposed"; data: { categories: CategoryId[]; reasons: string[] } }
  | {
      type: "incident.categorised";
      /** `processes`: what each asks, whole, in the version that was in force; absent before categories asked anything. */
      data: { categories: CategoryId[]; processes?: CategoryProcess[] };
    }
  /** `criteria`: those that propose it; none where a person does, whose reason the stamp has. */
  | { type: "major.proposed"; data: { criteria: Item[] } }
  | { type: "major.declared"; data: Record<string, never> }
  /** `was`: a proposal that is not followed, or a declaration that is over. */
  | { type: "major.stood-down"; data: { was: "proposed" | "declared" } }
  /** `criteria`: as of `major.proposed`. */
  | { type: "flag.proposed"; data: { flag: Flag; criteria: Item[] } }
  | { type: "flag.raised"; data: { flag: Flag } }
  | { type: "flag.lowered"; data: { flag: Flag; was: "proposed" | "raised" } }
  | { type: "investigation.taken"; data: { personId: string; name: string } }
  /** `answer`: null where nobody knows. */
  | { type: "info.gathered"; data: { question: string; answer: string | null } }
  | { type: "readiness.reached"; data: Record<string, never> }
  | { type: "domain.added"; data: { domains: string[] } }
  | { type: "domain.removed"; data: { domains: string[] } }
  /** `left`: what laws want told later, as it was when duties to notify were confirmed to be settled. */
  | {
      type: "criterion.confirmed";
      data: { criterion: string; text: string | null; notNeeded: boolean; left?: LeftToTell[] };
    }
  | {
      type: "priority.proposed";
      data: { impact: Impact; urgency: Urgency; priority: Priority; reasons: string[] };
    }
  | { type: "priority.confirmed"; data: { impact: Impact; urgency: Urgency; priority: Priority } }
  | { type: "priority.overridden"; data: { priority: Priority; proposed: Priority | null } }
  | { type: "incident.assigned"; data: Assignee }
  | {
      type: "assignment.accepted";
      /** `joins`: beside whoever has it already, since more than one was wanted. */
      data: { personId: string; name: string; coordinates: boolean; joins?: true };
    }
  /** Whoever had accepted did nothing for as long as the policy leaves them: nobody has it any more. */
  | { type: "assignment.lapsed"; data: { personId: string; name: string; minutes: number } }
  | {
      type: "assignment.declined";
      /** `gave`: what they had taken charge of, when they had. */
      data: { personId: string; name: string; gave?: "incident" | "coordination" };
    }
  /** Who had joined whoever has it: why is in the stamp. */
  | { type: "participant.left"; data: { personId: string; name: string } }
  | { type: "coordination.requested"; data: { acceptedBy: string; level: number | null } }
  /** `from`: who holds it still; null where nobody does. */
  | {
      type: "coordination.offered";
      /** `needed`: the level that its categories asked for then, where they asked for more than usual. */
      data: {
        personId: string;
        name: string;
        from: Someone | null;
        until: string;
        minutes: number;
        needed?: number;
      };
    }
  | {
      type: "coordination.handed-over";
      /** `how`: an offer was accepted; nobody held it; somebody else did. `brief`: what was known then. */
      data: {
        personId: string;
        name: string;
        from: Someone | null;
        how: "offered" | "requested" | "taken";
        brief?: Brief;
      };
    }
  | { type: "coordination.declined"; data: { personId: string; name: string } }
  | { type: "coordination.withdrawn"; data: { personId: string; name: string; because: "withdrawn" | "taken" } }
  | { type: "coordination.expired"; data: { personId: string; name: string; minutes: number } }
  /** `personId` null: somebody without an account here. */
  | { type: "role.filled"; data: { role: string; personId: string | null; name: string } }
  | { type: "role.released"; data: { role: string; personId: string | null; name: string } }
  | {
      type: "task.created";
      /** `period`: of the action plan, where one was in force or named. */
      data: {
        number: number;
        text: string;
        personId: string | null;
        name: string | null;
        due: string | null;
        period?: number;
        workstream?: number;
        /** It was open in an incident that was merged into this one. */
        carried?: true;
      };
    }
  | {
      type: "task.assigned";
      /** `workstream`: where it changes; null: of none any more. */
      data: {
        number: number;
        personId: string | null;
        name: string | null;
        due: string | null;
        workstream?: number | null;
      };
    }
  | { type: "task.done"; data: { number: number; text: string | null } }
  | { type: "task.cancelled"; data: { number: number; because?: "merged" } }
  /** Late by so many minutes, and nothing is heard of it: who is told. `undated`: it has no date, and was given so long ago. */
  | { type: "task.stale"; data: { number: number; minutes: number; told: string | null; undated?: true } }
  | {
      type: "period.planned";
      data: { number: number; from: string; until: string; situation: string; objectives: string[] };
    }
  /** All of it as it is from now on. */
  | { type: "period.revised"; data: { number: number; until: string; situation: string; objectives: string[] } }
  /** Its time is over, and no other has begun: who is told. */
  | { type: "period.ended"; data: { number: number; until: string; told: string | null } }
  | { type: "person.advised"; data: { persons: string[]; text: string } }
  /** Nobody was told of an action for so many minutes: who hears of that. */
  | { type: "notice.overdue"; data: { action: NotifiedAction; since: string; minutes: number; told: string | null } }
  /** `tlp`: stricter than that of its incident. */
  | { type: "observation.noted"; data: { text: string; tlp?: Tlp } & FindingOrigin }
  /** `decidedBy`: by whom, where somebody else wrote it down. */
  | { type: "decision.made"; data: { text: string; options: string[]; why?: string; decidedBy?: string } }
  | {
      type: "escalation.requested";
      /** `role`: of the incident, which whoever takes it then holds; `team`: an activation, which they then join. */
      data: { kind: EscalationKind; to: string; expected: string; number?: number; role?: string; team?: number };
    }
  | { type: "escalation.acknowledged"; data: { number: number; personId: string; name: string } }
  | { type: "escalation.returned"; data: { number: number; personId: string | null; name: string } }
  | { type: "escalation.ended"; data: { number: number; personId: string | null; name: string } }
  /** What was proposed; `about`: its circumstances. */
  | { type: "escalation.set-aside"; data: Standing }
  | { type: "help.asked"; data: { number: number; text: string } }
  /** `escalation`: the one that it became; null: it was answered otherwise, and the stamp says why. */
  | { type: "help.answered"; data: { number: number; escalation: number | null } }
  | { type: "hypothesis.opened"; data: { number: number; text: string } }
  | { type: "hypothesis.weighed"; data: { number: number; side: EvidenceSide; text: string } & FindingOrigin }
  | { type: "hypothesis.resolved"; data: { number: number; outcome: "confirmed" | "ruled-out"; text: string } }
  | { type: "cause.recorded"; data: { text: string } }
  | {
      type: "solution.selected";
      data: {
        text: string;
        considered: string[];
        why?: string | null | undefined;
        exceeds?: Exceeding | null | undefined;
      };
    }
  | { type: "service.restored"; data: { text: string | null; because: "declared" | "sources-resolved" } }
  | { type: "service.relapsed"; data: { text: string | null; because: "declared" | "source-fired-again" | "merged" } }
  | { type: "incident.resolved"; data: { solution: string; cause: string | null; causeUnknown: boolean } }
  | { type: "recovery.started"; data: Record<string, never> }
  | { type: "recovery.item-completed"; data: { item: string; text: string | null; notNeeded: boolean } }
  | { type: "known-error.linked"; data: { knownError: string; nameFr: string; nameEn: string } }
  | { type: "known-error.unlinked"; data: { knownError: string; nameFr: string; nameEn: string } }
  | { type: "restoration.confirmed"; data: { text: string | null; as: Capacity } }
  | { type: "restoration.contested"; data: { text: string | null; as: Capacity } }
  | { type: "recovery.confirmed"; data: { text: string; notNeeded: boolean; confirmedBy?: string } }
  | {
      type: "documentation.completed";
      data: { language: Language; summary: string; impact: string; workaround: string | null; lessons: string | null };
    }
  | { type: "incident.closed"; data: { overFiring: number } }
  /** Somebody other than whoever closed it has looked at what it left: it stands, or it is to be documented again. */
  | { type: "closure.accepted"; data: { text: string | null } }
  | { type: "closure.returned"; data: Record<string, never> }
  /** Of what is closed, by somebody who may not do it themselves: why is in the stamp. */
  | { type: "reopening.requested"; data: Record<string, never> }
  | { type: "reopening.declined"; data: Record<string, never> }
  | {
      type: "incident.reopened";
      /** What it comes back from, when it is not from having been closed. */
      data: { after?: "dismissed" };
    }
  /** `pause`: which of those that its categories allow. Why is in the stamp. */
  /** `by`: a rule paused it, while a supplier is waited for. */
  | { type: "sla.paused"; data: { pause: string; until: string; by?: PausedFor } }
  | { type: "sla.resumed"; data: { pause: string; because: ResumedBecause } }
  /** Of the clock that began then, so much is used up. */
  | {
      type: "sla.warned";
      data: {
        clock: TargetKind;
        share: number;
        since: string;
        minutes: number;
        calendar: string | null;
        due: string | null;
      };
    }
  | {
      type: "sla.breached";
      data: { clock: TargetKind; since: string; minutes: number; calendar: string | null; due: string | null };
    }
  | {
      type: "attachment.added";
      /** Of the content, only its hash: it can be erased by rule without the chain breaking. */
      data: { attachmentId: string; name: string; mediaType: string; bytes: number; sha256: string };
    }
  /** `members`: whom it admits from the beginning. `because`: by somebody, or by the rule of a category. */
  | {
      type: "access.restricted";
      data: { because: "person" | "category"; category: CategoryId | null; members: Party[] };
    }
  | ContributionEvent
  | EngagementEvent
  | { type: "access.lifted"; data: Record<string, never> }
  | { type: "access.granted"; data: Party }
  | { type: "access.revoked"; data: Party & { because: "removed" | "expired" } }
  /** By somebody whom it did not admit, with a reason, until then. */
  | { type: "access.forced"; data: { personId: string; name: string; until: string } }
  | { type: "incident.marked"; data: { tlp: Tlp | null; was: Tlp | null } }
  /** All of what the law said then, so that it never has to be asked again. */
  | {
      type: "obligation.assessed";
      data: Pick<Law, "version" | "status" | "inForceFrom"> & {
        law: string;
        outcome: Outcome;
        answers: Answers;
        traits: string[];
        text: string;
        legs: Leg[];
        targets: Record<string, number>;
      };
    }
  /** `at` null: it did not happen, or is not known after all. */
  | {
      type: "obligation.dated";
      data: { law: string; fact: string; at: string | null; was: string | null; toldBy: string | null };
    }
  | { type: "obligation.described"; data: { law: string; fields: Record<string, string | null> } }
  | {
      type: "obligation.submitted";
      data: {
        law: string;
        leg: string;
        at: string;
        by: string;
        reference: string | null;
        way: string | null;
        attachment: string | null;
      };
    }
  /** Recorded by mistake: its limit runs again. */
  | { type: "obligation.submission-withdrawn"; data: { law: string; leg: string; at: string } }
  | {
      type: "obligation.withheld";
      data: { law: string; legs: string[]; reason: string; authority: string; from: string; until: string | null };
    }
  /** `own`: of a target of the organisation's own, and no limit of the law. */
  | {
      type: "obligation.warned";
      data: { law: string; leg: string; share: number; since: string; due: string; own: boolean };
    }
  | { type: "obligation.missed"; data: { law: string; leg: string; since: string; due: string; own: boolean } }
  | { type: "derogation.used"; data: { command: string; needed: number; silent?: { name: string; since: string }[] } }
  | { type: "derogation.reviewed"; data: { number: number; verdict: DerogationVerdict; text: string | null } }
  | {
      type: "alert.grouped";
      /** `again`: all had resolved, and it begins anew before anybody said that the service is back. */
      data: { count: number; firstKey: string; lastKey: string; total: number; again?: true };
    }
  | {
      type: "alert.kind-joined";
      /** A kind of failure that it did not have, in a group made by rule. `asks`: who has it, when they are asked anew. */
      data: { kind: string; key: string; rule: { id: string; version: number; name: string }; asks: string | null };
    }
  /** Somebody did not wait for what held it back to be over: who and why are in the stamp. */
  | {
      type: "alert.raised";
      data: { key: string; for: Waiting["for"]; rule: { id: string; version: number; name: string } };
    }
  | { type: "alert.resolved"; data: { count: number; firstKey: string; lastKey: string; open: number } }
  | { type: "alert.acknowledged"; data: { key: string; by: string | null; personId: string | null } }
  | { type: "alert.unacknowledged"; data: { key: string; by: string | null } }
  | { type: "alerts.cleared"; data: { told: string | null } }
  | { type: "routing.decided"; data: { policy: string | null; reasons: string[] } }
  | SecurityEvent
  | TeamEvent
  | WorkstreamEvent
  | LinkEvent
  | ImpactEvent
  | PagingEvent;

export type IncidentEventType = IncidentEvent["type"];
export type IncidentFact = Stamped<IncidentEvent>;

/** Version of each event's data shape; a change of shape raises it and is upcast where it is read. */
export const eventVersion = 1;

export type EventOf<T extends IncidentEventType> = Extract<IncidentEvent, { type: T }>;
