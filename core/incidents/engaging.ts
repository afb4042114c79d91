/** Calling on a supplier: what is asked of them on an incident, under what number they have it, what they say of it, and whom of theirs
 *  is called next. What they are asked by a letter is a contribution like any other: one link, one answer. */
import { belowLevel } from "../access/can.ts";
import { maySee } from "../access/restriction.ts";
import type { SupplierContact, SupplierKind } from "../directory/suppliers.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import type { SupplierTelling } from "../kernel/supplier-words.ts";
import { isoOrNull } from "../kernel/time.ts";
import type { Actor, Instant, Language } from "../kernel/vocabulary.ts";
import { roleOf } from "./acting.ts";
import { askEvents, askedHoursMax, openContributions, refuseOutside } from "./contributing.ts";
import type { ContributionAnswer } from "./contribution-events.ts";
import { refuseEnded } from "./ended.ts";
import { nextContact } from "./engagement-clocks.ts";
import type { EngagementEvent, EngagementTarget } from "./engagement-events.ts";
import { type Engagement, engagementOf, isOpenEngagement } from "./engagement-state.ts";
import type { IncidentEvent } from "./events.ts";
import { admissionOf } from "./restricting.ts";
import type { IncidentState } from "./state.ts";

/** Of one incident. */
export const engagementsMax = 30;
export const ticketMax = 80;

export type CallHow = "letter" | "phone";

/** Found by the desk: what the directory says of them now. */
export type SupplierAsked = {
  readonly id: string;
  readonly name: string;
  readonly kind: SupplierKind;
  readonly language: Language;
  readonly contract: string | null;
  readonly targets: readonly EngagementTarget[];
  readonly contacts: readonly SupplierContact[];
  readonly open: boolean;
  readonly opensAt: Instant | null;
};

export type EngagementAct =
  /** `how`: null where nobody is called yet. `context`: shared with them besides. */
  | {
      readonly do: "engage";
      readonly supplier: SupplierAsked;
      readonly text: string;
      readonly context: string | null;
      readonly how: CallHow | null;
    }
  | {
      readonly do: "tell";
      readonly number: number;
      readonly became: SupplierTelling;
      readonly ticket: string | null;
      readonly text: string | null;
    }
  | { readonly do: "ticket"; readonly number: number; readonly ticket: string }
  | {
      readonly do: "call";
      readonly number: number;
      readonly how: CallHow;
      readonly text: string | null;
      readonly contacts: readonly SupplierContact[];
    }
  | { readonly do: "close"; readonly number: number; readonly text: string | null };

/** Lowest level for each, for whoever neither coordinates nor has the incident: work outside the house is theirs from level 2 on. */
export const engagementLevels = { engage: 4, call: 4, close: 4, tell: 3, ticket: 2 } as const satisfies Record<
  EngagementAct["do"],
  number
>;
const holderFrom = 2;

export function whyNotEngage(state: IncidentState, what: EngagementAct["do"], actor: Actor): Refusal | null {
  if (actor.kind === "person" && !maySee(admissionOf(state), actor)) return refuse("incident-unknown");
  const holds = roleOf(state, actor) !== null;
  const needed = holds ? holderFrom : engagementLevels[what];
  if (actor.level === null || actor.level < needed) return belowLevel(`supplier-${what}`, needed, actor.level, true);
  return refuseEnded(state);
}

export function decideEngagement(
  state: IncidentState,
  act: EngagementAct,
  { actor, at }: Envelope,
): readonly IncidentEvent[] | Refusal {
  const refused = whyNotEngage(state, act.do, actor);
  if (refused) return refused;
  if (act.do === "engage") return engage(state, act, at);
  const one = engagementOf(state, act.number);
  if (!one) return refuse("engagement-unknown", { engagement: act.number });
  if (!isOpenEngagement(one) && act.do !== "ticket")
    return refuse("engagement-over", { engagement: one.number, name: one.name });
  switch (act.do) {
    case "tell":
      return tell(one, act, false);
    case "ticket":
      return ticketed(one, act.ticket, false);
    case "call":
      return call(state, one, act, at);
    case "close":
      return [{ type: "supplier.closed", data: { ...of(one), text: act.text, because: "closed" } }];
  }
}

const of = ({ number, name }: Pick<Engagement, "number" | "name">) => ({ number, name });

function engage(
  state: IncidentState,
  { supplier, text, context, how }: Extract<EngagementAct, { do: "engage" }>,
  at: Instant,
): IncidentEvent[] | Refusal {
  const number = (state.engagements?.length ?? 0) + 1;
  if (number > engagementsMax) return refuse("engagements-full", { max: engagementsMax });
  if (state.engagements?.some((one) => one.supplier === supplier.id && isOpenEngagement(one)))
    return refuse("engagement-open", { name: supplier.name });
  const { id, name, kind, language, contract, targets, contacts, open, opensAt } = supplier;
  const asked: EngagementEvent = {
    type: "supplier.asked",
    data: {
      ...{ number, name, supplier: id, kind, language, contract, text, open, opens: isoOrNull(opensAt) },
      targets: [...targets],
    },
  };
  if (how === null) return [asked];
  const called = calling(state, { number, name, text, calls: [] }, { how, contacts, context }, at);
  return "refused" in called ? called : [asked, ...called];
}

function call(
  state: IncidentState,
  one: Engagement,
  { how, text, contacts }: Extract<EngagementAct, { do: "call" }>,
  at: Instant,
): IncidentEvent[] | Refusal {
  return calling(state, one, { how, contacts, context: text }, at);
}

type Calling = {
  readonly how: CallHow;
  readonly contacts: readonly SupplierContact[];
  readonly context: string | null;
};

/** The next of theirs, in order: a letter of the desk bears a link, a call is by whoever says so. */
function calling(
  state: IncidentState,
  one: Pick<Engagement, "number" | "name" | "text" | "calls">,
  { how, contacts, context }: Calling,
  at: Instant,
): IncidentEvent[] | Refusal {
  const next = nextContact(one, contacts);
  if (next === null) return refuse("no-contact-left", { name: one.name });
  const { order, contact } = next;
  const { name, role, email, phone, language } = contact;
  if ((how === "letter" ? email : phone) === null) return refuse("contact-without", { name, how });
  const called: EngagementEvent = {
    type: "supplier.called",
    data: { ...of(one), order, contact: name, role, how, phone: how === "phone" ? phone : null },
  };
  if (how === "phone" || email === null) return [called];
  const kept = refuseOutside(state, one.name);
  if (kept) return kept;
  const asked = askEvents(
    state,
    {
      ...{ kind: "ticket", text: one.text, context, choices: [], hours: askedHoursMax, forwardable: true },
      ...{ to: { name, address: email, language }, everyHours: 0, reminders: 0, engagement: one.number },
    },
    at,
  );
  return "refused" in asked ? asked : [called, ...asked];
}

const possible: Readonly<Record<SupplierTelling, readonly Engagement["status"][]>> = {
  acknowledged: ["asked"],
  working: ["asked", "acknowledged", "restored"],
  restored: ["asked", "acknowledged", "working"],
  declined: ["asked", "acknowledged", "working"],
};

type Told = Pick<Extract<EngagementAct, { do: "tell" }>, "became" | "ticket" | "text">;

function tell(one: Engagement, { became, ticket, text }: Told, byLink: boolean): EngagementEvent[] | Refusal {
  if (!possible[became].includes(one.status))
    return refuse("engagement-state", { engagement: one.number, name: one.name, status: one.status });
  const said = { ...of(one), text, byLink };
  if (became === "acknowledged") return [{ type: "supplier.acknowledged", data: { ...said, ticket } }];
  const numbered = ticket === null || ticket === one.ticket ? [] : ticketed(one, ticket, byLink);
  if ("refused" in numbered) return numbered;
  return [...numbered, { type: `supplier.${became}`, data: said }];
}

function ticketed(one: Engagement, ticket: string, byLink: boolean): EngagementEvent[] | Refusal {
  if (ticket === one.ticket) return refuse("nothing-changes");
  return [{ type: "supplier.ticketed", data: { ...of(one), ticket, was: one.ticket, byLink } }];
}

/** What their answer by a link says of it: what fits no more is in the answer, and changes nothing here. */
export function saidByLink(one: Engagement, { kind, answer, correction = false }: SaidByLink): EngagementEvent[] {
  if (!isOpenEngagement(one)) return [];
  const { choice, text } = answer;
  if (kind === "working") {
    if (choice !== "yes") return [];
    const told = tell(one, { became: "restored", ticket: null, text }, true);
    return "refused" in told ? [] : told;
  }
  if (kind !== "ticket") return [];
  const [first = "", ...rest] = (text ?? "").split("\n").map((line) => line.trim());
  const ticket = choice === "declined" ? null : first.slice(0, ticketMax) || null;
  const words = (choice === "declined" ? text?.trim() : rest.filter(Boolean).join("\n")) || null;
  /* Said again by the same link, after they said that it works: it does not. */
  const again = correction && one.status === "restored" ? "working" : "acknowledged";
  const became = choice === "restored" ? "restored" : choice === "declined" ? "declined" : again;
  const told = tell(one, { became, ticket, text: words }, true);
  if (!("refused" in told)) return told;
  const numbered = ticket === null ? [] : ticketed(one, ticket, true);
  return "refused" in numbered ? [] : numbered;
}
type SaidByLink = {
  readonly kind: string;
  readonly answer: Pick<ContributionAnswer, "choice" | "text">;
  /** Said again by a link that has answered. */
  readonly correction?: boolean;
};

/** A letter that nobody answered opens nothing once they are called on no more. */
export const endLetters = (state: IncidentState, { number: engagement }: Pick<Engagement, "number">): IncidentEvent[] =>
  openContributions(state)
    .filter((one) => one.kind === "ticket" && one.engagement === engagement)
    .map(({ number, to }) => ({ type: "contribution.revoked", data: { number, name: to.name, because: "revoked" } }));

/** Nobody acts for what is over. */
export const endEngagements = ({ engagements = [] }: IncidentState): EngagementEvent[] =>
  engagements
    .filter(isOpenEngagement)
    .map((one) => ({ type: "supplier.closed", data: { ...of(one), text: null, because: "over" } }));
