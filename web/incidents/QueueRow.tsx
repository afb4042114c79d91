import { memo } from "react";
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { missingList } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Dial, Reason } from "../ui/marks.tsx";
import { now, useMinutes, useSeconds } from "../ui/now.ts";
import { groupOf, isMajor, shortNumber, startOf } from "./arrangement.ts";
import { askedItems } from "./asked-items.ts";
import { Choose } from "./Choose.tsx";
import { CommandButton } from "./CommandButton.tsx";
import { shareLeft } from "./NowBox.tsx";
import { callsNextAt } from "./next-act.ts";
import { calledSentence } from "./next-words.ts";
import { Priority, State } from "./Priority.tsx";
import { RowLink } from "./RowLink.tsx";

/** Drawn again only when its incident changes: the lists it stands in are long. */
export const QueueRow = memo(function QueueRow({ view, me }: { view: IncidentView; me: Me }) {
  const words = useWords();
  const { t } = words;
  const number = shortNumber(view.number, words.year());
  const waiting = groupOf(view) === "waiting";
  return (
    <li className="row">
      <Choose view={view} />
      <span className="c-p">
        <Priority view={view} list />
      </span>
      <span className="c-t">
        <RowLink view={view} />
        <small>
          <span className="id">{number}</span> {aboutOf(words, view)}
          {/* Where there is no room for a column: who has it, once somebody has. */}
          {!waiting && (
            <span className="held">
              {" · "}
              <span className="vh">{t("board.assigned")} </span>
              <Whose view={view} me={me} />
            </span>
          )}
        </small>
        {waiting && view.paging.called.length > 0 && (
          <Reason label={t("ui.reason")}>{calledSentence(words, view)}</Reason>
        )}
      </span>
      <span className="c-s">
        <State view={view} />
      </span>
      <span className="c-w">
        <span className="vh">{t("board.assigned")} </span>
        <Whose view={view} me={me} />
      </span>
      <span className="c-d">
        <Age view={view} />
      </span>
      <span className="c-n">
        <NextDue view={view} />
        {waiting && <CommandButton view={view} command="accept" className="btn s" about={number} accept />}
      </span>
    </li>
  );
});

/** How long it has lasted; it alone follows the clock. */
export function Age({ view }: { view: IncidentView }) {
  const words = useWords();
  useMinutes();
  const start = startOf(view);
  const end = view.milestones.restored ?? view.milestones.resolved;
  return (
    <>
      <time dateTime={new Date(start).toISOString()} title={words.exact(start)}>
        {words.lasting((end === undefined ? now() : Date.parse(end)) - start)}
      </time>
      <small>{words.brief(start)}</small>
    </>
  );
}

function aboutOf(words: Words, view: IncidentView): string {
  return [
    view.exercise && words.t("exercise.mark"),
    view.service?.name,
    isMajor(view) && words.t("category.major"),
    view.alerts.firing > 0 && words.t("board.firing", { count: view.alerts.firing }),
    view.milestones.restored && words.t("board.restored-at", { at: words.phrase("at", view.milestones.restored) }),
    view.relapses > 0 && words.t("board.relapses", { count: view.relapses }),
  ]
    .filter(Boolean)
    .join(" · ");
}

const leftList = (words: Words, { missing, asks }: IncidentView): string => missingList(words, missing, asks.criteria);

/** All of them are on the incident's page. */
const leftMax = 2;

function leftOf(words: Words, view: IncidentView): string {
  const { missing } = view;
  if (missing.length <= leftMax) return words.t("board.left", { missing: leftList(words, view) });
  const first = missing.slice(0, leftMax - 1);
  return words.t("board.left-more", {
    missing: missingList(words, first, askedItems(view)),
    count: missing.length - first.length,
  });
}

export function Whose({ view, me }: { view: IncidentView; me: Me }) {
  const { t } = useWords();
  const who = view.acceptedBy ?? view.assigned;
  if (!who) return <b>{t("ui.nobody")}</b>;
  return <>{who.id === me.id ? t("ui.you") : who.name}</>;
}

export function NextDue({ view }: { view: IncidentView }) {
  const words = useWords();
  const until = groupOf(view) === "restored" ? null : callsNextAt(view);
  if (until !== null) return <Until view={view} until={until} />;
  if (groupOf(view) === "restored") {
    return view.missing.length === 0 ? (
      <span>{words.t("board.ready")}</span>
    ) : (
      <span className="muted" title={words.t("board.left", { missing: leftList(words, view) })}>
        {leftOf(words, view)}
      </span>
    );
  }
  if (view.coordinationWanted) return <span>{words.t("board.coordination-wanted")}</span>;
  if (view.due !== null) return <TargetDue view={view} due={view.due} />;
  if (view.acceptedBy === null) return <span className="muted">{words.t(`paging.status.${view.paging.status}`)}</span>;
  return <span className="muted">{words.t("board.on-change")}</span>;
}

function Until({ view, until }: { view: IncidentView; until: number }) {
  const words = useWords();
  const at = useSeconds();
  const late = until <= at;
  return (
    <span className={!late && until - at <= soonMs ? "clock soon" : "clock"}>
      <Dial left={shareLeft(view, until, at)} />
      <span>
        <b>{late ? words.t("ui.now") : words.left(until - at)}</b>{" "}
        <span className="abs">{words.t("board.before-next")}</span>
      </span>
    </span>
  );
}

/** Which target is due first, and how long that leaves. */
function TargetDue({ view, due }: { view: IncidentView; due: NonNullable<IncidentView["due"]> }) {
  const words = useWords();
  const { t } = words;
  const at = useMinutes();
  const left = Date.parse(due.at) - at;
  const paused = view.paused !== null && at < Date.parse(view.paused.until);
  return (
    <span className={left <= 0 ? "target late" : "target"} title={words.exact(due.at)}>
      {left <= 0 && <Icon name="fault" size={14} />}
      <span>
        <b>{left <= 0 ? t("clocks.over", { length: words.lasting(-left) }) : words.lasting(left)}</b>{" "}
        <span className="abs">
          {[t(`clock.name.${due.target}`), paused ? t("clock.status.paused") : words.brief(due.at)].join(" · ")}
        </span>
      </span>
    </span>
  );
}

/** The last moment before more people are called deserves ink. */
const soonMs = 60_000;
