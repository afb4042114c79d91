/** Incidents that are over, newest first: to read again, to reopen. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { shortNumber, startOf } from "./arrangement.ts";
import { Priority, State } from "./Priority.tsx";
import { endedQuery } from "./queries.ts";

export function EndedList({ text }: { text: string }) {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(endedQuery(text));
  if (error) return <Fault>{failureSentence(words, error)}</Fault>;
  if (!data) return null;
  if (data.data.length === 0) return <p className="empty">{t(text ? "board.nothing-found" : "ended.none")}</p>;
  return (
    <>
      <div className="listhead">
        <h2>{t("board.view.ended")}</h2>
        {data.nextCursor !== null && <p className="muted note">{t("ended.more", { count: data.data.length })}</p>}
      </div>
      <ul className="ended">
        {data.data.map((view) => {
          const start = startOf(view);
          return (
            <li key={view.id} className="row">
              <span className="c-p">
                <Priority view={view} list />
              </span>
              <span className="c-t">
                <Link to="/incidents/$number" params={{ number: view.number }} lang={view.language}>
                  {view.title}
                </Link>
                <small>
                  <span className="id">{shortNumber(view.number, words.year())}</span> {view.service?.name}
                </small>
              </span>
              <span className="c-s">
                <State view={view} />
              </span>
              <span className="c-d">
                <time dateTime={new Date(start).toISOString()} title={words.exact(start)}>
                  {words.moment(start)}
                </time>
                <small>{t("ended.reported")}</small>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
