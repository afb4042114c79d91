/** The board: what burns, what is mine to do, then the queue. Its filter and its view are in the address. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useDeferredValue, useRef } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { meQuery } from "../account/queries.ts";
import { Trouble } from "../checklist/Trouble.tsx";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useMinutes } from "../ui/now.ts";
import { useShortcuts } from "../ui/shortcuts.ts";
import { useWide } from "../ui/wide.ts";
import { isMajor, matches } from "./arrangement.ts";
import { BoardEmpty } from "./BoardEmpty.tsx";
import { EndedList } from "./EndedList.tsx";
import { NowBox } from "./NowBox.tsx";
import { todoOf } from "./next-act.ts";
import { Queue } from "./Queue.tsx";
import { boardQuery } from "./queries.ts";
import "./board.css";
import "./queue.css";

const route = getRouteApi("/shell/");

export function BoardPage() {
  const { t } = useWords();
  useMinutes();
  const { data: board } = useSuspenseQuery(boardQuery());
  const { data: me } = useSuspenseQuery(meQuery());
  const { view, q = "" } = route.useSearch();
  const wide = useWide();
  const text = useDeferredValue(q);
  const majors = board.data.filter(isMajor);
  const todo = todoOf(board.data, me);
  const mine = board.data.filter((one) => isMine(one, me.id, todo));
  const chosen = view === "mine" ? mine : view === "major" ? majors : board.data;
  const shown = chosen.filter((one) => matches(one, text));
  const critical = board.data.filter((one) => one.priority === 1).length;
  return (
    <>
      <title>{`${t("board.heading", { critical, open: board.counts.open })} · ${t("shell.incidents")} · Tocsin`}</title>
      <Head counts={{ open: board.counts.open, mine: mine.length, major: majors.length }} filters={wide} />
      {me.admin && <Trouble />}
      {view !== "ended" && (majors.length > 0 || todo.length > 0) && <NowBox majors={majors} todo={todo} me={me} />}
      <div className="page">
        {/* On a phone the first screen is for what burns and for the act to do: the filter goes with what it filters. */}
        {!wide && <Filter />}
        {view === "ended" ? (
          <EndedList text={text} />
        ) : board.data.length === 0 ? (
          <BoardEmpty />
        ) : (
          <Queue views={shown} me={me} truncated={board.truncated} shown={`${view ?? ""} ${text}`} />
        )}
      </div>
    </>
  );
}

const isMine = (view: IncidentView, id: string, todo: ReturnType<typeof todoOf>): boolean =>
  [view.assigned?.id, view.acceptedBy?.id, view.coordinator?.id].includes(id) ||
  todo.some((one) => one.view.id === view.id);

type HeadProps = { counts: { open: number; mine: number; major: number }; filters: boolean };

function Head({ counts, filters }: HeadProps) {
  const { t } = useWords();
  const tabs = [
    { view: undefined, word: t("board.view.open"), count: counts.open },
    { view: "mine", word: t("board.view.mine"), count: counts.mine },
    { view: "major", word: t("board.view.major"), count: counts.major },
    { view: "ended", word: t("board.view.ended"), count: undefined },
  ] as const;
  return (
    <div className="head">
      <h1>{t("shell.incidents")}</h1>
      <nav className="tabs" aria-label={t("board.views")}>
        {tabs.map((tab) => (
          <Link
            key={tab.word}
            to="/"
            search={(old) => ({ ...old, view: tab.view })}
            activeOptions={{ exact: true, includeSearch: true }}
            activeProps={{ "aria-current": "page" }}
          >
            {tab.word} {tab.count !== undefined && <span>{tab.count}</span>}
          </Link>
        ))}
      </nav>
      <div className="push">
        {filters && <Filter />}
        <Link className="btn" to="." search={(old) => ({ ...old, record: true })}>
          {t("shell.record")} <kbd>C</kbd>
        </Link>
      </div>
    </div>
  );
}

function Filter() {
  const { t } = useWords();
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.select() });
  const change = (text: string) =>
    void navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true, resetScroll: false });
  return (
    <label className="field filter">
      <Icon name="search" />
      <span className="vh">{t("board.filter")}</span>
      <input
        ref={field}
        type="search"
        value={q}
        placeholder={t("board.filter.hint")}
        autoComplete="off"
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <span aria-hidden="true">
        <kbd>/</kbd>
      </span>
    </label>
  );
}
