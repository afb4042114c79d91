/** What somebody has begun to write stays theirs: closing a form by mistake, looking at another page or signing in again
 *  does not lose it. Kept in this page's memory only, so that leaving Tocsin leaves nothing behind. */
import { useRef, useSyncExternalStore } from "react";

const kept = new Map<string, unknown>();
const waiting = new Set<() => void>();

const subscribe = (wake: () => void): (() => void) => {
  waiting.add(wake);
  return () => waiting.delete(wake);
};

/** The key begins with whose it is: after a session has ended, somebody else may sign in. */
export type Kept<Draft> = {
  readonly draft: Draft;
  readonly set: (change: (old: Draft) => Draft) => void;
  /** Once it is sent. */
  readonly forget: () => void;
};

/** `set` and `forget` still hold when the form is gone: an answer may come back to a page that nobody looks at any more. */
export function useKept<Draft>(key: string, start: () => Draft): Kept<Draft> {
  const first = useRef<{ key: string; draft: Draft }>(undefined);
  if (first.current?.key !== key) first.current = { key, draft: start() };
  const { draft: empty } = first.current;
  const read = (): Draft => (kept.has(key) ? (kept.get(key) as Draft) : empty);
  const wakeAll = () => {
    for (const wake of waiting) wake();
  };
  return {
    draft: useSyncExternalStore(subscribe, read),
    set: (change) => {
      kept.set(key, change(read()));
      wakeAll();
    },
    forget: () => {
      kept.delete(key);
      wakeAll();
    },
  };
}
