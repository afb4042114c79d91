/** One law in one incident: whether it wants anything told and why, from which facts it counts, and what is to be told to whom. */
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { Acting } from "./ActDialog.tsx";
import { Leg } from "./Leg.tsx";
import type { ObligationView } from "./queries.ts";
import { useObligationWords } from "./words.ts";

type Props = {
  view: IncidentView;
  law: ObligationView;
  onAct: (act: Acting | { readonly kind: "assess" }) => void;
};

export function LawSection({ view, law, onAct }: Props) {
  const { t: say } = useObligationWords();
  const id = `law-${law.id}`;
  const { assessment } = law;
  const tells = assessment !== null && (assessment.outcome === "owed" || assessment.outcome === "unknown");
  const told = law.legs.some(({ submissions }) => submissions.length > 0);
  const legs = law.legs.filter(({ standing }) => standing !== "not-owed");
  return (
    <section className="sec law" aria-labelledby={id}>
      <header>
        <h2 id={id}>{law.name}</h2>
        {assessment ? (
          <span className={tells ? "chip solid" : "chip"}>{say(`outcome.${assessment.outcome}`)}</span>
        ) : (
          <span className="chip strong">{say("to-assess")}</span>
        )}
        <button
          className={assessment ? "btn s push" : "btn primary push"}
          type="button"
          onClick={() => onAct({ kind: "assess" })}
        >
          {say(assessment ? "assess.again" : "assess")} <span className="vh">{law.name}</span>
        </button>
      </header>
      <Source law={law} />
      {assessment && <Decided assessment={assessment} />}
      {!assessment && <p>{say("proposed", { count: law.questions.length })}</p>}
      {assessment && (tells || told) && (
        <>
          <Facts law={law} onAct={onAct} />
          <ol className="legs">
            {legs.map((leg) => (
              <Leg key={leg.id} view={view} law={law} leg={leg} onAct={onAct} />
            ))}
          </ol>
          <Particulars law={law} onAct={onAct} />
        </>
      )}
    </section>
  );
}

function Source({ law }: { law: ObligationView }) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const checked = law.checkedOn && words.date(`${law.checkedOn}T12:00:00Z`, "UTC");
  return (
    <details className="disclose source">
      <summary>
        <Icon name="chevron" size={12} />
        {law.source}
      </summary>
      <div>
        {law.note && <p>{law.note}</p>}
        <p className="hint">
          {[
            say(`certainty.${law.certainty}`),
            checked && say("checked", { date: checked }),
            say("version", { version: law.version }),
            say(`status.${law.status}`),
          ]
            .filter(Boolean)
            .join(" · ")}
          {law.url && (
            <>
              {" · "}
              <a href={law.url} rel="noreferrer" target="_blank">
                {say("text")}
              </a>
            </>
          )}
        </p>
      </div>
    </details>
  );
}

function Decided({ assessment: { by, at, text, times } }: { assessment: NonNullable<ObligationView["assessment"]> }) {
  const words = useWords();
  const { t: say } = useObligationWords();
  return (
    <blockquote className="decided">
      <p className="prose">{text}</p>
      <p className="hint">
        {say("decided", { name: by, moment: words.dateTime(at) })}
        {times > 1 && ` · ${say("decided.times", { count: times })}`}
      </p>
    </blockquote>
  );
}

function Facts({ law, onAct }: Omit<Props, "view">) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const open = law.facts.filter(({ at }) => at === null);
  const known = law.facts
    .filter(({ at }) => at !== null)
    .sort((a, b) => Date.parse(a.at ?? "") - Date.parse(b.at ?? ""));
  return (
    <div className="facts-of">
      <h3>{say("facts")}</h3>
      <ul>
        {known.map((one) => (
          <li key={one.id}>
            <span>
              <b>{one.name}</b>{" "}
              <time dateTime={one.at ?? ""} title={words.exact(one.at ?? "")}>
                {words.dateTime(one.at ?? "")}
              </time>
              <small className="muted">
                {[
                  one.toldBy
                    ? say("fact.told", { name: one.by, toldBy: one.toldBy })
                    : say("fact.by", { name: one.by }),
                  one.corrections > 0 && say("fact.corrected", { count: one.corrections }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </span>
            <button className="link" type="button" onClick={() => onAct({ kind: "date", fact: one.id })}>
              {say("fact.correct")} <span className="vh">{one.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <div className="undated">
          <span className="muted">{say("facts.open")}</span>
          {open.map((one) => (
            <button key={one.id} className="btn s" type="button" onClick={() => onAct({ kind: "date", fact: one.id })}>
              <Icon name="plus" size={12} />
              {one.name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** All that its submissions and registers have to say, whichever leg asks for it. */
function Particulars({ law, onAct }: Omit<Props, "view">) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const missing = law.fields.filter(({ from }) => from === null).length;
  return (
    <details className="disclose particulars">
      <summary>
        <Icon name="chevron" size={12} />
        {say("fields", { count: law.fields.length - missing, of: law.fields.length })}
      </summary>
      <dl className="fields-of">
        {law.fields.map(({ id, name, value, at, from }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd className={from === null ? "muted" : "prose"}>
              {value ?? (at ? words.dateTime(at) : say("field.missing"))}
              {from === "record" && <small className="muted">{say("field.record")}</small>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="acts">
        <button className="btn s" type="button" onClick={() => onAct({ kind: "describe", leg: null })}>
          {say("describe.all")} <span className="vh">{law.name}</span>
        </button>
      </p>
    </details>
  );
}
