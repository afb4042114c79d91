/** What somebody of level 5 looks at afterwards: why a closure came back, and who acted above their level. */
import type { IncidentView } from "#contract/shapes.ts";
import { useWords, type Words } from "../language/words.tsx";
import { CommandButton } from "./CommandButton.tsx";

export function Checks({ view }: { view: IncidentView }) {
  return (
    <>
      <Returned view={view} />
      <Derogations view={view} />
    </>
  );
}

/** Until it is closed again. */
function Returned({ view: { closure, stage, language } }: { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  if (closure?.check !== "returned" || !closure.checked || stage === "closed") return null;
  const { at, by, text } = closure.checked;
  return (
    <section className="sec" aria-labelledby="returned">
      <header>
        <h2 id="returned">{t("returned.title")}</h2>
      </header>
      {text && <blockquote lang={language}>{text}</blockquote>}
      <p className="muted" title={words.exact(at)}>
        {t("returned.by", { name: by, at: words.moment(at) })}
      </p>
    </section>
  );
}

function Derogations({ view }: { view: IncidentView }) {
  const { t } = useWords();
  if (view.derogations.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="derogations">
      <header>
        <h2 id="derogations">{t("derogations.title")}</h2>
      </header>
      <ul className="tasks">
        {view.derogations.map((one) => (
          <Line key={one.number} view={view} one={one} />
        ))}
      </ul>
    </section>
  );
}

type Silent = IncidentView["derogations"][number]["silent"];

function Line({ view, one }: { view: IncidentView; one: IncidentView["derogations"][number] }) {
  const words = useWords();
  const { t } = words;
  const { number, command, needed, by, at, reason, silent, review } = one;
  return (
    <li className="task">
      <p>
        <span className="id">{number}</span>{" "}
        {t("derogations.one", { command: words.find(`command.${command}.do`) ?? command, needed })}
      </p>
      <p className="muted" title={words.exact(at)}>
        {t("derogations.by", { name: by.name, at: words.moment(at) })}
      </p>
      {reason && <p lang={view.language}>{reason}</p>}
      <p className="muted">{silentWords(words, needed, silent)}</p>
      {review ? (
        <p className="muted" title={words.exact(review.at)}>
          {t(`derogations.${review.verdict}`, { name: review.by, at: words.moment(review.at) })}
          {review.text && ` · ${review.text}`}
        </p>
      ) : (
        <p className="acts">
          <CommandButton
            view={view}
            command="review-derogation"
            className="btn s"
            word={t("derogations.review")}
            about={String(number)}
            start={{ number: String(number) }}
          />
        </p>
      )}
    </li>
  );
}

/** What the desk itself found of it, whatever the reason says. */
function silentWords({ t, list, moment }: Words, needed: number, silent: Silent): string {
  const called = list(silent.map(({ name, since }) => t("derogations.silent.one", { name, at: moment(since) })));
  return silent.length === 0 ? t("derogations.silent.none", { needed }) : t("derogations.silent", { called });
}
