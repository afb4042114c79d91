/** Of what an incident hurts, what its own page and its cockpit say: what suffers now, how long vital functions may still be out, and
 *  the way to the rest. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IncidentView } from "#contract/shapes.ts";
import { nameIn } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import { Functions } from "./Functions.tsx";
import { type ImpactView, impactQuery } from "./queries.ts";
import { useImpactWords } from "./words.ts";
import "./impact.css";

export function IncidentImpact({ view }: { view: IncidentView }) {
  const { t: say } = useImpactWords();
  const { data } = useQuery(impactQuery(view.number, view.seq));
  return (
    <section className="sec" aria-labelledby="impact-of">
      <header>
        <h2 id="impact-of">{say("title")}</h2>
        <Link className="push" to="/incidents/$number/impact" params={{ number: view.number }}>
          {say("open")} <span className="vh">{say("open.hint")}</span>
        </Link>
      </header>
      {data && <Now view={data} />}
    </section>
  );
}

function Now({ view }: { view: ImpactView }) {
  const { language } = useWords();
  const { t: say } = useImpactWords();
  const suffers = view.affected.filter(({ status }) => status !== "back");
  const hurts = view.domains.filter(({ now }) => now !== "none");
  const nothing = suffers.length + hurts.length + view.functions.length === 0;
  return (
    <>
      {nothing && <p className="muted">{say("aside.none")}</p>}
      <ul className="short-of">
        {suffers.map((one) => (
          <li key={one.service.id}>
            <span className={`status-of s-${one.status}`}>
              <i aria-hidden="true" />
              {say(`status.${one.status}`)}
            </span>
            <span>{nameIn(language, one.service)}</span>
          </li>
        ))}
        {hurts.map((one) => (
          <li key={one.domain}>
            <span className={`level-of m-${one.now}`}>
              <i aria-hidden="true" />
              {say(`magnitude.${one.now}`)}
            </span>
            <span>{nameIn(language, one)}</span>
          </li>
        ))}
      </ul>
      {view.proposed.length > 0 && <p className="muted">{say("aside.proposed", { count: view.proposed.length })}</p>}
    </>
  );
}

/** For the cockpit, beside the clocks of its targets: nothing while no vital function is hit. */
export function OutageClocks({ view }: { view: IncidentView }) {
  const { data } = useQuery(impactQuery(view.number, view.seq));
  return data ? <Functions view={data} /> : null;
}
