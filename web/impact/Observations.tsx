/** Who said what of the impact, and when, the newest first. */
import type { Magnitude } from "#core/kernel/impact-words.ts";
import { nameIn } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import type { Asked } from "./draft.ts";
import type { ImpactView } from "./queries.ts";
import { useImpactWords } from "./words.ts";

type Props = { view: ImpactView; language: string; onAsk: (asked: Asked) => void };

export function Observations({ view, language, onAsk }: Props) {
  const words = useWords();
  const { t: say } = useImpactWords();
  const all = view.domains
    .flatMap((one) => one.observations.map((each) => ({ ...each, of: one })))
    .toSorted((a, b) => b.at.localeCompare(a.at));
  if (all.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="observations">
      <header>
        <h2 id="observations">{say("observations")}</h2>
        <small className="muted">{all.length}</small>
      </header>
      <ol className="said-of">
        {all.map((one) => (
          <li key={one.number} className={one.withdrawn ? "gone" : undefined}>
            <time dateTime={one.at} title={words.exact(one.at)}>
              {words.brief(one.at)}
            </time>
            <div>
              <p>
                <b>{nameIn(words.language, one.of)}</b> <Level magnitude={one.magnitude} />
                {one.people !== null && <span>{say("observation.people", { count: one.people })}</span>}
                <span className="muted">{one.by}</span>
                {one.late && <span className="chip">{say("late", { moment: words.moment(one.recordedAt) })}</span>}
              </p>
              {one.note && <p lang={language}>{one.note}</p>}
              {one.withdrawn && (
                <p className="muted">
                  {say("observation.withdrawn", { name: one.withdrawn.by, reason: one.withdrawn.reason ?? "" })}
                </p>
              )}
            </div>
            {!one.withdrawn && view.may.includes("withdraw-impact") && (
              <button
                className="link"
                type="button"
                onClick={() => onAsk({ command: "withdraw-impact", number: one.number })}
              >
                {say("act.withdraw-impact")}
                <span className="vh"> {one.number}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Level({ magnitude }: { magnitude: Magnitude }) {
  const { t: say } = useImpactWords();
  return (
    <span className={`level-of m-${magnitude}`}>
      <i aria-hidden="true" />
      {say(`magnitude.${magnitude}`)}
    </span>
  );
}
