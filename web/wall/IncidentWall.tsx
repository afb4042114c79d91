/** One incident for a whole room: nothing to press, no personal data but the names of those on duty. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { coordinatorRole } from "#core/incidents/coordination.ts";
import type { Milestone } from "#core/kernel/vocabulary.ts";
import { useFitting } from "../cockpit/fitting.ts";
import { useUpdateClock } from "../cockpit/Informed.tsx";
import { standingOf } from "../cockpit/plan.ts";
import { useCockpitWords } from "../cockpit/words.ts";
import { isMajor, shortNumber } from "../incidents/arrangement.ts";
import { clockAt } from "../incidents/clocks.ts";
import { titleOf } from "../incidents/IncidentPage.tsx";
import { Priority } from "../incidents/Priority.tsx";
import { incidentQuery, timelineQuery } from "../incidents/queries.ts";
import { latestFirst } from "../incidents/Timeline.tsx";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Dial } from "../ui/marks.tsx";
import { useMinutes, useSeconds } from "../ui/now.ts";
import { againMs, lasted } from "./WallPage.tsx";

const route = getRouteApi("/wall/incidents/$number/wall");

export function IncidentWall() {
  const words = useWords();
  const { t } = useCockpitWords();
  const { number } = route.useParams();
  const { data: view } = useSuspenseQuery({ ...incidentQuery(number), refetchInterval: againMs });
  const { data: record } = useSuspenseQuery(timelineQuery(number));
  if (view.restriction !== null) return <Kept number={view.number} />;
  const newest = record.data.toSorted(latestFirst);
  return (
    <>
      <title>{`${t("wall.title")} · ${titleOf(words, view)}`}</title>
      <Head view={view} />
      <div className="w-two">
        <Situation view={view} told={newest.find(({ type }) => type === "person.advised")} />
        <Next view={view} />
      </div>
      <Milestones view={view} />
      <div className="w-two">
        <div>
          <Objectives view={view} />
          <Decisions view={view} all={newest.filter(({ type }) => type === "decision.made")} />
        </div>
        <Roles view={view} />
      </div>
    </>
  );
}

/** A room is not among those who need to know, whoever signed in. */
function Kept({ number }: { number: string }) {
  const { t } = useCockpitWords();
  return (
    <header className="w-head w-kept">
      <title>{`${t("wall.title")} · ${number}`}</title>
      <h1>{number}</h1>
      <p>{t("wall.kept")}</p>
    </header>
  );
}

function Head({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const at = useMinutes();
  const since = Object.values(view.milestones).sort().at(-1) ?? view.updatedAt;
  const back = view.milestones.restored ?? view.milestones.resolved;
  return (
    <header className={isMajor(view) ? "w-head plate" : "w-head"}>
      <p className="w-ids">
        <Priority view={view} />
        {isMajor(view) && <span>{t("wall.major")}</span>}
        <span className="mono">{shortNumber(view.number, words.year())}</span>
        {view.exercise && <span className="chip">{words.t("exercise.mark")}</span>}
        <span className="push">
          <b>{words.t(`stage.${view.stage}`)}</b> {words.phrase("since", since)} ·{" "}
          {t(back ? "wall.lasted" : "wall.impact", { duration: words.lasting(lasted(view, at)) })}
        </span>
      </p>
      <h1 className={view.title.length > longTitle ? "w-long" : undefined} lang={view.language} title={view.title}>
        {view.title}
      </h1>
    </header>
  );
}

/** Of more than a line and a half. */
const longTitle = 70;

/** As it was last said: to the persons concerned, or by the action plan. */
function Situation({ view, told }: { view: IncidentView; told: TimelineEntry | undefined }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const planned = view.plan.at(-1);
  const byPlan = planned !== undefined && (told === undefined || planned.at > told.at);
  const text = byPlan ? planned.situation : told?.data?.text;
  const at = byPlan ? planned.at : told?.at;
  return (
    <section aria-labelledby="w-sit">
      <h2 id="w-sit">
        {t("wall.situation")}
        {at && <small>{t("wall.confirmed", { moment: words.phrase("at", at) })}</small>}
      </h2>
      {typeof text === "string" ? (
        <p className={planned ? "w-text w-short" : "w-text"} lang={view.language} title={text}>
          {text}
        </p>
      ) : (
        <p className="w-2">{t("wall.situation.none")}</p>
      )}
    </section>
  );
}

const objectivesMax = 3;

/** What the period in force is to reach. */
function Objectives({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const { running } = standingOf(view, useMinutes());
  if (!running) return null;
  return (
    <section aria-labelledby="w-obj">
      <h2 id="w-obj">
        {t("wall.objectives")}
        <small>
          {t("plan.period", { number: running.number })} · {words.phrase("until", running.until)}
        </small>
      </h2>
      <ol className="w-dec w-obj" lang={view.language}>
        {running.objectives.slice(0, objectivesMax).map((one) => (
          <li key={one}>
            <b title={one}>{one}</b>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Next({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const at = useSeconds();
  const update = useUpdateClock(view);
  const live = update && clockAt(update.clock, update.asked, at);
  const late = live?.status === "missed";
  return (
    <section className={late ? "w-next late" : "w-next"} aria-labelledby="w-next">
      <h2 id="w-next">
        {t("wall.next")}
        {update?.clock.dueAt && <small>{words.moment(update.clock.dueAt)}</small>}
      </h2>
      {live ? (
        <p className="w-time">
          {late ? <Icon name="fault" size={64} /> : <Dial left={1 - live.percent / 100} size={80} />}
          {late ? t("wall.late", { length: words.lasting(-live.leftMs) }) : words.left(live.leftMs)}
        </p>
      ) : (
        <p className="w-2">{t("wall.next.none")}</p>
      )}
    </section>
  );
}

const marksMax = 6;

/** Those reached, in their order; the latest when there are more than fit. */
function Milestones({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const reached = Object.entries(view.milestones).sort(([, a], [, b]) => Date.parse(a) - Date.parse(b));
  return (
    <ol className="w-marks" aria-label={t("wall.milestones")}>
      {reached.slice(-marksMax).map(([name, at]) => (
        <li key={name}>
          <b>{words.t(`milestone.${name as Milestone}`)}</b>
          <span title={words.exact(at)}>{words.brief(at)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Fewer where objectives stand above them. */
const decisionsMax = 4;

function Decisions({ view, all }: { view: IncidentView; all: readonly TimelineEntry[] }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const kept = view.tasks.filter(({ status }) => status !== "cancelled");
  const done = kept.filter(({ status }) => status === "done").length;
  const shown = all.slice(0, view.plan.length > 0 ? decisionsMax / 2 : decisionsMax);
  const list = useRef<HTMLOListElement>(null);
  useFitting(list, shown.map(({ seq }) => seq).join(" "));
  return (
    <section aria-labelledby="w-dec">
      <h2 id="w-dec">
        {t("wall.decisions")}
        <small>{t("wall.tasks", { done, all: kept.length })}</small>
      </h2>
      {all.length === 0 && <p className="w-2">{t("wall.decisions.none")}</p>}
      <ol className="w-dec w-fit" ref={list}>
        {shown.map(({ seq, at, data }) => (
          <li key={seq}>
            <time dateTime={at}>{words.brief(at)}</time>
            <b lang={view.language} title={String(data?.text ?? "")}>
              {String(data?.text ?? "")}
            </b>
          </li>
        ))}
      </ol>
    </section>
  );
}

const rolesMax = 6;

function Roles({ view }: { view: IncidentView }) {
  const { t } = useCockpitWords();
  const coordination = { id: coordinatorRole, name: t("wall.coordination"), holder: view.coordinator };
  const roles = [coordination, ...view.asks.roles.filter(({ id }) => id !== coordinatorRole)];
  const held = roles.filter(({ holder }) => holder !== null).length;
  const list = useRef<HTMLDListElement>(null);
  useFitting(list, roles.map(({ id }) => id).join(" "));
  return (
    <section className="w-roles" aria-labelledby="w-rol">
      <h2 id="w-rol">
        {t("wall.roles")}
        <small>{t("wall.roles.count", { held, all: roles.length })}</small>
      </h2>
      <dl className="w-fit" ref={list}>
        {roles.slice(0, rolesMax).map(({ id, name, holder }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd className={holder ? undefined : "w-open"}>{holder?.name ?? t("wall.open-role")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
