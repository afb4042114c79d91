/** Around what is shown on a wall: live, in the dark unless somebody chose light here, and it says by itself that it is alive. */
import { useIsFetching, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useEffect, useLayoutEffect } from "react";
import { meQuery } from "../account/queries.ts";
import { useCockpitWords } from "../cockpit/words.ts";
import { browserZone, useWords, useZoneChange } from "../language/words.tsx";
import { type Live, useLive } from "../shell/live.ts";
import { Icon, Mark } from "../ui/Icon.tsx";
import { now, useSeconds } from "../ui/now.ts";
import { readTheme } from "../ui/preferences.ts";
import "./wall.css";
import "./wall-in-a-hand.css";

export function WallFrame() {
  const { data: me } = useSuspenseQuery(meQuery());
  const live = useLive(me.streamedTo);
  const setZone = useZoneChange();
  useEffect(() => setZone(me.zone || browserZone()), [me.zone, setZone]);
  useDark();
  return (
    <main className="wall" id="content">
      <Outlet />
      <Alive live={live} />
    </main>
  );
}

function useDark(): void {
  useLayoutEffect(() => {
    if (readTheme() !== "auto") return;
    document.documentElement.dataset.theme = "dark";
    return () => {
      delete document.documentElement.dataset.theme;
    };
  }, []);
}

/** When the server was last heard with what is shown here. */
function useReceivedAt(): { readonly at: number; readonly failed: boolean } {
  const client = useQueryClient();
  useIsFetching();
  const shown = client.getQueryCache().findAll({ type: "active", predicate: ({ queryKey }) => told.has(queryKey[0]) });
  const at = Math.max(0, ...shown.map(({ state }) => state.dataUpdatedAt));
  return { at: at + now() - Date.now(), failed: shown.some(({ state }) => state.status === "error") };
}
const told: ReadonlySet<unknown> = new Set(["board", "incident"]);

function Alive({ live }: { live: Live }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const at = useSeconds();
  const received = useReceivedAt();
  const cut = !live.connected || received.failed;
  const second = `${words.hour(received.at)}:${String(Math.floor(received.at / 1_000) % 60).padStart(2, "0")}`;
  const since = live.connected ? received.at : live.since;
  return (
    <footer className={cut ? "w-foot cut" : "w-foot"}>
      <Mark />
      <span>{t("wall.read-only")}</span>
      <span className="push" role="status">
        {cut ? (
          <>
            <Icon name="fault" size={28} /> <b>{t("wall.cut", { hour: words.hour(since), received: second })}</b>
          </>
        ) : (
          <b>{t("wall.live")}</b>
        )}
      </span>
      {!cut && <span>{t("wall.received", { hour: second })}</span>}
      <time className="w-now" dateTime={new Date(at).toISOString()}>
        {words.hour(at)}
      </time>
    </footer>
  );
}
