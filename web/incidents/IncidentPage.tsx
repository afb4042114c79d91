/** One incident on one screen: what it is, what is next, what happened, who has it, what is missing to close. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { IncidentProcess } from "#contract/incidents.ts";
import type { IncidentView, TimelineEntry } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { domainsQuery, functionsQuery, peopleQuery, teamsQuery } from "../directory/queries.ts";
import { useWords, type Words } from "../language/words.tsx";
import { RestrictionBand } from "../restriction/RestrictionBand.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { ActsPanel } from "./ActsPanel.tsx";
import { Clocks } from "./Clocks.tsx";
import { CommandDialog } from "./CommandDialog.tsx";
import type { Names } from "./entry-words.ts";
import { IncidentAside } from "./IncidentAside.tsx";
import { IncidentHeader } from "./IncidentHeader.tsx";
import { MajorBand } from "./MajorBand.tsx";
import { MilestoneRail } from "./MilestoneRail.tsx";
import { NextStrip } from "./NextStrip.tsx";
import { incidentQuery, processQuery, timelineQuery } from "./queries.ts";
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
  const { number } = route.useParams();
  const { data: view } = useSuspenseQuery(incidentQuery(number));
  const { data: record } = useSuspenseQuery(timelineQuery(number));
  const names = useNames(view, record.data);
  const [acts, setActs] = useState(false);
  const [asking, setAsking] = useState<IncidentCommandName | null>(null);
  useShortcuts({
    g: () => setActs(true),
    h: { act: () => setAsking("offer-coordination"), word: words.t("keys.hand-over") },
    t: { act: () => setAsking("add-task"), word: words.t("keys.task") },
    r: { act: () => setAsking("fill-role"), word: words.t("keys.role") },
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
      <NextStrip view={view} onAsk={ask} />
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

function titleOf({ t }: Words, view: IncidentView): string {
  const { priority } = view;
  const badge =
    priority === null ? t("priority.none") : t("priority.badge", { priority, word: t(`priority.${priority}`) });
  return `${badge} · ${view.number} · ${t(`stage.${view.stage}`)} · Tocsin`;
}

/** Of questions, of their choices, and of whatever is settled. */
function askedNames(process: IncidentProcess | undefined): [string, string][] {
  const { questions = [], recovery = [], criteria = [], roles = [], pauses = [] } = process ?? {};
  return [
    ...roles.map(({ id, name }): [string, string] => [`role/${id}`, name]),
    ...[...questions, ...recovery, ...criteria, ...pauses].map(({ id, name }): [string, string] => [
      `item/${id}`,
      name,
    ]),
    ...questions.flatMap((one) => one.choices.map(({ id, name }): [string, string] => [`item/${one.id}/${id}`, name])),
  ];
}

/** Names for the ids of the record: those the incident carries, those of the directory, those its own pages name. */
function useNames(view: IncidentView, entries: readonly TimelineEntry[]): Names {
  const { language } = useWords();
  const people = useQuery(peopleQuery()).data?.data;
  const teams = useQuery(teamsQuery()).data?.data;
  const functions = useQuery(functionsQuery()).data?.data;
  const process = useQuery({ ...processQuery(view.number), enabled: view.asks.pinned.length > 0 }).data;
  const domains = useQuery({ ...domainsQuery(), enabled: entries.some(({ type }) => type.startsWith("domain.")) }).data;
  return useMemo(() => {
    const known = new Map<string, string>([["number", view.number], ...askedNames(process)]);
    for (const one of domains?.data ?? []) known.set(`domain/${one.id}`, language === "fr" ? one.nameFr : one.nameEn);
    for (const one of functions ?? []) known.set(one.id, language === "fr" ? one.nameFr : one.nameEn);
    for (const one of [...(teams ?? []), ...(people ?? [])]) known.set(one.id, one.name);
    for (const one of [view.assigned, view.acceptedBy, view.coordinator, view.service])
      if (one) known.set(one.id, one.name);
    for (const { data } of entries) {
      const { pageId, name, channel, policy } = (data ?? {}) as Partial<Record<string, unknown>>;
      if (typeof pageId === "string" && typeof name === "string") {
        known.set(`page/${pageId}`, name);
        known.set(`page-channel/${pageId}`, String(channel));
      }
      if (typeof policy === "object" && policy !== null && "id" in policy && "name" in policy) {
        known.set(String(policy.id), String(policy.name));
      }
    }
    return (id: string) => known.get(id);
  }, [view, entries, people, teams, functions, process, domains, language]);
}
