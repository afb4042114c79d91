/** What the categories of an incident ask, where it is needed: what must be known, how fast, what puts things back. */
import { useQuery } from "@tanstack/react-query";
import type { IncidentProcess } from "#contract/incidents.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { hasEnded } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import { processQuery } from "./queries.ts";

type Props = { view: IncidentView };
type Question = IncidentProcess["questions"][number];

const useProcess = (view: IncidentView) =>
  useQuery({ ...processQuery(view.number), enabled: view.asks.pinned.length > 0 }).data;

export function Questions({ view }: Props) {
  const words = useWords();
  const { t } = words;
  const process = useProcess(view);
  if (!process || process.questions.length === 0) return null;
  const { readyAt, openQuestions } = view.asks;
  return (
    <section className="sec" aria-labelledby="questions">
      <header>
        <h2 id="questions">{t("asks.questions")}</h2>
        <small className="push">
          {openQuestions > 0
            ? t("asks.questions.open", { count: openQuestions })
            : t("asks.questions.ready", { at: readyAt && words.phrase("since", readyAt) })}
        </small>
      </header>
      <ul className="asked">
        {process.questions.map((one) => (
          <li key={one.id}>
            <Icon name={one.answered ? "check" : "question"} size={14} />
            <span>
              {one.answered ? (
                <>
                  {one.name}
                  <b title={`${one.answered.by}, ${words.exact(one.answered.at)}`}>{answerOf(words, one)}</b>
                </>
              ) : (
                one.name
              )}
              {!one.required && !one.answered && <small className="muted"> {t("ui.optional")}</small>}
            </span>
            {!hasEnded(view) && (
              <CommandButton
                view={view}
                command="gather"
                start={{ question: one.id }}
                className="link"
                word={t(one.answered ? "asks.change" : "asks.answer")}
                about={one.name}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function answerOf(words: Words, { kind, choices, answered }: Question): string {
  const answer = answered?.answer ?? null;
  if (answer === null) return words.t("answer.unknown");
  if (kind === "time") return words.moment(answer);
  if (kind === "choice") return choices.find(({ id }) => id === answer)?.name ?? answer;
  return kind === "yes-no" ? words.t(answer === "yes" ? "answer.yes" : "answer.no") : answer;
}

/** Once the cause is dealt with; before, it would only be in the way. */
export function Recovery({ view }: Props) {
  const words = useWords();
  const { t } = words;
  const process = useProcess(view);
  const begun = view.milestones.resolved !== undefined || view.recoveryStarted;
  if (!process || process.recovery.length === 0 || !begun) return null;
  return (
    <section className="sec" aria-labelledby="recovery">
      <header>
        <h2 id="recovery">{t("asks.recovery")}</h2>
        <small className="push">{t("asks.recovery.open", { count: view.asks.openRecovery })}</small>
      </header>
      <ul className="asked">
        {process.recovery.map(({ id, name, settled }) => (
          <li key={id}>
            <Icon name={settled ? "check" : "question"} size={14} />
            <span>
              {name}
              {settled && (
                <small className="muted" title={words.exact(settled.at)}>
                  {t(settled.notNeeded ? "asks.not-needed" : "asks.by", { name: settled.by })}
                </small>
              )}
            </span>
            {!hasEnded(view) && settled === null && (
              <CommandButton
                view={view}
                command="complete-recovery-item"
                start={{ item: id }}
                className="link"
                word={t("asks.tick")}
                about={name}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
