/** The views of what a page lists, of which one is open: where they do not all fit, they scroll, and that one is in sight. */
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useWords } from "../language/words.tsx";

export function Views({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const list = useRef<HTMLElement>(null);
  const shown = useRef<Element>(null);
  /* Once for each view that is opened: what a reader scrolls stays. */
  useLayoutEffect(() => {
    const open = list.current?.querySelector("[aria-current]") ?? null;
    if (!list.current || !open || open === shown.current) return;
    shown.current = open;
    const [around, within] = [list.current.getBoundingClientRect(), open.getBoundingClientRect()];
    list.current.scrollLeft += within.left + within.width / 2 - (around.left + around.width / 2);
  });
  return (
    <nav className="tabs" aria-label={t("board.views")} ref={list}>
      {children}
    </nav>
  );
}
