/** The board: what burns, what is mine to do, then the queue. Its filter, its view and its look are in the address. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, startTransition, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { NotUnderstood } from "../search/NotUnderstood.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useRestedText } from "../ui/rested.ts";
import { useShortcuts } from "../ui/shortcuts.ts";
import { Views } from "../ui/Views.tsx";
import { useWide } from "../ui/wide.ts";
import { isMajor } from "./arrangement.ts";
import { BoardEmpty } from "./BoardEmpty.tsx";
import { EndedList } from "./EndedList.tsx";
import { Looks } from "./Looks.tsx";
import { NowBox } from "./NowBox.tsx";
import { todoOf } from "./next-act.ts";
import { boardShownMax, useWholeBoard } from "./open-incidents.ts";
import { boardQuery } from "./queries.ts";
import { useBoardFilter } from "./use-board-filter.ts";
import { workOf } from "./work.ts";
import "./board.css";
import "./queue.css";

const route = getRouteApi("/shell/");

const Trouble = lazy(() => import("../checklist/Trouble.tsx").then((m) => ({ default: m.Trouble })));

export function BoardPage() {
  const { t } = useWords();
  const { data: board } = useSuspenseQuery(boardQuery());
  const { data: me } = useSuspenseQuery(meQuery());
  const search = route.useSearch();
  /* The tab and the switch answer at once; the list follows, and lets keys through meanwhile. */
  const view = useDeferredValue(search.view);
  const look = useDeferredValue(search.look);
  const wide = useWide();
  const [text, setText] = useState(search.q ?? "");
  const filter = useBoardFilter(text, me.id);
  useWholeBoard(board);
  const { data: views } = board;
  const majors = useMemo(() => views.filter(isMajor), [views]);
  const todo = useMemo(() => todoOf(views, me), [views, me]);
  const mine = useMemo(() => views.filter((one) => workOf(one, me) !== null), [views, me]);
  const chosen = view === "mine" ? mine : view === "major" ? majors : views;
  const shown = useMemo(() => chosen.filter(filter.holds), [chosen, filter]);
  const critical = useMemo(() => views.filter((one) => one.priority === 1).length, [views]);
  /* What is not as usual: pages side by side are told apart. */
  const unusual = [view && t(`board.view.${view}`), look && t(`look.${look}`), search.q];
  const title = [t("shell.incidents"), ...unusual].filter(Boolean).join(", ");
  const field = <Filter onText={setText} />;
  return (
    <>
      <title>{`${t("board.heading", { critical, open: board.counts.open })} · ${title} · Tocsin`}</title>
      <Head counts={{ open: board.counts.open, mine: mine.length, major: majors.length }} filter={wide && field} />
      {me.admin && (
        <Suspense fallback={null}>
          <Trouble />
        </Suspense>
      )}
      {view !== "ended" && (majors.length > 0 || todo.length > 0) && <NowBox majors={majors} todo={todo} me={me} />}
      <div className="page">
        {/* On a phone the first screen is for what burns and for the act to do: the filter goes with what it filters. */}
        {!wide && field}
        <NotUnderstood problems={filter.problems} />
        {view === "ended" ? (
          <EndedList text={search.q ?? ""} />
        ) : views.length === 0 ? (
          <BoardEmpty />
        ) : (
          <Looks
            view={view}
            look={look}
            by={search.by}
            views={shown}
            of={chosen.length}
            me={me}
            whole={board.nextCursor === null || board.data.length >= boardShownMax}
            cut={board.truncated && board.nextCursor === null}
            text={text}
          />
        )}
      </div>
    </>
  );
}

type HeadProps = { counts: { open: number; mine: number; major: number }; filter: React.ReactNode };

function Head({ counts, filter }: HeadProps) {
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
      <Views>
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
      </Views>
      <div className="push">
        {filter}
        <Link className="btn" to="." search={(old) => ({ ...old, record: true })}>
          {t("shell.record")} <kbd>C</kbd>
        </Link>
      </div>
    </div>
  );
}

/** The letter shows at once; what it leaves of the list follows, and lets keys through meanwhile. */
function Filter({ onText }: { onText: (text: string) => void }) {
  const { t } = useWords();
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.select() });
  const [text, setText] = useRestedText(
    q,
    (kept) => void navigate({ search: (old) => ({ ...old, q: kept || undefined }), replace: true, resetScroll: false }),
  );
  useEffect(() => startTransition(() => onText(text)), [text, onText]);
  return (
    <label className="field filter">
      <Icon name="search" />
      <span className="vh">{t("board.filter")}</span>
      <input
        ref={field}
        type="search"
        value={text}
        maxLength={400}
        placeholder={t("board.filter.hint")}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
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
