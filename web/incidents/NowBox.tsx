/** The first second: what burns, what must I do, how long have I. The plate is for declared major incidents only, and
 *  the first thing to do has the page's only primary button. */
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { Dial } from "../ui/marks.tsx";
import { now, useMinutes, useSeconds } from "../ui/now.ts";
import { shortNumber, startOf } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import { callsNextAt, type Todo } from "./next-act.ts";
import { nextSentence } from "./next-words.ts";
import { Priority } from "./Priority.tsx";

type NowProps = { majors: readonly IncidentView[]; todo: readonly Todo[]; me: Me };

export const NowBox = memo(function NowBox({ majors, todo, me }: NowProps) {
  const { t } = useWords();
  useMinutes();
  return (
    <section
      className={majors.length === 0 ? "nowbox quiet" : todo.length === 0 ? "nowbox idle" : "nowbox"}
      aria-label={t("board.now")}
    >
      {majors.length > 0 && (
        <div className="fires plate">
          {majors.map((view) => (
            <Fire key={view.id} view={view} me={me} />
          ))}
        </div>
      )}
      <section className="todo" aria-labelledby="todo">
        <h2 id="todo">
          {t("todo.title")} <span className="muted">{t(todo.length > 0 ? "todo.order" : "todo.none")}</span>
        </h2>
        <ol>
          {todo.slice(0, todoMax).map((one, index) => (
            <TodoItem key={one.view.id} todo={one} first={index === 0} />
          ))}
        </ol>
        {todo.length > todoMax && (
          <p className="rest">
            <Link to="/" search={(old) => ({ ...old, view: "mine" as const })}>
              {t("todo.rest", { count: todo.length - todoMax })}
            </Link>
          </p>
        )}
      </section>
    </section>
  );
});

/** More would push the queue off the first screen. */
const todoMax = 3;

function Fire({ view, me }: { view: IncidentView; me: Me }) {
  const words = useWords();
  const { t } = words;
  const start = startOf(view);
  const name = view.coordinator?.name ?? view.acceptedBy?.name;
  const isMe = (view.coordinator ?? view.acceptedBy)?.id === me.id;
  return (
    <article className="fire" aria-labelledby={`fire-${view.id}`}>
      <p className="top">
        <Priority view={view} />
        <span className="chip">{t("category.major")}</span>
        <span className="id">{view.number}</span>
      </p>
      <h2 id={`fire-${view.id}`} lang={view.language}>
        <Link to="/incidents/$number" params={{ number: view.number }}>
          {view.title}
        </Link>
      </h2>
      {view.description && (
        <p className="so" lang={view.language}>
          {view.description}
        </p>
      )}
      <dl>
        <div>
          <dt>{t("board.state")}</dt>
          <dd>{t(`stage.${view.stage}`)}</dd>
        </div>
        <div>
          <dt>{t("fire.since")}</dt>
          <dd>
            <time dateTime={new Date(start).toISOString()} title={words.exact(start)}>
              {words.lasting(now() - start)} · {words.moment(start)}
            </time>
          </dd>
        </div>
        <div>
          <dt>{t("fire.coordination")}</dt>
          <dd>{isMe ? t("ui.you") : (name ?? t("ui.nobody"))}</dd>
        </div>
        <FireDue view={view} />
        <FireNext view={view} />
      </dl>
    </article>
  );
}

/** Which of its targets is due first. */
function FireDue({ view: { due } }: { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  if (due === null) return null;
  const left = Date.parse(due.at) - now();
  return (
    <div>
      <dt>{t(`clock.name.${due.target}`)}</dt>
      <dd title={words.exact(due.at)}>
        {left > 0
          ? t("clocks.left", { left: words.lasting(left) })
          : t("clocks.over", { length: words.lasting(-left) })}
        {" · "}
        {words.brief(due.at)}
      </dd>
    </div>
  );
}

function FireNext({ view }: { view: IncidentView }) {
  const words = useWords();
  const at = useSeconds();
  const until = callsNextAt(view);
  if (until === null) return null;
  return (
    <div>
      <dt>{words.t("fire.next-call")}</dt>
      <dd>
        <span className="clock">
          <Dial left={shareLeft(view, until, at)} size={18} />
          {words.left(until - at)} · {words.hour(until)}
        </span>
      </dd>
    </div>
  );
}

/** Share of the wait that is left, from the moment the latest people were called. */
export function shareLeft(view: IncidentView, until: number, at: number): number {
  const called = view.paging.called.map((one) => Date.parse(one.at));
  const from = called.length > 0 ? Math.max(...called) : startOf(view);
  return until > from ? (until - at) / (until - from) : 0;
}

function TodoItem({ todo, first }: { todo: Todo; first: boolean }) {
  const words = useWords();
  const { t } = words;
  const { view } = todo;
  const number = shortNumber(view.number, words.year());
  return (
    <li>
      {todo.until === null ? <Since view={view} /> : <Left until={todo.until} />}
      <p>
        <Link to="/incidents/$number" params={{ number: view.number }}>
          {todo.why === "next"
            ? nextSentence(words, view, todo.command)
            : t(`todo.${todo.why}`, { number: unbroken(number) })}
        </Link>
        <small>
          {todo.why === "next" && <span className="id">{number}</span>} <span lang={view.language}>{view.title}</span>
        </small>
      </p>
      <CommandButton
        view={view}
        command={todo.command}
        {...(todo.task !== undefined && { task: todo.task })}
        className={first ? "btn primary" : "btn"}
        about={number}
        word={words.find(`todo.do.${todo.command}`)}
      />
    </li>
  );
}

/** A number is never cut after its hyphen. */
const unbroken = (number: string): string => number.replaceAll("-", "-\u2060");

function Left({ until }: { until: number }) {
  const words = useWords();
  const at = useSeconds();
  return (
    <span className="left">
      {until > at ? words.left(until - at) : words.t("ui.now")}
      <small>{words.hour(until)}</small>
    </span>
  );
}

function Since({ view }: { view: IncidentView }) {
  const words = useWords();
  const start = startOf(view);
  return (
    <span className="left since">
      {words.lasting(now() - start)}
      <small>{words.brief(start)}</small>
    </span>
  );
}
