/** What a scope is about, among the alerts that came lately: looked at before it is written. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { useRested } from "../ui/rested.ts";
import { previewQuery } from "./queries.ts";
import { askedOf, type Said, type ScopeDraft, saysSomething } from "./scope.ts";
import { useNoiseWords } from "./words.ts";

const daysLooked = 7;
const shownMax = 8;

export function Preview({ draft }: { draft: ScopeDraft }) {
  const words = useWords();
  const { t: say } = useNoiseWords();
  const asked: Said = JSON.parse(useRested(JSON.stringify(askedOf(draft))));
  const asks = saysSomething(asked);
  const { data, error } = useQuery({ ...previewQuery(asked, daysLooked), enabled: asks });
  return (
    <section className="preview" aria-live="polite">
      <h3>{say("preview.title")}</h3>
      {!asks && <p className="muted">{say("preview.nothing-said")}</p>}
      {asks && error && <Fault>{failureSentence(words, error)}</Fault>}
      {asks && !error && data && (
        <>
          <p>
            <b>{say("preview.sum", { matched: data.matched, looked: data.looked, days: data.days })}</b>{" "}
            {data.matched > 0 && say("preview.open", { open: data.open })}{" "}
            {data.partly && say("preview.partly", { looked: data.looked })}
          </p>
          <ul>
            {data.alerts.slice(0, shownMax).map((one) => (
              <li key={one.id}>
                <Link to="/alerts/$id" params={{ id: one.id }}>
                  {one.title}
                </Link>{" "}
                <small className="muted">
                  {[words.find(`alert.status.${one.status}`), one.integration.name, words.moment(one.openedAt)]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
