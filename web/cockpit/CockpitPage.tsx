/** Everything that whoever coordinates needs at three in the morning, on one screen: how it stands, what is due next, who does
 *  what and what nobody does yet, what was decided and told, what is missing. It shows the parts of the incident's own page. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { IncidentImpact, OutageClocks } from "../impact/IncidentImpact.tsx";
import { ActsPanel } from "../incidents/ActsPanel.tsx";
import { Clocks } from "../incidents/Clocks.tsx";
import { Escalations } from "../incidents/Escalations.tsx";
import { Headed } from "../incidents/IncidentHeader.tsx";
import { titleOf } from "../incidents/IncidentPage.tsx";
import { KnownErrors } from "../incidents/KnownErrors.tsx";
import { MajorBand } from "../incidents/MajorBand.tsx";
import { NextStrip } from "../incidents/NextStrip.tsx";
import { useNames } from "../incidents/names.ts";
import { incidentQuery, timelineQuery } from "../incidents/queries.ts";
import { Roles } from "../incidents/Roles.tsx";
import { RunAct } from "../incidents/RunAct.tsx";
import { Missing, Unknown, Weight } from "../incidents/Situation.tsx";
import { openByDate, type Task, Tasks } from "../incidents/Tasks.tsx";
import { Workstreams } from "../incidents/Workstreams.tsx";
import { useWords } from "../language/words.tsx";
import { IncidentTeams } from "../teams/IncidentTeams.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { ActBar } from "./ActBar.tsx";
import { Informed } from "./Informed.tsx";
import { Fresh, Latest } from "./Latest.tsx";
import { Plan } from "./Plan.tsx";
import { useStill } from "./still.ts";
import { useCockpitWords } from "./words.ts";
import "../incidents/record.css";
import "../incidents/incident.css";
import "../incidents/acts.css";
import "../incidents/work.css";
import "./cockpit.css";

const route = getRouteApi("/shell/incidents/$number/cockpit");

export function CockpitPage() {
  const words = useWords();
  const { t } = useCockpitWords();
  const { number } = route.useParams();
  const { data: view } = useSuspenseQuery(incidentQuery(number));
  const { data: record } = useSuspenseQuery(timelineQuery(number));
  const names = useNames(view, record.data);
  const [acts, setActs] = useState(false);
  const [asking, setAsking] = useState<IncidentCommandName | null>(null);
  const navigate = useNavigate();
  useShortcuts({
    v: { act: () => void navigate({ to: "/incidents/$number", params: { number } }), word: t("cockpit.page") },
  });
  const ask = (command: IncidentCommandName) => {
    setActs(false);
    setAsking(command);
  };
  return (
    <div className="cockpit">
      <title>{`${t("cockpit.title")} · ${titleOf(words, view)}`}</title>
      <div className="cockpit-top">
        <Headed view={view}>
          <Link className="btn s" to="/incidents/$number/wall" params={{ number }} target="_blank">
            {t("cockpit.wall")}
          </Link>
          <Link className="btn s" to="/incidents/$number" params={{ number }}>
            {t("cockpit.page")} <kbd>V</kbd>
          </Link>
        </Headed>
        {view.major?.status === "proposed" && <MajorBand view={view} />}
        <NextStrip view={view} onAsk={ask} />
        <Clocks view={view} />
        <OutageClocks view={view} />
      </div>
      <div className="cockpit-cols">
        <div className="cockpit-col">
          <Now view={view} />
          <KnownErrors view={view} short />
          <IncidentImpact view={view} />
          {view.missing.length > 0 && <Missing view={view} onAsk={ask} />}
        </div>
        <div className="cockpit-col">
          <Plan view={view} />
          <Workstreams view={view} short={streamsShown} />
          <StillTasks view={view} />
          <IncidentTeams view={view} short />
          <UnderWay view={view} names={names} />
        </div>
        <div className="cockpit-col">
          <Latest number={view.number} entries={record.data} names={names} />
        </div>
        <div className="cockpit-col">
          <Informed view={view} entries={record.data} names={names} />
          <Roles view={view} short />
        </div>
      </div>
      <ActBar view={view} onAsk={ask} onActs={() => setActs(true)} />
      {acts && <ActsPanel view={view} onAsk={ask} onClose={() => setActs(false)} />}
      {asking && <RunAct number={view.number} command={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

/** As the plan last said it stands, else as it was reported. */
function Now({ view }: { view: IncidentView }) {
  const { t } = useWords();
  const text = view.plan.at(-1)?.situation ?? view.description;
  return (
    <section className="sec" aria-labelledby="situation">
      <header>
        <h2 id="situation">{t("situation.title")}</h2>
      </header>
      {text && (
        <p className="clamped" lang={view.language} title={text}>
          {text}
        </p>
      )}
      <dl className="facts">
        <dt>{t("facts.impact")}</dt>
        <dd>{view.impact === null ? <Unknown /> : <Weight kind="impact" level={view.impact} />}</dd>
        <dt>{t("facts.urgency")}</dt>
        <dd>{view.urgency === null ? <Unknown /> : <Weight kind="urgency" level={view.urgency} />}</dd>
        <dt>{t("facts.service")}</dt>
        <dd>{view.service ? view.service.name : <Unknown />}</dd>
      </dl>
    </section>
  );
}

const tasksShown = 3;
const streamsShown = 3;

function StillTasks({ view }: { view: IncidentView }) {
  const { t } = useCockpitWords();
  const { shown, fresh, renew, holders } = useStill<Task>(openByDate(view), ({ number }) => number);
  const more = shown.length - tasksShown;
  return (
    <div {...holders}>
      <Tasks view={view} short={tasksShown} order={() => shown} />
      {more > 0 && <p className="muted">{t("cockpit.tasks.more", { count: more })}</p>}
      <Fresh count={fresh} onShow={renew} />
    </div>
  );
}

function UnderWay({ view, names }: { view: IncidentView; names: Parameters<typeof Escalations>[0]["names"] }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const underWay = view.escalations.some(({ status }) => status === "requested" || status === "acknowledged");
  if (underWay || view.help.some(({ answered }) => answered === null))
    return <Escalations view={view} names={names} short />;
  return (
    <section className="sec" aria-labelledby="escalations">
      <header>
        <h2 id="escalations">{words.t("escalations.title")}</h2>
      </header>
      <p className="muted">{t("cockpit.escalations.none")}</p>
    </section>
  );
}
