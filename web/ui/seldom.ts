/** What keeps coming is said at most once in a while: the first at once, then all that came meanwhile, together. A storm
 *  read out one by one would leave no room for anything else. */
import { useCallback, useEffect, useRef } from "react";

const quietMs = 10_000;

export function useSeldom(say: (count: number) => void): (count: number) => void {
  const latest = useRef(say);
  latest.current = say;
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const kept = useRef(0);
  useEffect(
    () => () => {
      clearTimeout(quiet.current);
      quiet.current = undefined;
      kept.current = 0;
    },
    [],
  );
  return useCallback((count: number) => {
    kept.current += count;
    const speak = () => {
      quiet.current = undefined;
      if (kept.current === 0) return;
      latest.current(kept.current);
      kept.current = 0;
      quiet.current = setTimeout(speak, quietMs);
    };
    if (quiet.current === undefined) speak();
  }, []);
}
