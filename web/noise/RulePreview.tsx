/** What a rule would have made of the alerts that came lately: looked at before it is saved. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { useRested } from "../ui/rested.ts";
import { type AskedRule, rulePreviewQuery } from "./queries.ts";
import { useNoiseWords } from "./words.ts";

const daysLooked = 7;
const shownMax = 8;

/** Null: it cannot be asked yet. */
export function RulePreview({ asked }: { asked: AskedRule | null }) {
  const words = useWords();
  const { t: say } = useNoiseWords();
  const rested: AskedRule | null = JSON.parse(useRested(JSON.stringify(asked)));
  const { data, error } = useQuery({ ...rulePreviewQuery(rested, daysLooked), enabled: rested !== null });
  const counted = (["calls", "callsLater", "neverCalls", "waits", "joins"] as const).filter(
    (became) => (data?.became[became] ?? 0) > 0,
  );
  return (
    <section className="preview" aria-live="polite">
      <h3>{say("rule-preview.title")}</h3>
      {rested === null && <p className="muted">{say("rule-preview.nothing-said")}</p>}
      {rested !== null && error && <Fault>{failureSentence(words, error)}</Fault>}
      {rested !== null && !error && data && (
        <>
          <p>
            <b>{say("preview.sum", { matched: data.matched, looked: data.looked, days: data.days })}</b>{" "}
            {words.list(counted.map((became) => say(`rule-preview.sum.${became}`, { count: data.became[became] })))}{" "}
            {data.partly && say("preview.partly", { looked: data.looked })}
          </p>
          <ul>
            {data.alerts.slice(0, shownMax).map((one) => (
              <li key={one.id}>
                <Link to="/alerts/$id" params={{ id: one.id }}>
                  {one.title}
                </Link>{" "}
                <small className="muted">
                  {[
                    say(`rule-preview.${one.became}`, {
                      by: one.by?.title,
                      integration: one.by?.integration.id === one.integration.id ? null : one.by?.integration.name,
                    }),
                    one.integration.name,
                    words.moment(one.openedAt),
                  ].join(" · ")}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
