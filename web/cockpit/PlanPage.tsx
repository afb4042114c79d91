/** The whole action plan of an incident, made to be printed: each period with what it was to reach and what was done for it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ActionPlan } from "#contract/action-plan.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { coordinatorRole } from "#core/incidents/coordination.ts";
import { CommandButton } from "../incidents/CommandButton.tsx";
import { titleOf } from "../incidents/IncidentPage.tsx";
import { Priority } from "../incidents/Priority.tsx";
import { incidentQuery } from "../incidents/queries.ts";
import { Workstreams } from "../incidents/Workstreams.tsx";
import { useWords, type Words } from "../language/words.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { planQuery } from "./queries.ts";
import { useCockpitWords } from "./words.ts";
import "./plan.css";

const route = getRouteApi("/shell/incidents/$number/plan");

export function PlanPage() {
  const words = useWords();
  const { t } = useCockpitWords();
  const { number } = route.useParams();
  const { data: view } = useSuspenseQuery(incidentQuery(number));
  const { data: plan } = useQuery(planQuery(view.number, view.seq));
  const at = useMinutes();
  return (
    <>
      <title>{`${t("plan.title")} · ${titleOf(words, view)}`}</title>
      <div className="bar">
        <h1>{t("plan.title")}</h1>
        <div className="push acts">
          <CommandButton view={view} command="plan-period" className="btn s" />
          <CommandButton view={view} command="revise-period" className="btn s" />
          <button className="btn s" type="button" onClick={() => window.print()}>
            {t("plan.print")}
          </button>
          <Link className="btn s" to="/incidents/$number/cockpit" params={{ number }}>
            {t("cockpit.title")}
          </Link>
        </div>
      </div>
      <div className="page plan-page">
        <header className="plan-about">
          <p>
            <Priority view={view} /> <span className="id">{view.number}</span> <b lang={view.language}>{view.title}</b>
          </p>
          <p className="muted">
            {words.t(`stage.${view.stage}`)} · {t("plan.printed", { moment: words.dateTime(at) })}
          </p>
        </header>
        <WhoDoes view={view} />
        <Workstreams view={view} short={view.workstreams.length} />
        {plan?.data.length === 0 && <p className="empty">{t("plan.none")}</p>}
        {plan?.data.map((one) => (
          <Period key={one.number} one={one} language={view.language} />
        ))}
        {plan && plan.carried.length > 0 && (
          <section className="sec" aria-labelledby="carried">
            <header>
              <h2 id="carried">{t("plan.carried")}</h2>
              <small className="push muted">{t("plan.carried.what")}</small>
            </header>
            <Actions tasks={plan.carried} label={t("plan.carried")} />
          </section>
        )}
      </div>
    </>
  );
}

function WhoDoes({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const roles = view.asks.roles.filter(({ id }) => id !== coordinatorRole);
  const all = [{ id: coordinatorRole, name: words.t("roles.coordinator"), holder: view.coordinator }, ...roles];
  return (
    <section className="sec" aria-labelledby="who-does">
      <header>
        <h2 id="who-does">{t("plan.who-does")}</h2>
      </header>
      <dl className="plan-roles">
        {all.map(({ id, name, holder }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd className={holder ? undefined : "muted"}>{holder?.name ?? t("plan.vacant")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type PeriodProps = { one: ActionPlan["data"][number]; language: string };

function Period({ one, language }: PeriodProps) {
  const words = useWords();
  const { t } = useCockpitWords();
  const id = `period-${one.number}`;
  const span = t("plan.span", { from: words.dateTime(one.from), until: words.dateTime(one.until) });
  return (
    <section className="sec period" aria-labelledby={id}>
      <header>
        <h2 id={id}>{t("plan.period", { number: one.number })}</h2>
        <span className={one.status === "running" ? "chip solid" : "chip"}>{t(`plan.status.${one.status}`)}</span>
        <span>{span}</span>
      </header>
      <h3>{t("plan.situation")}</h3>
      <p className="prose" lang={language}>
        {one.situation}
      </p>
      <h3>{t("plan.objectives")}</h3>
      <ol className="objectives" lang={language}>
        {one.objectives.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
      <h3>{t("plan.actions")}</h3>
      {one.tasks.length === 0 ? (
        <p className="muted">{t("plan.actions.none")}</p>
      ) : (
        <Actions tasks={one.tasks} label={span} />
      )}
      <p className="hint">
        {[
          t("plan.by", { name: one.by, moment: words.phrase("at", one.at) }),
          one.revisions > 0 && t("plan.revised", { count: one.revisions }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </section>
  );
}

function Actions({ tasks, label }: { tasks: ActionPlan["carried"]; label: string }) {
  const words = useWords();
  const { t } = useCockpitWords();
  return (
    <div className="scroll">
      <table className="tbl" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t("plan.what")}</th>
            <th scope="col">{t("plan.who")}</th>
            <th scope="col">{t("plan.due")}</th>
            <th scope="col">{t("plan.state")}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr key={task.number}>
              <td>
                <span className="id">{task.number}</span> {task.text}
              </td>
              <td>{task.owner?.name ?? words.t("tasks.nobody")}</td>
              <td>{dueOf(words, task)}</td>
              <td>{t(`plan.state.${stateOf(task)}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Task = ActionPlan["carried"][number];

const dueOf = ({ moment }: Words, { due }: Task): string => (due === null ? "–" : moment(due));

const stateOf = ({ status, due }: Task) =>
  status === "open" && due !== null && Date.parse(due) < now() ? "late" : status;
