/** Of a list with a height of its own, only those lines are shown that fit whole; at least the first. */
import { type RefObject, useLayoutEffect } from "react";

export function useFitting(list: RefObject<HTMLElement | null>, key: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines fit otherwise
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const fit = () => {
      const lines = [...box.children] as HTMLElement[];
      for (const one of lines) one.hidden = false;
      /* Where it grows with its lines, as on a phone, all of them fit. */
      const bottom = box.getBoundingClientRect().bottom + 1;
      const past = lines.filter((one, index) => index > 0 && one.getBoundingClientRect().bottom > bottom);
      for (const one of past) one.hidden = true;
    };
    const watcher = new ResizeObserver(fit);
    for (const one of [box, ...box.children]) watcher.observe(one);
    fit();
    return () => watcher.disconnect();
  }, [list, key]);
}
