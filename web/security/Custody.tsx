/** From hand to hand, folded: who had it, from when, and what shows it. */
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { Evidence } from "./queries.ts";
import { type Say, useSecurityWords } from "./words.ts";

type HandOver = Evidence["handOvers"][number];

export function Custody({ one, language }: { one: Evidence; language: string }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const { handOvers } = one;
  return (
    <details className="disclose custody">
      <summary>
        <Icon name="chevron" size={12} />
        {say("custody")}
        {handOvers.length > 0 && <span className="muted">{say("custody.count", { count: handOvers.length })}</span>}
      </summary>
      <ol className="hands">
        <li>
          <time dateTime={one.at} title={words.exact(one.at)}>
            {words.moment(one.at)}
          </time>
          <p>{say("custody.registered", { name: one.by })}</p>
        </li>
        {handOvers.map((each) => (
          <li key={each.at}>
            <time dateTime={each.at} title={words.exact(each.at)}>
              {words.moment(each.at)}
            </time>
            <div>
              <p className={each.status === "kept" ? "muted" : undefined}>
                <b>{say("custody.from-to", { from: each.from.name, to: each.to.name })}</b>
                {each.place && <span lang={language}> · {each.place}</span>}
              </p>
              {each.why && <p lang={language}>{each.why}</p>}
              <p className="muted">{answeredWords(each, say, words.moment)}</p>
              {each.answered?.text && <blockquote lang={language}>{each.answered.text}</blockquote>}
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}

function answeredWords({ status, to, answered }: HandOver, say: Say, moment: (at: string) => string): string {
  if (status === "waiting" || answered === null) return say("custody.waiting");
  const said = { name: answered.by, at: moment(answered.at) };
  if (status === "kept") return say("custody.kept", said);
  return to.id === null ? say("custody.attested", said) : say("custody.received", said);
}
