/** What is known of what one supplier was asked on an incident, folded from its facts. */
import type { SupplierClock, SupplierKind } from "../directory/suppliers.ts";
import type { Stamp } from "../kernel/stamp.ts";
import type { ContactReason, EngagementStatus } from "../kernel/supplier-words.ts";
import type { Instant, Language } from "../kernel/vocabulary.ts";
import type { Gap } from "./clock-history.ts";
import type { EngagementEvent, EngagementTarget } from "./engagement-events.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export type Called = {
  readonly order: number;
  readonly contact: string;
  readonly role: string;
  readonly how: "letter" | "phone";
  readonly at: Instant;
};

export type Engagement = {
  /** From 1, by incident. */
  readonly number: number;
  readonly supplier: string;
  readonly name: string;
  readonly kind: SupplierKind;
  readonly language: Language;
  readonly contract: string | null;
  readonly text: string;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly at: Instant;
  readonly targets: readonly EngagementTarget[];
  readonly status: EngagementStatus;
  readonly ticket: string | null;
  /** When they first answered at all. */
  readonly answeredAt?: Instant;
  /** Null: said once, and taken up again. */
  readonly restoredAt?: Instant | null;
  /** Declined or closed. */
  readonly endedAt?: Instant;
  /** Said to be restored, and taken up again. */
  readonly gaps?: readonly Gap[];
  readonly told?: { readonly at: Instant; readonly by: string; readonly byLink: boolean; readonly text: string };
  /** The highest share said of each clock; 100: missed. */
  readonly said: Readonly<Partial<Record<SupplierClock, number>>>;
  readonly calls: readonly Called[];
  /** The last contact that was proposed, and why. */
  readonly proposed?: { readonly order: number; readonly because: ContactReason };
};

export const engagementOf = ({ engagements = [] }: Pick<IncidentState, "engagements">, number: number) =>
  engagements.find((one) => one.number === number);

export const isOpenEngagement = ({ status }: Pick<Engagement, "status">): boolean =>
  status !== "declined" && status !== "closed";

/** Somebody outside has to act; `answered`: until they say anything, `restored`: until they say that it works. */
export const isAwaited = ({ status }: Pick<Engagement, "status">, until: "answered" | "restored"): boolean =>
  status === "asked" || (until === "restored" && (status === "acknowledged" || status === "working"));

export const isOfEngagements = <Fact extends IncidentEvent>(event: Fact): event is Fact & EngagementEvent =>
  event.type.startsWith("supplier.");

export function evolveEngagements(
  { engagements = [] }: IncidentState,
  event: EngagementEvent,
  stamp: Stamp,
): Partial<IncidentState> {
  const { actor, occurredAt: at } = stamp;
  if (event.type === "supplier.asked") {
    const { open: _, opens: __, ...asked } = event.data;
    const by = { id: actor.id, name: actor.name };
    return { engagements: [...engagements, { ...asked, by, at, status: "asked", ticket: null, said: {}, calls: [] }] };
  }
  const { number } = event.data;
  return {
    engagements: engagements.map((one) => (one.number === number ? { ...one, ...changed(one, event, stamp) } : one)),
  };
}

type Answer = Extract<EngagementEvent, { type: `supplier.${"acknowledged" | "working" | "restored" | "declined"}` }>;

function changed(
  one: Engagement,
  event: Exclude<EngagementEvent, { type: "supplier.asked" }>,
  { occurredAt: at, actor }: Stamp,
): Partial<Engagement> {
  switch (event.type) {
    case "supplier.acknowledged":
    case "supplier.working":
    case "supplier.restored":
    case "supplier.declined":
      return answered(one, event, at, actor.name);
    case "supplier.ticketed":
      return { ticket: event.data.ticket };
    case "supplier.closed":
      return { status: "closed", endedAt: one.endedAt ?? at };
    case "supplier.warned":
      return { said: { ...one.said, [event.data.clock]: event.data.share } };
    case "supplier.missed":
      return { said: { ...one.said, [event.data.clock]: 100 } };
    case "supplier.contact-proposed":
      return { proposed: { order: event.data.order, because: event.data.because } };
    case "supplier.called": {
      const { order, contact, role, how } = event.data;
      return { calls: [...one.calls, { order, contact, role, how, at }] };
    }
  }
}

function answered(one: Engagement, event: Answer, at: Instant, by: string): Partial<Engagement> {
  const { text, byLink } = event.data;
  const told = text === null ? one.told : { at, by: byLink ? one.name : by, byLink, text };
  const same = { answeredAt: one.answeredAt ?? at, ...(told && { told }) };
  switch (event.type) {
    case "supplier.acknowledged":
      return { ...same, status: "acknowledged", ticket: event.data.ticket ?? one.ticket };
    case "supplier.working":
      return { ...same, status: "working", ...takenUpAgain(one, at) };
    case "supplier.restored":
      return { ...same, status: "restored", restoredAt: at };
    case "supplier.declined":
      return { ...same, status: "declined", endedAt: at };
  }
}

/** The time for which it was said to work does not count, and what had run stays run. */
function takenUpAgain({ restoredAt, gaps = [] }: Engagement, at: Instant): Partial<Engagement> {
  if (typeof restoredAt !== "number") return {};
  return { gaps: [...gaps, { from: restoredAt, until: at }], restoredAt: null };
}
