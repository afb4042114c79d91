/** What has just been done, said once at the edge of the page; while it lasts it may offer one act, such as undoing. It stays
 *  as long as a pointer or the focus is in it. */
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { announce } from "./announce.tsx";
import { Dial } from "./marks.tsx";
import { useShortcuts } from "./shortcuts.ts";

export type Toast = {
  readonly text: string;
  /** What was not done, and why; a toast with some stays until it is closed. */
  readonly lines?: readonly ReactNode[];
  /** The way to what it speaks of. */
  readonly link?: ReactNode;
  readonly act?: { readonly word: string; readonly run: () => void };
  readonly closeWord: string;
  readonly seconds: number;
};

type Shown = Toast & { readonly id: number };

let shown: Shown | null = null;
let count = 0;
const waiting = new Set<() => void>();

function show(next: Shown | null): void {
  shown = next;
  for (const wake of waiting) wake();
}

export function toast(next: Toast): void {
  count += 1;
  /* What was not done, and why, is heard with what was. */
  announce([next.text, ...(next.lines ?? []).filter((one) => typeof one === "string")].join(" "));
  show({ ...next, id: count });
}

const subscribe = (wake: () => void): (() => void) => {
  waiting.add(wake);
  return () => waiting.delete(wake);
};

export function Toasts() {
  const one = useSyncExternalStore(subscribe, () => shown);
  return one && <ToastBox key={one.id} toast={one} onClose={() => show(null)} />;
}

const beatMs = 250;

function ToastBox({
  toast: { text, lines = [], link, act, closeWord, seconds },
  onClose,
}: {
  toast: Shown;
  onClose: () => void;
}) {
  const [leftMs, setLeftMs] = useState(seconds * 1_000);
  const [held, setHeld] = useState(false);
  const stays = lines.length > 0;
  useEffect(() => {
    if (held) return;
    const timer = setInterval(() => setLeftMs((old) => old - beatMs), beatMs);
    return () => clearInterval(timer);
  }, [held]);
  const over = leftMs <= 0;
  useEffect(() => {
    if (over && !stays) onClose();
  }, [over, stays, onClose]);
  const offered = over ? undefined : act;
  const run = () => {
    onClose();
    offered?.run();
  };
  useShortcuts(offered ? { z: run } : {});
  return (
    <section
      className="toast"
      aria-label={text}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{text}</p>
      {link}
      {offered && (
        <button className="btn s" type="button" onClick={run}>
          <Dial left={leftMs / (seconds * 1_000)} size={14} /> {offered.word} <kbd>Z</kbd>
        </button>
      )}
      {(stays || !offered) && (
        <button className="btn quiet s" type="button" onClick={onClose}>
          {closeWord}
        </button>
      )}
      {stays && (
        <ul>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they never change
            <li key={index}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
