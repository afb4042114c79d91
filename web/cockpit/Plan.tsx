/** The operational period in force: what is to be reached, by when; that it is over, and that none is planned, is said. */
import { Link } from "@tanstack/react-router";
import type { IncidentView } from "#contract/shapes.ts";
import { CommandButton } from "../incidents/CommandButton.tsx";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useMinutes } from "../ui/now.ts";
import { standingOf } from "./plan.ts";
import { useCockpitWords } from "./words.ts";

export function Plan({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const at = useMinutes();
  const { running, ahead, over } = standingOf(view, at);
  const shown = running ?? over;
  return (
    <section className="sec plan" aria-labelledby="plan">
      <header>
        <h2 id="plan">{t("plan.title")}</h2>
        {view.plan.length > 0 && (
          <Link className="push" to="/incidents/$number/plan" params={{ number: view.number }}>
            {t("plan.open")}
          </Link>
        )}
      </header>
      {shown && (
        <>
          <p className={running ? "plan-when" : "plan-when late"}>
            {!running && <Icon name="fault" size={14} />}
            <b>{t("plan.period", { number: shown.number })}</b>
            <span>
              {running
                ? `${words.phrase("until", running.until)} · ${t("plan.left", { left: words.lasting(Date.parse(running.until) - at) })}`
                : t("plan.over", { length: words.lasting(at - Date.parse(shown.until)) })}
            </span>
          </p>
          <ol className="objectives" lang={view.language}>
            {shown.objectives.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ol>
        </>
      )}
      {!shown && !ahead && <p className="muted">{t("plan.none")}</p>}
      {ahead && <p className="muted">{t("plan.ahead", { number: ahead.number, moment: words.moment(ahead.from) })}</p>}
      <p className="acts">
        {(running || ahead) && (
          <CommandButton view={view} command="revise-period" className="link" word={t("plan.revise")} />
        )}
        {!ahead && <CommandButton view={view} command="plan-period" className="link" word={t("plan.plan")} />}
      </p>
    </section>
  );
}
