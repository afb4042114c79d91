/** One polite voice for the whole page: what changed without the reader asking is said here, once. */
import { useSyncExternalStore } from "react";

let said = "";
const waiting = new Set<() => void>();

export function announce(text: string): void {
  /* The same words again are not a change to a screen reader, unless they differ by a space it does not say. */
  said = text === said ? `${text}\u00a0` : text;
  for (const wake of waiting) wake();
}

const subscribe = (wake: () => void): (() => void) => {
  waiting.add(wake);
  return () => waiting.delete(wake);
};

export function Announcer() {
  const text = useSyncExternalStore(subscribe, () => said);
  return (
    <div className="vh" role="status" aria-live="polite">
      {text}
    </div>
  );
}
