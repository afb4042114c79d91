/** Facts of one request for assistance: a record of its own, beside that of the incident it may belong to. */
import type { PagingEvent } from "../escalation/events.ts";
import type { Stamped } from "../kernel/stamp.ts";
import type { Language } from "../kernel/vocabulary.ts";
import type { PassedOver, RouteReason } from "./routing.ts";
import type { Party } from "./settings.ts";

/** Inbound: somebody needs help, which may or may not be an incident. Outbound: the response to one needs it. */
export type Direction = "inbound" | "outbound";
export type IncidentLink = { readonly id: string; readonly number: string };
export type Somebody = { readonly id: string; readonly name: string };
export type NamedParty = Party & { readonly fr: string; readonly en: string };

export const outcomes = ["done", "partly", "not-done"] as const;
export type AssistanceOutcome = (typeof outcomes)[number];

export type RaisedBecause = "declined-twice" | "nobody-left" | "late";
export type RaisedTo = "coordinator" | "fallback" | "level-four";

export type Requested = {
  number: string;
  direction: Direction;
  title: string;
  details: string | null;
  kind: string;
  urgent: boolean;
  language: Language;
  domains: readonly string[];
  service: string | null;
  site: string | null;
  incident: IncidentLink | null;
  exercise: boolean;
};

type OwnEvent =
  | { type: "assistance.requested"; data: Requested }
  /** `answerBy`: null while nobody is asked. */
  | {
      type: "assistance.routed";
      data: {
        to: NamedParty | null;
        because: RouteReason;
        passed: readonly PassedOver[];
        answerBy: string | null;
        /** By whoever handed it on, who then no longer has it. */
        from?: NamedParty;
      };
    }
  | { type: "assistance.accepted"; data: { personId: string; name: string } }
  | { type: "assistance.declined"; data: { from: NamedParty | null } }
  | { type: "assistance.warned"; data: { to: NamedParty; answerBy: string } }
  | { type: "assistance.late"; data: { to: NamedParty; answerBy: string } }
  | { type: "assistance.raised"; data: { because: RaisedBecause; to: RaisedTo; people: readonly Somebody[] } }
  | { type: "assistance.fulfilled"; data: { outcome: AssistanceOutcome; text: string } }
  | { type: "assistance.confirmed"; data: Record<string, never> }
  | { type: "assistance.reopened"; data: Record<string, never> }
  | { type: "assistance.withdrawn"; data: Record<string, never> }
  | { type: "assistance.attached"; data: { incident: IncidentLink } }
  | { type: "assistance.promoted"; data: { incident: IncidentLink } };

export type AssistanceEvent = OwnEvent | PagingEvent;
export type AssistanceFact = Stamped<AssistanceEvent>;
export type AssistanceEventType = AssistanceEvent["type"];

export const assistanceEventVersion = 1;
