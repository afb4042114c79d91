/** Facts of paging. They are part of the incident's record: why each person was called, and what became of it. */
import type { ChannelKind } from "../directory/types.ts";
import type { ConditionKind } from "../kernel/vocabulary.ts";
import type { Policy } from "./policy.ts";

/** `inTurn`: of several, theirs was the turn. */
export type PageWhy = {
  reason: string;
  schedule: string | null;
  until: string | null;
  silent: string[];
  inTurn?: true;
};

export type PageRequested = {
  pageId: string;
  personId: string;
  name: string;
  channel: ChannelKind;
  /** Contact point: one page for each in a step. */
  pointId: string;
  run: number;
  cycle: number;
  step: number;
  /** Why this person, as codes and values; `silent` names who was called before without an answer. */
  why: PageWhy;
  /** When its turn comes: at once, or after others of this person had time to be answered. */
  dueAt: string;
  notAfter: string;
  /** Left for later because it does not press: it then leaves together with whatever else was. */
  held?: HeldBecause;
};

/** `quiet`: hours in which this person asked for peace. `throttled`: this telephone had sounded too often. */
export type HeldBecause = "quiet" | "throttled";

export type Acknowledger = { readonly id: string; readonly name: string };

export type StartedBecause =
  | "reported"
  | "registered"
  | "assigned"
  | "handed-back"
  | "relapsed"
  | "unacknowledged"
  | "reopened"
  | "new-kind"
  | "nothing-done"
  | "escalated"
  | "activated"
  | "policy-reached-nobody";
/** `declined-only`: nobody is left but those who passed it on. */
export type SteppedBecause =
  | "started"
  | "silent"
  | "declined"
  | "undeliverable"
  | "nobody"
  | "more-wanted"
  | "declined-only";

export type Posting = {
  postId: string;
  webhookId: string;
  name: string;
  run: number;
  cycle: number;
  step: number;
};
export type PostBecame = "sent" | "failed" | "expired";

export type DeliveredHow = "delivered" | "answered" | "opened";

type PlainPagingEvent =
  | { type: "paging.started"; data: { policy: Policy; run: number; reason: StartedBecause } }
  | {
      type: "paging.stepped";
      data: {
        run: number;
        cycle: number;
        step: number;
        until: string;
        because: SteppedBecause;
        /** How many must accept, when more than one. */
        acknowledgements?: number;
        /** Of so many people, whose turn it was. */
        inTurnOf?: number;
      };
    }
  /** Who has accepted so far, where more than one must: also when one of them takes it back. */
  | { type: "paging.acknowledged"; data: { run: number; people: Acknowledger[]; needed: number } }
  /** Until when whoever accepted must have done something. */
  | { type: "paging.watched"; data: { until: string; minutes: number } }
  | { type: "page.requested"; data: PageRequested }
  | {
      type: "page.sent";
      data: {
        pageId: string;
        possibleDuplicate: boolean;
        /** With how many others that had been held back, in one message. */
        with?: number;
      };
    }
  /** Its first attempt failed, it is tried again, and this person's next contact point has its turn at once. */
  | { type: "page.delayed"; data: { pageId: string; error: string } }
  /** More than accepted: its channel says that it reached the phone, or that somebody answered it. */
  | { type: "page.delivered"; data: { pageId: string; how: DeliveredHow } }
  /** Accepted first, and then said not to have arrived. */
  | { type: "page.undelivered"; data: { pageId: string; error: string } }
  | { type: "page.failed"; data: { pageId: string; error: string } }
  | { type: "page.expired"; data: { pageId: string; notAfter: string } }
  | { type: "page.withdrawn"; data: { pageId: string; because: string } }
  /** Its conditions do not hold. */
  | { type: "paging.skipped"; data: { run: number; cycle: number; step: number; unmet: ConditionKind[] } }
  /** A step that began tells an address; it wakes nobody. */
  | { type: "paging.posted"; data: Posting }
  | {
      type: "paging.post-ended";
      data: { postId: string; webhookId: string; name: string; became: PostBecame; error?: string };
    }
  | { type: "paging.unreachable"; data: { step: number; cycle: number; target: string; reason: string } }
  /** `acknowledged`: some accepted, and fewer than were wanted. */
  | { type: "paging.exhausted"; data: { pages: number; acknowledged?: number; needed?: number } }
  | { type: "paging.stopped"; data: { because: string } };

/** Which calls it is about: those for the incident itself, or those for one of its escalations, by its number. */
type Numbered<E> = E extends { type: infer T; data: infer D } ? { type: T; data: D & { escalation?: number } } : never;
export type PagingEvent = Numbered<PlainPagingEvent>;

export function isPagingFact<E extends { type: string }>(event: E): event is Extract<E, { type: PagingEvent["type"] }> {
  return event.type.startsWith("page.") || event.type.startsWith("paging.");
}
