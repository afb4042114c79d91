/** The frame around every page: where one can go, who one is, whether what is shown is live, and the keys that work
 *  everywhere. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { meQuery } from "../account/queries.ts";
import { browserZone, useWords, useZoneChange } from "../language/words.tsx";
import { Announcer } from "../ui/announce.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { useLive } from "./live.ts";
import { keepOfflinePage, pointToManifest } from "./offline.ts";
import { Sidebar } from "./Sidebar.tsx";
import { Tabbar, Topbar } from "./Tabbar.tsx";

const RecordPanel = lazy(() => import("../incidents/RecordPanel.tsx").then((m) => ({ default: m.RecordPanel })));
const KeysDialog = lazy(() => import("./KeysDialog.tsx").then((m) => ({ default: m.KeysDialog })));

export function Shell() {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const live = useLive();
  const navigate = useNavigate();
  const { record } = useSearch({ from: "/shell" });
  const [keys, setKeys] = useState(false);
  const setZone = useZoneChange();
  useEffect(() => setZone(me.zone || browserZone()), [me.zone, setZone]);
  const { language } = useWords();
  useEffect(() => {
    pointToManifest(language);
    keepOfflinePage(language);
  }, [language]);
  const setRecord = (on: boolean) =>
    void navigate({ to: ".", search: (old) => ({ ...old, record: on || undefined }), replace: !on });
  useShortcuts({ c: () => setRecord(true), "?": () => setKeys(true) });
  const showKeys = () => setKeys(true);
  return (
    <>
      <a className="skip" href="#content">
        {t("shell.skip")}
      </a>
      <div className="app">
        <Sidebar me={me} live={live} onKeys={showKeys} />
        <Topbar live={live} />
        <main className="main" id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Tabbar me={me} live={live} onKeys={showKeys} />
      <Announcer />
      <Suspense fallback={null}>
        {record && <RecordPanel onClose={() => setRecord(false)} />}
        {keys && <KeysDialog onClose={() => setKeys(false)} />}
      </Suspense>
    </>
  );
}
