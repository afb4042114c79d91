/** What stands above every page, signed in or not: a connection in clear, and data that is made up. */
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { readDemonstration } from "#contract/demonstration.ts";
import { call } from "../client.ts";
import { useWords } from "../language/words.tsx";
import "./made-up.css";

/** Set by the server on the page that it sends: server/pages/web-app.ts. */
const plainHttp = "plainHttp" in document.documentElement.dataset;

export function Ground() {
  return (
    <>
      {plainHttp && <PlainHttp />}
      <MadeUp />
      <Outlet />
    </>
  );
}

function PlainHttp() {
  const { t } = useWords();
  return (
    <aside className="plain-http" aria-label={t("shell.security")}>
      {t("shell.plain-http")}
    </aside>
  );
}

/** A desk does not change its mind while a page is open. */
const demonstrationQuery = {
  queryKey: ["demonstration"],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(readDemonstration, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
};

function MadeUp() {
  const { t } = useWords();
  const { data } = useQuery(demonstrationQuery);
  if (!data?.demonstration) return null;
  return (
    <aside className="made-up" aria-label={t("demonstration.title")}>
      <b>{t("demonstration.title")}</b> {t("demonstration.text")}
    </aside>
  );
}
