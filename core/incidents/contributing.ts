/** Contributors: somebody without an account, or without training, is asked one thing by a link: a question, a task, a file, or
 *  whether it works again. What they may do is this one thing; all that becomes of it is a fact of the record, with where it
 *  came from. */

import { belowLevel } from "../access/can.ts";
import { maySee } from "../access/restriction.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { hourMs, minuteMs, toIso } from "../kernel/time.ts";
import {
  type Actor,
  type ContributionKind,
  type Instant,
  type Language,
  staysInside,
  type Tlp,
} from "../kernel/vocabulary.ts";
import { roleOf } from "./acting.ts";
import type { ContributionAnswer } from "./contribution-events.ts";
import { refuseEnded } from "./ended.ts";
import { engagementOf, isOpenEngagement } from "./engagement-state.ts";
import type { IncidentEvent } from "./events.ts";
import { admissionOf } from "./restricting.ts";
import type { IncidentState } from "./state.ts";

/** Of one incident: who asks more than this runs a survey. */
export const contributionsMax = 100;
export const askedHours = 72;
export const askedHoursMax = 14 * 24;
export const remindersMax = 3;
/** By its link, so often at most: a letter goes to whoever was asked, whoever holds the link. */
export const resentMax = 5;
/** From hand to hand, so often at most. */
export const forwardsMax = 5;
const pressedTwiceMs = minuteMs;
export const remindedByHandMs = 10 * minuteMs;
/** How long what was answered may be corrected by the same link. */
export const correctionMs = hourMs;
/** From here on, whoever is not the coordinator nor has the incident may ask. */
const asksFrom = 3;

/** What an answer may choose, where the ask is no question of its own. */
export const choicesOf: Readonly<Record<ContributionKind, readonly string[]>> = {
  question: [],
  task: ["done", "cannot"],
  file: [],
  working: ["yes", "no", "partly"],
  ticket: ["taken", "restored", "declined"],
};

export type Contributor = {
  readonly name: string;
  readonly address: string;
  readonly language: Language;
  /** Of somebody whom the directory knows. */
  readonly personId?: string;
  /** Of whoever owned a service that it concerned, when they were asked. */
  readonly owns?: true;
};

export type Contribution = {
  /** From 1, by incident. */
  readonly number: number;
  readonly kind: ContributionKind;
  readonly text: string;
  /** What is shared besides: why it is asked, and what the answer is for. */
  readonly context: string | null;
  readonly choices: readonly string[];
  readonly to: Contributor;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly at: Instant;
  readonly until: Instant;
  readonly forwardable: boolean;
  /** Hours between reminders; 0: none. */
  readonly everyHours: number;
  readonly reminders: number;
  /** The one that was handed on, and the one that it became. */
  readonly from?: number;
  readonly forwardedTo?: number;
  /** Of what was asked of a supplier. */
  readonly engagement?: number;
  readonly status: "asked" | "answered" | "declined" | "forwarded" | "revoked" | "expired";
  readonly sentAt?: Instant;
  readonly failed?: string;
  readonly openedAt?: Instant;
  /** By itself, so often; and when last, by anybody. */
  readonly reminded: number;
  readonly remindedAt?: Instant;
  /** Not by itself, so often. */
  readonly again?: number;
  readonly unansweredAt?: Instant;
  readonly answer?: ContributionAnswer & { readonly at: Instant };
  readonly leftAt?: Instant;
  readonly leftText?: string | null;
};

export type AskInput = {
  readonly kind: ContributionKind;
  readonly text: string;
  readonly context: string | null;
  readonly choices: readonly string[];
  readonly to: Contributor;
  readonly hours: number;
  readonly forwardable: boolean;
  readonly everyHours: number;
  readonly reminders: number;
  /** Somebody of a supplier, who sees all that was asked of them on this incident. */
  readonly engagement?: number;
};

/** What somebody of the desk does; what a contributor does by their link; what the channel says. */
export type ContributionAct =
  | { readonly do: "ask"; readonly ask: AskInput }
  | { readonly do: "remind" | "revoke" | "link"; readonly number: number }
  | { readonly do: "open"; readonly number: number }
  /** Their link again, to the address that was asked. */
  | { readonly do: "resend"; readonly number: number }
  | { readonly do: "answer"; readonly number: number; readonly answer: ContributionAnswer }
  | { readonly do: "decline"; readonly number: number; readonly text: string | null }
  | { readonly do: "forward"; readonly number: number; readonly to: Contributor; readonly text: string | null }
  | { readonly do: "sent"; readonly number: number }
  | { readonly do: "failed"; readonly number: number; readonly error: string };

const contributionOf = ({ contributions = [] }: IncidentState, number: number): Contribution | undefined =>
  contributions.find((one) => one.number === number);

export const openContributions = ({ contributions = [] }: Pick<IncidentState, "contributions">): Contribution[] =>
  contributions.filter(({ status }) => status === "asked");

type Marked = { readonly tlp?: Tlp | null | undefined };

/** Kept inside by its mark: neither a supplier, nor somebody whom a contributor named and the directory does not know, is written to or
 *  opens anything, until the mark is another. */
export const isBarred = ({ tlp }: Marked, { engagement, from, to }: Contribution): boolean =>
  staysInside(tlp) && (engagement !== undefined || (from !== undefined && to.personId === undefined));

/** What is marked red is for those alone whom somebody of the desk named. */
export const mayBeGivenOn = ({ tlp }: Marked, { forwardable }: Contribution): boolean => forwardable && tlp !== "red";

/** Whether its link does anything still: asked, or answered lately enough to be corrected. */
export function linkLives(
  { ended, tlp, engagements }: Pick<IncidentState, "ended" | "tlp" | "engagements">,
  one: Contribution,
  now: Instant,
): boolean {
  if (ended !== null || now >= one.until || isBarred({ tlp }, one)) return false;
  if (one.status === "asked") return true;
  const engagement = engagements?.find(({ number }) => number === one.engagement);
  /* How it stands with them may be said as long as it is theirs. */
  if (one.status === "answered" && one.kind === "ticket" && engagement && isOpenEngagement(engagement)) return true;
  return one.status === "answered" && now < (one.leftAt ?? 0) + correctionMs;
}

/** Whoever coordinates or has it, and level 3. */
export function whyNotAsk(state: IncidentState, actor: Actor): Refusal | null {
  if (actor.kind === "person" && !maySee(admissionOf(state), actor)) return refuse("incident-unknown");
  const holds = roleOf(state, actor) !== null;
  if (!holds && (actor.level ?? 0) < asksFrom) return belowLevel("ask-contributor", asksFrom, actor.level, true);
  return refuseEnded(state);
}

export function decideContribution(
  state: IncidentState,
  act: ContributionAct,
  envelope: Envelope,
): readonly IncidentEvent[] | Refusal {
  switch (act.do) {
    case "ask":
      return whyNotAsk(state, envelope.actor) ?? askEvents(state, act.ask, envelope.at);
    case "remind":
      return whyNotAsk(state, envelope.actor) ?? remind(state, act.number, envelope.at);
    case "revoke":
    case "link":
      return whyNotAsk(state, envelope.actor) ?? onOne(state, act);
    case "resend":
      return remind(state, act.number, envelope.at, resentMax);
    case "sent":
    case "failed":
      return told(state, act);
    default:
      return byLink(state, act, envelope.at);
  }
}

/** To a supplier or a partner, who are of another organisation. */
export const refuseOutside = ({ tlp }: Pick<IncidentState, "tlp">, name: string): Refusal | null =>
  staysInside(tlp) ? refuse("mark-stays-inside", { name, tlp: tlp?.toUpperCase() ?? "" }) : null;

export function askEvents(state: IncidentState, input: AskInput, at: Instant): IncidentEvent[] | Refusal {
  if (input.engagement !== undefined) {
    const engagement = engagementOf(state, input.engagement);
    const fresh = input.engagement === (state.engagements?.length ?? 0) + 1;
    if (!engagement && !(fresh && input.kind === "ticket"))
      return refuse("engagement-unknown", { engagement: input.engagement });
    if (engagement && !isOpenEngagement(engagement))
      return refuse("engagement-over", { engagement: engagement.number, name: engagement.name });
    const kept = refuseOutside(state, engagement?.name ?? input.to.name);
    if (kept) return kept;
  }
  const number = (state.contributions?.length ?? 0) + 1;
  if (number > contributionsMax) return refuse("contributions-full", { max: contributionsMax });
  if (input.to.name.trim() === "" || input.to.address.trim() === "") return refuse("contributor-required");
  return [asked(number, input, at + input.hours * hourMs)];
}

type Asked = Omit<AskInput, "hours"> & { readonly from?: number; readonly by?: string };

function asked(number: number, { to, choices, kind, text, ...input }: Asked, until: Instant): IncidentEvent {
  const { name, address, language, personId, owns } = to;
  const { context, forwardable, everyHours, reminders, from, by, engagement } = input;
  return {
    type: "contribution.asked",
    data: {
      number,
      kind,
      text,
      context,
      choices: kind === "question" ? [...choices] : [...choicesOf[kind]],
      name,
      address,
      language,
      personId: personId ?? null,
      ...(owns && { owns }),
      until: toIso(until),
      forwardable,
      everyHours: reminders > 0 ? everyHours : 0,
      reminders,
      ...(from !== undefined && { from }),
      ...(by !== undefined && { by }),
      ...(engagement !== undefined && { engagement }),
    },
  };
}

function openOne(state: IncidentState, number: number): Contribution | Refusal {
  const one = contributionOf(state, number);
  if (!one) return refuse("contribution-unknown", { contribution: number });
  return one.status === "asked" ? one : refuse("contribution-over", { contribution: number });
}

function remind(
  state: IncidentState,
  number: number,
  at: Instant,
  most = Number.POSITIVE_INFINITY,
): IncidentEvent[] | Refusal {
  const one = openOne(state, number);
  if ("refused" in one) return one;
  if (isBarred(state, one)) return refuseOutside(state, one.to.name) ?? [];
  const last = one.remindedAt ?? one.sentAt ?? one.at;
  if (at < last + remindedByHandMs || (one.again ?? 0) >= most)
    return refuse("reminded-lately", { contribution: number, minutes: remindedByHandMs / minuteMs });
  return [{ type: "contribution.reminded", data: { number, name: one.to.name, byItself: false } }];
}

/** Whether the service works is counted as said by its owner: only their own letter bears the link that says so. */
export const isPersonal = ({ kind, to }: Pick<Contribution, "kind" | "to">): boolean =>
  kind === "working" && to.owns === true;

function onOne(
  state: IncidentState,
  { do: what, number }: Extract<ContributionAct, { do: "remind" | "revoke" | "link" }>,
): IncidentEvent[] | Refusal {
  const one = openOne(state, number);
  if ("refused" in one) return one;
  const of = { number, name: one.to.name };
  if (what === "link" && isBarred(state, one)) return refuseOutside(state, one.to.name) ?? [];
  if (what === "link" && isPersonal(one)) return refuse("link-personal", { name: one.to.name });
  if (what === "link") return [{ type: "contribution.linked", data: of }];
  return [{ type: "contribution.revoked", data: { ...of, because: "revoked" } }];
}

/** Handed to the mail server, said once; what it refused, each time. */
function told(state: IncidentState, act: Extract<ContributionAct, { do: "sent" | "failed" }>): IncidentEvent[] {
  const one = contributionOf(state, act.number);
  if (one?.status !== "asked") return [];
  const of = { number: act.number, name: one.to.name };
  if (act.do === "failed") return [{ type: "contribution.failed", data: { ...of, error: act.error } }];
  return one.sentAt === undefined ? [{ type: "contribution.sent", data: of }] : [];
}

type ByLink = Exclude<ContributionAct, { do: "ask" | "remind" | "revoke" | "link" | "resend" | "sent" | "failed" }>;

function byLink(state: IncidentState, act: ByLink, at: Instant): IncidentEvent[] | Refusal {
  const one = contributionOf(state, act.number);
  if (!one) return refuse("contribution-unknown", { contribution: act.number });
  if (!linkLives(state, one, at)) return refuse("contribution-over", { contribution: act.number });
  const of = { number: one.number, name: one.to.name };
  if (act.do === "open") return one.openedAt === undefined ? [{ type: "contribution.opened", data: of }] : [];
  if (act.do === "answer") {
    const { choice, text, attachmentId, file } = act.answer;
    const correction = one.status === "answered";
    if (isPressedTwice(one, act.answer, at)) return [];
    return [
      {
        type: "contribution.answered",
        data: { ...of, kind: one.kind, choice, text, attachmentId, file, correction },
      },
    ];
  }
  if (one.status !== "asked") return refuse("contribution-over", { contribution: act.number });
  if (act.do === "decline") return [{ type: "contribution.declined", data: { ...of, text: act.text } }];
  return forward(state, one, act);
}

/** The same, at the same moment: one press that arrived twice. Later it says that it is so again. */
function isPressedTwice({ answer }: Contribution, said: ContributionAnswer, at: Instant): boolean {
  const same = (["choice", "text", "attachmentId", "file"] as const).every((name) => answer?.[name] === said[name]);
  return answer !== undefined && same && at < answer.at + pressedTwiceMs;
}

function forward(
  state: IncidentState,
  one: Contribution,
  { to, text }: Extract<ContributionAct, { do: "forward" }>,
): IncidentEvent[] | Refusal {
  if (!one.forwardable) return refuse("contribution-over", { contribution: one.number });
  /* What stays inside is given on to anybody: to a stranger no letter leaves. A refusal would say whom the directory has. */
  if (!mayBeGivenOn(state, one))
    return refuse("mark-stays-inside", { name: to.name, tlp: state.tlp?.toUpperCase() ?? "" });
  const number = (state.contributions?.length ?? 0) + 1;
  if (number > contributionsMax) return refuse("contributions-full", { max: contributionsMax });
  const { kind, text: question, context, choices, everyHours, reminders, until, engagement } = one;
  const forwardable = handsOf(state, one) < forwardsMax;
  const of = engagement === undefined ? {} : { engagement };
  const again = { kind, text: question, context, choices, to, everyHours, reminders, forwardable, ...of };
  return [
    {
      type: "contribution.forwarded",
      data: { number: one.number, name: one.to.name, as: number, toName: to.name, text },
    },
    asked(number, { ...again, from: one.number, by: one.to.name }, until),
  ];
}

/** Through how many hands it will have gone. */
function handsOf(state: IncidentState, one: Contribution): number {
  const before = one.from === undefined ? undefined : contributionOf(state, one.from);
  return before ? handsOf(state, before) + 1 : 1;
}

/** What its timer finds to be said now: that its time is over, that it is asked again, that nobody has answered. */
export function lapseContribution(state: IncidentState, number: number, now: Instant): IncidentEvent[] {
  const one = contributionOf(state, number);
  if (one?.status !== "asked" || state.ended !== null) return [];
  const of = { number, name: one.to.name };
  if (now >= one.until) return [{ type: "contribution.expired", data: { ...of, told: one.by.id } }];
  /* Whoever asked was told when it was marked; who is not reached is neither reminded nor late. */
  if (isBarred(state, one)) return [];
  const events: IncidentEvent[] = [];
  const unanswered = unansweredAtOf(one);
  if (unanswered !== null && now >= unanswered)
    events.push({ type: "contribution.unanswered", data: { ...of, told: one.by.id } });
  const reminder = reminderAtOf(one);
  if (reminder !== null && now >= reminder)
    events.push({ type: "contribution.reminded", data: { ...of, byItself: true } });
  return events;
}

/** When its timer falls due; null when nothing more is to be said of it. */
export function contributionDueAt(state: Marked, one: Contribution): Instant | null {
  if (one.status !== "asked") return null;
  if (isBarred(state, one)) return one.until;
  const all = [one.until, unansweredAtOf(one), reminderAtOf(one)].filter((at) => at !== null);
  return Math.min(...all);
}

/** What was held back is not made up for at once. */
function reminderAtOf({ at, everyHours, reminders, reminded, remindedAt = at }: Contribution): Instant | null {
  if (everyHours === 0 || reminded >= reminders) return null;
  const every = everyHours * hourMs;
  return Math.max(at + (reminded + 1) * every, reminded === 0 ? at : remindedAt + every);
}

/** Once the first reminder was of no use, whoever asked hears of it, once. */
const unansweredAtOf = (one: Contribution): Instant | null =>
  one.everyHours > 0 && one.reminders > 0 && one.unansweredAt === undefined
    ? one.at + 2 * one.everyHours * hourMs
    : null;

/** Nobody answers for what is over. */
export const endContributions = (state: IncidentState): IncidentEvent[] =>
  openContributions(state).map(({ number, to }) => ({
    type: "contribution.revoked",
    data: { number, name: to.name, because: "over" },
  }));
