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

/** `short`: only the first, and nothing where nothing is known, or where the cause is and it is not one of these. */
export function KnownErrors({ view, short = false }: { view: IncidentView; short?: boolean }) {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(knownErrorsOfQuery(view));
  const explained = view.solution !== null || view.hypotheses.some(({ status }) => status === "confirmed");
  const shown = short ? data?.data.filter(({ linked }) => linked || !explained).slice(0, 1) : data?.data;
  if (short && !shown?.length) return null;
  return (
    <section className="sec" aria-labelledby="known-errors">
      <header>
        <h2 id="known-errors">{t("known-errors.title")}</h2>
      </header>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {shown?.length === 0 && <p className="muted">{t("known-errors.likely.none")}</p>}
      <ul className="tasks">
        {shown?.map((one) => (
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
