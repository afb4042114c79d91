/** The two voices of the page. The polite one says what came of an act and what changed without the reader asking, when the
 *  reader's machine has finished its sentence. The other interrupts: it is for what cannot wait, a call to the reader. */
import { useSyncExternalStore } from "react";

type Line = { readonly id: number; readonly text: string };

/** One act may have two things said of it at once, and neither takes the other's place before it was read. */
const linesMax = 2;

let polite: readonly Line[] = [];
let urgent: readonly Line[] = [];
let count = 0;
const waiting = new Set<() => void>();

/** The same words again are a new line: that is what makes them heard again. */
function added(lines: readonly Line[], text: string, max: number): readonly Line[] {
  count += 1;
  return [...lines.filter((one) => one.text !== text), { id: count, text }].slice(-max);
}

export function announce(text: string): void {
  polite = added(polite, text, linesMax);
  for (const wake of waiting) wake();
}

export function announceNow(text: string): void {
  urgent = added(urgent, text, 1);
  for (const wake of waiting) wake();
}

const subscribe = (wake: () => void): (() => void) => {
  waiting.add(wake);
  return () => waiting.delete(wake);
};

export function Announcer() {
  const said = useSyncExternalStore(subscribe, () => polite);
  const calls = useSyncExternalStore(subscribe, () => urgent);
  return (
    <>
      <div className="vh" role="status" aria-live="polite" aria-atomic="false">
        {said.map(spoken)}
      </div>
      <div className="vh" aria-live="assertive" aria-atomic="false">
        {calls.map(spoken)}
      </div>
    </>
  );
}

const spoken = ({ id, text }: Line) => <p key={id}>{text}</p>;
