/** What an incident hurts, on one page: vital functions and how long they may still be out, the impact on each domain over time, the
 *  services that are affected and those that the dependencies propose. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Headed } from "../incidents/IncidentHeader.tsx";
import { titleOf } from "../incidents/IncidentPage.tsx";
import { incidentQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { RestrictionBand } from "../restriction/RestrictionBand.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { ActPanel } from "./ActPanel.tsx";
import { Curves } from "./Curves.tsx";
import type { Asked } from "./draft.ts";
import { Functions } from "./Functions.tsx";
import { Observations } from "./Observations.tsx";
import { impactQuery } from "./queries.ts";
import { Reach } from "./Reach.tsx";
import { Affected, Proposed } from "./Services.tsx";
import { useImpactWords } from "./words.ts";
import "../incidents/incident.css";
import "../incidents/work.css";
import "./impact.css";

const route = getRouteApi("/shell/incidents/$number/impact");

export function ImpactPage() {
  const words = useWords();
  const { t: say } = useImpactWords();
  const { number } = route.useParams();
  const { data: incident } = useSuspenseQuery(incidentQuery(number));
  const { data: view } = useQuery(impactQuery(number, incident.seq));
  const [asked, setAsked] = useState<Asked | null>(null);
  const navigate = useNavigate();
  const keys = (["measure-impact", "state-affected"] as const).filter((command) => view?.may.includes(command));
  useShortcuts({
    v: { act: () => void navigate({ to: "/incidents/$number", params: { number } }), word: say("back") },
    ...Object.fromEntries(
      keys.map((command) => [
        command.startsWith("measure") ? "m" : "s",
        { act: () => setAsked({ command }), word: say(`act.${command}`) },
      ]),
    ),
  });
  const part = view && { view, language: incident.language, onAsk: setAsked };
  return (
    <div className="impact-page">
      <title>{`${say("title")} · ${titleOf(words, incident)}`}</title>
      <Headed view={incident}>
        <Link className="btn s" to="/incidents/$number" params={{ number }}>
          {say("back")} <kbd>V</kbd>
        </Link>
      </Headed>
      <RestrictionBand view={incident} />
      {part && (
        <>
          <Functions view={part.view} />
          <div className="impact-body">
            <Curves view={part.view} onAsk={part.onAsk} />
            <div className="halves">
              <Affected {...part} />
              <Proposed {...part} />
            </div>
            <Reach view={part.view} />
            <Observations {...part} />
          </div>
          {asked && <ActPanel view={part.view} asked={asked} onClose={() => setAsked(null)} />}
        </>
      )}
    </div>
  );
}
