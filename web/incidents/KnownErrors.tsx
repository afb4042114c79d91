/** What is known to be wrong already: which of it this incident shows, or may show, and what helps until it is put right. */
import { useQuery } from "@tanstack/react-query";
import type { ShownErrorView } from "#contract/known-errors.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault, Reason } from "../ui/marks.tsx";
import { hasEnded } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import { knownErrorsOfQuery } from "./queries.ts";

export function KnownErrors({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(knownErrorsOfQuery(view));
  return (
    <section className="sec" aria-labelledby="known-errors">
      <header>
        <h2 id="known-errors">{t("known-errors.title")}</h2>
      </header>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data?.data.length === 0 && <p className="muted">{t("known-errors.likely.none")}</p>}
      <ul className="tasks">
        {data?.data.map((one) => (
          <Line key={one.id} one={one} view={view} />
        ))}
      </ul>
    </section>
  );
}

function Line({ one, view }: { one: ShownErrorView; view: IncidentView }) {
  const { t, moment } = useWords();
  const { id, name, workaround, linked, why, retired } = one;
  return (
    <li className="task">
      <p>
        <b>{name}</b> {retired && <span className="chip">{t("known-errors.retired")}</span>}
      </p>
      <p className="as-written" lang={workaround.language}>
        {workaround.text}
      </p>
      {linked ? (
        <p className="muted">{t("known-errors.linked", { by: linked.by, at: moment(linked.at) })}</p>
      ) : (
        <Reason label={t("ui.reason")}>{why.map((each) => t(`known-errors.why.${each}`)).join(" · ")}</Reason>
      )}
      {!hasEnded(view) && (
        <CommandButton
          view={view}
          command="link-known-error"
          className="btn s"
          about={name}
          word={t(linked ? "known-errors.not-this" : "known-errors.this")}
          start={{ knownError: id, ...(linked && { ruledOut: true }) }}
        />
      )}
    </li>
  );
}
