/** What the desk is asked, and what comes of it. */
import type { Signal } from "../alerts/decide.ts";
import type { DeliveredHow } from "../escalation/events.ts";
import type { Attached } from "../incidents/attaching.ts";
import type { Envelope } from "../kernel/stamp.ts";
import type { CommandBody } from "./completing.ts";
import type { ContributionInput } from "./contributing.ts";
import type { TimerPayload } from "./effects.ts";
import type { EngagementInput } from "./engaging.ts";
import type { SignalsOutcome } from "./handling.ts";
import type { ImpactInput } from "./impacting.ts";
import type { NewIncident } from "./opening.ts";
import type { PostEnded } from "./posting.ts";
import type { RaiseInput } from "./raising.ts";
import type { SecureInput } from "./securing.ts";

/** Timers of one incident that say nothing more than that their time has come. */
export type TimedCase = "acceptance-timer" | "access-timer" | "clock-timer" | "major-timer" | "offer-timer";

/** Of one of several things of an incident, by its number. */
export type NumberedTimer =
  | "task-timer"
  | "team-timer"
  | "workstream-timer"
  | "contribution-timer"
  | "engagement-timer";

export type DeskInput =
  /** `promoted`: from a request that named its service already. */
  | { readonly kind: "open"; readonly incident: NewIncident; readonly envelope: Envelope; readonly promoted?: true }
  | {
      readonly kind: "command";
      readonly incidentId: string;
      readonly command: CommandBody;
      readonly envelope: Envelope;
      /** How many entries the record had when its reader decided this; somebody else's since then makes it nothing. */
      readonly ifSeq?: number;
      /** A link is good until somebody has accepted or it has ended: asked here, since two may be pressed at once. */
      readonly ifFree?: true;
    }
  | ({ readonly kind: "security" } & SecureInput)
  | ({ readonly kind: "impact" } & ImpactInput)
  /** By somebody who may not open it, and asks for it all the same. */
  | { readonly kind: "break-glass"; readonly incidentId: string; readonly envelope: Envelope }
  | {
      readonly kind: "attach";
      readonly incidentId: string;
      readonly attachment: Attached;
      readonly envelope: Envelope;
    }
  | {
      readonly kind: "signals";
      readonly integrationId: string;
      readonly signals: readonly Signal[];
      readonly causeId: string;
    }
  | {
      readonly kind: "paging-timer";
      readonly incidentId: string;
      readonly run: number;
      readonly cycle: number;
      readonly step: number;
      readonly escalation?: number;
    }
  | { readonly kind: TimedCase; readonly incidentId: string }
  | ContributionInput
  | EngagementInput
  | { readonly kind: NumberedTimer; readonly incidentId: string; readonly number: number }
  | { readonly kind: "storm-timer"; readonly integrationId: string }
  | {
      readonly kind: "lease-timer" | "waiting-timer";
      readonly integrationId: string;
      readonly key: string;
      readonly groupKey: string;
    }
  | ({ readonly kind: "raise" } & RaiseInput)
  | { readonly kind: "silence-timer"; readonly silenceId: string }
  | {
      readonly kind: "page-outcome";
      readonly incidentId: string;
      readonly pageId: string;
      readonly outcome: PageOutcome;
    }
  | { readonly kind: "post-outcome"; readonly incidentId: string; readonly ended: PostEnded };

/** What a timer that fires asks the desk. */
export function timerInput(timer: TimerPayload): DeskInput {
  switch (timer.kind) {
    case "storm":
      return { kind: "storm-timer", integrationId: timer.integrationId };
    case "lease":
      return { ...timer, kind: "lease-timer" };
    case "waiting":
      return { ...timer, kind: "waiting-timer" };
    case "silence":
      return { ...timer, kind: "silence-timer" };
    case "paging":
      return { ...timer, kind: "paging-timer" };
    case "acceptance":
      return { ...timer, kind: "acceptance-timer" };
    case "access":
      return { ...timer, kind: "access-timer" };
    case "major":
      return { ...timer, kind: "major-timer" };
    case "offer":
      return { ...timer, kind: "offer-timer" };
    case "task":
      return { ...timer, kind: "task-timer" };
    case "team":
      return { ...timer, kind: "team-timer" };
    case "workstream":
      return { ...timer, kind: "workstream-timer" };
    case "contribution":
      return { ...timer, kind: "contribution-timer" };
    case "engagement":
      return { ...timer, kind: "engagement-timer" };
    case "clock":
      return { ...timer, kind: "clock-timer" };
  }
}

export type PageOutcome =
  /** `with`: how many others in one message. */
  | { readonly kind: "sent"; readonly possibleDuplicate: boolean; readonly with?: number }
  /** The first attempt failed, and it is tried again. */
  | { readonly kind: "delayed"; readonly error: string }
  /** Later than sent: what the channel learned of it afterwards. */
  | { readonly kind: "delivered"; readonly how: DeliveredHow }
  | { readonly kind: "undelivered"; readonly error: string }
  | { readonly kind: "failed"; readonly error: string }
  | { readonly kind: "expired"; readonly notAfter: number }
  | { readonly kind: "withdrawn"; readonly because: string };

export type DeskOutcome =
  | { readonly kind: "incident"; readonly incidentId: string }
  | { readonly kind: "signals"; readonly signals: SignalsOutcome }
  | { readonly kind: "nothing"; readonly because: string };
