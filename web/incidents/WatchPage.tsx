/** Everything under way at one glance, for whoever watches: what says nothing first, then the rest by weight. Read by keyboard as
 *  the board is. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { Watched } from "#contract/coordination.ts";
import { spanMax } from "#core/incidents/roles.ts";
import { silenceMinutes } from "#core/incidents/silence.ts";
import { minuteMs } from "#core/kernel/time.ts";
import { useCockpitWords } from "../cockpit/words.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { shortNumber } from "./arrangement.ts";
import { Priority } from "./Priority.tsx";
import { watchQuery } from "./queries.ts";
import { RowLink } from "./RowLink.tsx";
import { useRowKeys } from "./row-keys.ts";
import "./watch.css";

export function WatchPage() {
  const { t: own } = useCockpitWords();
  const { lasting } = useWords();
  const after = (priority: 1 | 2 | 3) => lasting(silenceMinutes(priority) * minuteMs);
  const { data: watch } = useSuspenseQuery(watchQuery());
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  useMinutes();
  const { counts, data } = watch;
  const silent = data.filter((one) => one.silent);
  const heard = data.filter((one) => !one.silent);
  const figures = [
    { word: own("watch.count", { count: counts.underWay }), bad: false },
    { word: own("watch.silent", { count: counts.silent }), bad: counts.silent > 0 },
    { word: own("watch.uncoordinated", { count: counts.uncoordinated }), bad: false },
    { word: own("watch.overdue", { count: counts.overdue }), bad: counts.overdue > 0 },
  ];
  return (
    <>
      <title>{`${own("watch.title")} · ${own("watch.silent", { count: counts.silent })} · Tocsin`}</title>
      <div className="bar">
        <h1>{own("watch.title")}</h1>
        <ul className="watch-figures">
          {figures.map(({ word, bad }) => (
            <li key={word} className={bad ? "bad" : undefined}>
              {word}
            </li>
          ))}
        </ul>
        <Link className="btn s push" to="/wall" target="_blank">
          {own("wall.title")}
        </Link>
      </div>
      <div className="page watch" ref={list}>
        <p className="muted">{own("watch.what", { first: after(1), second: after(2), third: after(3) })}</p>
        {data.length === 0 && <p className="empty">{own("watch.none")}</p>}
        <Group id="silent" all={silent} />
        <Group id="heard" all={heard} />
        {watch.truncated && <p className="muted">{own("watch.truncated", { count: data.length })}</p>}
      </div>
    </>
  );
}

function Group({ id, all }: { id: "silent" | "heard"; all: readonly Watched[] }) {
  const { t: own } = useCockpitWords();
  if (all.length === 0) return null;
  return (
    <section className="sec" aria-labelledby={`watch-${id}`}>
      <header>
        <h2 id={`watch-${id}`}>{own(`watch.group.${id}`)}</h2>
        <small className="push">{all.length}</small>
      </header>
      <ul className="watched">
        {all.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ one }: { one: Watched }) {
  const words = useWords();
  const { t } = words;
  const { t: own } = useCockpitWords();
  const { next, unfilled, span, tasks, workstreams } = one;
  const warnings = [
    workstreams.open > 0 && own("watch.workstreams", workstreams),
    unfilled.length > 0 && own("watch.unfilled", { count: unfilled.length }),
    span && t(`roles.span.${span.of}`, { name: span.person.name, count: span.count, max: spanMax }),
  ].filter((text) => typeof text === "string") as string[];
  return (
    <li className={one.silent ? "silent" : undefined}>
      <span className="w-p">
        <Priority view={one} list />
      </span>
      <span className="w-t">
        <RowLink view={one} />
        <small>
          <span className="id">{shortNumber(one.number, words.year())}</span> ·{" "}
          {[one.service?.name, t(`stage.${one.stage}`)].filter(Boolean).join(" · ")}
        </small>
        {warnings.length > 0 && <small title={unfilled.join(", ")}>{warnings.join(" ")}</small>}
      </span>
      <span className="w-h">
        <time dateTime={one.heardAt} title={words.exact(one.heardAt)}>
          {one.silent && <Icon name="fault" size={14} />}
          {own("watch.heard", { ago: words.lasting(now() - Date.parse(one.heardAt)) })}
        </time>
        <small>{own("watch.limit", { limit: words.lasting(one.silentAfterMinutes * minuteMs) })}</small>
      </span>
      <span className="w-c">
        <span className="vh">{own("watch.coordination")} </span>
        <Coordination one={one} />
      </span>
      <span className="w-n">
        {next
          ? t(`deadline.${next.what}`, {
              at: words.moment(next.at),
              number: next.number ?? 0,
              target: next.target && t(`clock.name.${next.target}`),
            })
          : ""}
        {tasks.open > 0 && (
          <small className={tasks.overdue > 0 ? "late" : undefined}>{own("watch.tasks", tasks)}</small>
        )}
      </span>
    </li>
  );
}

function Coordination({ one: { coordinator, coordinationWanted, offeredTo, acceptedBy } }: { one: Watched }) {
  const { t } = useWords();
  const { t: own } = useCockpitWords();
  const who = coordinator?.name ?? (coordinationWanted ? own("watch.wanted") : t("ui.nobody"));
  const with_ = acceptedBy && acceptedBy.id !== coordinator?.id ? `${acceptedBy.name} · ` : "";
  return (
    <>
      {!coordinator && with_}
      {who}
      {offeredTo && <small>{own("watch.offered", { name: offeredTo.name })}</small>}
    </>
  );
}
