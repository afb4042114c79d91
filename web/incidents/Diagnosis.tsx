/** What may have caused it, what speaks for and against each, and the solution that was chosen. What is settled is folded. */
import type { IncidentView } from "#contract/shapes.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { hasEnded } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import { recordWords } from "./record-words.ts";
import { useStreamWords } from "./workstream-words.ts";

type Hypothesis = IncidentView["hypotheses"][number];

export function Diagnosis({ view }: { view: IncidentView }) {
  const { t } = recordWords(useWords().locale);
  const over = hasEnded(view);
  const open = view.hypotheses.filter(({ status }) => status === "open");
  const settled = view.hypotheses.filter(({ status }) => status !== "open");
  if (over && view.hypotheses.length === 0 && view.solution === null) return null;
  return (
    <section className="sec" aria-labelledby="diagnosis">
      <header>
        <h2 id="diagnosis">{t("diagnosis.title")}</h2>
      </header>
      <Chosen view={view} />
      {open.length > 0 && (
        <ul className="tasks">
          {open.map((one) => (
            <Line key={one.number} view={view} one={one} acts={!over} />
          ))}
        </ul>
      )}
      {view.hypotheses.length === 0 && <p className="muted">{t("diagnosis.none")}</p>}
      {!over && (
        <p className="acts">
          <CommandButton view={view} command="open-hypothesis" className="btn s" word={t("diagnosis.open")} />
          <CommandButton view={view} command="select-solution" className="link" word={t("diagnosis.choose")} />
        </p>
      )}
      {settled.length > 0 && (
        <details className="disclose">
          <summary>
            <Icon name="chevron" size={12} />
            {t("diagnosis.settled", { count: settled.length })}
          </summary>
          <ul className="tasks">
            {settled.toReversed().map((one) => (
              <Line key={one.number} view={view} one={one} acts={false} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Chosen({ view: { solution, language } }: { view: IncidentView }) {
  const words = useWords();
  const { t } = recordWords(words.locale);
  const { t: say } = useStreamWords();
  if (solution === null) return null;
  const { text, considered, why, exceeds, by, at } = solution;
  return (
    <div className="chosen">
      <h3>{t("diagnosis.solution")}</h3>
      <blockquote lang={language}>{text}</blockquote>
      {why && <p lang={language}>{why}</p>}
      {exceeds && <p className="chip">{say(`solution.exceeds.${exceeds}`)}</p>}
      <p className="muted" title={words.exact(at)}>
        {t("diagnosis.by", { name: by, at: words.moment(at) })}
        {considered.length > 0 && ` · ${t("diagnosis.considered", { options: words.list([...considered]) })}`}
      </p>
    </div>
  );
}

function Line({ view, one, acts }: { view: IncidentView; one: Hypothesis; acts: boolean }) {
  const words = useWords();
  const { t } = recordWords(words.locale);
  const { t: say } = useStreamWords();
  const { number, text, by, at, status, evidence, left } = one;
  const start = { hypothesis: String(number) };
  const about = t("diagnosis.about", { number });
  return (
    <li className={status === "ruled-out" ? "task over" : "task"}>
      <p lang={view.language}>
        <span className="id">{number}</span> {text}
      </p>
      <p className="muted" title={words.exact(at)}>
        {t("diagnosis.by", { name: by, at: words.moment(at) })}
      </p>
      {evidence.length > 0 && (
        <ul className="weighed">
          {evidence.map((each) => (
            <li key={`${each.at} ${each.text}`} title={t("diagnosis.by", { name: each.by, at: words.moment(each.at) })}>
              <b>{t(`diagnosis.side.${each.side}`)}</b> <span lang={view.language}>{each.text}</span>
              {each.source && (
                <small className="muted">
                  {" "}
                  · {say(`source.${each.source}`)}
                  {each.sourceName && `, ${each.sourceName}`}
                </small>
              )}
            </li>
          ))}
        </ul>
      )}
      {left && <p className="muted">{leftSentence(words, one)}</p>}
      {acts && (
        <p className="acts">
          <CommandButton
            {...{ view, start, about }}
            command="add-evidence"
            className="btn s"
            word={t("diagnosis.add-evidence")}
          />
          <CommandButton
            {...{ view, start, about }}
            command="confirm-hypothesis"
            className="link"
            word={t("diagnosis.confirm")}
          />
          <CommandButton
            {...{ view, start, about }}
            command="rule-out-hypothesis"
            className="link"
            word={t("diagnosis.rule-out")}
          />
        </p>
      )}
    </li>
  );
}

function leftSentence({ locale, moment }: Words, { status, left }: Hypothesis): string {
  if (!left || status === "open") return "";
  const { t } = recordWords(locale);
  return `${t(`diagnosis.${status}`, { name: left.by, at: moment(left.at) })} · ${left.text}`;
}
