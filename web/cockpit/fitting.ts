/** Of a list with a height of its own, only those lines are shown that fit whole; at least the first. Where they do not all
 *  fit, it is first marked `data-tight`, for a style in which each takes less. */
import { type RefObject, useLayoutEffect } from "react";

export function useFitting(list: RefObject<HTMLElement | null>, key: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines fit otherwise
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const fit = () => {
      const lines = [...box.children] as HTMLElement[];
      /* Where it grows with its lines, as on a phone, all of them fit. */
      const past = () => {
        const bottom = box.getBoundingClientRect().bottom + 1;
        return lines.filter((one) => one.getBoundingClientRect().bottom > bottom);
      };
      for (const one of lines) one.hidden = false;
      box.toggleAttribute("data-tight", false);
      box.toggleAttribute("data-tight", past().length > 0);
      for (const one of past()) one.hidden = one !== lines[0];
    };
    const watcher = new ResizeObserver(fit);
    for (const one of [box, ...box.children]) watcher.observe(one);
    fit();
    return () => watcher.disconnect();
  }, [list, key]);
}
