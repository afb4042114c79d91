/** Help that was asked for an incident, on its page: of whom, and how each stands. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { AskPanel } from "./AskPanel.tsx";
import { assistanceOfQuery } from "./queries.ts";
import { Until } from "./RequestLine.tsx";
import { partyShown, statusWords } from "./sentences.ts";
import { useAssistanceWords } from "./words.ts";
import "./assistance.css";
import { hasEnded } from "../incidents/arrangement.ts";

/** Whoever may record an incident, or takes part in this one. */
const asksFrom = 2;

export function IncidentAssistance({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const requests = useQuery(assistanceOfQuery(view.id)).data?.data ?? [];
  const [asking, setAsking] = useState(false);
  const takesPart = view.acceptedBy?.id === me.id || view.coordinator?.id === me.id || view.asked.includes(me.id);
  const mayAsk = !hasEnded(view) && ((me.level ?? 0) >= asksFrom || takesPart);
  useShortcuts(mayAsk ? { n: { act: () => setAsking(true), word: say("ask") } } : {});
  if (requests.length === 0 && !mayAsk) return null;
  const open = requests.filter(({ status }) => status === "waiting" || status === "accepted").length;
  return (
    <section className="sec" aria-labelledby="assistance">
      <header>
        <h2 id="assistance">{say("incident.title")}</h2>
        {open > 0 && <small className="push">{say("incident.open", { count: open })}</small>}
      </header>
      {requests.length === 0 && <p className="muted">{say("incident.none")}</p>}
      <ul className="helped">
        {requests.map((one) => (
          <li key={one.id}>
            <h3>
              <Link to="/assistance/$request" params={{ request: one.number }} lang={one.language}>
                {one.title}
              </Link>
            </h3>
            <p className="muted">
              {[partyShown(one)?.name, statusWords(one, say)].filter(Boolean).join(words.t("ui.semicolon"))}
            </p>
            <Until view={one} />
            {one.outcome && <blockquote>{one.outcome.text}</blockquote>}
          </li>
        ))}
      </ul>
      {mayAsk && (
        <p className="acts">
          <button className="btn s" type="button" onClick={() => setAsking(true)}>
            {say("ask")}
          </button>
        </p>
      )}
      {asking && (
        <Suspense fallback={null}>
          <AskPanel incident={view} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </section>
  );
}
