import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import type { Me } from "#contract/account.ts";
import { useSignOut } from "../account/queries.ts";
import { assistanceCountsQuery } from "../assistance/queries.ts";
import { checksQuery } from "../checklist/queries.ts";
import { boardQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { Icon, type IconName, Mark } from "../ui/Icon.tsx";
import type { Live } from "./live.ts";
import { LanguageSwitch, LocaleSwitch, ThemeSwitch } from "./Preferences.tsx";

type FrameProps = { me: Me; live: Live; onKeys: () => void };

export function Sidebar({ me, live, onKeys, onPalette }: FrameProps & { onPalette: () => void }) {
  const { t } = useWords();
  return (
    <header className="side">
      <Link className="brand" to="/" aria-label={t("shell.home")}>
        <Mark />
        <span>Tocsin</span>
      </Link>
      <button className="find" type="button" onClick={onPalette} aria-haspopup="dialog">
        <Icon name="search" />
        <span>{t("palette.open")}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Places me={me} />
      <Foot me={me} live={live} onKeys={onKeys} />
    </header>
  );
}

/** Only what exists, and what this person may open. */
export function Places({ me }: { me: Me }) {
  const { t } = useWords();
  const { data: board } = useQuery(boardQuery());
  return (
    <nav className="nav" aria-label={t("shell.places")}>
      <Place to="/" icon="list" word={t("shell.incidents")} count={board?.counts.open} />
      <Place to="/my-work" icon="tray" word={t("shell.my-work")} />
      <Assistance />
      <Place to="/watch" icon="found" word={t("shell.watch")} />
      <Place to="/alerts" icon="bell" word={t("alerts.title")} />
      <Place to="/silences" icon="bell-off" word={t("shell.noise")} also={["/maintenance", "/noise-rules"]} />
      <Place to="/schedules" icon="calendar" word={t("shell.on-call")} also={["/escalation-policies"]} />
      <Place to="/services" icon="nodes" word={t("services.title")} also={["/categories"]} />
      <Place to="/registers" icon="book" word={t("shell.registers")} also={["/laws"]} />
      <Place to="/people" icon="people" word={t("shell.people")} also={["/teams", "/functions"]} />
      <hr />
      {me.admin && <Place to="/integrations" icon="plug" word={t("shell.integrations")} />}
      {me.admin && <Place to="/heartbeats" icon="pulse" word={t("shell.heartbeats")} />}
      {me.admin && <Place to="/channels" icon="phone" word={t("shell.channels")} />}
      {me.admin && <Checklist />}
      <Place to="/tokens" icon="key" word={t("shell.tokens")} />
    </nav>
  );
}

/** How many requests await this person. */
function Assistance() {
  const { t } = useWords();
  const { data } = useQuery(assistanceCountsQuery());
  const count = data && data.awaiting > 0 ? data.awaiting : undefined;
  return <Place to="/assistance" icon="hand" word={t("shell.assistance")} count={count} also={assistancePlaces} />;
}
const assistancePlaces = ["/help", "/assistance-rules"];

/** How much is left to do is said beside it, until nothing is. */
function Checklist() {
  const { t } = useWords();
  const { data } = useQuery(checksQuery());
  const left = data?.checks.filter((one) => one.state === "missing" || one.state === "warning").length ?? 0;
  return <Place to="/checklist" icon="check" word={t("shell.checklist")} count={left > 0 ? left : undefined} />;
}

type PlaceProps = {
  to:
    | "/"
    | "/watch"
    | "/my-work"
    | "/alerts"
    | "/assistance"
    | "/schedules"
    | "/services"
    | "/people"
    | "/registers"
    | "/integrations"
    | "/silences"
    | "/heartbeats"
    | "/channels"
    | "/checklist"
    | "/tokens";
  icon: IconName;
  word: string;
  count?: number | undefined;
  /** Pages that are reached from there, and belong to it. */
  also?: readonly string[];
};

function Place({ to, icon, word, count, also = [] }: PlaceProps) {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const inside =
    (useInIncident() && to === "/") ||
    also.some((one) => path.startsWith(one)) ||
    (path === "/setup" && to === "/checklist");
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === "/", includeSearch: false }}
      {...(inside && { "aria-current": "true" })}
    >
      <Icon name={icon} />
      <span>{word}</span>
      {count !== undefined && <span className="count">{count}</span>}
    </Link>
  );
}

/** An incident belongs to the board: its place stays marked while one is read. */
export function useInIncident(): boolean {
  return useLocation({ select: ({ pathname }) => pathname.startsWith("/incidents/") });
}

export function Foot({ me, live, onKeys }: FrameProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const leave = () =>
    signOut.mutate(undefined, { onSettled: () => void navigate({ to: "/sign-in", search: {}, reloadDocument: true }) });
  return (
    <div className="side-foot">
      <LiveState live={live} />
      <p>
        <strong>{me.name}</strong>
        <br />
        <span className="muted">
          {[t(me.level === null ? "level.none" : `level.${me.level as 2 | 3 | 4 | 5}`), me.admin && t("level.admin")]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <br />
        <Link className="link" to="/notifications">
          {t("shell.notifications")}
        </Link>
      </p>
      <p className="prefs">
        <LanguageSwitch />
        <LocaleSwitch />
        <ThemeSwitch />
        <button className="link" type="button" onClick={onKeys}>
          {t("keys.open")}
        </button>
        <button className="link" type="button" onClick={leave}>
          {t("shell.leave")}
        </button>
      </p>
    </div>
  );
}

/** Said only when it is not so: what is live needs no label, what is stale does. */
export function LiveState({ live }: { live: Live }) {
  const { t, hour } = useWords();
  return (
    <p className={live.connected ? "live" : "live off"} role="status">
      {live.connected ? (
        t("shell.live")
      ) : (
        <>
          <Icon name="fault" />
          {t("shell.stale", { hour: hour(live.since) })}
        </>
      )}
    </p>
  );
}
