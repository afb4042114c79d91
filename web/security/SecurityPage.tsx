/** What is done for the security of one incident, on one page: the threat, what was seen of it, what is kept as evidence and by
 *  whom, and what was handed to third parties. Nothing of it yet, it says how to begin. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { SecurityCommandName } from "#core/kernel/security-words.ts";
import { Headed } from "../incidents/IncidentHeader.tsx";
import { titleOf } from "../incidents/IncidentPage.tsx";
import { incidentQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { RestrictionBand } from "../restriction/RestrictionBand.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { ActPanel, type Asked } from "./ActPanel.tsx";
import { Disclosures } from "./Disclosures.tsx";
import { EvidenceRegister } from "./EvidenceRegister.tsx";
import { Observables } from "./Observables.tsx";
import { securityQuery } from "./queries.ts";
import { Threat } from "./Threat.tsx";
import { useSecurityWords } from "./words.ts";
import "../incidents/incident.css";
import "../incidents/work.css";
import "./security.css";

const route = getRouteApi("/shell/incidents/$number/security");

const keys: Readonly<Record<string, SecurityCommandName>> = {
  o: "add-observables",
  e: "register-evidence",
  n: "add-note",
  d: "prepare-disclosure",
};

export function SecurityPage() {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const { number } = route.useParams();
  const { data: incident } = useSuspenseQuery(incidentQuery(number));
  const { data: view } = useQuery(securityQuery(number, incident.seq));
  const [asked, setAsked] = useState<Asked | null>(null);
  const navigate = useNavigate();
  const ask = (one: Asked) => setAsked(one);
  const possible = Object.entries(keys).filter(([, command]) => view?.may.includes(command));
  useShortcuts({
    v: { act: () => void navigate({ to: "/incidents/$number", params: { number } }), word: say("back") },
    ...Object.fromEntries(
      possible.map(([key, command]) => [key, { act: () => ask({ command }), word: say(`act.${command}`) }]),
    ),
  });
  return (
    <div className="security-page">
      <title>{`${say("title")} · ${titleOf(words, incident)}`}</title>
      <Headed view={incident}>
        {view?.may.includes("add-note") && (
          <button className="btn s" type="button" onClick={() => ask({ command: "add-note" })}>
            {say("act.add-note")} <kbd>N</kbd>
          </button>
        )}
        <Link className="btn s" to="/incidents/$number" params={{ number }}>
          {say("back")} <kbd>V</kbd>
        </Link>
      </Headed>
      <RestrictionBand view={incident} />
      {view && (
        <>
          <Threat view={view} language={incident.language} onAsk={ask} />
          <div className="secure">
            <div>
              <Observables view={view} language={incident.language} onAsk={ask} />
              <EvidenceRegister view={view} language={incident.language} onAsk={ask} />
            </div>
            <aside aria-label={say("disclosures")}>
              <Disclosures view={view} language={incident.language} onAsk={ask} />
            </aside>
          </div>
          {asked && <ActPanel incident={incident} view={view} asked={asked} onClose={() => setAsked(null)} />}
        </>
      )}
    </div>
  );
}
