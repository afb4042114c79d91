/** A text message that came back: whose number it is, which incident they mean, and what to tell them. A number that nobody here
 *  has proved to be theirs is told nothing. */
import type { Person } from "../../core/directory/types.ts";
import { minuteMs } from "../../core/kernel/time.ts";
import type { Reply } from "../../core/notification/replies.ts";
import { type AnswersKnown, answerFor, calledFor, findByNumber, waitingFor } from "./answers.ts";
import type { Once } from "./carried-words.ts";
import { shortNumber } from "./compose.ts";
import { replyNumber, spokenPhone } from "./phone-texts.ts";

/** `once`: where whoever carried it said which message it is. */
export type Came = { readonly from: string; readonly reply: Reply; readonly once: Once | null };

export async function answerText(known: AnswersKnown, { from, reply, once }: Came): Promise<string | null> {
  const people = ownersOf(known, from);
  const [first] = people;
  if (!first) {
    known.log.info({ event: "text-from-a-stranger" }, "a text message came from a number of nobody here");
    return null;
  }
  const { t } = spokenPhone[first.locale ?? first.language];
  if (reply.act === "help") return t("sms.help");
  const meant = await meantBy(known, people, reply);
  if (typeof meant === "string") return meant;
  const cause = { kind: "text-message" };
  const { person, incidentId } = meant;
  const act = reply.act === "free" ? "note" : reply.act;
  const notes = act === "note" ? once : null;
  const alongside = notes ? { alongside: notes.alongside } : {};
  const answered = await answerFor(known, { person, incidentId, act, text: reply.text, cause, ...alongside });
  if (answered === null) return t("sms.none");
  /* It was handed on again: what became of it was told the first time. */
  if (!answered.done && (await notes?.isDone())) return null;
  /* Who wrote something else than they meant must not believe that the calls have stopped. */
  const unasked = reply.act === "free" && answered.done && meant.number !== null;
  return unasked ? `${answered.sentence} ${t("sms.unasked", { number: meant.number })}` : answered.sentence;
}

/** A telephone that several share is that of each of them: whoever of them was called is meant. */
function ownersOf({ directory }: AnswersKnown, from: string): Person[] {
  return [...directory().people.values()].filter(
    (person) =>
      person.active &&
      person.contactPoints.some(
        ({ kind, address, enabled }) => (kind === "sms" || kind === "voice") && enabled && address === from,
      ),
  );
}

/** `number`: to be answered with, while it wants somebody. */
type Meant = { readonly person: Person; readonly incidentId: string; readonly number: string | null };

async function meantBy(
  known: AnswersKnown,
  people: readonly Person[],
  { act, number }: Reply,
): Promise<Meant | string> {
  const [first] = people as [Person];
  const { t } = spokenPhone[first.locale ?? first.language];
  if (number === null && (act === "note" || act === "free")) return noteOf(known, people, act);
  if (number !== null) {
    let found: Meant | null = null;
    for (const person of people) {
      const row = await findByNumber(known, person, number);
      if (row === null) continue;
      if (row.paging.pages.some((page) => page.personId === person.id))
        return { person, incidentId: row.id, number: null };
      found ??= { person, incidentId: row.id, number: null };
    }
    return found ?? t("sms.unknown", { number });
  }
  const waiting: (Meant & { readonly number: string })[] = [];
  for (const person of people)
    for (const row of await waitingFor(known, person))
      waiting.push({ person, incidentId: row.id, number: replyNumber(shortNumber(row.incident.number)) });
  const [only, ...more] = waiting;
  if (!only) return t("sms.none");
  return more.length === 0 ? only : t("sms.which", { numbers: waiting.map((one) => one.number).join(", ") });
}

/** A note without a number is for the one open incident for which they were called, whoever has it by now. */
async function noteOf(known: AnswersKnown, people: readonly Person[], act: "note" | "free"): Promise<Meant | string> {
  const [first] = people as [Person];
  const { t } = spokenPhone[first.locale ?? first.language];
  const called: (Meant & { readonly number: string; readonly free: boolean })[] = [];
  for (const person of people)
    for (const row of await calledFor(known, person)) {
      const number = replyNumber(shortNumber(row.incident.number));
      called.push({ person, incidentId: row.id, number, free: row.incident.acceptedBy === null });
    }
  const [only] = called;
  const numbers = [...new Set(called.map((one) => one.number))];
  if (!only) return t(act === "free" ? "sms.help" : "sms.none");
  if (numbers.length > 1) return t("sms.which.note", { numbers: numbers.join(", "), first: numbers[0] });
  return { ...only, number: only.free ? only.number : null };
}

/** Two machines that answer each other would go on for ever, at a price. */
const repliesMax = 10;
const windowMs = 10 * minuteMs;
const numbersMax = 10_000;

export function createReplyLimit(): (number: string, now: number) => boolean {
  const sent = new Map<string, number[]>();
  return (number, now) => {
    const lately = (sent.get(number) ?? []).filter((at) => at > now - windowMs);
    if (lately.length >= repliesMax) return false;
    if (sent.size >= numbersMax) sent.clear();
    sent.set(number, [...lately, now]);
    return true;
  };
}
