/** What awaits whoever reads it, most pressing first: what is to be done, why it is theirs, until when. Read by keyboard as the board
 *  is; what a level decides stands apart from what is addressed by name only by its reason. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import type { AwaitedView } from "#contract/my-work.ts";
import type { IncidentView } from "#contract/shapes.ts";
import type { AwaitedOfSecurity } from "#core/kernel/security-words.ts";
import { meQuery } from "../account/queries.ts";
import { assistanceQuery } from "../assistance/queries.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { CommandButton } from "../incidents/CommandButton.tsx";
import type { Draft } from "../incidents/command-forms.ts";
import { Priority } from "../incidents/Priority.tsx";
import { boardQuery } from "../incidents/queries.ts";
import { useRowKeys } from "../incidents/row-keys.ts";
import { useStillOrder } from "../incidents/still-order.ts";
import { useWords } from "../language/words.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { type Group, groupOf, groups } from "./groups.ts";
import { myWorkQuery } from "./queries.ts";
import { useMyWorkWords } from "./words.ts";
import "./my-work.css";

export function MyWorkPage() {
  const words = useWords();
  const { t } = useMyWorkWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { data: work } = useSuspenseQuery(myWorkQuery());
  const { data: board } = useQuery(boardQuery());
  const { data: assistance } = useQuery(assistanceQuery("awaiting", true));
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  useMinutes();
  const at = now();
  const asked = assistance?.data ?? [];
  const lines = useMemo(() => work.data.map((one) => ({ ...one, id: keyOf(one) })), [work.data]);
  const { order, known, waiting, renew, holders } = useStillOrder(placedBy(lines, at), lines, {
    ...{ shown: "my-work", whole: true },
    arrived: (count) => t("mywork.arrived", { count }),
  });
  const awaited = new Set(lines.map(({ id }) => id));
  const count = lines.filter((one) => groupOf(one, at) !== "holds").length + asked.length;
  const views = new Map(board?.data.map((view) => [view.id, view]));
  const shown = (group: Group): Shown[] =>
    order.flatMap((one) => {
      const line = one.group === group ? known.get(one.id) : undefined;
      return line ? [{ line, view: views.get(line.incident.id), gone: !awaited.has(line.id) }] : [];
    });
  return (
    <div {...holders}>
      <title>{`${t("mywork.title")} · ${t("mywork.count", { count })} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("mywork.title")}</h1>
        <p className="muted">{t("mywork.count", { count })}</p>
        {(waiting.fresh > 0 || waiting.moved) && (
          <button className="pill" type="button" onClick={renew}>
            {words.t(waiting.fresh > 0 ? "board.fresh" : "board.moved", { count: waiting.fresh })}
          </button>
        )}
      </div>
      <div className="page my-work" ref={list}>
        <p className="what muted">{t("mywork.what")}</p>
        {groups.map((group) => (
          <Lines key={group} group={group} all={shown(group)} />
        ))}
        {asked.length > 0 && <Assistance all={asked} />}
        {count === 0 && (
          <div className="empty">
            <h2>{t("mywork.none.title")}</h2>
            <p>{t(`mywork.none.${me.level ?? "null"}` as "mywork.none.null")}</p>
          </div>
        )}
        {work.truncated && <p className="muted">{t("mywork.truncated")}</p>}
      </div>
    </div>
  );
}

type Line = AwaitedView & { readonly id: string };
const keyOf = ({ incident, command, number, about }: AwaitedView): string =>
  [incident.id, command, number, command === "record-submission" ? about : ""].join(" ");

const placedBy = (lines: readonly Line[], at: number) =>
  groups.flatMap((group) => lines.filter((one) => groupOf(one, at) === group).map(({ id }) => ({ id, group })));

/** `gone`: it awaits no more, and stays where it is while somebody is in the list. */
type Shown = { readonly line: Line; readonly view: IncidentView | undefined; readonly gone: boolean };

function Lines({ group, all }: { group: Group; all: readonly Shown[] }) {
  const { t } = useMyWorkWords();
  if (all.length === 0) return null;
  return (
    <section className="sec" aria-labelledby={`work-${group}`}>
      <header>
        <h2 id={`work-${group}`}>{t(`mywork.group.${group}`)}</h2>
        <small className="muted">{t(`mywork.group.${group}.note`)}</small>
        <small className="push">{all.length}</small>
      </header>
      <ul className="awaited">
        {all.map((one) => (
          <OneLine key={one.line.id} {...one} />
        ))}
      </ul>
    </section>
  );
}

function OneLine({ line: one, view, gone }: Shown) {
  const words = useWords();
  const { t } = useMyWorkWords();
  const { incident, command, about, why } = one;
  const number = shortNumber(incident.number, words.year());
  const offeredBy = command === "accept-coordination" ? about : null;
  return (
    <li className={gone ? "gone" : undefined}>
      <Until one={one} />
      <span className="a-p">
        <Priority view={incident} list />
      </span>
      <span className="a-t">
        <Link to={pageOf(command)} params={{ number: incident.number }} data-row>
          {t(`mywork.do.${command ?? "none"}`)}
          {about !== null && offeredBy === null && (
            <span className="muted" lang={incident.language}>
              {" "}
              · {about}
            </span>
          )}
        </Link>
        <small>
          <span className="id">{number}</span> <span lang={incident.language}>{incident.title}</span>
          <span className="muted">
            {" "}
            · {words.t(`stage.${incident.stage}`)} · {t(`mywork.why.${why}`, { about: offeredBy })}
          </span>
        </small>
      </span>
      <span className="a-a">
        {gone ? (
          <small className="muted">{t("mywork.gone")}</small>
        ) : isAnsweredHere(command) && view ? (
          <CommandButton
            view={view}
            command={command}
            className="btn s"
            about={number}
            {...(command === "complete-task" && one.number !== null && { task: one.number })}
            {...(command === "acknowledge-escalation" && one.number !== null && { escalation: one.number })}
            {...startOf(one)}
          />
        ) : (
          <Link className="btn s" to={pageOf(command)} params={{ number: incident.number }}>
            {t("mywork.open")} <span className="vh">{number}</span>
          </Link>
        )}
      </span>
    </li>
  );
}

type Asked = AwaitedView["command"];

/** What has a form of its own page is answered there. */
const isAnsweredHere = (command: Asked): command is Exclude<Asked, null | "record-submission" | AwaitedOfSecurity> =>
  command !== null && pageOf(command) === "/incidents/$number" && command !== "join-team";

function pageOf(command: Asked) {
  if (command === "record-submission") return "/incidents/$number/obligations";
  const ofSecurity = command === "receive-evidence" || command === "approve-disclosure";
  return ofSecurity ? "/incidents/$number/security" : "/incidents/$number";
}

/** What its form begins with, where it is about one of several. */
function startOf({ command, number }: AwaitedView): { start?: Draft } {
  if (number === null) return {};
  if (command === "review-derogation" || command === "confirm-help") return { start: { number: String(number) } };
  const ofStream = command === "accept-workstream" || command === "update-workstream";
  return ofStream ? { start: { workstream: String(number) } } : {};
}

function Until({ one: { until, target } }: { one: AwaitedView }) {
  const words = useWords();
  const { t } = useMyWorkWords();
  if (until === null) return <span className="a-u none" />;
  const left = Date.parse(until) - now();
  return (
    <time className={left < 0 ? "a-u late" : "a-u"} dateTime={until} title={words.exact(until)}>
      {left < 0 ? t("mywork.late", { left: words.lasting(-left) }) : words.lasting(left)}
      <small>
        {words.moment(until)}
        {target && ` · ${words.t(`clock.name.${target}`)}`}
      </small>
    </time>
  );
}

type Requests = readonly { id: string; number: string; title: string; language: "fr" | "en" }[];

function Assistance({ all }: { all: Requests }) {
  const words = useWords();
  const { t } = useMyWorkWords();
  return (
    <section className="sec" aria-labelledby="work-assistance">
      <header>
        <h2 id="work-assistance">{words.t("shell.assistance")}</h2>
        <small className="push">{all.length}</small>
      </header>
      <ul className="awaited">
        {all.map((one) => (
          <li key={one.id}>
            <span className="a-u none" />
            <span className="a-p" />
            <span className="a-t">
              <Link to="/assistance/$request" params={{ request: one.number }} data-row>
                {t("mywork.do.assistance")}
              </Link>
              <small>
                <span className="id">{shortNumber(one.number, words.year())}</span>{" "}
                <span lang={one.language}>{one.title}</span>
              </small>
            </span>
            <span className="a-a">
              <Link className="btn s" to="/assistance/$request" params={{ request: one.number }}>
                {t("mywork.open")} <span className="vh">{one.number}</span>
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
