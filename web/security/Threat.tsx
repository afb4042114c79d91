/** Whether the threat is held where it is, and gone: two steps, each declared with what was done for it. */
import type { SecurityCommandName, ThreatStep } from "#core/kernel/security-words.ts";
import { threatSteps } from "#core/kernel/security-words.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { Asked } from "./ActPanel.tsx";
import type { SecurityView } from "./queries.ts";
import { type Say, useSecurityWords } from "./words.ts";

type Props = { view: SecurityView; language: string; onAsk: (asked: Asked) => void };

const standing = ({ threat }: SecurityView, say: Say): string => {
  if (threat.eradicated) return say("threat.gone");
  return threat.contained ? say("threat.held") : say("threat.none");
};

export function Threat({ view, language, onAsk }: Props) {
  const { t: say } = useSecurityWords();
  return (
    <section className="threat" aria-labelledby="threat">
      <header>
        <h2 id="threat">
          {say("threat")} <span className="muted">{standing(view, say)}</span>
        </h2>
        {view.threat.asked && <small className="push muted">{say("threat.asked")}</small>}
      </header>
      <ol>
        {threatSteps.map((step) => (
          <Step key={step} {...{ view, language, onAsk, step }} />
        ))}
      </ol>
      <Reopened view={view} language={language} />
    </section>
  );
}

function Step({ view, language, onAsk, step }: Props & { step: ThreatStep }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const declared = view.threat[step];
  const command: SecurityCommandName = declared ? `withdraw-${step}` : `declare-${step}`;
  const first = view.threat.asked && (step === "contained" || view.threat.contained !== null);
  return (
    <li className={declared ? "step-done" : undefined}>
      <span className="tick" aria-hidden="true">
        {declared && <Icon name="check" size={14} />}
      </span>
      <div>
        <h3>{say(declared ? `threat.${step}` : `threat.${step}.todo`)}</h3>
        {declared ? (
          <>
            {declared.text && <p lang={language}>{declared.text}</p>}
            <p className="muted" title={words.exact(declared.at)}>
              {say("threat.by", { name: declared.by, at: words.moment(declared.at) })}
            </p>
          </>
        ) : (
          <p className="muted">{say(`threat.${step}.what`)}</p>
        )}
      </div>
      {view.may.includes(command) && (
        <button
          className={declared ? "link" : first ? "btn primary" : "btn"}
          type="button"
          onClick={() => onAsk({ command })}
        >
          {say(`act.${command}`)}
        </button>
      )}
    </li>
  );
}

function Reopened({ view, language }: Pick<Props, "view" | "language">) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const { reopened } = view.threat;
  if (reopened.length === 0) return null;
  return (
    <details className="disclose">
      <summary>
        <Icon name="chevron" size={12} />
        {say("threat.reopened", { count: reopened.length })}
      </summary>
      <ul className="plain">
        {reopened.map(({ was, by, at, reason }) => (
          <li key={at}>
            <p>{say("threat.reopened.line", { was, name: by, at: words.moment(at) })}</p>
            {reason && <blockquote lang={language}>{reason}</blockquote>}
          </li>
        ))}
      </ul>
    </details>
  );
}
