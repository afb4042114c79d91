/** One incident on one screen: what it is, what is next, what happened, who has it, what is missing to close. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { useWords, type Words } from "../language/words.tsx";
import { RestrictionBand } from "../restriction/RestrictionBand.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { ActsPanel } from "./ActsPanel.tsx";
import { Clocks } from "./Clocks.tsx";
import { CommandDialog } from "./CommandDialog.tsx";
import { FlagBands } from "./FlagBand.tsx";
import { IncidentAside } from "./IncidentAside.tsx";
import { IncidentHeader } from "./IncidentHeader.tsx";
import { InPage } from "./InPage.tsx";
import { MajorBand } from "./MajorBand.tsx";
import { MilestoneRail } from "./MilestoneRail.tsx";
import { NextStrip } from "./NextStrip.tsx";
import { useNames } from "./names.ts";
import { incidentQuery, timelineQuery } from "./queries.ts";
import { Situation } from "./Situation.tsx";
import { Timeline } from "./Timeline.tsx";
import "./rail.css";
import "./record.css";
import "./incident.css";
import "./acts.css";
import "./composer.css";
import "./work.css";

const route = getRouteApi("/shell/incidents/$number");

export function IncidentPage() {
  const words = useWords();
  const { t } = words;
  const { number } = route.useParams();
  const { data: view } = useSuspenseQuery(incidentQuery(number));
  const { data: record } = useSuspenseQuery(timelineQuery(number));
  const names = useNames(view, record.data);
  const [acts, setActs] = useState(false);
  const [asking, setAsking] = useState<IncidentCommandName | null>(null);
  const navigate = useNavigate();
  useShortcuts({
    v: {
      act: () => void navigate({ to: "/incidents/$number/cockpit", params: { number } }),
      word: t("cockpit.open"),
    },
    g: () => setActs(true),
    h: { act: () => setAsking("offer-coordination"), word: t("keys.hand-over") },
    t: { act: () => setAsking("add-task"), word: t("keys.task") },
    e: { act: () => setAsking("ask-for-help"), word: t("command.ask-for-help.do") },
    r: { act: () => setAsking("fill-role"), word: t("keys.role") },
  });
  const ask = (command: IncidentCommandName) => {
    setActs(false);
    setAsking(command);
  };
  return (
    <>
      <title>{titleOf(words, view)}</title>
      <IncidentHeader view={view} onActs={() => setActs(true)} />
      <RestrictionBand view={view} />
      <MajorBand view={view} />
      <FlagBands view={view} />
      <NextStrip view={view} onAsk={ask} />
      <InPage />
      <div className="work">
        <MilestoneRail view={view} />
        <Clocks view={view} />
        <div className="cols3">
          <Situation view={view} onAsk={ask} />
          <Timeline view={view} entries={record.data} names={names} />
          <IncidentAside view={view} entries={record.data} names={names} onAsk={ask} />
        </div>
      </div>
      {acts && <ActsPanel view={view} onAsk={ask} onClose={() => setActs(false)} />}
      {asking && <CommandDialog view={view} command={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

export function titleOf({ t }: Words, view: IncidentView): string {
  const { priority } = view;
  const badge =
    priority === null ? t("priority.none") : t("priority.badge", { priority, word: t(`priority.${priority}`) });
  return `${badge} · ${view.number} · ${t(`stage.${view.stage}`)} · Tocsin`;
}
