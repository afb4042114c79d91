/** One hand on the keyboard: to the next row and back, choose it, take it. The same in the list, the board and the
 *  timeline. */
import type { RefObject } from "react";
import { useShortcuts } from "../ui/shortcuts.ts";
import { chooseNone } from "./selection.ts";

export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  const here = () => document.activeElement?.closest("li");
  const move = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("a[data-row]") ?? [])];
    const row = here();
    const at = links.findIndex((link) => link.closest("li") === row);
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, at + by));
    links[next]?.focus();
  };
  const press = (selector: string) => here()?.querySelector<HTMLElement>(selector)?.click();
  const next = () => move(1);
  const previous = () => move(-1);
  useShortcuts({
    j: next,
    ArrowDown: next,
    k: previous,
    ArrowUp: previous,
    x: () => press("input[data-choose]"),
    a: () => press("button[data-accept]"),
    Escape: chooseNone,
  });
}
