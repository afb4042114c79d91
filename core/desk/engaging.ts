/** Suppliers called on, on the desk: what the directory says of them, their clock, ours where a rule lets it wait for them, whoever is in
 *  charge told of what they do not keep, and nothing left open when the incident is over. */
import type { Supplier } from "../directory/suppliers.ts";
import { guardDates } from "../incidents/acting.ts";
import {
  type EngagementKnown,
  engagementDueAt,
  lapseEngagement,
  missedUnsaid,
} from "../incidents/engagement-clocks.ts";
import { type Engagement, engagementOf } from "../incidents/engagement-state.ts";
import {
  decideEngagement,
  type EngagementAct,
  endEngagements,
  endLetters,
  type SupplierAsked,
  saidByLink,
  whyNotEngage,
} from "../incidents/engaging.ts";
import { pauseForSupplier, resumeForSupplier } from "../incidents/pausing.ts";
import type { IncidentState } from "../incidents/state.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { isOpenAt, opensAgainAt } from "../oncall/business-calendar.ts";
import { inCharge, pausesFor } from "./clocks.ts";
import type { Directory } from "./directory.ts";
import { append, appendCaused, type Case, type Draft, dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { engagementTimerKey } from "./effects.ts";
import type { DeskOutcome } from "./inputs.ts";
import { tellSoon, tellUrgently } from "./telling.ts";

/** As it is asked: whom it names is found by the desk. */
export type EngagementAsk =
  | {
      readonly do: "engage";
      readonly supplier: string;
      readonly text: string;
      readonly context: string | null;
      readonly how: "letter" | "phone" | null;
    }
  | Omit<Extract<EngagementAct, { do: "call" }>, "contacts">
  | Exclude<EngagementAct, { do: "engage" | "call" }>;

export type EngagementInput = {
  readonly kind: "engagement";
  readonly incidentId: string;
  readonly act: EngagementAsk;
  readonly envelope: Envelope;
};

export function engage(
  draft: Draft,
  on: Case,
  { act, envelope }: Pick<EngagementInput, "act" | "envelope">,
): DeskOutcome | Refusal {
  /* Before anything is said of whom it names. */
  const given = whyNotEngage(on.incident, act.do, envelope.actor) ?? known(draft, on, act);
  if (isRefusal(given)) return given;
  const decided = guardDates(envelope) ?? decideEngagement(on.incident, given, envelope);
  if (isRefusal(decided)) return decided;
  append(draft, on, stampAll(decided, stampOf(envelope, null, false)));
  return { kind: "incident", incidentId: on.id };
}

function known({ directory, at }: Draft, { incident }: Case, act: EngagementAsk): EngagementAct | Refusal {
  if (act.do === "call") {
    const id = engagementOf(incident, act.number)?.supplier ?? "";
    return { ...act, contacts: directory.suppliers.get(id)?.contacts ?? [] };
  }
  if (act.do !== "engage") return act;
  const supplier = directory.suppliers.get(act.supplier);
  if (!supplier) return refuse("supplier-unknown", { supplier: act.supplier });
  if (supplier.retired) return refuse("supplier-retired", { name: supplier.name });
  return { ...act, supplier: askedOf(supplier, directory, at) };
}

/** As their contract is now: what changes in it later changes nothing of what they were asked. */
export function askedOf(supplier: Supplier, { calendars }: Pick<Directory, "calendars">, at: Instant): SupplierAsked {
  const { id, name, kind, language, contract, calendar, contacts } = supplier;
  const own = calendars.get(calendar ?? "");
  const open = own === undefined || isOpenAt(own, at);
  const targets = supplier.targets.map(({ clock, priorities, minutes, inHours }) => ({
    clock,
    ...(priorities && { priorities }),
    minutes,
    calendar: inHours ? calendar : null,
  }));
  return { id, name, kind, language, contract, contacts, targets, open, opensAt: open ? null : opensAgainAt(own, at) };
}

export const engagementKnown = (
  { priority }: Pick<IncidentState, "priority">,
  { supplier }: Pick<Engagement, "supplier">,
  { calendars, suppliers }: Pick<Directory, "calendars" | "suppliers">,
): EngagementKnown => ({ priority, calendars, contacts: suppliers.get(supplier)?.contacts ?? [] });

const answered = [resume, sayMissed, follow] as const;

export const engagementReactions: ReactionTable = {
  "supplier.asked": [pause, follow],
  "supplier.acknowledged": answered,
  "supplier.working": answered,
  "supplier.restored": answered,
  "supplier.declined": [...answered, endLinks],
  "supplier.closed": [resume, follow, endLinks],
  "supplier.called": [pause, follow],
  "supplier.warned": [tellWarned, follow],
  "supplier.missed": [tellMissed, follow],
  "supplier.contact-proposed": [tellNext, follow],
  "contribution.answered": [hear],
  "priority.proposed": [followAll],
  "priority.confirmed": [followAll],
  "priority.overridden": [followAll],
  "incident.closed": [endAll],
  "incident.dismissed": [endAll],
  "incident.merged": [endAll],
};

function subject({ on, fact }: Reacting): Engagement | undefined {
  return "number" in fact.data ? engagementOf(on.incident, Number(fact.data.number)) : undefined;
}

/** Ours waits for theirs, where the rule of every category says so, from when the first of them is called; where the directory names
 *  nobody, from when they are asked. */
function pause(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const one = subject(reacting);
  const named = (draft.directory.suppliers.get(one?.supplier ?? "")?.contacts ?? []).length > 0;
  const begins = fact.type === "supplier.called" ? one?.calls.length === 1 : !named;
  const event = one && begins ? pauseForSupplier(on.incident, one, { ...pausesFor(draft, on), at: draft.at }) : null;
  if (event) appendCaused(reacting, [event]);
}

function resume(reacting: Reacting): void {
  const event = resumeForSupplier(reacting.on.incident);
  if (event) appendCaused(reacting, [event]);
}

function sayMissed(reacting: Reacting): void {
  const { draft, on, fact } = reacting;
  const one = subject(reacting);
  const known = one && engagementKnown(on.incident, one, draft.directory);
  const events = known ? missedUnsaid(one, known, fact.stamp.occurredAt) : [];
  if (events.length > 0) appendCaused(reacting, events);
}

function follow(reacting: Reacting): void {
  const one = subject(reacting);
  if (one) plan(reacting, one);
}

/** Another priority shows another of their targets. */
function followAll(reacting: Reacting): void {
  for (const one of reacting.on.incident.engagements ?? []) plan(reacting, one);
}

function plan({ draft, on }: Reacting, one: Engagement): void {
  const key = engagementTimerKey(on.id, one.number);
  const dueAt = engagementDueAt(one, engagementKnown(on.incident, one, draft.directory));
  const timer = { kind: "engagement", incidentId: on.id, number: one.number } as const;
  if (dueAt === null) draft.effects.push({ kind: "cancel-timer", key });
  else draft.effects.push({ kind: "set-timer", key, timer, dueAt: Math.max(dueAt, draft.at) });
}

/** What somebody of theirs answered by a link says how it stands. */
function hear(reacting: Reacting): void {
  const { number, correction } = dataOf(reacting, "contribution.answered");
  const { incident } = reacting.on;
  const asked = incident.contributions?.find((one) => one.number === number);
  const one = asked?.engagement === undefined ? undefined : engagementOf(incident, asked.engagement);
  if (!one || !asked?.answer) return;
  const events = saidByLink(one, { kind: asked.kind, answer: asked.answer, correction });
  if (events.length > 0) appendCaused(reacting, events);
}

/** Whoever else of theirs was written to has nothing to say any more. */
function endLinks(reacting: Reacting): void {
  const one = subject(reacting);
  const events = one ? endLetters(reacting.on.incident, one) : [];
  if (events.length > 0) appendCaused(reacting, events);
}

function endAll(reacting: Reacting): void {
  const events = endEngagements(reacting.on.incident);
  if (events.length > 0) appendCaused(reacting, events);
}

/** Its timer fired: what is to be said now; or it was set for later meanwhile. */
export function fireEngagement(reacting: Reacting, number: number): void {
  const { draft, on } = reacting;
  const one = engagementOf(on.incident, number);
  if (!one || on.incident.ended !== null) return;
  const events = lapseEngagement(one, engagementKnown(on.incident, one, draft.directory), draft.at);
  if (events.length > 0) appendCaused(reacting, events);
  else plan(reacting, one);
}

function tellWarned(reacting: Reacting): void {
  const { number, name, clock, share, due, minutes } = dataOf(reacting, "supplier.warned");
  /* As for our own: what the next one follows within minutes stands in the record alone. */
  if (minutes < 60 && share < 90) return;
  const values = { by: name, clock, share: String(share), due: due ?? "" };
  for (const id of inCharge(reacting)) tellSoon(reacting, id, "supplier-warned", `${number}.${clock}.${share}`, values);
}

function tellMissed(reacting: Reacting): void {
  const { number, name, clock, due } = dataOf(reacting, "supplier.missed");
  for (const id of inCharge(reacting))
    tellUrgently(reacting, id, {
      notice: "supplier-missed",
      once: `${number}.${clock}`,
      values: { by: name, clock, share: "100", due: due ?? "" },
    });
}

/** What was missed names them already. */
function tellNext(reacting: Reacting): void {
  const { number, name, order, contact, role, because } = dataOf(reacting, "supplier.contact-proposed");
  const values = { by: name, also: `${contact} (${role})`, clock: because };
  for (const id of inCharge(reacting)) tellSoon(reacting, id, "supplier-next", `${number}.${order}`, values);
}
