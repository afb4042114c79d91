/** What changes on the desk reaches the page by itself: the stream gives ids only, and what shows them is read again. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { followRows } from "../incidents/open-incidents.ts";
import { now } from "../ui/now.ts";

/** A storm of events reads what changed once in this time, not once each. */
const gatherMs = 400;
const reconnectMs = 5_000;

export type Live = { readonly connected: boolean; readonly since: number };

export function useLive(): Live {
  const client = useQueryClient();
  const [live, setLive] = useState<Live>(() => ({ connected: true, since: now() }));
  useEffect(() => {
    let stream: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let lost = false;
    const gathered = gather(client);
    const mark = (connected: boolean) =>
      setLive((old) => (old.connected === connected ? old : { connected, since: now() }));
    const connect = () => {
      stream = new EventSource("/api/v1/stream");
      stream.onopen = () => {
        mark(true);
        if (lost) gathered.everything();
        lost = false;
      };
      stream.onmessage = (event) => gathered.take(String(event.data));
      stream.addEventListener("reset", () => gathered.everything());
      stream.onerror = () => {
        lost = true;
        mark(false);
        if (stream?.readyState !== EventSource.CLOSED) return;
        stream.close();
        again = setTimeout(connect, reconnectMs);
      };
    };
    connect();
    return () => {
      stream?.close();
      clearTimeout(again);
      gathered.stop();
    };
  }, [client]);
  return live;
}

function gather(client: QueryClient) {
  const ids = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const touched = new Set(ids);
    ids.clear();
    void followRows(client, [...touched]);
    for (const key of ["outbox", "every-alert"]) void client.invalidateQueries({ queryKey: [key] });
    for (const query of client.getQueryCache().findAll({ queryKey: ["incident"] })) {
      const shown = query.state.data as { id?: string } | undefined;
      if (!shown?.id || !touched.has(shown.id)) continue;
      for (const key of ["incident", "timeline", "alerts", "attachments"]) {
        void client.invalidateQueries({ queryKey: [key, query.queryKey[1]] });
      }
    }
  };
  return {
    take: (data: string) => {
      const id = /"incident"\s*:\s*"([^"]+)"/.exec(data)?.[1];
      if (id === undefined) return;
      ids.add(id);
      timer ??= setTimeout(flush, gatherMs);
    },
    everything: () => void client.invalidateQueries(),
    stop: () => clearTimeout(timer),
  };
}
