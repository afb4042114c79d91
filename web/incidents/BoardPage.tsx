/** The board: what burns, what is mine to do, then the queue. Its filter, its view and its look are in the address. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useRef } from "react";
import { meQuery } from "../account/queries.ts";
import { Trouble } from "../checklist/Trouble.tsx";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { useWide } from "../ui/wide.ts";
import { isMajor, matches } from "./arrangement.ts";
import { BoardEmpty } from "./BoardEmpty.tsx";
import { EndedList } from "./EndedList.tsx";
import { Looks } from "./Looks.tsx";
import { NowBox } from "./NowBox.tsx";
import { todoOf } from "./next-act.ts";
import { useWholeBoard } from "./open-incidents.ts";
import { boardQuery } from "./queries.ts";
import { workOf } from "./work.ts";
import "./board.css";
import "./queue.css";

const route = getRouteApi("/shell/");

export function BoardPage() {
  const { t } = useWords();
  const { data: board } = useSuspenseQuery(boardQuery());
  const { data: me } = useSuspenseQuery(meQuery());
  const search = route.useSearch();
  /* The tab and the switch answer at once; the list follows, and lets keys through meanwhile. */
  const view = useDeferredValue(search.view);
  const look = useDeferredValue(search.look);
  const wide = useWide();
  const text = useDeferredValue(search.q ?? "");
  useWholeBoard(board);
  const { data: views } = board;
  const majors = useMemo(() => views.filter(isMajor), [views]);
  const todo = useMemo(() => todoOf(views, me), [views, me]);
  const mine = useMemo(() => views.filter((one) => workOf(one, me) !== null), [views, me]);
  const chosen = view === "mine" ? mine : view === "major" ? majors : views;
  const shown = useMemo(() => chosen.filter((one) => matches(one, text)), [chosen, text]);
  const critical = useMemo(() => views.filter((one) => one.priority === 1).length, [views]);
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
        ) : views.length === 0 ? (
          <BoardEmpty />
        ) : (
          <Looks
            view={view}
            look={look}
            views={shown}
            of={chosen.length}
            me={me}
            cut={board.truncated && board.nextCursor === null}
            text={text}
          />
        )}
      </div>
    </>
  );
}

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
