/** The record of a request, entry by entry, newest first. */
import { useQuery } from "@tanstack/react-query";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { useWords, type Words } from "../language/words.tsx";
import { type AssistanceView, requestTimelineQuery } from "./queries.ts";
import { becauseWords } from "./sentences.ts";
import { type Say, useAssistanceWords } from "./words.ts";

export function RequestRecord({ view }: { view: AssistanceView }) {
  const words = useWords();
  const { t: say, find } = useAssistanceWords();
  const { data } = useQuery(requestTimelineQuery(view.number));
  const entries = (data?.data ?? []).filter(({ type }) => type.startsWith("assistance.")).toReversed();
  return (
    <ol className="told">
      {entries.map((entry) => (
        <li key={entry.seq}>
          <time dateTime={entry.at} title={words.exact(entry.at)}>
            {words.brief(entry.at)}
          </time>
          <span>{find(`event.${entry.type}`, valuesOf(entry, view, words, say)) ?? entry.type}</span>
        </li>
      ))}
    </ol>
  );
}

type Party = { readonly id?: string; readonly fr?: string; readonly en?: string };
type Data = {
  readonly to?: Party | string | null;
  readonly because?: unknown;
  readonly people?: readonly { readonly name: string }[];
  readonly title?: string;
  readonly text?: string;
  readonly incident?: { readonly number: string } | null;
};

function valuesOf(entry: TimelineEntry, view: AssistanceView, words: Words, say: Say) {
  const { to, people = [], title, text, incident } = (entry.data ?? {}) as Data;
  const party = typeof to === "object" ? to : null;
  /* The way of the request says the reason in words that are at hand. */
  const leg = view.path.find((one) => one.at === entry.at && (one.to?.id ?? null) === (party?.id ?? null));
  return {
    actor: entry.actor.name,
    reason: entry.reason,
    to: (words.language === "fr" ? party?.fr : party?.en) ?? null,
    because: leg ? becauseWords(leg.because, { say, list: words.list, by: leg.by }) : "",
    people: people.length > 0 ? words.list(people.map(({ name }) => name)) : null,
    title,
    text,
    incident: incident?.number,
  };
}
