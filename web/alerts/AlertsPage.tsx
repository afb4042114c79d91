/** What machines said, newest first, and what became of it. The filters are in the address. Under a pointer or a focus the
 *  list keeps still: what is new waits behind a button. */
import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { alertStatuses, type PlacedAlert } from "#contract/alerts.ts";
import { meQuery } from "../account/queries.ts";
import { nameIn, useNamed } from "../directory/names.ts";
import { useIntegrationNames } from "../intake/queries.ts";
import { genericCurl } from "../intake/senders.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { SelectField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { useMinutes } from "../ui/now.ts";
import { useSeldom } from "../ui/seldom.ts";
import { Views } from "../ui/Views.tsx";
import { AlertRow } from "./AlertRow.tsx";
import { everyAlertQuery } from "./queries.ts";
import "../directory/directory.css";
import "./alerts.css";

const route = getRouteApi("/shell/alerts");

export function AlertsPage() {
  const words = useWords();
  const { t } = words;
  const { status, integration, service } = route.useSearch();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    everyAlertQuery({ status, integration, service }),
  );
  useMinutes();
  const alerts = data?.pages.flatMap((page) => page.data) ?? [];
  const filtered = status !== undefined || integration !== undefined || service !== undefined;
  return (
    <>
      <title>{`${[t("alerts.title"), status && t(`alerts.tab.${status}`)].filter(Boolean).join(", ")} · Tocsin`}</title>
      <div className="bar of-list">
        <h1>{t("alerts.title")}</h1>
        <Statuses />
      </div>
      <div className="page">
        <Filters seen={alerts} />
        {error && <Fault>{failureSentence(words, error)}</Fault>}
        {data && alerts.length === 0 && (filtered ? <NothingFound /> : <NoAlertYet />)}
        {alerts.length > 0 && <List key={`${status} ${integration} ${service}`} alerts={alerts} />}
        {hasNextPage && (
          <p className="acts">
            <button
              className="btn"
              type="button"
              aria-disabled={isFetchingNextPage}
              onClick={() => !isFetchingNextPage && void fetchNextPage()}
            >
              {t("alerts.older")}
            </button>
          </p>
        )}
      </div>
    </>
  );
}

function Statuses() {
  const { t } = useWords();
  const tabs = [undefined, ...alertStatuses] as const;
  return (
    <Views>
      {tabs.map((status) => (
        <Link
          key={status ?? "all"}
          to="/alerts"
          search={(old) => ({ ...old, status })}
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{ "aria-current": "page" }}
        >
          {t(status === undefined ? "alerts.all" : `alerts.tab.${status}`)}
        </Link>
      ))}
    </Views>
  );
}

/** Sources are known from what they sent: the list of integrations is for administrators. */
function Filters({ seen }: { seen: readonly PlacedAlert[] }) {
  const { t, language } = useWords();
  const { integration = "", service = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const { services } = useNamed();
  const sources = useIntegrationNames(seen.map((one) => one.integration));
  const choose = (part: { integration?: string | undefined; service?: string | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true });
  return (
    <div className="filters">
      <SelectField
        label={t("alerts.source")}
        value={integration}
        onChange={(id) => choose({ integration: id || undefined })}
        empty={t("alerts.source.all")}
        options={sources.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        label={t("facts.service")}
        value={service}
        onChange={(id) => choose({ service: id || undefined })}
        empty={t("alerts.service.all")}
        options={services.map((one) => ({ value: one.id, label: nameIn(language, one) }))}
      />
    </div>
  );
}

function List({ alerts }: { alerts: readonly PlacedAlert[] }) {
  const { t } = useWords();
  const { shown, fresh, holding, renew } = useHeldTop(alerts);
  return (
    /* The button too: on the way to it the list keeps still. */
    <div {...holding}>
      <div className="alerts-head">
        <p className="muted">{t("alerts.newest")}</p>
        {fresh > 0 && (
          <button className="pill" type="button" onClick={renew}>
            {t("board.fresh", { count: fresh })}
          </button>
        )}
      </div>
      <ul className="alerts">
        {shown.map((one) => (
          <AlertRow key={one.id} one={one} />
        ))}
      </ul>
    </div>
  );
}

/** Ids are made in the order of time: what is above the newest that was seen is new. */
function useHeldTop(alerts: readonly PlacedAlert[]) {
  const { t } = useWords();
  const newest = alerts[0]?.id ?? "";
  const [top, setTop] = useState<string | null>(null);
  const holders = useRef(new Set<"pointer" | "focus">());
  const shown = top === null ? alerts : alerts.filter(({ id }) => id <= top);
  const fresh = alerts.length - shown.length;
  const say = useSeldom((count) => announce(t("alerts.fresh.spoken", { count })));
  const heard = useRef(newest);
  useEffect(() => {
    const count = alerts.filter(({ id }) => id > heard.current).length;
    heard.current = newest;
    if (count > 0) say(count);
  }, [alerts, newest, say]);
  const hold = (holder: "pointer" | "focus") => {
    holders.current.add(holder);
    setTop((old) => old ?? newest);
  };
  const release = (holder: "pointer" | "focus") => {
    holders.current.delete(holder);
    if (holders.current.size === 0) setTop(null);
  };
  return {
    shown,
    fresh,
    renew: () => setTop(holders.current.size > 0 ? newest : null),
    holding: {
      onMouseEnter: () => hold("pointer"),
      onMouseLeave: () => release("pointer"),
      onFocus: () => hold("focus"),
      onBlur: (event: React.FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) release("focus");
      },
    },
  };
}

function NothingFound() {
  const { t } = useWords();
  return (
    <p className="empty">
      {t("alerts.nothing-found")}{" "}
      <Link to="/alerts" search={{}}>
        {t("alerts.clear")}
      </Link>
    </p>
  );
}

/** An empty list teaches how to fill it. */
function NoAlertYet() {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  return (
    <div className="empty">
      <b>{t("alerts.none")}</b>
      {t(me.admin ? "alerts.none.text" : "alerts.none.ask")}
      <pre className="code">
        {genericCurl({ origin: location.origin, key: t("alerts.key"), title: t("empty.example") })}
      </pre>
      {me.admin && (
        <p className="acts">
          <Link className="btn" to="/integrations">
            {t("checklist.to-integrations")}
          </Link>
        </p>
      )}
    </div>
  );
}
