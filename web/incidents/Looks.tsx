/** The queue in one of three looks: list, board, timeline. What is chosen, filtered and held still is the same in all. */
import { getRouteApi, Link } from "@tanstack/react-router";
import { memo, useEffect, useMemo } from "react";
import type { Me } from "#contract/account.ts";
import type { BoardFilter } from "#contract/saved-views.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { arrange, byDue, groupOf, groups } from "./arrangement.ts";
import { BulkBar } from "./BulkBar.tsx";
import { Queue } from "./Queue.tsx";
import { SavedViews } from "./SavedViews.tsx";
import { StageBoard } from "./StageBoard.tsx";
import { choosingIn } from "./selection.ts";
import { columnOf, stageColumns } from "./stage-columns.ts";
import { type StillOrder, useStillOrder } from "./still-order.ts";
import { TimeChart } from "./TimeChart.tsx";
import { workGroups, workOf } from "./work.ts";

const route = getRouteApi("/shell/");

type LooksProps = Pick<BoardFilter, "view" | "look" | "by"> & {
  views: readonly IncidentView[];
  /** How many there are before the filter. */
  of: number;
  me: Me;
  /** No page of it is still to be read. */
  whole: boolean;
  cut: boolean;
  text: string;
};

/** Not drawn again for each letter that is typed, only for what it leaves. */
export const Looks = memo(function Looks({ view, look, by, views: given, of, me, whole, cut, text }: LooksProps) {
  const views = useMemo(() => (by === "due" ? given.toSorted(byDue) : given), [by, given]);
  const navigate = route.useNavigate();
  const turn = (to: "board" | "timeline" | undefined) =>
    void navigate({ search: (old) => ({ ...old, look: to }), replace: true, resetScroll: false });
  useShortcuts({ l: () => turn(undefined), b: () => turn("board"), t: () => turn("timeline") });
  const shown = `${view ?? ""} ${look ?? ""} ${by ?? ""} ${text}`;
  const common = { view, look, by, views, me, shown, whole, cut, of, text };
  if (look === "board") return <AsBoard key="board" {...common} />;
  if (look === "timeline") return <AsTimeline key="timeline" {...common} />;
  return view === "mine" ? <AsWork key="work" {...common} /> : <AsList key="list" {...common} />;
});

type LookProps = LooksProps & { shown: string };

function AsList(props: LookProps) {
  const placed = useMemo(() => arrange(props.views, groups, groupOf), [props.views]);
  const still = useStillOrder(placed, props.views, props);
  return (
    <Framed {...props} still={still}>
      <Queue still={still} groups={groups} me={props.me} shown={props.shown} />
    </Framed>
  );
}

function AsWork(props: LookProps) {
  const placed = useMemo(
    () => arrange(props.views, workGroups, (one) => workOf(one, props.me)),
    [props.views, props.me],
  );
  const still = useStillOrder(placed, props.views, props);
  return (
    <Framed {...props} still={still}>
      <Queue still={still} groups={workGroups} me={props.me} shown={props.shown} />
    </Framed>
  );
}

function AsBoard(props: LookProps) {
  const placed = useMemo(() => arrange(props.views, stageColumns, columnOf), [props.views]);
  const still = useStillOrder(placed, props.views, props);
  return (
    <Framed {...props} still={still}>
      <StageBoard still={still} me={props.me} shown={props.shown} />
    </Framed>
  );
}

const one = ["open"] as const;
const onlyOne = (): "open" => "open";

function AsTimeline(props: LookProps) {
  const placed = useMemo(() => arrange(props.views, one, onlyOne), [props.views]);
  const still = useStillOrder(placed, props.views, props);
  return (
    <Framed {...props} still={still}>
      <TimeChart still={still} me={props.me} shown={props.shown} />
    </Framed>
  );
}

type FramedProps = LookProps & { still: StillOrder<string>; children: React.ReactNode };

function Framed({ still, view, views, of, cut, text, children }: FramedProps) {
  const { t } = useWords();
  const { order, waiting, renew, holders } = still;
  useEffect(() => choosingIn(order.map(({ id }) => id)), [order]);
  /* Its head and its bar belong to it: on the way to a button no row moves either. */
  return (
    <div {...holders}>
      <div className="listhead">
        <h2>{t("board.queue")}</h2>
        {(waiting.fresh > 0 || waiting.moved) && (
          <button className="pill" type="button" onClick={renew}>
            {waiting.fresh > 0 ? t("board.fresh", { count: waiting.fresh }) : t("board.moved")}
          </button>
        )}
        {text !== "" && <p className="muted">{t("board.found", { count: views.length, of })}</p>}
        {cut && <p className="muted">{t("board.truncated")}</p>}
        <div className="push">
          <SavedViews />
          <OrderSwitch />
          <LookSwitch />
        </div>
      </div>
      {order.length === 0 ? <Nothing of={of} text={text} view={view} /> : children}
      <BulkBar shown={views} />
    </div>
  );
}

const looks = [
  { look: undefined, word: "look.list" },
  { look: "board", word: "look.board" },
  { look: "timeline", word: "look.timeline" },
] as const;

function LookSwitch() {
  const { t } = useWords();
  return (
    <nav className="seg looks" aria-label={t("look.choose")}>
      {looks.map(({ look, word }) => (
        <Link
          key={word}
          to="/"
          search={(old) => ({ ...old, look })}
          replace
          resetScroll={false}
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{ "aria-current": "true" }}
        >
          {t(word)}
        </Link>
      ))}
    </nav>
  );
}

/** As a box that is ticked: it says which order it is, and the other is one press away. */
function OrderSwitch() {
  const { t } = useWords();
  const { by } = route.useSearch();
  return (
    <Link
      className="by-due"
      role="switch"
      aria-checked={by === "due"}
      to="/"
      search={(old) => ({ ...old, by: by === "due" ? undefined : ("due" as const) })}
      replace
      resetScroll={false}
    >
      <Icon name="clock" size={14} />
      {t("board.by-due")}
    </Link>
  );
}

/** An empty list says why, and what to do about it. */
function Nothing({ of, text, view }: Pick<LooksProps, "of" | "text" | "view">) {
  const { t } = useWords();
  const why = text !== "" && of > 0 ? "filter" : view === "mine" ? "mine" : view === "major" ? "major" : "filter";
  return (
    <div className="empty sec nothing">
      <p>{t(`none.${why}`, { text, of })}</p>
      {text !== "" && (
        <Link className="btn s" to="/" search={({ q: _, ...old }) => old}>
          {t("none.clear")}
        </Link>
      )}
      {text === "" && view !== undefined && (
        <Link className="btn s" to="/" search={({ view: _, ...old }) => old}>
          {t("none.all")}
        </Link>
      )}
    </div>
  );
}
