/** On the page of an incident: what is due first by law, or that something is to be assessed. Nothing where no law binds;
 *  else always its way in, for what nobody foresaw. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useMinutes } from "../ui/now.ts";
import { obligationsQuery } from "./queries.ts";
import { useObligationWords } from "./words.ts";
import "./obligations.css";

export function IncidentObligations({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const { data } = useQuery(obligationsQuery(view, words.language));
  const at = useMinutes();
  if (!data || data.data.length === 0) return null;
  const { soonest } = data;
  const assess = data.data.filter(({ proposed }) => proposed).length;
  const assessed = data.data.filter(({ assessment }) => assessment !== null).length;
  const left = soonest && Date.parse(soonest.dueAt) - at;
  return (
    <section className="sec" aria-labelledby="obligations">
      <header>
        <h2 id="obligations">{say("title")}</h2>
        {assess > 0 && <small className="push">{say("aside.assess", { count: assess })}</small>}
      </header>
      {soonest && left !== null && (
        <p className={left < 0 ? "soonest late" : "soonest"}>
          <Icon name={left < 0 ? "cross" : "clock"} size={14} />
          <span>
            <b>{soonest.leg.name}</b> <span className="muted">{soonest.law.name}</span>
            <br />
            <time dateTime={soonest.dueAt} title={words.exact(soonest.dueAt)}>
              {left < 0
                ? say("leg.late", { length: words.lasting(-left) })
                : say("aside.left", { left: words.lasting(left), moment: words.moment(soonest.dueAt) })}
            </time>
          </span>
        </p>
      )}
      {soonest === null && assess === 0 && (
        <p className="muted">{say(assessed > 0 ? "aside.nothing" : "others.what")}</p>
      )}
      <p className="acts">
        <Link className="btn s" to="/incidents/$number/obligations" params={{ number: view.number }}>
          {say("aside.open")}
        </Link>
      </p>
    </section>
  );
}
