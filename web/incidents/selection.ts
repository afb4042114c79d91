/** Which incidents are chosen to be acted on together. Kept outside the components, so that choosing one draws one box and a
 *  bar, and not a list of two thousand. */
import { useSyncExternalStore } from "react";

let chosen: ReadonlySet<string> = new Set();
let anchor: string | null = null;
let order: readonly string[] = [];
const waiting = new Set<() => void>();

const subscribe = (wake: () => void): (() => void) => {
  waiting.add(wake);
  return () => waiting.delete(wake);
};

function become(next: ReadonlySet<string>): void {
  chosen = next;
  for (const wake of waiting) wake();
}

/** The order in which they are shown: what a range goes along. */
export function choosingIn(ids: readonly string[]): void {
  order = ids;
}

/** `range`: all from the one chosen before to this one. */
export function choose(id: string, on: boolean, range = false): void {
  const next = new Set(chosen);
  const [from, to] = [anchor === null ? -1 : order.indexOf(anchor), order.indexOf(id)];
  const ids = range && from >= 0 && to >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
  for (const one of ids) {
    if (on) next.add(one);
    else next.delete(one);
  }
  anchor = id;
  become(next);
}

export const chooseAll = (ids: readonly string[]): void => become(new Set(ids));

export function chooseNone(): void {
  anchor = null;
  if (chosen.size > 0) become(new Set());
}

export function unchoose(ids: readonly string[]): void {
  const next = new Set(chosen);
  for (const id of ids) next.delete(id);
  become(next);
}

export const useChosen = (id: string): boolean => useSyncExternalStore(subscribe, () => chosen.has(id));
export const useAllChosen = (): ReadonlySet<string> => useSyncExternalStore(subscribe, () => chosen);
