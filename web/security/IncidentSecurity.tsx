/** Of the security of an incident, what its own page says: how the threat stands, and the way to the rest. Read from the record
 *  that the page has already. */
import { Link } from "@tanstack/react-router";
import type { IncidentView } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { threatOf } from "./threat-of.ts";
import { useSecurityWords } from "./words.ts";

type Props = { view: IncidentView; entries: readonly TimelineEntry[] };

export function IncidentSecurity({ view, entries }: Props) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const { contained, eradicated, observables, evidence } = threatOf(entries);
  const asked = view.asks.criteria.some(({ id }) => id === "contained" || id === "eradicated");
  const concerned = asked || contained || eradicated || observables + evidence > 0;
  return (
    <section className="sec" aria-labelledby="security">
      <header>
        <h2 id="security">{say("title")}</h2>
        <Link className="push" to="/incidents/$number/security" params={{ number: view.number }}>
          {say("open")} <span className="vh">{say("aside.open")}</span>
        </Link>
      </header>
      {concerned ? (
        <>
          <ul className="threat-lines">
            {[["contained", contained] as const, ["eradicated", eradicated] as const].map(([step, at]) => (
              <li key={step} className={at ? "step-done" : undefined}>
                <span className="tick" aria-hidden="true">
                  {at && <Icon name="check" size={12} />}
                </span>
                {say(at ? `threat.${step}` : `threat.${step}.todo`)}
                {at && (
                  <time className="muted" dateTime={at} title={words.exact(at)}>
                    {words.moment(at)}
                  </time>
                )}
              </li>
            ))}
          </ul>
          <p className="muted">{say("aside.count", { observables, evidence })}</p>
        </>
      ) : (
        <p className="muted">{say("aside.open")}</p>
      )}
    </section>
  );
}
