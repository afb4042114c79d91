/** What is known now, and what closing still asks for. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { coordinatorRole } from "#core/incidents/coordination.ts";
import { investigationMissing } from "#core/incidents/flags.ts";
import { roleMissing } from "#core/incidents/roles.ts";
import type { Milestone } from "#core/kernel/vocabulary.ts";
import { useCategoryNames, useDomainNames } from "../directory/category-names.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Reason } from "../ui/marks.tsx";
import { Questions, Recovery } from "./Asks.tsx";
import { Attachments } from "./Attachments.tsx";
import { CommandButton } from "./CommandButton.tsx";
import { alertsQuery, incidentQuery } from "./queries.ts";
import { Restoration } from "./Restoration.tsx";
import { reasonOf } from "./reason-words.ts";
import { useStreamWords } from "./workstream-words.ts";

type Props = { view: IncidentView; onAsk: (command: IncidentCommandName) => void };

/** The act that brings each milestone. */
const brings: Readonly<Partial<Record<Milestone, IncidentCommandName>>> = {
  registered: "register",
  categorised: "categorise",
  prioritised: "confirm-priority",
  assigned: "assign",
  accepted: "accept",
  diagnosed: "record-cause",
  restored: "declare-restored",
  resolved: "declare-resolved",
  recovered: "confirm-recovery",
  documented: "complete-documentation",
};

export function Situation({ view, onAsk }: Props) {
  const { t } = useWords();
  return (
    <div className="sit">
      <section className="sec" aria-labelledby="situation">
        <header>
          <h2 id="situation">{t("situation.title")}</h2>
        </header>
        {view.description ? (
          <p className="prose" lang={view.language}>
            {view.description}
          </p>
        ) : (
          <p className="muted">{t("situation.none")}</p>
        )}
      </section>
      <Facts view={view} onAsk={onAsk} />
      <Questions view={view} />
      <Restoration view={view} />
      <Recovery view={view} />
      <Alerts view={view} />
      <Attachments view={view} />
      {view.missing.length > 0 && <Missing view={view} onAsk={onAsk} />}
    </div>
  );
}

/** Why it was found to be an incident. */
function Detection({ view: { detectedAs } }: { view: IncidentView }) {
  const { t } = useStreamWords();
  return (
    detectedAs && (
      <>
        <dt>{t("detection.title")}</dt>
        <dd>{t(`detection.${detectedAs}`)}</dd>
      </>
    )
  );
}

function Facts({ view, onAsk }: Props) {
  const words = useWords();
  const { t } = words;
  const categoryName = useCategoryNames();
  const domainName = useDomainNames(view.domains.length > 0);
  const merged = useQuery({ ...incidentQuery(view.mergedInto ?? ""), enabled: view.mergedInto !== null }).data;
  return (
    <dl className="sec facts">
      <dt>{t("facts.impact")}</dt>
      <dd>{view.impact === null ? <Unknown /> : <Weight kind="impact" level={view.impact} />}</dd>
      <dt>{t("facts.urgency")}</dt>
      <dd>{view.urgency === null ? <Unknown /> : <Weight kind="urgency" level={view.urgency} />}</dd>
      <dt>{t("facts.priority")}</dt>
      <dd>
        {view.prioritySource === null ? <Unknown /> : t(`priority.source.${view.prioritySource}`)}
        {view.priorityReasons.length > 0 && (
          <Reason label={t("ui.reason")}>
            {view.priorityReasons.map((code) => reasonOf(words, code)).join(t("ui.semicolon"))}
          </Reason>
        )}
      </dd>
      <dt>{t("facts.category")}</dt>
      <dd>
        {view.categories.length > 0 ? (
          words.list(view.categories.map(categoryName))
        ) : view.proposedCategories.length > 0 ? (
          t("facts.proposed", {
            categories: words.list(view.proposedCategories.map(categoryName)),
          })
        ) : (
          <Unknown />
        )}
      </dd>
      <dt>{t("facts.domains")}</dt>
      <dd>
        {view.domains.length > 0 && `${words.list(view.domains.map(domainName))} `}
        <button className="link" type="button" onClick={() => onAsk("set-domains")}>
          {t(view.domains.length > 0 ? "ui.change" : "facts.domains.say")}
        </button>
      </dd>
      <dt>{t("facts.service")}</dt>
      <dd>{view.service ? view.service.name : <Unknown />}</dd>
      <Detection view={view} />
      <dt>{t("facts.origin")}</dt>
      <dd>{words.find(`origin.${view.origin}`) ?? view.origin}</dd>
      {view.relapses > 0 && (
        <>
          <dt>{t("facts.relapses")}</dt>
          <dd>{view.relapses}</dd>
        </>
      )}
      {merged && (
        <>
          <dt>{t("facts.merged")}</dt>
          <dd>
            <Link to="/incidents/$number" params={{ number: merged.number }}>
              {merged.number}
            </Link>
          </dd>
        </>
      )}
      <dt>{t("facts.process")}</dt>
      <dd className="mono">{[view.process, ...view.asks.pinned].join(" + ")}</dd>
    </dl>
  );
}

export function Unknown() {
  return <span className="muted">{useWords().t("facts.unknown")}</span>;
}

export function Weight({ kind, level }: { kind: "impact" | "urgency"; level: 1 | 2 | 3 | 4 }) {
  const { t } = useWords();
  return (
    <>
      {t(`${kind}.${level}`)} <small className="muted">{t(`${kind}.${level}.hint`)}</small>
    </>
  );
}

function Alerts({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  const { data } = useQuery({
    ...alertsQuery(view.number),
    enabled: view.alerts.open > 0 || view.origin === "integration",
  });
  if (!data || data.data.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="alerts">
      <header>
        <h2 id="alerts">{t("alerts.title")}</h2>
        <small className="push">{t("alerts.open", { count: view.alerts.open })}</small>
      </header>
      <ul className="alerts">
        {data.data.map((one) => (
          <li key={one.id}>
            <p>{one.title}</p>
            <p className="hint">
              {[
                t(`alert.status.${one.status}`),
                one.integration.name,
                t("alerts.count", { count: one.count }),
                words.moment(one.lastAt),
              ].join(" · ")}
            </p>
          </li>
        ))}
      </ul>
      {data.nextCursor !== null && <p className="hint">{t("alerts.more", { count: data.data.length })}</p>}
    </section>
  );
}

export function Missing({ view, onAsk }: Props) {
  const words = useWords();
  const { t } = words;
  return (
    <section className="sec" aria-labelledby="missing">
      <header>
        <h2 id="missing">{t("missing-to-close.title")}</h2>
        <small className="push">{t("missing-to-close.count", { count: view.missing.length })}</small>
      </header>
      <ul className="missing">
        {view.missing.map((name) => {
          const command = brings[name as Milestone];
          const criterion = view.asks.criteria.find(({ id }) => id === name);
          const stream = view.workstreams.find((one) => `workstream/${one.number}` === name);
          const role = view.asks.roles.find(({ id }) => roleMissing(id) === name);
          return (
            <li key={name}>
              <Icon name="question" size={14} />
              {criterion ? (
                <CommandButton
                  view={view}
                  command="confirm-criterion"
                  start={{ criterion: name }}
                  className="link"
                  word={criterion.name}
                />
              ) : name === investigationMissing ? (
                <CommandButton view={view} command="take-investigation" className="link" />
              ) : role ? (
                <MissingRole view={view} role={role} />
              ) : stream ? (
                <CommandButton
                  view={view}
                  command="finish-workstream"
                  start={{ workstream: String(stream.number) }}
                  className="link"
                  word={t("milestone.missing.workstream", { title: stream.title })}
                />
              ) : command ? (
                <button className="link" type="button" onClick={() => onAsk(command)}>
                  {t(`command.${command}.do`)}
                </button>
              ) : (
                (words.find(`milestone.missing.${name}`) ?? name)
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Coordination has its own way of being held. */
function MissingRole({
  view,
  role: { id, name },
}: {
  view: IncidentView;
  role: IncidentView["asks"]["roles"][number];
}) {
  if (id === coordinatorRole)
    return <CommandButton view={view} command="accept-coordination" className="link" word={name} />;
  return <CommandButton view={view} command="fill-role" start={{ role: id }} className="link" word={name} />;
}
