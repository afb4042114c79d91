/** An answer that came back through a channel: a key, a text message, a button. It acts in the name of whoever was called, by
 *  the same commands as the acknowledge page, and says what became of it in one sentence of theirs. */
import { sql } from "kysely";
import type { Directory } from "../../core/desk/directory.ts";
import type { Person } from "../../core/directory/types.ts";
import { hasAccepted, type PagingState, wantsFrom } from "../../core/escalation/paging-state.ts";
import { answerTo, askedApart } from "../../core/incidents/asked.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { cleanTitle } from "../../core/intake/text.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import type { Cause } from "../../core/kernel/stamp.ts";
import type { Actor } from "../../core/kernel/vocabulary.ts";
import { visibleIncidents } from "../access/visible.ts";
import type { Alongside, Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import { problemFor, refusalProblem } from "../platform/problems.ts";
import { shortNumber } from "./compose.ts";
import { spokenPhone } from "./phone-texts.ts";

export type AnswersKnown = {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly submit: Submit;
  readonly directory: () => Directory;
  readonly actorOf: (person: Person) => Actor;
};

export type Act = "accept" | "decline" | "note";
export type Answering = {
  readonly person: Person;
  readonly incidentId: string;
  readonly act: Act;
  /** Why not, or the note. */
  readonly text: string;
  readonly cause: Cause;
  /** What is written with it, where it must be done once. */
  readonly alongside?: Alongside;
};

/** `done`: it changed something. */
export type AnsweredAs = { readonly done: boolean; readonly sentence: string };

const reasonMax = 200;
const noteMax = 2_000;

export async function answerFor(known: AnswersKnown, answering: Answering): Promise<AnsweredAs | null> {
  const { person, incidentId, act } = answering;
  const actor = known.actorOf(person);
  const found = await findOne(known, actor, incidentId);
  if (!found) return null;
  const envelope = {
    at: known.clock.now(),
    actor,
    cause: answering.cause,
    reason: act === "decline" ? cleanTitle(answering.text, reasonMax).text || "unavailable" : undefined,
  };
  /* Who has the incident is known: what is left to take is an escalation of it. */
  const taken = found.incident.acceptedBy !== null && !wantsFrom(found.paging, person.id);
  const asked = act !== "note" && taken ? askedApart(found.incident, found.paging, person) : undefined;
  const command =
    act === "note"
      ? ({ name: "add-observation", input: { text: answering.text.slice(0, noteMax) } } as const)
      : asked
        ? answerTo(asked, act)
        : ({ name: act, input: {} } as const);
  const free = act === "note" || command.name !== act ? {} : ({ ifFree: true } as const);
  const outcome = await known.submit({ kind: "command", incidentId, command, envelope, ...free }, answering.alongside);
  const done = !isRefusal(outcome) && outcome.kind === "incident";
  known.log.info({ event: `${act}-by-channel`, incident: incidentId, person: person.id, done }, "answer to a call");
  const after = (await findOne(known, actor, incidentId)) ?? found;
  const number = shortNumber(after.incident.number);
  const locale = person.locale ?? person.language;
  const { t } = spokenPhone[locale];
  if (done) return { done, sentence: doneSentence(person, act, after.incident.number) };
  const { ended, acceptedBy } = after.incident;
  if (ended !== null) return { done, sentence: t("answer.ended", { number }) };
  if (acceptedBy?.id === person.id || hasAccepted(after.paging, person.id))
    return { done, sentence: t("answer.mine", { number }) };
  if (acceptedBy !== null) return { done, sentence: t("answer.taken", { number, name: acceptedBy.name }) };
  const detail = isRefusal(outcome) ? problemFor(locale, refusalProblem(outcome), "").detail : "";
  return { done, sentence: t("answer.refused", { number, detail }) };
}

export const doneSentence = ({ locale, language }: Person, act: Act, number: string): string =>
  spokenPhone[locale ?? language].t(`answer.${doneAs[act]}`, { number: shortNumber(number) });

const doneAs = { accept: "accepted", decline: "declined", note: "noted" } as const;

type Row = { readonly id: string; readonly incident: IncidentState; readonly paging: PagingState };

async function findOne({ db }: AnswersKnown, actor: Actor, id: string): Promise<Row | undefined> {
  const row = await visibleIncidents(db, { actor })
    .select(["id", "incident", "paging"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row as Row | undefined;
}

const foundMax = 5;

/** By the number that they wrote: of the latest year first, and rather one for which they were called. */
export async function findByNumber(known: AnswersKnown, person: Person, number: string): Promise<Row | null> {
  const exercise = /^EX-(\d+)$/.exec(number);
  const ending = `-${(exercise?.[1] ?? number).padStart(6, "0")}`;
  const rows = (await visibleIncidents(known.db, { actor: known.actorOf(person) })
    .select(["id", "incident", "paging"])
    .where("number", "like", `${exercise ? "EX" : "INC"}-____${ending}`)
    .orderBy("number", "desc")
    .limit(foundMax)
    .execute()) as unknown as Row[];
  const called = rows.find((row) => row.paging.pages.some((page) => page.personId === person.id));
  return called ?? rows[0] ?? null;
}

/** Those that wait for this very person. */
export async function waitingFor(known: AnswersKnown, person: Person): Promise<Row[]> {
  const rows = (await visibleIncidents(known.db, { actor: known.actorOf(person) })
    .select(["id", "incident", "paging"])
    .where("is_open", "=", true)
    .where(sql<boolean>`(accepted_by is null or paging ? 'needed')`)
    .orderBy("number", "desc")
    .limit(200)
    .execute()) as unknown as Row[];
  return rows
    .filter(({ incident, paging }) => incident.acceptedBy === null || wantsFrom(paging, person.id))
    .filter(({ paging }) =>
      paging.pages.some(
        (page) => page.personId === person.id && (page.status === "sent" || page.status === "requested"),
      ),
    )
    .slice(0, foundMax);
}

/** What is open and for which this very person was called, or which they have, latest first. */
export async function calledFor(known: AnswersKnown, person: Person): Promise<Row[]> {
  const rows = (await visibleIncidents(known.db, { actor: known.actorOf(person) })
    .select(["id", "incident", "paging"])
    .where("is_open", "=", true)
    .where(
      sql<boolean>`(accepted_by = ${person.id} or paging -> 'pages' @> ${JSON.stringify([{ personId: person.id }])}::jsonb)`,
    )
    .orderBy("number", "desc")
    .limit(foundMax * 4)
    .execute()) as unknown as Row[];
  const reached = ({ personId, status }: PagingState["pages"][number]): boolean =>
    personId === person.id && (status === "sent" || status === "withdrawn");
  return rows
    .filter(({ incident, paging }) => incident.acceptedBy?.id === person.id || paging.pages.some(reached))
    .slice(0, foundMax);
}
