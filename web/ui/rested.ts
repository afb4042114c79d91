/** A field whose text is kept in the address: what is typed shows at once, and is written there when the hand rests. Each
 *  letter in the address would cost every link of the page, and a step back each. */
import { useEffect, useRef, useState } from "react";

const restMs = 250;

/** `write`: what was typed, and whether nothing was kept before. An address that this field did not make (a link, the way
 *  back) is what it holds from then on. */
export function useRestedText(kept: string, write: (text: string, first: boolean) => void) {
  const [text, setText] = useState(kept);
  const [written, setWritten] = useState(kept);
  const writing = useRef(kept);
  const latest = useRef(write);
  latest.current = write;
  useEffect(() => {
    setWritten(kept);
    if (kept !== writing.current) setText(kept);
    writing.current = kept;
  }, [kept]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === written) return;
    const timer = setTimeout(() => {
      writing.current = wanted;
      latest.current(wanted, written === "");
    }, restMs);
    return () => clearTimeout(timer);
  }, [text, written]);
  return [text, setText] as const;
}

/** A text as it was when the hand last rested. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
