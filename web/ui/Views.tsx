/** The views of what a page lists, of which one is open: where they do not all fit, they scroll, and that one is in sight. */
import { useLocation } from "@tanstack/react-router";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useWords } from "../language/words.tsx";

export function Views({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const list = useRef<HTMLElement>(null);
  const { href } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address opens another view.
  useLayoutEffect(() => {
    const open = list.current?.querySelector("[aria-current]");
    if (!list.current || !open) return;
    const [around, within] = [list.current.getBoundingClientRect(), open.getBoundingClientRect()];
    list.current.scrollLeft += within.left + within.width / 2 - (around.left + around.width / 2);
  }, [href]);
  return (
    <nav className="tabs" aria-label={t("board.views")} ref={list}>
      {children}
    </nav>
  );
}
