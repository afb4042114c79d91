/** What others add to a record while somebody reads it is heard, seldom and politely: how much, not what. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { useSeldom } from "../ui/seldom.ts";

/** `shown`: as the layer leaves them, in any order. Another record or layer begins anew. */
export function useSpokenEntries(number: string, layer: string, shown: readonly TimelineEntry[]): void {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const say = useSeldom((count) => announce(t("timeline.fresh", { count })));
  const heard = useRef<{ readonly of: string; readonly seq: number }>(null);
  useEffect(() => {
    /* What is not yet confirmed is one's own, and has no place in the order. */
    const confirmed = shown.filter((one) => one.hash !== "");
    const of = `${number} ${layer}`;
    const before = heard.current;
    heard.current = { of, seq: Math.max(0, ...confirmed.map(({ seq }) => seq)) };
    if (before?.of !== of) return;
    const fresh = confirmed.filter((one) => one.seq > before.seq && one.actor.id !== me.id).length;
    if (fresh > 0) say(fresh);
  }, [number, layer, shown, me.id, say]);
}
