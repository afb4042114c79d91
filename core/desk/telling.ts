/** Who is told of what became of an incident, without being called for it. */
import type { ContactPoint } from "../directory/types.ts";
import { hourMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { pointForNotices, turnsOf, waysForNews } from "../notification/turns.ts";
import { admits } from "./admitting.ts";
import { dataOf, type Reacting } from "./draft.ts";
import type { NoticeCode } from "./effects.ts";

const noticeNotAfterMs = 12 * hourMs;

type Values = Readonly<Record<string, string>>;

export function tell(
  reacting: Reacting,
  personId: string,
  notice: NoticeCode,
  once: string,
  values: Values = {},
): void {
  const person = reacting.draft.directory.people.get(personId);
  tellBy(reacting, pointForNotices(person), { personId, notice, once, values });
}

type Telling = {
  readonly personId: string;
  readonly notice: NoticeCode;
  readonly once: string;
  readonly values: Values;
};

type Besides = {
  /** In the key, of any way but the first. */
  readonly also?: string;
  /** Waits for the end of their hours of peace. */
  readonly until?: Instant;
};

function tellBy(
  { draft, on }: Reacting,
  point: ContactPoint | undefined,
  told: Telling,
  { also = "", until }: Besides = {},
): void {
  const { personId, notice, once, values } = told;
  const person = draft.directory.people.get(personId);
  if (person && !admits(draft.directory, on.incident, person)) return;
  draft.effects.push({
    kind: "notice",
    key: `notice/${notice}/${on.id}/${once}/${on.incident.relapses}/${personId}${also}`,
    incidentId: on.id,
    personId,
    channel: point?.kind ?? "email",
    pointId: point?.id ?? null,
    notice,
    values: { ...values, once },
    dueAt: until ?? draft.at,
    notAfter: (until ?? draft.at) + noticeNotAfterMs,
    ...(until !== undefined && { held: "quiet" }),
  });
}

/** By each of the ways in which they hear of what does not press, as soon as they want to. */
export function tellSoon(
  reacting: Reacting,
  personId: string,
  notice: NoticeCode,
  once: string,
  values: Values = {},
): void {
  const person = reacting.draft.directory.people.get(personId);
  if (!person?.active) return;
  const told = { personId, notice, once, values };
  const { now, later } = waysForNews(person, reacting.draft.at);
  const [kept, ...others] = now;
  tellBy(reacting, kept, told);
  for (const point of others) tellBy(reacting, point, told, { also: `/${point.id}` });
  if (later) tellBy(reacting, later.point, told, { also: `/${later.point.id}`, until: later.until });
}

/** What happens again is told again. */
export const onceOf = ({ seq, of }: Reacting): string => `${of.id}.${seq}`;

export function tellTaken(reacting: Reacting): void {
  const { number, personId, name } = dataOf(reacting, "escalation.acknowledged");
  tellAsker(reacting, number, "escalation-taken", { by: name, byId: personId });
}

export function tellReturned(reacting: Reacting): void {
  const { number, personId, name } = dataOf(reacting, "escalation.returned");
  const { reason } = reacting.fact.stamp;
  tellAsker(reacting, number, "escalation-returned", { by: name, byId: personId, reason });
}

/** Its calls are over, and nobody has taken it. */
export function tellUnanswered(reacting: Reacting): void {
  const { escalation } = dataOf(reacting, "paging.exhausted");
  if (escalation !== undefined) tellAsker(reacting, escalation, "escalation-unanswered", { by: "", byId: null });
}

type Became = { readonly by: string; readonly byId: string | null; readonly reason?: string | null };

/** Whoever asked waits for it: they hear of it by what they chose for what does not press. What they did themselves they
 *  know. */
function tellAsker(reacting: Reacting, number: number, notice: NoticeCode, became: Became): void {
  const { draft, on } = reacting;
  const asked = on.incident.escalations?.find((one) => one.number === number);
  const person = draft.directory.people.get(asked?.askedBy ?? "");
  if (!asked || !person?.active || person.id === became.byId) return;
  const values = { by: became.by, quote: became.reason ?? asked.expected };
  tellSoon(reacting, person.id, notice, String(number), values);
}

type News = Omit<Telling, "personId">;

/** By what they chose to be called by first, at any hour, and where it can be read again. */
export function tellUrgently(reacting: Reacting, personId: string, news: News): void {
  const person = reacting.draft.directory.people.get(personId);
  const kept = pointForNotices(person);
  const first = person ? turnsOf(person, "high").filter(({ afterMinutes }) => afterMinutes === 0) : [];
  const others = first.map(({ point }) => point).filter(({ id }) => id !== kept?.id);
  const told = { ...news, personId };
  tellBy(reacting, kept, told);
  for (const point of others) tellBy(reacting, point, told, { also: `/${point.id}` });
}
