/** Who has it, and who was called and why. */
import { lazy, Suspense } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { IncidentAssistance } from "../assistance/IncidentAssistance.tsx";
import { useWords } from "../language/words.tsx";
import { IncidentSecurity } from "../security/IncidentSecurity.tsx";
import "../security/security.css";
import { IncidentObligations } from "../obligations/IncidentObligations.tsx";
import { Reason } from "../ui/marks.tsx";
import { Changes } from "./Changes.tsx";
import { Checks } from "./Checks.tsx";
import { Diagnosis } from "./Diagnosis.tsx";
import { Escalations } from "./Escalations.tsx";
import { type Names, tell } from "./entry-words.ts";
import { KnownErrors } from "./KnownErrors.tsx";
import { Links } from "./Links.tsx";
import { Roles } from "./Roles.tsx";
import { Similar } from "./Similar.tsx";
import { Tasks } from "./Tasks.tsx";
import { Workstreams } from "./Workstreams.tsx";
import "./aside.css";

const IncidentContributors = lazy(() =>
  import("../contributors/IncidentContributors.tsx").then((m) => ({ default: m.IncidentContributors })),
);

const IncidentTeams = lazy(() => import("../teams/IncidentTeams.tsx").then((m) => ({ default: m.IncidentTeams })));
const IncidentSuppliers = lazy(() =>
  import("../suppliers/IncidentSuppliers.tsx").then((m) => ({ default: m.IncidentSuppliers })),
);
const IncidentImpact = lazy(() => import("../impact/IncidentImpact.tsx").then((m) => ({ default: m.IncidentImpact })));

type Props = {
  view: IncidentView;
  entries: readonly TimelineEntry[];
  names: Names;
  onAsk: (command: IncidentCommandName) => void;
};

/** Whoever is being called, before all else; then what it hurts, who does what, what is known to help, what is waited for, what is
 *  thought; then what it hangs together with. What is empty is one quiet line (aside.css). */
export function IncidentAside({ view, entries, names }: Props) {
  const { t } = useWords();
  const calling = view.paging.status === "running";
  const calls = <Calls view={view} entries={entries} names={names} />;
  return (
    <aside aria-label={t("aside.title")}>
      {calling && calls}
      <Suspense fallback={null}>
        <IncidentImpact view={view} />
      </Suspense>
      <Roles view={view} />
      <KnownErrors view={view} />
      <Suspense fallback={null}>
        <IncidentTeams view={view} />
      </Suspense>
      <Workstreams view={view} />
      <Tasks view={view} />
      <Escalations view={view} names={names} />
      <IncidentObligations view={view} />
      <Checks view={view} />
      <Diagnosis view={view} />
      <Suspense fallback={null}>
        <IncidentSuppliers view={view} />
        <IncidentContributors view={view} />
      </Suspense>
      <IncidentAssistance view={view} />
      <IncidentSecurity view={view} entries={entries} />
      <Links view={view} />
      <Similar view={view} />
      {!calling && calls}
      <Changes number={view.number} />
    </aside>
  );
}

type Call = { entry: TimelineEntry; status: string; at: string };

/** One line for each page, with what became of it last. */
function callsOf(entries: readonly TimelineEntry[]): Call[] {
  const calls = new Map<string, Call>();
  for (const entry of entries) {
    const pageId = String(entry.data?.pageId ?? "");
    if (entry.type === "page.requested") calls.set(pageId, { entry, status: "requested", at: entry.at });
    const call = calls.get(pageId);
    if (call && entry.type.startsWith("page.") && entry.type !== "page.requested") {
      calls.set(pageId, { ...call, status: entry.type.slice("page.".length), at: entry.at });
    }
  }
  return [...calls.values()].toReversed();
}

function Calls({ view, entries, names }: { view: IncidentView; entries: readonly TimelineEntry[]; names: Names }) {
  const words = useWords();
  const { t } = words;
  const calls = callsOf(entries);
  const stopped = view.paging.stoppedBecause;
  const routing = entries.find((one) => one.type === "routing.decided");
  return (
    <section className="sec" aria-labelledby="calls">
      <header>
        <h2 id="calls">{t("calls.title")}</h2>
      </header>
      <p className="callstate">
        {t(`paging.status.${view.paging.status}`)}
        {stopped &&
          view.paging.status === "stopped" &&
          `${t("ui.semicolon")}${words.find(`reason.stopped.${stopped}`) ?? stopped}`}
      </p>
      {view.paging.needed > 1 && (
        <p className="muted">
          {t("calls.acknowledged", { count: view.paging.acknowledged.length, needed: view.paging.needed })}
        </p>
      )}
      {view.paging.watchedUntil && (
        <p className="muted">{t("calls.watched", { until: words.moment(view.paging.watchedUntil) })}</p>
      )}
      {routing && <Reason label={t("ui.reason")}>{tell(words, names, routing).reasons.join(t("ui.semicolon"))}</Reason>}
      <ul className="calls">
        {calls.map(({ entry, status }) => {
          const told = tell(words, names, entry);
          return (
            <li className="call" key={entry.seq}>
              <time dateTime={entry.at} title={words.exact(entry.at)}>
                {words.brief(entry.at)}
              </time>
              <span>
                {told.text} <span className="muted">{words.find(`page.status.${status}`) ?? status}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
