/** Whether an incident is held serious or not routine, why, who looks for its causes, and what is to be decided about it. */
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { CommandButton } from "./CommandButton.tsx";
import "./major.css";
import { hasEnded } from "./arrangement.ts";

export function FlagBands({ view }: { view: IncidentView }) {
  if (hasEnded(view)) return null;
  return view.flags.map(
    ({ status, ...one }) => status !== "lowered" && <FlagBand key={one.flag} view={view} one={{ ...one, status }} />,
  );
}

type Standing = IncidentView["flags"][number] & { readonly status: "proposed" | "raised" };

function FlagBand({ view, one }: { view: IncidentView; one: Standing }) {
  const words = useWords();
  const { t, language } = words;
  const { flag, status, at, by, reason, criteria } = one;
  const { investigator } = view;
  const title = `flag-${flag}`;
  return (
    <section className="majorband" aria-labelledby={title}>
      <h2 id={title}>{t(`flag.${status}`, { flag, by: criteria.length > 0 && status === "proposed" ? null : by })}</h2>
      <time dateTime={at} title={words.exact(at)}>
        {words.moment(at)}
      </time>
      {criteria.length > 0 && (
        <ul>
          {criteria.map(({ id, words: said }) => (
            <li key={id}>{said[language]}</li>
          ))}
        </ul>
      )}
      {reason && <blockquote lang={view.language}>{reason}</blockquote>}
      {status === "raised" && (
        <p className={investigator ? "muted" : undefined}>
          {t("flag.investigation", { name: investigator?.name ?? null })}
        </p>
      )}
      <p className="acts">
        {status === "raised" && investigator === null && (
          <CommandButton view={view} command="take-investigation" className="btn s" />
        )}
        {status === "proposed" && (
          <CommandButton
            view={view}
            command="raise-flag"
            start={{ flag }}
            className="btn s"
            word={t("flag.hold", { flag })}
          />
        )}
        <CommandButton
          view={view}
          command="lower-flag"
          start={{ flag }}
          className="btn s"
          word={status === "proposed" ? t("major.not-followed") : undefined}
        />
      </p>
    </section>
  );
}
