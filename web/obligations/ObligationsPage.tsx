/** What laws want told of one incident: what is due first in front, each law with its reasons, its facts, and its legs. The desk prepares
 *  and reminds; somebody submits, and records it here. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { meQuery } from "../account/queries.ts";
import { titleOf } from "../incidents/IncidentPage.tsx";
import { Priority } from "../incidents/Priority.tsx";
import { incidentQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { ActDialog, type Acting } from "./ActDialog.tsx";
import { AssessDialog } from "./AssessDialog.tsx";
import { LawSection } from "./LawSection.tsx";
import { type ObligationView, obligationsQuery } from "./queries.ts";
import { useObligationWords } from "./words.ts";
import "./obligations.css";

const route = getRouteApi("/shell/incidents/$number/obligations");

export function ObligationsPage() {
  const words = useWords();
  const { t: say } = useObligationWords();
  const { number } = route.useParams();
  const { data: view } = useSuspenseQuery(incidentQuery(number));
  const { data } = useQuery(obligationsQuery(view, words.language));
  const navigate = useNavigate();
  useShortcuts({
    v: { act: () => void navigate({ to: "/incidents/$number", params: { number } }), word: say("back") },
  });
  return (
    <>
      <title>{`${say("title")} · ${titleOf(words, view)}`}</title>
      <div className="bar">
        <h1>{say("title")}</h1>
        <div className="push acts">
          <Link className="btn s" to="/registers">
            {say("registers.title")}
          </Link>
          <Link className="btn s" to="/incidents/$number" params={{ number }}>
            {say("back")} <kbd>V</kbd>
          </Link>
        </div>
      </div>
      <div className="page obligations">
        <header className="about-incident">
          <p>
            <Priority view={view} /> <span className="id">{view.number}</span> <b lang={view.language}>{view.title}</b>
          </p>
          <p className="hint">{say("what")}</p>
        </header>
        {data && <Laws view={view} laws={data.data} />}
      </div>
    </>
  );
}

type Doing = { readonly law: string; readonly act: Acting | { readonly kind: "assess" } };

function Laws({ view, laws }: { view: IncidentView; laws: readonly ObligationView[] }) {
  const { t: say } = useObligationWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const [doing, setDoing] = useState<Doing | null>(null);
  if (laws.length === 0) return <Empty keeper={me.admin || (me.level ?? 0) >= 5} />;
  const law = laws.find(({ id }) => id === doing?.law);
  const front = laws.filter(({ assessment, proposed }) => assessment !== null || proposed);
  const others = laws.filter((one) => !front.includes(one));
  const acts = (one: ObligationView) => (act: Doing["act"]) => setDoing({ law: one.id, act });
  return (
    <>
      {front.map((one) => (
        <LawSection key={one.id} view={view} law={one} onAct={acts(one)} />
      ))}
      {others.length > 0 && (
        <section className="sec" aria-labelledby="others">
          <header>
            <h2 id="others">{say("others")}</h2>
            <small className="muted">{say("others.what")}</small>
          </header>
          <ul className="lines">
            {others.map((one) => (
              <li key={one.id}>
                <span>
                  {one.name} <small className="muted">{one.source}</small>
                </span>
                <button className="btn s" type="button" onClick={() => acts(one)({ kind: "assess" })}>
                  {say("assess")} <span className="vh">{one.name}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {law && doing?.act.kind === "assess" && <AssessDialog view={view} law={law} onClose={() => setDoing(null)} />}
      {law && doing && doing.act.kind !== "assess" && (
        <ActDialog view={view} law={law} acting={doing.act} onClose={() => setDoing(null)} />
      )}
    </>
  );
}

function Empty({ keeper }: { keeper: boolean }) {
  const { t: say } = useObligationWords();
  return (
    <div className="empty">
      <b>{say("empty.title")}</b>
      <p>{say("empty.what")}</p>
      <p className="acts">
        <Link className={keeper ? "btn primary" : "btn s"} to="/laws">
          {say(keeper ? "empty.choose" : "empty.see")}
        </Link>
      </p>
    </div>
  );
}
