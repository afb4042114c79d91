/** One request in a list: what is asked, of whom and why, where it stands and until when. */
import { Link } from "@tanstack/react-router";
import { shortNumber } from "../incidents/arrangement.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Reason } from "../ui/marks.tsx";
import type { AssistanceView } from "./queries.ts";
import { becauseWords, legNow, partyShown, statusWords, whyWords } from "./sentences.ts";
import { type Say, useAssistanceWords } from "./words.ts";

/** `plain`: where why one sees it needs no saying. */
export function RequestLine({ view, plain = false }: { view: AssistanceView; plain?: boolean }) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const leg = legNow(view);
  return (
    <li>
      <div>
        <h2>
          <Link data-row to="/assistance/$request" params={{ request: view.number }} lang={view.language}>
            {view.title}
          </Link>
        </h2>
        <p className="muted">
          <span className="id">{shortNumber(view.number, words.year())}</span> {aboutWords(view, say, words)}
        </p>
        {leg && (
          <Reason label={words.t("ui.reason")}>
            {becauseWords(leg.because, { say, list: words.list, by: leg.by })}
          </Reason>
        )}
      </div>
      <div>
        <p className="marks">
          {view.urgent && <span className="chip strong">{say("urgent")}</span>}
          {view.exercise && <span className="chip">{say("exercise")}</span>}
          <span>{statusWords(view, say)}</span>
        </p>
        <Until view={view} />
        {!plain && view.why !== "oversees" && <p className="muted">{whyWords(view, say)}</p>}
      </div>
    </li>
  );
}

function aboutWords(view: AssistanceView, say: Say, { year }: Words): string {
  const { asker, incident } = view;
  const to = partyShown(view);
  return [
    say("by", { name: asker.name }),
    to === null ? say("of.nobody") : say("of", { to: to.name }),
    ...(incident ? [say("for", { number: shortNumber(incident.number, year()) })] : []),
  ].join(" · ");
}

/** Late is a word and a mark before it is a colour. */
export function Until({ view: { answerBy, late } }: { view: AssistanceView }) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  if (answerBy === null) return null;
  return (
    <p className={late ? "until late" : "until"}>
      {late && <Icon name="fault" size={14} />}
      <time dateTime={answerBy} title={words.exact(answerBy)}>
        {say(late ? "answer-late" : "answer-by", { until: words.moment(answerBy) })}
      </time>
    </p>
  );
}
