/** What changes on the desk reaches the page by itself: the stream gives ids only, and what shows them is read again. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { followRows } from "../incidents/open-incidents.ts";
import { now } from "../ui/now.ts";

/** A storm of events reads what changed once in this time, not once each; what comes after a silence is read at once, with what
 *  comes in the same breath. */
const gatherMs = 400;
const breathMs = 30;
const reconnectMs = 5_000;
/** The server is heard every fifteen seconds. A network that goes away says nothing: after this long without a word the
 *  stream is lost, whatever the browser believes. */
const silenceMs = 40_000;

export type Live = { readonly connected: boolean; readonly since: number };

/** `after`: how far the stream had come before anything shown was read, so that nothing falls between the two. */
export function useLive(after: string): Live {
  const client = useQueryClient();
  const [begun] = useState(after);
  const [live, setLive] = useState<Live>(() => ({ connected: true, since: now() }));
  useEffect(
    () =>
      follow(client, begun, (connected) =>
        setLive((old) => (old.connected === connected ? old : { connected, since: now() })),
      ),
    [client, begun],
  );
  return live;
}

/** Until the answer is called. */
function follow(client: QueryClient, after: string, mark: (connected: boolean) => void): () => void {
  let stream: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let lost = false;
  const gathered = gather(client);
  const lose = () => {
    lost = true;
    mark(false);
  };
  const hear = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      lose();
      connect();
    }, silenceMs);
  };
  const close = () => {
    stream?.close();
    clearTimeout(again);
    clearTimeout(silence);
  };
  const connect = () => {
    close();
    const opened = new EventSource(`/api/v1/stream?${new URLSearchParams({ after })}`);
    stream = opened;
    hear();
    opened.onopen = () => {
      hear();
      mark(true);
      if (lost) gathered.everything();
      lost = false;
    };
    opened.onmessage = (event) => {
      hear();
      gathered.take(String(event.data));
    };
    opened.addEventListener("beat", hear);
    opened.addEventListener("reset", () => gathered.everything());
    opened.onerror = () => {
      lose();
      if (opened.readyState !== EventSource.CLOSED) return;
      close();
      again = setTimeout(connect, reconnectMs);
    };
  };
  /* The device says at once that it has no network, and that it has one again. */
  const onOffline = () => {
    close();
    lose();
  };
  connect();
  addEventListener("offline", onOffline);
  addEventListener("online", connect);
  return () => {
    close();
    removeEventListener("offline", onOffline);
    removeEventListener("online", connect);
    gathered.stop();
  };
}

function gather(client: QueryClient) {
  const ids = new Set<string>();
  let assistance = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushedAt = -gatherMs;
  const flush = () => {
    timer = undefined;
    flushedAt = performance.now();
    const touched = new Set(ids);
    ids.clear();
    if (assistance) void client.invalidateQueries({ queryKey: ["assistance"] });
    assistance = false;
    if (touched.size === 0) return;
    void followRows(client, [...touched]);
    for (const key of ["outbox", "every-alert", "my-work"]) void client.invalidateQueries({ queryKey: [key] });
    for (const query of client.getQueryCache().findAll({ queryKey: ["incident"] })) {
      const shown = query.state.data as { id?: string } | undefined;
      if (!shown?.id || !touched.has(shown.id)) continue;
      for (const key of ["incident", "timeline", "process", "alerts", "attachments"]) {
        void client.invalidateQueries({ queryKey: [key, query.queryKey[1]] });
      }
    }
  };
  return {
    take: (data: string) => {
      const id = /"incident"\s*:\s*"([^"]+)"/.exec(data)?.[1];
      const ofAssistance = /"assistance(-rules)?"\s*:/.test(data);
      if (id === undefined && !ofAssistance) return;
      assistance ||= ofAssistance;
      if (id !== undefined) ids.add(id);
      timer ??= setTimeout(flush, Math.max(breathMs, flushedAt + gatherMs - performance.now()));
    },
    everything: () => void client.invalidateQueries(),
    stop: () => clearTimeout(timer),
  };
}
