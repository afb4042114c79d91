/** What contributors are asked, on the desk: the mail that bears their link, reminders, whoever asked told once of what came of it,
 *  and nothing left open when the incident is over. */

import { guardDates } from "../incidents/acting.ts";
import {
  type Contribution,
  type ContributionAct,
  contributionDueAt,
  decideContribution,
  endContributions,
  isBarred,
  lapseContribution,
  openContributions,
} from "../incidents/contributing.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import { ownsService } from "./completing.ts";
import { personByEmail } from "./directory.ts";
import { append, appendCaused, type Case, type Draft, dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { contributionTimerKey } from "./effects.ts";
import type { DeskOutcome } from "./inputs.ts";
import { tellSoon } from "./telling.ts";

export type ContributionInput = {
  readonly kind: "contribution";
  readonly incidentId: string;
  readonly act: ContributionAct;
  readonly envelope: Envelope;
};

export function contribute(
  draft: Draft,
  on: Case,
  { act, envelope }: Pick<ContributionInput, "act" | "envelope">,
): DeskOutcome | Refusal {
  const given = act.do === "ask" ? known(draft, on, act) : act.do === "forward" ? knownTo(draft, on, act) : act;
  if (isRefusal(given)) return given;
  const decided = guardDates(envelope) ?? decideContribution(on.incident, given, envelope);
  if (isRefusal(decided)) return decided;
  if (decided.length === 0) return { kind: "nothing", because: "said-already" };
  append(draft, on, stampAll(decided, stampOf(envelope, null, false)));
  return { kind: "incident", incidentId: on.id };
}

type Ask = Extract<ContributionAct, { do: "ask" }>;

/** Of whom the directory knows, what it knows. */
function known({ directory }: Draft, on: Case, { ask }: Ask): Ask | Refusal {
  const { personId } = ask.to;
  if (personId === undefined) return { do: "ask", ask };
  const person = directory.people.get(personId);
  if (!person) return refuse("person-unknown", { person: personId });
  if (!person.active) return refuse("person-inactive", { person: personId });
  const { name, email: address, language } = person;
  const owns = ownsService(directory, on.incident, personId) ? ({ owns: true } as const) : {};
  return { do: "ask", ask: { ...ask, to: { name, address, language, personId, ...owns } } };
}

type Forward = Extract<ContributionAct, { do: "forward" }>;

/** Named by a contributor: known by the address, and by nothing that was typed. */
function knownTo({ directory }: Draft, on: Case, act: Forward): Forward {
  const person = personByEmail(directory, act.to.address);
  if (!person?.active) return act;
  const owns = ownsService(directory, on.incident, person.id) ? ({ owns: true } as const) : {};
  return { ...act, to: { ...act.to, address: person.email, personId: person.id, ...owns } };
}

export const contributionReactions: ReactionTable = {
  "contribution.asked": [invite, follow, tellUnreached],
  "contribution.reminded": [invite, follow],
  "contribution.failed": [tellAsker],
  "contribution.answered": [tellAsker, thank, follow],
  "contribution.declined": [tellAsker, follow],
  "contribution.forwarded": [tellAsker, follow],
  "contribution.unanswered": [tellAsker, follow],
  "contribution.expired": [tellAsker, follow],
  "contribution.revoked": [follow],
  "incident.marked": [followMark],
  "incident.closed": [endAll],
  "incident.dismissed": [endAll],
  "incident.merged": [endAll],
};

function subject({ on, fact }: Reacting): Contribution | undefined {
  const number = "number" in fact.data ? fact.data.number : null;
  return on.incident.contributions?.find((one) => one.number === number);
}

/** The letter with their link, as often as they are asked. */
function invite(reacting: Reacting): void {
  const one = subject(reacting);
  if (one) write(reacting, one);
}

function write(reacting: Reacting, one: Contribution): void {
  const { draft, on, seq } = reacting;
  draft.effects.push({
    kind: "invite",
    key: `invite/${on.id}/${one.number}/${seq}`,
    incidentId: on.id,
    number: one.number,
    why: whyWritten(reacting),
    dueAt: draft.at,
    notAfter: one.until,
  });
}

function whyWritten({ fact: { type } }: Reacting): "asked" | "reminded" | "answered" {
  if (type === "contribution.answered") return "answered";
  return type === "contribution.reminded" ? "reminded" : "asked";
}

/** What was corrected they have on their page. */
function thank(reacting: Reacting): void {
  if (!dataOf(reacting, "contribution.answered").correction) invite(reacting);
}

function follow(reacting: Reacting): void {
  const one = subject(reacting);
  if (one) wakeFor(reacting, one);
}

function wakeFor({ draft, on }: Reacting, one: Contribution): void {
  const key = contributionTimerKey(on.id, one.number);
  const dueAt = contributionDueAt(on.incident, one);
  const timer = { kind: "contribution", incidentId: on.id, number: one.number } as const;
  if (dueAt === null) draft.effects.push({ kind: "cancel-timer", key });
  else draft.effects.push({ kind: "set-timer", key, timer, dueAt: Math.max(dueAt, draft.at) });
}

const news = {
  "contribution.answered": "contribution-answered",
  "contribution.declined": "contribution-declined",
  "contribution.forwarded": "contribution-forwarded",
  "contribution.failed": "contribution-failed",
  "contribution.unanswered": "contribution-unanswered",
  "contribution.expired": "contribution-expired",
} as const;
const isNews = (type: string): type is keyof typeof news => type in news;

/** They wait for it: they hear by what they chose for what does not press. */
function tellAsker(reacting: Reacting): void {
  const { draft, on, fact, seq } = reacting;
  const one = subject(reacting);
  if (!one?.by.id || !isNews(fact.type) || !draft.directory.people.get(one.by.id)?.active) return;
  const next = on.incident.contributions?.find(({ number }) => number === one.forwardedTo)?.to.name;
  const choice = one.kind === "question" ? null : one.answer?.choice;
  const said = fact.type === "contribution.answered" ? saidBy(one) : (one.leftText ?? one.text);
  /* What is marked red is for those who read it here: a message says that there is something to read. */
  const quote = on.incident.tlp === "red" ? "" : said;
  tellSoon(reacting, one.by.id, news[fact.type], `${one.number}.${seq}`, {
    by: one.to.name,
    quote,
    ...(choice && on.incident.tlp !== "red" && { choice }),
    ...(next && { also: next }),
  });
}

/** What they wrote, sent or chose of their own; what is chosen of what is offered always has words of the reader's. */
const saidBy = ({ kind, answer, text }: Contribution): string =>
  [kind === "question" ? answer?.choice : null, answer?.text?.trim(), answer?.file].filter(Boolean).join(" – ") || text;

/** A mark that keeps it inside closes links and holds letters back: whoever asked hears it once. Another lets them through again, and
 *  those whose letter never left have it now. */
function followMark(reacting: Reacting): void {
  const { incident } = reacting.on;
  const { was } = dataOf(reacting, "incident.marked");
  for (const one of openContributions(incident)) {
    const barred = isBarred(incident, one);
    if (barred === isBarred({ tlp: was }, one)) continue;
    wakeFor(reacting, one);
    if (barred) tellBarred(reacting, one);
    else if (one.sentAt === undefined) write(reacting, one);
  }
}

/** Given on to somebody whom its mark keeps out: the letter is asked for as any other, and stays here. */
function tellUnreached(reacting: Reacting): void {
  const one = subject(reacting);
  if (one && isBarred(reacting.on.incident, one)) tellBarred(reacting, one);
}

function tellBarred(reacting: Reacting, { by, to, text, number }: Contribution): void {
  const quote = reacting.on.incident.tlp === "red" ? "" : text;
  if (by.id) tellSoon(reacting, by.id, "contribution-barred", `${number}.${reacting.seq}`, { by: to.name, quote });
}

function endAll(reacting: Reacting): void {
  const events = endContributions(reacting.on.incident);
  if (events.length > 0) appendCaused(reacting, events);
}

/** Its timer fired: what is to be said now; or it was set for later meanwhile. */
export function fireContribution(reacting: Reacting, number: number): void {
  const { draft, on } = reacting;
  const events = lapseContribution(on.incident, number, draft.at);
  if (events.length > 0) return appendCaused(reacting, events);
  const one = openContributions(on.incident).find((each) => each.number === number);
  if (one && on.incident.ended === null) wakeFor(reacting, one);
}
