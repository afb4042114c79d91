/** Single-key shortcuts of a page. They are silent in fields, with a modifier held, while a dialog is open, and when the
 *  reader switched them off. */
import { useEffect, useRef } from "react";
import { readKeysOn } from "./preferences.ts";

export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const writable = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !readKeysOn()) return;
      if (event.target instanceof Element && event.target.closest(writable)) return;
      if (document.querySelector("dialog[open]")) return;
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
