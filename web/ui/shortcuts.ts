/** Single-key shortcuts. They are silent in fields, with a modifier held, while a dialog is open, and when the reader
 *  switched them off. Those of the page go before those that work everywhere, whichever came first. */
import { useEffect, useRef } from "react";
import { readKeysOn } from "./preferences.ts";

type Act = (event: KeyboardEvent) => void;
/** `word`: what the list of keys says of it, where the list has no word of its own for the key. */
export type Shortcut = Act | { readonly act: Act; readonly word: string };
export type Shortcuts = Readonly<Record<string, Shortcut>>;

type Registered = { readonly latest: { readonly current: Shortcuts }; readonly everywhere: boolean };
const registered: Registered[] = [];

const writable = "input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]";

/** The latest come first: what is laid over a page has its say before the page. */
const inOrder = (): Registered[] =>
  registered.toReversed().toSorted((a, b) => Number(a.everywhere) - Number(b.everywhere));

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !readKeysOn()) return;
  if (event.target instanceof Element && event.target.closest(writable)) return;
  if (document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const found = inOrder().find(({ latest }) => latest.current[key])?.latest.current[key];
  if (!found) return;
  event.preventDefault();
  (typeof found === "function" ? found : found.act)(event);
}

export function useShortcuts(shortcuts: Shortcuts, everywhere = false): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const mine = { latest, everywhere };
    if (registered.push(mine) === 1) document.addEventListener("keydown", onKey);
    return () => {
      registered.splice(registered.indexOf(mine), 1);
      if (registered.length === 0) document.removeEventListener("keydown", onKey);
    };
  }, [everywhere]);
}

export type ListedKey = { readonly key: string; readonly word: string | null; readonly everywhere: boolean };

/** The keys that do something now, each once. */
export function keysNow(): ListedKey[] {
  const listed = new Map<string, ListedKey>();
  for (const { latest, everywhere } of inOrder()) {
    for (const [key, shortcut] of Object.entries(latest.current)) {
      if (listed.has(key)) continue;
      listed.set(key, { key, everywhere, word: typeof shortcut === "function" ? null : shortcut.word });
    }
  }
  return [...listed.values()];
}
