/** The time it is for the desk: this browser's clock corrected by the server's, and a beat shared by everything that
 *  counts down, so that a page of fifty clocks has one timer. */
import { useSyncExternalStore } from "react";

let offsetMs = 0;
/** The Date header has whole seconds, and an answer takes a while: less than this is not a wrong clock. */
const toleranceMs = 3_000;

export function followServerClock(date: string | null): void {
  const server = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(server)) return;
  const found = server - Date.now();
  offsetMs = Math.abs(found) > toleranceMs ? found : 0;
}

export const now = (): number => Date.now() + offsetMs;

type Beat = { readonly subscribe: (wake: () => void) => () => void; readonly at: () => number };

function beat(everyMs: number): Beat {
  const waiting = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let at = now();
  const tick = () => {
    at = now();
    for (const wake of waiting) wake();
  };
  return {
    subscribe: (wake) => {
      waiting.add(wake);
      if (timer === undefined) {
        at = now();
        timer = setInterval(tick, everyMs);
      }
      return () => {
        waiting.delete(wake);
        if (waiting.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    at: () => at,
  };
}

const seconds = beat(1_000);
const halfMinutes = beat(30_000);

/** Re-renders every second: for what counts down only. */
export const useSeconds = (): number => useSyncExternalStore(seconds.subscribe, seconds.at);

/** Re-renders every half minute: for ages. */
export const useMinutes = (): number => useSyncExternalStore(halfMinutes.subscribe, halfMinutes.at);
