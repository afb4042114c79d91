/** Tells people of requests for assistance: a row of the outbox for each way that is right for them, in the transaction of what
 *  happened. */
import type pg from "pg";
import type { AssistanceState } from "../../core/assistance/state.ts";
import { askedNow } from "../../core/assistance/state.ts";
import type { AssistanceNews } from "../../core/assistance/telling.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { ContactPoint, Person } from "../../core/directory/types.ts";
import { dayMs } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { turnsOf, waysForNews } from "../../core/notification/turns.ts";
import type { Clock } from "../platform/clock.ts";
import { insertOutbox } from "../platform/outbox.ts";
import type { AssistanceNewsView } from "./assistance-words.ts";

export type AssistancePayload = {
  readonly news: AssistanceNews;
  readonly assistance: string;
  readonly number: string;
  readonly title: string;
  readonly details: string | null;
  readonly urgent: boolean;
  readonly asker: string;
  readonly by: string;
  readonly reason: string | null;
  readonly to: { readonly fr: string; readonly en: string } | null;
  readonly answerBy: number | null;
  readonly incident: string | null;
  readonly outcome: string | null;
  readonly exercise: boolean;
};

type Known = { readonly clock: Clock; readonly directory: () => Directory };
type Told = {
  readonly personId: string;
  readonly news: AssistanceNews;
  readonly id: string;
  readonly seq: number;
  readonly state: AssistanceState;
  readonly by: string;
  readonly reason: string | null;
};

/** Old news is worse than none. */
const newsNotAfterMs = 3 * dayMs;

export function createAssistanceNews({ clock, directory }: Known) {
  return async (client: pg.PoolClient, told: readonly Told[]): Promise<void> => {
    const now = clock.now();
    for (const one of told) {
      const person = directory().people.get(one.personId);
      if (!person?.active) continue;
      for (const point of pointsFor(person, one, now))
        await insertOutbox(client, {
          key: `assistance/${one.id}/${one.seq}/${one.news}/${point.id}`,
          kind: "assistance",
          personId: person.id,
          channel: point.kind,
          pointId: point.id,
          payload: payloadOf(one) as unknown as JsonObject,
          now,
          notAfter: now + newsNotAfterMs,
        });
    }
  };
}

/** What presses, and waits for an answer, goes by every way they chose for that. */
const pressing: readonly AssistanceNews[] = ["asked", "raised", "warned"];

function pointsFor(person: Person, { news, state }: Told, now: number): ContactPoint[] {
  if (state.urgent && pressing.includes(news)) return turnsOf(person, "high").map(({ point }) => point);
  return [...waysForNews(person, now).now];
}

function payloadOf({ news, id, state, by, reason }: Told): AssistancePayload {
  const to = askedNow(state);
  return {
    news,
    assistance: id,
    number: state.number,
    title: state.title,
    details: state.details,
    urgent: state.urgent,
    asker: state.asker.name,
    by,
    reason,
    to: to && { fr: to.fr, en: to.en },
    answerBy: state.answerBy,
    incident: state.incident?.number ?? null,
    outcome: state.outcome?.text ?? null,
    exercise: state.exercise,
  };
}

type Seeing = { readonly url: string; readonly person: Pick<Person, "language" | "zone"> };

export function assistanceView(payload: AssistancePayload, { url, person }: Seeing): AssistanceNewsView {
  const { assistance: _, to, ...told } = payload;
  return {
    ...told,
    to: to?.[person.language] ?? null,
    url: `${url}/assistance/${payload.number}`,
    zone: person.zone,
  };
}
