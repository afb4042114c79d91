/** The frame around every page: where one can go, who one is, whether what is shown is live, and the keys that work
 *  everywhere. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { meQuery } from "../account/queries.ts";
import { CallVoice } from "../incidents/CallVoice.tsx";
import { useOpenAct } from "../incidents/open-act.ts";
import { browserZone, useWords, useZoneChange } from "../language/words.tsx";
import { arriveByKey } from "../search/arrival.ts";
import { Announcer } from "../ui/announce.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { Toasts } from "../ui/toast.tsx";
import { useArriving } from "./arriving.ts";
import { useLive } from "./live.ts";
import { keepOfflinePage, pointToManifest } from "./offline.ts";
import { Sidebar } from "./Sidebar.tsx";
import { Tabbar, Topbar } from "./Tabbar.tsx";

const RecordPanel = lazy(() => import("../incidents/RecordPanel.tsx").then((m) => ({ default: m.RecordPanel })));
const Palette = lazy(() => import("./Palette.tsx").then((m) => ({ default: m.Palette })));
const RunAct = lazy(() => import("../incidents/RunAct.tsx").then((m) => ({ default: m.RunAct })));
const ActBeside = lazy(() => import("../incidents/ActBeside.tsx").then((m) => ({ default: m.ActBeside })));
const KeysDialog = lazy(() => import("./KeysDialog.tsx").then((m) => ({ default: m.KeysDialog })));

export function Shell() {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const live = useLive(me.streamedTo);
  useArriving();
  const navigate = useNavigate();
  const { record } = useSearch({ from: "/shell" });
  const [keys, setKeys] = useState(false);
  const [palette, setPalette] = useState(false);
  const [act, setAct] = useState<{ number: string; command: IncidentCommandName } | null>(null);
  const opened = useOpenAct();
  const setZone = useZoneChange();
  useEffect(() => setZone(me.zone || browserZone()), [me.zone, setZone]);
  const { language } = useWords();
  useEffect(() => {
    pointToManifest(language);
    keepOfflinePage(language);
  }, [language]);
  const setRecord = (on: boolean) =>
    void navigate({ to: ".", search: (old) => ({ ...old, record: on || undefined }), replace: !on });
  useShortcuts(
    {
      c: () => setRecord(true),
      "/": {
        act: () => {
          arriveByKey();
          void navigate({ to: "/search" });
        },
        word: t("search.title"),
      },
      "?": () => setKeys(true),
    },
    true,
  );
  usePaletteKey(() => setPalette(true));
  const showKeys = () => setKeys(true);
  return (
    <>
      <a className="skip" href="#content">
        {t("shell.skip")}
      </a>
      {/* Before the page: one Tab from where the panel leaves the reader. */}
      <Toasts />
      <div className="app">
        <Sidebar me={me} live={live} onKeys={showKeys} onPalette={() => setPalette(true)} />
        <Topbar live={live} />
        <main className="main" id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Tabbar me={me} live={live} onKeys={showKeys} />
      <Announcer />
      <CallVoice me={me} />
      <Suspense fallback={null}>
        {record && <RecordPanel onClose={() => setRecord(false)} />}
        {palette && (
          <Palette
            onClose={() => setPalette(false)}
            onAct={(number, command) => setAct({ number, command })}
            onKeys={showKeys}
            onRecord={() => setRecord(true)}
          />
        )}
        {opened && <ActBeside {...opened} />}
        {act && <RunAct {...act} onClose={() => setAct(null)} />}
        {keys && <KeysDialog onClose={() => setKeys(false)} />}
      </Suspense>
    </>
  );
}

/** With a modifier, so that it works while writing too, and is not switched off with single keys. */
function usePaletteKey(open: () => void): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!asked || event.key.toLowerCase() !== "k" || event.defaultPrevented) return;
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) latest.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
