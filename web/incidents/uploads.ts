/** Files on their way to an incident. They outlive the panel or the page they were chosen on, one after the other, and what
 *  was refused stays in sight until its reader has read it. */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { sendFile, whyNotSend } from "../upload.ts";

export type Upload = {
  readonly id: number;
  readonly incident: string;
  readonly file: File;
  readonly state: "waiting" | "sending" | "done" | "failed";
  /** Bytes that have left. */
  readonly sent: number;
  readonly error: unknown;
};

let uploads: readonly Upload[] = [];
let lastId = 0;
let running: { readonly id: number; readonly stop: AbortController } | undefined;
const waiting = new Set<() => void>();

const isUnfinished = ({ state }: Upload): boolean => state === "waiting" || state === "sending";
const holdPage = (event: BeforeUnloadEvent): void => event.preventDefault();

function show(next: readonly Upload[]): void {
  uploads = next;
  /* To leave now would lose what has not left yet. */
  if (uploads.some(isUnfinished)) window.addEventListener("beforeunload", holdPage);
  else window.removeEventListener("beforeunload", holdPage);
  for (const wake of waiting) wake();
}

const change = (id: number, part: Partial<Upload>): void =>
  show(uploads.map((one) => (one.id === id ? { ...one, ...part } : one)));

export function attach(client: QueryClient, { id: incident }: Pick<IncidentView, "id">, files: readonly File[]): void {
  const added = files.map((file): Upload => {
    lastId += 1;
    const error = whyNotSend(file);
    return { id: lastId, incident, file, state: error ? "failed" : "waiting", sent: 0, error };
  });
  show([...uploads, ...added]);
  void sendNext(client);
}

export function attachAgain(client: QueryClient, upload: Upload): void {
  forget(upload);
  attach(client, { id: upload.incident }, [upload.file]);
}

export function forget({ id }: Pick<Upload, "id">): void {
  if (running?.id === id) running.stop.abort();
  show(uploads.filter((one) => one.id !== id));
}

export function forgetAll(incident: string): void {
  for (const one of uploads) if (one.incident === incident) forget(one);
}

async function sendNext(client: QueryClient): Promise<void> {
  const next = uploads.find(({ state }) => state === "waiting");
  if (running || !next) return;
  const { id, incident, file } = next;
  const stop = new AbortController();
  running = { id, stop };
  change(id, { state: "sending" });
  try {
    await sendFile({ incident, file, onProgress: (sent) => change(id, { sent }), signal: stop.signal });
    change(id, { state: "done", sent: file.size });
  } catch (error) {
    change(id, { state: "failed", error });
  }
  running = undefined;
  for (const key of ["attachments", "incident", "timeline"]) void client.invalidateQueries({ queryKey: [key] });
  void sendNext(client);
}

const subscribe = (wake: () => void): (() => void) => {
  waiting.add(wake);
  return () => waiting.delete(wake);
};

export function useUploads(incident: string): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => uploads).filter((one) => one.incident === incident);
}
